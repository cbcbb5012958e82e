/// Cuts HTML into tags and text as the tokenizer of HTML5 does, however it is written: unclosed, nested without end, or
/// no HTML at all. Every piece keeps its place in the source. One pass, no recursion.
struct HtmlTokenizer {
    /// One piece of the source.
    enum Token: Equatable {
        /// Text between tags; character references are not yet read.
        case text(Range<Int>)
        /// `<name …>`, the name in lower case; attributes stand in `range`.
        case open(String, range: Range<Int>, isClosed: Bool)
        /// `</name>`.
        case close(String)
    }

    private let s: [UInt32]
    private var i = 0
    /// The element whose content is no markup, until its end tag.
    private var raw: String?

    /// Elements whose content is text without tags, and of those the ones that no reader sees.
    private static let rawText: Set<String> = [
        "script", "style", "xmp", "iframe", "noembed", "noframes", "noscript", "title", "textarea",
    ]
    private static let unseen: Set<String> = ["script", "style", "iframe", "noembed", "noframes", "noscript"]

    /// Names are cut behind so many scalars.
    private static let longestName = 64

    init(_ scalars: [UInt32]) {
        s = scalars
    }

    /// The next piece; nil at the end.
    mutating func next() -> Token? {
        while i < s.count {
            if let name = raw {
                raw = nil
                let start = i
                skip(to: name)
                if i > start, !Self.unseen.contains(name) { return .text(start..<i) }
                continue
            }
            guard s[i] == 0x3C else { return .text(text()) }
            let next = i + 1 < s.count ? s[i + 1] : 0
            if Glyph.isLetter(next) {
                guard let token = tag(from: i + 1, isClosing: false) else { return nil }
                if case .open(let name, _, _) = token, Self.rawText.contains(name) { raw = name }
                return token
            }
            if next == 0x2F {
                let behind = i + 2 < s.count ? s[i + 2] : 0
                if Glyph.isLetter(behind) { return tag(from: i + 2, isClosing: true) }
                // </> is nothing, other marks begin a comment; at the end the two are text.
                if i + 2 >= s.count { return .text(text()) }
                skip(past: ">", from: i + 2)
            } else if next == 0x21 {
                declaration()
            } else if next == 0x3F {
                skip(past: ">", from: i + 2)
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

    /// Comments, which end with `-->` or `--!>`, and all else that begins with `<!`.
    private mutating func declaration() {
        guard starts("<!--") else { return skip(past: ">", from: i + 2) }
        var j = i + 4
        // <!--> and <!---> are whole.
        if j < s.count, s[j] == 0x3E {
            i = j + 1
            return
        }
        if j + 1 < s.count, s[j] == 0x2D, s[j + 1] == 0x3E {
            i = j + 2
            return
        }
        while j + 2 < s.count {
            if s[j] == 0x2D, s[j + 1] == 0x2D {
                if s[j + 2] == 0x3E {
                    i = j + 3
                    return
                }
                if s[j + 2] == 0x21, j + 3 < s.count, s[j + 3] == 0x3E {
                    i = j + 4
                    return
                }
            }
            j += 1
        }
        i = s.count
    }

    /// A tag whose name begins at `first`; nil where the source ends inside it, which leaves nothing to read.
    private mutating func tag(from first: Int, isClosing: Bool) -> Token? {
        let start = i
        var j = first
        while j < s.count, !HtmlAttributes.isSpace(s[j]), s[j] != 0x2F, s[j] != 0x3E { j += 1 }
        let name = Scalars.string(
            s[first..<min(j, first + Self.longestName)].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 })
        var isClosed = false
        while j < s.count, s[j] != 0x3E {
            if HtmlAttributes.isSpace(s[j]) || s[j] == 0x2F {
                isClosed = s[j] == 0x2F
                j += 1
                continue
            }
            isClosed = false
            // An attribute: its name, which may begin with =, then its value.
            j += 1
            while j < s.count, !HtmlAttributes.isSpace(s[j]), s[j] != 0x2F, s[j] != 0x3E, s[j] != 0x3D { j += 1 }
            var k = j
            while k < s.count, HtmlAttributes.isSpace(s[k]) { k += 1 }
            guard k < s.count, s[k] == 0x3D else { continue }
            k += 1
            while k < s.count, HtmlAttributes.isSpace(s[k]) { k += 1 }
            if k < s.count, s[k] == 0x22 || s[k] == 0x27 {
                let quote = s[k]
                k += 1
                while k < s.count, s[k] != quote { k += 1 }
                j = min(s.count, k + 1)
            } else {
                while k < s.count, !HtmlAttributes.isSpace(s[k]), s[k] != 0x3E { k += 1 }
                j = k
            }
        }
        guard j < s.count else {
            i = s.count
            return nil
        }
        i = j + 1
        return isClosing ? .close(name) : .open(name, range: start..<i, isClosed: isClosed)
    }

    private func starts(_ word: StaticString) -> Bool {
        guard i + word.utf8CodeUnitCount <= s.count else { return false }
        for k in 0..<word.utf8CodeUnitCount where s[i + k] != UInt32(word.utf8Start[k]) { return false }
        return true
    }

    private mutating func skip(past end: Unicode.Scalar, from start: Int) {
        i = start
        while i < s.count, s[i] != end.value { i += 1 }
        i = min(s.count, i + 1)
    }

    /// To the end tag of an element without markup, which then comes as a token.
    private mutating func skip(to name: String) {
        let letters = Scalars.of(name)
        while i < s.count {
            if s[i] == 0x3C, i + 1 + letters.count < s.count, s[i + 1] == 0x2F,
                s[(i + 2)..<(i + 2 + letters.count)].elementsEqual(letters, by: { ($0 | 0x20) == $1 })
            {
                let behind = i + 2 + letters.count
                if behind == s.count || HtmlAttributes.isSpace(s[behind]) || s[behind] == 0x2F || s[behind] == 0x3E {
                    return
                }
            }
            i += 1
        }
    }
}
