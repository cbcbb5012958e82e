import BulletinModel

/// Finds the division that an article is about: what 全市 and 我县 mean in it, and where its
/// figures are of when no sentence says another.
struct OwnRegion {
    private let lexicon: Lexicon
    private let year: Int?
    /// In the order in which they count: headlines, then title, publisher, opening lines.
    private var found: [Region] = []

    /// How far into an article names are looked for.
    private static let opening = 400
    private static let closing = 120
    /// How far into an article words like 全市 are counted.
    private static let reach = 6_000

    private init(_ lexicon: Lexicon, year: Int?) {
        self.lexicon = lexicon
        self.year = year
    }

    private var table: RegionTable { lexicon.regions }

    /// The division of an article; nil where nothing tells or several could be meant.
    static func find(_ article: Article, passages: [Passage], _ lexicon: Lexicon, year: Int?) -> Region? {
        let region = named(article, passages: passages, lexicon, year: year)
        // The title of a division that no table has is not that of the country.
        let titles = [article.setting.title, article.headline].compactMap { $0 }
        return region?.level == .country && titles.contains(where: namesDivision) ? nil : region
    }

    /// 临溪市2024年…, 临溪经济开发区2024年…: whether a title begins with the name of a division, known or not, and a year.
    private static func namesDivision(_ title: String) -> Bool {
        let s = Scalars.of(title)
        guard let year = s.firstIndex(where: Glyph.isDigit), (3...12).contains(year), year + 4 < s.count,
            s[year..<(year + 4)].allSatisfy(Glyph.isDigit), s[year + 4] == 0x5E74
        else { return false }
        return RegionTable.isKind(s[year - 1]) && s[..<year].allSatisfy(Glyph.isHan)
    }

    private static func named(_ article: Article, passages: [Passage], _ lexicon: Lexicon, year: Int?) -> Region? {
        var own = OwnRegion(lexicon, year: year)
        let setting = article.setting
        if let code = setting.region.flatMap({ Int($0) }), let given = lexicon.regions.region(code, year: year) {
            return given
        }
        let body = own.body(passages)
        for line in [setting.title, setting.publisher, article.section].compactMap({ $0 }) {
            own.note(Tokens(Passage(line), lexicon), isNational: true, confirmedBy: body)
        }
        let outer = own.found
        own.found = []
        for line in [article.headline, article.subheadline].compactMap({ $0 }) {
            own.note(Tokens(Passage(line), lexicon), isNational: true, confirmedBy: body)
        }
        // 中国 in a headline is a place only where it names no other.
        own.found = own.found.filter { $0.level != .country } + outer + own.found.filter { $0.level == .country }
        let kind = own.kind(of: body)
        let isZone = [setting.title, article.headline].contains { line in
            line.map { lexicon[.zone].first(Scalars.of($0), in: 0..<Scalars.of($0).count) != nil } ?? false
        }
        if let region = own.fitting(kind, isZone: isZone) { return region }
        // The country's own text may speak of 全省 and 全市.
        if let country = own.found.first, own.found.allSatisfy({ $0.level == .country }) { return country }
        return own.ofText(body, passages, kind) ?? own.ofPaper(setting.publisher, kind)
    }

    /// 海州日报, for 全市 that nothing else tells.
    private func ofPaper(_ publisher: String?, _ kind: UInt32?) -> Region? {
        guard let kind, let paper = publisher.map({ Tokens(Passage($0), lexicon) }), paper.count > 0,
            let match = PlaceFinder(tokens: paper, context: [], year: year, isAccount: false).match(
                at: 0, strictly: true),
            paper.longest(.placeTail, startingAt: match.range.upperBound) != nil
        else { return nil }
        return table.chain(match.region, year: year).first { $0.suffix == kind }
    }

