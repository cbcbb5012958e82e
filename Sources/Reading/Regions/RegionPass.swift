import BulletinModel

/// Of which place each mention is, how much of it, and of which round of the accounts: what its clause, sentence,
/// paragraph and section tell, or the bulletin itself.
///
/// It goes forward through a passage. A place holds from where it stands: at the beginning of a clause to the end of
/// the sentence, at the beginning of an item (甲区3例、乙区5例) for the item, in brackets up to their end, inside a
/// clause for the clause; in accounts 全市, 市本级 and zones hold for the section.
struct RegionPass {
    private let lexicon: Lexicon
    private let setting: RegionSetting
    private var sections = PlaceSections()
    private var vintages: VintageReader
    /// The division of the heading that holds here, and the level of the heading.
    private var heading: Region?
    private var headingLevel = 0
    /// The division with which the paragraph began.
    private var topic: Region?
    /// The divisions named last, by the character of their kind: what 全县 means in the text of a city.
    private var named: [UInt32: Region] = [:]

    /// Begins with what is known of the whole article.
    init(_ article: Article, blocks: [Block], lexicon: Lexicon) {
        self.lexicon = lexicon
        setting = RegionSetting(article, blocks: blocks, lexicon: lexicon)
        vintages = VintageReader(isAccount: setting.isAccount, document: setting.vintage)
    }

    private var table: RegionTable { lexicon.regions }

    /// The divisions that names here are told apart by, nearest first.
    private var context: [Region] {
        var context: [Region] = []
        for region in [topic, heading].compactMap({ $0 }) { context += table.chain(region, year: setting.year) }
        return context + setting.chain
    }

    /// Takes note of a heading: the place that it begins with holds for what stands under it.
    mutating func enter(heading passage: Passage, level: Int) {
        topic = nil
        let tokens = Tokens(passage, lexicon)
        let finder = PlaceFinder(tokens: tokens, context: setting.chain, year: setting.year, isAccount: false)
        if let cue = first(finder, from: 0, until: tokens.count), let region = cue.region {
            heading = region
            headingLevel = level
        } else if level <= headingLevel {
            heading = nil
            headingLevel = 0
        }
    }

    /// What holds of the mentions of a passage, in order. `isHeading` is whether it is one, `goesOn` whether it is
    /// the rest of a paragraph.
    mutating func read(
        _ mentions: [Mention], in tokens: Tokens, _ discourse: Discourse, _ timings: [Timing], isHeading: Bool,
        goesOn: Bool
    ) -> [Placing] {
        if !goesOn {
            topic = nil
            let mark = ListMark.read(tokens.s, at: 0, end: tokens.s.count)
            sections.begin(mark, isHeading: isHeading)
            let opens = isHeading || mark != nil
            if opens || mentions.isEmpty, let vintage = vintages.section(tokens, discourse, isHeading: opens) {
                sections.hold(vintage: vintage)
            }
        }
        guard !tokens.s.isEmpty else { return [] }
        // 首页 > 财政预决算 > 市级预算: the way through a site.
        if mentions.isEmpty, tokens.s.count <= 80, tokens.s.contains(0x3E) { return [] }
        var holds = [PlaceState.Hold?](repeating: nil, count: mentions.count)
        walk(mentions, tokens, discourse, &holds)
        let rounds = vintages.read(
            mentions, tokens, discourse, timings, section: sections.vintage, marks: PlaceMarks(tokens, discourse))
        return mentions.indices.map { i in
            let year = timings[i].period.flatMap { Int($0.end.prefix(4)) }
            return placing(holds[i], year: year, rounds[i])
        }
    }

    private func placing(_ hold: PlaceState.Hold?, year: Int?, _ vintage: Indicator.Vintage?) -> Placing {
        let hold = hold ?? standing
        guard let region = hold.region, let valid = table.valid(region, year: year ?? setting.year) ?? setting.own
        else { return Placing(region: nil, scope: hold.scope, vintage: vintage) }
        return Placing(region: valid.place, scope: hold.scope, vintage: vintage)
    }

