import Foundation
import Synchronization

/// A log that lives in one process: groups, fencing, waiting and checks over a ``LogStorage``.
package final class LocalLog: TopicLog {
    /// What a caller asks of the log; interceptors see it before anything is done.
    package enum Operation: Sendable, Equatable {
        case poll, commit, committed, transact, consumer, producer, admin
    }

    package let features: Features
    package let storage: any LogStorage
    package let coordinator: GroupCoordinator
    package let bell = Bell()
    /// How long a member may stay away from `poll` before another takes its partitions.
    package let sessionTimeout: Duration

    private let now: @Sendable () -> Timestamp
    private let uptime: @Sendable () -> ContinuousClock.Instant
    private let intercept: @Sendable (Operation) throws -> Void
    /// Held by whoever changes the log or who owns what, so that what a transaction has checked
    /// still holds when it commits.
    private let writing = NSLock()
    private let isClosed = Atomic<Bool>(false)
    /// Spreads records without key over the partitions.
    private let spread = Atomic<Int>(0)

    package init(
        storage: any LogStorage, features: Features, sessionTimeout: Duration,
        now: @escaping @Sendable () -> Timestamp,
        uptime: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        intercept: @escaping @Sendable (Operation) throws -> Void = { _ in }
    ) {
        self.storage = storage
        self.features = features
        self.sessionTimeout = sessionTimeout
        self.now = now
        self.uptime = uptime
        self.intercept = intercept
        self.coordinator = GroupCoordinator { storage.partitions(of: $0) }
    }

    package var admin: any TopicAdmin { LocalAdmin(log: self) }

    package func consumer(_ settings: ConsumerSettings) throws -> any TopicConsumer {
        try begin(.consumer)
        let topics: Set<String>
        switch settings.source {
        case .group(_, let names, _): topics = Set(names)
        case .partitions(let offsets): topics = Set(offsets.keys.map(\.topic))
        }
        for topic in topics.sorted() where storage.partitions(of: topic) == nil { throw unknownTopic(topic) }
        if case .partitions(let offsets) = settings.source {
            for partition in offsets.keys.sorted() where storage.watermarks(partition) == nil {
                throw unknownTopic("\(partition)")
            }
        }
        return LocalConsumer(log: self, settings: settings)
    }

    package func producer(transactionalID: String) throws -> any TopicProducer {
        try begin(.producer)
        return try write { LocalProducer(log: self, id: transactionalID, epoch: coordinator.takeOver(transactionalID)) }
    }

    package func close() {
        writing.withLock {
            guard !isClosed.exchange(true, ordering: .sequentiallyConsistent) else { return }
            storage.close()
        }
        bell.ring()
    }

    /// Lets an interceptor fail the call, or fails it because the log is closed.
    package func begin(_ operation: Operation) throws {
        try intercept(operation)
        try checkOpen()
    }

    /// Runs a change with nothing else changing.
    package func write<Value>(_ change: () throws -> Value) throws -> Value {
        try writing.withLock {
            try checkOpen()
            return try change()
        }
    }

    /// The time since some start, for sessions.
    package func instant() -> ContinuousClock.Instant { uptime() }

    /// Settles partition and timestamp of records and checks that they can be stored.
    package func place(_ records: [Outgoing]) throws -> [PlacedRecord] {
        let time = now()
        return try records.map { record in
            guard let count = storage.partitions(of: record.topic) else { throw unknownTopic(record.topic) }
            let number =
                record.partition
                ?? record.key.map { Murmur2.partition(of: $0, count: count) }
                ?? Int32(spread.wrappingAdd(1, ordering: .relaxed).oldValue & 0x7fff_ffff) % Int32(count)
            let partition = TopicPartition(record.topic, number)
            guard number >= 0, Int(number) < count else { throw unknownTopic("\(partition)") }
            guard record.size <= features.maximumValueBytes else {
                throw Failure(
                    .setup, code: "record_too_large",
                    "A record of \(record.size) bytes for topic \(record.topic) is larger than the "
                        + "\(features.maximumValueBytes) bytes that \(features.backend) stores.")
            }
            return PlacedRecord(partition: partition, timestamp: record.timestamp ?? time, record: record)
        }
    }

    package func unknownTopic(_ name: String) -> Failure {
        Failure(
            .setup, code: "unknown_topic",
            "There is no topic \(name) in \(features.backend); create it with `gongbao topics create`.")
    }

    /// Throws once the log has been closed.
    package func checkOpen() throws {
        guard !isClosed.load(ordering: .sequentiallyConsistent) else {
            throw Failure(.fatal, code: "closed", "\(features.backend) has been closed.")
        }
    }
}
