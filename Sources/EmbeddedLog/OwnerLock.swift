import Foundation
import TopicLog

/// Makes one process the owner of a log: a lock on a file beside it, which names the owner.
///
/// The kernel holds the lock for the open file and lets go of it when the process ends, however
/// it ends: a dead owner never blocks. The file stays; what it says matters only while locked.
final class OwnerLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock of the log at `path`.
    ///
    /// - Throws: ``Failure`` of kind `setup`, code `locked` when another holds it.
    init(log path: String) throws {
        let file = path + ".lock"
        descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw Failure(
                .setup, code: "unwritable",
                "The embedded log's lock \(file) cannot be opened: \(String(cString: strerror(errno))).")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let owner = Self.owner(descriptor)
            Foundation.close(descriptor)
            throw Failure(
                .setup, code: "locked",
                "The embedded log \(path) is in use by \(owner.map { "process \($0)" } ?? "another process"): "
                    + "end that first, or give this one another data directory.")
        }
        let text = Array("\(getpid())\n".utf8)
        // Only a help for people: the lock holds without it.
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.count, 0)
    }

    /// Lets go, also where a program that is being started has the open file for a moment.
    func release() {
        flock(descriptor, LOCK_UN)
        Foundation.close(descriptor)
    }

    private static func owner(_ descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: bytes[..<count], as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    }
}
