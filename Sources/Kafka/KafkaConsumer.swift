import CRdKafka
import Synchronization
import TopicLog

/// A group member, or a reader of given partitions.
///
/// `@unchecked Sendable`: one queue at a time polls, seeks, pauses, commits and closes, as the
/// contract says; what a producer on another queue asks for is behind ``shared``.
final class KafkaConsumer: TopicConsumer, @unchecked Sendable {
    /// What may be asked from another queue while this one polls.
    struct Shared: Sendable {
        var assignment: Set<TopicPartition> = []
        /// As it was when the assignment was accepted. A member that was thrown out since then has
        /// no generation, and brokers take offsets from such a one as if it were alone: asking
        /// only at the commit would let a zombie through.
        var membership: GroupMetadata?
        var isOpen = true
    }

    let client: Client
    let settings: ConsumerSettings
    let shared = Mutex(Shared())
    /// What polls, seeks, pauses and commits does so on the queue that made the consumer.
    let confinement = Confinement()
    /// The offset after the last record delivered, or where the partition begins.
    var positions: [TopicPartition: Int64] = [:]
    /// Partitions of which all was read when last seen.
    var ended: Set<TopicPartition> = []
    /// Taken from librdkafka and not delivered: what did not fit, or came at the wrong time.
    var stash: [Record] = []
    /// librdkafka forgets its place when a partition is resumed that is not paused
    /// (confluentinc/librdkafka issue 4636), so we know by ourselves.
    var paused: Set<TopicPartition> = []
    /// Seeks that librdkafka was not ready for.
    var seeks: [TopicPartition: Int64] = [:]
    /// The partition of the last message, by librdkafka's handle of its topic, which lives as long
    /// as the client.
    private var last: (topic: OpaquePointer?, partition: TopicPartition)?
    /// The partition that the last message was wanted of; nil when that may have changed.
    private var wanted: TopicPartition?
    /// Told by the next poll, as records came before them.
    var errors: [Failure] = []
    /// Partitions given to us that the listener has not accepted; librdkafka waits for our answer.
    var held: RebalanceAnswer?

    init(_ settings: ConsumerSettings, client: Client) throws {
        self.client = client
        self.settings = settings
        switch settings.source {
        case .group(let group, let topics, _):
            let list = PartitionList(topics.map { (TopicPartition($0, -1), 0) })
            do {
                try list.lend { rd_kafka_subscribe(client.pointer, $0) }.check()
            } catch let failure as KafkaFailure {
                throw failure.logError("join group \(group)")
            }
        case .partitions(let offsets):
            do {
                try PartitionList(offsets).lend { rd_kafka_assign(client.pointer, $0) }.check()
            } catch let failure as KafkaFailure {
                throw failure.logError("read \(offsets.keys.sorted().map(\.description).joined(separator: ", "))")
            }
            positions = offsets.filter { $0.value >= 0 }
            shared.withLock { $0.assignment = Set(offsets.keys) }
        }
    }

    var assignment: Set<TopicPartition> { shared.withLock { $0.assignment } }

    var isMember: Bool {
        if case .group = settings.source { true } else { false }
    }

    func position(_ partition: TopicPartition) -> Int64? {
        confinement.check()
        return positions[partition]
    }

