import BulletinModel

/// The words behind a figure: the noun that it counts and what becomes of it.
extension NamePass {
    func noun(behind q: Quantity, _ mention: Mention) -> String {
        guard mention.kind == .level, q.form == .amount, !WordSet.partsOfOne.contains(q.unit) else { return "" }
        var i = q.range.upperBound
        i += lexicon[.boundBehind].begins(s, at: i)
        if i < s.count, s[i] == 0x7684 {
            // 惠及3400万人的工程: persons who only describe what follows are not counted by it.
            if lexicon[.personUnit].contains(q.unit) { return solved(q, from: i + 1) ?? "" }
            i += 1
        }
        // 融资20亿元推水利上台阶: what money is for does not name it.
        if i == q.range.upperBound, saysUse(of: q, at: i) { return "" }
        // 对9家下达通知书: the unit tells to whom something was done.
        let isObject = isObject(q)
        if i == q.range.upperBound, isObject, let told = predicate(at: i, "") { return told }
        if i == q.range.upperBound, let told = fate(of: q, at: i) { return told }
        // 8897个并…, 28微克每立方米: what goes on behind the figure is no noun.
        if lexicon[.goingOn].begins(s, at: i) > 0, lexicon[.wholeWord].begins(s, at: i) == 0 { return "" }
        // 五百斤和八百斤, 5785人增至…: the next of a list, the end of a move.
        if isJoint(i) || lexicon[.linking].begins(s, at: i) >= 2 && lexicon[.wholeWord].begins(s, at: i) == 0 {
            return ""
        }
        if let passed = passed(from: i) { return passed }
        i = afterRelative(i) ?? i
        if lexicon[.timesUnit].contains(q.unit), i < s.count, Glyph.isHan(s[i]) {
            // 4次下调利率: what was done so many times.
            let verb = lexicon[.repeated].begins(s, at: i)
            var end = i
            while end < s.count, end - i < 16, Glyph.isHan(s[end]) || Glyph.isLetter(s[end]) { end += 1 }
            if verb > 0, end > i + verb, end == s.count || Glyph.endsClause(s[end]) {
                return Scalars.string(s[i..<end])
            }
        }
        let isCaused = isCaused(q)
        var j = i
        var quoted = false
        while j < s.count, j - i < 30 {
            let c = s[j]
            if c == 0x201C { quoted = true }
            if !quoted, let end = parenthesis(at: j), j > i {
                j = end  // 45个县(市、区)
                continue
            }
            // 56个新建、扩建道路项目: of both kinds.
            if !quoted, c == 0x3001, j > i, lexicon[.manner].begins(s, at: i, end: j) == j - i,
                lexicon[.manner].begins(s, at: j + 1) > 0
            {
                j += 1
                continue
            }
            if !quoted, c == 0x3001, let end = adjectives(at: j, from: i) {
                (i, j) = (end, end)  // 40个规模大、带动力强的项目
                continue
            }
            // 30家世界500强企业: a number that is a name.
            if !quoted, j > i, let end = title(at: j) {
                j = end
                continue
            }
            guard quoted || Glyph.isHan(c) || Glyph.isLetter(c) || [0x201D, 0x300A, 0x300B].contains(c) else { break }
            if c == 0x201D { quoted = false }
            if !quoted, j > i, isJoint(j) || isPartitive(j, from: i) || isFigure(j) { break }
            let whole = quoted ? 0 : lexicon[.wholeWord].begins(s, at: j)
            if !quoted,
                doingBegins(at: j, from: i, isObject: isObject) || goesOn(at: j, from: i)
                    || isCaused && causedBegins(at: j, from: i)
            {
                break
            }
            if whole == 0, !quoted, stops(at: j, from: i) || verbEnds(at: j, from: i) { break }
            j += max(1, whole)
        }
        if j == i, i == q.range.upperBound || s[i - 1] != 0x7684 {
            // 6700万人受益: what becomes of those counted is all that names them.
            let becomes = lexicon[.fate].begins(s, at: i)
            return becomes > 0 ? Scalars.string(s[i..<(i + becomes)]) : ""
        }
        // 83亿斤的第二个丰收年: an ordinal counts nothing.
        if i < s.count, s[i] == 0x7B2C, i > q.range.upperBound { return "" }
        guard j - i >= 2 || j > i && (lexicon.scalars(.placeNoun).contains(s[i]) || isThing(i)) else { return "" }
        // 5296万公斤减产…, 220万斤的五倍多: a verb of change or another figure is no noun.
        if lexicon.falls.begins(s, at: i, end: j) == j - i || lexicon.rises.begins(s, at: i, end: j) == j - i {
            return ""
        }
        if i > 0, s[i - 1] == 0x7684, j - i <= 4, NumeralScalars.chinese(s[i]) != nil,
            s[i..<j].contains(where: { $0 == 0x500D || $0 == 0x756A })
        {
            return ""
        }
        if lexicon[.markPassed].begins(s, at: i, end: j) == j - i { return "" }
        if i > 0, s[i - 1] == 0x7684, lexicon[.height].ends(s, before: j, start: i) > 0 { return "" }
        var words = withoutParentheses(i..<j)
        if isCapacity(q, words, verb: isGoverned(q)), let more = words.firstIndex(of: 0x7B49) {
            words.removeSubrange(more...)
        }
        words.removeLast(lexicon[.oneOf].ends(words, before: words.count))
        while let last = words.last, lexicon.scalars(.dangling).contains(last) {
            if lexicon[.wholeWord].ends(words, before: words.count) > 1
                || lexicon[.boundGuard].ends(words, before: words.count) > 1
            {
                break
            }
            words.removeLast()
        }
        // 60个项目中，…: of which something is told.
        if words.count > 2, words.last == 0x4E2D, j < s.count, Glyph.isComma(s[j]),
            !lexicon.scalars(.beforeMiddle).contains(words[words.count - 2])
        {
            words.removeLast()
        }
        let noun = Scalars.string(words)
        var k = j
        // 支持4个园区开展…: what those do for whom something is done does not name them.
        if isCaused, k < s.count, Glyph.isHan(s[k]), lexicon[.completion].begins(s, at: k) == 0 { return noun }
        while k < s.count {
            if let taken = taken(at: k, noun) { return taken }
            if let done = done(at: k, noun) { return done }
            if k == j, !isGoverned(q), let told = predicate(at: k, noun) { return told }
            let length = lexicon[.completionAdverb].begins(s, at: k)
            if length == 0 { break }
            k += length
        }
        // 25所学校改造提升: the noun was cut where a verb begins.
        for p in max(i + 2, j - 4)..<max(i + 2, j) where j < s.count && Glyph.isHan(s[j]) {
            let length = lexicon[.completion].begins(s, at: p)
            if length > j - p { return Scalars.string(s[p..<(p + length)] + s[i..<p]) }
        }
        let completion = lexicon[.completion].begins(s, at: k)
        if completion > 0 { return Scalars.string(s[k..<(k + completion)]) + noun }
        // 25所学校改造提升: what becomes of it may follow at once.
        let ending = lexicon[.completion].ends(words, before: words.count)
        guard ending >= 2, words.count - ending >= 2, words[words.count - ending - 1] != 0x4EE5 else {
            return noun
        }
        return Scalars.string(words[(words.count - ending)...] + words[..<(words.count - ending)])
    }

