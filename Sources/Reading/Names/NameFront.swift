import BulletinModel

/// The words in front of a figure, without what only links, bounds, or says when and where.
extension NamePass {
    /// The words in front without what only links, bounds, or says when and where.
    func front(_ range: Range<Int>, _ mention: Mention) -> String {
        var (a, b) = (range.lowerBound, range.upperBound)
        if mention.kind == .change, isCompared(a, b, mention) { return "" }
        // 比上报的快报数41亿元: what the same figure was said to be before.
        if mention.kind == .level, lexicon[.reportedBefore].ends(s, before: b, start: a) > 0,
            let first = s[a..<b].firstIndex(where: { !Glyph.endsClause($0) }), s[first] == 0x6BD4 || s[first] == 0x8F83
        {
            return ""
        }
        if mention.kind == .level, ComparedYear.read(s, a..<b, lexicon) != nil { return "" }
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
                        lexicon[.measureNoun].begins(s, at: from, end: to),
                        lexicon[.aspect].begins(s, at: from, end: to),
                        lexicon[.bareMoney].begins(s, at: from, end: to)) == to - from
                let isVerb =
                    from < to && lexicon[.actionVerb].begins(s, at: a, end: time.lowerBound) == time.lowerBound - a
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
            lexicon[.comparingClause].begins(s, at: first, end: b) > 0
        {
            let rate = lexicon[.rateNoun].ends(s, before: b, start: a)
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
            b -= lexicon[.rankPlace].ends(s, before: b, start: a)
            (a, b) = trimmed(a, b, mention)
        }
        if mention.kind == .share, a < b {
            // 粮食在农业总产值中的比重: the whole does not name its part.
            if let within = s[(a + 1)..<b].firstIndex(of: 0x5728), within >= a + 2,
                lexicon[.withinWhole].first(s, in: within..<b) != nil
            {
                return Scalars.string(s[a..<within].filter { $0 != 0x20 && $0 != 0x7684 })
            }
            if let share = lexicon[.sharing].first(s, in: a..<b) {
                if share.at <= a { return "" }
                b = share.at
            }
        }
        if mention.kind == .change, a < b, let than = lexicon[.comparedWith].first(s, in: a..<b) {
            if than.at <= a {
                // 高出全国增速2个百分点: the rate itself is what is compared.
                let rate = mention.quantity.form == .points ? lexicon[.rateNoun].ends(s, before: b, start: a) : 0
                return Scalars.string(s[(b - rate)..<b])
            }
            b = than.at
        }
        if mention.kind == .change, let share = lexicon[.sharing].first(s, in: a..<b),
            lexicon[.wholeWord].begins(s, at: share.at) == 0 || lexicon[.takesUp].begins(s, at: share.at) > 0
        {
            if share.at <= a { return "" }
            b = share.at
        }
        if mention.quantity.form == .ratio, mention.kind == .level, let equal = lexicon[.equalTo].first(s, in: a..<b) {
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
        let mayLink = lexicon[.innerLink].first(words, in: words.indices) != nil
        for inner in mayLink ? lexicon.words(.innerLink).map(Scalars.of) : [] {
            if let at = words.indices.first(where: { words[$0...].starts(with: inner) }), at > 1,
                words.count - at - inner.count >= 2, lexicon[.wholeWord].begins(words, at: at) == 0,
                ![0x7387, 0x60C5, 0x5EA6].contains(words[at + inner.count])
            {
                words.removeSubrange(at..<(at + inner.count))
            }
        }
        if words.contains(where: lexicon.scalars(.condensing).contains) { words = condensed(words) }
        words.removeAll { $0 == 0x20 || $0 == 0x7684 }
        // 荣获甲市、乙市等省级以上荣誉: which ones are examples alone.
        if lexicon[.honour].ends(words, before: words.count) > 0, let more = words.lastIndex(of: 0x7B49),
            more + 3 < words.count
        {
            words.removeSubrange(...more)
        }
        return Scalars.string(words)
    }

    /// Without whom something goes to or comes through (移交给企业的职能, 提请人大常委会审议, 以学校为重点的…)
    /// and without 各类 inside.
    private func condensed(_ words: [UInt32]) -> [UInt32] {
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
        if lexicon[.submitted].begins(words, at: 0) > 0, let act = lexicon[.reviewed].first(words, in: words.indices),
            act.at > 2
        {
            words.removeSubrange(2..<act.at)
        }
        if let sum = lexicon[.added].first(words, in: words.indices), sum.at > 0, words.count - sum.at > 3 {
            words.removeSubrange(0..<(sum.at + 2))
        }
        // 各级各类学校 is one phrase.
        if let kinds = lexicon[.allKinds].first(words, in: words.indices), kinds.at > 0, words.count - kinds.at > 3,
            words[kinds.at - 1] != 0x7EA7
        {
            words.removeSubrange(kinds.at..<(kinds.at + 2))
        }
        return words
    }

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
            return a < b && lexicon[.comparedWith].begins(s, at: a, end: b) > 0 && s[a] != 0x6BD4
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
}
