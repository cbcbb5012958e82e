import Foundation
import GRDB
import TopicLog

/// What of a log's file is intact.
public struct IntegrityReport: Sendable, Equatable {
    /// What was found in one partition.
    public struct Partition: Sendable, Equatable {
        /// Which one.
        public let partition: TopicPartition
        /// The offsets between which its records should stand.
        public let watermarks: Watermarks
        /// How many of them are as they were written.
        public let intact: Int64
        /// Offsets whose record is missing or not as it was written, as ranges.
        public let damaged: [Range<Int64>]
    }

    /// The partitions, by topic and number.
    public var partitions: [Partition] = []
    /// What is wrong besides, one sentence each.
    public var problems: [String] = []

    /// Whether all is as it was written.
    public var isIntact: Bool { problems.isEmpty && partitions.allSatisfy(\.damaged.isEmpty) }
}

extension EmbeddedLog {
    /// Reads a log's file from end to end and says what of it is intact; writes nothing, and may
    /// be used while the owner runs. Memory is bounded by the largest record.
    ///
    /// - Throws: ``Failure`` of kind `setup` when there is no log to look at at all.
    public static func check(_ path: String) throws -> IntegrityReport {
        let failures = Failures(path: path)
        guard FileManager.default.fileExists(atPath: path) else {
            throw Failure(.setup, code: "not_a_log", "There is no file \(path).")
        }
        try FileCheck(path: path, failures: failures).requireLog()
        var configuration = Configuration()
        configuration.readonly = true
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            return try queue.read { try IntegrityReport(reading: $0) }
        } catch {
            throw failures.opening(error)
        }
    }
}

extension IntegrityReport {
    /// Looks at everything; what cannot be read is noted, not thrown, so that the rest is looked at, too.
    fileprivate init(reading db: Database) throws {
        guard try !Schema.migrator.hasBeenSuperseded(db) else {
            problems = ["The log was written by a newer gongbao."]
            return
        }
        note("The file") { report in
            let found = try String.fetchAll(db, sql: "PRAGMA integrity_check(20)")
            if found != ["ok"] { report.problems += found.map { "The file: \($0)." } }
        }
        note("The list of topics") { report in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT partition.id, low, high, total, latest, partition.checksum, name, number
                    FROM partition JOIN topic ON topic.id = partition.topic ORDER BY name, number
                    """)
            for row in rows { report.check(db, partition: row) }
        }
        note("The groups' offsets") { report in
            // A log that nobody has opened since there are notes has no column for them.
            let note = try db.columns(in: "group_offset").contains { $0.name == "note" } ? "note" : "NULL"
            for row in try Row.fetchAll(db, sql: "SELECT name, partition, next, checksum, \(note) FROM group_offset") {
                guard let group = row.text(0), let id = row.integer(1), let next = row.integer(2) else {
                    report.problems.append("An offset of a group is unreadable.")
                    continue
                }
                if row.integer(3) != StoredOffset.checksum(group, id, next, row.text(4)) {
                    report.problems.append("An offset of group \(group) is not as it was written.")
                }
            }
        }
    }

    private mutating func note(_ what: String, _ look: (inout Self) throws -> Void) {
        do { try look(&self) } catch { problems.append("\(what): \(error).") }
    }

    private mutating func check(_ db: Database, partition row: Row) {
        guard let id = row.integer(0), let low = row.integer(1), let high = row.integer(2), let topic = row.text(6),
            let number = row.integer(7).flatMap(Int32.init(exactly:)), low <= high,
            row.integer(5) == Checksum.of(id, low, high, row.integer(3) ?? 0, row.integer(4) ?? 0)
        else {
            problems.append("The row of a partition (\(row.text(6) ?? "?")) is not as it was written.")
            return
        }
        let name = TopicPartition(topic, number)
        var intact: Int64 = 0
        var damaged: [Range<Int64>] = []
        var offset = low
        while offset < high {
            // From one readable record to the next; one that cannot be stepped over ends the walk.
            do {
                let rows = try StoredRows(db, ids: RecordID.of(id, offset)..<RecordID.of(id, high))
                while let row = try rows.next() {
                    guard let found = row.id.map({ $0 & (RecordID.offsets - 1) }), found >= offset else {
                        break
                    }
                    if found > offset { damaged.append(offset..<found) }
                    if row.contents(id: RecordID.of(id, found)) != nil {
                        intact += 1
                    } else {
                        damaged.append(found..<found + 1)
                    }
                    offset = found + 1
                }
                if offset < high { damaged.append(offset..<high) }
                offset = high
            } catch {
                damaged.append(offset..<offset + 1)
                offset += 1
            }
        }
        partitions.append(
            Partition(
                partition: name, watermarks: Watermarks(low: low, high: high), intact: intact, damaged: joined(damaged))
        )
    }

    private func joined(_ ranges: [Range<Int64>]) -> [Range<Int64>] {
        ranges.reduce(into: []) { joined, range in
            if let last = joined.last, last.upperBound == range.lowerBound {
                joined[joined.count - 1] = last.lowerBound..<range.upperBound
            } else {
                joined.append(range)
            }
        }
    }
}
