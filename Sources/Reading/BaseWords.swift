import BulletinModel

/// Finds what a change is measured against.
enum BaseWords {
    private static let yearly = WordSet(
        "同比 比上年 较上年 比去年 较去年 上年同期 去年同期 比前一年 较前一年 与上年 与去年 同口径 比上一年 较上一年 去年时序进度")
    private static let previous = WordSet("环比 比上月 较上月 比上季度 较上季度 比上季 比年初 较年初 比上个月 比上半年 比上期 较上期")
    private static let average = WordSet("年均 年平均 两年平均 三年平均 平均每年 年递增")
    private static let goals = WordSet("目标 计划 预算 任务 时序进度 序时进度")
    private static let beyond = WordSet("超 比 高于 超过 超出 快于 较")
    private static let others = WordSet("高于全国 高于全省 高于全市 低于全国 低于全省 低于全市 高出全国 高出全省 快于全国 快于全省 高于平均 高于 低于 高出")

    /// Over what a text tells a change.
    enum Span: Equatable {
        /// A year or less, or nothing told.
        case year
        /// Several years, the first of them if it is known.
        case years(from: Int?)
    }

    /// The base of a change whose clause begins at `clause` and whose figure stands at `end`.
    static func base(_ s: [UInt32], sentence: Int, clause: Int, at end: Int, over span: Span) -> Indicator.Base {
        let range = clause..<end
        if average.first(s, in: range) != nil { return .annualAverage }
        if previous.first(s, in: range) != nil { return .previous }
        if let year = reference(s, range) ?? planEnd(s, range) ?? multiple(s, range) { return .since(year: year) }
        if yearly.first(s, in: range) != nil { return .yearOnYear }
        if let year = compared(s, sentence..<clause) { return .since(year: year) }
        if goals.first(s, in: range) != nil, beyond.first(s, in: range) != nil { return .target }
        if others.first(s, in: range) != nil { return .other }
        if case .years(let first) = span { return first.map { .since(year: $0 - 1) } ?? .other }
        if ago(s, range) { return .other }
        return .yearOnYear
    }

    /// 比五年前: years ago, not the last.
    private static func ago(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        guard let at = WordSet.yearsAgo.first(s, in: range), at.at > range.lowerBound + 1 else { return false }
        return WordSet.than.first(s, in: range.lowerBound..<at.at) != nil
    }

    /// 1990年与1980年相比，…: holds for the sentence that opens with it.
    private static func compared(_ s: [UInt32], _ range: Range<Int>) -> Int? {
        guard let than = WordSet.comparing.first(s, in: range), than.at - range.lowerBound < 16 else { return nil }
        return multiple(s, range.lowerBound..<(than.at + than.length))
    }

    /// 较“十三五”末: the last year of a plan.
    private static func planEnd(_ s: [UInt32], _ range: Range<Int>) -> Int? {
        for i in range where s[i] == 0x6BD4 || s[i] == 0x8F83 {
            guard let plan = FiveYearPlan.read(s, at: i + 1), plan.end <= range.upperBound else { continue }
            return plan.firstYear + 4
        }
        return nil
    }

    /// 为1985年的4.3倍, 与1980年相比.
    private static func multiple(_ s: [UInt32], _ range: Range<Int>) -> Int? {
        for i in range where [0x4E3A, 0x662F, 0x4E8E, 0x4E0E, 0x548C].contains(s[i]) && i + 6 <= range.upperBound {
            let digits = s[(i + 1)..<(i + 5)]
            guard digits.allSatisfy(Glyph.isDigit), s[i + 5] == 0x5E74 else { continue }
            let isCompared = s[i] == 0x4E0E || s[i] == 0x548C
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
    fileprivate static let comparing = WordSet("相比，")
    fileprivate static let compare = WordSet("相比")
    /// Behind a number of years.
    fileprivate static let yearsAgo = WordSet("年前")
    /// What compares.
    fileprivate static let than = WordSet("比 较")
}
