import Foundation
import Synchronization
import Testing
import TopicLog

/// What a case works with: names of its own, logs that are closed at the end, and waiting with
/// a deadline.
final class ConformanceContext: @unchecked Sendable {  // One case, one thread.
    let backend: ConformanceBackend
    private let tag = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    private var opened: [any TopicLog] = []
    private var consumers: [any TopicConsumer] = []
    private var producers: [any TopicProducer] = []
    private var current: (any TopicLog)?
    private var created: [String] = []

    init(backend: ConformanceBackend) {
        self.backend = backend
    }

    /// A name that no other case and no other run uses.
    func name(_ word: String) -> String { "gongbao-test-\(tag)-\(word)" }

    /// The log, opened on first use.
    func log() throws -> any TopicLog {
        if let current { return current }
        let log = try backend.open()
        opened.append(log)
        current = log
        return log
    }

    /// Closes everything and opens the log again.
    func restart() throws -> any TopicLog {
        closeAll()
        return try log()
    }

    /// A new topic.
    func topic(
        _ word: String = "topic", partitions: Int = 1, configuration: [String: String] = [:]
    ) throws -> String {
        let topic = name(word)
        if let create = backend.create {
            try create(topic, partitions)
        } else {
            try log().admin.create([
                TopicSpecification(name: topic, partitions: partitions, configuration: configuration)
            ])
            created.append(topic)
        }
        return topic
    }

    func producer(_ id: String = "producer") throws -> any TopicProducer {
        let producer = try log().producer(transactionalID: name(id))
        producers.append(producer)
        return producer
    }

    /// Appends in one transaction, by a producer of its own.
    func append(_ records: [Outgoing]) throws {
        let producer = try producer("append-\(producers.count)")
        try producer.transact(records, consumed: nil)
        producer.close()
    }

    func consumer(_ settings: ConsumerSettings) throws -> any TopicConsumer {
        let consumer = try log().consumer(settings)
        consumers.append(consumer)
        return consumer
    }

    /// A group member that begins at the oldest record.
    func member(
        _ topics: [String], group: String = "group", reset: ConsumerSettings.Reset = .earliest,
        listener: (any RebalanceListener)? = nil
    ) throws -> any TopicConsumer {
        try consumer(
            ConsumerSettings(.group(name(group), topics: topics, member: nil), reset: reset, listener: listener))
    }

    /// Reads one partition from an offset, without a group.
    func reader(_ topic: String, _ partition: Int32 = 0, from offset: Int64 = 0) throws -> any TopicConsumer {
        try consumer(ConsumerSettings(.partitions([TopicPartition(topic, partition): offset])))
    }

    /// Polls until as many records have come, or patience ends.
    func read(
        _ count: Int, from consumer: any TopicConsumer, limit: BatchLimit = .brief,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> [Record] {
        var records: [Record] = []
        try eventually("\(count) records", sourceLocation: sourceLocation) {
            records += try consumer.poll(limit).records
            return records.count >= count
        }
        return records
    }

    /// Polls a few times and returns what came where nothing should. Proof by absence needs some
    /// time: as long as brokers let a fetch wait.
    func readNothing(from consumer: any TopicConsumer) throws -> [Record] {
        try (0..<3).flatMap { _ in try consumer.poll(.brief).records }
    }

    /// Polls all members in turn until the condition holds; returns what came meanwhile.
    @discardableResult
    func poll(
        _ members: [any TopicConsumer], until what: String, sourceLocation: SourceLocation = #_sourceLocation,
        _ condition: ([Record]) throws -> Bool
    ) throws -> [Record] {
        var records: [Record] = []
        try eventually(what, sourceLocation: sourceLocation) {
            for member in members { records += try member.poll(.brief).records }
            return try condition(records)
        }
        return records
    }

    /// Repeats a step, which waits by itself, until it is true; fails when patience ends.
    /// An outage on the way (`transient`) is not a failure.
    func eventually(
        _ what: String, sourceLocation: SourceLocation = #_sourceLocation, _ step: () throws -> Bool
    ) throws {
        let deadline = ContinuousClock.now + backend.patience
        while true {
            do {
                if try step() { return }
            } catch let error as Failure where error.kind == .transient {}
            if ContinuousClock.now >= deadline {
                try #require(Bool(false), "waited \(backend.patience) for \(what)", sourceLocation: sourceLocation)
            }
        }
    }

    /// The log error that a step throws, at once or while it is repeated.
    func failure(_ step: () throws -> Void) throws -> Failure {
        var found: Failure?
        try eventually("an error") {
            do {
                try step()
            } catch let error as Failure where error.kind != .transient {
                found = error
            }
            return found != nil
        }
        return try #require(found)
    }

    func closeAll() {
        for consumer in consumers { consumer.close() }
        for producer in producers { producer.close() }
        for log in opened { log.close() }
        consumers = []
        producers = []
        opened = []
        current = nil
    }

    /// Removes what the case made and closes everything.
    func close() {
        for consumer in consumers { consumer.close() }
        if let current, !created.isEmpty { try? current.admin.delete(created) }
        closeAll()
    }
}

extension BatchLimit {
    /// Plenty of records, a short wait.
    static let brief = BatchLimit(records: 1_000, bytes: 64 << 20, wait: .milliseconds(200))
}

extension Outgoing {
    /// A record with text for key and value.
    init(_ topic: String, _ key: String?, _ value: String, partition: Int32? = nil) {
        self.init(topic: topic, partition: partition, key: key.map { Array($0.utf8) }, value: Array(value.utf8))
    }
}

extension Record {
    /// The value as text.
    var text: String { String(decoding: value ?? [], as: UTF8.self) }
}

/// Records what it was told, and begins where it is told to.
final class RecordingListener: RebalanceListener {
    struct Told: Sendable {
        var assigned: [[TopicPartition]] = []
        var revoked: [[TopicPartition]] = []
        var lost = false
    }

    private let state = Mutex(Told())
    private let overrides: @Sendable () throws -> [TopicPartition: Int64]

    var told: Told { state.withLock { $0 } }

    init(overrides: @escaping @Sendable () throws -> [TopicPartition: Int64] = { [:] }) {
        self.overrides = overrides
    }

    func assigned(_ partitions: [TopicPartition]) throws -> [TopicPartition: Int64] {
        state.withLock { $0.assigned.append(partitions) }
        return try overrides()
    }

    func revoked(_ partitions: [TopicPartition], lost: Bool) {
        state.withLock {
            $0.revoked.append(partitions)
            $0.lost = $0.lost || lost
        }
    }
}
