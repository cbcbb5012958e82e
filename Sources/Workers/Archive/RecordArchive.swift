import TopicLog

/// An archive as the archive worker needs it. All calls block and come on the worker's queue.
///
/// Errors are ``Failure``; after one the worker calls ``discard()`` and goes on from
/// ``next(_:)``.
public protocol RecordArchive: AnyObject, Sendable {
    /// Where the next record of a partition is to come from; nil when nothing is archived of it.
    func next(_ partition: TopicPartition) -> Int64?

    /// The offset of a partition's last archived record; nil where there is none, or it cannot be told.
    func last(_ partition: TopicPartition) -> Int64?

    /// Whether a record is byte for byte the last that is archived of its partition.
    func isLast(_ record: Record) -> Bool

    /// Takes records. Returns how many became durable with segments that got full.
    ///
    /// - Parameters:
    ///   - partitions: how many partitions each of the topics has.
    ///   - begin: for each partition the offset at which reading began.
    func append(
        _ batch: Batch, partitions: [String: Int], begin: [TopicPartition: Int64], now: Timestamp
    ) throws -> [TopicPartition: Int]

    /// Makes open segments durable whose first record was taken at or before `began`. Returns how
    /// many records that were.
    ///
    /// - Parameter next: for each partition the offset that follows what was read.
    func seal(
        began: Timestamp, next: [TopicPartition: Int64], partitions: [String: Int]
    ) throws -> [TopicPartition: Int]

    /// Signs what is durable.
    func sign() throws

    /// Forgets what is not durable.
    func discard()

    /// Forgets what is not durable and lets go of the archive; may be called twice.
    func close()
}
