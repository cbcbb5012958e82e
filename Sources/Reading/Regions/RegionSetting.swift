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
        let isFinal = heads.contains { tokens in
            tokens.all.contains { $0.has(.finalWord) } && !tokens.all.contains { $0.has(.budgetSection) }
        }
        if isFinal { return .final }
        let notes = lexicon[.flashNote]
        return passages.contains { notes.first($0.scalars, in: $0.scalars.indices) != nil } ? .flash : nil
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
