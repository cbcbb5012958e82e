/// A log of topics: Kafka, the embedded log, or the one in memory for tests.
///
/// One conformance suite holds every implementation to this contract; what a backend
/// cannot do it says in ``features``. All calls may block and are made from the caller's
/// own queue. A consumer or producer is used by one queue at a time.
public protocol TopicLog: AnyObject, Sendable {
    /// What this backend lacks of the contract.
    var features: Features { get }

    /// Creates, describes and deletes topics; reads watermarks and group offsets.
    var admin: any TopicAdmin { get }

    /// Joins a group, or reads partitions from given offsets.
    ///
    /// - Throws: ``Failure`` of kind `setup` when the settings cannot work. A topic that does
    ///   not exist is told here or by one of the first polls, code `unknown_topic`.
    func consumer(_ settings: ConsumerSettings) throws -> any TopicConsumer

    /// Takes over a transactional id: whatever an earlier holder left open is aborted, and
    /// that holder's next commit throws `fenced`.
    ///
    /// - Throws: ``Failure``.
    func producer(transactionalID: String) throws -> any TopicProducer

    /// Releases everything; consumers and producers must have been closed.
    func close()
}

/// What a consumer reads and how it begins.
public struct ConsumerSettings: Sendable {
    /// What is read.
    public enum Source: Sendable {
        /// Share these topics among the members of a group. `member` is the static member
        /// id (`group.instance.id`), nil for a dynamic one.
        case group(String, topics: [String], member: String?)
        /// Read these partitions from these offsets; no group is touched, no listener asked,
        /// and to commit throws `setup`.
        case partitions([TopicPartition: Int64])
    }

    /// Where a partition begins for which the group has no offset, or whose offset is gone.
    public enum Reset: String, Sendable {
        /// At the oldest record.
        case earliest
        /// At the end.
        case latest
        /// Nowhere: `poll` throws `setup`, because to skip would lose records.
        case error
    }

    /// What is read.
    public let source: Source
    /// Where to begin without an offset.
    public let reset: Reset
    /// Answers rebalances; nil accepts every assignment at the group's offsets.
    public let listener: (any RebalanceListener)?
    /// Whether much is to be read in one go, for which more memory may be used to read ahead.
    public let readsInBulk: Bool

    /// Gathers the settings.
    public init(
        _ source: Source, reset: Reset = .earliest, listener: (any RebalanceListener)? = nil,
        readsInBulk: Bool = false
    ) {
        self.readsInBulk = readsInBulk
        self.source = source
        self.reset = reset
        self.listener = listener
    }
}

/// Answers a consumer's rebalances, on the queue that polls and inside `poll`.
public protocol RebalanceListener: AnyObject, Sendable {
    /// Partitions were given to this member. Returns the offsets to begin at for those
    /// where the group's own offset should not be used (the sink's database knows better).
    /// Only partitions that are new to this member are named.
    ///
    /// - Throws: whatever makes it impossible to begin; `poll` throws it on, delivers nothing
    ///   of these partitions, and asks again when polled again.
    func assigned(_ partitions: [TopicPartition]) throws -> [TopicPartition: Int64]

    /// Partitions were taken away; `lost` when others may already have them. What was
    /// polled and not committed will be delivered to their next owner. Not called by `close`.
    func revoked(_ partitions: [TopicPartition], lost: Bool)
}

/// How much one poll may bring.
public struct BatchLimit: Sendable, Equatable {
    /// Records at most, at least 1.
    public let records: Int
    /// Bytes (``Record/size``) at most; a single larger record still comes, alone.
    public let bytes: Int
    /// How long to wait for the first record.
    public let wait: Duration

    /// Gathers the bounds.
    public init(records: Int, bytes: Int, wait: Duration) {
        self.records = max(1, records)
        self.bytes = max(1, bytes)
        self.wait = wait
    }
}

/// What one poll brought.
public struct Batch: Sendable, Equatable {
    /// Records, in order within each partition; empty when none came in time.
    public let records: [Record]
    /// For each partition with records: the offset to commit once they are done.
    public let next: [TopicPartition: Int64]

