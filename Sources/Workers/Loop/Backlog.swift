import TopicLog

/// What a loop has polled and not begun to commit, in order: first what is worked out, which goes into the next
/// transaction together, then what is still as it came.
struct Backlog<Made> {
    /// A batch, and what was made of it.
    struct Part {
        let batch: Batch
        let made: Made
        /// What both take in memory.
        let bytes: Int
    }

    private(set) var ready: [Part] = []
    private(set) var raw: [Batch] = []

    /// Whether there is nothing.
    var isEmpty: Bool { ready.isEmpty && raw.isEmpty }

    /// How many records there are.
    var records: Int { ready.reduce(0) { $0 + $1.batch.records.count } + raw.reduce(0) { $0 + $1.records.count } }

    /// What it takes in memory.
    var bytes: Int { ready.reduce(0) { $0 + $1.bytes } + raw.reduce(0) { $0 + $1.size } }

    /// The first offset of each partition.
    var first: [TopicPartition: Int64] {
        var first: [TopicPartition: Int64] = [:]
        for batch in ready.map(\.batch) + raw { first.merge(batch.first, uniquingKeysWith: min) }
        return first
    }

    /// Adds what was polled.
    mutating func add(_ batch: Batch) {
        if !batch.next.isEmpty { raw.append(batch) }
    }

    /// Puts back what was taken.
    mutating func putBack(_ batch: Batch) {
        undo()
        if !batch.next.isEmpty { raw.insert(batch, at: 0) }
    }

    /// Works on the first of what is as it came.
    mutating func makeOne(_ make: (Batch) -> (made: Made, part: Batch, bytes: Int)) {
        guard let batch = raw.first else { return }
        let (made, part, bytes) = make(batch)
        ready.append(Part(batch: part, made: made, bytes: part.size + bytes))
        let rest = batch.split(part.records.count).1
        if rest.next.isEmpty { raw.removeFirst() } else { raw[0] = rest }
    }

    /// Takes the first of what is worked out, so many at most.
    mutating func take(_ count: Int) -> [Part] {
        defer { ready.removeFirst(min(count, ready.count)) }
        return Array(ready.prefix(count))
    }

    /// Forgets what was made.
    mutating func undo() {
        raw.insert(contentsOf: ready.map(\.batch), at: 0)
        ready = []
    }

    /// Drops these partitions.
    mutating func drop(_ partitions: Set<TopicPartition>) {
        // What was made of other partitions' records beside them is made again.
        if ready.contains(where: { !partitions.isDisjoint(with: $0.batch.next.keys) }) { undo() }
        raw = raw.map { $0.without(partitions) }.filter { !$0.next.isEmpty }
    }

    /// Drops all.
    mutating func removeAll() { (ready, raw) = ([], []) }
}

extension Batch {
    /// Batches that follow one another as one.
    static func joined(_ batches: [Batch]) -> Batch {
        if batches.count == 1 { return batches[0] }
        var next: [TopicPartition: Int64] = [:]
        for batch in batches { next.merge(batch.next) { $1 } }
        return Batch(records: batches.flatMap(\.records), next: next)
    }
}
