/// One partition of one topic.
public struct TopicPartition: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The topic's name.
    public let topic: String
    /// The partition's number, from 0.
    public let partition: Int32

    /// Names a partition.
    public init(_ topic: String, _ partition: Int32) {
        self.topic = topic
        self.partition = partition
    }

    /// By topic, then by number.
    public static func < (a: Self, b: Self) -> Bool {
        (a.topic, a.partition) < (b.topic, b.partition)
    }

    /// `topic/partition`, as logs and messages print it.
    public var description: String { "\(topic)/\(partition)" }
}

/// Milliseconds since 1970-01-01T00:00:00Z, as Kafka stamps its records.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// The count of milliseconds.
    public let milliseconds: Int64

    /// Wraps a count of milliseconds.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Earlier first.
    public static func < (a: Self, b: Self) -> Bool { a.milliseconds < b.milliseconds }
}

/// One header of a record. Names may repeat; order is kept.
public struct Header: Hashable, Sendable {
    /// The name, UTF-8.
    public let name: String
    /// The bytes; nil is a header without a value, which is not the same as an empty one.
    public let value: [UInt8]?

    /// A header with bytes.
    public init(_ name: String, bytes value: [UInt8]?) {
        self.name = name
        self.value = value
    }

    /// A header with text, as UTF-8.
    public init(_ name: String, _ text: String) {
        self.name = name
        self.value = Array(text.utf8)
    }
}

/// One record as it stands in a log.
public struct Record: Sendable, Equatable {
    /// Where it stands.
    public let partition: TopicPartition
    /// Its place in the partition; grows, but may skip numbers.
    public let offset: Int64
    /// When the log received it.
    public let timestamp: Timestamp
    /// What it is filed under; nil is legal.
    public let key: [UInt8]?
    /// What it says; nil is a tombstone, which is data like any other.
    public let value: [UInt8]?
    /// Headers, in order.
    public let headers: [Header]

    /// Puts a record together.
    public init(
        partition: TopicPartition, offset: Int64, timestamp: Timestamp, key: [UInt8]?, value: [UInt8]?,
        headers: [Header]
    ) {
        self.partition = partition
        self.offset = offset
        self.timestamp = timestamp
        self.key = key
        self.value = value
        self.headers = headers
    }

    /// What the record takes of a memory budget: key, value and headers, in bytes.
    public var size: Int { payloadSize(key, value, headers) }

    /// The text of the last header of that name, if it has one in UTF-8.
    public func header(_ name: String) -> String? {
        headers.last { $0.name == name }?.value.flatMap { String(validating: $0, as: UTF8.self) }
    }
}

/// One record to be appended.
public struct Outgoing: Sendable, Equatable {
    /// The topic to append to.
    public let topic: String
    /// The partition; nil chooses by ``Murmur2`` of the key, or for a nil key any.
    public let partition: Int32?
    /// What it is filed under.
    public let key: [UInt8]?
    /// What it says; nil writes a tombstone.
    public let value: [UInt8]?
    /// Headers, in order.
    public let headers: [Header]
    /// When it was received; nil is the time of the append.
    public let timestamp: Timestamp?

    /// Puts a record to be appended together.
    public init(
        topic: String, partition: Int32? = nil, key: [UInt8]?, value: [UInt8]?, headers: [Header] = [],
        timestamp: Timestamp? = nil
    ) {
        self.topic = topic
        self.partition = partition
        self.key = key
        self.value = value
        self.headers = headers
        self.timestamp = timestamp
    }

    /// What the record takes of a memory budget: key, value and headers, in bytes.
    public var size: Int { payloadSize(key, value, headers) }
}

private func payloadSize(_ key: [UInt8]?, _ value: [UInt8]?, _ headers: [Header]) -> Int {
    headers.reduce((key?.count ?? 0) + (value?.count ?? 0)) { $0 + $1.name.utf8.count + ($1.value?.count ?? 0) }
}
