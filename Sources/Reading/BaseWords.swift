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
    private static let goals = WordSet("目标 计划 预算 任务 时序进度 序时进度")
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
        _ s: [UInt32], sentence: Int, clause: Int, floor: Int, at end: Int, over span: Span
    ) -> Indicator.Base {
        // What stands between the figure before and this one tells first.
        if floor > clause, floor < end, let base = told(s, floor..<end) { return base }
        let range = clause..<end
        if isAverage(s, range) { return .annualAverage }
        if previous.first(s, in: range) != nil || isMonth(s, range) { return .previous }
        if let year = reference(s, range) ?? planEnd(s, range) ?? multiple(s, range) { return .since(year: year) }
        if sequences.begins(s, at: sentence) > 0 { return .previous }
        if yearly.first(s, in: range) != nil { return .yearOnYear }
        if let year = compared(s, sentence..<max(sentence, min(clause, sentence + 40)))
            ?? comparedAbove(s, sentence, clause..<end)
        {
            return .since(year: year)
        }
        if ofPlan(s, range) { return .other }
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
            return plan.firstYear + 4
        }
        return nil
    }

    /// 是“八五”的1.8倍: a multiple of what several years brought.
    private static func ofPlan(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        range.contains { [0x4E3A, 0x662F, 0x4E8E].contains(s[$0]) && FiveYearPlan.read(s, at: $0 + 1) != nil }
    }

    /// 为1985年的4.3倍, 与1980年相比.
    private static func multiple(_ s: [UInt32], _ range: Range<Int>) -> Int? {
        for i in range
        where [0x4E3A, 0x662F, 0x4E8E, 0x4E0E, 0x548C, 0x540C].contains(s[i]) && i + 6 <= range.upperBound {
            let digits = s[(i + 1)..<(i + 5)]
            guard digits.allSatisfy(Glyph.isDigit), s[i + 5] == 0x5E74 else { continue }
            let isCompared = [0x4E0E, 0x548C, 0x540C].contains(s[i])
            guard isCompared ? WordSet.compare.begins(s, at: i + 6) > 0 : s[i + 6] == 0x7684 else { continue }
            return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }
        return nil
    }

    /// 比2019年, 较2019年.
    private static func reference(_ s: [UInt32], _ range: Range<Int>) -> Int? {
        for i in range where (s[i] == 0x6BD4 || s[i] == 0x8F83) && i + 5 < range.upperBound {
            let digits = s[(i + 1)..<(i + 5)]
            if digits.allSatisfy(Glyph.isDigit), s[i + 5] == 0x5E74 {
                return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
            }
        }
        return nil
    }
}

extension WordSet {
    /// What an average of the year is a level of.
    fileprivate static let yearlyMeasures = WordSet(
        "浓度 气温 降水 降雨 日照 蒸发 收入 纯收入 工资 生活 产值 产量 水平 值 可支配 消费 支出 用水 径流 相对湿度")
    fileprivate static let comparing = WordSet("相比，")
    fileprivate static let compare = WordSet("相比 同期相比 同期比 底相比 末相比 年底相比 年末相比")
    /// Behind a number of years.
    fileprivate static let yearsAgo = WordSet("年前")
    /// What compares.
    fileprivate static let than = WordSet("比 较")
}
