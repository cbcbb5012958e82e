/// Cuts in front of and behind the words that name a figure: causes, recipients, totals, places in an order.
extension NamePass {
    /// 以旧换新带动汽车零售额增长: what makes a change come about does not name what changes.
    func afterCause(_ a: Int, _ b: Int) -> Int {
        if let cause = lexicon[.causing].last(s, in: a..<b), cause.length > 1 || cause.at == a,
            b - cause.at - cause.length >= 2 || cause.at == a
        {
            return cause.at + cause.length
        }
        return a
    }

    /// 为企业减税降费: for whom something was done does not name it.
    func afterRecipient(_ a: Int, _ b: Int) -> Int {
        var start = a
        while start > 0, a - start < 4, s[start] != 0x4E3A, s[start] != 0x7ED9, !Glyph.endsClause(s[start - 1]) {
            start -= 1
        }
        // 为80名学生发放资助金3万元: they may be counted.
        if let counted = last?.mention.quantity, counted.range.lowerBound > 0, counted.range.upperBound <= a,
            a - counted.range.upperBound < 2
        {
            start = counted.range.lowerBound - 1
        }
        guard s[start] == 0x4E3A || s[start] == 0x7ED9, let verb = lexicon[.giving].first(s, in: a..<b),
            verb.at > a + 1
        else {
            return a
        }
        return verb.at
    }

    /// 生产总值连续迈上两个台阶、达…: the noun in front of a verb of passing names the figure.
    func beforePassing(_ a: Int, _ b: Int) -> Int {
        guard b > a + 2, let verb = lexicon[.passing].first(s, in: (a + 2)..<b) else { return b }
        return trimmed(a, verb.at, nil).1
    }

    /// 中央财政还安排扶贫专款: who sets money aside does not name it.
    func afterGrant(_ a: Int, _ b: Int, _ mention: Mention) -> Int {
        guard mention.quantity.unit == lexicon.unit(.yuan), let grant = lexicon[.granting].last(s, in: a..<b),
            grant.at >= a + 2
        else {
            return a
        }
        let begin = grant.at + grant.length
        return b - begin >= 3 ? begin : a
    }

    /// 一、收支情况 全区收入5亿元: behind a heading that stands in the same line, as where a page lost its line ends.
    func afterHeading(_ a: Int, _ b: Int) -> Int {
        guard b - a >= 8,
            let gap = (a..<b).last(where: { s[$0] == 0x20 && lexicon[.headingEnd].ends(s, before: $0, start: a) > 0 }),
            b - gap > 4
        else { return a }
        return gap + 1
    }

    /// 园区共入驻企业: what stands behind 共 and 累计 tells the figure, unless it is a bare measure.
    func afterTotal(_ a: Int, _ b: Int) -> Int {
        guard a < b, let total = lexicon[.totalling].last(s, in: a..<b), total.at > a else { return a }
        let begin = total.at + total.length
        let isPublic = s[total.at] == 0x5171 && total.length == 1 && s[total.at - 1] == 0x516C
        guard !isPublic, b - begin >= 2, lexicon[.wholeWord].begins(s, at: total.at) == 0 else { return a }
        // 城镇累计新增就业: a class word in front belongs to the name.
        if lexicon[.classWord].begins(s, at: a) == total.at - a { return a }
        let (from, to) = trimmed(begin, b, nil)
        // 班列累计开行, 配额累计成交量: a verb or a measure alone does not tell what it is of.
        let isBare =
            lexicon[.bareMeasure].contains(Scalars.string(s[from..<to]))
            || lexicon[.actionVerb].begins(s, at: from, end: to) == to - from
            || lexicon[.measureNoun].begins(s, at: from, end: to) == to - from
            || lexicon[.aspect].begins(s, at: from, end: to) == to - from
            || lexicon[.heldByBody].begins(s, at: from, end: to) == to - from
        return isBare ? a : begin
    }

    /// Where the words begin that only place something (稳居, 排名升到).
    func beforePlacing(_ a: Int, _ end: Int) -> Int {
        var b = end
        guard let verb = lexicon[.placing].last(s, in: a..<b), lexicon[.wholeWord].begins(s, at: verb.at) == 0 else {
            return b
        }
        b = verb.at
        while b > a {
            let before = lexicon[.placing].ends(s, before: b, start: a)
            if before > 0 {
                b -= before
            } else if lexicon.scalars(.beforePlacing).contains(s[b - 1]) {
                b -= 1
            } else {
                break
            }
        }
        return b
    }

    /// 按年平均汇率计算为…: how something was worked out names nothing.
    func afterMethod(_ a: Int, _ b: Int) -> Int {
        guard a < b, s[a] == 0x6309 || s[a] == 0x4EE5, let end = lexicon[.method].first(s, in: a..<min(b, a + 16))
        else {
            return a
        }
        return end.at + end.length
    }

    /// 从2007年的639亿元增加到…: what a figure starts from does not name it.
    func beforeOrigin(_ a: Int, _ b: Int) -> Int {
        var i = b
        while i > a + 2 {
            i -= 1
            guard s[i] == 0x4ECE || s[i] == 0x7531, i + 1 < b else { continue }
            if Glyph.isDigit(s[i + 1]) || FiveYearPlan.read(s, at: i + 1) != nil
                || lexicon[.origin].begins(s, at: i + 1, end: b) > 0
            {
                return i
            }
        }
        return b
    }
}
