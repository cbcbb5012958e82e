/// Where a log that lives in one process keeps its records: SQLite for the embedded log, arrays
/// for the one in memory. ``LocalLog`` adds groups, fencing and waiting on top, once for both.
///
/// Every call may come from any queue. ``LocalLog`` makes the calls that change something one
/// at a time.
package protocol LogStorage: AnyObject, Sendable {
    /// Creates a topic; false when it exists already.
    func create(_ topic: TopicSpecification) throws -> Bool

    /// Deletes a topic with its records and the groups' offsets in it, if it exists.
    func delete(_ topic: String) throws

    /// All topics, by name.
    func topics() throws -> [TopicDescription]

    /// How many partitions a topic has; nil when there is none of that name. Answered from
    /// memory, as every poll asks.
    func partitions(of topic: String) -> Int?

    /// Between which offsets a partition's records stand; nil when there is no such partition.
    /// Answered from memory, as every poll asks.
    func watermarks(_ partition: TopicPartition) -> Watermarks?

    /// Appends the records and stores the offsets, durably, or does neither. The partitions exist.
    func append(_ records: [PlacedRecord], offsets: GroupOffsets?) throws

    /// Records from an offset on, without a gap, within the limit. Empty when the offset is not
    /// between the watermarks, or when the first record does not fit and may not come alone.
    func read(_ partition: TopicPartition, from offset: Int64, limit: ReadLimit) throws -> [Record]

    /// Shows the records that ``read(_:from:limit:)`` brings to a visitor, and tells the offset and size of each
    /// that it has taken, also of the one at which it throws. The visitor must not call the log.
    func visit(
        _ partition: TopicPartition, from offset: Int64, limit: ReadLimit, by visitor: any RecordVisitor,
        _ shown: (Int64, Int) -> Void
    ) throws

    /// The first offset whose timestamp is at or after `time`; nil when there is none.
    func offset(at time: Timestamp, in partition: TopicPartition) throws -> Int64?

    /// Removes the records before an offset, which is between the watermarks.
    func deleteRecords(in partition: TopicPartition, before offset: Int64) throws

    /// What a group has committed.
    func committed(_ group: String) throws -> [TopicPartition: Int64]

    /// The notes that it was committed with; partitions without one are missing.
    func notes(_ group: String) throws -> [TopicPartition: String]

    /// The groups that have committed something, by name.
    func groups() throws -> [String]

    /// Releases everything; nothing else is called afterwards.
    func close()
}

extension LogStorage {
    /// Shows copies: what a storage does that has the records in no better form.
    package func visit(
        _ partition: TopicPartition, from offset: Int64, limit: ReadLimit, by visitor: any RecordVisitor,
        _ shown: (Int64, Int) -> Void
    ) throws {
        for record in try read(partition, from: offset, limit: limit) {
            defer { shown(record.offset, record.size) }
            try record.visit(visitor)
        }
    }
}

/// A record whose partition and timestamp are settled.
package struct PlacedRecord: Sendable {
    /// Where it goes.
    package let partition: TopicPartition
    /// Its timestamp.
    package let timestamp: Timestamp
    /// The record.
    package let record: Outgoing
}

/// Offsets to store for a group.
package struct GroupOffsets: Sendable {
    /// The group.
    package let group: String
    /// For each partition the next offset to be read.
    package let next: [TopicPartition: Int64]
    /// A note for each; what was noted before of a partition without one goes.
    package var notes: [TopicPartition: String] = [:]
}

/// How much one read may bring.
package struct ReadLimit: Sendable {
    /// Records at most.
    package var records: Int
    /// Bytes at most, as ``Record/size`` counts them.
    package var bytes: Int
    /// Whether a first record larger than `bytes` comes nevertheless, alone.
    package var takesLarger: Bool

    /// Something came, of which no more may come alone.
    mutating func took(_ count: Int, bytes taken: Int) {
        guard count > 0 else { return }
        records -= count
        bytes -= taken
        takesLarger = false
    }
}
