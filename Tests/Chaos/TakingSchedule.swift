/// In which order things are taken away: every kind once in each round, in an order of its own.
///
/// A kind for which there is nothing to take yet comes again later, so that each comes up however short the run.
struct TakingSchedule<Kind: CaseIterable & Hashable & RawRepresentable> where Kind.RawValue == String {
    private var due: [Kind] = []
    private var postponed = 0
    /// What came of each, by kind and what was told.
    private(set) var tally: [String: Int] = [:]
    private var done: Set<Kind> = []

    /// How many were taken.
    var count: Int { tally.values.reduce(0, +) }

    /// The next kind; it is noted or postponed before another one is asked for.
    mutating func next(using random: inout Seeded) -> Kind {
        if due.isEmpty || postponed >= due.count {
            due += Kind.allCases.shuffled(using: &random)
            postponed = 0
        }
        return due.removeFirst()
    }

    /// Notes that something of the kind was taken.
    mutating func note(_ kind: Kind, _ result: String = "") {
        tally[result.isEmpty ? kind.rawValue : "\(kind.rawValue) \(result)", default: 0] += 1
        done.insert(kind)
        postponed = 0
    }

    /// Puts a kind back for which there is nothing to take now.
    mutating func postpone(_ kind: Kind) {
        due.append(kind)
        postponed += 1
    }

    /// - Throws: when a kind never came up though there was room for all.
    func requireAll(of asked: Int) throws {
        let missing = Kind.allCases.filter { !done.contains($0) }.map(\.rawValue)
        guard asked < Kind.allCases.count * 2 || missing.isEmpty else {
            throw Finding("never taken in \(count): \(missing.joined(separator: ", "))")
        }
    }

    /// For the summary.
    var text: String { tally.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key), " }.joined() }
}