    func poll(_ limit: BatchLimit) throws -> Batch {
        confinement.check()
        try requireOpen()
        wanted = nil
        if !errors.isEmpty { throw errors.removeFirst() }
        if held != nil {
            // The group may have moved on while the listener could not begin.
            try serveWhileHeld()
            try answerHeld()
        }
        try applySeeks()
        var builder = BatchBuilder(limit)
        while let record = stash.first {
            guard builder.fits(record) else { return finish(builder) }
            stash.removeFirst()
            deliver(record, to: &builder)
        }
        let deadline = ContinuousClock.now + limit.wait
        while !builder.isFull {
            let rest = builder.isEmpty ? max(.zero, deadline - .now) : .zero
            let slice = seeks.isEmpty ? rest : min(rest, .milliseconds(20))
            guard let event = rd_kafka_queue_poll(client.queue, slice.wholeMilliseconds) else {
                if !builder.isEmpty || ContinuousClock.now >= deadline { break }
                try applySeeks()
                wanted = nil
                continue
            }
            defer { rd_kafka_event_destroy(event) }
            switch rd_kafka_event_type(event) {
            case RD_KAFKA_EVENT_FETCH:
                while let message = rd_kafka_event_message_next(event) { accept(message, into: &builder) }
            case RD_KAFKA_EVENT_REBALANCE:
                wanted = nil
                rebalance(event, &builder)
                if builder.isEmpty { try answerHeld() } else if held != nil { return finish(builder) }
            case RD_KAFKA_EVENT_ERROR:
                guard let error = handle(error: event) else { continue }
                if builder.isEmpty { throw error }
                errors.append(error)
                return finish(builder)
            default:
                continue
            }
            if !stash.isEmpty { break }
        }
        return finish(builder)
    }

    func requireOpen() throws {
        guard shared.withLock({ $0.isOpen }) else {
            throw Failure(.setup, code: "closed", "Kafka: the consumer is closed; open another.")
        }
    }

    /// Sorts a message in: delivered, kept for later, or not wanted any more.
    private func accept(_ message: UnsafePointer<rd_kafka_message_t>, into builder: inout BatchBuilder) {
        let partition = partition(of: message)
        guard wanted == partition || isWanted(partition) else { return }
        wanted = partition
        let record = Record(message, in: partition)
        if stash.isEmpty, builder.fits(record) {
            deliver(record, to: &builder)
        } else {
            keep(record)
        }
    }

    /// Keeps a record for the next poll.
    private func keep(_ record: Record) {
        if positions[record.partition] == nil { positions[record.partition] = record.offset }
        stash.append(record)
    }

    /// The message's partition; neighbours mostly share it, and need no new name.
    func partition(of message: UnsafePointer<rd_kafka_message_t>) -> TopicPartition {
        if let last, last.topic == message.pointee.rkt, last.partition.partition == message.pointee.partition {
            return last.partition
        }
        let partition = Record.partition(of: message)
        last = (message.pointee.rkt, partition)
        return partition
    }

    func isWanted(_ partition: TopicPartition) -> Bool {
        seeks[partition] == nil && !paused.contains(partition) && assignment.contains(partition)
    }

    private func deliver(_ record: Record, to builder: inout BatchBuilder) {
        positions[record.partition] = record.offset + 1
        if !ended.isEmpty { ended.remove(record.partition) }
        builder.add(record)
    }

    private func finish(_ builder: BatchBuilder) -> Batch {
        builder.batch { positions[$0] }
    }

    /// Serves what came while an assignment waits for the listener: records of partitions that we
    /// have already are kept, and the assignment itself may be taken back.
    private func serveWhileHeld() throws {
        var none = BatchBuilder(BatchLimit(records: 1, bytes: 1, wait: .zero))
        while stash.count < 1_000, let event = rd_kafka_queue_poll(client.queue, 0) {
            defer { rd_kafka_event_destroy(event) }
            switch rd_kafka_event_type(event) {
            case RD_KAFKA_EVENT_FETCH:
                while let message = rd_kafka_event_message_next(event) {
                    let record = Record(message, in: partition(of: message))
                    if isWanted(record.partition) { keep(record) }
                }
            case RD_KAFKA_EVENT_REBALANCE: rebalance(event, &none)
            case RD_KAFKA_EVENT_ERROR:
                if let error = handle(error: event) { throw error }
            default: continue
            }
        }
    }

