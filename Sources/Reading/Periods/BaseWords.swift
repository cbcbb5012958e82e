import BulletinModel

/// Finds what a change is measured against.
enum BaseWords {
    private static let yearly = WordSet(
        "同比 比上年 较上年 比去年 较去年 上年同期 去年同期 比前一年 较前一年 与上年 与去年 同口径 比上一年 较上一年 去年时序进度 高于上年 高于去年 低于上年 低于去年 好于上年 好于去年 快于上年 快于去年")
    private static let previous = WordSet(
        "环比 比上月 较上月 比上季度 较上季度 比上季 比年初 较年初 比上个月 比上半年 比上期 较上期 比一季度 比二季度 比三季度 比四季度 比第一季度 比第二季度 比第三季度 比前三季度 较一季度 较二季度 较三季度 较前三季度 比前一月 比上旬 较上旬"
    )
    /// How a sentence opens that compares with the period right before.
    private static let sequences = WordSet("从环比看 环比看 按环比")
    private static let average = WordSet("年均 年平均 两年平均 三年平均 平均每年 年递增")
    private static let goals = WordSet("目标 计划 预算 任务 时序进度 序时进度 时间进度")
    private static let beyond = WordSet("超 比 高于 超过 超出 快于 较")
    private static let others = WordSet(
        "高于 低于 高出 低出 快于 慢于 优于 好于 领先 超过全国 超过全省 超过全市 超全国 超全省 超全市 超过平均 超过世界 比全国 比全省 比全市 较全国 较全省 比同期全国 比平均 较平均 比世界 比全球 比东部 比中部 比西部"
    )

