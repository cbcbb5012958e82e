import BulletinModel

/// Where a noun ends that is counted, and what becomes of those counted where no noun stands behind the figure.
extension NamePass {
    /// What else a word may be that would let it stand inside a noun.
    private static let inside: FeatureSet = [
        .noun, .verb, .adjective, .attribute, .properNoun, .body, .placeName, .division, .abbreviation, .classifier,
        .direction, .conjunction, .letters, .otherPart, .unit,
    ]

    /// 7个地市|又成立了…, 四家博物馆|拟于…: whether a counted body ends at `j`, where words of a verb begin.
    func goesOn(at j: Int, from i: Int) -> Bool {
        guard j > i, tokens.startsToken(j) else { return false }
        let k = tokens.index(at: j)
        guard k > 0, tokens[k - 1].start >= i, isWholeBody(tokens[k - 1]), k + 1 < tokens.count else { return false }
        let token = tokens[k]
        if token.has(.calendarWord), !token.hasAny(Self.inside) { return true }
        if lexicon[.verbLead].begins(s, at: j) > 0 { return true }
        // 自然遗产, 不安全问题: an adverb may also stand in front of an adjective or noun.
        let next = tokens[k + 1]
        let isVerbal = next.hasAny([.verb, .adverb, .preposition]) && !next.hasAny([.noun, .adjective])
        // 用上自来水: 用 is more often a verb.
        return token.has(.preposition) && !token.hasAny(Self.inside) && s[j] != 0x7528
            || token.has(.adverb) && !token.hasAny(Self.inside) && isVerbal
    }

    /// 支持4个园区|开展…: whether those end at `j` whom a verb has do what follows.
    func causedBegins(at j: Int, from i: Int) -> Bool {
        guard j > i, tokens.startsToken(j) else { return false }
        let k = tokens.index(at: j)
        guard k > 0, tokens[k - 1].start >= i, isWholeBody(tokens[k - 1]), isAction(tokens[k], s.count) else {
            return false
        }
        var end = j
        while end < s.count, end - j < 24, Glyph.isHan(s[end]) { end += 1 }
        return end > tokens[k].end && lexicon[.closingNoun].ends(s, before: end, start: tokens[k].end) == 0
            || end == tokens[k].end && end < s.count && !Glyph.endsClause(s[end])
    }

    /// 房屋受到不同程度的损坏: what those counted suffered, where token `i` says that they did; nil elsewhere.
    func suffered(_ i: Int, _ end: Int) -> String? {
        guard i < tokens.count, tokens[i].end < end,
            lexicon[.suffering].begins(s, at: tokens[i].start) == tokens[i].count
        else { return nil }
        let rest = s[tokens[i].end..<end]
        let begin = (rest.lastIndex(of: 0x7684) ?? (tokens[i].end - 1)) + 1
        guard (2...6).contains(end - begin), tokens.startsToken(begin), tokens[tokens.index(at: end - 1)].has(.verb)
        else {
            return nil
        }
        return Scalars.string(s[begin..<end])
    }

    /// 3个县与邻国接壤, 由县领导挂牌督办: a verb with whom or where it goes on, behind those counted; nil elsewhere.
    func related(at place: Int, _ end: Int, _ noun: String) -> String? {
        let first = tokens.index(at: place)
        guard !noun.isEmpty, first < tokens.count, tokens[first].count == 1,
            Self.relations.contains(s[tokens[first].start]), (5...16).contains(end - place),
            !s[place..<end].contains(0x7684), let last = tokens.all[first...].first(where: { $0.end >= end })
        else { return nil }
        let rest = tokens.all[(first + 2)...].prefix { $0.start < end }
        guard rest.contains(where: { isAction($0, end) || $0.has(.verb) && !$0.has(.noun) && $0.count >= 2 }),
            last.hasAny([.verb, .noun]),
            tokens.all[first...].prefix(while: { $0.start < end }).allSatisfy({
                !$0.hasAny([.numeral, .pronoun, .calendarWord])
            })
        else { return nil }
        let begin = s[place] == 0x7531 ? place + 1 : place
        return Scalars.string(s[begin..<end]) + noun
    }

    /// 与 由 在 为.
    private static let relations: Set<UInt32> = [0x4E0E, 0x7531, 0x5728, 0x4E3A]

    /// A word for bodies, persons or things that are counted one by one.
    private func isWholeBody(_ token: Token) -> Bool {
        token.hasAny(Self.bodies) || token.count >= 2 && token.has(.noun) && !token.hasAny([.verb, .adjective])
    }

