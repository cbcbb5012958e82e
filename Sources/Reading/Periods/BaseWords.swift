import BulletinModel

/// Finds what a change is measured against.
struct BaseWords {
    let table: CalendarTable

    /// The year that the first sentence of the paragraph compares with (与“八五”末相比，…), for what is
    /// added to levels of a later one.
    private func comparedAbove(_ s: [UInt32], _ sentence: Int, _ range: Range<Int>) -> Int? {
        guard sentence > 0, table[.baseYearly].first(s, in: range) == nil else { return nil }
        var i = 0
        while i < min(60, sentence) {
            let end = s[i..<min(s.count, i + 40)].firstIndex(where: Glyph.endsClause) ?? i
            if let year = compared(s, i..<min(end + 1, s.count)) { return year }
            i = end + 1
        }
        return nil
    }

    /// Over what a text tells a change.
    enum Span: Equatable {
        /// A year or less, or nothing told.
        case year
        /// Several years, the first of them if it is known.
        case years(from: Int?)
    }

    /// The base of a change whose clause begins at `clause` and whose figure stands at `end`.
    func base(
        _ s: [UInt32], sentence: Int, clause: Int, floor: Int, at end: Int, over span: Span,
        beside: Indicator.Period? = nil, isAim: Bool = false
    ) -> Indicator.Base {
        // What stands between the figure before and this one tells first.
        if floor > clause, floor < end, let base = told(s, floor..<end) { return base }
        let range = clause..<end
        if isAim { return .yearOnYear }
        // 超收2亿元: more than the budget. 比快报数41亿元增加1亿元: than a figure told before.
        if table[.baseOverBudget].ends(s, before: end, start: clause) > 0 { return .target }
        if let other = toldBefore(s, range) { return other }
        // 比年均增幅高出3个百分点: against another rate, averaged or not.
        if table[.baseHigher].first(s, in: max(clause, end - 8)..<end) != nil,
            table[.baseRateOfOther].first(s, in: range) != nil
        {
            return .other
        }
        if isAboveOther(s, max(clause, end - 30)..<end) { return .other }
        if isAverage(s, range) { return .annualAverage }
        if let beside, end - floor <= 8 {
            // 比1979年的453亿元，增长4倍: against the figure right before.
            guard beside.start.prefix(4) == beside.end.prefix(4) else { return .other }
            if let year = Int(beside.start.prefix(4)) { return .since(year: year) }
        }
        if table[.basePrevious].first(s, in: range) != nil || isMonth(s, range) { return .previous }
        if let year = reference(s, range) ?? planEnd(s, range) ?? multiple(s, range) { return .since(year: year) }
        if table[.baseSequences].begins(s, at: sentence) > 0 { return .previous }
        if table[.baseYearly].first(s, in: range) != nil { return .yearOnYear }
        if let year = compared(s, sentence..<max(sentence, min(clause, sentence + 40)))
            ?? comparedAbove(s, sentence, clause..<end)
        {
            return .since(year: year)
        }
        if ofPlan(s, range) || comparesForecast(s, sentence..<end) { return .other }
        if table[.baseGoals].first(s, in: range) != nil, table[.baseBeyond].first(s, in: range) != nil {
            return .target
        }
        if table[.baseOthers].first(s, in: range) != nil { return .other }
        if case .years(let first) = span { return first.map { .since(year: $0 - 1) } ?? .other }
        if ago(s, range) { return .other }
        return .yearOnYear
    }

    /// The base that these words name; nil where they name none.
    private func told(_ s: [UInt32], _ range: Range<Int>) -> Indicator.Base? {
        if isAverage(s, range) { return .annualAverage }
        if table[.basePrevious].first(s, in: range) != nil || isMonth(s, range) { return .previous }
        if let year = reference(s, range) ?? planEnd(s, range) ?? multiple(s, range) { return .since(year: year) }
        return table[.baseYearly].first(s, in: range) != nil ? .yearOnYear : nil
    }

    /// 比1—5月, 较10月: earlier months of the year, not those of another.
    private func isMonth(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        for i in range where (s[i] == 0x6BD4 || s[i] == 0x8F83) && i + 1 < range.upperBound && Glyph.isDigit(s[i + 1]) {
            var k = i + 1
            while k < range.upperBound, k - i < 8, Glyph.isDigit(s[k]) || [0x2014, 0x2D, 0x81F3, 0x7E].contains(s[k]) {
                k += 1
            }
            if k < range.upperBound, s[k] == 0x6708 { return true }
        }
        return false
    }

    /// 比外贸总体增速高2个百分点: against the rate or mean of something else.
    private func isAboveOther(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        let verb = table[.baseHigher].ends(s, before: range.upperBound, start: range.lowerBound)
        let end = range.upperBound - verb
        guard verb > 0, let than = s[range.lowerBound..<end].lastIndex(where: { $0 == 0x6BD4 || $0 == 0x8F83 }),
            than + 3 < end, table[.baseRateEnds].ends(s, before: end, start: than) > 0
        else { return false }
        return table[.baseOwnPast].first(s, in: (than + 1)..<end) == nil
            && !s[than..<end].contains(where: Glyph.isDigit)
    }

