import EmbeddedLog
import Foundation
import Store
import TopicLog

/// Takes things away from a data directory in which nobody works, and knows what must be told of it.
///
/// What was taken is then gone on without and repaired, and the database must have all of it again.
struct EmbeddedTakings {
    /// What is taken.
    enum Kind: String, CaseIterable {
        /// The oldest records of a topic, as retention takes them.
        case trim
        /// Records that a worker has not read yet, and all before them.
        case trimUnread = "trim of unread"
        /// A topic, made again with as many partitions.
        case anew
        /// A topic, made again with more partitions.
        case grown
        /// The log: the file of an earlier day is put back.
        case oldLog = "old log"
        /// The database: the file of an earlier day is put back.
        case oldDatabase = "old database"
        /// Room on the disk, for a moment.
        case fullDisk = "full disk"
        /// Nothing: a record that no worker can use is put among the good ones.
        case hostile = "hostile record"
    }

    /// What was taken, and what the workers must say.
    struct Taking {
        let what: String
        /// Whether records are gone that a worker still needs, or are not those that it has read.
        let mustBeTold: Bool
    }

    let data: URL
    private var log: String { data.appending(path: "topics.sqlite").path }
    private var database: String { data.appending(path: "gongbao.sqlite").path }
    private var yesterday: URL { data.appendingPathExtension("yesterday") }
    private static let topics = ["bulletins", "articles", "indicators", "dead-letters"].map { "gongbao." + $0 }

    /// Keeps log and database as they are, for ``Kind/oldLog`` and ``Kind/oldDatabase``.
    func keep() throws {
        try? FileManager.default.removeItem(at: yesterday)
        try FileManager.default.copyItem(at: data, to: yesterday)
    }

    /// Takes something away; nil where there is nothing of the kind yet.
    func take(_ kind: Kind, using random: inout Seeded) throws -> Taking? {
        guard FileManager.default.fileExists(atPath: database), FileManager.default.fileExists(atPath: log) else {
            return nil
        }
        let topic = Self.topics[Int.random(in: 0..<Self.topics.count, using: &random)]
        switch kind {
        case .trim: return try trim(topic, using: &random)
        case .trimUnread: return try trimUnread(using: &random)
        case .anew, .grown: return try makeAnew(topic, more: kind == .grown)
        case .oldLog: return try restore("topics.sqlite", "the log of an earlier day")
        case .oldDatabase: return try restore("gongbao.sqlite", "the database of an earlier day")
        case .fullDisk, .hostile: return nil
        }
    }

    private func trim(_ topic: String, using random: inout Seeded) throws -> Taking? {
        let log = try EmbeddedLog(path: log)
        defer { log.close() }
        guard let found = try log.admin.describe([topic]).first else { return nil }
        let partition = TopicPartition(topic, Int32.random(in: 0..<Int32(found.partitions), using: &random))
        guard let bounds = try log.admin.watermarks([partition])[partition], bounds.low < bounds.high else {
            return nil
        }
        return try trim(
            partition, before: Int64.random(in: bounds.low + 1...bounds.high, using: &random), bounds, log)
    }

    private func trimUnread(using random: inout Seeded) throws -> Taking? {
        let log = try EmbeddedLog(path: log)
        defer { log.close() }
        var unread: [TopicPartition: Int64] = [:]
        for progress in try readers(log) { unread.merge(progress, uniquingKeysWith: min) }
        let bounds = try log.admin.watermarks(unread.keys.sorted())
        let candidates = unread.keys.sorted().filter { unread[$0] ?? 0 < bounds[$0]?.high ?? 0 }
        guard let partition = candidates.randomElement(using: &random), let next = unread[partition],
            let bound = bounds[partition]
        else { return nil }
        return try trim(partition, before: Int64.random(in: next + 1...bound.high, using: &random), bound, log)
    }

    private func trim(
        _ partition: TopicPartition, before offset: Int64, _ bounds: Watermarks, _ log: EmbeddedLog
    ) throws -> Taking {
        let needed = try readers(log).compactMap { $0[partition] }
        try log.admin.deleteRecords(before: [partition: offset])
        return Taking(
            what: "\(partition) trimmed before \(offset) of \(bounds.high)", mustBeTold: needed.contains { $0 < offset }
        )
    }

    private func makeAnew(_ topic: String, more: Bool) throws -> Taking? {
        let log = try EmbeddedLog(path: log)
        defer { log.close() }
        guard let found = try log.admin.describe([topic]).first, let sink = try readers(log).first else { return nil }
        try log.admin.delete([topic])
        try log.admin.create([
            TopicSpecification(
                name: topic, partitions: found.partitions + (more ? 3 : 0), configuration: found.configuration)
        ])
        // The group's offsets go with a topic; the database keeps its own.
        return Taking(
            what: "\(topic) made anew\(more ? " with more partitions" : "")",
            mustBeTold: sink.contains { $0.key.topic == topic && $0.value > 0 })
    }

    private func restore(_ name: String, _ what: String) throws -> Taking? {
        let old = yesterday.appending(path: name)
        guard FileManager.default.fileExists(atPath: old.path) else { return nil }
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: data.appending(path: name).path + suffix)
            let from = old.path + suffix
            if FileManager.default.fileExists(atPath: from) {
                try FileManager.default.copyItem(atPath: from, toPath: data.appending(path: name).path + suffix)
            }
        }
        let log = try EmbeddedLog(path: log)
        defer { log.close() }
        var isTold = false
        for progress in try readers(log) {
            for (partition, bounds) in try log.admin.watermarks(progress.keys.sorted()) {
                let next = progress[partition] ?? 0
                if next < bounds.low || next > bounds.high { isTold = true }
            }
        }
        return Taking(what: what, mustBeTold: isTold)
    }

    /// How far the sink and enrichment are, as far as they have begun.
    private func readers(_ log: EmbeddedLog) throws -> [[TopicPartition: Int64]] {
        let store = try BulletinStore(reading: database)
        defer { store.close() }
        let sink = try store.progress().map { (TopicPartition($0.topic, $0.partition), $0.offset) }
        return [
            Dictionary(sink, uniquingKeysWith: { $1 }), try log.admin.groupOffsets("gongbao-enrich"),
        ]
    }
}
