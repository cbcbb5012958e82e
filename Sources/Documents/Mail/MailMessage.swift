import Foundation
import Reading

/// A message, or a web page saved as one (MHTML): its own text as HTML, and its attachments.
struct MailMessage {
    private let root: MimePart

    /// Reads a message.
    ///
    /// - Throws: ``DecodeError`` `document_damaged` where it is none.
    init(_ bytes: [UInt8]) throws(DecodeError) {
        guard let root = MimePart(bytes[...]) else {
            throw DecodeError(.documentDamaged, "The message is damaged: its headers cannot be read.")
        }
        self.root = root
    }

    /// The message's text as HTML, the subject as its title: of several forms of one text the page, else the plain text.
    ///
    /// - Throws: ``DecodeError`` `document_no_text` where it has none.
    func html() throws(DecodeError) -> String {
        guard let part = body(root), let text = Self.text(part) else {
            throw DecodeError(.documentNoText, "The message has no text of its own, only attachments or pictures.")
        }
        if part.type == "text/html" { return text }
        var writer = HtmlWriter()
        if let subject = root.header("subject") { writer.title(subject) }
        for paragraph in text.replacing("\r\n", with: "\n").split(separator: "\n") {
            writer.paragraph(HtmlWriter.escaped(String(paragraph)))
        }
        return writer.finished()
    }

    /// The files that hang on it, in their order, each with its name.
    var attachments: [(name: String, bytes: [UInt8])] { Self.attachments(root) }

    private func body(_ part: MimePart) -> MimePart? {
        if part.parts.isEmpty {
            return ["text/plain", "text/html"].contains(part.type) && part.fileName == nil && !part.body.isEmpty
                ? part : nil
        }
        if part.type == "multipart/alternative" {
            // The last form is the fullest one (RFC 2046, 5.1.4).
            return part.parts.lazy.compactMap(body).first { $0.type == "text/html" }
                ?? part.parts.lazy.compactMap(body).first
        }
        return part.parts.lazy.compactMap(body).first
    }

    private static func text(_ part: MimePart) -> String? {
        TextBytes.decode(part.body, charset: part.charset) ?? TextBytes.decode(part.body, charset: "utf-8")
            ?? TextBytes.decode(part.body, charset: "gb18030")
    }

    private static func attachments(_ part: MimePart) -> [(name: String, bytes: [UInt8])] {
        if part.parts.isEmpty {
            guard let name = part.fileName, !part.type.hasPrefix("image/"), !part.body.isEmpty else { return [] }
            return [(name, part.body)]
        }
        // The pictures and styles of a saved page are no attachments.
        return part.type == "multipart/related" ? [] : part.parts.flatMap(attachments)
    }
}
