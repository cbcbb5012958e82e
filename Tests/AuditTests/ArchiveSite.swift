import Audit
import Foundation
import Testing
import TopicLog

/// A place for an archive, and a log to fill it from.
final class ArchiveSite {
    let directory: URL
    let log: any TopicLog

    var path: String { directory.appending(path: "archive").path }

    static let topics = ["gongbao.bulletins", "gongbao.articles", "gongbao.indicators", "gongbao.dead-letters"]

    init(_ make: (URL) throws -> any TopicLog = { _ in MemoryLog() }) throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "gongbao-archive-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        log = try make(directory)
        try log.admin.create(Self.topics.map { TopicSpecification(name: $0, partitions: 3) })
    }

    deinit {
        log.close()
        try? FileManager.default.removeItem(at: directory)
    }

    /// Appends random records with timestamps of their own.
    func fill(_ count: Int, _ random: inout SplitMix) throws {
        let producer = try log.producer(transactionalID: "fill")
        defer { producer.close() }
        for start in stride(from: 0, to: count, by: 50) {
            try producer.transact(
                (start..<min(count, start + 50)).map { _ in
                    let topic = Self.topics.randomElement(using: &random) ?? ""
                    let partition = TopicPartition(topic, Int32.random(in: 0..<3, using: &random))
                    let record = RandomRecord.make(&random, partition: partition)
                    return Outgoing(
                        topic: topic, partition: partition.partition, key: record.key, value: record.value,
                        headers: record.headers,
                        timestamp: Timestamp(milliseconds: Int64.random(in: 0...1_700_000_000_000, using: &random)))
                }, consumed: nil)
        }
    }

    /// Copies what is new, in segments of a few records, as the worker would.
    func archive(segmentBytes: Int = 4_000, signer: NoteSigner? = nil) throws {
        let writer = try ArchiveWriter(path: path, signer: signer, segmentBytes: segmentBytes)
        defer { writer.close() }
        let counts = Dictionary(uniqueKeysWithValues: Self.topics.map { ($0, 3) })
        let all = Self.topics.flatMap { topic in (0..<Int32(3)).map { TopicPartition(topic, $0) } }
        let marks = try log.admin.watermarks(all)
        let begin = marks.reduce(into: [:]) { $0[$1.key] = writer.next($1.key) ?? $1.value.low }
        try ReplaySpan(begin: begin, end: marks.mapValues(\.high)).read(
            log, limit: BatchLimit(records: 7, bytes: 1 << 20, wait: .zero)
        ) { records, _ in
            try writer.append(
                Batch(records: records, next: [:]), partitions: counts, begin: begin, now: Timestamp(milliseconds: 0))
        }
        try writer.seal(next: marks.mapValues(\.high), partitions: counts)
        try writer.sign()
    }

    /// All records of a log, by partition.
    static func records(_ log: any TopicLog) throws -> [TopicPartition: [Record]] {
        var found: [TopicPartition: [Record]] = [:]
        let span = try ReplaySpan(in: log, topics: topics, partitions: nil, from: .earliest, to: .latest)
        try span.read(log, limit: BatchLimit(records: 100, bytes: 1 << 20, wait: .zero)) { records, _ in
            for record in records { found[record.partition, default: []].append(record) }
        }
        return found
    }

    func check(_ key: NoteVerifier? = nil) throws -> ArchiveCheck {
        try ArchiveCheck(ArchiveReader(path: path), key: key)
    }
}