    /// What holds where no word of the sentence tells.
    private var standing: PlaceState.Hold {
        if let place = sections.place { return place }
        let region = topic ?? heading ?? setting.own
        return PlaceState.Hold(region: region, scope: region == setting.own ? setting.scope : .whole)
    }

    // MARK: Tables

    /// What holds for the tables here.
    var places: TablePlaces {
        TablePlaces(lexicon, own: context, holds: standing.region, scope: standing.scope, year: setting.year)
    }

    /// A table begins: which round of the accounts its columns are of is told by their heads.
    mutating func beginTable() { vintages.beginTable() }

    /// The round of the accounts that a head under a caption tells; nil where nothing does.
    mutating func vintage(head: Passage, caption: Passage?) -> Indicator.Vintage? {
        vintages.cell([Tokens(head, lexicon), nil, caption.map { Tokens($0, lexicon) }], section: sections.vintage)
    }

    // MARK: Going through a passage

    private mutating func walk(
        _ mentions: [Mention], _ tokens: Tokens, _ discourse: Discourse, _ holds: inout [PlaceState.Hold?]
    ) {
        var state = PlaceState()
        var finder = PlaceFinder(
            tokens: tokens, context: context, year: setting.year, isAccount: setting.isAccount)
        let marks = PlaceMarks(tokens, discourse)
        var next = 0
        var place = Position.sentence
        var hasFigure = false
        var i = 0
        while i < tokens.count {
            let token = tokens[i]
            if next < mentions.count, mentions[next].quantity.range.lowerBound < token.end {
                let shared = share(state.list, mentions, from: next, tokens, discourse)
                for k in 0..<max(1, shared) {
                    holds[next + k] =
                        shared > 0 ? PlaceState.Hold(region: state.list[k], scope: .whole) : state.nearest
                }
                next += max(1, shared)
                i = tokens.index(at: min(tokens.s.count, mentions[next - 1].quantity.range.upperBound))
                place = .inside
                hasFigure = true
                continue
            }
            switch marks[i] {
            case .open:
                state.open()
                place = .clause
                hasFigure = false
            case .close: state.close()
            case .sentence:
                state.endSentence(keepsPlace: tokens.longest(.continuing, startingAt: token.end) != nil)
                place = .sentence
                hasFigure = false
            case .clause:
                state.endClause()
                place = .clause
                hasFigure = false
            case .item:
                state.item = nil
                if hasFigure { place = .item }
            case .inside:
                if let cue = finder.cue(at: i) {
                    let end = take(cue, place, tokens, i, &state, &finder)
                    i = max(i + 1, tokens.index(at: end))
                    place = .inside
                    continue
                }
                if place != .inside, !isOpening(tokens, i) { place = .inside }
            }
            i += 1
        }
        while next < mentions.count {
            holds[next] = state.nearest
            next += 1
        }
    }

    /// Where in a sentence a word stands.
    private enum Position { case sentence, clause, item, inside }

    /// Lets a cue hold; returns the scalar behind it and what belongs to it.
    private mutating func take(
        _ cue: PlaceCue, _ place: Position, _ tokens: Tokens, _ index: Int, _ state: inout PlaceState,
        _ finder: inout PlaceFinder
    ) -> Int {
        switch cue.kind {
        case .division: return take(division: cue, place, tokens, index, &state, &finder)
        case .nation:
            // 全国 inside a clause of a county's report is the rank of a thing.
            guard place != .inside || setting.isNational else { return cue.range.upperBound }
            state.sentence = PlaceState.Hold(region: cue.region, scope: .whole)
            state.clause = nil
        case .other:
            let isBelow = tokens.longest(.belowCounty, startingAt: cue.range.lowerBound) != nil
            // In a text of a place other countries are those it trades with.
            guard place != .inside, isBelow || setting.isNational else { return cue.range.upperBound }
            let region = isBelow ? topic ?? heading ?? setting.own : nil
            state.sentence = PlaceState.Hold(region: region, scope: isBelow ? .whole : nil)
        case .whole, .own, .part:
            let region =
                cue.region ?? (cue.kind == .part ? state.nearest?.region ?? topic ?? heading ?? setting.own : nil)
            // 全区 in the text of a zone is the zone.
            let isZone = cue.kind == .whole && setting.scope == .part && cue.region == nil
            let last = region == nil ? tokens.s[cue.range].last(where: RegionTable.isKind).flatMap { named[$0] } : nil
            let hold = PlaceState.Hold(
                region: isZone ? setting.own : region ?? last, scope: isZone ? .part : cue.scope)
            // 经开区…，…: a zone is what its sentence is about, 城区 what its clause is.
            let opens = place == .sentence || place == .clause
            let isSubject = opens && lexicon[.zone].ends(tokens.s, before: cue.range.upperBound) > 0
            if cue.kind == .part, !setting.isAccount, !isSubject {
                state.clause = hold
            } else {
                state.sentence = hold
                state.clause = nil
                state.item = nil
            }
            if setting.isAccount, holdsForSection(cue, tokens) { sections.hold(hold) }
        }
        return cue.range.upperBound
    }