    /// What the text itself tells, where no headline or publisher does.
    private mutating func ofText(_ body: [Tokens], _ passages: [Passage], _ kind: UInt32?) -> Region? {
        found = []
        var rest = Self.opening
        for tokens in body.prefix(12) where rest > 0 {
            note(tokens, in: 0..<min(rest, tokens.s.count), isNational: false, confirmedBy: [])
            rest -= tokens.s.count
        }
        if let last = passages.last {
            let tokens = Tokens(last.suffix(Self.closing), lexicon)
            note(tokens, isNational: false, confirmedBy: [])
        }
        let isNational = speaksForNation(body) && !speaksOfTown(body)
        if isOfOne, let region = fitting(kind) { return isNational && kind == nil ? country : region }
        if isNational, kind == nil { return country }
        return shared(by: body, kind: kind)
            ?? (kind == nil && !speaksOfTown(body) && (isNational || speaksOfNation(body)) ? country : nil)
    }

    private var country: Region? { table.region(Region.countryCode, year: nil) }

    private func body(_ passages: [Passage]) -> [Tokens] {
        var rest = Self.reach
        var body: [Tokens] = []
        for passage in passages where rest > 0 {
            let part = passage.prefix(min(rest, Passage.longest))
            rest -= part.scalars.count
            body.append(Tokens(part, lexicon))
        }
        return body
    }

    /// Whether what was found are a division and what it lies in, not several side by side.
    private var isOfOne: Bool {
        let provinces = Set(found.map { $0.code / 10_000 })
        let counties = Set(found.filter { $0.level == .county }.map(\.code))
        let prefectures = Set(found.filter { $0.level == .prefecture }.map(\.code))
        return provinces.count <= 1 && counties.count <= 2 && prefectures.count <= 2
    }

    // MARK: Names

    private mutating func note(_ tokens: Tokens, isNational: Bool, confirmedBy body: [Tokens]) {
        note(tokens, in: 0..<tokens.s.count, isNational: isNational, confirmedBy: body)
    }

    private mutating func note(
        _ tokens: Tokens, in range: Range<Int>, isNational: Bool, confirmedBy body: [Tokens]
    ) {
        guard !range.isEmpty else { return }
        var i = tokens.index(at: range.lowerBound)
        while i < tokens.count, tokens[i].start < range.upperBound {
            let (end, region) = name(tokens, at: i, confirmedBy: body)
            if let region, region.level != .country || isNational {
                found.append(region)
            } else if isNational, tokens.longest(.nationalBody, startingAt: tokens[i].start) != nil, let country {
                found.append(country)
            }
            i = max(i + 1, tokens.index(at: end))
        }
    }

    /// The division that a token names, and where its name ends; nil where it is part of another name, or where an
    /// agency reports from.
    private func name(_ tokens: Tokens, at i: Int, confirmedBy body: [Tokens]) -> (end: Int, region: Region?) {
        let start = tokens[i].start
        guard tokens[i].hasAny([.division, .placeName]) else { return (start, nil) }
        let finder = PlaceFinder(tokens: tokens, context: found, year: year, isAccount: false)
        guard let match = finder.match(at: start, strictly: true) else { return (start, nil) }
        let end = match.range.upperBound
        guard tokens.longest(.partArea, startingAt: start) != match.range || !found.isEmpty,
            tokens.longest(.newsAgency, endingAt: start) == nil, !finder.isAway(start),
            tokens.longest(.placeTail, startingAt: end) == nil
        else { return (end, nil) }
        if !match.isOfficial, match.region.level == .county, !finder.isOwn(match.region) {
            // A county's short name may be a word of its own: the text must name it again.
            let again = body.contains { other in
                other.all.contains { token in
                    token.has(.division) && other.passage != tokens.passage
                        && PlaceFinder(tokens: other, context: [match.region], year: year, isAccount: false)
                            .match(at: token.start)?.region == match.region
                }
            }
            if !again { return (end, nil) }
        }
        return (end, match.region)
    }

