import BulletinModel

/// The words in front of a figure, without what only links, bounds, or says when and where.
extension NamePass {
    /// The words in front without what only links, bounds, or says when and where.
    func front(_ range: Range<Int>, _ mention: Mention) -> String {
        var (a, b) = (range.lowerBound, range.upperBound)
        if mention.kind == .change, isCompared(a, b, mention) { return "" }
        // 比上报的快报数41亿元: what the same figure was said to be before.
        if mention.kind == .level, WordSet.reported.ends(s, before: b, start: a) > 0,
            let first = s[a..<b].firstIndex(where: { !Glyph.endsClause($0) }), s[first] == 0x6BD4 || s[first] == 0x8F83
        {
            return ""
        }
        if mention.kind == .level, ComparedYear.read(s, a..<b) != nil { return "" }
        if mention.kind == .rank { b = beforePlacing(a, b) }
        if let time = times.last(where: { $0.lowerBound >= a && $0.upperBound <= b }) {
            if time.lowerBound > a + 1, time.upperBound >= b - 1 {
                b = time.lowerBound
            } else if !isReference(time) {
                // 失业率全年控制在…: the measure may stand in front of the time.
                let (from, to) = trimmed(time.upperBound, b, mention)
                let isMeasure =
                    from < to
                    && max(
                        ClauseWords.tails.begins(s, at: from, end: to),
                        ClauseWords.aspects.begins(s, at: from, end: to),
                        WordSet.bareMoney.begins(s, at: from, end: to)) == to - from
                let isVerb =
                    from < to && ClauseWords.actions.begins(s, at: a, end: time.lowerBound) == time.lowerBound - a
                if isMeasure || isVerb, time.lowerBound >= a + 2 {
                    // 新能源汽车2023年出口增长…: the time stands inside the name.
                    return joined(around: time, a, b, mention)
                }
                if from < to || time.lowerBound < a + 2 { a = time.upperBound } else { b = time.lowerBound }
            }
        }
        // 高于规模以上工业平均水平2个百分点: what is compared with names nothing, however long it is.
        if mention.kind == .change, mention.quantity.form == .points,
            let first = s[a..<b].firstIndex(where: { !Glyph.isComma($0) }),
            WordSet.comparing.begins(s, at: first, end: b) > 0
        {
            let rate = ClauseWords.rateNouns.ends(s, before: b, start: a)
            return Scalars.string(s[(b - rate)..<b])
        }
        a = afterMethod(a, b)
        b = beforeOrigin(a, b)
        (a, b) = trimmed(a, b, mention)
        // 是“八五”的2倍: what is compared with names nothing.
        if mention.quantity.form == .multiple, a < b, let plan = FiveYearPlan.read(s, at: a), plan.end <= b,
            b - plan.end <= 4
        {
            return ""
        }
        if mention.kind == .rank {
            b -= ClauseWords.rankPlaces.ends(s, before: b, start: a)
            (a, b) = trimmed(a, b, mention)
        }
        if mention.kind == .share, a < b {
            // 粮食在农业总产值中的比重: the whole does not name its part.
            if let within = s[(a + 1)..<b].firstIndex(of: 0x5728), within >= a + 2,
                WordSet.withinWhole.first(s, in: within..<b) != nil
            {
                return Scalars.string(s[a..<within].filter { $0 != 0x20 && $0 != 0x7684 })
            }
            if let share = ClauseWords.sharing.first(s, in: a..<b) {
                if share.at <= a { return "" }
                b = share.at
            }
        }
        if mention.kind == .change, a < b, let than = WordSet.comparedWith.first(s, in: a..<b) {
            if than.at <= a {
                // 高出全国增速2个百分点: the rate itself is what is compared.
                let rate = mention.quantity.form == .points ? ClauseWords.rateNouns.ends(s, before: b, start: a) : 0
                return Scalars.string(s[(b - rate)..<b])
            }
            b = than.at
        }
        if mention.kind == .change, let share = ClauseWords.sharing.first(s, in: a..<b),
            ClauseWords.whole.begins(s, at: share.at) == 0 || WordSet.ofProduct.begins(s, at: share.at) > 0
        {
            if share.at <= a { return "" }
            b = share.at
        }
        if mention.quantity.form == .ratio, mention.kind == .level, let equal = WordSet.equals.first(s, in: a..<b) {
            if equal.at <= a { return "" }
            b = equal.at
        }
        (a, b) = trimmed(a, b, mention)
        if mention.kind == .change {
            let caused = afterCause(a, b)
            // 拉动全区经济增长: whose it is names nothing behind the cause either.
            if caused > a { (a, b) = trimmed(caused, b, mention) }
        }
        let heading = afterHeading(a, b)
        if heading > a { (a, b) = trimmed(heading, b, mention) }
        a = afterTotal(a, b)
        a = afterRecipient(a, b)
        let grant = afterGrant(a, b, mention)
        if grant > a { (a, b) = trimmed(grant, b, mention) }
        if mention.kind != .rank { a = behindPlace(a, b) }
        b = beforePassing(a, b)
        let agent = mention.kind == .rank ? a : afterAgent(a, b)
        if agent > a { (a, b) = trimmed(agent, b, mention) }
        guard a < b, !isFunction(a, b) else { return "" }
        var words = withoutNotes(a..<b)
        // 光伏产业累计完成产值: linking words inside go, too.
        let mayLink = WordSet.inner.first(words, in: words.indices) != nil
        for inner in Self.inner where mayLink {
            if let at = words.indices.first(where: { words[$0...].starts(with: inner) }), at > 1,
                words.count - at - inner.count >= 2, ClauseWords.whole.begins(words, at: at) == 0,
                ![0x7387, 0x60C5, 0x5EA6].contains(words[at + inner.count])
            {
                words.removeSubrange(at..<(at + inner.count))
            }
        }
        if words.contains(where: Self.condensing.contains) { words = Self.condensed(words) }
        words.removeAll { $0 == 0x20 || $0 == 0x7684 }
        // 荣获甲市、乙市等省级以上荣誉: which ones are examples alone.
        if WordSet.honours.ends(words, before: words.count) > 0, let more = words.lastIndex(of: 0x7B49),
            more + 3 < words.count
        {
            words.removeSubrange(...more)
        }
        return Scalars.string(words)
    }

