/// Makes text of PDF files, for the engine, which knows nothing of programs and processes.
///
/// The bulletin stays the PDF's own bytes; its decoded text, which all offsets count in, is what
/// ``PdfPages`` makes of what comes from here. So the same bytes give the same text only with the
/// same ``version``, and records of a PDF name it.
public struct PdfText: Sendable {
    /// In which order a page's words come.
    public enum Order: Sendable {
        /// Line by line across the page, with blanks where the page has them: tables keep their rows.
        case acrossThePage
        /// Each word with the box that it fills, in XHTML: `pdftotext -bbox-layout`.
        case withPlaces
    }

    /// What makes the text, with its version: `pdftotext 25.03.0`.
    public let version: @Sendable () throws(DecodeError) -> String
    /// The text of a PDF in UTF-8, a form feed behind each page.
    public let text: @Sendable ([UInt8], Order) throws(DecodeError) -> [UInt8]

    /// Names what tells the version and what makes the text.
    public init(
        version: @escaping @Sendable () throws(DecodeError) -> String,
        text: @escaping @Sendable ([UInt8], Order) throws(DecodeError) -> [UInt8]
    ) {
        self.version = version
        self.text = text
    }

    /// Whether these bytes are a PDF: it says so itself, whatever its file is called.
    public static func isPdf(_ bytes: [UInt8]) -> Bool { bytes.starts(with: Array("%PDF-".utf8)) }
}
