/// Why a record or an input is a dead letter: the words of the header `dlq.code`, of the label `code` of
/// `gongbao_dead_letters_total` and of the column in the database, with a line of help each.
///
/// Words are kept from version to version; dead letters of other versions may have others.
public enum DeadLetterCode: String, Sendable, CaseIterable {
    // Inputs, rejected by the producer.
    case empty
    case tooLarge = "too_large"
    case notText = "not_text"
    case invalidEncoding = "invalid_encoding"
    case pdfNoText = "pdf_no_text"
    case pdfEncrypted = "pdf_encrypted"
    case pdfDamaged = "pdf_damaged"
    case pdfTooSlow = "pdf_too_slow"
    case pdfTooLong = "pdf_too_long"
    case decoderKilled = "decoder_killed"
    case documentDamaged = "document_damaged"
    case documentEncrypted = "document_encrypted"
    case documentNoText = "document_no_text"
    case documentTooDeep = "document_too_deep"
    case documentTooLong = "document_too_long"
    case packageTooLarge = "package_too_large"
    case archiveOfDocuments = "archive_of_documents"
    case archiveTooDeep = "archive_too_deep"
    case noArticle = "no_article"
    case resultTooLarge = "result_too_large"
    // Records, rejected by enrichment or the sink.
    case missingValue = "missing_value"
    case brokenJSON = "broken_json"
    case unknownSchema = "unknown_schema"
    case badField = "bad_field"
    case inconsistent
    case missingHeader = "missing_header"
    case badHeader = "bad_header"
    case tooManyFigures = "too_many_figures"
    case misplacedQuote = "misplaced_quote"
    case closingMismatch = "closing_mismatch"

    /// One sentence for a person: what it means and, where something can be done, what.
    public var help: String {
        switch self {
        case .empty: "The input has no bytes, or nothing but blanks."
        case .tooLarge: "The input is larger than producer.largest; raise that and offer it again."
        case .notText: "The input is no text and no document that is read here."
        case .invalidEncoding: "The input is neither UTF-8, UTF-16 nor GB 18030, or damaged."
        case .pdfNoText: "The pages of the PDF are pictures; set decoder.ocr to have them recognised, and requeue it."
        case .pdfEncrypted: "The PDF needs a password; offer it without."
        case .pdfDamaged: "The PDF is damaged: its reader ends with an error, crashes or gives no Unicode."
        case .pdfTooSlow: "The PDF takes more processor time than one document may."
        case .pdfTooLong: "The PDF has more text than one document may."
        case .decoderKilled:
            "The program that makes text of it was killed twice over it; offer it again with more memory."
        case .documentDamaged: "The office document, message or archive is damaged, or not what it says it is."
        case .documentEncrypted: "The document needs a password; offer it without."
        case .documentNoText:
            "The document holds pictures and no text; set decoder.ocr to have images recognised, and requeue it."
        case .documentTooDeep: "The document nests tables deeper than any that people make."
        case .documentTooLong: "The document has more cells or pieces of text than one document may."
        case .packageTooLarge: "The archive unpacks to more than one document may, or to many times its size."
        case .archiveOfDocuments:
            "An earlier version took no archives; requeue it, and each document in it is a bulletin of its own."
        case .archiveTooDeep: "The archive or message lies in more others than are opened; offer it by itself."
        case .noArticle: "No article was found in the input."
        case .resultTooLarge: "A record made of it is larger than the log takes."
        case .missingValue: "The record has no value."
        case .brokenJSON: "The record is no JSON, or JSON that two readers could read differently."
        case .unknownSchema: "The record names no schema or one that this version does not know; upgrade, then requeue."
        case .badField: "A field of the record is missing, or has a type or value that is not allowed."
        case .inconsistent: "Fields of the record contradict each other: an identifier does not follow from the rest."
        case .missingHeader: "The record lacks a header that it needs to be filed."
        case .badHeader: "A header of the record that is passed on is too long or no text."
        case .tooManyFigures: "The article states more figures than article.most-figures; raise that and requeue."
        case .misplacedQuote:
            "A figure does not show its quote in the article: a fault of the engine; please report it."
        case .closingMismatch:
            "The indicators of an article are not those that its closing record counts; have it read again with replay."
        }
    }

    /// The table of the documentation, in Markdown.
    public static var table: String {
        let rows = allCases.map { "| `\($0.rawValue)` | \($0.help) |" }
        return (["| code | says |", "| --- | --- |"] + rows).joined(separator: "\n") + "\n"
    }
}
