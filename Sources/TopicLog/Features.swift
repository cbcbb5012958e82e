/// What a backend can do of the ``TopicLog`` contract, told honestly.
///
/// The conformance suite runs what a backend claims and skips the rest by name.
public struct Features: Sendable, Equatable {
    /// The backend's name, for messages.
    public let backend: String
    /// Records of an open or aborted transaction are never delivered.
    public var isolatesTransactions = true
    /// Consumed offsets become the group's with the transaction.
    public var commitsOffsetsInTransactions = true
    /// A second producer with the same transactional id fences the first.
    public var fencesProducers = true
    /// Topics can be created, described and deleted, with configuration.
    public var administersTopics = true
    /// Records can be deleted from the front of a partition.
    public var deletesRecords = true
    /// A topic that does not exist is an error, not created on first use.
    public var refusesUnknownTopics = true
    /// A group's missing or vanished offset is treated as ``ConsumerSettings/Reset`` says.
    public var obeysReset = true
    /// Offsets can be looked up by time.
    public var findsOffsetsByTime = true
    /// Group offsets can be listed from outside the group.
    public var listsGroupOffsets = true
    /// The partitions of a member that died go to the others.
    public var reassignsDeadMembers = true
    /// More than one process can use the log at once.
    public var isShared = true
    /// What was acknowledged survives `kill -9`.
    public var isDurable = true
    /// Each transaction takes one offset more in each partition that it writes to, for its end.
    public var marksTransactions = false
    /// The largest value that is stored, in bytes.
    public var maximumValueBytes = 16 << 20

    /// A backend that can do everything.
    public init(backend: String) {
        self.backend = backend
    }
}
