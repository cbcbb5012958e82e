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
        while true {
            let wanted = min(1 << 20, limit + 1 - bytes.count)
            let before = bytes.count
            bytes.append(contentsOf: repeatElement(0, count: wanted))
            let got = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + before }, wanted)
            }
            if got < 0 && errno == EINTR {
                bytes.removeLast(wanted)
                continue
            }
            guard got >= 0 else { throw Refusal.system(errno) }
            bytes.removeLast(wanted - got)
            if got == 0 { return bytes }
            if bytes.count > limit {
                throw Refusal(reason: "is larger than the limit of \(limit) bytes (producer.largest).")
            }
        }
    }
}
