import Documents
import Operations
import Reading

extension Engine {
    /// The engine as configured, with what reads PDF files and documents.
    static func configured(_ configuration: Configuration) throws -> Engine {
        Engine.reading(
            with: try LexiconFiles.load(configuration),
            scans: configuration[Configuration.ocr] == "on" ? Tesseract().reader : nil)
    }

    /// An engine with these tables, and with what reads PDF files and documents.
    ///
    /// - Parameter scans: recognises pages that are pictures.
    static func reading(with lexicon: Lexicon, scans: ScannedText? = nil) -> Engine {
        Engine(lexicon: lexicon, pdf: PdfToText().reader, documents: .office, scans: scans)
    }
}

extension DocumentText {
    /// What reads office formats, messages and fixed pages.
    static let office: DocumentText = {
        let reader = DocumentConverter()
        return DocumentText(
            decoder: { reader.format(of: $0)?.decoder },
            text: { bytes throws(DecodeError) in try reader.text(of: bytes) },
            members: { bytes throws(DecodeError) in try reader.members(of: bytes).map(\.bytes) })
    }()
}