    /// 年均增长, but not 年均浓度.
    private func isAverage(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        guard let at = table[.baseAverage].last(s, in: range) else { return false }
        return table[.baseYearlyMeasures].begins(s, at: at.at + at.length) == 0
    }

    /// 比五年前: years ago, not the last.
    private func ago(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        guard let at = table[.baseYearsAgo].first(s, in: range), at.at > range.lowerBound + 1 else { return false }
        return table[.baseThan].first(s, in: range.lowerBound..<at.at) != nil
    }

    /// 1990年与1980年相比，…, 与“八五”末相比，…: holds for the sentence that opens with it.
    private func compared(_ s: [UInt32], _ range: Range<Int>) -> Int? {
        guard let than = table[.baseComparing].first(s, in: range), than.at - range.lowerBound < 16 else { return nil }
        let opening = range.lowerBound..<(than.at + than.length)
        return multiple(s, opening) ?? planEnd(s, opening)
    }

    /// 较“十三五”末: the last year of a plan.
    private func planEnd(_ s: [UInt32], _ range: Range<Int>) -> Int? {
        for i in range where [0x6BD4, 0x8F83, 0x4E0E, 0x540C, 0x548C].contains(s[i]) {
            guard let plan = FiveYearPlan.read(s, at: i + 1), plan.end <= range.upperBound else { continue }
            if table[.baseWholePlan].begins(s, at: plan.end) > 0 { return nil }
            return plan.firstYear + 4
        }
        return nil
    }

    /// 是“八五”的1.8倍, 比“八五”期间: what several years brought.
    private func ofPlan(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        range.contains {
            if [0x4E3A, 0x662F, 0x4E8E].contains(s[$0]) { return FiveYearPlan.read(s, at: $0 + 1) != nil }
            guard s[$0] == 0x6BD4 || s[$0] == 0x8F83, let plan = FiveYearPlan.read(s, at: $0 + 1) else { return false }
            return table[.baseWholePlan].begins(s, at: plan.end) > 0
        }
    }

    /// 比…的快报数增加, 比…批准的预算数减少: what was told, or allowed, before; nil for other words.
    private func toldBefore(_ s: [UInt32], _ range: Range<Int>) -> Indicator.Base? {
        guard let than = s[range].lastIndex(where: { $0 == 0x6BD4 || $0 == 0x8F83 }) else { return nil }
        if table[.baseAllowed].first(s, in: than..<range.upperBound) != nil { return .target }
        return table[.baseReported].first(s, in: than..<range.upperBound) != nil ? .other : nil
    }

    /// 同报告的预计数比较，…: what a sentence opens with holds for all of it.
    private func comparesForecast(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        guard let first = range.first, [0x540C, 0x4E0E, 0x548C].contains(s[first]),
            let end = s[range].firstIndex(where: Glyph.endsClause)
        else { return false }
        return table[.baseCompareEnds].ends(s, before: end, start: first) > 0
            && table[.baseForecasts].first(s, in: first..<end) != nil
    }

    /// 为1985年的4.3倍, 与1980年相比.
    private func multiple(_ s: [UInt32], _ range: Range<Int>) -> Int? {
        for i in range
        where [0x4E3A, 0x662F, 0x4E8E, 0x65BC, 0x4E0E, 0x8207, 0x548C, 0x540C].contains(s[i])
            && i + 6 <= range.upperBound
        {
            guard let year = year(s, at: i + 1) else { continue }
            let isCompared = [0x4E0E, 0x548C, 0x540C].contains(s[i])
            guard isCompared ? table[.baseCompare].begins(s, at: i + 6) > 0 : s[i + 6] == 0x7684 else { continue }
            return year
        }
        return nil
    }

    /// 1980年, 一九八○年: the year that begins at `i`; nil where none does.
    private func year(_ s: [UInt32], at i: Int) -> Int? {
        guard i + 4 < s.count, s[i + 4] == 0x5E74 else { return nil }
        var year = 0
        for c in s[i..<(i + 4)] {
            guard let digit = Glyph.isDigit(c) ? Int(c - 0x30) : Glyph.digit(c), c != 0x4E24 else { return nil }
            year = year * 10 + digit
        }
        return (1840...2100).contains(year) ? year : nil
    }

    /// 比2019年, 较2019年.
    private func reference(_ s: [UInt32], _ range: Range<Int>) -> Int? {
        for i in range where (s[i] == 0x6BD4 || s[i] == 0x8F83) && i + 5 < range.upperBound {
            if let year = year(s, at: i + 1) { return year }
            // 比历史最高水平的1979年
            if let of = s[i..<min(range.upperBound, i + 12)].firstIndex(of: 0x7684), of > i + 1,
                let year = year(s, at: of + 1)
            {
                return year
            }
        }
        return nil
    }
}
