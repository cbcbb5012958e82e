import TopicLog

/// What a consuming worker reads, and how much at once.
public struct ConsumingSettings: Sendable {
    /// The consumer group.
    public let group: String
    /// Static member id, nil for a dynamic member.
    public let member: String?
    /// Bounds of one batch.
    public let limit: BatchLimit
    /// How many rejected records stop the worker.
    public let deadLetters: DeadLetterBounds
    /// How often the lag is looked up.
    public let lagEvery: Duration
    /// Whether to go on without records that are gone, instead of stopping.
    public let acceptsGaps: Bool
    /// How many batches may go into one transaction when they wait for the one before, at least 1.
    public let together: Int

    /// Gathers the settings.
    public init(
        group: String, member: String? = nil,
        limit: BatchLimit = BatchLimit(records: 500, bytes: 32 << 20, wait: .milliseconds(500)), together: Int = 1,
        deadLetters: DeadLetterBounds = DeadLetterBounds(), lagEvery: Duration = .seconds(5), acceptsGaps: Bool = false
    ) {
        self.acceptsGaps = acceptsGaps
        self.group = group
        self.member = member
        self.limit = limit
        self.together = max(1, together)
        self.deadLetters = deadLetters
        self.lagEvery = lagEvery
    }
}
