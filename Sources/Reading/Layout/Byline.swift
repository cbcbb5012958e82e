/// Finds the printed names of those who wrote an article.
enum Byline {
    /// Whether a line says only who wrote: names with their roles, or a name in parentheses.
    static func isLine(_ s: [UInt32], _ range: Range<Int>, _ lexicon: Lexicon) -> Bool {
        guard range.count <= 48, !s[range].contains(0x3002) else { return false }
        if lexicon[.writerRole].first(s, in: range) != nil {
            return !s[range].contains { $0 == 0xFF0C || $0 == 0x2C || $0 == 0x23 || $0 == 0xFF1A }
        }
        let inner = s[range].dropFirst().dropLast()
        return isOpening(s[range.lowerBound]) && isClosing(s[range.upperBound - 1]) && (2...4).contains(inner.count)
            && inner.allSatisfy(Glyph.isHan)
    }

    /// The parentheses with names at the beginning or the end of a paragraph: 本报讯(记者 …).
    static func inside(_ s: [UInt32], _ range: Range<Int>, _ lexicon: Lexicon) -> Range<Int>? {
        let head = range.lowerBound..<min(range.upperBound, range.lowerBound + 8)
        if let open = head.first(where: { isOpening(s[$0]) }),
            let found = names(s, from: open, end: range.upperBound, lexicon)
        {
            return found
        }
        guard range.count > 4, isClosing(s[range.upperBound - 1]) else { return nil }
        let tail = max(range.lowerBound, range.upperBound - 48)..<range.upperBound
        guard let open = tail.last(where: { isOpening(s[$0]) }) else { return nil }
        return names(s, from: open, end: range.upperBound, lexicon)
    }

    private static func names(_ s: [UInt32], from open: Int, end: Int, _ lexicon: Lexicon) -> Range<Int>? {
        var close = open + 1
        while close < end, close - open < 48, !isClosing(s[close]) { close += 1 }
        guard close < end, isClosing(s[close]), lexicon[.writerRole].first(s, in: open..<close) != nil else {
            return nil
        }
        return open..<(close + 1)
    }

    private static func isOpening(_ c: UInt32) -> Bool { c == 0x28 || c == 0xFF08 }
    private static func isClosing(_ c: UInt32) -> Bool { c == 0x29 || c == 0xFF09 }
}
