import BulletinModel

/// One thing that a batch changes in the database. Applying the same change again changes
/// nothing, and no change depends on when it was received.
public enum StoreChange: Sendable, Equatable {
    /// A bulletin, with the day and time at which it was received (incidental), and what was said of it.
    case bulletin(Bulletin, received: String?, BulletinOffer = BulletinOffer())
    /// An article.
    case article(Article)
    /// An indicator whose article is not closed yet, and is not to be seen yet.
    case pending(PendingIndicator)
    /// What is pending of a reading is of no use: its closing record does not fit.
    case dropPending(ReadingKey)
    /// All indicators of an article. They replace those of an older or the same engine as a
    /// whole, change nothing where a newer engine's are stored, and settle what was pending.
    case reading(Closing, [Indicator])
    /// A dead letter, from any worker.
    case deadLetter(DeadLetter)
    /// A dead letter of the sink itself, to be published from the database.
    case outbox(OutboxEntry)
}

/// One engine's reading of one article.
public struct ReadingKey: Sendable, Hashable {
    /// The article.
    public let article: ArticleID
    /// ``EngineVersion/number``.
    public let engine: Int

    /// Pairs the two.
    public init(article: ArticleID, engine: Int) {
        self.article = article
        self.engine = engine
    }
}

/// An indicator's message that waits for its article's closing record.
public struct PendingIndicator: Sendable, Equatable {
    /// The reading that it is part of.
    public let key: ReadingKey
    /// Where its record stands; gives the order.
    public let place: Place
    /// The record's value.
    public let message: [UInt8]

    /// Gathers a pending indicator.
    public init(key: ReadingKey, place: Place, message: [UInt8]) {
        self.key = key
        self.place = place
        self.message = message
    }
}

/// A record that is to be published from the database, exactly once.
public struct OutboxEntry: Sendable, Equatable {
    /// The record that it answers; one record answers at most one.
    public let origin: Place
    /// The key to publish.
    public let key: [UInt8]?
    /// The value to publish.
    public let value: [UInt8]?
    /// The headers to publish, in order.
    public let headers: [(name: String, value: [UInt8]?)]

    /// Gathers an entry.
    public init(origin: Place, key: [UInt8]?, value: [UInt8]?, headers: [(name: String, value: [UInt8]?)]) {
        self.origin = origin
        self.key = key
        self.value = value
        self.headers = headers
    }

    /// Whether all parts are equal.
    public static func == (a: Self, b: Self) -> Bool {
        a.origin == b.origin && a.key == b.key && a.value == b.value
            && a.headers.elementsEqual(b.headers) { $0.name == $1.name && $0.value == $1.value }
    }
}

/// How far a batch moves the database in one partition.
public struct ProgressMove: Sendable, Equatable {
    /// The topic's name.
    public let topic: String
    /// The partition's number.
    public let partition: Int32
    /// The next offset that the database must still have for the move to be made; nil when
    /// it must know nothing of the partition.
    public let from: Int64?
    /// The next offset afterwards.
    public let to: Int64
    /// What tells the record before it from others that might stand there; nil keeps none.
    public let mark: String?

    /// Gathers a move.
    public init(topic: String, partition: Int32, from: Int64?, to: Int64, mark: String? = nil) {
        self.mark = mark
        self.topic = topic
        self.partition = partition
        self.from = from
        self.to = to
    }
}
