import BulletinModel

/// The words in front of a figure, without what only links, bounds, or says when and where.
extension NamePass {
    /// The words in front without what only links, bounds, or says when and where.
    func front(_ range: Range<Int>, _ mention: Mention) -> String {
        var (a, b) = (range.lowerBound, range.upperBound)
        if mention.kind == .rank { b = beforePlacing(a, b) }
        if let time = times.last(where: { $0.lowerBound >= a && $0.upperBound <= b }) {
            if time.lowerBound > a + 1, time.upperBound >= b - 1 {
                b = time.lowerBound
            } else if !isReference(time) {
                // 失业率全年控制在…: the measure may stand in front of the time.
                let (from, to) = trimmed(time.upperBound, b, mention)
                let isMeasure = from < to && ClauseWords.tails.begins(s, at: from, end: to) == to - from
                let isVerb =
                    from < to && ClauseWords.actions.begins(s, at: a, end: time.lowerBound) == time.lowerBound - a
                if isMeasure || isVerb, time.lowerBound >= a + 2 {
                    // 新能源汽车2023年出口增长…: the time stands inside the name.
                    return joined(around: time, a, b, mention)
                }
                if from < to || time.lowerBound < a + 2 { a = time.upperBound } else { b = time.lowerBound }
            }
        }
        a = afterMethod(a, b)
        b = beforeOrigin(a, b)
        (a, b) = trimmed(a, b, mention)
        // 是“八五”的2倍: what is compared with names nothing.
        if mention.quantity.form == .multiple, a < b, let plan = FiveYearPlan.read(s, at: a), plan.end <= b,
            b - plan.end <= 2
        {
            return ""
        }
        if mention.kind == .rank {
            b -= ClauseWords.rankPlaces.ends(s, before: b, start: a)
            (a, b) = trimmed(a, b, mention)
        }
        if mention.kind == .share, a < b {
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
        if mention.kind == .change { a = afterCause(a, b) }
        a = afterTotal(a, b)
        a = afterRecipient(a, b)
        if mention.kind != .rank { a = behindPlace(a, b) }
        b = beforePassing(a, b)
        guard a < b else { return "" }
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
        if let at = words.indices.first(where: { words[$0...].starts(with: kinds) }), at > 0, words.count - at > 3 {
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

    private func joined(around time: Range<Int>, _ a: Int, _ b: Int, _ mention: Mention) -> String {
        let before = trimmed(a, time.lowerBound, nil)
        let behind = trimmed(time.upperBound, b, mention)
        let words = s[before.0..<before.1] + s[behind.0..<behind.1]
        return Scalars.string(words.filter { $0 != 0x20 && $0 != 0x7684 })
    }

    private static let inner = WordSet.innerWords.split(separator: " ").map { Scalars.of(String($0)) }

    /// 以旧换新带动汽车零售额增长: what makes a change come about does not name what changes.
    private func afterCause(_ a: Int, _ b: Int) -> Int {
        if let cause = ClauseWords.causing.last(s, in: a..<b), cause.length > 1 || cause.at == a,
            b - cause.at - cause.length >= 2 || cause.at == a
        {
            return cause.at + cause.length
        }
        return a
    }

    /// 为企业减税降费: for whom something was done does not name it.
    private func afterRecipient(_ a: Int, _ b: Int) -> Int {
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
        guard s[start] == 0x4E3A || s[start] == 0x7ED9, let verb = ClauseWords.giving.first(s, in: a..<b),
            verb.at > a + 1
        else {
            return a
        }
        return verb.at
    }

    /// 生产总值连续迈上两个台阶、达…: the noun in front of a verb of passing names the figure.
    private func beforePassing(_ a: Int, _ b: Int) -> Int {
        guard b > a + 2, let verb = ClauseWords.passing.first(s, in: (a + 2)..<b) else { return b }
        return trimmed(a, verb.at, nil).1
    }

    /// 园区共入驻企业: what stands behind 共 and 累计 tells the figure, unless it is a bare measure.
    func afterTotal(_ a: Int, _ b: Int) -> Int {
        guard a < b, let total = WordSet.totals.last(s, in: a..<b), total.at > a else { return a }
        let begin = total.at + total.length
        let isPublic = s[total.at] == 0x5171 && total.length == 1 && s[total.at - 1] == 0x516C
        guard !isPublic, b - begin >= 2, ClauseWords.whole.begins(s, at: total.at) == 0 else { return a }
        // 城镇累计新增就业: a class word in front belongs to the name.
        if ClauseWords.classes.begins(s, at: a) == total.at - a { return a }
        let (from, to) = trimmed(begin, b, nil)
        // 班列累计开行, 配额累计成交量: a verb or a measure alone does not tell what it is of.
        let isBare =
            ClauseWords.bare.contains(Scalars.string(s[from..<to]))
            || ClauseWords.actions.begins(s, at: from, end: to) == to - from
            || ClauseWords.tails.begins(s, at: from, end: to) == to - from
        return isBare ? a : begin
    }

    /// Where the words begin that only place something (稳居, 排名升到).
    func beforePlacing(_ a: Int, _ end: Int) -> Int {
        var b = end
        guard let verb = ClauseWords.placing.last(s, in: a..<b), ClauseWords.whole.begins(s, at: verb.at) == 0 else {
            return b
        }
        b = verb.at
        while b > a {
            let before = ClauseWords.placing.ends(s, before: b, start: a)
            if before > 0 {
                b -= before
            } else if ClauseWords.beforePlacing.contains(s[b - 1]) {
                b -= 1
            } else {
                break
            }
        }
        return b
    }

    /// 按年平均汇率计算为…: how something was worked out names nothing.
    private func afterMethod(_ a: Int, _ b: Int) -> Int {
        guard a < b, s[a] == 0x6309 || s[a] == 0x4EE5, let end = WordSet.methods.first(s, in: a..<min(b, a + 16)) else {
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
                || ClauseWords.origins.begins(s, at: i + 1, end: b) > 0
            {
                return i
            }
        }
        return b
    }

    func isReference(_ time: Range<Int>) -> Bool {
        time.lowerBound > 0 && [0x6BD4, 0x8F83].contains(s[time.lowerBound - 1])
    }

    func trimmed(_ start: Int, _ end: Int, _ mention: Mention?) -> (Int, Int) {
        var (a, b) = (start, end)
        while a < b {
            if let begin = span(before: b, start: a) {
                b = begin
                continue
            }
            var tail = ClauseWords.linking.ends(s, before: b, start: a)
            if tail > 0, ClauseWords.whole.ends(s, before: b, start: a) > tail { break }
            if mention?.kind == .change {
                tail = max(
                    tail, ClauseWords.rises.ends(s, before: b, start: a), ClauseWords.falls.ends(s, before: b, start: a)
                )
                // 增速比上年提高1个百分点: the rate itself is what moves.
                if mention?.quantity.form == .points, ClauseWords.rateNouns.ends(s, before: b, start: a) == tail {
                    tail = 0
                }
            }
            if tail == 0, [0x20, 0x22, 0xFF08, 0x28, 0x3A, 0xFF1A, 0x3001, 0x201C].contains(s[b - 1]) { tail = 1 }
            // 生产总值[2]: a mark that leads to a note.
            if tail == 0, s[b - 1] == 0x5D || s[b - 1] == 0x3015,
                let open = s[a..<b].lastIndex(where: { $0 == 0x5B || $0 == 0x3014 }), open > a, b - open <= 5
            {
                tail = b - open
            }
            // 保费收入(含…): what stands in parentheses does not name.
            if tail == 0, s[b - 1] == 0x29 || s[b - 1] == 0xFF09,
                let open = s[a..<b].lastIndex(where: { $0 == 0x28 || $0 == 0xFF08 }), open > a
            {
                tail = b - open
            }
            if tail == 0 { break }
            b -= tail
        }
        while a < b {
            let head = ClauseWords.linking.begins(s, at: a, end: b)
            if head > 0, ClauseWords.whole.begins(s, at: a, end: b) > head { break }
            if head > 0, head < b - a || !Glyph.isHan(s[a]) {
                a += head
            } else if let end = span(at: a, end: b) ?? plan(at: a, end: b) ?? duration(at: a, end: b) {
                a = end
            } else if opensName(a, b) {
                break
            } else if !Glyph.isHan(s[a]), !Glyph.isLetter(s[a]), s[a] != 0x201C, s[a] != 0x300A, s[a] != 0x2B {
                a += 1
            } else {
                break
            }
        }
        return (a, b)
    }

    /// 五年来, 3年累计: behind a number of years at `a`; nil where none stands there.
    func span(at a: Int, end: Int) -> Int? {
        guard Glyph.isDigit(s[a]) || Glyph.digit(s[a]) != nil || s[a] == 0x5341 else { return nil }
        var i = a
        while i < end, i - a < 3, Glyph.isDigit(s[i]) || Glyph.digit(s[i]) != nil || s[i] == 0x5341 { i += 1 }
        guard i < end, s[i] == 0x5E74 else { return nil }
        i += 1
        if ClauseWords.afterYears.begins(s, at: i, end: end) > 0 { return nil }
        return i + ClauseWords.yearEnds.begins(s, at: i, end: end)
    }

    /// 20天时间, 个月时间: behind a duration that only tells how fast something was done.
    private func duration(at a: Int, end: Int) -> Int? {
        var i = a
        while i < end, i - a < 4, Glyph.isDigit(s[i]) { i += 1 }
        let unit = WordSet.durations.begins(s, at: i, end: end)
        return unit > 0 && i + unit < end ? i + unit : nil
    }

    /// “八五”期间: behind a five-year plan that only tells when; nil where none stands at `a`.
    private func plan(at a: Int, end: Int) -> Int? {
        guard s[a] == 0x201C || s[a] == 0x5341 || s[a] == 0x300C, let plan = FiveYearPlan.read(s, at: a), plan.end < end
        else {
            return nil
        }
        let tail = WordSet.planTails.begins(s, at: plan.end, end: end)
        return tail > 0 ? plan.end + tail : nil
    }

    /// The same at the end of a name: where such a number begins.
    func span(before b: Int, start: Int) -> Int? {
        var i = b
        i -= ClauseWords.yearEnds.ends(s, before: i, start: start)
        guard i > start + 2, s[i - 1] == 0x5E74 else { return nil }
        i -= 1
        var digits = 0
        while i > start + 1, digits < 3, Glyph.isDigit(s[i - 1]) || Glyph.digit(s[i - 1]) != nil || s[i - 1] == 0x5341 {
            i -= 1
            digits += 1
        }
        guard digits > 0 else { return nil }
        return i - ClauseWords.beforeYears.ends(s, before: i, start: start)
    }

    /// 15岁以上人口…: a number with which a name may open.
    func opensName(_ a: Int, _ b: Int) -> Bool {
        guard Glyph.isDigit(s[a]) else { return false }
        var i = a
        while i < b, Glyph.isDigit(s[i]) || s[i] == 0x2D || s[i] == 0x2014 || s[i] == 0x81F3 { i += 1 }
        return ClauseWords.numberNouns.begins(s, at: i, end: b) > 0
    }
}

extension WordSet {
    /// What a change is measured against.
    fileprivate static let comparedWith = WordSet("是去年 是上年 为去年 为上年 是前年 比 较 与去年 与上年 同比 高于 低于 超年度 超 高出 快于 慢于 优于 好于 低出")
    /// 占地面积 is one word, 占地区生产总值 is not.
    fileprivate static let ofProduct = WordSet("占地区 占地方")
    fileprivate static let durations = WordSet("个月时间 天时间 年时间 个多月时间 多天时间 个月时间内 天时间内 天内 个月内 小时内")
    /// What makes a plan's name a time.
    fileprivate static let planTails = WordSet("期间 时期 以来 末 的")
    /// In front of what something is as much as.
    fileprivate static let equals = WordSet("相当于")
    /// What ends the words that tell how something was worked out.
    fileprivate static let methods = WordSet("计算 折算 测算 核算 换算 口径 统计")
    /// What a total follows.
    fileprivate static let innerWords = "累计完成 共完成 累计实现 共实现 累计 实现 完成"
    fileprivate static let inner = WordSet(innerWords)
    fileprivate static let totals = WordSet("共计 累计 总共 共")
}
