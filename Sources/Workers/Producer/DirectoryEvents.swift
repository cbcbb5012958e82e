import Foundation
import TopicLog

/// What happened in a directory.
enum DirectoryEvent: Equatable {
    /// The file is there by this name: someone begins to write it, or it is one more link to it.
    case created(String)
    /// Someone is writing the file.
    case writing(String)
    /// The file was closed after writing, or renamed to this name: it is complete.
    case complete(String)
    /// The file is not there any more.
    case gone(String)
    /// A directory came or went: what lies in it told no events.
    case directories
    /// Events were lost.
    case overflow
}

/// Tells what happens in a directory and those in it. It belongs to the queue that asks.
protocol DirectoryEvents: AnyObject {
    /// Watches a directory in the first one, too; names in it are told with its path. Nothing happens where it is
    /// watched already or cannot be: then listings find what is there.
    func watch(_ directory: String)
    /// Waits for events, at most `wait`; the order is that in which things happened.
    func next(atMost wait: Duration) throws(Failure) -> [DirectoryEvent]
    /// Releases everything; may be called twice.
    func close()
}

#if canImport(Glibc) || canImport(Musl)
    /// The kernel's own events.
    final class InotifyEvents: DirectoryEvents {
        private var descriptor: Int32
        private let path: String
        /// What each watch is of: "" is the directory itself, else a path in it.
        private var directories: [Int32: String] = [:]
        private static let mask = UInt32(
            IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ONLYDIR
                | IN_DELETE_SELF | IN_MOVE_SELF | IN_DONT_FOLLOW)

        /// Begins to watch a directory; events from now on are told.
        init(_ path: String) throws(Failure) {
            self.path = path
            descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
            guard descriptor >= 0 else { throw Self.failure(path, errno) }
            // The inbox itself may be a link.
            let mask = Self.mask & ~UInt32(IN_DONT_FOLLOW)
            let watch = FileName.lend(path) { inotify_add_watch(descriptor, $0, mask) }
            guard watch >= 0 else {
                let number = errno
                close()
                throw Self.failure(path, number)
            }
            directories[watch] = ""
        }

        deinit { close() }

        func watch(_ directory: String) {
            guard descriptor >= 0 else { return }
            let watch = FileName.lend(path + "/" + directory) { inotify_add_watch(descriptor, $0, Self.mask) }
            if watch >= 0 { directories[watch] = directory }
        }

        func next(atMost wait: Duration) throws(Failure) -> [DirectoryEvent] {
            var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&ready, 1, Int32(clamping: wait.milliseconds)) > 0 else { return [] }
            var buffer = [UInt8](repeating: 0, count: 64 << 10)
            var events: [DirectoryEvent] = []
            while true {
                let count = read(descriptor, &buffer, buffer.count)
                if count < 0 && errno == EINTR { continue }
                if count <= 0 { return events }
                try parse(buffer[..<count], into: &events)
            }
        }

        func close() {
            if descriptor >= 0 { _ = Foundation.close(descriptor) }
            descriptor = -1
            directories = [:]
        }

        /// An event is watch, mask, cookie and length of the name, then the name padded with zeros.
        private func parse(_ bytes: ArraySlice<UInt8>, into events: inout [DirectoryEvent]) throws(Failure) {
            var rest = bytes
            while rest.count >= 16 {
                let watch = Int32(bitPattern: Self.word(rest, 0))
                let mask = Self.word(rest, 4)
                let length = min(Int(Self.word(rest, 12)), rest.count - 16)
                let padded = rest.dropFirst(16).prefix(length)
                let last = FileName.text(padded.prefix { $0 != 0 })
                rest = rest.dropFirst(16 + length)
                if mask & UInt32(IN_Q_OVERFLOW) != 0 {
                    events.append(.overflow)
                    continue
                }
                guard let directory = directories[watch] else { continue }
                let name = directory.isEmpty ? last : directory + "/" + last
                if mask & UInt32(IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED) != 0 {
                    guard !directory.isEmpty else { throw Self.failure(path, ENOENT) }
                    // What has moved elsewhere would go on to be told under its former path.
                    directories[watch] = nil
                    inotify_rm_watch(descriptor, watch)
                    events.append(.directories)
                } else if mask & UInt32(IN_ISDIR) != 0 {
                    if mask & UInt32(IN_CREATE | IN_MOVED_TO) != 0 { events.append(.directories) }
                } else if mask & UInt32(IN_CLOSE_WRITE | IN_MOVED_TO) != 0 {
                    events.append(.complete(name))
                } else if mask & UInt32(IN_DELETE | IN_MOVED_FROM) != 0 {
                    events.append(.gone(name))
                } else if mask & UInt32(IN_CREATE) != 0 {
                    events.append(.created(name))
                } else if mask & UInt32(IN_MODIFY) != 0 {
                    events.append(.writing(name))
                }
            }
        }

        private static func word(_ bytes: ArraySlice<UInt8>, _ offset: Int) -> UInt32 {
            bytes.dropFirst(offset).prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }

        private static func failure(_ path: String, _ number: Int32) -> Failure {
            let setup = [ENOENT, ENOTDIR, EACCES, ENOSPC, EMFILE].contains(number)
            let remedy =
                [ENOSPC, EMFILE].contains(number)
                ? "raise the kernel's limits, fs.inotify.max_user_watches and max_user_instances"
                : "check that it is a directory that this user may list and enter"
            return Failure(
                setup ? .setup : .transient, code: "inbox",
                "The inbox \(path) cannot be watched (\(String(cString: strerror(number)))); \(remedy).")
        }
    }
#endif
