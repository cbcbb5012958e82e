import BulletinModel
import TopicLog

/// Which indicators a panel is made of. Lists that are empty hold for none, but for regions.
public struct PanelSelection: Sendable, Equatable {
    /// Canonical codes of measures.
    public var codes: [String] = []
    /// Names of measures that have no code, as printed.
    public var names: [String] = []
    /// The period ends on this day (`YYYY-MM-DD`) or later.
    public var from: String
    /// The period ends on this day or earlier.
    public var to: String
    /// What the codes of the regions begin with; empty is all.
    public var regions: [String] = []
    /// The codes of the regions, exactly; empty is all.
    public var divisions: [String] = []

    /// Nothing yet, between two days.
    public init(from: String, to: String) {
        self.from = from
        self.to = to
    }
}

/// An indicator as a panel weighs it against others.
public struct PanelStatement: Sendable, Equatable {
    /// The indicator.
    public var id: IndicatorID
    /// Its measure: the canonical code, or else the name.
    public var measure: String
    /// The name as printed.
    public var name: String
    /// The value as in ``Indicator/value``.
    public var value: String
    /// The upper end of a range.
    public var valueTo: String?
    /// The unit as in ``Indicator/unit``.
    public var unit: String
    /// Level, change, share or rank.
    public var kind: Indicator.Kind
    /// What a change is against.
    public var base: Indicator.Base?
    /// How the printed number bounds the true one.
    public var bound: Indicator.Bound
    /// Result or aim.
    public var status: Indicator.Status
    /// How much of its region.
    public var scope: Indicator.Scope?
    /// Which round of the accounts.
    public var vintage: Indicator.Vintage?
    /// The days it covers.
    public var period: Indicator.Period
    /// The name of the region.
    public var region: String
    /// The six digits of the region; empty where no table has it.
    public var regionCode: String
    /// How sure the reading is.
    public var confidence: Double
    /// The numeral with its unit as printed.
    public var quote: String
    /// Where it stands in the decoded text.
    public var span: Range<Int>
    /// The article that states it.
    public var article: ArticleID

    /// Puts a statement together.
    public init(
        id: IndicatorID, measure: String, name: String, value: String, valueTo: String? = nil, unit: String,
        kind: Indicator.Kind = .level, base: Indicator.Base? = nil, bound: Indicator.Bound = .exact,
        status: Indicator.Status = .actual, scope: Indicator.Scope? = nil, vintage: Indicator.Vintage? = nil,
        period: Indicator.Period, region: String, regionCode: String, confidence: Double = 1, quote: String,
        span: Range<Int> = 0..<1, article: ArticleID
    ) {
        self.id = id
        self.measure = measure
        self.name = name
        self.value = value
        self.valueTo = valueTo
        self.unit = unit
        self.kind = kind
        self.base = base
        self.bound = bound
        self.status = status
        self.scope = scope
        self.vintage = vintage
        self.period = period
        self.region = region
        self.regionCode = regionCode
        self.confidence = confidence
        self.quote = quote
        self.span = span
        self.article = article
    }
}

/// What the database knows of an article that statements stand in.
public struct PanelSource: Sendable, Equatable {
    /// The article.
    public var article: ArticleID
    /// Its bulletin.
    public var bulletin: BulletinID
    /// Place among the bulletin's articles, from 1.
    public var ordinal: Int
    /// Where the bulletin came from.
    public var source: String
    /// The bulletin's own title.
    public var title: String?
    /// The article's headline.
    public var headline: String?
    /// The publisher as printed.
    public var publisher: String?
    /// The day of publication, `YYYY-MM-DD`.
    public var published: String?
    /// The address that the bulletin was taken from.
    public var url: String?

    /// Puts a source together.
    public init(
        article: ArticleID, bulletin: BulletinID, ordinal: Int = 1, source: String, title: String? = nil,
        headline: String? = nil, publisher: String? = nil, published: String? = nil, url: String? = nil
    ) {
        self.url = url
        self.article = article
        self.bulletin = bulletin
        self.ordinal = ordinal
        self.source = source
        self.title = title
        self.headline = headline
        self.publisher = publisher
        self.published = published
    }
}

extension BulletinStore {
    /// Calls `body` for each indicator that the selection names and that has a region and a period, in no
    /// order that means anything but always the same. One is in memory at a time.
    public func forEachPanelStatement(_ selection: PanelSelection, _ body: (PanelStatement) throws -> Void) throws {
        try read { session in
            for code in selection.codes {
                try Self.statements(session, "i.code = ?", code, selection, body)
            }
            for name in selection.names {
                try Self.statements(session, "i.code IS NULL AND i.name = ?", name, selection, body)
            }
        }
    }

