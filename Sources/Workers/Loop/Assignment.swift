import Synchronization
import TopicLog

/// Notes what a consumer's rebalances gave and took; the loop asks after every poll.
///
/// Little is done inside the callbacks: they run inside `poll`, and wait first for the commit that is under
/// way, so that nothing of a partition that goes is in flight but what the loop holds, and
/// that the loop drops when it asks. Where a partition begins is looked up there and nowhere else, as a
/// member that is left to find out for itself skips what is gone without a word.
/// `@unchecked Sendable`: `begin` and `settle` are set and called on the loop's queue alone, the rest is behind a lock.
final class Assignment: RebalanceListener, @unchecked Sendable {
    /// What changed since the last question.
    struct Change: Equatable {
        /// Partitions that were taken away, even if they came back since.
        var gone: Set<TopicPartition> = []
        /// Partitions that were given, and are still here.
        var fresh: Set<TopicPartition> = []
    }

    private struct State {
        var change = Change()
        var isSettled = false
    }
    private let state = Mutex(State())
    /// Says where to begin in partitions that are given; they wait while it throws.
    var begin: (([TopicPartition]) throws -> [TopicPartition: Int64])?
    /// Brings what is being committed to its end, before anything changes.
    var settle: (() -> Void)?

    /// Whether the group has answered, and has taken nothing away since: an empty
    /// assignment then means that the others have all partitions.
    var isSettled: Bool { state.withLock { $0.isSettled } }

    func assigned(_ partitions: [TopicPartition]) throws -> [TopicPartition: Int64] {
        settle?()
        let offsets = try begin?(partitions) ?? [:]
        state.withLock {
            $0.isSettled = true
            $0.change.fresh.formUnion(partitions)
        }
        return offsets
    }

    func revoked(_ partitions: [TopicPartition], lost: Bool) {
        settle?()
        state.withLock {
            $0.isSettled = false
            $0.change.gone.formUnion(partitions)
            $0.change.fresh.subtract(partitions)
        }
    }

    /// What changed since the last call.
    func take() -> Change {
        state.withLock { state in
            defer { state.change = Change() }
            return state.change
        }
    }
}

extension Batch {
    /// The batch without these partitions.
    func without(_ partitions: Set<TopicPartition>) -> Batch {
        if partitions.isDisjoint(with: next.keys) { return self }
        return Batch(
            records: records.filter { !partitions.contains($0.partition) },
            next: next.filter { !partitions.contains($0.key) })
    }

    /// The batch in two: its first `count` records, and the rest.
    func split(_ count: Int) -> (Batch, Batch) {
        if count >= records.count { return (self, Batch(records: [], next: [:])) }
        let rest = Batch(records: Array(records[count...]), next: [:])
        let open = rest.first
        let head = records[..<count]
        // A partition that is cut goes on at its first record of the rest.
        var next: [TopicPartition: Int64] = [:]
        for record in head { next[record.partition] = open[record.partition] ?? self.next[record.partition] }
        return (
            Batch(records: Array(head), next: next),
            Batch(records: rest.records, next: self.next.filter { next[$0.key] != $0.value })
        )
    }

    /// The first offset of each partition.
    var first: [TopicPartition: Int64] {
        Dictionary(records.map { ($0.partition, $0.offset) }, uniquingKeysWith: min)
    }

    /// Bytes of all records.
    var size: Int { records.reduce(0) { $0 + $1.size } }
}
