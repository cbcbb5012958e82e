import BulletinModel
import Foundation
import Operations
import Reading
import Synchronization

/// Poppler's `pdftotext`, as the engine asks for it.
///
/// A PDF is a program of strangers: it is read in a process of its own, which gets the bytes on
/// standard input, has no file of ours, and an end to its time, memory and output. What a PDF is to
/// blame for is told with a code of its own; that the program is missing or was kept from its work is not.
final class PdfToText: Sendable {
    /// What one PDF may cost. A yearbook of a thousand pages takes a few seconds and 5 MB.
    static let bounds = BoundedProcess.Bounds(
        processorSeconds: 60, seconds: 600, memory: 400 << 20, output: 64 << 20)

    private let program: String?
    private let bounds: BoundedProcess.Bounds
    private let known = Mutex<String?>(nil)

    /// The program of this name in a search path such as `PATH`.
    init(
        searching path: String = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin",
        _ name: String = "pdftotext", bounds: BoundedProcess.Bounds = PdfToText.bounds
    ) {
        program = path.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
        self.bounds = bounds
    }

    /// What the engine is given.
    var reader: PdfText {
        PdfText(
            version: { [self] () throws(DecodeError) in try version() },
            text: { [self] bytes, order throws(DecodeError) in try text(of: bytes, order) })
    }

    /// The program's name and version, which never change while this process runs.
    private func version() throws(DecodeError) -> String {
        if let version = known.withLock({ $0 }) { return version }
        let result = try run(["-v"], [])
        let words = result.errors.split(whereSeparator: \.isWhitespace)
        guard words.count >= 3, words[0] == "pdftotext", words[1] == "version" else {
            throw DecodeError(
                code: "pdf_tool", cause: .setup,
                "\(program ?? "pdftotext") does not tell its version; install poppler-utils from Debian.")
        }
        let version = "pdftotext \(words[2])"
        known.withLock { $0 = version }
        return version
    }

    private func text(of bytes: [UInt8], _ order: PdfText.Order) throws(DecodeError) -> [UInt8] {
        let layout = order == .acrossThePage ? ["-layout"] : ["-bbox-layout"]
        let result = try run(layout + ["-enc", "UTF-8", "-eol", "unix", "-", "-"], bytes)
        // Without its character tables poppler leaves characters out, and says so on the side.
        if result.errors.contains("Missing language pack") {
            throw DecodeError(
                code: "pdf_tool", cause: .setup,
                "pdftotext has no tables of Chinese characters; install the Debian package poppler-data.")
        }
        switch result.ending {
        case .exited(0): return result.output
        case .exited where result.errors.contains("Incorrect password"), .exited(3):
            throw DecodeError(
                .pdfEncrypted, "The PDF is encrypted and cannot be read without its password.")
        case .exited(let status):
            let said = result.errors.split(separator: "\n").last.map { " (\($0.prefix(80)))" } ?? ""
            throw DecodeError(
                .pdfDamaged, "The PDF is damaged: pdftotext ended with \(status)\(said).")
        case .outOfTime:
            throw DecodeError(
                .pdfTooSlow,
                "The PDF takes more than \(bounds.processorSeconds) s of processor time to read.")
        case .outOfOutput:
            throw DecodeError(
                .pdfTooLong, "The PDF has more than \(bounds.output) bytes of text.")
        case .signalled(SIGSEGV), .signalled(SIGABRT), .signalled(SIGBUS), .signalled(SIGILL), .signalled(SIGFPE):
            throw DecodeError(.pdfDamaged, "The PDF is damaged: pdftotext crashes on it.")
        case .late, .signalled:
            throw DecodeError(
                code: DeadLetterCode.decoderKilled.rawValue, cause: .outage,
                "pdftotext was kept from its work: it was ended from outside, or did not end in \(bounds.seconds) s.")
        }
    }

    private func run(_ arguments: [String], _ input: [UInt8]) throws(DecodeError) -> BoundedProcess.Result {
        guard let program else {
            throw DecodeError(
                code: "pdf_tool", cause: .setup,
                "There is no pdftotext on the PATH to read PDF files with; install the Debian package poppler-utils.")
        }
        do throws(BoundedProcess.StartFailure) {
            return try BoundedProcess(program, arguments, bounds).run(input: input)
        } catch {
            // Too many files or processes, or no memory: later it may go well.
            let isOutage = [EMFILE, ENFILE, EAGAIN, ENOMEM].contains(error.number)
            throw DecodeError(
                code: "pdf_tool", cause: isOutage ? .outage : .setup,
                "\(program) cannot be started through /usr/bin/prlimit: \(String(cString: strerror(error.number))).")
        }
    }
}
