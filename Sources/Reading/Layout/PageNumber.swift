/// Numbers of pages, which stand between the lines of a text and are no part of it.
enum PageNumber {
    private static let marks: Set<UInt32> = [0x2D, 0x2014, 0x2013, 0xB7, 0x2022, 0x7E]
    private static let words: Set<UInt32> = [0x7B2C, 0x9875, 0x5171, 0xFF0C, 0x2F]

    /// Whether a line is a page's number and cannot be anything else: - 3 -, — 12 —, 第3页, 第3页 共20页.
    static func isLine(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        guard range.count <= 24, let first = range.first, let last = range.last else { return false }
        if marks.contains(s[first]), marks.contains(s[last]) {
            let inner = range.filter { !marks.contains(s[$0]) && !Glyph.isBlank(s[$0]) }
            guard let digits = inner.first, let end = inner.last else { return false }
            // One number: blanks and marks stand around it, not in it.
            return end - digits + 1 == inner.count && number(s, range[digits...end])
        }
        // 第3页，共20页
        return s[first] == 0x7B2C && s[last] == 0x9875
            && range.allSatisfy { words.contains(s[$0]) || Glyph.isBlank(s[$0]) || isDigit(s[$0]) }
    }

    /// Whether a line of digits alone is a page's number: it stands in the middle of a sentence that fills its lines.
    static func isBare(_ s: [UInt32], _ range: Range<Int>, between before: Range<Int>, and after: Range<Int>) -> Bool {
        guard number(s, range[...]), before.count >= 20 else { return false }
        let last = s[before.upperBound - 1]
        return (Glyph.isHan(last) || last == 0xFF0C || last == 0x3001) && Glyph.isHan(s[after.lowerBound])
            && after.count >= 12
    }

    private static func number(_ s: [UInt32], _ range: Range<Int>.SubSequence) -> Bool {
        (1...4).contains(range.count) && range.allSatisfy { isDigit(s[$0]) }
    }

    private static func isDigit(_ c: UInt32) -> Bool { Glyph.isDigit(Layout.folded(c)) }
}
