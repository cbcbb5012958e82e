import TopicLog

/// What a producer takes at once and how it is named.
public struct ProducerSettings: Sendable {
    /// Fences an earlier process of the same name; another producer needs another.
    public let transactionalID: String
    /// Bounds of one transaction's inputs, and how long to wait for the first.
    public let limit: BatchLimit
    /// The largest bulletin that is taken, in bytes; never more than the log takes.
    public let largest: Int
    /// How many rejected inputs stop the worker.
    public let deadLetters: DeadLetterBounds
    /// How often to look for what other producers wrote.
    public let refreshEvery: Duration
    /// Whether what is said of bytes that the log has already holds from now on, where it is something else.
    public let restates: Bool

    /// Gathers the settings.
    public init(
        transactionalID: String,
        limit: BatchLimit = BatchLimit(records: 500, bytes: 32 << 20, wait: .milliseconds(500)),
        largest: Int = 16 << 20, deadLetters: DeadLetterBounds = DeadLetterBounds(),
        refreshEvery: Duration = .seconds(5), restates: Bool = false
    ) {
        self.restates = restates
        self.transactionalID = transactionalID
        self.limit = limit
        self.largest = largest
        self.deadLetters = deadLetters
        self.refreshEvery = refreshEvery
    }
}
