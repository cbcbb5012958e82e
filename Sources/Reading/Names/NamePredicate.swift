/// What becomes of those counted, and who counts them: read from the words' parts of speech, not from lists.
extension NamePass {
    /// What only goes with a verb and is no part of a name: 已, 均, 在.
    private static let function: FeatureSet = [
        .adverb, .conjunction, .preposition, .pronoun, .particle, .calendarWord, .clauseLead,
    ]
    /// What makes a word more than a function word.
    private static let content: FeatureSet = [
        .noun, .verb, .adjective, .attribute, .properNoun, .body, .placeName, .division, .abbreviation, .letters,
        .idiom, .measureName, .timeWord, .direction,
    ]
    /// Parts of speech besides which a verb may be a noun.
    private static let nominal: FeatureSet = [
        .noun, .adjective, .attribute, .properNoun, .body, .placeName, .abbreviation, .adverb, .preposition,
        .conjunction,
    ]

    /// 9个项目正在办理手续: what becomes of those counted, with their noun; nil where no verb goes on behind it to the
    /// end of the clause, or it tells of something else. `noun` may be empty where the unit tells who is counted.
    func predicate(at place: Int, _ noun: String) -> String? {
        guard place < s.count, tokens.startsToken(place) else { return nil }
        var end = place
        while end < s.count, !Glyph.endsClause(s[end]) {
            guard end - place < 24, Glyph.isHan(s[end]) || Glyph.isLetter(s[end]) else {
                return nil
            }
            end += 1
        }
        if let related = related(at: place, end, noun) { return related }
        var i = tokens.index(at: place)
        var isLed = false
        while i < tokens.count, tokens[i].end < end {
            // 进行改造, 完成整改: what is done stands behind a verb that says nothing.
            let isLight = tokens[i].has(.lightVerb)
            guard isLight || tokens[i].hasAny([.adverb, .timeWord]) else { break }
            if isLight, tokens[i].count == 1 { return nil }  // 是, 有: what they are, not what they do.
            if isLight { isLed = true }
            i += 1
        }
        if let harm = suffered(i, end) { return harm + noun }
        guard i < tokens.count, tokens[i].start < end, isLed || isAction(tokens[i], end) else { return nil }
        var words: [UInt32] = []
        for token in tokens.all[i...] where token.start < end {
            // Figures, circumstances, and clauses in clauses tell of something else.
            if token.hasAny([.numeral, .pronoun, .lightVerb])
                || token.hasAny([.adverb, .preposition]) && token.count == 1
            {
                return nil
            }
            words += s[token.range]
        }
        // 10个县通了新的铁路: what only describes the object stays without its sign.
        if let did = words.firstIndex(of: 0x4E86), did <= 3 { words.removeAll { $0 == 0x7684 } }
        guard (2...14).contains(words.count), !isLed || words.count >= 4, !words.contains(0x7684),
            let last = words.last, !Self.circumstances.contains(last)
        else { return nil }
        let told = Scalars.string(words.filter { $0 != 0x4E86 })
        return Scalars.ends(told, with: noun) ? told : told + noun
    }

    /// 后 时 前 中, with which a clause only says when.
    private static let circumstances: Set<UInt32> = [0x540E, 0x65F6, 0x524D, 0x4E2D]

    /// Whether a word is a verb of doing, and no noun and no verb that only links.
    func isAction(_ token: Token, _ end: Int) -> Bool {
        guard token.count >= 2, !token.has(.lightVerb),
            lexicon[.linking].begins(s, at: token.start, end: end) < token.count
        else { return false }
        return token.has(.verb) && !token.hasAny(Self.nominal) || token.hasAny([.giveVerb, .action])
            || lexicon[.fate].begins(s, at: token.start) == token.count
            || lexicon[.completion].begins(s, at: token.start) >= token.count
            || lexicon[.actionVerb].begins(s, at: token.start) == token.count
    }

    /// 3000名符合条件的残疾人: behind the words that only say which of them are counted; nil where none stand at `i`.
    func afterRelative(_ i: Int) -> Int? {
        guard i < s.count, tokens.startsToken(i), isAction(tokens[tokens.index(at: i)], s.count) else { return nil }
        var j = i
        while j < s.count, j - i < 12, Glyph.isHan(s[j]), s[j] != 0x7684 {
            if NumeralScalars.chinese(s[j]) != nil { return nil }
            j += 1
        }
        guard j - i >= 3, j + 2 < s.count, s[j] == 0x7684, Glyph.isHan(s[j + 1]), tokens.startsToken(j) else {
            return nil
        }
        return j + 1
    }

    /// The noun that stands behind a figure, without what becomes of it: what goes on is of it alone.
    func counted(_ name: String, behind q: Quantity) -> String {
        let words = Scalars.of(name)
        let text = s[q.range.upperBound...].prefix(words.count).filter { $0 != 0x7684 }
        for length in stride(from: min(words.count - 4, text.count), through: 2, by: -1)
        where words.suffix(length).elementsEqual(text.prefix(length)) {
            return Scalars.string(words.suffix(length))
        }
        return name
    }

