import BulletinModel

/// How far an expression of time reaches: which figures it holds for.
extension TimePass {
    static func source(_ time: TimeExpression, sentence: Int, clause: Int) -> Timing.Source {
        time.range.lowerBound >= clause ? .clause : time.range.lowerBound >= sentence ? .sentence : .paragraph
    }

    /// A time that stands in an earlier piece.
    static func fromBefore(_ time: TimeExpression) -> TimeExpression {
        TimeExpression(range: -1 ..< -1, period: time.period, reach: time.reach, namesYear: time.namesYear)
    }

    /// 从2020年的8%提高到2025年的12%: a year that dates its figure and holds for no later sentence.
    static func isPassing(_ time: TimeExpression, _ s: [UInt32]) -> Bool {
        let (a, b) = (time.range.lowerBound, time.range.upperBound)
        guard a > 0, b < s.count, s[b] == 0x7684, b + 1 < s.count, Glyph.isDigit(s[b + 1]) else { return false }
        return [0x5230, 0x81F3, 0x4E3A].contains(s[a - 1])
    }

    /// 2005年5月18日开业，…: a day on which something happened, for what its own clause does not state.
    static func isEvent(_ time: TimeExpression, _ s: [UInt32]) -> Bool {
        let (a, b) = (time.range.lowerBound, time.range.upperBound)
        guard a >= 0, b < s.count, let period = time.period, period.start == period.end, time.namesYear,
            s[b - 1] == 0x65E5, !Glyph.endsClause(s[b]), s[b] != 0x96F6
        else { return false }
        return WordSet.upTo.ends(s, before: a) == 0
    }

    /// Whether only words of change stand between a figure and the next.
    static func continues(_ s: [UInt32], _ gap: Range<Int>) -> Bool {
        guard gap.count >= 2, gap.count <= 8, Glyph.isComma(s[gap.lowerBound]) || s[gap.lowerBound] == 0x3001 else {
            return false
        }
        return ClauseWords.rises.ends(s, before: gap.upperBound, start: gap.lowerBound + 1) == gap.count - 1
            || ClauseWords.falls.ends(s, before: gap.upperBound, start: gap.lowerBound + 1) == gap.count - 1
    }

    /// “七五”时期，…。五年间…: whether a number of years only says again how many the plan before has.
    static func repeats(_ time: TimeExpression, _ before: TimeExpression?) -> Bool {
        guard let before, before.namesYear, !time.namesYear, let own = time.period.flatMap(years),
            let plan = before.period.flatMap(years)
        else { return false }
        return own > 1 && own == plan
    }

    /// How many years a period of whole years has; nil for others.
    private static func years(_ period: Indicator.Period) -> Int? {
        guard isWholeYear(period), let first = Int(period.start.prefix(4)), let last = Int(period.end.prefix(4)) else {
            return nil
        }
        return last - first + 1
    }

    /// ，比1978年增长…: whether the next clause only compares the figure in front of it.
    static func compares(_ s: [UInt32], _ gap: Range<Int>) -> Bool {
        guard gap.count >= 6, gap.count <= 16, Glyph.isComma(s[gap.lowerBound]), s[gap.lowerBound + 1] == 0x6BD4 else {
            return false
        }
        return max(
            ClauseWords.rises.ends(s, before: gap.upperBound, start: gap.lowerBound + 2),
            ClauseWords.falls.ends(s, before: gap.upperBound, start: gap.lowerBound + 2)) > 0
    }

    private static let openers = WordSet("各位代表 同志们 刚刚 过去 的 回顾 总的看 回首 一年来 在 ， ！ 、")

    /// Whether only words of address and the like stand in front of a time.
    func opens(_ end: Int, _ s: [UInt32], from start: Int = 0) -> Bool {
        var i = start
        while i < end {
            let length = Self.openers.begins(s, at: i, end: end)
            if length == 0 { return false }
            i += length
        }
        return true
    }

    /// A day on which something was said is no period of its figures, unless 截至 stands before it.
    func isPeriod(_ time: TimeExpression, _ s: [UInt32]) -> Bool {
        guard let period = time.period else { return true }
        return period.start != period.end || standing == nil && period.end.hasSuffix("-31")
            || WordSet.upTo.ends(s, before: time.range.lowerBound) > 0
    }

    /// Whether a time still holds in the sentence that begins at `sentence`.
    ///
    /// One of an earlier sentence that stated no figure holds only where that sentence began with
    /// it and it is no single month or day: an event is told so, not a period.
    func carries(_ time: TimeExpression, to sentence: Int, in s: [UInt32]) -> Bool {
        if Self.isPriceYear(s, time.range.upperBound) { return false }
        guard time.range.lowerBound < sentence else { return true }
        let own = Self.start(s, before: time.range.lowerBound, Glyph.endsSentence)
        // 报告指出，2007年全市…。: a year at the head of a clause of the paragraph's first sentence.
        let opensClause =
            (own == 0 || WordSet.grounds.ends(s, before: time.range.lowerBound - 1, start: own) > 0) && time.namesYear
            && time.range.lowerBound > 0
            && Glyph.isComma(s[time.range.lowerBound - 1]) && Self.isWholeYear(time.period)
        guard opensClause || time.range.lowerBound - own <= 3 || opens(time.range.lowerBound, s, from: own) else {
            return false
        }
        guard let period = time.period else { return true }
        return period.start.prefix(7) != period.end.prefix(7)
    }

    /// 2010年不变价: the prices that a figure is counted in.
    private static func isPriceYear(_ s: [UInt32], _ end: Int) -> Bool {
        WordSet.priceYears.begins(s, at: end) > 0
    }

    private static let flows = WordSet("产量 出栏 产值 增加值 收入 支出 投资 销售 完成 实现 新增 出口 进口")

    /// Whether the words right in front name what flows through a year, not what stands at its end.
    static func isFlow(_ s: [UInt32], sentence: Int, at end: Int) -> Bool {
        var i = end
        while i > sentence, end - i < 16, s[i - 1] != 0xFF1B, !Glyph.isComma(s[i - 1]) { i -= 1 }
        return flows.first(s, in: i..<end) != nil
    }

    static func isWholeYear(_ period: Indicator.Period?) -> Bool {
        guard let period else { return true }
        return period.start.hasSuffix("-01-01") && period.end.hasSuffix("-12-31")
    }

    static func start(_ s: [UInt32], before i: Int, _ ends: (UInt32) -> Bool) -> Int {
        var j = i
        while j > 0, !ends(s[j - 1]) { j -= 1 }
        return j
    }
}

extension WordSet {
    /// In front of a day up to which something is counted.
    fileprivate static let upTo = WordSet("截至 截止 截止到 至")
    /// What ends the clause that says from where things went on.
    fileprivate static let grounds = WordSet("基础上")
    /// Behind a year whose prices are used.
    fileprivate static let priceYears = WordSet("不变价 价格 可比价 底不变价")
}
