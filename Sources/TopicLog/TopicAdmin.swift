/// A topic to be created.
public struct TopicSpecification: Sendable, Equatable {
    /// The name.
    public let name: String
    /// How many partitions, at least 1.
    public let partitions: Int
    /// How many brokers hold each; -1 is the broker's default. The embedded log has one.
    public let replication: Int
    /// Kafka's topic configuration (`retention.ms`, `retention.bytes`, `max.message.bytes` …).
    public let configuration: [String: String]

    /// Describes a topic to be created.
    public init(name: String, partitions: Int, replication: Int = -1, configuration: [String: String] = [:]) {
        self.name = name
        self.partitions = partitions
        self.replication = replication
        self.configuration = configuration
    }
}

/// A topic as it is.
public struct TopicDescription: Sendable, Equatable {
    /// The name.
    public let name: String
    /// How many partitions it has.
    public let partitions: Int
    /// Its configuration, defaults included where the backend tells them.
    public let configuration: [String: String]

    /// Describes a topic.
    public init(name: String, partitions: Int, configuration: [String: String]) {
        self.name = name
        self.partitions = partitions
        self.configuration = configuration
    }
}

/// The offsets between which a partition's records stand.
public struct Watermarks: Sendable, Equatable {
    /// The offset of the oldest record that is still there.
    public let low: Int64
    /// The offset that the next record will get.
    public let high: Int64

    /// Pairs the two.
    public init(low: Int64, high: Int64) {
        self.low = low
        self.high = high
    }
}

/// Looks after topics and group offsets. All calls block; they throw ``Failure``.
public protocol TopicAdmin: Sendable {
    /// Creates topics; those that exist are left as they are. Returns the names created.
    @discardableResult func create(_ topics: [TopicSpecification]) throws -> [String]

    /// The topics of these names, or with nil all of them; unknown names are missing.
    func describe(_ names: [String]?) throws -> [TopicDescription]

    /// Deletes topics with all that is in them; unknown names are ignored.
    func delete(_ names: [String]) throws

    /// Oldest and next offset of each partition. Unknown partitions throw `setup`, code
    /// `unknown_topic`.
    func watermarks(_ partitions: [TopicPartition]) throws -> [TopicPartition: Watermarks]

    /// For each partition the first offset whose timestamp is at or after the given one;
    /// partitions with no such record are missing.
    func offsets(at times: [TopicPartition: Timestamp]) throws -> [TopicPartition: Int64]

    /// Removes the records of each partition that stand before the given offset, for good; their
    /// offsets are not given out again. An offset past the end removes all. Unknown partitions
    /// throw `setup`, code `unknown_topic`.
    func deleteRecords(before offsets: [TopicPartition: Int64]) throws

    /// The offsets that a group has committed; partitions without one are missing.
    func groupOffsets(_ group: String) throws -> [TopicPartition: Int64]

    /// The groups that the log knows.
    func groups() throws -> [String]
}
