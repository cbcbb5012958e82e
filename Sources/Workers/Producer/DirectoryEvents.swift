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
    /// Events were lost.
    case overflow
}

/// Tells what happens in one directory. It belongs to the queue that asks.
protocol DirectoryEvents: AnyObject {
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

        /// Begins to watch a directory; events from now on are told.
        init(_ path: String) throws(Failure) {
            self.path = path
            descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
            guard descriptor >= 0 else { throw Self.failure(path, errno) }
            let mask =
                IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ONLYDIR
                | IN_DELETE_SELF | IN_MOVE_SELF
            guard FileName.lend(path, { inotify_add_watch(descriptor, $0, UInt32(mask)) }) >= 0 else {
                let number = errno
                close()
                throw Self.failure(path, number)
            }
        }

        deinit { close() }

        func next(atMost wait: Duration) throws(Failure) -> [DirectoryEvent] {
            var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&ready, 1, Int32(clamping: wait.milliseconds)) > 0 else { return [] }
            var buffer = [UInt8](repeating: 0, count: 64 << 10)
            var events: [DirectoryEvent] = []
            while true {
                let count = read(descriptor, &buffer, buffer.count)
                if count < 0 && errno == EINTR { continue }
                if count <= 0 { return events }
                try Self.parse(buffer[..<count], path, into: &events)
            }
        }

        func close() {
            if descriptor >= 0 { _ = Foundation.close(descriptor) }
            descriptor = -1
        }

        /// An event is watch, mask, cookie and length of the name, then the name padded with zeros.
        private static func parse(
            _ bytes: ArraySlice<UInt8>, _ path: String, into events: inout [DirectoryEvent]
        ) throws(Failure) {
            var rest = bytes
            while rest.count >= 16 {
                let mask = word(rest, 4)
                let length = min(Int(word(rest, 12)), rest.count - 16)
                let padded = rest.dropFirst(16).prefix(length)
                let name = FileName.text(padded.prefix { $0 != 0 })
                rest = rest.dropFirst(16 + length)
                if mask & UInt32(IN_Q_OVERFLOW) != 0 {
                    events.append(.overflow)
                } else if mask & UInt32(IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED) != 0 {
                    throw failure(path, ENOENT)
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
