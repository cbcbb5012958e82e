import TopicLog

/// Reads spans of topics outside any group, for commands that look at what is there.
struct TopicReader {
    let log: any TopicLog

    private static let limit = BatchLimit(records: 1000, bytes: 32 << 20, wait: .milliseconds(200))
    /// Fifteen seconds: whoever waits is told after ten what it waits for.
    private static let patience = 75

    /// Oldest and next offset of each partition of a topic.
    func ends(of topic: String) throws -> [TopicPartition: Watermarks] {
        let partitions = try log.admin.describe([topic]).flatMap { description in
            (0..<Int32(description.partitions)).map { TopicPartition(topic, $0) }
        }
        guard !partitions.isEmpty else {
            throw CommandFailure.failed("the topic \(topic) does not exist; gongbao topics create makes it.")
        }
        return try log.admin.watermarks(partitions)
    }

    /// Hands on the records from `begin` until each partition has reached `end`.
    ///
    /// - Parameter patience: after so many polls in a row without a record, what is left is taken to be held back;
    ///   without a number it waits for as long as that takes.
    /// - Returns: where it stood in partitions that are held back.
    @discardableResult
    func read(
        from begin: [TopicPartition: Int64], to end: [TopicPartition: Int64], patience: Int? = nil,
        _ body: (Record) throws -> Void
    ) throws -> [TopicPartition: Int64] {
        let open = begin.filter { $0.value < end[$0.key] ?? 0 }
        guard !open.isEmpty else { return [:] }
        let consumer = try log.consumer(ConsumerSettings(.partitions(open)))
        defer { consumer.close() }
        func standing() -> [TopicPartition: Int64] {
            Dictionary(uniqueKeysWithValues: open.map { ($0.key, consumer.position($0.key) ?? $0.value) })
        }
        var idle = 0
        while true {
            let behind = standing().filter { $0.value < end[$0.key] ?? 0 }
            if behind.isEmpty || idle >= patience ?? .max { return behind }
            let records = try consumer.poll(Self.limit).records
            idle = records.isEmpty ? idle + 1 : 0
            for record in records where record.offset < end[record.partition] ?? 0 { try body(record) }
        }
    }

    /// The newest records of partitions.
    struct Newest {
        /// Of all partitions together, oldest first.
        var records: [Record]
        /// Where each partition goes on behind them.
        var next: [TopicPartition: Int64]
        /// The partitions whose records before the end did not come.
        var held: [TopicPartition]
    }

    /// The newest records of all these partitions together.
    ///
    /// On Kafka some offsets before the end are marks of transactions or belong to aborted ones:
    /// where too few records are found, it looks further back. What a transaction holds back that another program
    /// began is not waited for.
    func newest(_ number: Int, of ends: [TopicPartition: Watermarks]) throws -> Newest {
        var found: [TopicPartition: [Record]] = [:]
        var next = ends.mapValues(\.high)
        var held: Set<TopicPartition> = []
        var span = Int64(number)
        var open = number > 0 ? ends : [:]
        while !open.isEmpty {
            let begin = open.mapValues { max($0.low, $0.high - span) }
            for partition in open.keys { found[partition] = [] }
            let limits = next.filter { open[$0.key] != nil }
            let behind = try read(from: begin, to: limits, patience: held.isEmpty ? Self.patience : Self.patience / 5) {
                found[$0.partition, default: []].append($0)
            }
            next.merge(behind) { $1 }
            held.formUnion(behind.keys)
            open = open.filter { partition, marks in
                (found[partition]?.count ?? 0) < number && begin[partition] ?? 0 > marks.low
            }
            span = span.multipliedReportingOverflow(by: 4).overflow ? .max : span * 4
        }
        let records = found.values.joined().sorted {
            ($0.timestamp, $0.partition, $0.offset) < ($1.timestamp, $1.partition, $1.offset)
        }.suffix(number)
        return Newest(records: Array(records), next: next, held: held.sorted())
    }

    /// Hands on the records from `begin` for as long as the process runs.
    func follow(from begin: [TopicPartition: Int64], _ body: (Record) throws -> Void) throws -> Never {
        let consumer = try log.consumer(ConsumerSettings(.partitions(begin)))
        defer { consumer.close() }
        while true {
            for record in try consumer.poll(Self.limit).records { try body(record) }
        }
    }
}
