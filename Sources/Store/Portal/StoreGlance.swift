import BulletinModel

/// What a publisher has sent.
public struct PublisherEntry: Sendable, Equatable {
    /// As printed; empty where bulletins tell none.
    public let name: String
    /// How many bulletins.
    public let bulletins: Int
    /// How many articles.
    public let articles: Int
    /// The latest day of publication, `YYYY-MM-DD`.
    public let latest: String?
}

extension BulletinStore {
    /// A word that changes whenever rows do: how far the topics are in the database.
    public func revision() throws -> String {
        try read { session in
            try session.rows("SELECT topic, partition, next_offset FROM progress ORDER BY topic, partition").map {
                row in
                "\(try row.value(0, as: String.self)) \(try row.value(1, as: Int.self)) \(try row.value(2, as: Int.self))"
            }.joined(separator: " ")
        }
    }

    /// How much there is, without looking at each indicator.
    public func quickCounts() throws -> StoreCounts {
        try read { session in
            func count(_ table: String) throws -> Int { try session.first("SELECT count(*) FROM \(table)") ?? 0 }
            return StoreCounts(
                bulletins: try count("bulletins"), articles: try count("articles"), readings: try count("readings"),
                indicators: try session.first("SELECT CAST(coalesce(sum(count), 0) AS BIGINT) FROM readings") ?? 0,
                deadLetters: try count("dead_letters"), pending: 0, outbox: 0)
        }
    }

    /// How many bulletins were received at this moment or later, RFC 3339.
    public func bulletins(since moment: String) throws -> Int {
        let sql = "SELECT count(*) FROM bulletins b WHERE coalesce(b.received, '') >= ?"
        return try read { try $0.first(sql, [moment]) ?? 0 }
    }

    /// The publishers, those with the most bulletins first.
    public func publishers() throws -> [PublisherEntry] {
        let sql = """
            SELECT coalesce(publisher, ''), count(DISTINCT bulletin), count(*), max(published) FROM articles
            GROUP BY 1 ORDER BY 2 DESC, 1
            """
        return try read { session in
            try session.rows(sql).map {
                PublisherEntry(
                    name: try $0.value(0), bulletins: try $0.value(1), articles: try $0.value(2),
                    latest: try $0.value(3))
            }
        }
    }
}
