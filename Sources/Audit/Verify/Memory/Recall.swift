import BulletinModel
import TopicLog

/// How a scan goes over a topic: it digests what earlier audits remember, takes their notes where the
/// bytes are the same, and looks at the rest record by record.
extension Scan {
    /// Reads spans and accounts for every offset of them.
    ///
    /// - Parameters:
    ///   - most: how many records are remembered as one stretch.
    ///   - body: looks at records that are not remembered, and wraps each in ``taking(_:isQuiet:_:)``.
    func read(
        _ spans: [TopicPartition: Range<Int64>], stretches most: Int, _ body: ([Record]) throws -> Void
    ) throws {
        builders = Builders(most: most)
        building = nil
        let accounted = report.accounts.count
        defer { report.accounts[accounted...].sort { $0.partition < $1.partition } }
        var unknown = spans
        var changed: [TopicPartition: [Range<Int64>]] = [:]
        if let memory {
            let checks = try checks(spans, memory)
            unknown = spans.filter { checks[$0.key] == nil }
            changed = try recall(spans.filter { checks[$0.key] != nil }, checks, memory, body)
        }
        var accounts = OffsetAccounts(unknown)
        let unreadable = try source.read(unknown) { records in
            for record in records { accounts.take(record.partition, record.offset) }
            try body(records)
        }
        try flush()
        account(accounts, unreadable)
        while !changed.isEmpty {
            // What cannot be read there has been told already.
            _ = try source.read(changed.compactMapValues(\.first), body)
            try flush()
            changed = changed.mapValues { Array($0.dropFirst()) }.filter { !$0.value.isEmpty }
        }
    }

    /// Wraps what is done for one record.
    ///
    /// - Parameter isQuiet: asked afterwards, whether no reading is open in the partition.
    func taking(_ record: Record, isQuiet: @autoclosure () -> Bool = true, _ body: () throws -> Void) throws {
        guard memory != nil else { return try body() }
        if building?.partition != record.partition { building = builders.builder(record.partition) }
        try body()
        if let (stretch, entries) = building?.took(record, isQuiet: isQuiet()) {
            memory?.keep(record.partition, stretch, entries)
        }
    }

    /// What is complete is kept; what comes then follows nothing.
    private func flush(_ partition: TopicPartition? = nil) throws {
        for builder in builders.all where partition == nil || builder.partition == partition {
            if let (stretch, entries) = builder.flush() { memory?.keep(builder.partition, stretch, entries) }
        }
    }

    private func account(_ accounts: OffsetAccounts, _ unreadable: [UnreadableSpan]) {
        let (accounts, findings) = accounts.close(unreadable: unreadable, hasMarkers: source.hasMarkers)
        report.accounts += accounts
        findings.forEach { report.add($0) }
    }

    /// The partitions of which something is remembered. Stretches beside the span go on being remembered.
    private func checks(
        _ spans: [TopicPartition: Range<Int64>], _ memory: AuditMemory
    ) throws -> [TopicPartition: StretchCheck] {
        let marks = try spans.keys.first.map { try source.partitions(of: $0.topic) } ?? [:]
        var checks: [TopicPartition: StretchCheck] = [:]
        var shown = report.sheets.count
        for (partition, span) in spans.sorted(by: { $0.key < $1.key }) {
            var inside: [(stretch: Stretch, isSampled: Bool)] = []
            for stretch in memory.stretches(partition) {
                if stretch.offsets.lowerBound >= span.lowerBound && stretch.offsets.upperBound <= span.upperBound {
                    var isSampled = memory.isSampled()
                    // The page shows articles as they are derived, so some bulletins must be.
                    if partition.topic == topics.bulletins, shown < sheets {
                        shown += memory.entries(partition, stretch).count { $0.kind == .derivedArticle }
                        isSampled = true
                    }
                    inside.append((stretch, isSampled))
                } else if !stretch.offsets.overlaps(span),
                    stretch.offsets.lowerBound >= marks[partition]?.low ?? .max
                {
                    memory.keep(partition, stretch, memory.entries(partition, stretch))
                }
            }
            if !inside.isEmpty { checks[partition] = StretchCheck(inside) }
        }
        return checks
    }