    /// 解决24万人的饮水困难: what was solved for those counted; nil for other verbs.
    private func solved(_ q: Quantity, from i: Int) -> String? {
        let start = q.range.lowerBound - (q.range.lowerBound > 0 && s[q.range.lowerBound - 1] == 0x4E86 ? 1 : 0)
        let verb = lexicon[.solving].ends(s, before: start)
        guard verb > 0 else { return nil }
        var j = i
        while j < s.count, j - i < 14, Glyph.isHan(s[j]), s[j] != 0x7684 { j += 1 }
        guard j - i >= 2, j == s.count || Glyph.endsClause(s[j]) || s[j] == 0x3001 || s[j] == 0x548C else { return nil }
        if lexicon[.problem].ends(s, before: j, start: i + 2) > 0 { j -= 2 }
        return Scalars.string(s[i..<j])
    }

    /// 3个站入选国家名单: what the counted are taken into, in front of their noun; nil where no such verb
    /// stands at `k` or its object is not told in the clause.
    private func taken(at k: Int, _ noun: String) -> String? {
        let verb = lexicon[.taking].begins(s, at: k)
        guard verb > 0 else {
            // 17种药品降价并纳入目录: the second of two verbs.
            guard k < s.count, Glyph.isHan(s[k]),
                let and = s[k..<min(s.count, k + 6)].firstIndex(of: 0x5E76), s[k..<and].allSatisfy(Glyph.isHan),
                lexicon[.taking].begins(s, at: and + 1) > 0
            else { return nil }
            return taken(at: and + 1, noun)
        }
        var j = k + verb
        while j < s.count, j - k < 26,
            Glyph.isHan(s[j]) || Glyph.isLetter(s[j]) || Glyph.isDigit(s[j]) || s[j] == 0x201C || s[j] == 0x201D
        {
            j += 1
        }
        let isWhole = j == s.count || Glyph.endsClause(s[j]) || s[j] == 0x3001
        guard isWhole, j - k - verb >= 3, !s[(k + verb)..<j].contains(where: { $0 == 0x7684 }) else { return nil }
        let isBecoming = lexicon[.becoming].begins(s, at: k) == verb
        let object = Scalars.string(s[(isBecoming ? k + verb : k)..<j])
        return Scalars.ends(object, with: noun) ? object : object + noun
    }