    /// 融资20亿元推…, 40万亿元创新高: whether a verb stands right behind an amount of money that its clause names.
    func saysUse(of q: Quantity, at i: Int) -> Bool {
        guard q.unit == lexicon.unit(.yuan), i < s.count, tokens.startsToken(i) else { return false }
        let token = tokens[tokens.index(at: i)]
        guard token.has(.verb), !token.hasAny([.noun, .adjective, .attribute]) || token.has(.giveVerb) else {
            return false
        }
        let end = q.range.lowerBound
        return lexicon[.moneyName].ends(s, before: end) > 0 || lexicon[.measureNoun].ends(s, before: end) > 0
    }

    /// Whether a verb right in front has those counted do what follows: 支持, 组织, 派出.
    func isCaused(_ q: Quantity) -> Bool {
        lexicon[.prompting].ends(s, before: q.range.lowerBound) > 0
    }

    /// 1.3万人得到救助, 200余项列入计划: what becomes of those counted where no noun follows, with the noun that
    /// the same unit counted before; nil where none is told.
    func fate(of q: Quantity, at i: Int) -> String? {
        guard i < s.count, Glyph.isHan(s[i]), tokens.startsToken(i) else { return nil }
        let isPerson = lexicon[.personUnit].contains(q.unit)
        let isItem = lexicon[.itemUnit].contains(q.unit) || lexicon[.countedUnit].contains(q.unit)
        guard isPerson || isItem else { return nil }
        let token = tokens[tokens.index(at: i)]
        guard token.has(.verb), !token.hasAny([.noun, .adjective, .attribute, .adverb]) else { return nil }
        // 22个示范片区: behind other units a verb may begin the noun itself.
        guard let told = received(at: i) ?? (isPerson ? predicate(at: i, "") : nil) else { return nil }
        if isPerson { return told }
        guard let last, last.mention.kind == .level, last.mention.quantity.unit == q.unit,
            q.range.lowerBound - last.mention.quantity.range.upperBound < 40
        else { return nil }
        let noun = counted(last.name, behind: last.mention.quantity)
        return Scalars.ends(told, with: noun) ? told : told + noun
    }

    /// 得到医疗救助, 达到全国先进水平: a verb that links what those counted got or came to.
    private func received(at i: Int) -> String? {
        let verb = max(lexicon[.receiving].begins(s, at: i), lexicon[.taking].begins(s, at: i))
        guard verb >= 2 else { return nil }
        var j = i + verb
        while j < s.count, j - i < 16, Glyph.isHan(s[j]), s[j] != 0x7684 { j += 1 }
        guard j - i >= verb + 2, j == s.count || Glyph.endsClause(s[j]) else { return nil }
        return Scalars.string(s[i..<j])
    }

    /// 6个乡镇48所学校受损: what is told of the last of several that are counted holds for those right in front of it.
    func sharedFate(_ first: Mention, _ front: Naming, _ second: Mention, _ behind: Naming) -> String? {
        guard front.source == .behind, behind.source == .behind, front.names.count == 1, behind.names.count == 1,
            front.rule == nil, behind.rule == nil
        else { return nil }
        let noun = Scalars.of(front.names[0])
        // 2万人脱贫、6个村退出: what became of the first is told already.
        guard lexicon[.fate].begins(noun, at: 0) < noun.count, lexicon[.completion].begins(noun, at: 0) < noun.count
        else { return nil }
        let gap = s[first.quantity.range.upperBound..<second.quantity.range.lowerBound].filter {
            ![0x3001, 0x548C, 0x53CA, 0x4E0E].contains($0)
        }
        guard gap.elementsEqual(noun) else { return nil }
        let whole = Scalars.of(behind.names[0])
        let text = s[second.quantity.range.upperBound...].prefix(whole.count)
        guard
            let length = stride(from: min(whole.count - 2, text.count), through: 2, by: -1).first(where: {
                whole.suffix($0).elementsEqual(text.prefix($0))
            })
        else { return nil }
        let own = whole.suffix(length)
        let fate = Array(whole.dropLast(own.count))
        // A verb in front of the second is its own.
        let end = min(s.count, second.quantity.range.upperBound + own.count + fate.count + 6)
        let rest = Array(s[min(end, second.quantity.range.upperBound + own.count)..<end])
        guard fate.count >= 2, rest.indices.contains(where: { rest[$0...].starts(with: fate) }) else { return nil }
        return Scalars.string(fate) + front.names[0]
    }
}
