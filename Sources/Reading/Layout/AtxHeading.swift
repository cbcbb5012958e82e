/// The marks of a Markdown heading: `# 标题`, also without the blank.
enum AtxHeading {
    /// The level of a heading and where its text begins; nil where a line is none.
    ///
    /// `#食品 97.2` is a row of a table whose mark says that it is a part of the row above.
    static func read(_ s: [UInt32], _ range: Range<Int>) -> (level: Int, body: Range<Int>)? {
        var i = range.lowerBound
        while i < range.upperBound, s[i] == 0x23 { i += 1 }
        let level = i - range.lowerBound
        guard level > 0 else { return nil }
        let first = i
        while i < range.upperBound, Glyph.isBlank(s[i]) { i += 1 }
        guard i < range.upperBound else { return nil }
        if endsWithFigure(s, i..<range.upperBound, gap: i == first ? 1 : 2) { return nil }
        return (min(level, 6), i..<range.upperBound)
    }

    /// Whether the last word of a line is a number, with so many blanks in front of it.
    private static func endsWithFigure(_ s: [UInt32], _ range: Range<Int>, gap: Int) -> Bool {
        var i = range.upperBound
        while i > range.lowerBound, !Glyph.isBlank(s[i - 1]) { i -= 1 }
        let word = i..<range.upperBound
        return i - gap >= range.lowerBound && s[(i - gap)..<i].allSatisfy { Glyph.isBlank($0) }
            && s[word].contains(where: Glyph.isDigit)
            && s[word].allSatisfy { Glyph.isDigit($0) || $0 == 0x2E || $0 == 0x2C || $0 == 0x2D || $0 == 0x25 }
    }
}
