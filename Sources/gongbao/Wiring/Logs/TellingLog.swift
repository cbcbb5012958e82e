import Logging
import TopicLog

/// A log whose readers of spans say when nothing comes though there is more, instead of waiting without a word:
/// on Kafka a transaction that another program began and did not end holds back all that follows it.
final class TellingLog: TopicLog {
    private let log: any TopicLog
    private let logger: Logger

    init(_ log: any TopicLog, _ logger: Logger) {
        self.log = log
        self.logger = logger
    }

    var features: Features { log.features }
    var admin: any TopicAdmin { log.admin }
    func close() { log.close() }
    func producer(transactionalID: String) throws -> any TopicProducer {
        try log.producer(transactionalID: transactionalID)
    }

    /// Members of a group are left as they are: workers tell by themselves.
    func consumer(_ settings: ConsumerSettings) throws -> any TopicConsumer {
        let consumer = try log.consumer(settings)
        guard case .partitions = settings.source else { return consumer }
        return TellingConsumer(consumer, log.admin, logger)
    }
}

/// `@unchecked Sendable`: the contract lets one queue at a time use a consumer.
private final class TellingConsumer: TopicConsumer, @unchecked Sendable {
    private let consumer: any TopicConsumer
    private let admin: any TopicAdmin
    private let logger: Logger
    private let confinement = Confinement()
    private var moved = ContinuousClock.now
    private var hasTold = false

    /// How long nothing comes before it is told.
    private static let patience = Duration.seconds(10)

    init(_ consumer: any TopicConsumer, _ admin: any TopicAdmin, _ logger: Logger) {
        self.consumer = consumer
        self.admin = admin
        self.logger = logger
    }

    var assignment: Set<TopicPartition> { consumer.assignment }

    func poll(_ limit: BatchLimit) throws -> Batch {
        confinement.check()
        let batch = try consumer.poll(limit)
        note(batch.records.count)
        return batch
    }

    func visit(_ limit: BatchLimit, by visitor: any RecordVisitor) throws -> Int {
        confinement.check()
        let count = try consumer.visit(limit, by: visitor)
        note(count)
        return count
    }

    private func note(_ count: Int) {
        if count > 0 {
            moved = .now
            hasTold = false
        }
        guard !hasTold, ContinuousClock.now - moved >= Self.patience else { return }
        moved = .now
        guard let bounds = try? admin.watermarks(assignment.sorted()) else { return }
        let behind = bounds.filter { partition, bound in consumer.position(partition) ?? bound.low < bound.high }
        guard !behind.isEmpty else { return }
        hasTold = true
        let names = Say.list(behind.keys.sorted().map(\.description))
        let reason = "an open transaction of another program may hold it back"
        // Commands log nothing below an error; what they wait for is said to whoever waits.
        guard logger.logLevel <= .warning else {
            return ExitStatus.complain("nothing comes of \(names) though there is more: \(reason); waiting goes on.")
        }
        logger.warning("nothing comes though there is more: \(reason)", metadata: ["partitions": "\(names)"])
    }

    func position(_ partition: TopicPartition) -> Int64? { consumer.position(partition) }
    func seek(_ offsets: [TopicPartition: Int64]) throws { try consumer.seek(offsets) }
    func pause(_ partitions: Set<TopicPartition>) throws { try consumer.pause(partitions) }
    func resume(_ partitions: Set<TopicPartition>) throws { try consumer.resume(partitions) }
    func commit(_ offsets: [TopicPartition: Int64]) throws { try consumer.commit(offsets) }
    func notes(_ partitions: [TopicPartition]) throws -> [TopicPartition: String] { try consumer.notes(partitions) }
    func committed(_ partitions: [TopicPartition]) throws -> [TopicPartition: Int64] {
        try consumer.committed(partitions)
    }
    func close() { consumer.close() }
}