    /// Pairs records with the offsets that follow them.
    public init(records: [Record], next: [TopicPartition: Int64]) {
        self.records = records
        self.next = next
    }
}

/// Reads records, committed ones only, in order within each partition.
public protocol TopicConsumer: AnyObject, Sendable {
    /// The partitions that are ours now.
    var assignment: Set<TopicPartition> { get }

    /// Waits for records, serves rebalances, and keeps the membership alive. Must be called
    /// at least every few seconds, with everything paused if nothing may come.
    ///
    /// - Throws: ``Failure``; after `transient` poll again.
    func poll(_ limit: BatchLimit) throws -> Batch

    /// Does what ``poll(_:)`` does, but shows the records to a visitor instead of copying them. As
    /// nothing is held, the limit's bytes say when to return, not what may come. The visitor must not
    /// call this log.
    ///
    /// - Returns: how many records were shown.
    /// - Throws: ``Failure``, as `poll` does; and what the visitor throws.
    func visit(_ limit: BatchLimit, by visitor: any RecordVisitor) throws -> Int

    /// The offset after the last record delivered, markers that are not data included where
    /// the backend knows of them; nil before the first poll that settles it.
    func position(_ partition: TopicPartition) -> Int64?

    /// Goes on at these offsets. Partitions that are not assigned are ignored.
    func seek(_ offsets: [TopicPartition: Int64]) throws

    /// Brings nothing of these partitions until ``resume(_:)``; membership stays alive.
    func pause(_ partitions: Set<TopicPartition>) throws

    /// Brings records of these partitions again, from where they stood.
    func resume(_ partitions: Set<TopicPartition>) throws

    /// Commits offsets for the group outside a transaction. Throws `lostAssignment` when one of
    /// the partitions is not ours any more; then none is committed.
    func commit(_ offsets: [TopicPartition: Int64]) throws

    /// Notes that the group's offsets were committed with; partitions without one are missing. A log that
    /// keeps none has none.
    func notes(_ partitions: [TopicPartition]) throws -> [TopicPartition: String]

    /// The group's offsets; partitions without one are missing.
    func committed(_ partitions: [TopicPartition]) throws -> [TopicPartition: Int64]

    /// Leaves the group and releases everything; may be called twice.
    func close()
}

extension TopicConsumer {
    /// Nothing: what a log does that keeps no notes.
    public func notes(_ partitions: [TopicPartition]) throws -> [TopicPartition: String] { [:] }
}

/// Writes transactions.
public protocol TopicProducer: AnyObject, Sendable {
    /// Appends all records and commits the consumed offsets, or does neither.
    ///
    /// When it returns, readers see all of it. When it throws `transient`, nothing is
    /// visible and the same call may be made again. `lostAssignment`: nothing is visible
    /// and someone else has the partitions. `fenced` and `fatal`: this producer is of no
    /// more use.
    ///
    /// A topic or partition that does not exist is `setup`, code `unknown_topic`, and nothing
    /// is visible. With neither records nor offsets the call does nothing.
    ///
    /// - Parameters:
    ///   - records: what to append, in order for each partition.
    ///   - consumed: the offsets that these records answer, and the consumer that read them.
    func transact(_ records: [Outgoing], consumed: Consumed?) throws

    /// How long it has waited in all until the log had the records of its transactions.
    var flushTime: Duration { get }

    /// Releases everything; may be called twice.
    func close()
}

extension TopicProducer {
    /// None: what a log does that has them with the commit.
    public var flushTime: Duration { .zero }
}

/// Offsets that become the group's in the same transaction as the records made from them.
public struct Consumed: Sendable {
    /// The group member that read the records, of the same log as the producer.
    public let consumer: any TopicConsumer
    /// For each partition the offset after the last record that was used.
    public let next: [TopicPartition: Int64]
    /// A short text for each of these offsets, kept with it where the log keeps any.
    public let notes: [TopicPartition: String]

    /// Pairs a consumer with the offsets it is done with.
    public init(
        by consumer: any TopicConsumer, next: [TopicPartition: Int64], notes: [TopicPartition: String] = [:]
    ) {
        self.consumer = consumer
        self.next = next
        self.notes = notes
    }
}
