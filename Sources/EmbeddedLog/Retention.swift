import GRDB
import TopicLog

/// Removing what need not be kept: first nobody can see it any more, then it goes, piece by piece.
extension SQLiteStorage {
    func deleteRecords(in partition: TopicPartition, before offset: Int64) throws {
        guard var found = self[partition], found.low < offset, offset <= found.high else { return }
        try failures.explaining {
            // The watermark first: what stands before it is gone, whether or not it is removed.
            found.low = offset
            try pool.write { db in
                try db.execute(
                    sql: "UPDATE partition SET low = ?, checksum = ? WHERE id = ?",
                    arguments: [offset, found.checksum, found.id])
                try Self.planRemoval(db, found.id, before: offset)
            }
            catalog.withLock { $0[partition] = found }
            try Self.purge(pool, failures)
        }
    }

    /// Removes what the table `removal` lists, a bounded number of records in one transaction.
    static func purge(_ pool: DatabasePool, _ failures: Failures) throws {
        let removals = try pool.read { try Row.fetchAll($0, sql: "SELECT partition, before, checksum FROM removal") }
        for row in removals {
            guard let id = row.integer(0), let before = row.integer(1), row.integer(2) == Checksum.of(id, before) else {
                throw failures.damaged("the list of records to be removed")
            }
            var isDone = false
            while !isDone {
                isDone = try pool.write { db in
                    try db.execute(
                        sql:
                            "DELETE FROM record WHERE id IN (SELECT id FROM record WHERE id >= ? AND id < ? LIMIT 5000)",
                        arguments: [RecordID.of(id, 0), RecordID.of(id, before)])
                    guard db.changesCount < 5_000 else { return false }
                    try db.execute(sql: "DELETE FROM removal WHERE partition = ?", arguments: [id])
                    return true
                }
            }
        }
    }

    static func planRemoval(_ db: Database, _ partition: Int64, before: Int64) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO removal (partition, before, checksum) VALUES (?, ?, ?)",
            arguments: [partition, before, Checksum.of(partition, before)])
    }

    /// Applies `retention.ms` and `retention.bytes` at most once a minute. What fails is tried
    /// again: an append that is stored must not fail because something old could not be removed.
    func retainSometimes() {
        let time = now()
        let due = retained.withLock { last in
            guard time.milliseconds - last.milliseconds >= 60_000 else { return false }
            last = time
            return true
        }
        if due { try? explainedRetention() }
    }

    /// Deletes what topics with a limit need not keep.
    func explainedRetention() throws { try failures.explaining { try retain() } }

    private func retain() throws {
        for (name, topic) in catalog.withLock({ $0.topics }) {
            let (age, bytes) = (topic.limit("retention.ms"), topic.limit("retention.bytes"))
            guard age != nil || bytes != nil else { continue }
            for (number, partition) in topic.partitions.enumerated() where partition.low < partition.high {
                let name = TopicPartition(name, Int32(number))
                var low = partition.low
                if let age {
                    let oldest = Timestamp(milliseconds: now().milliseconds - age)
                    low = max(low, try offset(at: oldest, in: name) ?? partition.high)
                }
                if let bytes {
                    let first = try pool.read { db in
                        try bisect(db, partition, "total - size") { partition.total - $0 <= bytes }
                    }
                    low = max(low, first)
                }
                try deleteRecords(in: name, before: low)
            }
        }
    }
}
