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
    private var bulletins: Set<Digest> = []
    private var rejected: Set<Digest> = []
    private var consumer: (any TopicConsumer)?
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
        let names = [topics.bulletins, topics.deadLetters]
        let partitions = try log.admin.describe(names).flatMap { topic in
            (0..<Int32(topic.partitions)).map { TopicPartition(topic.name, $0) }
        }
        let marks = try log.admin.watermarks(partitions)
        if consumer == nil {
            guard !partitions.isEmpty else { return }
            consumer = try log.consumer(ConsumerSettings(.partitions(marks.mapValues(\.low)), reset: .earliest))
        }
        guard let consumer else { return }
        let ends = marks.filter { $0.value.low < $0.value.high }
        while ends.contains(where: { (consumer.position($0.key) ?? 0) < $0.value.high }) {
            guard turn() else { return }
            for record in try consumer.poll(Self.limit).records { note(record) }
        }
    }

    private func note(_ record: Record) {
        guard let key = record.key, let digest = Digest(String(decoding: key, as: UTF8.self)) else { return }
        if record.partition.topic == topics.bulletins {
            bulletins.insert(digest)
        } else if DeadLetterHeaders.read(record).worker == WorkerKind.produce.rawValue {
            rejected.insert(digest)
        }
    }

    /// Whether the log has the bulletin.
    func hasBulletin(_ id: BulletinID) -> Bool { Digest(id.rawValue).map(bulletins.contains) ?? false }

    /// Whether the log has a dead letter of the input.
    func hasRejected(_ id: BulletinID) -> Bool { Digest(id.rawValue).map(rejected.contains) ?? false }

    /// Notes what was just committed.
    func insert(_ id: BulletinID, rejected wasRejected: Bool) {
        guard let digest = Digest(id.rawValue) else { return }
        if wasRejected { rejected.insert(digest) } else { bulletins.insert(digest) }
    }

    /// Releases the consumer; may be called twice.
    func close() {
        consumer?.close()
        consumer = nil
    }
}
