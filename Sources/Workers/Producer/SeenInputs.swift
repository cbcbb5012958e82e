import BulletinModel
import TopicLog

/// What is in the log already: bulletins, and inputs that were rejected. Read from the
/// topics themselves, so that it holds after a crash, and for what other producers wrote.
///
/// It keeps 16 bytes of each identifier.
final class SeenInputs {
    private struct Digest: Hashable {
        let high: UInt64
        let low: UInt64

        init?(_ hexadecimal: some StringProtocol) {
            guard hexadecimal.utf8.count == 64, let high = UInt64(hexadecimal.prefix(16), radix: 16),
                let low = UInt64(hexadecimal.dropFirst(16).prefix(16), radix: 16)
            else { return nil }
            self.high = high
            self.low = low
        }

        /// Of a bulletin with what is said of it.
        init(_ bulletin: Digest, _ given: GivenData) {
            let both = BulletinID(bytes: Array("\(bulletin.high) \(bulletin.low)\n\(given.json)".utf8)).rawValue
            high = UInt64(both.prefix(16), radix: 16) ?? 0
            low = UInt64(both.dropFirst(16).prefix(16), radix: 16) ?? 0
        }
    }

    private let log: any TopicLog
    private let topics: Topics
    private let confinement = Confinement()
    private var bulletins: Set<Digest> = []
    /// What is said of bulletins and holds, where anything is or was said.
    private var holding: [Digest: Digest] = [:]
    /// Bulletins with what was ever said of them.
    private var said: Set<Digest> = []
    private var rejected: Set<Digest> = []
    private var consumer: (any TopicConsumer)?
    /// Where reading goes on in each partition.
    private var places: [TopicPartition: Int64] = [:]
    /// What this producer wrote since it looked last where partitions end.
    private var own: [TopicPartition: Own] = [:]
    private static let limit = BatchLimit(records: 10_000, bytes: 16 << 20, wait: .milliseconds(200))

    private struct Own {
        var records = 0
        var transactions = 0
    }

    init(_ log: any TopicLog, topics: Topics) {
        self.log = log
        self.topics = topics
    }

    /// How many bulletins are known.
    var count: Int { bulletins.count }

    /// Reads the topics to their end as it is now, from where it stopped. An earlier holder
    /// of the producer's transactional id must have been fenced before.
    ///
    /// - Parameter turn: called now and then; returns false to give up.
    /// - Throws: ``Failure``; it may be called again.
    func catchUp(turn: () -> Bool) throws {
        confinement.check()
        let partitions = try partitions()
        guard !partitions.isEmpty else { return close() }
        let marks = try log.admin.watermarks(partitions)
        let consumer = try reader(marks)
        own = [:]
        try consumer.resume(consumer.assignment)
        let visitor = KeyVisitor(self)
        let ends = marks.filter { $0.value.low < $0.value.high }
        while ends.contains(where: { (consumer.position($0.key) ?? 0) < $0.value.high }) {
            guard turn() else { break }
            do {
                _ = try consumer.visit(Self.limit, by: visitor)
            } catch let error as Failure where error.isGone {
                // What was deleted while it was read cannot be known any more; the rest is read again.
                close()
                places = [:]
                throw Failure(.transient, code: error.code, error.message)
            }
        }
        for partition in partitions { places[partition] = consumer.position(partition) ?? places[partition] }
        try consumer.pause(consumer.assignment)
    }