    private static func statements(
        _ session: any SQLSession, _ condition: String, _ measure: String, _ selection: PanelSelection,
        _ body: (PanelStatement) throws -> Void
    ) throws {
        var arguments: [any SQLConvertible] = [measure, selection.from, selection.to]
        // Few divisions are found at once by the index of regions; days would lead to that of measures, and to all regions.
        let end = selection.divisions.isEmpty ? "i.period_end" : "substr(i.period_end, 1, 10)"
        var sql = """
            SELECT i.id, i.name, i.value, i.value_to, i.unit, i.kind, i.base, i.bound, i.status, i.scope, i.vintage,
                i.period_start, i.period_end, i.region, i.region_code, i.confidence, i.quote, i.start, i."end", i.article
            FROM indicators i JOIN readings r ON r.article = i.article
            WHERE \(condition) AND \(end) >= ? AND \(end) <= ? AND i.region IS NOT NULL
            """
        if !selection.regions.isEmpty {
            let one = "substr(i.region_code, 1, ?) = ?"
            sql += " AND (" + Array(repeating: one, count: selection.regions.count).joined(separator: " OR ") + ")"
            for prefix in selection.regions { arguments += [prefix.utf8.count, prefix] as [any SQLConvertible] }
        }
        if !selection.divisions.isEmpty {
            sql += " AND i.region_code IN (" + selection.divisions.map { _ in "?" }.joined(separator: ", ") + ")"
            arguments += selection.divisions
        }
        sql += " ORDER BY i.article, i.place"
        try session.forEachRow(sql, arguments) { row in
            try body(try statement(row, measure))
        }
    }

    private static func statement(_ row: SQLRow, _ measure: String) throws -> PanelStatement {
        func word<Word: RawRepresentable>(_ column: Int) throws -> Word? where Word.RawValue == String {
            guard let text: String = try row.value(column, as: String?.self) else { return nil }
            guard let word = Word(rawValue: text) else {
                throw Failure(.fatal, code: "damaged", "The database has \"\(text.prefix(64))\" for a \(Word.self).")
            }
            return word
        }
        return PanelStatement(
            id: IndicatorID(rawValue: try row.value(0)), measure: measure, name: try row.value(1),
            value: try row.value(2), valueTo: try row.value(3), unit: try row.value(4), kind: try word(5) ?? .level,
            base: try word(6), bound: try word(7) ?? .exact, status: try word(8) ?? .actual, scope: try word(9),
            vintage: try word(10), period: Indicator.Period(start: try row.value(11), end: try row.value(12)),
            region: try row.value(13), regionCode: try row.value(14, as: String?.self) ?? "",
            confidence: try row.value(15),
            quote: try row.value(16), span: try row.value(17)..<max(try row.value(17), try row.value(18)),
            article: ArticleID(rawValue: try row.value(19)))
    }

    /// What is known of these articles, by article. One that is not in the database (yet) is left out.
    public func panelSources(_ articles: some Collection<ArticleID>) throws -> [ArticleID: PanelSource] {
        var sources: [ArticleID: PanelSource] = [:]
        guard !articles.isEmpty else { return sources }
        sources.reserveCapacity(articles.count)
        try read { session in
            let sql = """
                SELECT a.id, a.bulletin, a.ordinal, coalesce(b.source, ''), a.title, a.headline, a.publisher, a.published,
                    a.url
                FROM articles a LEFT JOIN bulletins b ON b.id = a.bulletin WHERE a.id IN
                """
            for row in try session.rows(sql + " ", in: articles.map { [$0.rawValue] }) {
                let id = ArticleID(rawValue: try row.value(0))
                sources[id] = PanelSource(
                    article: id, bulletin: BulletinID(rawValue: try row.value(1)), ordinal: try row.value(2),
                    source: try row.value(3), title: try row.value(4), headline: try row.value(5),
                    publisher: try row.value(6), published: try row.value(7), url: try row.value(8))
            }
        }
        return sources
    }

    /// Calls `body` for each region and year that some indicator of the database is of, with the article; each once.
    public func forEachCoverage(
        from: Int, to: Int, regions: [String], _ body: (_ region: String, _ year: Int, ArticleID) throws -> Void
    ) throws {
        var arguments: [any SQLConvertible] = ["\(from)-01-01", "\(to)-12-31"]
        var sql = """
            SELECT DISTINCT i.region_code, substr(i.period_end, 1, 4), i.article FROM indicators i
            WHERE i.region_code IS NOT NULL AND i.period_end >= ? AND i.period_end <= ?
            """
        if !regions.isEmpty {
            let one = "substr(i.region_code, 1, ?) = ?"
            sql += " AND (" + Array(repeating: one, count: regions.count).joined(separator: " OR ") + ")"
            for prefix in regions { arguments += [prefix.utf8.count, prefix] as [any SQLConvertible] }
        }
        try read { session in
            try session.forEachRow(sql, arguments) { row in
                guard let year = Int(try row.value(1, as: String.self)) else { return }
                try body(try row.value(0), year, ArticleID(rawValue: try row.value(2)))
            }
        }
    }
}
