import TopicLog

/// Finds the first record that stands at or after an offset, past the marks of transactions.
///
/// What was found once is kept, since it stays so: a look again and again costs one read for
/// each partition whose group has moved.
struct FirstRecords {
    /// Where to begin to look.
    struct Place: Hashable {
        let partition: TopicPartition
        let from: Int64
    }

    private let log: any TopicLog
    private let patience: Duration
    private var records: [Place: Int64] = [:]
    private var ends: [Place: Int64] = [:]

    /// Looks in this log, and gives up a look after `patience`.
    init(_ log: any TopicLog, patience: Duration = .seconds(5)) {
        self.log = log
        self.patience = patience
    }

    /// The first record's offset of each place, or the end given for it where no record stands
    /// before that; places that could not be settled in time are missing.
    mutating func find(_ wanted: [Place: Int64]) throws -> [Place: Int64] {
        // Groups move on, and what is behind them is not asked for again.
        records = records.filter { wanted[$0.key] != nil }
        ends = ends.filter { wanted[$0.key] != nil }
        var open = Set(wanted.keys.filter { records[$0] == nil && (ends[$0] ?? -1) < wanted[$0] ?? 0 })
        // Several groups may stand at different places of one partition: one reader for each round.
        while !open.isEmpty {
            let round = Dictionary(open.map { ($0.partition, $0) }) { first, _ in first }
            open.subtract(round.values)
            try look(round, until: wanted)
        }
        return wanted.reduce(into: [:]) { found, entry in
            if let record = records[entry.key] {
                found[entry.key] = min(record, entry.value)
            } else if let end = ends[entry.key], end >= entry.value {
                found[entry.key] = entry.value
            }
        }
    }

    private mutating func look(_ round: [TopicPartition: Place], until ends: [Place: Int64]) throws {
        let consumer = try log.consumer(ConsumerSettings(.partitions(round.mapValues(\.from))))
        defer { consumer.close() }
        let deadline = ContinuousClock.now + patience
        var open = round
        while !open.isEmpty, ContinuousClock.now < deadline {
            for record in try consumer.poll(BatchLimit(records: 500, bytes: 4 << 20, wait: .milliseconds(100))).records
            {
                guard let place = open.removeValue(forKey: record.partition) else { continue }
                records[place] = record.offset
            }
            for (partition, place) in open {
                guard let position = consumer.position(partition), position >= ends[place] ?? 0 else { continue }
                open[partition] = nil
                self.ends[place] = position
            }
            // What is settled must not crowd out what is not.
            let settled = consumer.assignment.subtracting(open.keys)
            if !settled.isEmpty { try consumer.pause(settled) }
        }
    }
}
