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

    /// The message's text as HTML, the subject as its title: of several forms of one text the page, else the plain
    /// text; nil where it has none of its own.
    func html() -> String? {
        guard let part = body(root), let text = Self.text(part) else { return nil }
        if part.type == "text/html" { return text }
        var writer = HtmlWriter()
        if let subject = root.header("subject") { writer.title(subject) }
        for paragraph in text.replacing("\r\n", with: "\n").split(separator: "\n") {
            writer.paragraph(HtmlWriter.escaped(String(paragraph)))
        }
        return writer.finished()
    }

    /// The files that hang on it, in their order, each with its name; of a forwarded message the message.
    ///
    /// - Throws: ``DecodeError`` `package_too_large` where there are more parts than are looked at.
    func attachments() throws(DecodeError) -> [(name: String, bytes: [UInt8])] {
        guard !root.hasMoreParts else {
            throw DecodeError(
                .packageTooLarge,
                "The message has more than \(MimePart.mostParts) parts in one, or parts nested more than \(MimePart.mostDepth) deep."
            )
        }
        return Self.attachments(root, isPage: false)
    }

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

    private static func attachments(_ part: MimePart, isPage: Bool) -> [(name: String, bytes: [UInt8])] {
        if part.parts.isEmpty {
            let isForwarded = part.type == "message/rfc822"
            // Pictures, and what a saved page is put together from, are no documents.
            guard let name = part.fileName ?? (isForwarded ? "message.eml" : nil), !part.body.isEmpty,
                !part.type.hasPrefix("image/"), !isPage || part.isAttached
            else { return [] }
            return [(name, part.body)]
        }
        let isPage = part.type == "multipart/related"
        return part.parts.flatMap { attachments($0, isPage: isPage) }
    }
}
