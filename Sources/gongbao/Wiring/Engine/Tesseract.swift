import BulletinModel
import Foundation
import Operations
import Reading
import Synchronization

/// `tesseract` with its simplified Chinese, and `pdftoppm` for the pages of PDF files, as the engine asks for them.
///
/// Like ``PdfToText`` each page is worked on in processes of their own within bounds; one page is in memory at a time.
final class Tesseract: Sendable {
    /// What one page may cost to recognise. A full page takes some ten seconds.
    private static let bounds = BoundedProcess.Bounds(
        processorSeconds: 120, seconds: 600, memory: 2 << 30, output: 16 << 20)
    /// What one page of a PDF may cost to draw: A3 at 200 dots an inch has 8 million of them.
    private static let drawing = BoundedProcess.Bounds(
        processorSeconds: 60, seconds: 300, memory: 2 << 30, output: 64 << 20)
    /// The most pages of one document.
    private static let mostPages = 300
    private static let language = "chi_sim"

    private let recogniser: String?
    private let drawer: String?
    private let known = Mutex<String?>(nil)

    /// The programs in a search path such as `PATH`.
    init(searching path: String = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin") {
        func find(_ name: String) -> String? {
            path.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
        }
        recogniser = find("tesseract")
        drawer = find("pdftoppm")
    }

    /// What the engine is given.
    var reader: ScannedText {
        ScannedText(
            version: { [self] () throws(DecodeError) in try version() },
            pages: { [self] bytes throws(DecodeError) in try pages(of: bytes) })
    }

    /// The program's name, version and language, which never change while this process runs.
    private func version() throws(DecodeError) -> String {
        if let version = known.withLock({ $0 }) { return version }
        let told = try run(recogniser, ["--version"], [], Self.bounds)
        let words = String(decoding: told.output, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        let languages = try run(recogniser, ["--list-langs"], [], Self.bounds)
        let list = String(decoding: languages.output, as: UTF8.self).split(whereSeparator: \.isNewline)
        guard words.count >= 2, words[0] == "tesseract", list.contains(Substring(Self.language)) else {
            throw DecodeError(
                code: "ocr_tool", cause: .setup,
                "\(recogniser ?? "tesseract") has no simplified Chinese; install the Debian package tesseract-ocr-chi-sim."
            )
        }
        let version = "tesseract \(words[1]) \(Self.language)"
        known.withLock { $0 = version }
        return version
    }

    private func pages(of bytes: [UInt8]) throws(DecodeError) -> [[UInt8]] {
        _ = try version()
        guard PdfText.isPdf(bytes) else { return [try recognise(bytes)] }
        var pages: [[UInt8]] = []
        while true {
            let number = "\(pages.count + 1)"
            let drawn = try run(
                drawer, ["-r", "200", "-gray", "-png", "-f", number, "-l", number, "-"], bytes,
                Self.drawing)
            // Behind the last page it says that there is none.
            if drawn.ending == .exited(99), !pages.isEmpty { return pages }
            guard pages.count < Self.mostPages else {
                throw DecodeError(.pdfTooLong, "The PDF has more than \(Self.mostPages) pages of pictures.")
            }
            guard drawn.ending == .exited(0) else { throw failure(drawn.ending, "pdftoppm") }
            pages.append(try recognise(drawn.output))
        }
    }

    private func recognise(_ image: [UInt8]) throws(DecodeError) -> [UInt8] {
        let result = try run(
            recogniser, ["stdin", "stdout", "-l", Self.language, "--dpi", "200", "tsv"], image, Self.bounds)
        guard result.ending == .exited(0) else { throw failure(result.ending, "tesseract") }
        return result.output
    }

    private func failure(_ ending: BoundedProcess.Ending, _ program: String) -> DecodeError {
        switch ending {
        case .outOfTime:
            DecodeError(
                .pdfTooSlow, "A page takes more than \(Self.bounds.processorSeconds) s of processor time to recognise.")
        case .outOfOutput: DecodeError(.pdfTooLong, "A page is larger than any that people print.")
        case .exited, .signalled(SIGSEGV), .signalled(SIGABRT), .signalled(SIGBUS), .signalled(SIGILL),
            .signalled(SIGFPE):
            DecodeError(.documentDamaged, "The picture of a page is damaged: \(program) cannot read it.")
        case .late, .signalled:
            DecodeError(
                code: DeadLetterCode.decoderKilled.rawValue, cause: .outage,
                "\(program) was kept from its work: it was ended from outside, or did not end in time.")
        }
    }

    private func run(
        _ program: String?, _ arguments: [String], _ input: [UInt8], _ bounds: BoundedProcess.Bounds
    ) throws(DecodeError) -> BoundedProcess.Result {
        guard let program else {
            throw DecodeError(
                code: "ocr_tool", cause: .setup,
                "There is no tesseract or no pdftoppm on the PATH to recognise pages with; install the Debian packages "
                    + "tesseract-ocr, tesseract-ocr-chi-sim and poppler-utils.")
        }
        do throws(BoundedProcess.StartFailure) {
            // One thread, so that processor time is that of one page on any machine.
            return try BoundedProcess(program, arguments, bounds, environment: ["OMP_THREAD_LIMIT=1"]).run(input: input)
        } catch {
            let isOutage = [EMFILE, ENFILE, EAGAIN, ENOMEM].contains(error.number)
            throw DecodeError(
                code: "ocr_tool", cause: isOutage ? .outage : .setup,
                "\(program) cannot be started through /usr/bin/prlimit: \(String(cString: strerror(error.number))).")
        }
    }
}
