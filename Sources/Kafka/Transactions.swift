import CRdKafka
import Logging
import TopicLog

/// The transactions of one librdkafka client that has taken a transactional id over.
final class Transactions {
    /// What becomes the group's with a transaction.
    struct Offsets {
        let next: [TopicPartition: Int64]
        let notes: [TopicPartition: String]
        let membership: GroupMetadata
    }

    /// Why a transaction did not go through, and what that leaves.
    struct Breakdown: Error {
        enum Aftermath {
            /// Nothing is visible, and the client can go on.
            case clean
            /// The commit was asked for; whether it happened is not known yet.
            case unanswered
            /// Nothing is visible once another client has taken the id over.
            case broken
            /// The commit was asked for and refused in a way that does not tell whether it happened: another
            /// client that takes the id over ends it, and then it can be seen.
            case doubtful
            /// The producer is of no more use.
            case over
        }
        let error: Failure
        let aftermath: Aftermath
    }

    private let client: Client
    private let id: String
    /// Topics that were there when last asked, with their number of partitions.
    private var partitions: [String: Int] = [:]
    /// How long it has waited in all until the brokers had the records.
    private(set) var flushTime: Duration = .zero

    /// Takes the id over: whatever an earlier client left open is aborted.
    ///
    /// - Throws: ``Failure``.
    init(
        _ id: String, properties: ClientProperties, logger: Logger, deadline: ContinuousClock.Instant
    ) throws {
        self.id = id
        client = try Client(.producer(transactionalID: id), properties, logger: logger)
        do {
            try repeating(deadline) { rd_kafka_init_transactions(client.pointer, $0) }
        } catch let failure as KafkaFailure {
            let error = logError(failure, "take transactional id \(id) over")
            client.close()
            throw error
        }
    }

    func close() { client.close() }

    /// Where the first record of the last transaction stands, once it has been delivered.
    var firstPlace: RecordPlace? { client.callbacks.firstPlace }

    /// Runs one transaction to its end.
    ///
    /// - Throws: ``Breakdown``, always with the transaction ended as its aftermath says.
    func run(
        _ records: [Outgoing], _ offsets: Offsets?, _ deadline: ContinuousClock.Instant, committing: () -> Void
    ) throws {
        try checkTopics(records, deadline)
        client.callbacks.forgetDeliveries()
        do {
            if let failure = KafkaFailure(taking: rd_kafka_begin_transaction(client.pointer)) { throw failure }
            for record in records { try produce(record, deadline) }
            let written = ContinuousClock.now
            try flush(deadline)
            flushTime += .now - written
            if let offsets {
                let list = PartitionList(offsets.next, notes: offsets.notes)
                try repeating(deadline) { timeout in
                    list.lend { next in
                        offsets.membership.lend {
                            rd_kafka_send_offsets_to_transaction(client.pointer, next, $0, timeout)
                        }
                    }
                }
            }
        } catch let failure as KafkaFailure {
            throw abort(failure, "write a transaction of \(id)")
        }
        committing()
        try commit(deadline)
    }

    /// Commits, or learns how a commit ended that was asked for before.
    func commit(_ deadline: ContinuousClock.Instant) throws {
        do {
            try repeating(deadline) { rd_kafka_commit_transaction(client.pointer, $0) }
        } catch let failure as KafkaFailure {
            let error = logError(failure, "commit a transaction of \(id)")
            // librdkafka would now abort, and a broker that has committed in spite of its answer takes that
            // for a fault: the same records would be written twice.
            if failure.needsAbort { throw Breakdown(error: asOutage(error), aftermath: .doubtful) }
            if !failure.isFatal, failure.isRetriable {
                throw Breakdown(error: error, aftermath: .unanswered)
            }
            throw Breakdown(error: ending(error), aftermath: .over)
        }
    }

    /// Refuses records for topics and partitions that are not there, before anything begins.
    private func checkTopics(_ records: [Outgoing], _ deadline: ContinuousClock.Instant) throws {
        for record in records {
            let partition = Int(record.partition ?? 0)
            if let count = partitions[record.topic], (0..<count).contains(partition) { continue }
            let count: Int
            do {
                count = try partitionCount(record.topic, deadline)
            } catch let failure as KafkaFailure {
                throw Breakdown(error: logError(failure, "write to topic \(record.topic)"), aftermath: .clean)
            }
            partitions[record.topic] = count
            guard (0..<count).contains(partition) else {
                let failure = KafkaFailure(RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION)
                throw Breakdown(
                    error: logError(failure, "write to \(TopicPartition(record.topic, Int32(partition)))"),
                    aftermath: .clean)
            }
        }
    }

