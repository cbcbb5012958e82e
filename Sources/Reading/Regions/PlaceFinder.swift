/// Finds the words of a passage that tell of places.
struct PlaceFinder {
    let tokens: Tokens
    /// The divisions that names are told apart by, nearest first.
    var context: [Region]
    let year: Int?
    /// Accounts say 市级 where they mean the city's own budget.
    let isAccount: Bool

    /// Features of words that may be a cue.
    static let cues: FeatureSet = [
        .division, .wholeDivision, .ownLevel, .levelWord, .nation, .partArea, .placeless, .placeName,
    ]

    /// The cue that begins with a token; nil where none does, or where its place is only compared with, gone to,
    /// or part of another name.
    func cue(at index: Int) -> PlaceCue? {
        let token = tokens[index]
        guard token.hasAny(Self.cues) else { return nil }
        return placeless(token) ?? own(token) ?? whole(token) ?? nation(token) ?? division(token) ?? part(token)
    }

    private var table: RegionTable { tokens.lexicon.regions }

    private func word(_ feature: Feature, _ token: Token) -> Range<Int>? {
        tokens.longest(feature, startingAt: token.start)
    }

    private func placeless(_ token: Token) -> PlaceCue? {
        guard let range = word(.placeless, token) else { return nil }
        // 自美国进口: trade with it is the text's own.
        if range.lowerBound > 0, tokens[tokens.index(at: range.lowerBound - 1)].has(.preposition) { return nil }
        return isCompared(range) ? nil : PlaceCue(kind: .other, range: range, region: nil, isFacility: false)
    }

    // MARK: The text's own

    private func whole(_ token: Token) -> PlaceCue? {
        guard let range = word(.wholeDivision, token), !isCompared(range), !isOrder(range) else { return nil }
        return PlaceCue(kind: .whole, range: range, region: region(of: range), isFacility: false)
    }

    private func own(_ token: Token) -> PlaceCue? {
        if let range = word(.ownLevel, token) {
            return PlaceCue(kind: .own, range: range, region: region(of: range), isFacility: false)
        }
        // 省级 is the province's own in the province's accounts alone, elsewhere it is a rank.
        guard let range = word(.levelWord, token), let first = context.first, first.level > .country,
            tokens.s[range].contains(first.suffix), !isCompared(range)
        else { return nil }
        let follows = tokens.lexicon[.accountWord].begins(tokens.s, at: range.upperBound) > 0
        guard follows || isAccount && !isRank(range) else { return nil }
        return PlaceCue(kind: .own, range: range, region: first, isFacility: false)
    }

    /// 市级以上, 国家级、省级, 市级园区: a rank, not whose budget it is.
    private func isRank(_ range: Range<Int>) -> Bool {
        let end = tokens.index(at: range.upperBound)
        guard range.upperBound < tokens.s.count, end < tokens.count else { return false }
        if range.lowerBound > 0, tokens.s[range.lowerBound - 1] == 0x3001 { return true }
        return tokens.s[tokens[end].start] == 0x3001 || tokens[end].has(.rankBehind)
    }

    /// The division among those of the text of whose kind a word like 全市 or 市本级 is.
    private func region(of range: Range<Int>) -> Region? {
        context.first { $0.level > .country && tokens.s[range].contains($0.suffix) }
    }

    // MARK: Names

    private func nation(_ token: Token) -> PlaceCue? {
        guard let range = word(.nation, token), !isCompared(range), !isOrder(range),
            let country = table.region(Region.countryCode, year: nil)
        else { return nil }
        return PlaceCue(kind: .nation, range: range, region: country, isFacility: false)
    }

    private func division(_ token: Token) -> PlaceCue? {
        guard let match = match(at: token.start), match.region.level != .country else { return nil }
        let range = match.range
        if tokens.longest(.partArea, startingAt: token.start) == range, !isOwn(match.region) { return nil }
        guard !isElsewhere(range), !isPart(behind: range.upperBound) else { return nil }
        if let own = tokens.longest(.ownLevel, startingAt: range.upperBound) {
            return PlaceCue(
                kind: .own, range: range.lowerBound..<own.upperBound, region: match.region, isFacility: false)
        }
        if let zone = tokens.longest(.partArea, startingAt: range.upperBound) {
            return PlaceCue(
                kind: .part, range: range.lowerBound..<zone.upperBound, region: match.region, isFacility: false)
        }
        // 江苏全省: the same place twice.
        if let whole = tokens.longest(.wholeDivision, startingAt: range.upperBound) {
            return PlaceCue(
                kind: .division, range: range.lowerBound..<whole.upperBound, region: match.region, isFacility: false)
        }
        let isFacility = isFacility(behind: range.upperBound, isOfficial: match.isOfficial)
        return PlaceCue(kind: .division, range: range, region: match.region, isFacility: isFacility)
    }

