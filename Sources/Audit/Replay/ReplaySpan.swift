import TopicLog

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
    /// - Throws: ``Failure``; `setup`, code `unknown_topic`, for a topic or partition that is not there.
    public init(
        in log: any TopicLog, topics: [String], partitions: [Int32]?, from: ReplayBound, to: ReplayBound
    ) throws {
        let described = try log.admin.describe(topics)
        for topic in topics where !described.contains(where: { $0.name == topic }) {
            throw Failure(.setup, code: "unknown_topic", "There is no topic \(topic) in \(log.features.backend).")
        }
        for topic in described {
            guard let wrong = partitions?.first(where: { !(0..<topic.partitions).contains(Int($0)) }) else { continue }
            throw Failure(
                .setup, code: "unknown_topic",
                "There is no partition \(wrong) of \(topic.name); it has \(topic.partitions), counted from 0.")
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

    /// The span without what stands before these offsets.
    public func starting(at next: [TopicPartition: Int64]) -> ReplaySpan {
        ReplaySpan(begin: begin.merging(next.filter { begin[$0.key] != nil }) { max($0, $1) }, end: end)
    }

    /// How many offsets there are at most: some may be markers, or be gone by compaction.
    public var count: Int64 {
        begin.reduce(0) { $0 + max(0, (end[$1.key] ?? 0) - $1.value) }
    }

    /// The span's partitions in so many parts of about the same size, or fewer where there are fewer partitions:
    /// what can be read at once, as there is an order within partitions alone.
    public func parts(_ most: Int) -> [ReplaySpan] {
        var parts = Array(repeating: (size: Int64(0), partitions: Set<TopicPartition>()), count: max(1, most))
        let sizes = begin.map { (partition: $0.key, size: max(0, (end[$0.key] ?? 0) - $0.value)) }
        for (partition, size) in sizes.sorted(by: { ($1.size, $0.partition) < ($0.size, $1.partition) }) {
            let least = parts.indices.min { parts[$0].size < parts[$1].size } ?? 0
            parts[least].size += size
            parts[least].partitions.insert(partition)
        }
        return parts.filter { !$0.partitions.isEmpty }.map { part in
            ReplaySpan(
                begin: begin.filter { part.partitions.contains($0.key) },
                end: end.filter { part.partitions.contains($0.key) })
        }
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
    /// - Throws: ``Failure``; and what `body` throws.
    @discardableResult
    public func read(
        _ log: any TopicLog, limit: BatchLimit = BatchLimit(records: 10_000, bytes: 32 << 20, wait: .milliseconds(200)),
        stop: () -> Bool = { false }, _ body: ([Record], Int64) throws -> Void
    ) throws -> Bool {
        try readAll(log, stop: stop) { consumer in
            let batch = try consumer.poll(limit)
            let isInside = batch.next.allSatisfy { $0.value <= end[$0.key] ?? 0 }
            return isInside ? batch.records : batch.records.filter { $0.offset < end[$0.partition] ?? 0 }
        } taken: { records, done in
            try body(records, done)
        }
    }

    /// Shows the records of the span to a visitor, without copying them where the log can do that;
    /// otherwise as ``read(_:limit:stop:_:)``.
    ///
    /// - Parameter body: gets how many records were shown and how many offsets are done.
    @discardableResult
    public func visit(
        _ log: any TopicLog, limit: BatchLimit, stop: () -> Bool = { false }, by visitor: any RecordVisitor,
        _ body: (Int, Int64) throws -> Void
    ) throws -> Bool {
        let inside = SpanVisitor(visitor, end: end)
        return try readAll(log, stop: stop) { consumer in
            inside.count = 0
            _ = try consumer.visit(limit, by: inside)
            return inside.count
        } taken: { count, done in
            try body(count, done)
        }
    }

    /// Takes turns at the log until the span is through.
    private func readAll<T>(
        _ log: any TopicLog, stop: () -> Bool, take: (any TopicConsumer) throws -> T,
        taken: (T, Int64) throws -> Void
    ) throws -> Bool {
        let open = begin.filter { $0.value < end[$0.key] ?? 0 }
        guard !open.isEmpty else { return true }
        let consumer = try log.consumer(ConsumerSettings(.partitions(open), reset: .error, readsInBulk: true))
        defer { consumer.close() }
        var unfinished = Set(open.keys)
        while !unfinished.isEmpty {
            if stop() { return false }
            let part: T
            do {
                part = try take(consumer)
            } catch let error as Failure where error.kind == .transient {
                // The client reconnects by itself; the next poll goes on where this one would have.
                continue
            }
            let through = unfinished.filter { (consumer.position($0) ?? 0) >= end[$0] ?? 0 }
            try taken(part, done(consumer.position))
            if !through.isEmpty {
                unfinished.subtract(through)
                try consumer.pause(through)
            }
        }
        return true
    }
}