    private func partitionCount(_ topic: String, _ deadline: ContinuousClock.Instant) throws -> Int {
        guard let handle = rd_kafka_topic_new(client.pointer, topic, nil) else {
            throw KafkaFailure(rd_kafka_last_error())
        }
        defer { rd_kafka_topic_destroy(handle) }
        var metadata: UnsafePointer<rd_kafka_metadata>?
        let rest = max(.milliseconds(1), deadline - .now)
        try rd_kafka_metadata(client.pointer, 0, handle, &metadata, rest.wholeMilliseconds).check()
        defer { rd_kafka_metadata_destroy(metadata) }
        guard let metadata, metadata.pointee.topic_cnt > 0, let found = metadata.pointee.topics?[0] else {
            throw KafkaFailure(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
        }
        try found.err.check()
        return Int(found.partition_cnt)
    }

    private func produce(_ record: Outgoing, _ deadline: ContinuousClock.Instant) throws {
        while true {
            do throws(KafkaFailure) {
                return try record.produce(to: client.pointer)
            } catch {
                guard error.code == RD_KAFKA_RESP_ERR__QUEUE_FULL, ContinuousClock.now < deadline else { throw error }
                rd_kafka_poll(client.pointer, 10)
            }
        }
    }

    /// Waits until every record is at the brokers; throws the first that cannot be.
    private func flush(_ deadline: ContinuousClock.Instant) throws {
        while true {
            // Serves the reports of what was not delivered, too.
            let code = rd_kafka_flush(client.pointer, 100)
            if let failure = client.callbacks.takeUndelivered().first { throw failure }
            if code == RD_KAFKA_RESP_ERR_NO_ERROR { return }
            if let grave = client.callbacks.takeGrave() { throw grave }
            if ContinuousClock.now >= deadline { throw KafkaFailure(RD_KAFKA_RESP_ERR__TIMED_OUT) }
        }
    }

    /// Makes a call again for as long as librdkafka says that it may be, in slices, so that an
    /// error which only a person can heal is seen before the deadline.
    private func repeating(_ deadline: ContinuousClock.Instant, _ call: (Int32) -> OpaquePointer?) throws {
        while true {
            let rest = min(.seconds(1), max(.milliseconds(1), deadline - .now))
            guard let failure = KafkaFailure(taking: call(rest.wholeMilliseconds)) else { return }
            rd_kafka_poll(client.pointer, 0)
            guard failure.isRetriable, !failure.needsAbort, !failure.isFatal else { throw failure }
            if let grave = client.callbacks.takeGrave() { throw grave }
            if ContinuousClock.now >= deadline { throw failure }
            // Most of these waited inside; those that did not must not spin.
            rd_kafka_poll(client.pointer, 20)
        }
    }

    /// Ends the transaction after a failure, and says what that leaves.
    private func abort(_ failure: KafkaFailure, _ action: String) -> Breakdown {
        let error = logError(failure, action)
        // Asked again before the next transaction: librdkafka keeps refusing a topic until then.
        partitions = [:]
        // Known first from the answer to the abort: an old epoch alone could also be a time-out.
        var fatal = KafkaFailure.fatal(of: client.pointer)
        if fatal == nil, !failure.isFatal {
            do {
                try repeating(.now + .seconds(10)) { rd_kafka_abort_transaction(client.pointer, $0) }
                _ = client.callbacks.takeUndelivered()
                if failure.code == RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID {
                    // The group has another member of this name; it will not take offsets from us again.
                    return Breakdown(error: error, aftermath: .over)
                }
                return Breakdown(error: asOutage(error), aftermath: .clean)
            } catch {
                fatal = KafkaFailure.fatal(of: client.pointer) ?? (error as? KafkaFailure)
            }
        }
        if let fatal, ErrorTable.entry(for: fatal).kind == .fenced {
            // To take the id over again would fence the newer process in turn.
            return Breakdown(error: logError(fatal, action), aftermath: .over)
        }
        // No commit was asked for, or the broker refused it: whoever takes the id over aborts.
        return Breakdown(error: asOutage(error), aftermath: .broken)
    }

    /// As nothing is visible, and this producer can go on, an error without a cure is an outage.
    private func asOutage(_ error: Failure) -> Failure {
        [.fatal, .fenced].contains(error.kind) ? Failure(.transient, code: error.code, error.message) : error
    }

    /// An error after which this producer does not go on.
    private func ending(_ error: Failure) -> Failure {
        [.fenced, .setup].contains(error.kind) ? error : Failure(.fatal, code: error.code, error.message)
    }

    private func logError(_ failure: KafkaFailure, _ action: String) -> Failure {
        let first = failure.isFatal ? KafkaFailure.fatal(of: client.pointer) ?? failure : failure
        let error = first.logError(action)
        return Failure(error.kind, code: error.code, client.callbacks.secrets.redact(error.message))
    }
}