    /// In accounts what stands in front of an account's name is what the section is of.
    private func holdsForSection(_ cue: PlaceCue, _ tokens: Tokens) -> Bool {
        let words = lexicon[.accountWord]
        if words.begins(tokens.s, at: cue.range.upperBound) > 0 { return true }
        let rest = cue.range.upperBound..<min(tokens.s.count, cue.range.upperBound + 8)
        return cue.kind == .part && words.first(tokens.s, in: rest) != nil
    }

    private mutating func take(
        division cue: PlaceCue, _ place: Position, _ tokens: Tokens, _ index: Int, _ state: inout PlaceState,
        _ finder: inout PlaceFinder
    ) -> Int {
        guard let region = cue.region else { return cue.range.upperBound }
        named[region.suffix] = region
        // 甲县位于乙省西部: where the text's own place lies.
        if let own = topic ?? heading ?? setting.own, own != region, own.lies(in: region),
            tokens.longest(.locating, endingAt: cue.range.lowerBound) != nil
        {
            return cue.range.upperBound
        }
        let list = members(cue, tokens, finder)
        // What stands behind 、 inside a clause is one of many words.
        if place == .inside, index > 0, tokens.s[tokens[index - 1].start] == 0x3001 { return list.end }
        if list.regions.count > 1 {
            let isNational = setting.own?.level == .country && list.regions.allSatisfy { $0.level == .province }
            let hold = PlaceState.Hold(
                region: isNational ? nil : list.regions.allSatisfy(isInside) ? setting.own : above(list.regions),
                scope: list.isCounted ? .whole : .part)
            if place == .inside || list.isCounted {
                if isInside(region) { state.clause = hold }
            } else {
                state.sentence = hold
                state.clause = nil
            }
            state.list = list.isCounted ? [] : list.regions
            return list.end
        }
        // A county's short name elsewhere is a word of its own.
        if cue.range.count <= 2, region.level == .county, !isInside(region) { return cue.range.upperBound }
        let hold = PlaceState.Hold(region: region, scope: cue.scope)
        let isSettlement = isSettlement(behind: cue.range.upperBound, tokens.s)
        let isFacility = cue.isFacility && !isSettlement
        // 近日，在甲县乙村，…: the paragraph tells of it.
        let opens = place == .sentence || place == .clause && isSettlement
        switch place {
        case .item: state.item = hold
        case .sentence where !isFacility && topic == nil && isParagraphStart(cue, tokens),
            .clause where opens && topic == nil && isParagraphStart(cue, tokens):
            topic = region
            finder.context = context
            state.sentence = hold
        case .sentence, .clause:
            if isFacility { state.clause = hold } else { state.sentence = hold }
        case .inside:
            // A place inside a clause is where the thing is, if that can be.
            guard isInside(region), cue.kind == .own || isLocated(cue, tokens) else { break }
            state.clause = hold
        }
        if setting.isAccount, cue.kind == .own, holdsForSection(cue, tokens) { sections.hold(hold) }
        return cue.range.upperBound
    }

    /// The nearest division of a province or below that several lie in; nil where none does.
    private func above(_ regions: [Region]) -> Region? {
        guard let first = regions.first else { return nil }
        return table.chain(first, year: setting.year).dropFirst().first { above in
            above.level > .country && regions.allSatisfy { $0.lies(in: above) }
        }
    }

