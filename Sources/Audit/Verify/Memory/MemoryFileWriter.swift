import BulletinModel
import Crypto
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Why a file of the memory could not be written, such as a disk that is full.
struct MemoryFileFailure: Error {
    /// What the system says.
    let reason: String

    /// Of the system call that has just failed.
    init() { reason = String(cString: strerror(errno)).lowercased() }
}

/// Writes a file of the memory beside the one that counts, and then puts it in its place.
final class MemoryFileWriter {
    private let target: String
    private var part: String { target + ".part" }
    private var file: Int32
    private var buffer: [UInt8] = []
    private var hasher = SHA256()

    init(_ target: String) throws(MemoryFileFailure) {
        self.target = target
        file = open(target + ".part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        if file < 0 { throw MemoryFileFailure() }
    }

    deinit { letGo() }

    private func letGo() {
        if file >= 0 { close(file) }
        file = -1
    }

    func append(_ bytes: (inout [UInt8]) -> Void) throws(MemoryFileFailure) {
        bytes(&buffer)
        if buffer.count >= 1 << 16 { try flush() }
    }

    private func flush() throws(MemoryFileFailure) {
        hasher.update(data: buffer)
        var done = 0
        while done < buffer.count {
            let count = buffer.withUnsafeBytes { write(file, $0.baseAddress! + done, buffer.count - done) }
            if count < 0 {
                if errno == EINTR { continue }
                throw MemoryFileFailure()
            }
            done += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes what is left, and returns the file's SHA-256.
    func seal() throws(MemoryFileFailure) -> String {
        try flush()
        let status = close(file)
        file = -1
        if status != 0 { throw MemoryFileFailure() }
        return hexadecimal(hasher.finalize())
    }

    /// Puts the sealed file where the next audit looks for it.
    func place() throws(MemoryFileFailure) {
        if rename(part, target) != 0 { throw MemoryFileFailure() }
    }

    /// Takes away what was written.
    func discard() {
        letGo()
        unlink(part)
    }
}
