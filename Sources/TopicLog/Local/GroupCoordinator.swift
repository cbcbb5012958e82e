import Synchronization

/// Shares the partitions of topics among the members of groups within one process, and knows
/// which producer holds a transactional id.
///
/// A partition has an owner, who alone may read it and commit its offsets, and a target, whom
/// the last assignment gave it to. A member gives up what is not targeted at it, and takes what
/// is targeted at it once nobody owns it, both inside its own poll: so a partition never has
/// two owners, and only what moves is interrupted.
package final class GroupCoordinator: Sendable {
    /// What a member should do now.
    package enum Duty: Sendable, Equatable {
        /// Give up `revoked`, then claim. `waits` when partitions meant for it have another owner.
        case member(owned: Set<TopicPartition>, revoked: Set<TopicPartition>, claimable: Bool, waits: Bool)
        /// It was expelled, for example because it did not poll: all it had is lost; join again.
        case expelled
        /// A newer member with the same static id has taken over.
        case fenced
    }

    private struct Member {
        let id: Int
        let instance: String?
        let topics: [String]
        var seen: ContinuousClock.Instant
    }

    private struct Group {
        /// In the order in which they joined.
        var members: [Member] = []
        var owners: [TopicPartition: Int] = [:]
        var targets: [TopicPartition: Int] = [:]
    }

    private struct State {
        var groups: [String: Group] = [:]
        var nextMember = 1
        var fenced: Set<Int> = []
        var epochs: [String: Int] = [:]
    }

    private let state = Mutex(State())
    private let partitions: @Sendable (String) -> Int?

    /// - Parameter partitions: how many partitions a topic has; nil when it does not exist.
    package init(partitions: @escaping @Sendable (String) -> Int?) {
        self.partitions = partitions
    }

    /// The groups that have members.
    package var groups: [String] { state.withLock { Array($0.groups.keys) } }

    /// Adds a member. One with the same static id is fenced, and its partitions are free at once.
    package func join(_ name: String, topics: [String], instance: String?, now: ContinuousClock.Instant) -> Int {
        state.withLock { state in
            let id = state.nextMember
            state.nextMember += 1
            var group = state.groups[name] ?? Group()
            let member = Member(id: id, instance: instance, topics: topics, seen: now)
            if let instance, let old = group.members.firstIndex(where: { $0.instance == instance }) {
                state.fenced.insert(group.members[old].id)
                group.owners = group.owners.filter { $0.value != group.members[old].id }
                group.members[old] = member
            } else {
                group.members.append(member)
            }
            assign(&group)
            state.groups[name] = group
            return id
        }
    }

    /// Takes a member out; what it had is free.
    package func leave(_ name: String, _ id: Int) {
        state.withLock { state in
            state.fenced.remove(id)
            remove(from: &state, name) { $0.id == id }
        }
    }

    /// Takes members out as if they had died. Returns whether there was one.
    @discardableResult
    package func expel(_ name: String, where matches: (_ id: Int, _ instance: String?) -> Bool) -> Bool {
        state.withLock { state in remove(from: &state, name) { matches($0.id, $0.instance) } }
    }

    /// Members that stand in the way of `id` and were last seen before `instant`.
    package func overdue(_ name: String, blocking id: Int, since instant: ContinuousClock.Instant) -> Set<Int> {
        state.withLock { state in
            guard let group = state.groups[name] else { return [] }
            let owners = group.targets.compactMap { $0.value == id ? group.owners[$0.key] : nil }
            return Set(group.members.filter { $0.id != id && $0.seen < instant && owners.contains($0.id) }.map(\.id))
        }
    }

    /// Notes that a member is alive and tells what it should do.
    package func duty(_ name: String, _ id: Int, now: ContinuousClock.Instant) -> Duty {
        state.withLock { state in
            if state.fenced.contains(id) { return .fenced }
            guard var group = state.groups[name], let index = group.members.firstIndex(where: { $0.id == id }) else {
                return .expelled
            }
            group.members[index].seen = now
            state.groups[name] = group
            let owned = Set(group.owners.filter { $0.value == id }.keys)
            let target = Set(group.targets.filter { $0.value == id }.keys)
            let missing = target.subtracting(owned)
            return .member(
                owned: owned, revoked: owned.subtracting(target),
                claimable: missing.contains { group.owners[$0] == nil },
                waits: missing.contains { group.owners[$0] != nil })
        }
    }

    /// Gives up partitions.
    package func release(_ name: String, _ id: Int, _ partitions: Set<TopicPartition>) {
        state.withLock { state in
            for partition in partitions where state.groups[name]?.owners[partition] == id {
                state.groups[name]?.owners[partition] = nil
            }
        }
    }

    /// Takes the partitions that are meant for a member and free.
    package func claim(_ name: String, _ id: Int) -> Set<TopicPartition> {
        state.withLock { state in
            guard var group = state.groups[name] else { return [] }
            let free = group.targets.filter { $0.value == id && group.owners[$0.key] == nil }.keys
            for partition in free { group.owners[partition] = id }
            state.groups[name] = group
            return Set(free)
        }
    }

    /// Whether a member still owns all these partitions; notes that it is alive.
    package func owns(
        _ name: String, _ id: Int, _ partitions: some Collection<TopicPartition>, now: ContinuousClock.Instant
    ) -> Bool {
        state.withLock { state in
            guard let index = state.groups[name]?.members.firstIndex(where: { $0.id == id }) else { return false }
            state.groups[name]?.members[index].seen = now
            return partitions.allSatisfy { state.groups[name]?.owners[$0] == id }
        }
    }

    /// Assigns anew after topics came or went.
    package func topicsChanged() {
        state.withLock { state in
            for name in state.groups.keys {
                guard var group = state.groups[name] else { continue }
                group.owners = group.owners.filter { $0.key.partition < partitions($0.key.topic) ?? 0 }
                assign(&group)
                state.groups[name] = group
            }
        }
    }

    /// Forgets who owns partitions of a topic, before it is deleted and perhaps created again.
    package func forget(_ topic: String) {
        state.withLock { state in
            for name in state.groups.keys {
                guard let owners = state.groups[name]?.owners else { continue }
                state.groups[name]?.owners = owners.filter { $0.key.topic != topic }
            }
        }
    }

    /// Makes the caller the holder of a transactional id.
    package func takeOver(_ transactionalID: String) -> Int {
        state.withLock { state in
            let epoch = (state.epochs[transactionalID] ?? 0) + 1
            state.epochs[transactionalID] = epoch
            return epoch
        }
    }

    /// Whether that holder is still the last one.
    package func holds(_ transactionalID: String, _ epoch: Int) -> Bool {
        state.withLock { $0.epochs[transactionalID] == epoch }
    }

    @discardableResult
    private func remove(from state: inout State, _ name: String, where matches: (Member) -> Bool) -> Bool {
        guard var group = state.groups[name] else { return false }
        let gone = Set(group.members.filter(matches).map(\.id))
        guard !gone.isEmpty else { return false }
        group.members.removeAll { gone.contains($0.id) }
        group.owners = group.owners.filter { !gone.contains($0.value) }
        assign(&group)
        state.groups[name] = group.members.isEmpty ? nil : group
        return true
    }

    /// Range assignment: of each topic every member gets a run of partitions, in the order of joining.
    private func assign(_ group: inout Group) {
        group.targets = [:]
        for topic in Set(group.members.flatMap(\.topics)) {
            let members = group.members.filter { $0.topics.contains(topic) }
            let count = partitions(topic) ?? 0
            var next = 0
            for (index, member) in members.enumerated() {
                let share = count / members.count + (index < count % members.count ? 1 : 0)
                for partition in next..<(next + share) {
                    group.targets[TopicPartition(topic, Int32(partition))] = member.id
                }
                next += share
            }
        }
    }
}
