/// Cuts HTML into tags and text, however it is written: unclosed, nested without end, or no
/// HTML at all. Every piece keeps its place in the source, which a tree of a library would
/// lose. One pass, no recursion.
struct HtmlTokenizer {
    /// One piece of the source.
    enum Token: Equatable {
        /// Text between tags.
        case text(Range<Int>)
        /// `<name …>`, the name in lower case; attributes stand in `range`.
        case open(String, range: Range<Int>, isClosed: Bool)
        /// `</name>`.
        case close(String)
    }

    private let s: [UInt32]
    private var i = 0
    private var skipping: String?

    /// Elements whose content is no text of the document.
    private static let raw: Set<String> = ["script", "style", "noscript", "template", "svg", "iframe", "textarea"]
    private static let longestName = 16

    init(_ scalars: [UInt32]) {
        s = scalars
    }

    /// The next piece; nil at the end.
    mutating func next() -> Token? {
        while i < s.count {
            if let name = skipping {
                skip(to: name)
                skipping = nil
                continue
            }
            guard s[i] == 0x3C else { return .text(text()) }
            if starts("<!--") {
                skip(past: "-->")
            } else if i + 1 < s.count, s[i + 1] == 0x21 || s[i + 1] == 0x3F {
                skip(past: ">")
            } else if let token = tag() {
                if case .open(let name, _, let isClosed) = token, !isClosed, Self.raw.contains(name) { skipping = name }
                return token
            } else {
                return .text(text())
            }
        }
        return nil
    }

    /// Text up to the next `<`; a `<` that opens no tag is text.
    private mutating func text() -> Range<Int> {
        let start = i
        i += 1
        while i < s.count, s[i] != 0x3C { i += 1 }
        return start..<i
    }

    private mutating func tag() -> Token? {
        var j = i + 1
        let isClosing = j < s.count && s[j] == 0x2F
        if isClosing { j += 1 }
        var name = ""
        while j < s.count, name.utf8.count < Self.longestName,
            Glyph.isLetter(s[j]) || (Glyph.isDigit(s[j]) && !name.isEmpty)
        {
            name.unicodeScalars.append(Unicode.Scalar(UInt8(truncatingIfNeeded: s[j] < 0x41 ? s[j] : s[j] | 0x20)))
            j += 1
        }
        guard !name.isEmpty else { return nil }
        let start = i
        var quote: UInt32 = 0
        while j < s.count, quote != 0 || s[j] != 0x3E {
            if quote != 0 {
                if s[j] == quote { quote = 0 }
            } else if s[j] == 0x22 || s[j] == 0x27, s[j - 1] == 0x3D {
                quote = s[j]
            } else if s[j] == 0x3C {
                break
            }
            j += 1
        }
        let isClosed = j > start && s[j - 1] == 0x2F
        i = j < s.count && s[j] == 0x3E ? j + 1 : j
        return isClosing ? .close(name) : .open(name, range: start..<i, isClosed: isClosed)
    }

    private func starts(_ word: StaticString) -> Bool {
        guard i + word.utf8CodeUnitCount <= s.count else { return false }
        for k in 0..<word.utf8CodeUnitCount where s[i + k] != UInt32(word.utf8Start[k]) { return false }
        return true
    }

    private mutating func skip(past end: StaticString) {
        while i < s.count, !starts(end) { i += 1 }
        i = min(s.count, i + end.utf8CodeUnitCount)
    }

    /// To the closing tag of a raw element, which then comes as a token.
    private mutating func skip(to name: String) {
        let letters = Scalars.of(name)
        while i < s.count {
            if s[i] == 0x3C, i + 1 + letters.count < s.count, s[i + 1] == 0x2F,
                s[(i + 2)..<min(s.count, i + 2 + letters.count)].elementsEqual(letters, by: { ($0 | 0x20) == $1 })
            {
                return
            }
            i += 1
        }
    }
}
