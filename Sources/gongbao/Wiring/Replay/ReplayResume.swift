import Audit
import TopicLog

/// Where a replay into topics goes on that was ended before its end. A batch is one transaction, and
/// within a partition the order is kept; so the target itself tells what it has, and nothing has to
/// be remembered beside it.
struct ReplayResume {
    /// For each partition that is read, the first offset that the target has nothing of.
    private(set) var next: [TopicPartition: Int64] = [:]
    /// For each partition that is read, how many of its records the target has, where these carry no
    /// header that tells where they stood.
    private(set) var copied: [TopicPartition: Int] = [:]
    /// How many records the target has.
    private(set) var count = 0

    /// Reads the target, after a producer has ended what an earlier replay left open.
    ///
    /// - Parameters:
    ///   - names: for each topic that is read the one that is written.
    ///   - written: where records stand that were made from others (enriched); else nil.
    ///   - isVerbatim: whether the target has copies without headers of origin.
    /// - Throws: ``Failure``.
    init(_ log: any TopicLog, names: [String: String], written: String?, isVerbatim: Bool) throws {
        let targets = written.map { [$0] } ?? Array(Set(names.values))
        let existing = try log.admin.describe(targets).map(\.name)
        let span = try ReplaySpan(in: log, topics: existing, partitions: nil, from: .earliest, to: .latest)
        let origins = Origins(of: Set(names.keys))
        try span.visit(
            log, limit: BatchLimit(records: 20_000, bytes: 32 << 20, wait: .milliseconds(200)), by: origins
        ) { _, _ in }
        count = origins.counts.values.reduce(0, +)
        if isVerbatim {
            for (topic, name) in names {
                for (partition, count) in origins.counts where partition.topic == name {
                    copied[TopicPartition(topic, partition.partition)] = count
                }
            }
        } else {
            next = origins.last.mapValues { $0 + 1 }
        }
    }

    /// The records of a batch that the target does not have.
    mutating func missing(_ records: [Record]) -> [Record] {
        if copied.isEmpty { return records }
        return records.filter { record in
            guard let rest = copied[record.partition] else { return true }
            copied[record.partition] = rest > 1 ? rest - 1 : nil
            return false
        }
    }
}

/// Collects where records came from, as their headers tell.
private final class Origins: RecordVisitor {
    /// The last offset of each origin.
    private(set) var last: [TopicPartition: Int64] = [:]
    /// How many records each partition has.
    private(set) var counts: [TopicPartition: Int] = [:]
    private let topics: Set<String>
    private var topic: String?
    private var partition: Int32?
    private var offset: Int64?

    init(of topics: Set<String>) { self.topics = topics }

    func begin(
        _ partition: TopicPartition, offset: Int64, timestamp: Timestamp, key: UnsafeBufferPointer<UInt8>?
    ) -> Bool {
        counts[partition, default: 0] += 1
        (topic, self.partition, self.offset) = (nil, nil, nil)
        return true
    }

    /// Of several headers of a name the last is the one that the last replay added.
    func header(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>?) {
        guard let value, name.starts(with: ReplayOrigin.prefix.utf8) else { return }
        let text = String(decoding: value, as: UTF8.self)
        switch String(decoding: name.dropFirst(ReplayOrigin.prefix.utf8.count), as: UTF8.self) {
        case "topic": topic = text
        case "partition": partition = Int32(text)
        case "offset": offset = Int64(text)
        default: break
        }
    }

    func end(_ value: UnsafeBufferPointer<UInt8>?) {
        guard let topic, let partition, let offset, topics.contains(topic) else { return }
        let origin = TopicPartition(topic, partition)
        last[origin] = max(offset, last[origin] ?? -1)
    }
}
