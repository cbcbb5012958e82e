import BulletinModel

/// What is known of place and accounts of a whole article before it is read.
struct RegionSetting {
    /// The year of publication, or of the title; nil where neither tells.
    let year: Int?
    /// The division that the article is about; nil where nothing tells.
    let own: Region?
    /// It and those that it lies in, nearest first.
    let chain: [Region]
    /// Budgets, accounts and debts of governments.
    let isAccount: Bool
    /// Of which round what was done is in the whole article.
    let vintage: Indicator.Vintage?
    /// How much of its division an article speaks of where no sentence tells: a part where its title names a zone, all where
    /// it speaks of 全市; nil where nothing tells.
    let scope: Indicator.Scope?

    /// Whether the article is about the country, or about no place that is known.
    var isNational: Bool { own == nil || own?.level == .country }

    /// How much of the beginning tells whether a text is an account, in passages and scalars.
    private static let opening = (passages: 4, scalars: 90)

    init(_ article: Article, blocks: [Block], lexicon: Lexicon) {
        let passages = blocks.compactMap(Self.passage)
        let lines = [article.setting.title, article.headline, article.subheadline].compactMap { $0 }.map {
            Tokens(Passage($0), lexicon)
        }
        let published = article.setting.day.flatMap { Int($0.prefix(4)) }
        let year = published ?? article.setting.year ?? lines.lazy.compactMap(Self.year).first
        self.year = year
        own = OwnRegion.find(article, passages: passages, lexicon, year: year)
        chain = own.map { lexicon.regions.chain($0, year: year) } ?? []
        let heads =
            lines
            + passages.prefix(Self.opening.passages).map {
                Tokens($0.prefix(Self.opening.scalars), lexicon)
            } + blocks.prefix(Self.opening.passages).compactMap(Self.caption).map { Tokens($0, lexicon) }
        isAccount = heads.contains { tokens in tokens.all.contains { $0.has(.accountTitle) } }
        vintage = Self.vintage(heads, passages, lexicon)
        let context = chain
        if lines.contains(where: { Self.namesZone($0, context, year: year) }) {
            scope = .part
        } else if lines.contains(where: Self.isOfOneBody) {
            // 海州市中医院2023年单位决算, 海州大学简介
            scope = nil
        } else if own != nil || isAccount {
            scope = .whole
        } else {
            let words = lexicon[.wholeDivision]
            scope = passages.contains { words.first($0.scalars, in: $0.scalars.indices) != nil } ? .whole : nil
        }
    }

    /// 海州经济技术开发区2023年工作总结, 上半年经开区…: whether the first place that a title names is a zone.
    private static func namesZone(_ title: Tokens, _ context: [Region], year: Int?) -> Bool {
        let finder = PlaceFinder(tokens: title, context: context, year: year, isAccount: false)
        let zones = title.lexicon[.zone]
        guard let cue = (0..<title.count).lazy.compactMap({ finder.cue(at: $0) }).first else { return false }
        let end = cue.range.upperBound
        if cue.kind == .part { return zones.ends(title.s, before: end) > 0 }
        // 海州市东港开发区: the zone's city stands in front of it.
        return cue.kind == .division && zones.first(title.s, in: end..<min(title.s.count, end + 12)) != nil
    }

    /// Whether a title is of final accounts, and of no plan beside them; 决算（草案） is no plan.
    private static func isFinal(_ tokens: Tokens) -> Bool {
        guard tokens.all.contains(where: { $0.has(.finalWord) }) else { return false }
        return !tokens.all.indices.contains { i in
            tokens[i].has(.budgetSection) && tokens.longest(.finalWord, endingAt: tokens[i].start) == nil
        }
    }

    /// Whether a title is that of an account or a profile of one body: a hospital, a school, a firm.
    private static func isOfOneBody(_ title: Tokens) -> Bool {
        if title.all.contains(where: { $0.has(.unitAccount) }) { return true }
        return title.all.contains { $0.has(.profileWord) }
            && title.all.contains { $0.hasAny([.bodyBehind, .facility]) }
    }

    private static func passage(_ block: Block) -> Passage? {
        switch block {
        case .heading(let passage, _), .paragraph(let passage), .item(let passage), .caption(let passage): passage
        case .table: nil
        }
    }

    private static func caption(_ block: Block) -> Passage? {
        if case .table(let grid) = block { grid.captions.first } else { nil }
    }

    /// The year that a title names: 2024年.
    private static func year(_ tokens: Tokens) -> Int? {
        let s = tokens.s
        guard s.count > 4 else { return nil }
        for i in 0..<s.count - 4 where s[i + 4] == 0x5E74 {
            guard s[i..<i + 4].allSatisfy(Glyph.isDigit), i == 0 || !Glyph.isDigit(s[i - 1]) else { continue }
            let year = s[i..<i + 4].reduce(0) { $0 * 10 + Int($1 - 0x30) }
            if (1900...2100).contains(year) { return year }
        }
        return nil
    }

    /// 决算 in the title; 快报数 anywhere in the text, where it says of all its figures that they are.
    private static func vintage(_ heads: [Tokens], _ passages: [Passage], _ lexicon: Lexicon) -> Indicator.Vintage? {
        if heads.contains(where: isFinal) { return .final }
        func has(_ note: Feature) -> Bool {
            passages.contains { lexicon[note].first($0.scalars, in: $0.scalars.indices) != nil }
        }
        return has(.flashNote) ? .flash : has(.preliminaryNote) ? .preliminary : nil
    }
}

extension Passage {
    /// A line of the setting.
    init(_ line: String) {
        let scalars = Scalars.of(line)
        self.init(scalars: scalars, origin: Array(scalars.indices))
    }

    /// Its first scalars.
    func prefix(_ count: Int) -> Passage {
        scalars.count <= count
            ? self : Passage(scalars: Array(scalars.prefix(count)), origin: Array(origin.prefix(count)))
    }
}
