import Foundation
import TopicLog

/// Where a replay begins or ends, as people write it: `earliest`, `latest`, an offset, or a time
/// with its zone, such as `2024-01-01T00:00+08:00` or `2024-01-01T00:00:00Z`.
public enum ReplayBound: Sendable, Equatable {
    /// The oldest record.
    case earliest
    /// The end as it is when the replay starts.
    case latest
    /// An offset, in each partition.
    case offset(Int64)
    /// The first record at or after a time, in each partition.
    case time(Timestamp)

    /// Reads what people write; nil for anything else.
    public init?(_ text: String) {
        switch text {
        case "earliest": self = .earliest
        case "latest": self = .latest
        default:
            if let offset = Int64(text), offset >= 0, !text.hasPrefix("+") {
                self = .offset(offset)
            } else if let time = Self.time(text) {
                self = .time(time)
            } else {
                return nil
            }
        }
    }

    private static func time(_ text: String) -> Timestamp? {
        let pattern = /(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(?:\.(\d{1,3}))?(Z|[+-]\d{2}:?\d{2})/
        guard let match = text.wholeMatch(of: pattern) else { return nil }
        let zone = match.5 == "Z" ? "+0000" : match.5.replacing(":", with: "")
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.isLenient = false
        formatter.dateFormat = "yyyy-MM-dd'T'HH:mm:ssxxxx"
        guard let date = formatter.date(from: "\(match.1)T\(match.2)\(match.3 ?? ":00")\(zone)") else { return nil }
        let fraction = match.4.map { String($0).padding(toLength: 3, withPad: "0", startingAt: 0) }
        return Timestamp(
            milliseconds: Int64(date.timeIntervalSince1970.rounded()) * 1000 + (fraction.flatMap { Int64($0) } ?? 0))
    }
}

/// Offsets of partitions, each from its first up to but without its last.
public struct ReplaySpan: Sendable, Equatable {
    /// Where each partition begins.
    public let begin: [TopicPartition: Int64]
    /// Where each partition ends.
    public let end: [TopicPartition: Int64]

    /// Gathers the offsets.
    public init(begin: [TopicPartition: Int64], end: [TopicPartition: Int64]) {
        self.begin = begin
        self.end = end
    }

    /// Looks up where bounds lie in a log now.
    ///
    /// - Parameters:
    ///   - topics: names of topics, all of which exist.
    ///   - partitions: the only ones to read; nil is all.
    /// - Throws: ``LogError``; `setup`, code `unknown_topic`, for a topic or partition that is not there.
    public init(
        in log: any TopicLog, topics: [String], partitions: [Int32]?, from: ReplayBound, to: ReplayBound
    ) throws {
        let described = try log.admin.describe(topics)
        for topic in topics where !described.contains(where: { $0.name == topic }) {
            throw LogError(.setup, code: "unknown_topic", "There is no topic \(topic) in \(log.features.backend).")
        }
        let all = described.flatMap { topic in
            (partitions ?? (0..<Int32(topic.partitions)).map { $0 }).map { TopicPartition(topic.name, $0) }
        }
        let marks = try log.admin.watermarks(all)
        begin = try Self.offsets(from, marks, log)
        end = try Self.offsets(to, marks, log)
    }

    private static func offsets(
        _ bound: ReplayBound, _ marks: [TopicPartition: Watermarks], _ log: any TopicLog
    ) throws -> [TopicPartition: Int64] {
        switch bound {
        case .earliest: return marks.mapValues(\.low)
        case .latest: return marks.mapValues(\.high)
        case .offset(let offset): return marks.mapValues { min(max(offset, $0.low), $0.high) }
        case .time(let time):
            let found = try log.admin.offsets(at: marks.mapValues { _ in time })
            return marks.reduce(into: [:]) { $0[$1.key] = found[$1.key] ?? $1.value.high }
        }
    }

    /// How many offsets there are at most: some may be markers, or be gone by compaction.
    public var count: Int64 {
        begin.reduce(0) { $0 + max(0, (end[$1.key] ?? 0) - $1.value) }
    }

    /// Offsets that a replay has behind it.
    public func done(_ position: (TopicPartition) -> Int64?) -> Int64 {
        begin.reduce(0) { $0 + max(0, min(position($1.key) ?? 0, end[$1.key] ?? 0) - $1.value) }
    }

    /// Hands on the records of the span in batches, committed ones only, in order within each
    /// partition, outside any group.
    ///
    /// - Parameters:
    ///   - limit: bounds of a batch.
    ///   - stop: asked before each batch whether to end early.
    ///   - body: gets the records and how many offsets are done.
    /// - Returns: whether all was read.
    /// - Throws: ``LogError``; and what `body` throws.
    @discardableResult
    public func read(
        _ log: any TopicLog, limit: BatchLimit = BatchLimit(records: 10_000, bytes: 32 << 20, wait: .milliseconds(200)),
        stop: () -> Bool = { false }, _ body: ([Record], Int64) throws -> Void
    ) throws -> Bool {
        let open = begin.filter { $0.value < end[$0.key] ?? 0 }
        guard !open.isEmpty else { return true }
        let consumer = try log.consumer(ConsumerSettings(.partitions(open), reset: .error))
        defer { consumer.close() }
        var unfinished = Set(open.keys)
        while !unfinished.isEmpty {
            if stop() { return false }
            let batch: Batch
            do {
                batch = try consumer.poll(limit)
            } catch let error as LogError where error.kind == .transient {
                // The client reconnects by itself; the next poll goes on where this one would have.
                continue
            }
            let through = unfinished.filter { (consumer.position($0) ?? 0) >= end[$0] ?? 0 }
            let isInside = batch.next.allSatisfy { $0.value <= end[$0.key] ?? 0 }
            let records = isInside ? batch.records : batch.records.filter { $0.offset < end[$0.partition] ?? 0 }
            try body(records, done(consumer.position))
            if !through.isEmpty {
                unfinished.subtract(through)
                try consumer.pause(through)
            }
        }
        return true
    }
}