    /// What ``condensed(_:)`` cuts at; names without it stay as they are.
    private static let condensing = ScalarSet("给以提加各")

    /// Without whom something goes to or comes through (移交给企业的职能, 提请人大常委会审议, 以学校为重点的…)
    /// and without 各类 inside.
    private static func condensed(_ words: [UInt32]) -> [UInt32] {
        var words = words
        func cut(_ from: UInt32, _ to: UInt32, keep: Int) {
            guard let a = words.firstIndex(of: from), let b = words[a...].firstIndex(of: to), b > a + keep,
                b + 2 < words.count
            else { return }
            words.removeSubrange(a...b)
        }
        if let a = words.firstIndex(of: 0x7ED9), a >= 2 { cut(0x7ED9, 0x7684, keep: 1) }  // 给…的
        if let a = words.firstIndex(of: 0x4EE5), let b = words[a...].firstIndex(of: 0x4E3A), b > a + 1,
            let c = words[b...].firstIndex(of: 0x7684), c - b <= 4, c + 1 < words.count
        {
            words.removeSubrange(a...c)  // 以…为重点的
        }
        if words.starts(with: submitted), let act = words.indices.first(where: { words[$0...].starts(with: reviewed) }),
            act > 2
        {
            words.removeSubrange(2..<act)
        }
        if let at = words.indices.first(where: { words[$0...].starts(with: added) }), at > 0, words.count - at > 3 {
            words.removeSubrange(0..<(at + 2))
        }
        // 各级各类学校 is one phrase.
        if let at = words.indices.first(where: { words[$0...].starts(with: kinds) }), at > 0, words.count - at > 3,
            words[at - 1] != 0x7EA7
        {
            words.removeSubrange(at..<(at + 2))
        }
        return words
    }