    /// The year that the first sentence of the paragraph compares with (与“八五”末相比，…), for what is
    /// added to levels of a later one.
    private static func comparedAbove(_ s: [UInt32], _ sentence: Int, _ range: Range<Int>) -> Int? {
        guard sentence > 0, yearly.first(s, in: range) == nil else { return nil }
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
    static func base(
        _ s: [UInt32], sentence: Int, clause: Int, floor: Int, at end: Int, over span: Span,
        beside: Indicator.Period? = nil, isAim: Bool = false
    ) -> Indicator.Base {
        // What stands between the figure before and this one tells first.
        if floor > clause, floor < end, let base = told(s, floor..<end) { return base }
        let range = clause..<end
        if isAim { return .yearOnYear }
        // 超收2亿元: more than the budget. 比快报数41亿元增加1亿元: than a figure told before.
        if WordSet.overBudget.ends(s, before: end, start: clause) > 0 { return .target }
        if let other = toldBefore(s, range) { return other }
        // 比年均增幅高出3个百分点: against another rate, averaged or not.
        if WordSet.higher.first(s, in: max(clause, end - 8)..<end) != nil,
            WordSet.rateOfOther.first(s, in: range) != nil
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
        if previous.first(s, in: range) != nil || isMonth(s, range) { return .previous }
        if let year = reference(s, range) ?? planEnd(s, range) ?? multiple(s, range) { return .since(year: year) }
        if sequences.begins(s, at: sentence) > 0 { return .previous }
        if yearly.first(s, in: range) != nil { return .yearOnYear }
        if let year = compared(s, sentence..<max(sentence, min(clause, sentence + 40)))
            ?? comparedAbove(s, sentence, clause..<end)
        {
            return .since(year: year)
        }
        if ofPlan(s, range) || comparesForecast(s, sentence..<end) { return .other }
        if goals.first(s, in: range) != nil, beyond.first(s, in: range) != nil { return .target }
        if others.first(s, in: range) != nil { return .other }
        if case .years(let first) = span { return first.map { .since(year: $0 - 1) } ?? .other }
        if ago(s, range) { return .other }
        return .yearOnYear
    }

    /// The base that these words name; nil where they name none.
    private static func told(_ s: [UInt32], _ range: Range<Int>) -> Indicator.Base? {
        if isAverage(s, range) { return .annualAverage }
        if previous.first(s, in: range) != nil || isMonth(s, range) { return .previous }
        if let year = reference(s, range) ?? planEnd(s, range) ?? multiple(s, range) { return .since(year: year) }
        return yearly.first(s, in: range) != nil ? .yearOnYear : nil
    }

    /// 比1—5月, 较10月: earlier months of the year, not those of another.
    private static func isMonth(_ s: [UInt32], _ range: Range<Int>) -> Bool {
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
    private static func isAboveOther(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        let verb = WordSet.higher.ends(s, before: range.upperBound, start: range.lowerBound)
        let end = range.upperBound - verb
        guard verb > 0, let than = s[range.lowerBound..<end].lastIndex(where: { $0 == 0x6BD4 || $0 == 0x8F83 }),
            than + 3 < end, WordSet.rateEnds.ends(s, before: end, start: than) > 0
        else { return false }
        return WordSet.ownPast.first(s, in: (than + 1)..<end) == nil && !s[than..<end].contains(where: Glyph.isDigit)
    }

    /// 年均增长, but not 年均浓度.
    private static func isAverage(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        guard let at = average.last(s, in: range) else { return false }
        return WordSet.yearlyMeasures.begins(s, at: at.at + at.length) == 0
    }

    /// 比五年前: years ago, not the last.
    private static func ago(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        guard let at = WordSet.yearsAgo.first(s, in: range), at.at > range.lowerBound + 1 else { return false }
        return WordSet.than.first(s, in: range.lowerBound..<at.at) != nil
    }

    /// 1990年与1980年相比，…, 与“八五”末相比，…: holds for the sentence that opens with it.
    private static func compared(_ s: [UInt32], _ range: Range<Int>) -> Int? {
        guard let than = WordSet.comparing.first(s, in: range), than.at - range.lowerBound < 16 else { return nil }
        let opening = range.lowerBound..<(than.at + than.length)
        return multiple(s, opening) ?? planEnd(s, opening)
    }

    /// 较“十三五”末: the last year of a plan.
    private static func planEnd(_ s: [UInt32], _ range: Range<Int>) -> Int? {
        for i in range where [0x6BD4, 0x8F83, 0x4E0E, 0x540C, 0x548C].contains(s[i]) {
            guard let plan = FiveYearPlan.read(s, at: i + 1), plan.end <= range.upperBound else { continue }
            if WordSet.wholePlan.begins(s, at: plan.end) > 0 { return nil }
            return plan.firstYear + 4
        }
        return nil
    }

    /// 是“八五”的1.8倍, 比“八五”期间: what several years brought.
    private static func ofPlan(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        range.contains {
            if [0x4E3A, 0x662F, 0x4E8E].contains(s[$0]) { return FiveYearPlan.read(s, at: $0 + 1) != nil }
            guard s[$0] == 0x6BD4 || s[$0] == 0x8F83, let plan = FiveYearPlan.read(s, at: $0 + 1) else { return false }
            return WordSet.wholePlan.begins(s, at: plan.end) > 0
        }
    }

    /// 比…的快报数增加, 比…批准的预算数减少: what was told, or allowed, before; nil for other words.
    private static func toldBefore(_ s: [UInt32], _ range: Range<Int>) -> Indicator.Base? {
        guard let than = s[range].lastIndex(where: { $0 == 0x6BD4 || $0 == 0x8F83 }) else { return nil }
        if WordSet.allowed.first(s, in: than..<range.upperBound) != nil { return .target }
        return WordSet.reported.first(s, in: than..<range.upperBound) != nil ? .other : nil
    }

    /// 同报告的预计数比较，…: what a sentence opens with holds for all of it.
    private static func comparesForecast(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        guard let first = range.first, [0x540C, 0x4E0E, 0x548C].contains(s[first]),
            let end = s[range].firstIndex(where: Glyph.endsClause)
        else { return false }
        return WordSet.compareEnds.ends(s, before: end, start: first) > 0
            && WordSet.forecasts.first(s, in: first..<end) != nil
    }

    /// 为1985年的4.3倍, 与1980年相比.
    private static func multiple(_ s: [UInt32], _ range: Range<Int>) -> Int? {
        for i in range
        where [0x4E3A, 0x662F, 0x4E8E, 0x4E0E, 0x548C, 0x540C].contains(s[i]) && i + 6 <= range.upperBound {
            guard let year = year(s, at: i + 1) else { continue }
            let isCompared = [0x4E0E, 0x548C, 0x540C].contains(s[i])
            guard isCompared ? WordSet.compare.begins(s, at: i + 6) > 0 : s[i + 6] == 0x7684 else { continue }
            return year
        }
        return nil
    }

    /// 1980年, 一九八○年: the year that begins at `i`; nil where none does.
    private static func year(_ s: [UInt32], at i: Int) -> Int? {
        guard i + 4 < s.count, s[i + 4] == 0x5E74 else { return nil }
        var year = 0
        for c in s[i..<(i + 4)] {
            guard let digit = Glyph.isDigit(c) ? Int(c - 0x30) : Glyph.digit(c), c != 0x4E24 else { return nil }
            year = year * 10 + digit
        }
        return (1840...2100).contains(year) ? year : nil
    }

    /// 比2019年, 较2019年.
    private static func reference(_ s: [UInt32], _ range: Range<Int>) -> Int? {
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

extension WordSet {
    /// How the words end for a rate or mean that is compared with.
    fileprivate static let rateEnds = WordSet("增速 增幅 增长率 总体 整体 平均 平均水平 平均增速 水平")
    /// What makes such a rate the same one at another time.
    fileprivate static let ownPast = WordSet("上年 去年 同期 上月 上季 年初 前年 月 季度 年度")
    /// What an average of the year is a level of.
    fileprivate static let yearlyMeasures = WordSet(
        "浓度 气温 降水 降雨 日照 蒸发 收入 纯收入 工资 生活 产值 产量 水平 值 可支配 消费 支出 用水 径流 相对湿度")
    /// Behind a five-year plan whose whole sum is meant.
    fileprivate static let wholePlan = WordSet("期间 时期 计划期间 计划时期 的")
    fileprivate static let higher = WordSet("高出 高于 低于 快于 慢于 低出 提高 高 低 快 慢")
    fileprivate static let rateOfOther = WordSet("比国内生产总值 比生产总值 比地区生产总值 比国民 比经济 比同期 比全国 比全省 比全市 比财政 比工业 比年均")
    fileprivate static let overBudget = WordSet("超收 超支 短收 超收了 超支了")
    fileprivate static let allowed = WordSet("批准的 预算数 计划数 概算")
    fileprivate static let reported = WordSet("快报数 预计数 汇报数 报告数")
    fileprivate static let compareEnds = WordSet("比较 相比 相比较")
    fileprivate static let forecasts = WordSet("预计数 执行数 预计")
    fileprivate static let comparing = WordSet("相比，")
    fileprivate static let compare = WordSet("相比 同期相比 同期比 底相比 末相比 年底相比 年末相比")
    /// Behind a number of years.
    fileprivate static let yearsAgo = WordSet("年前")
    /// What compares.
    fileprivate static let than = WordSet("比 较")
}
