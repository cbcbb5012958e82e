import BulletinModel
import Foundation
import GRDB

extension BulletinStore {
    /// The next offset of each of these partitions, where the database has one.
    public func progress(_ partitions: [(topic: String, partition: Int32)]) throws -> [Place] {
        try read { database in
            try partitions.compactMap { topic, partition in
                try Int64.fetchOne(
                    database, sql: "SELECT next_offset FROM progress WHERE topic = ? AND partition = ?",
                    arguments: [topic, partition]
                ).map { Place(topic: topic, partition: partition, offset: $0) }
            }
        }
    }

    /// All partitions that the database knows, with their next offsets, in order.
    public func progress() throws -> [Place] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT topic, partition, next_offset FROM progress ORDER BY 1, 2")
                .map { Place(topic: $0[0], partition: $0[1], offset: $0[2]) }
        }
    }

    /// Moves the progress from where the caller saw it; a sink whose partition went to
    /// another one in the meantime must not move it back.
    static func move(_ progress: [ProgressMove], _ database: Database) throws {
        for move in progress {
            let statement: Statement
            if let from = move.from {
                statement = try database.cachedStatement(
                    sql: "UPDATE progress SET next_offset = ? WHERE topic = ? AND partition = ? AND next_offset = ?")
                try statement.execute(arguments: [move.to, move.topic, move.partition, from])
            } else {
                statement = try database.cachedStatement(
                    sql: "INSERT OR IGNORE INTO progress (next_offset, topic, partition) VALUES (?, ?, ?)")
                try statement.execute(arguments: [move.to, move.topic, move.partition])
            }
            guard database.changesCount == 1 else {
                throw StoreError(
                    .stale, code: "stale_progress",
                    "Another sink has moved on in \(move.topic)/\(move.partition) since offset \(move.from ?? 0).")
            }
        }
    }

    /// Entries to be published that answer records of these partitions, in order.
    public func outbox(_ partitions: [(topic: String, partition: Int32)]) throws -> [OutboxEntry] {
        try read { database in
            try partitions.flatMap { topic, partition in
                try Row.fetchAll(
                    database,
                    sql: """
                        SELECT "offset", key, value FROM outbox WHERE topic = ? AND partition = ? ORDER BY 1
                        """, arguments: [topic, partition]
                ).map { row in
                    let origin = Place(topic: topic, partition: partition, offset: row[0])
                    let headers = try Row.fetchAll(
                        database,
                        sql: """
                            SELECT name, value FROM outbox_headers
                            WHERE topic = ? AND partition = ? AND "offset" = ? ORDER BY place
                            """, arguments: [topic, partition, origin.offset])
                    return OutboxEntry(
                        origin: origin, key: row.bytes(1), value: row.bytes(2),
                        headers: headers.map { ($0[0], $0.bytes(1)) })
                }
            }
        }
    }

    /// These entries are published.
    public func forget(_ origins: [Place]) throws {
        try write { database in
            for origin in origins {
                try database.cachedStatement(
                    sql: "DELETE FROM outbox WHERE topic = ? AND partition = ? AND \"offset\" = ?"
                ).execute(arguments: [origin.topic, origin.partition, origin.offset])
            }
        }
    }

    /// What is pending of a reading, in the order of the topic.
    public func pending(_ key: ReadingKey) throws -> [PendingIndicator] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT topic, partition, "offset", message FROM pending
                    WHERE article = ? AND engine = ? ORDER BY 1, 2, 3
                    """, arguments: [key.article.rawValue, key.engine]
            ).map { row in
                PendingIndicator(
                    key: key, place: Place(topic: row[0], partition: row[1], offset: row[2]),
                    message: row.bytes(3) ?? [])
            }
        }
    }
}

extension Row {
    /// A column's bytes; nil for NULL. An empty blob is not NULL.
    func bytes(_ column: Int) -> [UInt8]? {
        (self[column] as Data?).map(Array.init)
    }
}
