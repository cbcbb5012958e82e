import Foundation
import GRDB
import GRDBSQLite
import Synchronization
import TopicLog

// GRDB has a class of that name.
import struct TopicLog.Record

/// Topics, records and offsets in one SQLite file.
///
/// In WAL mode with `synchronous=FULL`: a commit is one append to the write-ahead log and one
/// `fsync`, after which it survives anything short of the disk; a process that dies before
/// leaves nothing of it. Readers never wait for the writer.
final class SQLiteStorage: LogStorage {
    let pool: DatabasePool
    private let lock: OwnerLock
    let failures: Failures
    let now: @Sendable () -> Timestamp
    let catalog: Mutex<Catalog>
    /// When ``retainSometimes()`` last did something.
    let retained: Mutex<Timestamp>

    /// Opens or creates the file, as its only owner.
    init(path: String, now: @escaping @Sendable () -> Timestamp) throws {
        failures = Failures(path: path)
        self.now = now
        lock = try OwnerLock(log: path)
        do {
            try FileCheck(path: path, failures: failures).requireLog()
            let failures = failures
            let (opened, topics) = try failures.explaining {
                let pool = try DatabasePool(path: path, configuration: Self.configuration)
                try pool.writeWithoutTransaction { db in
                    // After opening, as the driver sets NORMAL for a pool.
                    try db.execute(sql: "PRAGMA synchronous = FULL")
                    // Pages that many transactions change are then written once.
                    try db.execute(sql: "PRAGMA cache_size = -\(16 << 10)")
                    try db.execute(sql: "PRAGMA wal_autocheckpoint = 4000")
                    guard try !Schema.migrator.hasBeenSuperseded(db) else { throw failures.newerSchema }
                }
                try Schema.migrator.migrate(pool)
                try Self.purge(pool, failures)
                return (pool, try pool.read { try Catalog(reading: $0, failures: failures) })
            }
            pool = opened
            catalog = Mutex(topics)
            retained = Mutex(now())
            try explainedRetention()
        } catch {
            lock.release()
            throw failures.opening(error)
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "gongbao.log"
        configuration.maximumReaderCount = 4
        // Only a person's tool can keep it busy, as no other process may own it.
        configuration.busyMode = .timeout(5)
        return configuration
    }

    func close() {
        // So that the one file is all there is. What cannot be moved into it now stays in the
        // write-ahead log, and is as durable there.
        try? pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        try? pool.close()
        lock.release()
    }

    // MARK: - Topics

    func create(_ topic: TopicSpecification) throws -> Bool {
        guard partitions(of: topic.name) == nil else { return false }
        let created = try failures.explaining {
            try pool.write { db in
                try db.execute(
                    sql: "INSERT INTO topic (name, partitions, configuration) VALUES (?, ?, ?)",
                    arguments: [topic.name, topic.partitions, Catalog.text(topic.configuration)])
                let id = db.lastInsertedRowID
                let partitions = try (0..<topic.partitions).map { number in
                    try db.execute(
                        sql: "INSERT INTO partition (topic, number) VALUES (?, ?)", arguments: [id, number])
                    let partition = Catalog.Partition(
                        id: db.lastInsertedRowID, low: 0, high: 0, total: 0, latest: .min)
                    try db.execute(
                        sql: "UPDATE partition SET checksum = ? WHERE id = ?",
                        arguments: [partition.checksum, partition.id])
                    return partition
                }
                return Catalog.Topic(id: id, partitions: partitions, configuration: topic.configuration)
            }
        }
        catalog.withLock { $0.add(topic.name, created) }
        return true
    }

    func delete(_ topic: String) throws {
        guard let found = catalog.withLock({ $0.topics[topic] }) else { return }
        try failures.explaining {
            try pool.write { db in
                try db.execute(sql: "DELETE FROM topic WHERE id = ?", arguments: [found.id])
                for partition in found.partitions {
                    try Self.planRemoval(db, partition.id, before: RecordID.offsets - 1)
                }
            }
            catalog.withLock { $0.remove(topic) }
            try Self.purge(pool, failures)
        }
    }

    func topics() -> [TopicDescription] {
        catalog.withLock { catalog in
            catalog.topics.map {
                TopicDescription(name: $0, partitions: $1.partitions.count, configuration: $1.configuration)
            }
        }.sorted { $0.name < $1.name }
    }

    func partitions(of topic: String) -> Int? { catalog.withLock { $0.topics[topic]?.partitions.count } }

    func watermarks(_ partition: TopicPartition) -> Watermarks? {
        self[partition].map { Watermarks(low: $0.low, high: $0.high) }
    }

    subscript(_ partition: TopicPartition) -> Catalog.Partition? { catalog.withLock { $0[partition] } }

    // MARK: - Records

    func append(_ records: [PlacedRecord], offsets: GroupOffsets?) throws {
        var changed: [TopicPartition: Catalog.Partition] = [:]
        try failures.explaining {
            changed = try pool.write { db in
                var changed: [TopicPartition: Catalog.Partition] = [:]
                let insertion = try db.cachedStatement(sql: StoredRecord.insertion).sqliteStatement
                defer {
                    sqlite3_reset(insertion)
                    sqlite3_clear_bindings(insertion)
                }
                for placed in records {
                    guard var partition = changed[placed.partition] ?? self[placed.partition] else { continue }
                    let size = placed.record.size
                    partition.high += 1
                    partition.total += Int64(size)
                    partition.latest = max(partition.latest, placed.timestamp.milliseconds)
                    let code = StoredRecord.insert(placed, size: size, in: partition, insertion)
                    guard code == SQLITE_DONE, sqlite3_reset(insertion) == SQLITE_OK else {
                        throw DatabaseError(
                            resultCode: ResultCode(rawValue: code),
                            message: String(cString: sqlite3_errmsg(db.sqliteConnection)))
                    }
                    changed[placed.partition] = partition
                }
                let update = try db.cachedStatement(
                    sql: "UPDATE partition SET high = ?, total = ?, latest = ?, checksum = ? WHERE id = ? AND high = ?")
                for (name, partition) in changed {
                    let before = self[name]?.high
                    try update.execute(
                        arguments: [
                            partition.high, partition.total, partition.latest, partition.checksum, partition.id, before,
                        ])
                    guard db.changesCount == 1 else { throw failures.damaged("the end of \(name)") }
                }
                try store(offsets, db)
                return changed
            }
        }
        catalog.withLock { catalog in
            for (name, partition) in changed { catalog[name] = partition }
        }
        retainSometimes()
    }

    private func store(_ offsets: GroupOffsets?, _ db: Database) throws {
        guard let offsets else { return }
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO group_offset (name, partition, next, note, checksum) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET next = excluded.next, note = excluded.note, checksum = excluded.checksum
                """)
        for (name, next) in offsets.next {
            guard let id = self[name]?.id else { continue }
            let note = offsets.notes[name]
            let checksum = StoredOffset.checksum(offsets.group, id, next, note)
            try statement.execute(arguments: [offsets.group, id, next, note, checksum])
        }
    }

    func read(_ partition: TopicPartition, from offset: Int64, limit: ReadLimit) throws -> [Record] {
        var records: [Record] = []
        try forEachRow(partition, from: offset, limit) { records.append($0.record(in: partition)) }
        return records
    }

    func visit(
        _ partition: TopicPartition, from offset: Int64, limit: ReadLimit, by visitor: any RecordVisitor,
        _ shown: (Int64, Int) -> Void
    ) throws {
        // What the visitor throws is not the log's failure, and must not be told as one.
        var failure: (any Error)?
        try forEachRow(partition, from: offset, limit) { contents in
            do { try contents.visit(in: partition, visitor) } catch { failure = error }
            shown(contents.offset, contents.size)
            if failure != nil { throw Stop() }
        }
        if let failure { throw failure }
    }

    private struct Stop: Error {}

    /// Goes over rows without a gap. Damage ends it; only where the first row is damaged is that an error, so that
    /// what stands before damage can be read.
    private func forEachRow(
        _ partition: TopicPartition, from offset: Int64, _ limit: ReadLimit,
        _ body: (StoredRow.Contents) throws -> Void
    ) throws {
        guard let found = self[partition], found.low <= offset, offset < found.high, limit.records > 0 else { return }
        var next = offset
        var rest = limit.bytes
        let damage: Failure? = try failures.explaining {
            try pool.read { db in
                let ids = RecordID.of(found.id, offset)..<RecordID.of(found.id, found.high)
                let rows = try StoredRows(db, ids: ids, limit: limit.records)
                while let row = try rows.next() {
                    guard let size = row.size else { return failures.damaged("record of \(partition)") }
                    guard size <= rest || next == offset && limit.takesLarger else { return nil }
                    guard let contents = row.contents(id: RecordID.of(found.id, next)) else {
                        return failures.damaged("offset \(next) of \(partition)")
                    }
                    next += 1
                    rest -= contents.size
                    do { try body(contents) } catch is Stop { return nil }
                }
                guard next < min(offset + Int64(limit.records), found.high) else { return nil }
                return failures.damaged("offset \(next) of \(partition) is missing")
            }
        }
        if let damage, next == offset, !isGone(RecordID.of(found.id, next), partition) { throw damage }
    }

    /// Whether a record was deleted, with its topic or from the front of its partition, since
    /// the caller looked.
    private func isGone(_ id: Int64, _ partition: TopicPartition) -> Bool {
        guard let found = self[partition] else { return true }
        return id < RecordID.of(found.id, found.low) || id >= RecordID.of(found.id, found.high)
    }

    func offset(at time: Timestamp, in partition: TopicPartition) throws -> Int64? {
        guard let found = self[partition], found.low < found.high, found.latest >= time.milliseconds else {
            return nil
        }
        return try failures.explaining {
            try pool.read { db in
                // The first record by whose end that time had come, and from there, as what made
                // it so may have been deleted, the first that is that late itself.
                let start = try bisect(db, found, "latest") { $0 >= time.milliseconds }
                let id = try Int64.fetchOne(
                    db, sql: "SELECT id FROM record WHERE id >= ? AND id < ? AND timestamp >= ? ORDER BY id LIMIT 1",
                    arguments: [
                        RecordID.of(found.id, start), RecordID.of(found.id, found.high), time.milliseconds,
                    ])
                return id.map { $0 & (RecordID.offsets - 1) }
            }
        }
    }

    /// The first offset at which a column, which only grows, satisfies a condition; `high` when
    /// none does.
    func bisect(
        _ db: Database, _ partition: Catalog.Partition, _ column: String, _ holds: (Int64) -> Bool
    ) throws -> Int64 {
        let statement = try db.cachedStatement(sql: "SELECT \(column) FROM record WHERE id = ?")
        var (low, high) = (partition.low, partition.high)
        while low < high {
            let middle = low + (high - low) / 2
            let row = try Row.fetchOne(statement, arguments: [RecordID.of(partition.id, middle)])
            guard let value = row?.integer(0) else { throw failures.damaged("offset \(middle) is missing") }
            if holds(value) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    // MARK: - Groups

    func committed(_ group: String) throws -> [TopicPartition: Int64] { try offsets(of: group).mapValues(\.next) }

    func notes(_ group: String) throws -> [TopicPartition: String] { try offsets(of: group).compactMapValues(\.note) }

    private func offsets(of group: String) throws -> [TopicPartition: (next: Int64, note: String?)] {
        try failures.explaining {
            let rows = try pool.read { db in
                try Row.fetchAll(
                    db.cachedStatement(sql: "SELECT partition, next, checksum, note FROM group_offset WHERE name = ?"),
                    arguments: [group])
            }
            var offsets: [TopicPartition: (next: Int64, note: String?)] = [:]
            for row in rows {
                guard let id = row.integer(0), let next = row.integer(1),
                    row.integer(2) == StoredOffset.checksum(group, id, next, row.text(3))
                else { throw failures.damaged("an offset of group \(group)") }
                if let name = catalog.withLock({ $0.name(of: id) }) { offsets[name] = (next, row.text(3)) }
            }
            return offsets
        }
    }

    func groups() throws -> [String] {
        try failures.explaining {
            try pool.read { try String.fetchAll($0, sql: "SELECT DISTINCT name FROM group_offset ORDER BY name") }
        }
    }
}