    /// Takes in what others wrote since, as far as it is here already, and waits for nothing. What this producer
    /// wrote itself is not read again: where no more was added than that, nothing is.
    ///
    /// - Returns: whether all is known; else it is to be called again soon.
    /// - Throws: ``Failure``; it may be called again.
    func refresh(turn: () -> Bool) throws -> Bool {
        confinement.check()
        let partitions = try partitions()
        let marks = try log.admin.watermarks(partitions)
        guard let consumer, consumer.assignment == Set(partitions),
            marks.allSatisfy({ mark in places[mark.key].map { mark.value.low <= $0 && $0 <= mark.value.high } ?? false }
            )
        else {
            try catchUp(turn: turn)
            return true
        }
        var behind: Set<TopicPartition> = []
        for (partition, mark) in marks {
            let own = own.removeValue(forKey: partition) ?? Own()
            let markers = log.features.marksTransactions ? own.transactions : 0
            if mark.high - (places[partition] ?? 0) == Int64(own.records + markers) {
                places[partition] = mark.high
            } else {
                behind.insert(partition)
            }
        }
        let ahead = places.filter { consumer.position($0.key) != $0.value }
        if !ahead.isEmpty { try consumer.seek(ahead) }
        if behind.isEmpty {
            try consumer.pause(consumer.assignment)
            return true
        }
        try consumer.resume(behind)
        let visitor = KeyVisitor(self)
        let limit = BatchLimit(records: Self.limit.records, bytes: Self.limit.bytes, wait: .zero)
        while try consumer.visit(limit, by: visitor) > 0 {
            guard turn() else { break }
        }
        for partition in behind { places[partition] = consumer.position(partition) ?? places[partition] }
        return behind.allSatisfy { (places[$0] ?? 0) >= marks[$0]?.high ?? 0 }
    }

    private func partitions() throws -> [TopicPartition] {
        try log.admin.describe([topics.bulletins, topics.deadLetters]).flatMap { topic in
            (0..<Int32(clamping: topic.partitions)).map { TopicPartition(topic.name, $0) }
        }
    }

    /// A consumer of these partitions, and no others, from where reading stopped. A topic that has more partitions
    /// than before, or ends before what was read of it, may have been made anew, and is read again.
    private func reader(_ marks: [TopicPartition: Watermarks]) throws -> any TopicConsumer {
        // Partitions that come or go are rare, and may mean that the whole topic is another.
        let hasChanged = consumer.map { $0.assignment != Set(marks.keys) } ?? false
        let isMadeAnew = hasChanged || marks.contains { (places[$0.key] ?? 0) > $0.value.high }
        if isMadeAnew {
            bulletins = []
            holding = [:]
            said = []
            rejected = []
            places = [:]
        }
        if let consumer, consumer.assignment == Set(marks.keys), !isMadeAnew { return consumer }
        close()
        let begin = Dictionary(
            uniqueKeysWithValues: marks.map { ($0.key, max($0.value.low, places[$0.key] ?? $0.value.low)) })
        let fresh = try log.consumer(ConsumerSettings(.partitions(begin), reset: .error))
        consumer = fresh
        return fresh
    }

    /// Notes what was just committed in one transaction, so that it need not be read.
    func wrote(_ records: [Outgoing]) {
        confinement.check()
        let counts = Dictionary(grouping: places.keys, by: \.topic).mapValues(\.count)
        var touched: Set<TopicPartition> = []
        for record in records {
            guard let count = counts[record.topic] else { continue }
            guard let number = record.partition ?? record.key.map({ Murmur2.partition(of: $0, count: count) }) else {
                continue
            }
            let partition = TopicPartition(record.topic, number)
            own[partition, default: Own()].records += 1
            touched.insert(partition)
        }
        for partition in touched { own[partition]?.transactions += 1 }
    }

    /// Whether a record with this key says nothing new, so that the rest of it need not be looked at.
    fileprivate func isNoted(_ key: UnsafeBufferPointer<UInt8>?, in topic: String) -> Bool {
        guard let key, let digest = Digest(String(decoding: key, as: UTF8.self)) else { return true }
        // A bulletin may come again with something else said of it.
        return topic != topics.bulletins && rejected.contains(digest)
    }

