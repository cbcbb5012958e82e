/// Text whose paragraphs were broken into lines of one width, as mail, terminals and pages set it.
///
/// What reads by lines (a title, a day of its own line, a signature) would take any of them for one, so the breaks
/// inside paragraphs are taken out first: each becomes a mark without width, so that offsets hold.
enum WrappedLines {
    /// U+2060, which parts nothing and has no width.
    static let joiner: UInt32 = 0x2060

    /// The shortest and the widest line that paragraphs are broken into, in columns.
    private static let narrowest = 36
    private static let widest = 160
    /// How far a full line may end before the widest: an ideograph and a mark that may not begin a line.
    private static let slack = 4
    private static let least = 6

    private struct Line {
        var range: Range<Int>
        var columns: Int
        var count: Int
        /// Whether words are set apart in it, as in the row of a table.
        var hasGap: Bool
    }

    /// The scalars with the breaks inside paragraphs taken out; nil for a text that is not broken so.
    static func joined(_ s: [UInt32]) -> [UInt32]? {
        let lines = lines(s)
        let long = lines.filter { $0.columns >= narrowest && !$0.hasGap }
        guard long.count >= least, long.count > lines.count(where: \.hasGap),
            !long.contains(where: { $0.columns > widest * 2 })
        else { return nil }
        for isWide in [true, false] {
            func width(_ line: Line) -> Int { isWide ? line.columns : line.count }
            let slack = isWide ? Self.slack : 2
            let limit = width(long.max { width($0) < width($1) } ?? long[0])
            guard limit <= (isWide ? widest : widest / 2) else { continue }
            func isFull(_ line: Line) -> Bool { width(line) + slack >= limit && !line.hasGap }
            let full = long.filter(isFull)
            let open = full.count { isOpen(s, $0.range) }
            // Most long lines are as long as may be, and most of those end inside a sentence.
            guard full.count >= least, full.count * 2 >= long.count, open * 2 >= full.count else { continue }
            return join(s, lines, isFull)
        }
        return nil
    }

    private static func join(_ s: [UInt32], _ lines: [Line], _ isFull: (Line) -> Bool) -> [UInt32] {
        var joined = s
        for (line, next) in zip(lines, lines.dropFirst()) where isFull(line) {
            let end = line.range.upperBound
            guard next.range.lowerBound == end + 1, end < s.count, !next.hasGap, goesOn(s, line.range, next.range)
            else { continue }
            joined[end] = joiner
        }
        return joined
    }

    /// Whether a paragraph goes on from one line to the next.
    private static func goesOn(_ s: [UInt32], _ line: Range<Int>, _ next: Range<Int>) -> Bool {
        guard let first = next.first, !Glyph.isBlank(s[first]) else { return false }
        if [0x23, 0x7C, 0x2D, 0x2A, 0x25CF, 0x2022, 0x3E, 0x2014].contains(s[first]) { return false }
        guard !isOpen(s, line) else { return true }
        // 一、 and （一） begin a part where the sentence before is at its end.
        var i = first
        if s[i] == 0xFF08 || s[i] == 0x28 { i += 1 }
        let number = i
        while i < next.upperBound, Glyph.digit(s[i]) != nil || s[i] == 0x5341 || Glyph.isDigit(s[i]) { i += 1 }
        let isNumbered = i > number && i < next.upperBound && [0x3001, 0x2E, 0xFF0E, 0xFF09, 0x29].contains(s[i])
        return !isNumbered
    }

    /// Whether a line ends inside a sentence.
    private static func isOpen(_ s: [UInt32], _ line: Range<Int>) -> Bool {
        guard let last = line.last(where: { !Glyph.isBlank(s[$0]) }) else { return false }
        return !Glyph.endsSentence(s[last]) && s[last] != 0x201D && s[last] != 0xFF1A && s[last] != 0x3A
            && s[last] != 0x7C
    }

    /// Blanks or strokes between words: a row of a table.
    private static func hasGap(_ s: [UInt32], _ line: Range<Int>) -> Bool {
        if s[line].contains(where: { $0 == 0x7C || $0 == 0xFF5C || (0x2500...0x257F).contains($0) }) { return true }
        guard let first = line.first(where: { !Glyph.isBlank(s[$0]) }) else { return false }
        var blanks = 0
        for i in first..<line.upperBound {
            let isBlank = Glyph.isBlank(s[i])
            if !isBlank, blanks >= 2 { return true }
            blanks = isBlank ? blanks + (s[i] == 9 ? 2 : 1) : 0
        }
        return false
    }

    private static func lines(_ s: [UInt32]) -> [Line] {
        var lines: [Line] = []
        var start = 0
        var columns = 0
        for i in 0...s.count {
            guard i == s.count || s[i] == 10 else {
                if s[i] != 13 { columns += Glyph.isWide(s[i]) ? 2 : 1 }
                continue
            }
            var end = i
            while end > start, s[end - 1] == 13 { end -= 1 }
            // Lines that end with a carriage return, too, are left as they are where that would stay inside.
            if end == i, end > start {
                let range = start..<end
                lines.append(Line(range: range, columns: columns, count: range.count, hasGap: hasGap(s, range)))
            }
            start = i + 1
            columns = 0
        }
        return lines
    }
}
