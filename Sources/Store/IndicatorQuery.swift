import BulletinModel

/// Which indicators to show, and in which order. Conditions that are nil hold for all.
public struct IndicatorQuery: Sendable, Equatable {
    /// What to order by; ties are in the order of bulletins and reading.
    public enum Order: String, Sendable, CaseIterable {
        /// Bulletin by bulletin, in reading order.
        case reading
        /// By the last day of the period; those without a period last.
        case period
        /// By value as a number.
        case value
        /// By name.
        case name
        /// By canonical code; those without one last.
        case code
        /// Figures of the same thing together, the earlier stated first; see ``IndicatorSeries``.
        case series
    }

    /// Canonical code, exactly.
    public var code: String?
    /// Canonical codes, of which it has one; empty is any.
    public var codes: [String] = []
    /// A part of the name.
    public var name: String?
    /// A part of the region's name, or the digits that its code begins with (`41`, `4103`).
    public var region: String?
    /// Codes of divisions that `region` means by another name.
    public var regionCodes: [String] = []
    /// Codes of divisions, of which it has exactly one; empty is any.
    public var divisions: [String] = []
    /// The value as a number.
    public var number: Double?
    /// The period ends on this day (`YYYY-MM-DD`) or later.
    public var from: String?
    /// The period begins on this day or earlier.
    public var to: String?
    /// Level, change, share or rank.
    public var kind: Indicator.Kind?
    /// Result or aim.
    public var status: Indicator.Status?
    /// How much of its region.
    public var scope: Indicator.Scope?
    /// Which round of the accounts.
    public var vintage: Indicator.Vintage?
    /// What the bulletin's identifier begins with, or its source.
    public var bulletin: String?
    /// Words that the article's headline or visible text contains; blanks do not count.
    public var text: String?
    /// What to order by.
    public var order = Order.reading
    /// Whether to begin with the last.
    public var descending = false
    /// How many to show at most; nil is all.
    public var limit: Int?

    /// All indicators.
    public init() {}

    /// The condition and its arguments, over the tables as ``BulletinStore`` joins them.
    func condition(_ dialect: SQLDialect) -> (sql: String, arguments: [any SQLConvertible]) {
        var parts: [String] = []
        var arguments: [any SQLConvertible] = []
        func add(_ sql: String, _ values: any SQLConvertible...) {
            parts.append("(" + sql + ")")
            arguments += values
        }
        if let code { add("i.code = ?", code) }
        if !codes.isEmpty {
            add("i.code IN (" + codes.map { _ in "?" }.joined(separator: ", ") + ")")
            arguments += codes
        }
        // The index of names is far smaller than the rows.
        if let name {
            add("i.name IN (SELECT n.name FROM indicators n WHERE \(dialect.contains("n.name")))", name)
        }
        if !divisions.isEmpty {
            add("i.region_code IN (" + divisions.map { _ in "?" }.joined(separator: ", ") + ")")
            arguments += divisions
        }
        if let number { add("i.number = ?", number) }
        if let region {
            if !region.isEmpty && region.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
                // As two ends, so that an index can be used; ':' is what follows '9'.
                add("i.region_code >= ? AND i.region_code < ?", region, region + ":")
            } else if regionCodes.isEmpty {
                add(dialect.contains("i.region"), region)
            } else {
                let marks = regionCodes.map { _ in "?" }.joined(separator: ", ")
                parts.append("(\(dialect.contains("i.region")) OR i.region_code IN (\(marks)))")
                arguments.append(region)
                arguments += regionCodes
            }
        }
        if let from { add("i.period_end >= ?", from) }
        if let to { add("i.period_start <= ?", to) }
        if let kind { add("i.kind = ?", kind.rawValue) }
        if let status { add("i.status = ?", status.rawValue) }
        if let scope { add("i.scope = ?", scope.rawValue) }
        if let vintage { add("i.vintage = ?", vintage.rawValue) }
        if let bulletin {
            if bulletin.utf8.count == 64 {
                add("i.bulletin = ?", bulletin)
            } else {
                add("substr(i.bulletin, 1, ?) = ? OR b.source = ?", bulletin.count, bulletin, bulletin)
            }
        }
        if let text, !streams(dialect) {
            let search = SearchIndex.condition(text, dialect)
            parts.append("(" + search.sql + ")")
            arguments += search.arguments
        }
        return (parts.isEmpty ? "1 = 1" : parts.joined(separator: " AND "), arguments)
    }

    /// Whether rows come as the index of words finds their articles, in the order in which these came: the first few can
    /// be had at once, however many there are.
    func streams(_ dialect: SQLDialect) -> Bool {
        dialect == .sqlite && order == .reading && !descending && limit != nil
            && text.map { !SearchWords.folded($0).isEmpty } == true
    }

    /// What to order by; the databases put NULL at different ends if not told where.
    var ordering: String {
        let way = descending ? " DESC NULLS LAST" : " ASC NULLS FIRST"
        let reading = "b.source\(way), i.bulletin\(way), i.article_ordinal\(way), i.place\(way)"
        return switch order {
        case .reading: reading
        case .period: "i.period_end IS NULL, i.period_end\(way), i.period_start\(way), \(reading)"
        case .value: "i.number IS NULL, i.number\(way), \(reading)"
        case .name: "i.name\(way), \(reading)"
        case .code: "i.code IS NULL, i.code\(way), \(reading)"
        case .series:
            "coalesce(i.code, i.name)\(way), coalesce(i.region_code, i.region, a.publisher)\(way), i.period_end\(way), "
                + "i.period_start\(way), i.kind\(way), i.base\(way), i.status\(way), i.unit\(way), i.scope\(way), "
                + "a.published IS NULL, a.published, i.bulletin, i.article_ordinal, i.place"
        }
    }
}

