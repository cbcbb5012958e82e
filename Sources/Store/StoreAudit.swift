import BulletinModel

/// A row of `bulletins`, as auditors compare it with its record.
public struct BulletinRow: Sendable, Equatable {
    /// The row's key.
    public let id: BulletinID
    /// SHA-256 of the bytes as they stand in the row; the same as ``id`` unless someone changed them.
    public let digest: BulletinID
    /// Where the bytes came from.
    public let source: String
    /// When they were received, as the record's header tells it.
    public let received: String?
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
            try session.forEachRow("SELECT id, source, size, bytes, received FROM bulletins", []) { row in
                let bytes: [UInt8] = try row.value(3)
                try body(
                    BulletinRow(
                        id: BulletinID(rawValue: try row.value(0)), digest: BulletinID(bytes: bytes),
                        source: try row.value(1), received: try row.value(4),
                        strayColumns: try row.value(2) == bytes.count ? [] : ["size"]))
            }
        }
    }

    /// Calls `body` for each article in the order of their identifiers, one in memory at a time.
    ///
    /// - Parameter isKnown: gets an article's identifier and its row byte for byte, NULL, numbers, text and bytes told
    ///   apart, and says whether it need not be looked into; then there is no call of `body`. The pointer is good for
    ///   that call alone.
    public func forEachArticleRow(
        unless isKnown: (_ article: String, _ row: UnsafeRawBufferPointer) throws -> Bool = { _, _ in false },
        _ body: (ArticleRow) throws -> Void
    ) throws {
        let names = [
            "id", "bulletin", "headline", "subheadline", "section", "column", "byline", "form", "title", "published",
            "publisher", "url",
        ]
        let columns = names.map { "\"\($0)\"" }.joined(separator: ", ")
        try read { session in
            try session.forEachImage(
                "SELECT \(columns), ordinal, start, \"end\", message FROM articles ORDER BY id"
            ) { image in
                if try image.bytes.withUnsafeBytes({ try isKnown(image.keyText, $0) }) { return }
                let row = image.row(0)
                let message: [UInt8] = try row.value(names.count + 3)
                var stray: [String] = []
                if let article = try? Article(message: message) {
                    let setting = article.setting
                    let expected: [String?] = [
                        article.id.rawValue, article.bulletin.rawValue, article.headline, article.subheadline,
                        article.section, article.column, article.byline, article.form.rawValue, setting.title,
                        setting.published, setting.publisher, setting.url,
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

    /// Calls `body` for each reading with its indicators, in the order of their articles, and then for
    /// indicators without one; one article is in memory at a time.
    ///
    /// - Parameter isKnown: gets an article's identifier and all of these rows byte for byte, as with
    ///   ``forEachArticleRow(unless:_:)``, and says whether they need not be looked into.
    public func forEachReadingRow(
        unless isKnown: (_ article: String, _ rows: UnsafeRawBufferPointer) throws -> Bool = { _, _ in false },
        _ body: (ReadingRow) throws -> Void
    ) throws {
        let columns = IndicatorRow.columns.map { "i.\($0)" }.joined(separator: ", ")
        let joined = """
            SELECT r.article, r.bulletin, r.engine, r.lexicon, r.count, r.digest, \(columns), i.number
            FROM readings r LEFT JOIN indicators i ON i.article = r.article ORDER BY r.article, i.place
            """
        let orphans = """
            SELECT \(columns), i.number FROM indicators i
            WHERE NOT EXISTS (SELECT 1 FROM readings r WHERE r.article = i.article) ORDER BY i.article, i.place
            """
        try read { session in
            var rows = RowImage()
            func forEachArticle(_ sql: String, _ article: (RowImage) throws -> Void) throws {
                try session.forEachImage(sql) { image in
                    if rows.count > 0, !rows.hasSameKey(as: image) {
                        try article(rows)
                        rows.removeAll()
                    }
                    rows.append(rowsOf: image)
                }
                if rows.count > 0 { try article(rows) }
                rows.removeAll()
            }
            try forEachArticle(joined) { rows in
                if try rows.bytes.withUnsafeBytes({ try isKnown(rows.keyText, $0) }) { return }
                let first = rows.row(0)
                let article = ArticleID(rawValue: try first.value(0))
                let closing = Closing(
                    article: article, bulletin: BulletinID(rawValue: try first.value(1)), count: try first.value(4),
                    digest: try first.value(5),
                    engine: EngineVersion(number: try first.value(2), lexicon: try first.value(3)))
                try body(Self.reading(article, closing, rows, from: 6))
            }
            try forEachArticle(orphans) { rows in
                try body(Self.reading(ArticleID(rawValue: try rows.row(0).value(0)), nil, rows, from: 0))
            }
        }
    }

    /// What the rows of an article's indicators come to; `from` is where their columns begin.
    private static func reading(
        _ article: ArticleID, _ closing: Closing?, _ rows: RowImage, from: Int
    ) -> ReadingRow {
        var messages: [[UInt8]] = []
        var stray: Set<String> = []
        for number in 0..<rows.count {
            let row = SQLRow(values: Array(rows.row(number).values[from...]))
            // A reading without indicators comes with a row in which all of theirs are NULL.
            if row.values[0] == .null { continue }
            do {
                let indicator = try IndicatorRow.indicator(row)
                let message = indicator.message()
                // An identifier that does not follow from the rest, a base that is none, half a period, and the like.
                let expected = IndicatorRow.arguments(indicator, place: messages.count)
                for (column, name) in (IndicatorRow.columns + ["number"]).enumerated()
                where row.values[column] != expected[column].sqlValue {
                    stray.insert(name.replacing("\"", with: ""))
                }
                messages.append(message)
            } catch {
                stray.insert("indicators")
            }
        }
        return ReadingRow(
            article: article, closing: closing, count: messages.count, digest: Closing.digest(of: messages),
            strayColumns: stray.sorted())
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