    /// Whether a division may be where a thing of this text is: in the text's own, or anywhere where it has none.
    private func isInside(_ region: Region) -> Bool {
        guard let own = topic ?? heading ?? setting.own else { return true }
        return region.lies(in: own)
    }

    /// 在甲县投资, 甲县新建: a place that something is in, and not one of many words of a name.
    private func isLocated(_ cue: PlaceCue, _ tokens: Tokens) -> Bool {
        !cue.isFacility || tokens.longest(.locating, endingAt: cue.range.lowerBound) != nil
            || tokens.longest(.facility, startingAt: cue.range.upperBound) != nil
    }

    /// Whether the name of a town or village goes on behind a county's: 甲县乙镇丙村.
    private func isSettlement(behind end: Int, _ s: [UInt32]) -> Bool {
        var i = end
        while i < s.count, i - end < 8, Glyph.isHan(s[i]) {
            // 镇, 乡, 村; 乡村 names none.
            let isTown = s[i] == 0x9547 || s[i] == 0x4E61 || s[i] == 0x6751
            if isTown, i > end { return i + 1 >= s.count || s[i] != 0x4E61 || s[i + 1] != 0x6751 }
            i += 1
        }
        return false
    }

    private func isParagraphStart(_ cue: PlaceCue, _ tokens: Tokens) -> Bool {
        tokens.indices(in: 0..<cue.range.lowerBound).allSatisfy { isOpening(tokens, $0) || tokens[$0].has(.mark) }
    }

    /// The first cue of a passage, what may stand in front of it skipped.
    private func first(_ finder: PlaceFinder, from start: Int, until end: Int) -> PlaceCue? {
        var i = start
        while i < end {
            if let cue = finder.cue(at: i) { return cue.isFacility ? nil : cue }
            guard isOpening(finder.tokens, i) || finder.tokens[i].has(.mark) else { return nil }
            i += 1
        }
        return nil
    }

    /// Whether a token may stand in front of the place that a clause tells of: time, links, numbers.
    private func isOpening(_ tokens: Tokens, _ i: Int) -> Bool {
        tokens[i].hasAny([
            .placeOpening, .timeWord, .calendarWord, .numeral, .blank, .preposition, .conjunction, .adverb, .among,
        ])
    }

    // MARK: Lists

    /// A、B、C和D, from a place on.
    private func members(_ cue: PlaceCue, _ tokens: Tokens, _ finder: PlaceFinder) -> (
        regions: [Region], isCounted: Bool, end: Int
    ) {
        guard let region = cue.region else { return ([], false, cue.range.upperBound) }
        var regions = [region]
        var end = cue.range.upperBound
        while end < tokens.s.count {
            var i = tokens.index(at: end)
            guard tokens.s[end] == 0x3001 || tokens[i].has(.joining) else { break }
            i += 1
            guard i < tokens.count, let match = finder.match(at: tokens[i].start), match.region.level != .country
            else { break }
            regions.append(match.region)
            end = match.range.upperBound
        }
        guard regions.count > 1, end < tokens.s.count else { return (regions, false, end) }
        let behind = tokens[tokens.index(at: end)]
        let isCounted = behind.has(.andOthers) || behind.has(.numeral)
        return (regions, isCounted, end)
    }

    /// How many mentions from one on take a place of the list each: as many as there are places, in a row; else 0.
    private func share(
        _ list: [Region], _ mentions: [Mention], from first: Int, _ tokens: Tokens, _ discourse: Discourse
    ) -> Int {
        guard list.count > 1, first + list.count <= mentions.count else { return 0 }
        for k in first + 1..<first + list.count {
            let gap = mentions[k - 1].quantity.range.upperBound..<mentions[k].quantity.range.lowerBound
            guard gap.count <= 1 else { return 0 }
        }
        let last = first + list.count
        if last < mentions.count {
            let gap = mentions[last - 1].quantity.range.upperBound..<mentions[last].quantity.range.lowerBound
            if gap.count <= 1 { return 0 }
        }
        return list.count
    }
}