    /// The division named at a scalar, its name cut nowhere inside a word.
    ///
    /// - Parameter strictly: only what was called so in the text's year.
    func match(at scalar: Int, strictly: Bool = false) -> RegionTable.Match? {
        guard scalar < tokens.s.count, tokens.startsToken(scalar),
            let match = table.match(tokens.s, at: scalar, context: context, year: year, isWord: true),
            tokens.startsToken(match.range.upperBound), !strictly || year.map(match.region.years.contains) ?? true
        else { return nil }
        return match
    }

    /// Whether a division is of the year of the text, and lies in one of the text's own.
    func isOwn(_ region: Region) -> Bool {
        (year.map(region.years.contains) ?? true) && context.contains { $0.level > .country && region.lies(in: $0) }
    }

    private func part(_ token: Token) -> PlaceCue? {
        guard let range = word(.partArea, token) else { return nil }
        // 4个县(市): counted.
        if range.lowerBound > 0, tokens[tokens.index(at: range.lowerBound - 1)].has(.classifier) { return nil }
        if tokens.longest(.paidUp, startingAt: range.upperBound) != nil { return nil }
        // 补助县区, 对旗县区转移支付: what the own budget gives them.
        if tokens.longest(.givenTo, endingAt: range.lowerBound) != nil {
            return tokens.longest(.transferWord, startingAt: range.upperBound) == nil
                ? nil : PlaceCue(kind: .own, range: range, region: context.first, isFacility: false)
        }
        return PlaceCue(kind: .part, range: range, region: context.first, isFacility: false)
    }

    // MARK: Around

    /// 高于全市, 居全省第三: compared with, or an order in it.
    private func isCompared(_ range: Range<Int>) -> Bool {
        tokens.longest(.comparing, endingAt: range.lowerBound) != nil
    }

    /// Whether what stands in front of a name makes it another place; 在 makes it the place where a thing is.
    func isAway(_ start: Int) -> Bool {
        tokens.longest(anyOf: [.comparing, .placeAway], endingAt: start) != nil
            && tokens.longest(.locating, endingAt: start) == nil
    }

    /// 全国首个, 全省文明村镇.
    private func isOrder(_ range: Range<Int>) -> Bool {
        tokens.lexicon[.orderBehind].begins(tokens.s, at: range.upperBound) > 0
            || range.upperBound < tokens.s.count && tokens[tokens.index(at: range.upperBound)].has(.orderBehind)
    }

    /// 与…签约, 赴上海, 南邻广东, 天津至北京: another place than the figures'.
    private func isElsewhere(_ range: Range<Int>) -> Bool {
        if isAway(range.lowerBound) { return true }
        if let to = tokens.longest(.routeWord, startingAt: range.upperBound), match(at: to.upperBound) != nil {
            return true
        }
        return false
    }

    /// 洛阳路, 北京大学, 四川话; 上海某某集团: the place is a part of another name.
    private func isPart(behind end: Int) -> Bool {
        if tokens.longest(.placeTail, startingAt: end) != nil { return true }
        guard end < tokens.s.count else { return false }
        var j = end
        while j < tokens.s.count, j - end < 12, Glyph.isHan(tokens.s[j]) || Glyph.isLetter(tokens.s[j]) { j += 1 }
        return j > end && tokens.contains(.bodyBehind, in: end..<tokens[tokens.index(at: j - 1)].end)
    }

    private func isFacility(behind end: Int, isOfficial: Bool) -> Bool {
        guard end < tokens.s.count else { return false }
        let next = tokens[tokens.index(at: end)]
        if isOfficial { return next.has(.facility) }
        guard next.hasAny([.noun, .properNoun, .abbreviation, .attribute, .partArea]), !next.hasAny(Self.plain) else {
            return false
        }
        return tokens.longest(anyOf: [.measureName, .wholeDivision], startingAt: end) == nil
    }

    /// Words behind a place that go on with the sentence.
    private static let plain: FeatureSet = [
        .verb, .measureName, .adverb, .preposition, .timeWord, .calendarWord, .particle, .numeral, .conjunction,
        .accountWord, .partOfMeasure,
    ]
}