    private static let submitted = Scalars.of("提请")
    private static let reviewed = Scalars.of("审议")
    private static let added = Scalars.of("加上")
    private static let kinds = Scalars.of("各类")

    /// 企业（年收入2000万元以上，…）收入: notes in parentheses go, whatever they hold.
    private func withoutNotes(_ range: Range<Int>) -> [UInt32] {
        guard range.contains(where: { s[$0] == 0x28 || s[$0] == 0xFF08 }) else { return Array(s[range]) }
        var words: [UInt32] = []
        var note: [UInt32]?
        for c in s[range] {
            if c == 0x28 || c == 0xFF08 {
                note = []
            } else if c == 0x29 || c == 0xFF09 {
                // 债务（转贷）收入: a word or two belong to the name.
                if let note, note.count <= 3, note.allSatisfy(Glyph.isHan) { words += note }
                note = nil
            } else if note != nil {
                note?.append(c)
            } else {
                words.append(c)
            }
        }
        return words
    }

    /// 高于年初12%的目标, …的目标3个百分点: an aim that is only compared with, or the figure right behind it.
    private func isCompared(_ start: Int, _ b: Int, _ mention: Mention) -> Bool {
        var a = start
        while a < b, Glyph.isComma(s[a]) { a += 1 }
        if QuantityBound.comparesWithTarget(s, behind: mention.quantity.range.upperBound, lexicon) {
            return a < b && WordSet.comparedWith.begins(s, at: a, end: b) > 0 && s[a] != 0x6BD4
        }
        guard mention.quantity.form == .points, let last, a < b, last.mention.quantity.range.upperBound == a,
            s[a] == 0x7684
        else { return false }
        return QuantityBound.comparesWithTarget(s, behind: a, lexicon)
    }

    private func joined(around time: Range<Int>, _ a: Int, _ b: Int, _ mention: Mention) -> String {
        let before = trimmed(a, time.lowerBound, nil)
        let behind = trimmed(time.upperBound, b, mention)
        let words = s[before.0..<before.1] + s[behind.0..<behind.1]
        return Scalars.string(words.filter { $0 != 0x20 && $0 != 0x7684 })
    }

    private static let inner = WordSet.innerWords.split(separator: " ").map { Scalars.of(String($0)) }
}

extension WordSet {
    fileprivate static let honours = WordSet("荣誉 荣誉称号 称号 奖项 表彰 奖励")
    /// What a change is measured against.
    fileprivate static let comparedWith = WordSet("是去年 是上年 为去年 为上年 是前年 比 较 与去年 与上年 同比 高于 低于 超年度 超 高出 快于 慢于 优于 好于 低出")
    /// Verbs of comparison that open a clause of their own.
    fileprivate static let comparing = WordSet("高于 低于 快于 慢于 高出 低出 优于 好于 超过时间 超过时序 超时序 超时间")
    /// 占地面积 is one word, 占地区生产总值 is not.
    fileprivate static let ofProduct = WordSet("占地区 占地方")
    fileprivate static let withinWhole = WordSet("中的比重 中的份额 中所占 中比重 中占 中的占比")
    /// Measures of money that mean nothing without what it was for.
    fileprivate static let bareMoney = WordSet("投入 投资 完成投资")
    fileprivate static let reported = WordSet("快报数 预计数 执行数 预算数 计划数 决算数 汇报数 报告数 概算")
    /// In front of what something is as much as.
    fileprivate static let equals = WordSet("相当于")
    /// What a total follows.
    fileprivate static let innerWords = "共有 预计全年 累计完成 共完成 累计实现 共实现 预计 累计 实现 完成"
    fileprivate static let inner = WordSet(innerWords)
}