    /// 40个小区完成电路改造: what was done to those counted; nil where 完成 and its object do not stand here.
    private func done(at k: Int, _ noun: String) -> String? {
        let verb = lexicon[.carriedOut].begins(s, at: k)
        guard verb > 0, k + verb + 2 < s.count, lexicon[.completion].begins(s, at: k + verb) == 0 else { return nil }
        var j = k + verb
        while j < s.count, j - k < 18, Glyph.isHan(s[j]) { j += 1 }
        guard j - k >= 6, j == s.count || Glyph.endsClause(s[j]) || s[j] == 0x3001,
            !s[(k + verb)..<j].contains(0x7684)
        else { return nil }
        return Scalars.string(s[(k + verb)..<j]) + noun
    }

    /// 98%的社队: of whom a ratio is told.
    func members(behind q: Quantity, _ mention: Mention) -> String? {
        guard q.form == .ratio, mention.kind == .level || mention.kind == .share else { return nil }
        var i = q.range.upperBound
        i += lexicon[.boundBehind].begins(s, at: i)
        if let used = used(from: i < s.count && s[i] == 0x7684 ? i + 1 : i) { return used }
        let isBound = i < s.count && s[i] == 0x7684
        if isBound { i += 1 }
        if tokens.startsToken(i), let told = did(from: i, isBound) { return told }
        guard isBound, let j = memberEnd(from: i, isCutAtDoing: false) else { return nil }
        return Scalars.string(s[i..<j])
    }

    /// Where the noun ends that says of whom a ratio is told; nil where there is none.
    ///
    /// - Parameter isCutAtDoing: whether words of what they did end it, too.
    private func memberEnd(from i: Int, isCutAtDoing: Bool) -> Int? {
        var j = i
        while j < s.count, j - i < 12, Glyph.isHan(s[j]) || Glyph.isLetter(s[j]) {
            let whole = lexicon[.wholeWord].begins(s, at: j)
            if whole == 0,
                stops(at: j, from: i) || goesOn(at: j, from: i)
                    || isCutAtDoing && doingBegins(at: j, from: i, isObject: false)
            {
                break
            }
            j += max(1, whole)
        }
        return j - i >= 2 ? j : nil
    }

    /// 90%以上村卫生室已纳入医保定点: what became of those from `i` on tells which they are; nil where the clause tells
    /// nothing of the kind. Behind 的 (`isBound`) the noun alone tells enough where much is told of it.
    private func did(from i: Int, _ isBound: Bool) -> String? {
        guard let j = memberEnd(from: i, isCutAtDoing: true) else { return nil }
        let noun = Scalars.string(s[i..<j])
        var k = j
        while k < s.count {
            if let told = taken(at: k, noun) ?? done(at: k, noun) { return told }
            if let told = predicate(at: k, noun), !isBound || told.count - noun.count <= 4 { return told }
            let length = lexicon[.completionAdverb].begins(s, at: k)
            if length == 0 { break }
            k += length
        }
        return nil
    }

