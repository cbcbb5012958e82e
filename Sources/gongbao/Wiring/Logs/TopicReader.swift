import TopicLog

/// Reads spans of topics outside any group, for commands that look at what is there.
struct TopicReader {
    let log: any TopicLog

    private static let limit = BatchLimit(records: 1000, bytes: 32 << 20, wait: .milliseconds(200))

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
    func read(
        from begin: [TopicPartition: Int64], to end: [TopicPartition: Int64], _ body: (Record) throws -> Void
    ) throws {
        let open = begin.filter { $0.value < end[$0.key] ?? 0 }
        guard !open.isEmpty else { return }
        let consumer = try log.consumer(ConsumerSettings(.partitions(open)))
        defer { consumer.close() }
        while !open.keys.allSatisfy({ (consumer.position($0) ?? 0) >= end[$0] ?? 0 }) {
            for record in try consumer.poll(Self.limit).records where record.offset < end[record.partition] ?? 0 {
                try body(record)
            }
        }
    }

    /// The newest records of all these partitions together, oldest first.
    ///
    /// On Kafka some offsets before the end are marks of transactions or belong to aborted ones:
    /// where too few records are found, it looks further back.
    func newest(_ number: Int, of ends: [TopicPartition: Watermarks]) throws -> [Record] {
        var found: [TopicPartition: [Record]] = [:]
        var span = Int64(number)
        var open = number > 0 ? ends : [:]
        while !open.isEmpty {
            let begin = open.mapValues { max($0.low, $0.high - span) }
            for partition in open.keys { found[partition] = [] }
            try read(from: begin, to: open.mapValues(\.high)) { found[$0.partition, default: []].append($0) }
            open = open.filter { partition, marks in
                (found[partition]?.count ?? 0) < number && begin[partition] ?? 0 > marks.low
            }
            span = span.multipliedReportingOverflow(by: 4).overflow ? .max : span * 4
        }
        return found.values.joined().sorted {
            ($0.timestamp, $0.partition, $0.offset) < ($1.timestamp, $1.partition, $1.offset)
        }.suffix(number)
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
