import BulletinModel
import TopicLog

/// How much the database holds.
public struct StoreCounts: Sendable, Equatable {
    /// Bulletins.
    public var bulletins = 0
    /// Articles.
    public var articles = 0
    /// Articles whose indicators are complete.
    public var readings = 0
    /// Indicators of these articles.
    public var indicators = 0
    /// Dead letters.
    public var deadLetters = 0
    /// Indicators that wait for their article's closing record, and are not shown.
    public var pending = 0
    /// Dead letters that wait to be published.
    public var outbox = 0
}

extension BulletinStore {
    /// How much there is, at one moment.
    public func counts() throws -> StoreCounts {
        try read { session in
            func count(_ table: String) throws -> Int { try session.first("SELECT count(*) FROM \(table)") ?? 0 }
            return StoreCounts(
                bulletins: try count("bulletins"), articles: try count("articles"), readings: try count("readings"),
                indicators: try count("indicators"), deadLetters: try count("dead_letters"),
                pending: try count("pending"), outbox: try count("outbox"))
        }
    }

    /// When the bulletin that came last was received, as RFC 3339; nil where there is none.
    public func newestReceipt() throws -> String? {
        try read { try $0.first("SELECT max(received) FROM bulletins") }
    }

    /// How many dead letters there are of each worker and code, the most first.
    public func deadLetterCounts() throws -> [(worker: String, code: String, count: Int)] {
        let sql = """
            SELECT coalesce(worker, ''), coalesce(code, ''), count(*) AS letters FROM dead_letters
            GROUP BY 1, 2 ORDER BY letters DESC, 1, 2
            """
        return try read {
            try $0.rows(sql).map { (worker: try $0.value(0), code: try $0.value(1), count: try $0.value(2)) }
        }
    }

    /// The version of the tables.
    public func schemaVersion() throws -> String {
        try read { try Schema.version($0) }
    }

    /// Identifiers of all bulletins, in order.
    public func bulletinIDs() throws -> [BulletinID] {
        try read { try $0.rows("SELECT id FROM bulletins ORDER BY 1").map { BulletinID(rawValue: try $0.value(0)) } }
    }

    /// Identifiers of a bulletin's articles, in order, and whether each has its indicators.
    public func articleIDs(of bulletin: BulletinID) throws -> [(id: ArticleID, isRead: Bool)] {
        let sql = """
            SELECT a.id, r.article FROM articles a LEFT JOIN readings r ON r.article = a.id
            WHERE a.bulletin = ? ORDER BY a.ordinal
            """
        return try read { session in
            try session.rows(sql, [bulletin.rawValue]).map { row in
                let read: String? = try row.value(1)
                return (ArticleID(rawValue: try row.value(0)), read != nil)
            }
        }
    }

    /// How many dead letters there are of a bulletin's articles, which are records of this topic.
    public func rejectedArticles(of bulletin: BulletinID, topic: String) throws -> Int {
        let sql = """
            SELECT count(DISTINCT origin_partition || '/' || origin_offset) FROM dead_letters
            WHERE worker IN ('enrich', 'sink') AND origin_topic = ? AND key = ?
            """
        return try read { try $0.first(sql, [topic, Array(bulletin.rawValue.utf8)]) ?? 0 }
    }

    /// Whether there is this dead letter.
    public func hasDeadLetter(_ id: DeadLetterID) throws -> Bool {
        try read { try $0.first("SELECT count(*) FROM dead_letters WHERE id = ?", [id.rawValue]) ?? 0 } > 0
    }

    /// When a bulletin was received, as RFC 3339; nil where nobody knows.
    public func received(_ id: BulletinID) throws -> String? {
        try read { try $0.first("SELECT received FROM bulletins WHERE id = ?", [id.rawValue]) }
    }

    /// A bulletin's bytes and source.
    public func bulletin(_ id: BulletinID) throws -> Bulletin? {
        try read { session in
            try session.rows("SELECT bytes, source FROM bulletins WHERE id = ?", [id.rawValue]).first.map {
                Bulletin(bytes: try $0.value(0), source: try $0.value(1))
            }
        }
    }

