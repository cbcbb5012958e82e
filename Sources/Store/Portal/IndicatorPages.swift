import BulletinModel

/// Where a page of indicators ended: the article and the place in it.
public struct IndicatorCursor: Sendable, Equatable {
    /// The article.
    public let article: ArticleID
    /// The place among the article's indicators.
    public let place: Int

    /// After this indicator of this article.
    public init(article: ArticleID, place: Int) {
        self.article = article
        self.place = place
    }
}

extension BulletinStore {
    /// Some of the indicators that the query names, in the order of articles and places, its own order and limit
    /// aside, and where the next ones begin; nil at the end.
    ///
    /// What comes in meanwhile stands at its place in that order: nothing is given twice, and nothing that was there
    /// is left out.
    public func page(
        _ query: IndicatorQuery, after: IndicatorCursor? = nil, limit: Int
    ) throws -> (rows: [StoredIndicator], next: IndicatorCursor?) {
        var query = query
        query.limit = nil
        let columns = IndicatorRow.columns.map { "i.\($0)" }.joined(separator: ", ")
        return try read { session in
            let condition = query.condition(session.dialect)
            var arguments = condition.arguments
            var more = ""
            if let after {
                more = " AND (i.article, i.place) > (?, ?)"
                arguments += [after.article.rawValue, after.place] as [any SQLConvertible]
            }
            let needsSource = condition.sql.contains("b.source")
            let join = needsSource ? " LEFT JOIN bulletins b ON b.id = i.bulletin" : ""
            let sql = """
                SELECT \(columns), \(StoredIndicator.around) FROM (
                    SELECT i.article AS article, i.place AS place FROM indicators i\(join)
                    WHERE \(condition.sql)\(more) ORDER BY i.article, i.place LIMIT \(limit + 1)) k
                JOIN indicators i ON i.article = k.article AND i.place = k.place JOIN readings r ON r.article = i.article
                LEFT JOIN bulletins b ON b.id = i.bulletin LEFT JOIN articles a ON a.id = i.article
                ORDER BY i.article, i.place
                """
            let rows = try session.rows(sql, arguments)
            let shown = try rows.prefix(limit).map { try StoredIndicator($0) }
            guard rows.count > limit, let last = rows.prefix(limit).last else { return (shown, nil) }
            return (shown, IndicatorCursor(article: ArticleID(rawValue: try last.value(0)), place: try last.value(1)))
        }
    }

    /// Indicators that the query names, as the index finds them: for questions that name so little that all is wanted.
    /// Those whose period ends last come first.
    public func newest(_ query: IndicatorQuery, limit: Int) throws -> [StoredIndicator] {
        var query = query
        query.limit = nil
        let columns = IndicatorRow.columns.map { "i.\($0)" }.joined(separator: ", ")
        return try read { session in
            let condition = query.condition(session.dialect)
            // Of a few divisions SQLite would look through all of a measure in order, to spare itself the sorting.
            let end = session.dialect == .sqlite && !query.divisions.isEmpty ? "+i.period_end" : "i.period_end"
            let sql = """
                SELECT \(columns), \(StoredIndicator.around) FROM (
                    SELECT i.article AS article, i.place AS place FROM indicators i
                    WHERE \(condition.sql) ORDER BY \(end) DESC NULLS LAST LIMIT \(max(0, limit))) k
                JOIN indicators i ON i.article = k.article AND i.place = k.place JOIN readings r ON r.article = i.article
                LEFT JOIN bulletins b ON b.id = i.bulletin LEFT JOIN articles a ON a.id = i.article
                ORDER BY i.period_end DESC NULLS LAST, a.published DESC NULLS LAST, i.article, i.place
                """
            return try session.rows(sql, condition.arguments).map { try StoredIndicator($0) }
        }
    }

    /// The divisions of a measure's newest indicators, each once, those whose period ends last first.
    ///
    /// - Parameter most: how many indicators are looked at.
    public func newestRegions(code: String, among most: Int) throws -> [(code: String, name: String)] {
        let sql = """
            SELECT region_code, region FROM indicators WHERE code = ? AND region_code IS NOT NULL
            ORDER BY period_end DESC NULLS LAST LIMIT \(max(0, most))
            """
        var seen: Set<String> = []
        return try read { session in
            try session.rows(sql, [code]).compactMap { row in
                let code: String = try row.value(0)
                return seen.insert(code).inserted ? (code, try row.value(1, as: String?.self) ?? "") : nil
            }
        }
    }

    /// One indicator; nil where there is none of this identifier.
    public func indicator(_ id: IndicatorID) throws -> StoredIndicator? {
        try stored(where: "i.id = ?", [id.rawValue]).first
    }

    /// The indicators of an article, in reading order.
    public func storedIndicators(of article: ArticleID) throws -> [StoredIndicator] {
        try stored(where: "i.article = ?", [article.rawValue])
    }

    private func stored(where condition: String, _ arguments: [any SQLConvertible]) throws -> [StoredIndicator] {
        let columns = IndicatorRow.columns.map { "i.\($0)" }.joined(separator: ", ")
        let sql = """
            SELECT \(columns), \(StoredIndicator.around) FROM indicators i JOIN readings r ON r.article = i.article
            LEFT JOIN bulletins b ON b.id = i.bulletin LEFT JOIN articles a ON a.id = i.article
            WHERE \(condition) ORDER BY i.article, i.place
            """
        return try read { try $0.rows(sql, arguments).map { try StoredIndicator($0) } }
    }

    /// How many indicators of some articles are doubtful: a confidence below `confidence`.
    public func doubtful(in bulletins: [BulletinID], below confidence: Double) throws -> [BulletinID: Int] {
        var counts: [BulletinID: Int] = [:]
        guard !bulletins.isEmpty else { return counts }
        try read { session in
            for id in bulletins {
                let sql = "SELECT count(*) FROM indicators WHERE bulletin = ? AND confidence < ?"
                counts[id] = try session.first(sql, [id.rawValue, confidence]) ?? 0
            }
        }
        return counts
    }

    /// The years in which the periods of a measure's indicators of these divisions end; nil where there are none.
    public func years(code: String, divisions: [String]) throws -> ClosedRange<Int>? {
        guard !divisions.isEmpty else { return nil }
        let marks = divisions.map { _ in "?" }.joined(separator: ", ")
        let sql = "SELECT min(period_end), max(period_end) FROM indicators WHERE region_code IN (\(marks)) AND code = ?"
        return try read { session in
            guard let row = try session.rows(sql, divisions + [code]).first,
                let first: String = try row.value(0, as: String?.self),
                let last: String = try row.value(1, as: String?.self),
                let from = Int(first.prefix(4)), let to = Int(last.prefix(4)), from <= to
            else { return nil }
            return from...to
        }
    }

    /// The years in which anything of a division ends, with how many indicators; the latest first.
    public func years(ofDivisions divisions: [String]) throws -> [(year: Int, count: Int)] {
        guard !divisions.isEmpty else { return [] }
        let marks = divisions.map { _ in "?" }.joined(separator: ", ")
        let sql = """
            SELECT substr(period_end, 1, 4) AS year, count(*) FROM indicators
            WHERE region_code IN (\(marks)) AND period_end IS NOT NULL GROUP BY 1 ORDER BY 1 DESC
            """
        return try read { session in
            try session.rows(sql, divisions).compactMap { row in
                guard let year = Int(try row.value(0, as: String.self)) else { return nil }
                return (year, try row.value(1))
            }
        }
    }
}
