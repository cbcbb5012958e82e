import BulletinModel

/// What a list of changes comes to when they are made one after the other, each row at most
/// once: so that they can go into the database table by table, many rows at a time.
struct StoreBatch {
    /// The first of each identifier counts: the same bytes may have come under two names.
    private(set) var bulletins: [(bulletin: Bulletin, received: String?)] = []
    /// What was said of bulletins, and where they came from then.
    private(set) var origins = LastOfEach<Origin.Key, Origin>()
    /// The last of each identifier counts, as for everything below.
    private(set) var articles = LastOfEach<ArticleID, Article>()
    private(set) var deadLetters = LastOfEach<DeadLetterID, DeadLetter>()
    private(set) var outbox = LastOfEach<Where, OutboxEntry>()
    /// Of several readings of an article the one by the newest engine, the last among equals.
    private(set) var readings = LastOfEach<ArticleID, (closing: Closing, indicators: [Indicator])>()
    /// Readings of which nothing that was pending before stays.
    private(set) var settled: Set<ReadingKey> = []
    /// What is pending afterwards, beside what was before.
    private(set) var pending = LastOfEach<Where, PendingIndicator>()

    /// A place in a topic, as a key.
    struct Where: Hashable {
        let topic: String
        let partition: Int32
        let offset: Int64

        init(_ place: Place) {
            topic = place.topic
            partition = place.partition
            offset = place.offset
        }
    }

    private var known: Set<BulletinID> = []

    init(_ changes: [StoreChange]) {
        for change in changes { add(change) }
    }

    private mutating func add(_ change: StoreChange) {
        switch change {
        case .bulletin(let bulletin, let received, let offer):
            if let origin = Origin(bulletin, received: received, offer) { origins.put(origin, for: origin.key) }
            if known.insert(bulletin.id).inserted { bulletins.append((bulletin, received)) }
        case .article(let article): articles.put(article, for: article.id)
        case .pending(let indicator): pending.put(indicator, for: Where(indicator.place))
        case .dropPending(let key): settle(key)
        case .reading(let closing, let indicators):
            settle(ReadingKey(article: closing.article, engine: closing.engine.number))
            let former = readings[closing.article]?.closing.engine.number
            if former.map({ $0 <= closing.engine.number }) ?? true {
                readings.put((closing, indicators), for: closing.article)
            }
        case .deadLetter(let letter): deadLetters.put(letter, for: letter.id)
        case .outbox(let entry): outbox.put(entry, for: Where(entry.origin))
        }
    }

    private mutating func settle(_ key: ReadingKey) {
        settled.insert(key)
        pending.remove { $0.key == key }
    }
}

/// Values by key in the order in which the keys first came.
struct LastOfEach<Key: Hashable, Value> {
    private var places: [Key: Int] = [:]
    private var list: [Value?] = []

    /// All values in order.
    var values: [Value] { list.compactMap(\.self) }

    /// The value of a key.
    subscript(key: Key) -> Value? { places[key].flatMap { list[$0] } }

    mutating func put(_ value: Value, for key: Key) {
        if let place = places[key] {
            list[place] = value
        } else {
            places[key] = list.count
            list.append(value)
        }
    }

    /// Takes out what `isGone` says.
    mutating func remove(_ isGone: (Value) -> Bool) {
        guard !list.isEmpty else { return }
        for (key, place) in places {
            if let value = list[place], isGone(value) {
                list[place] = nil
                places[key] = nil
            }
        }
    }
}
