import TopicLog

/// Where an audit reads records: a log, or the archive of one. Groups and their offsets are
/// never touched.
public protocol RecordSource: AnyObject, Sendable {
    /// What it is, for reports: `the embedded log data/topics.sqlite`.
    var name: String { get }
    /// Whether offsets may be skipped that hold no data: markers of transactions, aborted records.
    var hasMarkers: Bool { get }

    /// Oldest and next offset of each partition of a topic; empty when there is no such topic.
    func partitions(of topic: String) throws -> [TopicPartition: Watermarks]

    /// For each partition the first offset whose timestamp is at or after `time`; partitions
    /// without such a record are missing.
    func offsets(at time: Timestamp, in partitions: [TopicPartition]) throws -> [TopicPartition: Int64]

    /// What is wrong with it besides records that cannot be read.
    func problems() -> [Finding]

    /// Hands on the records of these spans in batches, in order within each partition. Whatever
    /// cannot be read is told, and the rest is read.
    ///
    /// - Returns: what could not be read.
    func read(
        _ spans: [TopicPartition: Range<Int64>], _ body: ([Record]) throws -> Void
    ) throws -> [UnreadableSpan]

    /// Shows the same records as their canonical bytes, ``ArchivedRecord``, in order within each
    /// partition, which costs a fraction of reading them. The pointer is good for the call alone.
    ///
    /// - Returns: what could not be read.
    func readCanonical(
        _ spans: [TopicPartition: Range<Int64>], _ body: (TopicPartition, Int64, UnsafeRawBufferPointer) throws -> Void
    ) throws -> [UnreadableSpan]
}

/// A stretch of a partition that cannot be read.
public struct UnreadableSpan: Sendable, Equatable {
    /// The partition.
    public let partition: TopicPartition
    /// The offsets.
    public let offsets: Range<Int64>
    /// Whether records are there that are not what was written; else they are gone.
    public let isTampered: Bool
    /// One plain sentence.
    public let message: String
}

extension RecordSource {
    /// Nothing, of a log.
    public func problems() -> [Finding] { [] }

    /// The record at an offset; nil when there is none, or it cannot be read.
    func record(_ partition: TopicPartition, at offset: Int64) throws -> Record? {
        var found: Record?
        _ = try read([partition: offset..<offset + 1]) { found = $0.first { $0.offset == offset } ?? found }
        return found
    }
}

/// A ``TopicLog`` as a source.
///
/// `@unchecked Sendable`: the log may be used from any queue, and nothing here changes.
public final class LogSource: RecordSource, @unchecked Sendable {
    private let log: any TopicLog
    private let limit: BatchLimit
    /// What it is, for reports.
    public let name: String

    /// Transactions of a log in one process leave no markers.
    public var hasMarkers: Bool { log.features.isShared }

    /// A source over a log that stays open as long as this is used.
    public init(
        _ log: any TopicLog, name: String,
        limit: BatchLimit = BatchLimit(records: 2000, bytes: 16 << 20, wait: .milliseconds(200))
    ) {
        self.log = log
        self.name = name
        self.limit = limit
    }

    /// Oldest and next offset of each partition of a topic.
    public func partitions(of topic: String) throws -> [TopicPartition: Watermarks] {
        let partitions = try log.admin.describe([topic]).flatMap { topic in
            (0..<Int32(topic.partitions)).map { TopicPartition(topic.name, $0) }
        }
        return partitions.isEmpty ? [:] : try log.admin.watermarks(partitions)
    }

    /// The first offsets at or after a time.
    public func offsets(at time: Timestamp, in partitions: [TopicPartition]) throws -> [TopicPartition: Int64] {
        try log.admin.offsets(at: Dictionary(uniqueKeysWithValues: partitions.map { ($0, time) }))
    }

    /// Reads spans; a damaged record of the embedded log is stepped over and told.
    public func read(
        _ spans: [TopicPartition: Range<Int64>], _ body: ([Record]) throws -> Void
    ) throws -> [UnreadableSpan] {
        try readAll(spans) { consumer in
            let records = try consumer.poll(limit).records.filter { record in
                spans[record.partition].map { record.offset < $0.upperBound } ?? false
            }
            if !records.isEmpty { try body(records) }
        }
    }

    /// Shows spans; a damaged record is stepped over and told.
    public func readCanonical(
        _ spans: [TopicPartition: Range<Int64>], _ body: (TopicPartition, Int64, UnsafeRawBufferPointer) throws -> Void
    ) throws -> [UnreadableSpan] {
        try withoutActuallyEscaping(body) { body in
            let visitor = SpanVisitor(CanonicalVisitor(body), end: spans.mapValues(\.upperBound))
            return try readAll(spans) { consumer in _ = try consumer.visit(limit, by: visitor) }
        }
    }

    /// Takes turns at the log until the spans are through.
    private func readAll(
        _ spans: [TopicPartition: Range<Int64>], take: (any TopicConsumer) throws -> Void
    ) throws -> [UnreadableSpan] {
        var unreadable: [UnreadableSpan] = []
        var open = spans.filter { !$0.value.isEmpty }
        while !open.isEmpty {
            let consumer = try log.consumer(
                ConsumerSettings(.partitions(open.mapValues(\.lowerBound)), reset: .error))
            defer { consumer.close() }
            do {
                while !open.isEmpty {
                    try take(consumer)
                    let done = advance(&open, consumer)
                    if !done.isEmpty { try consumer.pause(done) }
                }
            } catch let error as Failure where error.kind == .transient {
                // What was shown before the failure is not shown again.
                advance(&open, consumer)
            } catch let error as Failure where error.code == "damaged" {
                advance(&open, consumer)
                unreadable += try stepOver(&open, error)
            }
        }
        return unreadable
    }

    /// Leaves of the spans what the consumer has not read; returns which partitions are through.
    @discardableResult
    private func advance(_ open: inout [TopicPartition: Range<Int64>], _ consumer: any TopicConsumer) -> Set<
        TopicPartition
    > {
        var done: Set<TopicPartition> = []
        for (partition, span) in open {
            let position = consumer.position(partition) ?? span.lowerBound
            if position >= span.upperBound {
                open[partition] = nil
                done.insert(partition)
            } else if position > span.lowerBound {
                open[partition] = position..<span.upperBound
            }
        }
        return done
    }

    /// Finds the partitions that cannot be read where they stand, and goes on behind that record.
    private func stepOver(
        _ open: inout [TopicPartition: Range<Int64>], _ error: Failure
    ) throws -> [UnreadableSpan] {
        var unreadable: [UnreadableSpan] = []
        for (partition, span) in open.sorted(by: { $0.key < $1.key }) {
            let consumer = try log.consumer(ConsumerSettings(.partitions([partition: span.lowerBound]), reset: .error))
            defer { consumer.close() }
            do {
                _ = try consumer.poll(BatchLimit(records: 1, bytes: 1, wait: limit.wait))
            } catch let error as Failure where error.code == "damaged" {
                unreadable.append(
                    UnreadableSpan(
                        partition: partition, offsets: span.lowerBound..<span.lowerBound + 1, isTampered: true,
                        message: "\(partition)@\(span.lowerBound) is not what was written: \(error.message)"))
                open[partition] = span.lowerBound + 1 < span.upperBound ? span.lowerBound + 1..<span.upperBound : nil
            }
        }
        if unreadable.isEmpty { throw error }
        return unreadable
    }
}
