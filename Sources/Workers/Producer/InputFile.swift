import BulletinModel
import Foundation

/// A file as it was when it was looked at; equal when it has not changed since, as far as
/// the file system tells.
struct InputFile: Sendable, Equatable {
    let path: String
    let size: Int
    let modified: Int64
    let inode: UInt64
    let isRegular: Bool
    /// Whether it is read as it comes: a pipe, a socket or a device.
    let isStream: Bool

    /// Why a file cannot be used.
    struct Problem: Error {
        /// `errno`.
        let number: Int32
        /// One sentence.
        let reason: String

        init(_ path: String, _ number: Int32) {
            self.init(
                number: number, reason: "\(FileName.shown(path)) cannot be read: \(String(cString: strerror(number))).")
        }

        init(number: Int32, reason: String) {
            self.number = number
            self.reason = reason
        }

        /// What stands beside a file and says something of it is not as it should be; the file is not read without it.
        init(_ problem: GivenData.Problem) {
            self.init(number: EINVAL, reason: problem.message)
        }
    }

    /// Looks at a file.
    ///
    /// - Parameter followingLinks: whether a symbolic link stands for what it names.
    init(_ path: String, followingLinks: Bool) throws(Problem) {
        var info = stat()
        let result = FileName.lend(path) { followingLinks ? stat($0, &info) : lstat($0, &info) }
        guard result == 0 else { throw Problem(path, errno) }
        self.init(path, info)
    }

    private init(_ path: String, _ info: stat) {
        self.path = path
        size = Int(info.st_size)
        #if canImport(Darwin)
            let time = info.st_mtimespec
        #else
            let time = info.st_mtim
        #endif
        modified = Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
        inode = UInt64(info.st_ino)
        isRegular = info.st_mode & S_IFMT == S_IFREG
        isStream = [S_IFIFO, S_IFCHR, S_IFSOCK].contains(info.st_mode & S_IFMT)
    }

    /// How much is read of what is too large.
    static let headBytes = DeadLetterHeaders.headBytes

    /// Reads a file that is not larger than `largest`, and of a larger one only the head.
    ///
    /// What is no regular file (a pipe) is read to its end, or to the limit.
    /// - Returns: what was read, and the file as it was right before.
    static func read(
        _ path: String, largest: Int, followingLinks: Bool
    ) throws(Problem) -> (Input.Content, InputFile) {
        let flags = O_RDONLY | O_CLOEXEC | (followingLinks ? 0 : O_NOFOLLOW | O_NONBLOCK)
        let descriptor = FileName.lend(path) { open($0, flags) }
        guard descriptor >= 0 else { throw Problem(path, errno) }
        defer { _ = Foundation.close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw Problem(path, errno) }
        let file = InputFile(path, info)
        if info.st_mode & S_IFMT == S_IFDIR { throw Problem(path, EISDIR) }
        if file.isRegular && file.size > largest {
            return (.tooLarge(head: try read(descriptor, path, atMost: headBytes), size: file.size), file)
        }
        let bytes = try read(descriptor, path, atMost: largest + 1, expecting: file.isRegular ? file.size : 0)
        if bytes.count > largest { return (.tooLarge(head: Array(bytes.prefix(headBytes)), size: nil), file) }
        return (.whole(bytes), file)
    }

    /// Reads at most `limit` bytes; fewer only at the end.
    static func read(
        _ descriptor: Int32, _ path: String, atMost limit: Int, expecting: Int = 0
    ) throws(Problem) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(limit, expecting + 1))
        while bytes.count < limit {
            let wanted = min(limit - bytes.count, max(64 << 10, expecting + 1 - bytes.count))
            var failed: Int32 = 0
            let chunk = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
                let result = Foundation.read(descriptor, buffer.baseAddress, wanted)
                if result < 0 { failed = errno }
                count = max(0, result)
            }
            if failed == EINTR { continue }
            if failed != 0 { throw Problem(path, failed) }
            if chunk.isEmpty { break }
            bytes += chunk
        }
        return bytes
    }
}
