import BulletinModel
import TopicLog

extension BulletinStore {
    /// The next offset of each of these partitions, where the database has one.
    public func progress(_ partitions: [(topic: String, partition: Int32)]) throws -> [Place] {
        try read { session in
            try partitions.compactMap { topic, partition in
                try session.first(
                    "SELECT next_offset FROM progress WHERE topic = ? AND partition = ?", [topic, partition]
                ).map { Place(topic: topic, partition: partition, offset: $0) }
            }
        }
    }

    /// The note that was kept with each of these partitions' progress, in their order.
    public func marks(_ partitions: [(topic: String, partition: Int32)]) throws -> [String?] {
        try read { session in
            try partitions.map { topic, partition in
                try session.first("SELECT mark FROM progress WHERE topic = ? AND partition = ?", [topic, partition])
            }
        }
    }

    /// All partitions that the database knows, with their next offsets, in order.
    public func progress() throws -> [Place] {
        try read {
            try $0.rows("SELECT topic, partition, next_offset FROM progress ORDER BY 1, 2")
                .map { Place(topic: try $0.value(0), partition: try $0.value(1), offset: try $0.value(2)) }
        }
    }

    /// Moves the progress from where the caller saw it; a sink whose partition went to
    /// another one in the meantime must not move it back.
    static func move(_ progress: [ProgressMove], _ session: any SQLSession) throws {
        for move in progress {
            let changed: Int
            if let from = move.from {
                changed = try session.run(
                    "UPDATE progress SET next_offset = ?, mark = ? WHERE topic = ? AND partition = ? AND next_offset = ?",
                    [move.to, move.mark, move.topic, move.partition, from])
            } else {
                changed = try session.run(
                    """
                    INSERT INTO progress (next_offset, mark, topic, partition) VALUES (?, ?, ?, ?)
                    ON CONFLICT (topic, partition) DO NOTHING
                    """, [move.to, move.mark, move.topic, move.partition])
            }
            guard changed == 1 else {
                throw Failure(
                    .lostAssignment, code: "stale_progress",
                    "Another sink has moved on in \(move.topic)/\(move.partition) since offset \(move.from ?? 0).")
            }
        }
    }

    /// Entries to be published that answer records of these partitions, in order.
    public func outbox(_ partitions: [(topic: String, partition: Int32)]) throws -> [OutboxEntry] {
        try read { session in
            try partitions.flatMap { topic, partition in
                try session.rows(
                    "SELECT \"offset\", key, value FROM outbox WHERE topic = ? AND partition = ? ORDER BY 1",
                    [topic, partition]
                ).map { row in
                    let origin = Place(topic: topic, partition: partition, offset: try row.value(0))
                    let headers = try session.rows(
                        """
                        SELECT name, value FROM outbox_headers
                        WHERE topic = ? AND partition = ? AND "offset" = ? ORDER BY place
                        """, [topic, partition, origin.offset])
                    return OutboxEntry(
                        origin: origin, key: try row.value(1), value: try row.value(2),
                        headers: try headers.map { (try $0.value(0), try $0.value(1)) })
                }
            }
        }
    }

    /// These entries are published.
    public func forget(_ origins: [Place]) throws {
        try write { session in
            try session.run(
                "DELETE FROM outbox WHERE (topic, partition, \"offset\") IN ",
                in: origins.map { [$0.topic, $0.partition, $0.offset] })
        }
    }

    /// What is pending of a reading, in the order of the topic.
    public func pending(_ key: ReadingKey) throws -> [PendingIndicator] {
        try read { session in
            // One at a time: a long table has a hundred thousand, and an answer as a whole is
            // held several times over.
            var pending: [PendingIndicator] = []
            try session.forEachRow(
                """
                SELECT topic, partition, "offset", message FROM pending
                WHERE article = ? AND engine = ? ORDER BY 1, 2, 3
                """, [key.article.rawValue, key.engine]
            ) { row in
                let topic: String = try row.value(0)
                pending.append(
                    PendingIndicator(
                        key: key,
                        place: Place(
                            topic: topic, partition: try row.value(1),
                            offset: try row.value(2)),
                        message: try row.value(3)))
            }
            return pending
        }
    }
}
