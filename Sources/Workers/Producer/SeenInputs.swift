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
    }

    private let log: any TopicLog
    private let topics: Topics
    private let confinement = Confinement()
    private var bulletins: Set<Digest> = []
    private var rejected: Set<Digest> = []
    private var consumer: (any TopicConsumer)?
    /// Where reading goes on in each partition.
    private var places: [TopicPartition: Int64] = [:]
    private static let limit = BatchLimit(records: 10_000, bytes: 16 << 20, wait: .milliseconds(200))

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
        let names = [topics.bulletins, topics.deadLetters]
        let partitions = try log.admin.describe(names).flatMap { topic in
            (0..<Int32(clamping: topic.partitions)).map { TopicPartition(topic.name, $0) }
        }
        guard !partitions.isEmpty else { return close() }
        let marks = try log.admin.watermarks(partitions)
        let consumer = try reader(marks)
        let ends = marks.filter { $0.value.low < $0.value.high }
        while ends.contains(where: { (consumer.position($0.key) ?? 0) < $0.value.high }) {
            guard turn() else { break }
            do {
                for record in try consumer.poll(Self.limit).records { note(record) }
            } catch let error as Failure where error.isGone {
                // What was deleted while it was read cannot be known any more; the rest is read again.
                close()
                places = [:]
                throw Failure(.transient, code: error.code, error.message)
            }
        }
        for partition in partitions { places[partition] = consumer.position(partition) ?? places[partition] }
    }

    /// A consumer of these partitions, and no others, from where reading stopped. A topic that has more partitions
    /// than before, or ends before what was read of it, may have been made anew, and is read again.
    private func reader(_ marks: [TopicPartition: Watermarks]) throws -> any TopicConsumer {
        // Partitions that come or go are rare, and may mean that the whole topic is another.
        let hasChanged = consumer.map { $0.assignment != Set(marks.keys) } ?? false
        let isMadeAnew = hasChanged || marks.contains { (places[$0.key] ?? 0) > $0.value.high }
        if isMadeAnew {
            bulletins = []
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

    /// Remembers what a record says is in the log. Its key is only believed where it follows from its value:
    /// a forged one would have a bulletin skipped that nobody has.
    private func note(_ record: Record) {
        guard let key = record.key, let digest = Digest(String(decoding: key, as: UTF8.self)), let value = record.value
        else { return }
        let stated = String(decoding: key, as: UTF8.self)
        if record.partition.topic == topics.bulletins {
            if BulletinID(bytes: value).rawValue == stated { bulletins.insert(digest) }
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
    func insert(_ id: BulletinID, rejected wasRejected: Bool) {
        confinement.check()
        guard let digest = Digest(id.rawValue) else { return }
        if wasRejected { rejected.insert(digest) } else { bulletins.insert(digest) }
    }

    /// Releases the consumer; may be called twice.
    func close() {
        consumer?.close()
        consumer = nil
    }
}
