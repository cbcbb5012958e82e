import Foundation
import Synchronization

/// A log in memory, for tests of what stands above a log: it keeps the whole contract, its
/// clock is the caller's, and it fails when and how it is told.
///
/// A ``Disk`` holds what survives. Closing a log and opening another on the same disk is a
/// restart; opening another without closing the first is what a crash leaves behind.
public final class MemoryLog: TopicLog {
    /// What survives a restart of a ``MemoryLog``.
    public struct Disk: Sendable {
        let storage = MemoryStorage()

        /// An empty disk.
        public init() {}
    }

    /// A call that can be made to fail.
    public enum Operation: Sendable, Hashable, CaseIterable {
        /// ``TopicConsumer/poll(_:)``; an error stands in for what the poll would have brought.
        case poll
        /// ``TopicConsumer/commit(_:)``.
        case commit
        /// ``TopicConsumer/committed(_:)``.
        case committed
        /// ``TopicProducer/transact(_:consumed:)``; nothing is appended.
        case transact
        /// ``TopicProducer/transact(_:consumed:)``, but everything is appended first: the
        /// acknowledgement is lost, as when a process dies at the worst moment.
        case acknowledge
        /// ``TopicLog/consumer(_:)``.
        case consumer
        /// ``TopicLog/producer(transactionalID:)``.
        case producer
        /// Any call of ``TopicAdmin``.
        case admin
    }

    private struct Fault {
        let error: Failure
        var skip: Int
        var times: Int
    }

    /// Shared with the producers, which outlive nothing but may outlive the log.
    private final class Faults: Sendable {
        let planned = Mutex<[Operation: [Fault]]>([:])

        /// The error that is due, which is then used up.
        func next(_ operation: Operation) -> Failure? {
            planned.withLock { planned in
                guard var fault = planned[operation]?.first else { return nil }
                if fault.skip > 0 {
                    fault.skip -= 1
                    planned[operation]?[0] = fault
                    return nil
                }
                fault.times -= 1
                if fault.times > 0 { planned[operation]?[0] = fault } else { planned[operation]?.removeFirst() }
                return fault.error
            }
        }
    }

    private let disk: Disk
    private let core: LocalLog
    private let faults: Faults

    /// What it can do: all but last.
    public var features: Features { core.features }

    /// Looks after its topics.
    public var admin: any TopicAdmin { core.admin }

    /// Opens a log on a disk and creates the topics that are not there yet.
    ///
    /// - Parameters:
    ///   - disk: what an earlier log has left; by default nothing.
    ///   - topics: topics to begin with.
    ///   - now: stamps records that come without a timestamp.
    public init(
        on disk: Disk = Disk(), topics: [TopicSpecification] = [],
        now: @escaping @Sendable () -> Timestamp = {
            Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
        }
    ) {
        var features = Features(backend: "the log in memory")
        features.isShared = false
        features.isDurable = false
        let faults = Faults()
        self.disk = disk
        self.faults = faults
        for topic in topics { _ = disk.storage.create(topic) }
        core = LocalLog(
            storage: disk.storage, features: features, sessionTimeout: .seconds(3600), now: now,
            intercept: { operation in
                let planned: Operation =
                    switch operation {
                    case .poll: .poll
                    case .commit: .commit
                    case .committed: .committed
                    case .transact: .transact
                    case .consumer: .consumer
                    case .producer: .producer
                    case .admin: .admin
                    }
                if let error = faults.next(planned) { throw error }
            })
    }

    /// Joins a group, or reads partitions from given offsets.
    public func consumer(_ settings: ConsumerSettings) throws -> any TopicConsumer { try core.consumer(settings) }

    /// Takes over a transactional id.
    public func producer(transactionalID: String) throws -> any TopicProducer {
        try Producer(base: core.producer(transactionalID: transactionalID), faults: faults)
    }

    /// Ends it; the disk keeps what it has.
    public func close() { core.close() }

    /// Makes calls fail: after `skip` that go well, the next `times` throw `error`. Faults of
    /// one operation come one after the other in the order in which they were planned.
    public func fail(_ operation: Operation, with error: Failure, skip: Int = 0, times: Int = 1) {
        guard times > 0 else { return }
        faults.planned.withLock {
            $0[operation, default: []].append(Fault(error: error, skip: max(0, skip), times: times))
        }
    }

    /// Forgets the faults that have not happened yet.
    public func heal() {
        faults.planned.withLock { $0.removeAll() }
    }

    /// Whether faults are planned that have not happened yet.
    public var hasPendingFaults: Bool { faults.planned.withLock { planned in planned.values.contains { !$0.isEmpty } } }

    /// Throws all members out of a group, as if their sessions had timed out: what they had is
    /// lost, their transactions throw `lostAssignment`, and their next poll joins again.
    public func expelMembers(of group: String) {
        core.coordinator.expel(group) { _, _ in true }
        core.bell.ring()
    }

    /// All records of a topic, by partition and offset.
    public func records(of topic: String) -> [Record] { disk.storage.records(of: topic) }

    private final class Producer: TopicProducer {
        let base: any TopicProducer
        let faults: Faults

        init(base: any TopicProducer, faults: Faults) {
            self.base = base
            self.faults = faults
        }

        func transact(_ records: [Outgoing], consumed: Consumed?) throws {
            try base.transact(records, consumed: consumed)
            if let error = faults.next(.acknowledge) { throw error }
        }

        func close() { base.close() }
    }
}
