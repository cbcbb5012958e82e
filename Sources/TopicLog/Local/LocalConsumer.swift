import Dispatch
import Synchronization

/// Reads a ``LocalLog``, as a member of a group or from given offsets.
///
/// `@unchecked Sendable`: the contract lets one queue at a time use a consumer, and nobody else
/// touches its state but what a producer on another queue asks for, which is behind a lock; what members share
/// lives in the ``GroupCoordinator``.
package final class LocalConsumer: TopicConsumer, @unchecked Sendable {
    private struct Membership: Sendable {
        let group: String
        let topics: [String]
        let instance: String?
        var id: Int
    }

    private let log: LocalLog
    private let reset: ConsumerSettings.Reset
    private let listener: (any RebalanceListener)?
    private let confinement = Confinement()
    private struct Shared: Sendable {
        var membership: Membership?
        var isClosed = false
    }
    private let shared = Mutex(Shared())
    private var membership: Membership? {
        get { shared.withLock { $0.membership } }
        set { shared.withLock { $0.membership = newValue } }
    }
    private var isClosed: Bool {
        get { shared.withLock { $0.isClosed } }
        set { shared.withLock { $0.isClosed = newValue } }
    }
    private var paused: Set<TopicPartition> = []
    /// Where the next record stands; a partition that has no entry is settled by the next poll.
    private var positions: [TopicPartition: Int64] = [:]
    /// Which partition a poll begins with, so that a full one does not starve the others.
    private var turn = 0

    package private(set) var assignment: Set<TopicPartition> = []

    init(log: LocalLog, settings: ConsumerSettings) {
        self.log = log
        self.reset = settings.reset
        switch settings.source {
        case .group(let group, let topics, let instance):
            self.listener = settings.listener
            self.membership = Membership(group: group, topics: topics, instance: instance, id: 0)
            join()
        case .partitions(let offsets):
            self.listener = nil
            self.positions = offsets
            self.assignment = Set(offsets.keys)
        }
    }

    package func poll(_ limit: BatchLimit) throws -> Batch {
        confinement.check()
        return try waiting(limit) {
            let batch = try fetch(limit)
            return batch.records.isEmpty ? nil : batch
        } ?? Batch(records: [], next: [:])
    }

    package func visit(_ limit: BatchLimit, by visitor: any RecordVisitor) throws -> Int {
        confinement.check()
        if membership != nil { return try visitCopies(limit, by: visitor) }
        return try waiting(limit) {
            let count = try show(limit, to: visitor)
            return count == 0 ? nil : count
        } ?? 0
    }

    /// Takes turns until something comes or the time is over.
    private func waiting<Taken>(_ limit: BatchLimit, _ take: () throws -> Taken?) throws -> Taken? {
        let deadline = DispatchTime.now() + .nanoseconds(limit.wait.nanoseconds)
        try log.begin(.poll)
        while true {
            try log.checkOpen()
            try checkOpen()
            let heard = log.bell.rings
            let waits = try rebalance()
            if let taken = try take() { return taken }
            if deadline <= .now() { return nil }
            // Whoever holds what is meant for us may have died: look again now and then.
            log.bell.wait(past: heard, until: waits ? min(deadline, .now() + .milliseconds(500)) : deadline)
        }
    }

    package func position(_ partition: TopicPartition) -> Int64? {
        confinement.check()
        return positions[partition]
    }

    package func seek(_ offsets: [TopicPartition: Int64]) throws {
        confinement.check()
        try checkOpen()
        for (partition, offset) in offsets where assignment.contains(partition) { positions[partition] = offset }
    }

    package func pause(_ partitions: Set<TopicPartition>) throws {
        confinement.check()
        try checkOpen()
        paused.formUnion(partitions.intersection(assignment))
    }

    package func resume(_ partitions: Set<TopicPartition>) throws {
        confinement.check()
        try checkOpen()
        paused.subtract(partitions)
    }

    package func commit(_ offsets: [TopicPartition: Int64]) throws {
        confinement.check()
        try log.begin(.commit)
        try checkOpen()
        guard !offsets.isEmpty else { return }
        try log.write { try log.storage.append([], offsets: committable(offsets)) }
    }

    package func committed(_ partitions: [TopicPartition]) throws -> [TopicPartition: Int64] {
        try log.begin(.committed)
        try checkOpen()
        let wanted = Set(partitions)
        return try log.storage.committed(member().group).filter { wanted.contains($0.key) }
    }

    package func notes(_ partitions: [TopicPartition]) throws -> [TopicPartition: String] {
        try log.begin(.committed)
        try checkOpen()
        let wanted = Set(partitions)
        return try log.storage.notes(member().group).filter { wanted.contains($0.key) }
    }

    package func close() {
        guard !isClosed else { return }
        isClosed = true
        if let membership { log.coordinator.leave(membership.group, membership.id) }
        assignment = []
        positions = [:]
        log.bell.ring()
    }

    /// Whether this consumer reads that log.
    func isOf(_ log: LocalLog) -> Bool { self.log === log }

    /// The offsets as the group's, if all the partitions are still ours. The caller holds the log.
    func committable(
        _ offsets: [TopicPartition: Int64], _ notes: [TopicPartition: String] = [:]
    ) throws -> GroupOffsets {
        try checkOpen()
        let member = try member()
        guard log.coordinator.owns(member.group, member.id, offsets.keys, now: log.instant()) else {
            throw Failure(
                .lostAssignment, code: "lost_assignment",
                "Partitions of \(offsets.keys.sorted()) now belong to another member of group \(member.group).")
        }
        return GroupOffsets(group: member.group, next: offsets, notes: notes)
    }

    // MARK: - Rebalancing

    private func join() {
        guard var joined = membership else { return }
        joined.id = log.coordinator.join(
            joined.group, topics: joined.topics, instance: joined.instance, now: log.instant())
        membership = joined
        log.bell.ring()
    }

    /// Gives up and takes what the group wants. Returns whether another member is in the way.
    private func rebalance() throws -> Bool {
        guard let member = membership else { return false }
        try expelOverdue(member)
        switch log.coordinator.duty(member.group, member.id, now: log.instant()) {
        case .fenced:
            throw Failure(
                .fenced, code: "fenced_member",
                "Another process has joined group \(member.group) as \(member.instance ?? ""); this one must stop.")
        case .expelled:
            revoke(assignment, lost: true)
            join()
            return try rebalance()
        case .member(let owned, let revoked, let claimable, let waits):
            revoke(assignment.subtracting(owned), lost: true)
            if !revoked.isEmpty {
                revoke(revoked, lost: false)
                log.coordinator.release(member.group, member.id, revoked)
                log.bell.ring()
            }
            if claimable { try claim(member) }
            return waits
        }
    }

    private func expelOverdue(_ member: Membership) throws {
        let since = log.instant() - log.sessionTimeout
        guard !log.coordinator.overdue(member.group, blocking: member.id, since: since).isEmpty else { return }
        try log.write {
            let overdue = log.coordinator.overdue(member.group, blocking: member.id, since: since)
            log.coordinator.expel(member.group) { id, _ in overdue.contains(id) }
        }
        log.bell.ring()
    }

    private func revoke(_ partitions: Set<TopicPartition>, lost: Bool) {
        guard !partitions.isEmpty else { return }
        listener?.revoked(partitions.sorted(), lost: lost)
        drop(partitions)
    }

    private func drop(_ partitions: Set<TopicPartition>) {
        assignment.subtract(partitions)
        paused.subtract(partitions)
        for partition in partitions { positions[partition] = nil }
    }

    private func claim(_ member: Membership) throws {
        let claimed = log.coordinator.claim(member.group, member.id)
        guard !claimed.isEmpty else { return }
        assignment.formUnion(claimed)
        do {
            let chosen = try listener?.assigned(claimed.sorted()) ?? [:]
            for (partition, offset) in chosen where claimed.contains(partition) { positions[partition] = offset }
        } catch {
            // As if they had never come: the next poll claims them again and asks again.
            drop(claimed)
            log.coordinator.release(member.group, member.id, claimed)
            log.bell.ring()
            throw error
        }
    }

    // MARK: - Reading

    private func fetch(_ limit: BatchLimit) throws -> Batch {
        var records: [Record] = []
        var next: [TopicPartition: Int64] = [:]
        try forEachOpen(limit) { partition, position, rest in
            let read = try log.storage.read(partition, from: position, limit: rest)
            guard let last = read.last else { return }
            records += read
            next[partition] = last.offset + 1
            rest.took(read.count, bytes: read.reduce(0) { $0 + $1.size })
        }
        positions.merge(next) { $1 }
        return Batch(records: records, next: next)
    }

    private func show(_ limit: BatchLimit, to visitor: any RecordVisitor) throws -> Int {
        var count = 0
        try forEachOpen(limit) { partition, position, rest in
            var next = position
            var shown = (records: 0, bytes: 0)
            defer {
                positions[partition] = next
                count += shown.records
                rest.took(shown.records, bytes: shown.bytes)
            }
            try log.storage.visit(partition, from: position, limit: rest, by: visitor) { offset, size in
                next = offset + 1
                shown = (shown.records + 1, shown.bytes + size)
            }
        }
        return count
    }

    /// Gives each partition that has something its turn at what is left of the limit.
    private func forEachOpen(
        _ limit: BatchLimit, _ body: (TopicPartition, Int64, inout ReadLimit) throws -> Void
    ) throws {
        let open = assignment.subtracting(paused).sorted()
        guard !open.isEmpty else { return }
        for partition in open { positions[partition] = try settled(partition) }
        turn = (turn + 1) % open.count
        var rest = ReadLimit(records: limit.records, bytes: limit.bytes, takesLarger: true)
        for partition in open[turn...] + open[..<turn] where rest.records > 0 && rest.bytes > 0 {
            guard let position = positions[partition], position < log.storage.watermarks(partition)?.high ?? 0 else {
                continue
            }
            try body(partition, position, &rest)
        }
    }

    /// The position of a partition, found from the group's offset or the reset policy where needed.
    private func settled(_ partition: TopicPartition) throws -> Int64 {
        guard let marks = log.storage.watermarks(partition) else { throw log.unknownTopic("\(partition)") }
        var wanted = positions[partition]
        if wanted == nil, let membership {
            wanted = try log.storage.committed(membership.group)[partition]
        }
        if let wanted, marks.low <= wanted, wanted <= marks.high { return wanted }
        switch reset {
        case .earliest: return marks.low
        case .latest: return marks.high
        case .error:
            let range = "its records stand from \(marks.low) to \(marks.high)"
            guard let wanted else {
                throw Failure(
                    .setup, code: "no_offset",
                    "There is no offset to begin at for \(partition) (\(range)); name one, or allow a reset.")
            }
            throw Failure(
                .setup, code: "offset_out_of_range",
                "Offset \(wanted) of \(partition) is gone (\(range)): records would be lost; choose where to go on.")
        }
    }

    private func member() throws -> Membership {
        guard let membership else {
            throw Failure(
                .setup, code: "no_group", "A consumer that reads given partitions has no group to commit to.")
        }
        return membership
    }

    private func checkOpen() throws {
        if isClosed { throw Failure(.fatal, code: "closed", "This consumer has been closed.") }
    }
}

extension Duration {
    /// Whole nanoseconds, within what Dispatch takes.
    fileprivate var nanoseconds: Int {
        let (seconds, attoseconds) = components
        let bounded = min(max(seconds, 0), 1_000_000_000)
        return Int(bounded) * 1_000_000_000 + max(0, Int(attoseconds / 1_000_000_000))
    }
}