    /// An article.
    public func article(_ id: ArticleID) throws -> Article? {
        try read { session in
            guard
                let message = try session.first(
                    "SELECT message FROM articles WHERE id = ?", [id.rawValue], as: [UInt8].self)
            else { return nil }
            do throws(MessageError) {
                return try Article(message: message)
            } catch {
                throw Failure(.fatal, code: "damaged", "Article \(id) in the database \(location) \(error.message).")
            }
        }
    }

    /// Dead letters, those with the same code together.
    public func deadLetters(limit: Int? = nil) throws -> [DeadLetter] {
        let way = "ASC NULLS FIRST"
        let sql = """
            SELECT id, worker, stage, code, reason, engine, input, origin_topic, origin_partition, origin_offset,
                attempts, failed_at, key, value, truncated_from
            FROM dead_letters ORDER BY code \(way), id\(limit.map { " LIMIT \(max(0, $0))" } ?? "")
            """
        return try read { session in
            try session.rows(sql).map { row in
                var origin: Place?
                if let topic = try row.value(7, as: String?.self), let partition = try row.value(8, as: Int32?.self),
                    let offset = try row.value(9, as: Int64?.self)
                {
                    origin = Place(topic: topic, partition: partition, offset: offset)
                }
                return DeadLetter(
                    id: DeadLetterID(rawValue: try row.value(0)), origin: origin, input: try row.value(6),
                    worker: try row.value(1), stage: try row.value(2), code: try row.value(3),
                    reason: try row.value(4), attempts: try row.value(10), failedAt: try row.value(11),
                    engine: try row.value(5), key: try row.value(12), value: try row.value(13),
                    truncatedFrom: try row.value(14))
            }
        }
    }

    /// Calls `body` with a line for each row, in an order and form that only depend on what
    /// the bulletins say: two databases are the same when their lines are, whichever of them
    /// is SQLite or PostgreSQL. Incidental columns are left out, and so are the sink's own
    /// tables.
    public func comparison(_ body: (String) throws -> Void) throws {
        let tables: [(name: String, columns: String, order: String)] = [
            ("bulletins", "id, source, size, bytes", "id"),
            ("origins", "bulletin, given, standing, source, url", "bulletin, given, standing"),
            ("articles", "id, message", "id"),
            ("readings", "article, bulletin, engine, lexicon, count, digest", "article"),
            ("indicators", IndicatorRow.columns.joined(separator: ", "), "article, place"),
            (
                "dead_letters",
                "id, worker, stage, code, reason, engine, input, origin_topic, key, value, truncated_from",
                "id"
            ),
        ]
        try read { session in
            for table in tables {
                let isMessage = table.name == "articles"
                try session.forEachRow("SELECT \(table.columns) FROM \(table.name) ORDER BY \(table.order)", []) {
                    row in
                    let values = row.values.map { Self.comparable($0, isMessage: isMessage) }
                    try body(table.name + "\t" + values.joined(separator: "\t"))
                }
            }
        }
    }

    /// A value as a word without tabs; bytes in hexadecimal, unless they are a message's.
    private static func comparable(_ value: SQLValue, isMessage: Bool) -> String {
        switch value {
        case .null: "-"
        case .integer(let number): "\(number)"
        case .real(let number): "\(number)"
        case .text(let text): String(reflecting: text)
        case .bytes(let bytes):
            isMessage ? String(reflecting: String(decoding: bytes, as: UTF8.self)) : hexadecimal(bytes)
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        return String(unsafeUninitializedCapacity: bytes.count * 2) { text in
            for (place, byte) in bytes.enumerated() {
                text[place * 2] = digits[Int(byte >> 4)]
                text[place * 2 + 1] = digits[Int(byte & 15)]
            }
            return bytes.count * 2
        }
    }
}
