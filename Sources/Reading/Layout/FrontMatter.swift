/// The fields above a Markdown text: lines of `key: value` between two lines of three hyphens.
struct FrontMatter {
    /// One field; both ranges are without blanks and quotation marks.
    struct Field {
        let key: Range<Int>
        let value: Range<Int>
    }

    let fields: [Field]
    /// One past the closing line.
    let end: Int

    /// More lines than this are no front matter.
    private static let mostLines = 60

    /// The front matter with which a text begins; nil where it begins with something else.
    static func read(_ s: [UInt32]) -> FrontMatter? {
        var i = 0
        while i < s.count, s[i] == 10 || Glyph.isBlank(s[i]) { i += 1 }
        guard isRule(s, line(s, at: i)) else { return nil }
        var fields: [Field] = []
        i = line(s, at: i).upperBound + 1
        for _ in 0..<mostLines where i < s.count {
            let line = line(s, at: i)
            i = line.upperBound + 1
            if isRule(s, line) {
                return fields.isEmpty ? nil : FrontMatter(fields: fields, end: min(s.count, i))
            }
            if let field = field(s, line) { fields.append(field) }
        }
        return nil
    }

    /// The value of the first of these keys, in lower case, that has one.
    func value(of keys: [String], in s: [UInt32]) -> Range<Int>? {
        for key in keys {
            let found = fields.first { Scalars.string(s[$0.key]).lowercased() == key && !$0.value.isEmpty }
            if let found { return found.value }
        }
        return nil
    }

    private static func line(_ s: [UInt32], at start: Int) -> Range<Int> {
        var end = start
        while end < s.count, s[end] != 10 { end += 1 }
        return start..<end
    }

    private static func isRule(_ s: [UInt32], _ line: Range<Int>) -> Bool {
        let trimmed = trimmed(s, line)
        return trimmed.count == 3 && s[trimmed].allSatisfy { $0 == 0x2D }
    }

    private static func field(_ s: [UInt32], _ line: Range<Int>) -> Field? {
        guard let colon = line.first(where: { s[$0] == 0x3A }), colon - line.lowerBound <= 24 else { return nil }
        let key = trimmed(s, line.lowerBound..<colon)
        guard !key.isEmpty, !s[key].contains(where: { $0 == 0x20 }) else { return nil }
        var value = trimmed(s, (colon + 1)..<line.upperBound)
        if value.count >= 2, let first = value.first, let last = value.last, s[first] == s[last],
            s[first] == 0x22 || s[first] == 0x27
        {
            value = (first + 1)..<last
        }
        return Field(key: key, value: value)
    }

    private static func trimmed(_ s: [UInt32], _ range: Range<Int>) -> Range<Int> {
        var (a, b) = (range.lowerBound, range.upperBound)
        while a < b, Glyph.isBlank(s[a]) { a += 1 }
        while b > a, Glyph.isBlank(s[b - 1]) { b -= 1 }
        return a..<b
    }
}