    /// The kind of division that the text speaks of as its own most often; nil where it does not.
    private func kind(of body: [Tokens]) -> UInt32? {
        var counts: [UInt32: Int] = [:]
        for tokens in body {
            for token in tokens.all where token.hasAny([.wholeDivision, .ownLevel]) {
                guard tokens.longest(.comparing, endingAt: token.start) == nil,
                    tokens.longest(.orderBehind, startingAt: token.end) == nil,
                    let kind = tokens.s[token.range].last(where: RegionTable.isKind)
                else { continue }
                counts[kind, default: 0] += 1
            }
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    private func fitting(_ kind: UInt32?, isZone: Bool = false) -> Region? {
        guard let kind else { return found.first }
        // 全区 in the text of a zone is no division.
        if isZone, kind == 0x533A { return found.first }
        if let exact = found.first(where: { $0.suffix == kind }) { return exact }
        // Named only by what it belongs to: its own division is not known.
        return found.first { region in
            table.chain(region, year: year).contains { $0.suffix == kind }
        }
    }

    // MARK: What the text names most

    /// The division in which nearly all that the text names lies: of a kind where the text says of which, else the
    /// nearest that holds two.
    private func shared(by body: [Tokens], kind: UInt32?) -> Region? {
        var named: [Region] = []
        for tokens in body {
            for (i, token) in tokens.all.enumerated() where token.has(.division) {
                let finder = PlaceFinder(tokens: tokens, context: [], year: year, isAccount: false)
                guard let match = finder.match(at: tokens[i].start, strictly: true), match.region.level != .country,
                    tokens.longest(.newsAgency, endingAt: token.start) == nil, !finder.isAway(token.start)
                else { continue }
                named.append(match.region)
            }
        }
        guard !named.isEmpty else { return nil }
        var counts: [Int: Int] = [:]
        for region in named {
            let chain = table.chain(region, year: year)
            for above in chain where kind.map({ above.suffix == $0 }) ?? (above.level < .county) {
                counts[above.code, default: 0] += 1
                // Of one kind the nearest counts.
                if kind != nil { break }
            }
        }
        let ranked = counts.sorted { ($1.value, $1.key) < ($0.value, $0.key) }
        guard let most = ranked.first, let region = table.region(most.key, year: year) else { return nil }
        let distinct = Set(named.filter { $0.lies(in: region) }.map(\.code)).count
        let others = named.count { !$0.lies(in: region) }
        if kind != nil {
            let second = ranked.dropFirst().first?.value ?? 0
            let isEnough = most.value >= 2 || region.level == .province
            return isEnough && (others == 0 || most.value >= 2 * second) ? region : nil
        }
        return distinct >= 2 && others == 0 ? region : nil
    }

    // MARK: The nation

    /// Whether who speaks in the opening is a body of the country, or the text says 我国.
    private func speaksForNation(_ body: [Tokens]) -> Bool {
        var rest = Self.opening
        for tokens in body where rest > 0 {
            for token in tokens.all where token.start < rest {
                if tokens.longest(.nationalBody, startingAt: token.start) != nil { return true }
                guard let nation = tokens.longest(.nation, startingAt: token.start) else { continue }
                let isOpening =
                    token.start == 0
                    || tokens[tokens.index(at: token.start - 1)].hasAny([
                        .mark, .calendarWord, .blank, .timeWord, .numeral,
                    ])
                if isOpening, tokens.longest(.orderBehind, startingAt: nation.upperBound) == nil { return true }
            }
            rest -= tokens.s.count
        }
        return false
    }

    /// Whether the text speaks of a town or village as its own (全镇, 我村).
    private func speaksOfTown(_ body: [Tokens]) -> Bool {
        body.contains { tokens in
            tokens.all.contains { token in
                token.has(.belowCounty) && Self.towns.contains(tokens.s[token.end - 1])
            }
        }
    }

    /// 镇, 乡, 村.
    private static let towns: Set<UInt32> = [0x9547, 0x4E61, 0x6751]

    /// Whether the text has measures of the country alone (国内生产总值).
    private func speaksOfNation(_ body: [Tokens]) -> Bool {
        body.contains { tokens in tokens.all.contains { $0.has(.nationalMeasure) } }
    }
}

extension Passage {
    /// Its last scalars.
    func suffix(_ count: Int) -> Passage {
        scalars.count <= count
            ? self : Passage(scalars: Array(scalars.suffix(count)), origin: Array(origin.suffix(count)))
    }
}