    /// 191家企业营业收入超百亿元: those counted, with the mark that they passed in front of them.
    private func passed(from i: Int) -> String? {
        var mark = i
        while mark < s.count, mark - i < 23, ScalarRole.of(s[mark]) != .numeral {
            guard Glyph.isHan(s[mark]) else { return nil }
            mark += 1
        }
        guard mark < s.count, ScalarRole.of(s[mark]) == .numeral,
            let found = CountThreshold.read(s, at: i, mark: mark, lexicon),
            let numeral = NumeralReader.read(s, at: mark)
        else { return nil }
        let end = UnitReader.read(s, at: numeral.range.upperBound, lexicon)?.end ?? numeral.range.upperBound
        return Scalars.string(s[found.condition.lowerBound..<end] + s[found.body])
    }

    /// Behind the 的 of several adjectives, the first of which ends at `j`; nil where none do.
    private func adjectives(at j: Int, from i: Int) -> Int? {
        guard j > i + 1, lexicon.scalars(.qualityEnd).contains(s[j - 1]) else { return nil }
        var k = j
        while k < s.count, k - j < 18, Glyph.isHan(s[k]) || s[k] == 0x3001 {
            if s[k] == 0x7684 { return lexicon.scalars(.qualityEnd).contains(s[k - 1]) ? k + 1 : nil }
            k += 1
        }
        return nil
    }

    /// 投向民生领域: what a ratio right in front is used for; nil where nothing of the kind follows.
    func purpose(behind q: Quantity) -> String? {
        let i = q.range.upperBound + lexicon[.boundBehind].begins(s, at: q.range.upperBound)
        return lexicon[.usedFor].begins(s, at: i) > 0 ? used(from: i) : nil
    }

    /// 70%左右财政支出用于民生: what is used, and for what; nil where nothing of the kind follows.
    private func used(from i: Int) -> String? {
        guard let use = lexicon[.usedFor].first(s, in: i..<min(s.count, i + 12)), use.at >= i + 2 || use.at == i,
            s[i..<use.at].allSatisfy({ Glyph.isHan($0) && $0 != 0x7684 })
        else { return nil }
        var j = use.at
        while j < s.count, j - use.at < 16, Glyph.isHan(s[j]) { j += 1 }
        return Scalars.string(s[use.at..<j] + s[i..<use.at])
    }

    /// Whether 和, 与 or 及 stands at `i`, with another figure behind it.
    private func isJoint(_ i: Int) -> Bool {
        i + 1 < s.count && [0x548C, 0x4E0E, 0x53CA].contains(s[i]) && NumeralReader.read(s, at: i + 1) != nil
    }

    /// 22个项目中制造业项目13个: whether a noun ends at `j` since a part of those counted follows.
    private func isPartitive(_ j: Int, from i: Int) -> Bool {
        guard s[j] == 0x4E2D, j - i >= 2, tokens.startsToken(j), tokens.startsToken(j + 1) else {
            return false
        }
        var k = j + 1
        while k < s.count, k - j < 20, !Glyph.endsClause(s[k]) {
            if ScalarRole.of(s[k]) == .numeral { return true }
            k += 1
        }
        return false
    }

    /// 1.2亿吨煤: whether a thing of one character is all that follows.
    private func isThing(_ i: Int) -> Bool {
        guard Glyph.isHan(s[i]), tokens.startsToken(i), tokens.startsToken(i + 1),
            tokens[tokens.index(at: i)].has(.noun),
            !tokens[tokens.index(at: i)].hasAny([.unit, .classifier, .adverb, .conjunction, .verb, .direction])
        else { return false }
        return i + 1 == s.count || Glyph.endsClause(s[i + 1]) || isJoint(i + 1)
            || s[i + 1] == 0x3001 && NumeralReader.read(s, at: i + 2) != nil
    }

