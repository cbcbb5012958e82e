/// The numbers of official documents: 海政发〔2024〕12号.
enum DocumentNumber {
    /// The longest number.
    private static let longest = 36

    /// The number that a line is, or that it has under a label (文号：…); nil where it has none.
    static func read(_ s: [UInt32], _ line: Range<Int>) -> Range<Int>? {
        guard line.count <= DocumentSetting.longestLine, let open = line.first(where: { opens(s[$0]) }) else {
            return nil
        }
        var i = open + 1
        let year = i
        while i < line.upperBound, Glyph.isDigit(s[i]) { i += 1 }
        guard i - year == 4, i < line.upperBound, closes(s[i]) else { return nil }
        i += 1
        // 〔2024〕第12号
        if i < line.upperBound, s[i] == 0x7B2C { i += 1 }
        let number = i
        while i < line.upperBound, Glyph.isDigit(s[i]) || Glyph.isBlank(s[i]) { i += 1 }
        guard i > number, i - number <= 6, i < line.upperBound, s[i] == 0x53F7 else { return nil }
        var a = open
        while a > line.lowerBound, open - a < longest, Glyph.isHan(s[a - 1]) { a -= 1 }
        guard a < open else { return nil }
        // A document that is quoted stands in the middle of a sentence.
        let isWhole = a == line.lowerBound && i + 1 == line.upperBound
        let isLabelled = a > line.lowerBound && (s[a - 1] == 0xFF1A || s[a - 1] == 0x3A || Glyph.isBlank(s[a - 1]))
        return isWhole || isLabelled ? a..<(i + 1) : nil
    }

    private static func opens(_ c: UInt32) -> Bool { c == 0x3014 || c == 0x5B || c == 0xFF3B || c == 0x3010 }
    private static func closes(_ c: UInt32) -> Bool { c == 0x3015 || c == 0x5D || c == 0xFF3D || c == 0x3011 }
}
