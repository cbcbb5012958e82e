/// A tag of HTML inside a Markdown text.
struct InlineTag {
    /// The name in lower case.
    let name: String
    let isClosing: Bool
    /// One past the `>`.
    let end: Int

    /// Longer tags are taken for text.
    private static let longest = 400
    private static let blocks: Set<String> = [
        "p", "br", "div", "section", "article", "ul", "ol", "li", "blockquote", "center", "hr", "h1", "h2", "h3", "h4",
        "h5", "h6", "table", "tbody", "thead", "tr", "td", "th", "figure", "figcaption", "img",
    ]
    private static let inline: Set<String> = [
        "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s",
        "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
    ]

    /// Whether a line ends where it stands.
    var breaksLines: Bool { Self.blocks.contains(name) }
    /// Whether it sets its content in bold type.
    var isBold: Bool { name == "strong" || name == "b" }

    /// The tag of a known element that begins at `start`; nil where none does.
    static func read(_ s: [UInt32], at start: Int) -> InlineTag? {
        var i = start + 1
        guard s[start] == 0x3C, i < s.count else { return nil }
        let isClosing = s[i] == 0x2F
        if isClosing { i += 1 }
        let first = i
        while i < s.count, i - first < 11, Glyph.isLetter(s[i]) || (i > first && Glyph.isDigit(s[i])) { i += 1 }
        guard i > first, i - first < 11 else { return nil }
        let name = Scalars.string(s[first..<i].map { Glyph.isLetter($0) ? $0 | 0x20 : $0 })
        guard blocks.contains(name) || inline.contains(name) else { return nil }
        while i < s.count, i - start < longest, s[i] != 0x3E, s[i] != 10, s[i] != 0x3C { i += 1 }
        guard i < s.count, s[i] == 0x3E else { return nil }
        return InlineTag(name: name, isClosing: isClosing, end: i + 1)
    }

    /// Where the tag begins that ends right before `end`, not before `start`; nil where none does.
    static func read(_ s: [UInt32], endingAt end: Int, from start: Int) -> Int? {
        var i = end - 1
        while i > start, end - i < longest, s[i] != 0x3C { i -= 1 }
        guard s[i] == 0x3C, let tag = read(s, at: i), tag.end == end else { return nil }
        return i
    }

    /// The tag that closes this one's element, before `to`; nil where there is none.
    func closing(_ s: [UInt32], from start: Int, to: Int) -> Range<Int>? {
        guard !isClosing else { return nil }
        var depth = 1
        var i = start
        while i < to {
            if s[i] == 0x3C, let tag = Self.read(s, at: i), tag.end <= to {
                if tag.name == name { depth += tag.isClosing ? -1 : 1 }
                if depth == 0 { return i..<tag.end }
                i = tag.end
            } else {
                i += 1
            }
        }
        return nil
    }
}