    /// Goes over partitions of which something is remembered, and returns which spans are not what they were.
    private func recall(
        _ spans: [TopicPartition: Range<Int64>], _ checks: [TopicPartition: StretchCheck], _ memory: AuditMemory,
        _ body: ([Record]) throws -> Void
    ) throws -> [TopicPartition: [Range<Int64>]] {
        var changed: [TopicPartition: [Range<Int64>]] = [:]
        // Behind a stretch that is not what it was a reading may begin anywhere, so what follows is read with it.
        var deferred: Set<TopicPartition> = []
        var unknown: [Record] = []
        var bytes = 0
        func put(off offsets: Range<Int64>, of partition: TopicPartition) {
            if deferred.insert(partition).inserted {
                changed[partition, default: []].append(offsets)
            } else if let last = changed[partition]?.popLast() {
                changed[partition]?.append(last.lowerBound..<offsets.upperBound)
            }
        }
        func look() throws {
            if !unknown.isEmpty { try body(unknown) }
            unknown.removeAll(keepingCapacity: true)
            bytes = 0
        }
        func tell(_ partition: TopicPartition, _ outcome: StretchCheck.Outcome) throws {
            switch outcome {
            case .unknown(let record) where deferred.contains(partition):
                put(off: record.offset..<record.offset + 1, of: partition)
            case .unknown(let record):
                unknown.append(record)
                bytes += record.size
                if unknown.count >= 2000 || bytes >= 16 << 20 { try look() }
            case .begin:
                try look()
                try flush(partition)
            case .same(let stretch):
                deferred.remove(partition)
                try take(partition, stretch, memory)
            case .sampled(let stretch, let records):
                deferred.remove(partition)
                recorded = []
                defer { recorded = nil }
                try body(records)
                try flush(partition)
                guard recorded == memory.entries(partition, stretch) else {
                    throw MemoryMistake(of: "\(describeOffsets(stretch.offsets)) of \(partition)")
                }
            case .changed(let offsets): put(off: offsets, of: partition)
            }
        }
        var accounts = OffsetAccounts(spans)
        var last: (partition: TopicPartition, check: StretchCheck)?
        let unreadable = try source.readCanonical(spans) { partition, offset, canonical in
            accounts.take(partition, offset)
            if last?.partition != partition { last = checks[partition].map { (partition, $0) } }
            try last?.check.take(offset, canonical) { try tell(partition, $0) }
        }
        for (partition, check) in checks.sorted(by: { $0.key < $1.key }) {
            try check.finish { try tell(partition, $0) }
        }
        try look()
        try flush()
        account(accounts, unreadable)
        return changed
    }

    /// Takes the notes of a stretch whose bytes are what they were.
    private func take(_ partition: TopicPartition, _ stretch: Stretch, _ memory: AuditMemory) throws {
        let entries = memory.entries(partition, stretch)
        for entry in entries {
            if entry.kind == .recordBulletin { report.counts.recalled += 1 }
            if entry.kind == .recordLetter { report.counts.deadLetters += 1 }
            try ledger.add(entry)
        }
        memory.keep(partition, stretch, entries)
    }
}

/// What the memory says of something that this audit has taken apart, and is not so.
struct MemoryMistake: Error {
    /// What it is of.
    let place: String

    init(of place: String) {
        self.place = place
    }
}

/// The builders of a topic's partitions.
struct Builders {
    private let most: Int
    private var builders: [TopicPartition: StretchBuilder] = [:]

    init(most: Int) {
        self.most = most
    }

    var all: [StretchBuilder] { Array(builders.values) }

    mutating func builder(_ partition: TopicPartition) -> StretchBuilder {
        if let builder = builders[partition] { return builder }
        let builder = StretchBuilder(partition, most: most)
        builders[partition] = builder
        return builder
    }
}
