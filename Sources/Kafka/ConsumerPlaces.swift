import CRdKafka
import Foundation
import TopicLog

/// Where a consumer stands: seeking, pausing, offsets of the group.
extension KafkaConsumer {
    func seek(_ offsets: [TopicPartition: Int64]) throws {
        confinement.check()
        try requireOpen()
        let assigned = assignment
        let ours = offsets.filter { assigned.contains($0.key) }
        guard !ours.isEmpty else { return }
        stash.removeAll { ours[$0.partition] != nil }
        positions.merge(ours) { $1 }
        ended.subtract(ours.keys)
        seeks.merge(ours) { $1 }
        try applySeeks()
    }

    /// Seeks what waits for it, except where paused. A partition whose fetcher has not started
    /// is tried again by the next poll; nothing of it is delivered before.
    func applySeeks() throws {
        let due = seeks.filter { !paused.contains($0.key) }
        guard !due.isEmpty else { return }
        let list = PartitionList(due)
        if let failure = KafkaFailure(taking: list.lend { rd_kafka_seek_partitions(client.pointer, $0, 5_000) }) {
            if failure.code == RD_KAFKA_RESP_ERR__TIMED_OUT { return }
            throw redacted(failure.logError("seek"))
        }
        for entry in list.entries {
            switch entry.error {
            case RD_KAFKA_RESP_ERR_NO_ERROR: seeks[entry.partition] = nil
            case RD_KAFKA_RESP_ERR__STATE, RD_KAFKA_RESP_ERR__PREV_IN_PROGRESS, RD_KAFKA_RESP_ERR__IN_PROGRESS,
                RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
                continue
            default:
                throw redacted(KafkaFailure(entry.error).logError("seek in \(entry.partition)"))
            }
        }
    }

    func pause(_ partitions: Set<TopicPartition>) throws {
        confinement.check()
        try requireOpen()
        let fresh = partitions.intersection(assignment).subtracting(paused)
        guard !fresh.isEmpty else { return }
        let list = PartitionList(fresh.map { ($0, 0) })
        do {
            try list.lend { rd_kafka_pause_partitions(client.pointer, $0) }.check()
        } catch let failure as KafkaFailure {
            throw redacted(failure.logError("pause"))
        }
        paused.formUnion(fresh)
        stash.removeAll { fresh.contains($0.partition) }
    }

    func resume(_ partitions: Set<TopicPartition>) throws {
        confinement.check()
        try requireOpen()
        let these = partitions.intersection(paused)
        guard !these.isEmpty else { return }
        let list = PartitionList(these.map { ($0, 0) })
        do {
            try list.lend { rd_kafka_resume_partitions(client.pointer, $0) }.check()
        } catch let failure as KafkaFailure {
            throw redacted(failure.logError("resume"))
        }
        paused.subtract(these)
        // What was prefetched is gone, so go on from where we know that we stood.
        for partition in these where seeks[partition] == nil {
            seeks[partition] = positions[partition]
        }
        try applySeeks()
    }

    func commit(_ offsets: [TopicPartition: Int64]) throws {
        confinement.check()
        try requireOpen()
        guard case .group(let group, _, _) = settings.source else { throw groupless }
        guard !offsets.isEmpty else { return }
        guard isStillOurs(offsets.keys) else {
            throw Failure(
                .lostAssignment, code: "lost_assignment",
                "Kafka: offsets of group \(group) were not committed: another member reads these partitions now.")
        }
        let list = PartitionList(offsets)
        do {
            try list.lend { rd_kafka_commit(client.pointer, $0, 0) }.check()
            for entry in list.entries { try entry.error.check() }
        } catch let failure as KafkaFailure {
            throw redacted(failure.logError("commit offsets of group \(group)"))
        }
    }

    func committed(_ partitions: [TopicPartition]) throws -> [TopicPartition: Int64] {
        try committedEntries(partitions).mapValues(\.offset)
    }

    func notes(_ partitions: [TopicPartition]) throws -> [TopicPartition: String] {
        try committedEntries(partitions).compactMapValues(\.note)
    }

    private func committedEntries(_ partitions: [TopicPartition]) throws -> [TopicPartition: PartitionList.Entry] {
        try requireOpen()
        guard case .group(let group, _, _) = settings.source else { throw groupless }
        guard !partitions.isEmpty else { return [:] }
        let list = PartitionList(partitions.map { ($0, Int64(RD_KAFKA_OFFSET_INVALID)) })
        do {
            try list.lend { rd_kafka_committed(client.pointer, $0, 30_000) }.check()
            var found: [TopicPartition: PartitionList.Entry] = [:]
            for entry in list.entries where entry.offset >= 0 {
                try entry.error.check()
                found[entry.partition] = entry
            }
            return found
        } catch let failure as KafkaFailure {
            throw redacted(failure.logError("read the offsets of group \(group)"))
        }
    }

    /// Whether all of these are assigned, as far as anybody knows by now.
    func isStillOurs(_ partitions: some Sequence<TopicPartition>) -> Bool {
        let state = shared.withLock { $0 }
        return state.isOpen && state.assignment.isSuperset(of: partitions)
            && rd_kafka_assignment_lost(client.pointer) == 0
    }

    /// Whether the group is at these offsets or beyond.
    func hasCommitted(_ next: [TopicPartition: Int64]) throws -> Bool {
        let committed = try committed(Array(next.keys))
        return next.allSatisfy { partition, offset in (committed[partition] ?? -1) >= offset }
    }

    /// Whether this member cannot have been replaced by another of the same name: nobody knows a dynamic
    /// member's name, and the group forgets the identifier of a static one that is replaced.
    ///
    /// - Throws: ``Failure`` when the group cannot be asked.
    func isKnownToGroup() throws -> Bool {
        guard case .group(let group, _, let name) = settings.source else { throw groupless }
        if name == nil { return true }
        guard let identifier = rd_kafka_memberid(client.pointer) else { return false }
        defer { rd_kafka_mem_free(client.pointer, identifier) }
        var groups: UnsafePointer<rd_kafka_group_list>?
        do {
            try rd_kafka_list_groups(client.pointer, group, &groups, 5_000).check()
            defer { rd_kafka_group_list_destroy(groups) }
            guard let groups, groups.pointee.group_cnt > 0, let found = groups.pointee.groups?[0] else { return false }
            try found.err.check()
            return (0..<Int(found.member_cnt)).contains { index in
                guard let member = found.members[index].member_id else { return false }
                return strcmp(member, identifier) == 0
            }
        } catch let failure as KafkaFailure {
            throw redacted(failure.logError("ask for the members of group \(group)"))
        }
    }

    private var groupless: Failure {
        Failure(
            .setup, code: "no_group", "Kafka: a reader of given partitions has no group to keep offsets; join one.")
    }
}
