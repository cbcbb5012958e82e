import BulletinModel
import Reading

/// Makes text of documents that are none by themselves. Pure: the same bytes give the same text, which
/// ``DocumentFormat/decoder`` names the version of.
public struct DocumentConverter: Sendable {
    private let bounds: PackageBounds

    /// A converter within these bounds.
    public init(bounds: PackageBounds = PackageBounds()) {
        self.bounds = bounds
    }

    /// The format of these bytes; nil where they are none of this target's.
    public func format(of bytes: [UInt8]) -> DocumentFormat? {
        if Package.isPackage(bytes) { return (try? Package(bytes, bounds).names()).map(Self.format) ?? .archive }
        if CompoundFile.isCompound(bytes) { return (try? CompoundFile(bytes)).map(Self.format) ?? .compound }
        return MimePart.isMessage(bytes) ? .mail : nil
    }

    /// The text of one document, HTML, or plain text for pages with fixed places. An archive has none of its own, nor
    /// has a message of attachments alone: it is a container.
    ///
    /// - Throws: ``DecodeError``: `document_encrypted`, `document_damaged`, `document_no_text`, `package_too_large`,
    ///   `document_too_long`.
    public func text(of bytes: [UInt8]) throws(DecodeError) -> DecodedText {
        if CompoundFile.isCompound(bytes) { return try Self.text(CompoundFile(bytes), bounds) }
        let package = Package(bytes, bounds)
        let format: DocumentFormat = Package.isPackage(bytes) ? Self.format(try package.names()) : .mail
        let text: String
        var leftOut = LeftOut()
        switch format {
        case .docx: text = try WordDocument.html(package, bounds, &leftOut)
        case .xlsx: text = try Workbook.html(package, bounds, &leftOut)
        case .pptx: text = try Presentation.html(package, bounds)
        case .odt, .ods: text = try OpenDocument.html(package, bounds)
        case .ofd: text = try FixedLayoutDocument.text(package, bounds)
        case .mail:
            let message = try MailMessage(bytes)
            guard let own = message.html() else {
                if try message.attachments().isEmpty {
                    throw DecodeError(.documentNoText, "The message has no text and no documents, only pictures.")
                }
                return Self.container
            }
            text = own
        case .doc, .xls, .compound: text = ""
        case .archive:
            guard try package.names().contains(where: Self.isDocument) else {
                throw DecodeError(.documentNoText, "The archive has no files.")
            }
            return Self.container
        }
        var decoded = DecodedText(
            scalars: Scalars.of(text), encoding: .utf8, form: format == .ofd ? .plain : .html)
        decoded.notes = leftOut.notes
        return decoded
    }

    /// The text of a compound file.
    private static func text(_ file: CompoundFile, _ bounds: PackageBounds) throws(DecodeError) -> DecodedText {
        let text: String
        switch format(file) {
        case .doc: text = try BinaryWord.html(file, bounds)
        case .xls:
            guard let stream = try file.stream("Workbook") else {
                throw DecodeError(
                    .documentDamaged,
                    "The workbook is of a version before Excel 97, which is not read; save it as XLSX.")
            }
            text = try BinaryWorkbook.html(stream, bounds)
        default:
            if file.names.contains("EncryptedPackage") {
                throw DecodeError(
                    .documentEncrypted, "The document is encrypted and cannot be read without its password.")
            }
            throw DecodeError(
                .notText,
                file.names.contains("PowerPoint Document")
                    ? "The bulletin is a presentation of PowerPoint 97 to 2003, which is not read; save it as PPTX."
                    : "The bulletin is a compound file of a program whose documents are not read.")
        }
        return DecodedText(scalars: Scalars.of(text), encoding: .utf8, form: .html)
    }

    private static func format(_ file: CompoundFile) -> DocumentFormat {
        let names = file.names
        if names.contains("WordDocument") { return .doc }
        return names.contains("Workbook") || names.contains("Book") ? .xls : .compound
    }

    private static let container = DecodedText(scalars: [], encoding: .utf8, form: .plain, isContainer: true)

    /// Whether the bytes may hold documents of their own; whether they do, ``members(of:)`` tells.
    public func holdsMembers(_ bytes: [UInt8]) -> Bool { [.archive, .mail].contains(format(of: bytes)) }

    /// The documents in an archive or the attachments of a message, each with its name; none for a single document.
    /// Folders' and programs' own files (`__MACOSX/…`, `.DS_Store`) are left out.
    ///
    /// - Throws: ``DecodeError``: `document_encrypted`, `document_damaged`, `package_too_large`.
    public func members(of bytes: [UInt8]) throws(DecodeError) -> [(name: String, bytes: [UInt8])] {
        switch format(of: bytes) {
        case .archive: try Package(bytes, bounds).entries(where: Self.isDocument).map { ($0.name, $0.bytes) }
        case .mail: try MailMessage(bytes).attachments()
        default: []
        }
    }

    private static func isDocument(_ name: String) -> Bool {
        let last = name.split(separator: "/").last ?? ""
        return !name.hasPrefix("__MACOSX/") && !last.hasPrefix(".") && !last.isEmpty
    }

    /// Which format a package with these entries is.
    private static func format(_ names: [String]) -> DocumentFormat {
        let names = Set(names)
        if names.contains("word/document.xml") { return .docx }
        if names.contains("xl/workbook.xml") { return .xlsx }
        if names.contains("ppt/presentation.xml") { return .pptx }
        if names.contains("OFD.xml") { return .ofd }
        if names.contains("content.xml"), names.contains("META-INF/manifest.xml") { return .odt }
        return .archive
    }
}