/// An indicator with what the database knows around it.
public struct StoredIndicator: Sendable, Equatable {
    /// The indicator.
    public let indicator: Indicator
    /// The bulletin's source; nil when the bulletin is not in the database (yet).
    public let source: String?
    /// The article's headline.
    public let headline: String?
    /// What read it.
    public let engine: EngineVersion
    /// The day of publication, `YYYY-MM-DD`; nil where the bulletin does not tell.
    public var published: String?
    /// The publisher as printed; nil where the bulletin does not tell.
    public var publisher: String?
    /// When the bulletin was received, RFC 3339 (incidental).
    public var received: String?
    /// The bulletin's own title; nil where none is printed.
    public var title: String?
    /// The address that the bulletin was taken from; nil where nobody gave one.
    public var url: String?
}

extension StoredIndicator {
    /// What a row has behind the columns of the indicator.
    static let around =
        "b.source, a.headline, r.engine, r.lexicon, a.published, a.publisher, b.received, a.title, a.url"

    /// Reads a row of an indicator's columns and ``around``.
    init(_ row: SQLRow) throws {
        let first = IndicatorRow.columns.count
        self.init(
            indicator: try IndicatorRow.indicator(row), source: try row.value(first),
            headline: try row.value(first + 1),
            engine: EngineVersion(number: try row.value(first + 2), lexicon: try row.value(first + 3)),
            published: try row.value(first + 4), publisher: try row.value(first + 5),
            received: try row.value(first + 6), title: try row.value(first + 7), url: try row.value(first + 8))
    }
}

extension BulletinStore {
    /// Calls `body` for each indicator that the query names, in order, without holding more
    /// than one in memory. All of it is one state of the database.
    public func forEachIndicator(_ query: IndicatorQuery, _ body: (StoredIndicator) throws -> Void) throws {
        let columns = IndicatorRow.columns.map { "i.\($0)" }.joined(separator: ", ")
        let limit = query.limit.map { " LIMIT \(max(0, $0))" } ?? ""
        try read { session in
            let condition = query.condition(session.dialect)
            var from = "indicators i"
            var ending = "WHERE \(condition.sql) ORDER BY \(query.ordering)"
            var arguments = condition.arguments
            if query.streams(session.dialect), let text = query.text {
                // The order of the loops is that of the answer.
                from =
                    "article_search CROSS JOIN searched s ON s.number = article_search.rowid "
                    + "CROSS JOIN indicators i ON i.article = s.article"
                ending = "WHERE article_search MATCH ? AND \(condition.sql)"
                arguments = [SearchIndex.match(SearchWords.folded(text))] + arguments
            }
            let sql = """
                SELECT \(columns), \(StoredIndicator.around)
                FROM \(from) JOIN readings r ON r.article = i.article
                LEFT JOIN bulletins b ON b.id = i.bulletin LEFT JOIN articles a ON a.id = i.article
                \(ending)\(limit)
                """
            try session.forEachRow(sql, arguments) { try body(try StoredIndicator($0)) }
        }
    }

    /// The indicators that the query names, in order.
    public func indicators(_ query: IndicatorQuery = IndicatorQuery()) throws -> [StoredIndicator] {
        var list: [StoredIndicator] = []
        try forEachIndicator(query) { list.append($0) }
        return list
    }

    /// How many indicators have each code.
    public func codeCounts() throws -> [String: Int] {
        let sql = "SELECT code, count(*) FROM indicators WHERE code IS NOT NULL GROUP BY code"
        return try read { session in
            try session.rows(sql).reduce(into: [:]) { try $0[$1.value(0, as: String.self)] = $1.value(1, as: Int.self) }
        }
    }

    /// Whether any indicator has a code.
    public func hasIndicators(code: String) throws -> Bool {
        try read { try $0.first("SELECT 1 FROM indicators WHERE code = ? LIMIT 1", [code], as: Int.self) != nil }
    }

    /// Whether any indicator is of a region with a text in its name, or with a code that begins so.
    public func hasIndicators(region: String) throws -> Bool {
        var query = IndicatorQuery()
        query.region = region
        return try read { session in
            let condition = query.condition(session.dialect)
            let sql = "SELECT 1 FROM indicators i WHERE \(condition.sql) LIMIT 1"
            return try session.first(sql, condition.arguments, as: Int.self) != nil
        }
    }

    /// How many indicators the query names, its limit aside.
    public func count(_ query: IndicatorQuery) throws -> Int {
        var query = query
        query.limit = nil
        return try read { session in
            let condition = query.condition(session.dialect)
            let sql = """
                SELECT count(*) FROM indicators i LEFT JOIN bulletins b ON b.id = i.bulletin
                LEFT JOIN articles a ON a.id = i.article WHERE \(condition.sql)
                """
            return try session.first(sql, condition.arguments) ?? 0
        }
    }
}
