import Reading

/// Writes the plain HTML that the engine reads: headings, paragraphs, tables with spans.
struct HtmlWriter {
    /// What was written.
    private(set) var text = "<html><body>\n"

    /// A title as the document's own properties tell it.
    mutating func title(_ title: String) {
        guard !title.allSatisfy(\.isWhitespace) else { return }
        text = "<html><head><title>\(Self.escaped(title))</title></head><body>\n"
    }

    /// A heading, 1 the highest of six levels.
    mutating func heading(_ level: Int, _ inner: String) {
        let level = min(6, max(1, level))
        if !Self.isBlank(inner) { text += "<h\(level)>\(inner)</h\(level)>\n" }
    }

    /// A paragraph; `inner` is escaped already.
    mutating func paragraph(_ inner: String) {
        if !Self.isBlank(inner) { text += "<p>\(inner)</p>\n" }
    }

    /// A table.
    mutating func table(_ table: SpanTable) throws(DecodeError) { text += try table.html() }

    /// All of it.
    func finished() -> String { text + "</body></html>\n" }

    /// Text with the three characters written out that HTML gives a meaning.
    static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x26 || $0 == 0x3C || $0 == 0x3E }) else { return text }
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }

    private static func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }
}
