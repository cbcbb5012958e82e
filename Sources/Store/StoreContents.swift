import BulletinModel
import Foundation
import GRDB

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
        try read { database in
            func count(_ table: String) throws -> Int {
                try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? 0
            }
            return StoreCounts(
                bulletins: try count("bulletins"), articles: try count("articles"), readings: try count("readings"),
                indicators: try count("indicators"), deadLetters: try count("dead_letters"),
                pending: try count("pending"), outbox: try count("outbox"))
        }
    }

    /// When the bulletin that came last was received, as RFC 3339; nil where there is none.
    public func newestReceipt() throws -> String? {
        try read { try String.fetchOne($0, sql: "SELECT max(received) FROM bulletins") }
    }

    /// How many dead letters there are of each worker and code, the most first.
    public func deadLetterCounts() throws -> [(worker: String, code: String, count: Int)] {
        let sql = """
            SELECT coalesce(worker, ''), coalesce(code, ''), count(*) AS letters FROM dead_letters
            GROUP BY 1, 2 ORDER BY letters DESC, 1, 2
            """
        return try read { try Row.fetchAll($0, sql: sql).map { (worker: $0[0], code: $0[1], count: $0[2]) } }
    }

    /// The version of the tables.
    public func schemaVersion() throws -> String {
        try read { try Schema.version($0) }
    }

    /// A bulletin's bytes and source.
    public func bulletin(_ id: BulletinID) throws -> Bulletin? {
        try read { database in
            try Row.fetchOne(
                database, sql: "SELECT bytes, source FROM bulletins WHERE id = ?", arguments: [id.rawValue]
            ).map { Bulletin(bytes: $0.bytes(0) ?? [], source: $0[1]) }
        }
    }

    /// An article.
    public func article(_ id: ArticleID) throws -> Article? {
        try read { database in
            guard
                let row = try Row.fetchOne(
                    database, sql: "SELECT message FROM articles WHERE id = ?", arguments: [id.rawValue])
            else { return nil }
            do throws(MessageError) {
                return try Article(message: row.bytes(0) ?? [])
            } catch {
                throw StoreError(.fatal, code: "damaged", "Article \(id) in the database \(path) \(error.message).")
            }
        }
    }

    /// Dead letters, those with the same code together.
    public func deadLetters(limit: Int? = nil) throws -> [DeadLetter] {
        let sql = """
            SELECT id, worker, stage, code, reason, engine, input, origin_topic, origin_partition, origin_offset,
                attempts, failed_at, key, value, truncated_from
            FROM dead_letters ORDER BY code, id\(limit.map { " LIMIT \(max(0, $0))" } ?? "")
            """
        return try read { database in
            try Row.fetchAll(database, sql: sql).map { row in
                var origin: Place?
                if let topic = row[7] as String?, let partition = row[8] as Int32?, let offset = row[9] as Int64? {
                    origin = Place(topic: topic, partition: partition, offset: offset)
                }
                return DeadLetter(
                    id: DeadLetterID(rawValue: row[0]), origin: origin, input: row[6], worker: row[1], stage: row[2],
                    code: row[3], reason: row[4], attempts: row[10], failedAt: row[11], engine: row[5],
                    key: row.bytes(12), value: row.bytes(13), truncatedFrom: row[14])
            }
        }
    }

    /// Calls `body` with a line for each row, in an order and form that only depend on what
    /// the bulletins say: two databases are the same when their lines are. Incidental
    /// columns are left out, and so are the sink's own tables.
    public func comparison(_ body: (String) throws -> Void) throws {
        let tables: [(name: String, columns: String, order: String)] = [
            ("bulletins", "id, source, size, hex(bytes)", "id"),
            ("articles", "id, CAST(message AS TEXT)", "id"),
            ("readings", "article, bulletin, engine, lexicon, count, digest", "article"),
            ("indicators", IndicatorRow.columns.joined(separator: ", "), "article, place"),
            (
                "dead_letters",
                "id, worker, stage, code, reason, engine, input, origin_topic, hex(key), hex(value), truncated_from",
                "id"
            ),
        ]
        try read { database in
            for table in tables {
                let sql = "SELECT \(table.columns) FROM \(table.name) ORDER BY \(table.order)"
                let rows = try Row.fetchCursor(database, sql: sql)
                while let row = try rows.next() {
                    let values = row.databaseValues.map { $0.isNull ? "-" : "\($0)" }
                    try body(table.name + "\t" + values.joined(separator: "\t"))
                }
            }
        }
    }
}
