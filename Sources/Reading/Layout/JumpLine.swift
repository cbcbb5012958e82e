/// Lines that lead from one page of a newspaper to another: （下转第三版）, （上接第1版）. They are set between
/// the parts of an article and belong to none of them.
enum JumpLine {
    private static let brackets = ScalarSet("（）()【】[]〔〕▶▼■◆→")
    /// The longest such line.
    private static let longest = 20

    /// Whether a line is nothing else.
    static func isLine(_ s: [UInt32], _ range: Range<Int>, _ lexicon: Lexicon) -> Bool {
        guard range.count <= longest else { return false }
        var (a, b) = (range.lowerBound, range.upperBound)
        while a < b, brackets.contains(s[a]) || Glyph.isBlank(s[a]) { a += 1 }
        while b > a, brackets.contains(s[b - 1]) || Glyph.isBlank(s[b - 1]) || s[b - 1] == 0x3002 { b -= 1 }
        let lead = lexicon[.jumpLead].begins(s, at: a, end: b)
        // 版 版面 页
        return lead > 0 && s[(a + lead)..<b].contains { $0 == 0x7248 || $0 == 0x9875 }
            && s[(a + lead)..<b].contains {
                Glyph.digit($0) != nil || Glyph.isDigit($0) || Glyph.isLetter($0) || $0 == 0x5341
            }
    }
}