    /// The end of a partition moves its position; other errors are returned if the caller must know.
    func handle(error event: OpaquePointer) -> Failure? {
        var partition: TopicPartition?
        var offset: Int64 = -1
        if let place = rd_kafka_event_topic_partition(event) {
            partition = TopicPartition(place.pointee.topic.map { String(cString: $0) } ?? "", place.pointee.partition)
            offset = place.pointee.offset
            rd_kafka_topic_partition_destroy(place)
        }
        let code = rd_kafka_event_error(event)
        if code == RD_KAFKA_RESP_ERR__PARTITION_EOF {
            if let partition, seeks[partition] == nil, !paused.contains(partition), assignment.contains(partition),
                !stash.contains(where: { $0.partition == partition })
            {
                // Markers and aborted records before the end count as read.
                positions[partition] = offset
                ended.insert(partition)
            }
            return nil
        }
        var failure = KafkaFailure(
            code, reason: rd_kafka_event_error_string(event).map { String(cString: $0) },
            isFatal: rd_kafka_event_error_is_fatal(event) != 0)
        if failure.isFatal, let first = KafkaFailure.fatal(of: client.pointer) { failure = first }
        let place = partition.map { "read \($0)" }
        let error = failure.logError(place ?? reading)
        client.callbacks.report(failure)
        switch error.kind {
        case .transient:
            // librdkafka reconnects by itself; only that nobody is left to talk to is an outage.
            return code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN ? error : nil
        case .lostAssignment:
            // A rebalance event follows.
            client.callbacks.logger.warning("Kafka group membership lost", metadata: ["kafka.error": "\(failure.name)"])
            return nil
        case .setup:
            // A reader has no group; librdkafka asks for its coordinator all the same.
            let isGroups = code == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED
            return isGroups && !isMember ? nil : redacted(error)
        case .data, .fenced, .fatal:
            return redacted(error)
        }
    }

    private var reading: String {
        switch settings.source {
        case .group(let group, let topics, _): "read \(topics.joined(separator: ", ")) in group \(group)"
        case .partitions(let offsets): "read \(offsets.keys.sorted().map(\.description).joined(separator: ", "))"
        }
    }

    func redacted(_ error: Failure) -> Failure {
        Failure(error.kind, code: error.code, client.callbacks.secrets.redact(error.message))
    }

    deinit { close() }
}

/// Fills a batch within its bounds.
struct BatchBuilder {
    let limit: BatchLimit
    private(set) var records: [Record] = []
    private var bytes = 0

    init(_ limit: BatchLimit) {
        self.limit = limit
    }

    var isEmpty: Bool { records.isEmpty }
    var isFull: Bool { records.count >= limit.records || bytes >= limit.bytes }

    func fits(_ record: Record) -> Bool {
        records.isEmpty || (records.count < limit.records && bytes + record.size <= limit.bytes)
    }

    mutating func add(_ record: Record) {
        records.append(record)
        bytes += record.size
    }

    /// Takes back what came of partitions that are not ours any more.
    mutating func drop(_ partitions: Set<TopicPartition>) {
        records.removeAll { partitions.contains($0.partition) }
        bytes = records.reduce(0) { $0 + $1.size }
    }

    func batch(_ position: (TopicPartition) -> Int64?) -> Batch {
        var next: [TopicPartition: Int64] = [:]
        for (place, record) in records.enumerated() {
            // The last of a run of one partition is enough.
            if place + 1 < records.count, records[place + 1].partition == record.partition { continue }
            next[record.partition] = max(record.offset + 1, position(record.partition) ?? 0)
        }
        return Batch(records: records, next: next)
    }
}

extension Duration {
    /// Milliseconds as librdkafka takes them, rounded up so that nothing returns too early.
    var wholeMilliseconds: Int32 {
        let (seconds, attoseconds) = components
        let milliseconds = Double(seconds) * 1_000 + (Double(attoseconds) / 1e15).rounded(.up)
        return Int32(min(max(milliseconds, 0), 3_600_000))
    }
}
