import Foundation
import TopicLog

/// What keeps an archive from being written, as errors of a log: `transient` is an outage of
/// the disk after which the same may be tried again, `setup` needs a person.
enum ArchiveFailure {
    static let outOfMemory = Failure(
        .fatal, code: "out_of_memory", "No memory is left to compress with; give the process more.")

    /// A call of the operating system failed on a file.
    static func system(_ action: String, _ path: String) -> Failure {
        let reason = String(cString: strerror(errno)).lowercased()
        switch errno {
        case ENOSPC, EDQUOT, EIO, EAGAIN, EMFILE, ENFILE, ESTALE, ETIMEDOUT:
            return Failure(
                .transient, code: errno == EIO ? "io" : "full",
                "The archive file \(path) could not be \(action) (\(reason)); see to the disk.")
        default:
            return Failure(
                .setup, code: "unwritable",
                "The archive file \(path) could not be \(action) (\(reason)); check who may write there.")
        }
    }
}

/// A new file that is complete on the disk before it gets its name.
///
/// `@unchecked Sendable`: used by the one queue that writes the archive.
final class PartialFile: @unchecked Sendable {
    /// What names of unfinished files end with.
    static let suffix = ".part"

    let path: String
    private let descriptor: Int32
    private(set) var count = 0
    private var isOpen = true

    /// Begins the file that will be called `path`; what was left of an earlier attempt goes.
    init(_ path: String) throws {
        self.path = path
        descriptor = open(path + Self.suffix, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw ArchiveFailure.system("created", path) }
    }

    func write(_ bytes: [UInt8]) throws {
        try writeAll(bytes, to: descriptor, path)
        count += bytes.count
    }

    /// Makes the file durable under its name.
    func finish() throws {
        guard fsync(descriptor) == 0 else { throw ArchiveFailure.system("written", path) }
        close()
        guard rename(path + Self.suffix, path) == 0 else { throw ArchiveFailure.system("named", path) }
    }

    /// Leaves nothing of it.
    func discard() {
        guard isOpen else { return }
        close()
        unlink(path + Self.suffix)
    }

    private func close() {
        if isOpen { Foundation.close(descriptor) }
        isOpen = false
    }

    deinit { close() }
}

/// Writes all of the bytes, however often the system takes only some.
func writeAll(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws {
    try bytes.withUnsafeBytes { buffer in
        var done = 0
        while done < buffer.count {
            let written = Foundation.write(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done)
            if written < 0, errno == EINTR { continue }
            guard written >= 0 else { throw ArchiveFailure.system("written", path) }
            done += written
        }
    }
}

/// Makes the names in a directory durable.
func syncDirectory(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ArchiveFailure.system("opened", path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw ArchiveFailure.system("written", path) }
}
