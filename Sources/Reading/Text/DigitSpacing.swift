/// Joins figures that were set with a blank behind each digit (1 9 9 7 年, 8 .8 %), as
/// scanned pages and some typesetting have them.
enum DigitSpacing {
    /// The passage without the blanks inside such figures.
    ///
    /// Only where no doubt is left: every token is a single digit or a decimal point, and a
    /// word or a percent sign follows; 12 30 stays two numbers.
    static func joined(_ passage: Passage) -> Passage {
        let s = passage.scalars
        var dropped: Set<Int> = []
        var i = 0
        while i < s.count {
            guard Glyph.isDigit(s[i]), i == 0 || !isPart(s[i - 1]) else {
                i += 1
                continue
            }
            if let end = thousands(s, from: i, &dropped) {
                i = end
                continue
            }
            let end = run(s, from: i, &dropped)
            i = max(end, i + 1)
        }
        guard !dropped.isEmpty else { return passage }
        let kept = s.indices.filter { !dropped.contains($0) }
        return Passage(scalars: kept.map { s[$0] }, origin: kept.map { passage.origin[$0] })
    }

    /// 1 234 567人, 12'345.6万元: a blank or an apostrophe as the mark of thousands, where a unit follows. Gives the end of
    /// the number, and notes its marks.
    private static func thousands(_ s: [UInt32], from start: Int, _ dropped: inout Set<Int>) -> Int? {
        func digits(_ i: Int) -> Int {
            var end = i
            while end < s.count, end - i < 4, Glyph.isDigit(s[end]) { end += 1 }
            return end - i
        }
        var end = start + digits(start)
        guard (1...3).contains(end - start), s[start] != 0x30, start == 0 || s[start - 1] != 0x2E else { return nil }
        var marks: [Int] = []
        while end + 3 < s.count, s[end] == 0x20 || s[end] == 0x27 || s[end] == 0x2019, digits(end + 1) == 3 {
            marks.append(end)
            end += 4
        }
        guard !marks.isEmpty, end < s.count else { return nil }
        if s[end] == 0x2E {
            let decimals = digits(end + 1)
            guard decimals > 0 else { return nil }
            end += 1 + decimals
        }
        guard end < s.count, Glyph.isHan(s[end]) || s[end] == 0x25, s[end] != 0x5E74, s[end] != 0x6708 else {
            return nil
        }
        // Another number behind the unit's place is a row of a table.
        dropped.formUnion(marks)
        return end
    }

    /// Reads one run of single digits from `start`; notes its blanks and gives its end.
    private static func run(_ s: [UInt32], from start: Int, _ dropped: inout Set<Int>) -> Int {
        var blanks: [Int] = []
        var digits = 1
        var points = 0
        var end = start + 1
        if end < s.count, Glyph.isDigit(s[end]) { return end }
        while true {
            var next = end
            if next < s.count, s[next] == 0x20 { next += 1 }
            guard next < s.count, isPart(s[next]) else { break }
            let isDigit = Glyph.isDigit(s[next])
            // Two digits side by side are a number of another kind, unless a point was before.
            if isDigit, next == end, points == 0 { return next }
            if isDigit, next + 1 < s.count, Glyph.isDigit(s[next + 1]), next > end { return next }
            if !isDigit, points > 0 { break }
            if next > end { blanks.append(end) }
            if isDigit { digits += 1 } else { points += 1 }
            end = next + 1
        }
        var behind = end
        if behind < s.count, s[behind] == 0x20 { behind += 1 }
        // 3. 9日…: the mark of a point of a list and a day, no decimal.
        let isDay = points > 0 && behind < s.count && [0x65E5, 0x6708, 0x5E74].contains(s[behind])
        let isFigure =
            behind < s.count && !isDay && (Glyph.isHan(s[behind]) || s[behind] == 0x25 || s[behind] == 0x2030)
        if isFigure, behind > end { blanks.append(end) }
        if isFigure, digits > 1, !blanks.isEmpty, Glyph.isDigit(s[end - 1]) { dropped.formUnion(blanks) }
        return end
    }

    private static func isPart(_ c: UInt32) -> Bool { Glyph.isDigit(c) || c == 0x2E || c == 0xB7 }
}