    /// 增加到七百一十五所: whether another figure begins at `i`, spelled out.
    private func isFigure(_ i: Int) -> Bool {
        guard NumeralScalars.chinese(s[i]) != nil, let numeral = NumeralReader.read(s, at: i), numeral.range.count >= 3
        else { return false }
        return UnitReader.read(s, at: numeral.range.upperBound, lexicon) != nil
    }

    /// Whether 对, 为, 向 or 给 stands in front of a figure in its clause.
    private func isObject(_ q: Quantity) -> Bool {
        var i = q.range.lowerBound
        while i > 0, q.range.lowerBound - i < 3, !Glyph.endsClause(s[i - 1]) {
            i -= 1
            if [0x5BF9, 0x4E3A, 0x5411, 0x7ED9].contains(s[i]) { return true }
        }
        return false
    }

    /// Behind 500强 at `i`; nil where no such number stands there.
    private func title(at i: Int) -> Int? {
        guard Glyph.isDigit(s[i]) else { return nil }
        var j = i
        while j < s.count, j - i < 4, Glyph.isDigit(s[j]) { j += 1 }
        return j < s.count && s[j] == 0x5F3A ? j + 1 : nil
    }

    /// Whether a verb right in front of a figure governs it: 支持4个园区开展….
    private func isGoverned(_ q: Quantity) -> Bool {
        let i = q.range.lowerBound
        var clause = i
        // 出动汽车20辆、平板车40辆参加抢险: the verb of the figure before holds.
        if i > 0, [0x3001, 0x548C, 0x53CA].contains(s[i - 1]), let last,
            lexicon[.actionVerb].begins(Scalars.of(last.name), at: 0) > 0
        {
            return true
        }
        while clause > 0, i - clause < 8, !Glyph.endsClause(s[clause - 1]) { clause -= 1 }
        return !verb(before: i, clause: clause).isEmpty
    }

    /// One past a short parenthesis that opens at `i`; nil where none does.
    private func parenthesis(at i: Int) -> Int? {
        guard s[i] == 0x28 || s[i] == 0xFF08 else { return nil }
        let limit = min(s.count, i + 10)
        guard let close = s[i..<limit].firstIndex(where: { $0 == 0x29 || $0 == 0xFF09 }) else { return nil }
        return s[i..<close].contains(where: Glyph.isDigit) ? nil : close + 1
    }

    private func withoutParentheses(_ range: Range<Int>) -> [UInt32] {
        var words: [UInt32] = []
        var i = range.lowerBound
        while i < range.upperBound {
            if let end = parenthesis(at: i) {
                i = end
            } else {
                words.append(s[i])
                i += 1
            }
        }
        return words
    }

    /// 世界第二大进口市场: what is placed stands behind 大.
    func ranked(_ q: Quantity) -> String? {
        let i = q.range.upperBound
        guard i < s.count, s[i] == 0x5927 else { return nil }
        var j = i + 1
        while j < s.count, j - i < 12, Glyph.isHan(s[j]), lexicon[.nounStop].begins(s, at: j) == 0 { j += 1 }
        // 第一大棉纺国地位: the place itself is the rank.
        j -= lexicon[.standing].ends(s, before: j, start: i + 2)
        return j - i > 2 ? Scalars.string(s[(i + 1)..<j]) : nil
    }

    /// 7%的经济增速: what grows stands between the figure and the word for its rate.
    func rate(behind q: Quantity, _ mention: Mention) -> String? {
        guard mention.kind == .change, q.form == .ratio else { return nil }
        var i = q.range.upperBound
        i += lexicon[.boundBehind].begins(s, at: i)
        guard i < s.count, s[i] == 0x7684 else { return nil }
        i += 1
        i += lexicon[.rateModifier].begins(s, at: i)
        guard let rate = lexicon[.qualifiedRate].first(s, in: i..<min(s.count, i + 10)),
            s[i..<rate.at].allSatisfy(Glyph.isHan)
        else { return nil }
        let words = Scalars.string(s[i..<rate.at])
        return words.isEmpty || lexicon[.economy].contains(words)
            ? lexicon.word(.economy) + lexicon.word(.growth) : words
    }