    /// 甲山为最高点，海拔1895米: what the clause in front of the comma sets out to describe; nil where it tells
    /// of a figure or of no thing alone.
    func introduced(before place: Int, floor: Int) -> String? {
        var end = place
        while end > floor, !Glyph.endsClause(s[end - 1]) { end -= 1 }
        guard end > floor + 2, Glyph.isComma(s[end - 1]) else { return nil }
        var a = end - 1
        while a > floor, !Glyph.endsClause(s[a - 1]) { a -= 1 }
        guard a > floor || floor == 0 else { return nil }
        var range = a..<(end - 1)
        if let link = tokens.indices(in: range).last(where: {
            tokens[$0].count == 1 && [0x4E3A, 0x662F].contains(s[tokens[$0].start])
        }) {
            // 最低处为葫芦村: the place that is meant stands behind.
            let front = range.lowerBound..<tokens[link].start
            let isPoint = front.last.map { [0x5904, 0x70B9].contains(s[$0]) } ?? true
            range = isPoint ? tokens[link].end..<range.upperBound : front
        }
        guard (2...12).contains(range.count),
            tokens.indices(in: range).allSatisfy({
                tokens[$0].hasAny(Self.things) && !tokens[$0].hasAny([.numeral, .measureName])
            })
        else { return nil }
        return Scalars.string(s[range].filter { $0 != 0x7684 })
    }

    /// What the name of a place or thing is made of.
    private static let things: FeatureSet = [
        .noun, .attribute, .properNoun, .body, .placeName, .division, .abbreviation, .otherPart, .direction, .adjective,
        .letters, .particle,
    ]

    /// 县教育局新建学校: behind the body that does something, where what it does stands in front of the figure.
    func afterAgent(_ a: Int, _ b: Int) -> Int {
        // 提请人大审议法规: what begins with a verb tells of no body.
        guard b - a >= 6, tokens.startsToken(a), !isAction(tokens[tokens.index(at: a)], b) else { return a }
        let ends = tokens.lexicon[.agentEnd]
        var i = tokens.index(at: a) + 1
        while i < tokens.count, tokens[i].end < b - 1 {
            let token = tokens[i]
            if token.count >= 2, lexicon[.actionVerb].begins(s, at: token.start, end: b) >= token.count,
                !token.hasAny([.noun, .attribute, .adjective]), b - token.end >= 2
            {
                var before = i - 1
                // 已, 计划, 共: what goes with the verb.
                while before > tokens.index(at: a),
                    tokens[before].hasAny(Self.function) && !tokens[before].hasAny([.noun, .body, .division])
                        || lexicon[.linking].ends(s, before: tokens[before].end, start: a) >= tokens[before].count
                {
                    before -= 1
                }
                let end = tokens[before].end
                let isAgent =
                    tokens[before].hasAny([.body, .division]) || ends.ends(s, before: end, start: a) > 0
                // 城镇新增就业: a class is no body.
                let isClass = lexicon[.classWord].ends(s, before: end, start: a) > 0
                return isAgent && !isClass && end - a >= 2 ? token.start : a
            }
            i += 1
        }
        return a
    }

    /// Whether words only link, compare or say when: 年后, 这个, 即, 不.
    func isFunction(_ a: Int, _ b: Int) -> Bool {
        guard a < b, b - a <= 6, tokens.startsToken(a), tokens.startsToken(b),
            lexicon[.classWord].begins(s, at: a, end: b) < b - a
        else { return false }
        return tokens.indices(in: a..<b).allSatisfy {
            tokens[$0].hasAny(Self.function) && !tokens[$0].hasAny(Self.content) || isWhen(tokens[$0])
        } && saysMean(a..<b) == false
    }

    /// 年前, 节后: when something was, in one word.
    private func isWhen(_ token: Token) -> Bool {
        token.count == 2 && token.has(.timeWord) && !token.hasAny([.noun, .verb, .measureName])
            && [0x524D, 0x540E, 0x521D, 0x672B, 0x5E95].contains(s[token.end - 1])
    }

    /// 6家单位|签订协议: whether the noun behind a figure ends at `j`, where a verb says what its members do. Where
    /// something was done for them (`isObject`), any noun may.
    func doingBegins(at j: Int, from i: Int, isObject: Bool) -> Bool {
        guard j >= i + 2, tokens.startsToken(j) else { return false }
        let k = tokens.index(at: j)
        let head = tokens[k - 1]
        guard head.start >= i, isAction(tokens[k], s.count), head.has(.noun) || head.hasAny(Self.bodies),
            isObject || head.hasAny(Self.bodies)
        else { return false }
        var end = j
        while end < s.count, end - j < 16, Glyph.isHan(s[end]) {
            if NumeralScalars.chinese(s[end]) != nil { return false }
            end += 1
        }
        guard end == s.count || Glyph.endsClause(s[end]) else { return false }
        // 企业服务中心: a noun closes the whole.
        return (end - j > tokens[k].count || tokens[k].has(.verb) && !tokens[k].hasAny(Self.nominal))
            && lexicon[.closingNoun].ends(s, before: end, start: j + tokens[k].count) == 0
            && !tokens[tokens.index(at: end - 1)].hasAny([.thresholdBody, .impliesPersons])
    }

    /// What counted bodies, persons and things are called.
    static let bodies: FeatureSet = [.concreteThing, .thresholdBody, .impliesPersons, .screenedBody]
}

extension NamePass {
    /// Whether words say that a figure is a mean, which takes the subject's name.
    fileprivate func saysMean(_ range: Range<Int>) -> Bool {
        range.contains { s[$0] == 0x5747 && $0 > range.lowerBound && lexicon.scalars(.averaged).contains(s[$0 - 1]) }
    }
}
