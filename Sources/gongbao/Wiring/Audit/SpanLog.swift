import Audit
import TopicLog

/// A span of a log as a log of its own, for a worker that is to see nothing else: its group reads
/// the span from its beginning and leaves no trace, and what the worker writes goes nowhere.
final class SpanLog: TopicLog {
    private let log: any TopicLog
    private let span: ReplaySpan

    init(_ log: any TopicLog, _ span: ReplaySpan) {
        self.log = log
        self.span = span
    }

    var features: Features { log.features }
    var admin: any TopicAdmin { SpanAdmin(admin: log.admin, span: span) }

    func consumer(_ settings: ConsumerSettings) throws -> any TopicConsumer {
        var begin = span.begin
        if case .group(_, let topics, _) = settings.source {
            begin = begin.filter { topics.contains($0.key.topic) }
            // The span is assigned once and for all.
            let chosen = try settings.listener?.assigned(begin.keys.sorted()) ?? [:]
            begin.merge(chosen.filter { begin[$0.key] != nil }) { $1 }
        }
        return SpanConsumer(try log.consumer(ConsumerSettings(.partitions(begin), reset: .error)), span)
    }

    func producer(transactionalID: String) throws -> any TopicProducer { NullProducer() }
    func close() {}
}

/// The span's ends are the log's ends.
private struct SpanAdmin: TopicAdmin {
    let admin: any TopicAdmin
    let span: ReplaySpan

    func describe(_ names: [String]?) throws -> [TopicDescription] {
        let topics = Set(span.begin.keys.map(\.topic))
        return try admin.describe(names).filter { topics.contains($0.name) }
    }

    func watermarks(_ partitions: [TopicPartition]) throws -> [TopicPartition: Watermarks] {
        Dictionary(
            uniqueKeysWithValues: partitions.map {
                ($0, Watermarks(low: span.begin[$0] ?? 0, high: span.end[$0] ?? span.begin[$0] ?? 0))
            })
    }

    func offsets(at times: [TopicPartition: Timestamp]) throws -> [TopicPartition: Int64] {
        try admin.offsets(at: times)
    }
    func create(_ topics: [TopicSpecification]) -> [String] { [] }
    func delete(_ names: [String]) {}
    func deleteRecords(before offsets: [TopicPartition: Int64]) {}
    func groupOffsets(_ group: String) -> [TopicPartition: Int64] { [:] }
    func groups() -> [String] { [] }
}

/// Reads a span; what it commits is kept by whoever gave it the offsets.
///
/// `@unchecked Sendable`: the contract lets one queue at a time use a consumer.
private final class SpanConsumer: TopicConsumer, @unchecked Sendable {
    private let consumer: any TopicConsumer
    private let span: ReplaySpan
    private let confinement = Confinement()

    init(_ consumer: any TopicConsumer, _ span: ReplaySpan) {
        self.consumer = consumer
        self.span = span
    }

    var assignment: Set<TopicPartition> { consumer.assignment }

    func poll(_ limit: BatchLimit) throws -> Batch {
        confinement.check()
        let batch = try consumer.poll(limit)
        let records = batch.records.filter { $0.offset < span.end[$0.partition] ?? 0 }
        let present = Set(records.map(\.partition))
        // What came after the end is not read, and whoever goes on later must begin there.
        let next = batch.next.filter { present.contains($0.key) }.map { ($0, min($1, span.end[$0] ?? 0)) }
        return Batch(records: records, next: Dictionary(uniqueKeysWithValues: next))
    }

    func position(_ partition: TopicPartition) -> Int64? { consumer.position(partition) }
    func seek(_ offsets: [TopicPartition: Int64]) throws { try consumer.seek(offsets) }
    func pause(_ partitions: Set<TopicPartition>) throws { try consumer.pause(partitions) }
    func resume(_ partitions: Set<TopicPartition>) throws { try consumer.resume(partitions) }
    func commit(_ offsets: [TopicPartition: Int64]) {}
    func committed(_ partitions: [TopicPartition]) -> [TopicPartition: Int64] { [:] }
    func close() { consumer.close() }
}

private final class NullProducer: TopicProducer {
    func transact(_ records: [Outgoing], consumed: Consumed?) {}
    func close() {}
}
