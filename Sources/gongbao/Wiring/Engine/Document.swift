import Foundation
import Glibc
import Workers

/// One document named on the command line, read within a limit.
struct Document {
    /// As given: a path, or `-` for standard input.
    let argument: String

    /// The name that messages and records use: the file's own, or `stdin`.
    var name: String { argument == "-" ? "stdin" : FileName.shown(FileName.last(argument)) }

    /// Why a document could not be taken, in words that follow its name.
    struct Refusal: Error {
        let reason: String

        /// What the system said, as the workers tell it of their inputs.
        static func system(_ number: Int32) -> Refusal {
            Refusal(reason: "cannot be read: \(String(cString: strerror(number))).")
        }
    }

    /// The document's bytes, never more than `limit`.
    ///
    /// - Throws: ``Refusal`` where there is no such file, it is a directory, may not be read,
    ///   or is larger.
    func read(limit: Int) throws -> [UInt8] {
        let descriptor = argument == "-" ? STDIN_FILENO : FileName.lend(argument) { open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw Refusal.system(errno) }
        defer { if argument != "-" { close(descriptor) } }
        var bytes: [UInt8] = []
        // One byte more than a file has shows its end; what has no size is read in large pieces.
        var wanted = 1 << 20
        var there = stat()
        if fstat(descriptor, &there) == 0, there.st_mode & S_IFMT == S_IFREG {
            wanted = max(4096, min(Int(there.st_size), limit) + 1)
        }
        while true {
            wanted = min(wanted, limit + 1 - bytes.count)
            var number: Int32 = 0
            let piece = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
                repeat { count = Glibc.read(descriptor, buffer.baseAddress, wanted) } while count < 0 && errno == EINTR
                if count < 0 { (count, number) = (0, errno) }
            }
            guard number == 0 else { throw Refusal.system(number) }
            if piece.isEmpty { return bytes }
            if bytes.isEmpty { bytes = piece } else { bytes += piece }
            if bytes.count > limit {
                throw Refusal(reason: "is larger than the limit of \(limit) bytes (producer.largest).")
            }
            // Mostly what comes now is the end.
            wanted = 64 << 10
        }
    }
}
