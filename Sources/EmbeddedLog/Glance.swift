import Foundation
import GRDB
import TopicLog

/// What an embedded log holds at one moment, as somebody sees it who does not own it.
public struct Glance: Sendable, Equatable {
    /// The partitions of each topic.
    public var topics: [String: Int] = [:]
    /// Oldest and next offset of each partition.
    public var watermarks: [TopicPartition: Watermarks] = [:]
    /// The next offset of each group in each partition.
    public var groupOffsets: [String: [TopicPartition: Int64]] = [:]
    /// Whether the file was written by an older version, which this one upgrades on opening.
    public var isOlder = false
}

extension EmbeddedLog {
    /// Looks at a log's topics and groups; writes nothing, and may be used while the owner runs.
    ///
    /// - Throws: ``Failure`` of kind `setup` when there is no log to look at.
    public static func glance(_ path: String) throws -> Glance {
        let failures = Failures(path: path)
        guard FileManager.default.fileExists(atPath: path) else {
            throw Failure(.setup, code: "not_a_log", "There is no file \(path).")
        }
        try FileCheck(path: path, failures: failures).requireLog()
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let glance: Glance?
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            glance = try queue.read { try Glance(reading: $0) }
        } catch {
            throw failures.opening(error)
        }
        guard let glance else { throw failures.newerSchema }
        return glance
    }
}

extension Glance {
    /// Reads it; nil when only a newer version can.
    fileprivate init?(reading db: Database) throws {
        if try Schema.migrator.hasBeenSuperseded(db) { return nil }
        isOlder = try !Schema.migrator.hasCompletedMigrations(db)
        if isOlder { return }
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT name, number, low, high, partition.id
                FROM partition JOIN topic ON topic.id = partition.topic
                """)
        var partitions: [Int64: TopicPartition] = [:]
        for row in rows {
            let partition = TopicPartition(row[0], row[1])
            partitions[row[4]] = partition
            topics[partition.topic, default: 0] += 1
            watermarks[partition] = Watermarks(low: row[2], high: row[3])
        }
        for row in try Row.fetchAll(db, sql: "SELECT name, partition, next FROM group_offset") {
            guard let partition = partitions[row[1]] else { continue }
            groupOffsets[row[0], default: [:]][partition] = row[2]
        }
    }
}
