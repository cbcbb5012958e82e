import BulletinModel

/// A row of `bulletins`, as auditors compare it with its record.
public struct BulletinRow: Sendable, Equatable {
    /// The row's key.
    public let id: BulletinID
    /// SHA-256 of the bytes as they stand in the row; the same as ``id`` unless someone changed them.
    public let digest: BulletinID
    /// Where the bytes came from.
    public let source: String
    /// Columns that do not follow from the bytes.
    public let strayColumns: [String]
}

/// A row of `articles`, as auditors compare it with its record.
public struct ArticleRow: Sendable, Equatable {
    /// The row's key.
    public let id: ArticleID
    /// The bulletin that the row names.
    public let bulletin: BulletinID
    /// The record's value as it stands in the row.
    public let message: [UInt8]
    /// Columns that do not say what ``message`` says.
    public let strayColumns: [String]
}

/// A row of `readings` with the indicators that stand beside it.
public struct ReadingRow: Sendable, Equatable {
    /// The article.
    public let article: ArticleID
    /// The closing record as the row tells it; nil where indicators stand without one.
    public let closing: Closing?
    /// How many indicators there are.
    public let count: Int
    /// ``Closing/digest`` of the indicators that there are.
    public let digest: String
    /// Columns that do not follow from the others, or hold no value of theirs.
    public let strayColumns: [String]
}

extension BulletinStore {
    /// Calls `body` for each bulletin, one in memory at a time.
    public func forEachBulletinRow(_ body: (BulletinRow) throws -> Void) throws {
        try read { session in
            try session.forEachRow("SELECT id, source, size, bytes FROM bulletins", []) { row in
                let bytes: [UInt8] = try row.value(3)
                try body(
                    BulletinRow(
                        id: BulletinID(rawValue: try row.value(0)), digest: BulletinID(bytes: bytes),
                        source: try row.value(1), strayColumns: try row.value(2) == bytes.count ? [] : ["size"]))
            }
        }
    }

    /// Calls `body` for each article, one in memory at a time.
    public func forEachArticleRow(_ body: (ArticleRow) throws -> Void) throws {
        let names = [
            "id", "bulletin", "headline", "subheadline", "section", "column", "byline", "form", "title", "published",
            "publisher",
        ]
        let sql =
            "SELECT \(names.map { "\"\($0)\"" }.joined(separator: ", ")), ordinal, start, \"end\", message FROM articles"
        try read { session in
            try session.forEachRow(sql, []) { row in
                let message: [UInt8] = try row.value(names.count + 3)
                var stray: [String] = []
                if let article = try? Article(message: message) {
                    let setting = article.setting
                    let expected: [String?] = [
                        article.id.rawValue, article.bulletin.rawValue, article.headline, article.subheadline,
                        article.section, article.column, article.byline, article.form.rawValue, setting.title,
                        setting.published, setting.publisher,
                    ]
                    stray = names.indices.filter { row.values[$0] != expected[$0].sqlValue }.map { names[$0] }
                    let numbers = [("ordinal", article.ordinal), ("start", article.start), ("end", article.end)]
                    for (place, (name, number)) in numbers.enumerated()
                    where row.values[names.count + place] != number.sqlValue {
                        stray.append(name)
                    }
                } else {
                    stray = ["message"]
                }
                try body(
                    ArticleRow(
                        id: ArticleID(rawValue: try row.value(0)), bulletin: BulletinID(rawValue: try row.value(1)),
                        message: message, strayColumns: stray))
            }
        }
    }

    /// Calls `body` for each reading with its indicators, and for indicators without one; one
    /// article is in memory at a time.
    public func forEachReadingRow(_ body: (ReadingRow) throws -> Void) throws {
        let columns = IndicatorRow.columns.map { "i.\($0)" }.joined(separator: ", ")
        let count = IndicatorRow.columns.count
        try read { session in
            var open: (article: ArticleID, closing: Closing?)?
            var messages: [[UInt8]] = []
            var stray: Set<String> = []
            func close() throws {
                if let open {
                    try body(
                        ReadingRow(
                            article: open.article, closing: open.closing, count: messages.count,
                            digest: Closing.digest(of: messages), strayColumns: stray.sorted()))
                }
                open = nil
                messages = []
                stray = []
            }
            func add(_ row: SQLRow) {
                do {
                    let indicator = try IndicatorRow.indicator(row)
                    let message = indicator.message()
                    // An identifier that does not follow from the rest, and the like.
                    if row.values[2] != indicator.id.rawValue.sqlValue { stray.insert("id") }
                    if row.values[1] != messages.count.sqlValue { stray.insert("place") }
                    if row.values[count] != Double(indicator.value).sqlValue { stray.insert("number") }
                    messages.append(message)
                } catch {
                    stray.insert("indicators")
                }
            }
            let joined = """
                SELECT \(columns), i.number, r.article, r.bulletin, r.engine, r.lexicon, r.count, r.digest
                FROM readings r LEFT JOIN indicators i ON i.article = r.article ORDER BY r.article, i.place
                """
            try session.forEachRow(joined, []) { row in
                let article = ArticleID(rawValue: try row.value(count + 1))
                if open?.article != article {
                    try close()
                    open = (
                        article,
                        Closing(
                            article: article, bulletin: BulletinID(rawValue: try row.value(count + 2)),
                            count: try row.value(count + 5), digest: try row.value(count + 6),
                            engine: EngineVersion(
                                number: try row.value(count + 3), lexicon: try row.value(count + 4)))
                    )
                }
                if row.values[0] != .null { add(row) }
            }
            try close()
            let orphans = """
                SELECT \(columns), i.number FROM indicators i
                WHERE NOT EXISTS (SELECT 1 FROM readings r WHERE r.article = i.article) ORDER BY i.article, i.place
                """
            try session.forEachRow(orphans, []) { row in
                let article = ArticleID(rawValue: try row.value(0))
                if open?.article != article {
                    try close()
                    open = (article, nil)
                }
                add(row)
            }
            try close()
        }
    }

    /// The indicators that stand in the database for an article, in order; rows that hold no
    /// value of theirs are left out.
    public func indicators(of article: ArticleID) throws -> [Indicator] {
        let columns = IndicatorRow.columns.joined(separator: ", ")
        return try read {
            try $0.rows(
                "SELECT \(columns) FROM indicators WHERE article = ? ORDER BY place", [article.rawValue]
            ).compactMap { try? IndicatorRow.indicator($0) }
        }
    }
}
