import CRdKafka
import TopicLog

/// Partitions that the group gave us, until the listener says where to begin.
struct RebalanceAnswer {
    var partitions: [TopicPartition]
}

/// A member's identity in its group, as brokers check it; destroyed when it goes away.
///
/// `@unchecked Sendable`: nobody changes it.
final class GroupMetadata: @unchecked Sendable {
    private let pointer: OpaquePointer

    init?(of client: OpaquePointer) {
        guard let pointer = rd_kafka_consumer_group_metadata(client) else { return nil }
        self.pointer = pointer
    }

    deinit { rd_kafka_consumer_group_metadata_destroy(pointer) }

    /// Lends it to C for as long as the body runs.
    func lend<T>(_ body: (OpaquePointer) throws -> T) rethrows -> T {
        try withExtendedLifetime(self) { try body(pointer) }
    }
}

/// Rebalances: librdkafka tells, we answer, eager and incremental alike.
extension KafkaConsumer {
    /// Takes a rebalance event. What is given waits in ``held``; what is taken goes at once.
    func rebalance(_ event: OpaquePointer, _ builder: inout BatchBuilder) {
        let partitions = PartitionList.entries(rd_kafka_event_topic_partition_list(event)).map(\.partition)
        switch rd_kafka_event_error(event) {
        case RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS:
            held = RebalanceAnswer(partitions: partitions)
        case RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS:
            revoke(partitions, &builder)
        default:
            revoke(partitions, &builder)
            client.callbacks.logger.warning(
                "Kafka rebalance failed",
                metadata: ["kafka.error": "\(String(cString: rd_kafka_err2name(rd_kafka_event_error(event))))"])
        }
    }

    /// Asks the listener and accepts what is held. When the listener throws, it stays held.
    func answerHeld() throws {
        guard let answer = held else { return }
        let starts = answer.partitions.isEmpty ? [:] : try settings.listener?.assigned(answer.partitions) ?? [:]
        held = nil
        let begins = answer.partitions.map { ($0, starts[$0] ?? Int64(RD_KAFKA_OFFSET_INVALID)) }
        try accept(PartitionList(begins))
        for partition in answer.partitions {
            positions[partition] = starts[partition].flatMap { $0 >= 0 ? $0 : nil }
        }
        let membership = GroupMetadata(of: client.pointer)
        shared.withLock {
            $0.assignment.formUnion(answer.partitions)
            $0.membership = membership
        }
    }

    private var isIncremental: Bool {
        rd_kafka_rebalance_protocol(client.pointer).map { String(cString: $0) } == "COOPERATIVE"
    }

    private func accept(_ list: PartitionList) throws {
        do {
            if isIncremental {
                if let failure = KafkaFailure(taking: list.lend { rd_kafka_incremental_assign(client.pointer, $0) }) {
                    throw failure
                }
            } else {
                try list.lend { rd_kafka_assign(client.pointer, $0) }.check()
            }
        } catch let failure as KafkaFailure {
            throw redacted(failure.logError("accept partitions"))
        }
    }

    private func revoke(_ partitions: [TopicPartition], _ builder: inout BatchBuilder) {
        let lost = rd_kafka_assignment_lost(client.pointer) != 0
        let incremental = isIncremental
        let gone = incremental ? Set(partitions).intersection(assignment) : assignment
        if incremental {
            held?.partitions.removeAll { partitions.contains($0) }
        } else {
            held = nil
        }
        builder.drop(gone)
        stash.removeAll { gone.contains($0.partition) }
        ended.subtract(gone)
        for partition in gone {
            positions[partition] = nil
            seeks[partition] = nil
        }
        // librdkafka would remember the pause if the partition came back.
        let resumed = paused.intersection(gone)
        if !resumed.isEmpty {
            _ = PartitionList(resumed.map { ($0, 0) }).lend { rd_kafka_resume_partitions(client.pointer, $0) }
            paused.subtract(resumed)
        }
        shared.withLock {
            $0.assignment.subtract(gone)
            if !incremental || lost { $0.membership = nil }
        }
        if !gone.isEmpty { settings.listener?.revoked(gone.sorted(), lost: lost) }
        let failure: KafkaFailure?
        if incremental {
            failure = KafkaFailure(
                taking: PartitionList(partitions.map { ($0, 0) }).lend {
                    rd_kafka_incremental_unassign(client.pointer, $0)
                })
        } else {
            let code = rd_kafka_assign(client.pointer, nil)
            failure = code == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : KafkaFailure(code)
        }
        if let failure { client.callbacks.report(failure) }
    }

    /// Leaves the group and destroys the client. The listener is not asked any more.
    func close() {
        let wasOpen = shared.withLock { state in
            defer {
                state.isOpen = false
                state.assignment = []
                state.membership = nil
            }
            return state.isOpen
        }
        guard wasOpen else { return }
        stash = []
        held = nil
        leave()
        client.close()
    }

    /// Leaves within the time that a broker may take to answer; a member that cannot is thrown
    /// out by the group when its session times out.
    private func leave() {
        guard let queue = client.queue else { return }
        if KafkaFailure(taking: rd_kafka_consumer_close_queue(client.pointer, queue)) != nil { return }
        let deadline = ContinuousClock.now + .seconds(10)
        while rd_kafka_consumer_closed(client.pointer) == 0, ContinuousClock.now < deadline {
            guard let event = rd_kafka_queue_poll(queue, 100) else { continue }
            if rd_kafka_event_type(event) == RD_KAFKA_EVENT_REBALANCE {
                let partitions = PartitionList.entries(rd_kafka_event_topic_partition_list(event)).map(\.partition)
                if isIncremental {
                    _ = KafkaFailure(
                        taking: PartitionList(partitions.map { ($0, 0) }).lend {
                            rd_kafka_incremental_unassign(client.pointer, $0)
                        })
                } else {
                    rd_kafka_assign(client.pointer, nil)
                }
            }
            rd_kafka_event_destroy(event)
        }
    }
}