    /// Remembers what a record says is in the log. Its key is only believed where it follows from its value:
    /// a forged one would have a bulletin skipped that nobody has.
    fileprivate func note(_ record: Record) {
        guard let key = record.key, let digest = Digest(String(decoding: key, as: UTF8.self)), let value = record.value
        else { return }
        let stated = String(decoding: key, as: UTF8.self)
        if record.partition.topic == topics.bulletins {
            guard BulletinID(bytes: value).rawValue == stated else { return }
            // What the headers say wrongly is a dead letter of the sink, and nothing was said.
            note(digest, (try? BulletinOffer { record.header($0) }) ?? BulletinOffer())
            return
        }
        let letter = DeadLetterHeaders.read(record)
        guard letter.worker == WorkerKind.produce.rawValue else { return }
        let content: Input.Content =
            letter.truncatedFrom.map { .tooLarge(head: value, size: $0 < 0 ? nil : $0) } ?? .whole(value)
        let input = Input(name: "", content: content)
        // An input of which only the head was kept has the identifier of all of it where all was read.
        if input.id.rawValue == stated || letter.truncatedFrom != nil { rejected.insert(digest) }
    }

    private func note(_ bulletin: Digest, _ offer: BulletinOffer) {
        let isNew = bulletins.insert(bulletin).inserted
        guard !offer.given.isEmpty || offer.standing != .first else { return }
        said.insert(Digest(bulletin, offer.given))
        if isNew && offer.standing != .further || offer.standing == .restated {
            holding[bulletin] = Digest(bulletin, offer.given)
        }
    }

    /// How a bulletin with what is said of it stands to what the log has; nil where it has both, or nothing new is said.
    func standing(_ id: BulletinID, _ given: GivenData, restating: Bool) -> BulletinOffer.Standing? {
        confinement.check()
        guard let bulletin = Digest(id.rawValue), bulletins.contains(bulletin) else { return .first }
        let new = Digest(bulletin, given)
        if new == holding[bulletin] ?? Digest(bulletin, GivenData()) { return nil }
        if restating { return .restated }
        return given.isEmpty || said.contains(new) ? nil : .further
    }

    /// Whether the log has the bulletin.
    func hasBulletin(_ id: BulletinID) -> Bool {
        confinement.check()
        return Digest(id.rawValue).map(bulletins.contains) ?? false
    }

    /// Whether the log has a dead letter of the input.
    func hasRejected(_ id: BulletinID) -> Bool {
        confinement.check()
        return Digest(id.rawValue).map(rejected.contains) ?? false
    }

    /// Notes what was just committed.
    func insert(_ id: BulletinID, _ offer: BulletinOffer = BulletinOffer(), rejected wasRejected: Bool) {
        confinement.check()
        guard let digest = Digest(id.rawValue) else { return }
        if wasRejected { rejected.insert(digest) } else { note(digest, offer) }
    }

    /// Releases the consumer; may be called twice.
    func close() {
        consumer?.close()
        consumer = nil
    }
}

/// Looks at the keys of records, and at the rest of those that are new.
private final class KeyVisitor: RecordVisitor {
    private let seen: SeenInputs
    private var place: (partition: TopicPartition, offset: Int64, timestamp: Timestamp)?
    private var key: [UInt8]?
    private var headers: [Header] = []

    init(_ seen: SeenInputs) {
        self.seen = seen
    }

    func begin(
        _ partition: TopicPartition, offset: Int64, timestamp: Timestamp, key: UnsafeBufferPointer<UInt8>?
    ) -> Bool {
        if seen.isNoted(key, in: partition.topic) { return false }
        place = (partition, offset, timestamp)
        self.key = key.map { Array($0) }
        headers = []
        return true
    }

    func header(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>?) {
        headers.append(Header(String(decoding: name, as: UTF8.self), bytes: value.map { Array($0) }))
    }

    func end(_ value: UnsafeBufferPointer<UInt8>?) {
        guard let place else { return }
        seen.note(
            Record(
                partition: place.partition, offset: place.offset, timestamp: place.timestamp, key: key,
                value: value.map { Array($0) }, headers: headers))
    }
}
