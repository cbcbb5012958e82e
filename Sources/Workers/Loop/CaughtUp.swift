import TopicLog

/// Decides when a consumer has reached the log's end as it was at one moment.
struct CaughtUp {
    private var ends: [TopicPartition: Int64]

    /// Looks up where the topics end now.
    ///
    /// - Throws: ``Failure``.
    init(topics: [String], admin: any TopicAdmin) throws {
        ends = try Self.ends(topics, admin)
    }

    /// Moves the goal for these topics to their end as it is now.
    mutating func extend(_ topics: Set<String>, admin: any TopicAdmin) throws {
        ends.merge(try Self.ends(Array(topics), admin)) { $1 }
    }

    /// Where a partition's goal is; nil where it has none.
    func end(of partition: TopicPartition) -> Int64? { ends[partition] }

    /// Whether all assigned partitions have been read to the end. Those of other members
    /// are theirs to read.
    func isReached(by consumer: any TopicConsumer) -> Bool {
        consumer.assignment.allSatisfy { partition in
            guard let end = ends[partition] else { return true }
            return (consumer.position(partition) ?? 0) >= end
        }
    }

    private static func ends(_ topics: [String], _ admin: any TopicAdmin) throws -> [TopicPartition: Int64] {
        let partitions = try admin.describe(topics).flatMap { topic in
            (0..<Int32(topic.partitions)).map { TopicPartition(topic.name, $0) }
        }
        // An empty partition is at its end before anything was read of it.
        return try admin.watermarks(partitions).filter { $0.value.low < $0.value.high }.mapValues(\.high)
    }
}