    /// Whether a noun behind a figure ends at `j`.
    func stops(at j: Int, from start: Int) -> Bool {
        let stop = lexicon[.nounStop].begins(s, at: j)
        guard stop > 0 else { return false }
        // 履约, 共性: no word begins inside another one.
        if stop == 1, lexicon[.boundGuard].ends(s, before: j + 1, start: start) >= 2 { return false }
        if stop == 1, !tokens.startsToken(j), tokens[tokens.index(at: j)].start >= start { return false }
        if s[j] == 0x7684 {
            // 2个国家级的示范区: what only describes goes on to its noun.
            return lexicon[.describing].ends(s, before: j, start: start) == 0
        }
        guard lexicon[.softStop].begins(s, at: j) > 0 else { return true }
        var end = j
        while end < s.count, end - j < 14, Glyph.isHan(s[end]) { end += 1 }
        return end - j <= stop || lexicon[.closingNoun].ends(s, before: end, start: j + stop) == 0
    }

    /// 养老中心惠及9万老人, 茶叶远销40个国家: whom or what a verb of reach is told of; empty for other verbs.
    func agent(before i: Int, clause: Int) -> String {
        guard let reach = lexicon[.reaching].last(s, in: clause..<i), i - reach.at - reach.length <= 3 else {
            return ""
        }
        let (a, b) = trimmed(clause, reach.at, nil)
        guard b - a >= 3, b - a <= 24,
            !s[a..<b].contains(where: { Glyph.isDigit($0) || Glyph.endsClause($0) || $0 == 0x3001 })
        else { return "" }
        // 班列通达欧洲26个国家: where it gets to may stand between.
        let reached = reach.at + reach.length
        let isApart = reached < i && verb(before: i, clause: clause).isEmpty
        return Scalars.string((s[a..<b] + (isApart ? s[reach.at..<reached] : [])).filter { $0 != 0x7684 })
    }

    func verb(before i: Int, clause: Int) -> String {
        var b = i
        while b > clause {
            let length = lexicon[.verbLink].ends(s, before: b, start: clause)
            if length == 0 { break }
            b -= length
        }
        let length = lexicon[.actionVerb].ends(s, before: b, start: clause)
        if length > 0 { return Scalars.string(s[(b - length)..<b]) }
        return anyVerb(endingAt: b, from: clause)
    }

    /// 抽调100辆, 拿出8万元: any verb of an action right in front of what it counts; empty for verbs that only link.
    private func anyVerb(endingAt b: Int, from clause: Int) -> String {
        guard b - clause >= 2, tokens.endsToken(b) else { return "" }
        let token = tokens[tokens.index(at: b - 1)]
        let isAction =
            token.count >= 2 && token.start >= clause && token.has(.verb)
            && !token.hasAny([.lightVerb, .noun, .adverb, .conjunction, .preposition, .adjective])
        guard isAction, lexicon[.relationalMeasure].ends(s, before: b, start: clause) == 0,
            lexicon[.linking].ends(s, before: b, start: clause) < token.count,
            lexicon.rises.ends(s, before: b, start: clause) == 0,
            lexicon.falls.ends(s, before: b, start: clause) == 0
        else { return "" }
        return Scalars.string(s[token.range])
    }

    /// Whether the noun behind a figure ends at `j`, where a verb begins that is no part of it: 精品赛事|叫好又叫座.
    private func verbEnds(at j: Int, from start: Int) -> Bool {
        guard j > start + 1, tokens.startsToken(j) else { return false }
        var i = tokens.index(at: j)
        let token = tokens[i]
        guard token.count >= 2, token.has(.verb),
            !token.hasAny([.noun, .adjective, .attribute, .properNoun, .body, .placeName, .abbreviation])
        else { return false }
        // 叫好|又|叫座, 生产|了: what goes on behind it shows that it is the verb of a clause.
        i += 1
        return i < tokens.count && tokens[i].hasAny([.adverb, .preposition, .particle, .numeral])
            && s[tokens[i].start] != 0x7684
    }
}

extension WordSet {
    fileprivate static let partsOfOne = WordSet(":1")
}
