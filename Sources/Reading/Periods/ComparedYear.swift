import BulletinModel

/// A year or plan whose own figure is told only to compare with: 比1979年的453亿元增长4倍.
enum ComparedYear {
    /// The days of the year or plan behind 比, where nothing else stands between the last clause mark and the
    /// end of `range`; nil for other words.
    static func read(_ s: [UInt32], _ range: Range<Int>, _ lexicon: Lexicon) -> Indicator.Period? {
        let end = range.upperBound
        // A year and what goes with it are short.
        guard let than = s[max(range.lowerBound, end - 24)..<end].lastIndex(where: { $0 == 0x6BD4 || $0 == 0x8F83 }),
            than == range.lowerBound || Glyph.endsClause(s[than - 1]) || s[than - 1] == 0x3001
        else { return nil }
        var i = than + 1
        let period: Indicator.Period
        if let plan = FiveYearPlan.read(s, at: i), plan.end <= end {
            i = plan.end
            period = CalendarDay.years(plan.firstYear, plan.firstYear + 4)
        } else {
            var year = 0
            let first = i
            while i < end, i - first < 4, let digit = NumeralScalars.arabic(s[i]) ?? Glyph.digit(s[i]) {
                year = year * 10 + digit
                i += 1
            }
            guard i - first == 4, i < end, s[i] == 0x5E74, (1840...2100).contains(year) else { return nil }
            i += 1
            period = CalendarDay.years(year, year)
        }
        while i < end {
            let length = lexicon[.comparedYearTail].begins(s, at: i, end: end)
            if length == 0 { return nil }
            i += length
        }
        return period
    }

    /// 比历史最高水平的1979年: whether 比 and what describes the year stand in front of it.
    static func isCompared(_ s: [UInt32], before i: Int) -> Bool {
        guard i > 3, s[i - 1] == 0x7684 else { return false }
        var a = i - 2
        while a > 0, i - a < 12, Glyph.isHan(s[a]) {
            if s[a] == 0x6BD4 || s[a] == 0x8F83, s[a - 1] != 0x540C, s[a + 1] != 0x4F8B, s[a + 1] != 0x91CD {
                return true
            }
            a -= 1
        }
        return false
    }

}
