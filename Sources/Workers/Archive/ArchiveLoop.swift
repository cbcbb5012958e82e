import Logging
import TopicLog

/// What the archive worker reads, and when it seals.
public struct ArchiveSettings: Sendable {
    /// The topics.
    public let topics: [String]
    /// Bounds of one batch.
    public let limit: BatchLimit
    /// The age at which a segment is sealed that is not full.
    public let segmentAge: Duration
    /// How often lag, new topics and new partitions are looked up.
    public let lookEvery: Duration
    /// After how many attempts to give up on an archive that cannot be written; nil never does.
    public let patience: Int?

    /// Gathers the settings.
    public init(
        topics: [String], limit: BatchLimit = BatchLimit(records: 5_000, bytes: 32 << 20, wait: .milliseconds(500)),
        segmentAge: Duration = .seconds(600), lookEvery: Duration = .seconds(5), patience: Int? = nil
    ) {
        self.patience = patience
        self.topics = topics
        self.limit = limit
        self.segmentAge = segmentAge
        self.lookEvery = lookEvery
    }
}

/// Copies topics into an archive.
///
/// The archive knows how far it is, so that no group is needed: what is durable is durable with its
/// offset, and what is not is read again. It belongs to the one queue that calls ``run()``.
final class ArchiveLoop {
    private let log: any TopicLog
    private let settings: ArchiveSettings
    private let around: Surroundings
    private let make: @Sendable () throws -> any RecordArchive
    private var outage: Outage
    /// Whether it was the archive that failed last: then reading again shows nothing, and the outage
    /// lasts until something has become durable.
    private var awaitsArchive = false

    /// What one reading of the topics began with.
    private struct Session {
        let partitions: [String: Int]
        let begin: [TopicPartition: Int64]
        let consumer: any TopicConsumer
        var next: [TopicPartition: Int64]
    }

    init(
        _ log: any TopicLog, settings: ArchiveSettings, around: Surroundings,
        make: @escaping @Sendable () throws -> any RecordArchive
    ) {
        self.log = log
        self.settings = settings
        self.around = around
        self.make = make
        outage = Outage(around)
    }

    /// Runs until the stop signal ends it.
    ///
    /// - Throws: what stopped it otherwise, of kind `setup` or `fatal`.
    func run() throws(Failure) {
        around.turn(.starting)
        guard let archive = try Outage.retrying(around, patience: settings.patience, make) else { return }
        defer { archive.close() }
        var gaps = 0
        while !around.stop.isStopping {
            let pause: Duration
            do {
                if try session(archive) { return }
                continue
            } catch let error as Failure where error.isGone && gaps < 10 {
                // Retention overtook the reading; the next session tells from where it goes on.
                gaps += 1
                archive.discard()
                continue
            } catch {
                archive.discard()
                pause = try outage.failed(error)
                // Brokers come back; a full disk waits for somebody, and who asked for one pass is to hear of it.
                if awaitsArchive { try outage.requirePatience(settings.patience, with: error) }
            }
            around.turn(.backingOff)
            around.clock.wait(pause, unless: around.stop)
        }
    }

    /// Reads and archives until told to stop, or the topics change. Returns whether to end.
    private func session(_ archive: any RecordArchive) throws -> Bool {
        guard var session = try begin(archive) else {
            // No topic yet.
            if around.stop.current == .drain { return true }
            around.turn(.waiting)
            around.clock.wait(settings.lookEvery, unless: around.stop)
            return around.stop.isStopping
        }
        defer { session.consumer.close() }
        var goal: [TopicPartition: Int64]?
        var looked = around.clock.uptime
        while true {
            around.turn(.waiting)
            let batch = try session.consumer.poll(settings.limit)
            if !awaitsArchive { outage.over() }
            try take(batch, &session, archive)
            if around.stop.current == .drain, goal == nil { goal = try ends(session.begin.keys) }
            let isThrough = goal?.allSatisfy { session.next[$0.key] ?? 0 >= $0.value } ?? false
            if around.stop.current == .stopNow { return true }
            if around.stop.isStopping || isThrough {
                try seal(.max, session, archive)
                return true
            }
            if around.clock.uptime - looked >= settings.lookEvery {
                looked = around.clock.uptime
                lookUpLag(session)
                if goal == nil, try described() != session.partitions {
                    try seal(.max, session, archive)
                    return false
                }
            }
        }
    }

    private func described() throws -> [String: Int] {
        Dictionary(uniqueKeysWithValues: try log.admin.describe(settings.topics).map { ($0.name, $0.partitions) })
    }

    private func ends(_ partitions: some Sequence<TopicPartition>) throws -> [TopicPartition: Int64] {
        try log.admin.watermarks(partitions.sorted()).filter { $0.value.low < $0.value.high }.mapValues(\.high)
    }

    /// Begins where the archive ends; nil while there is no topic.
    private func begin(_ archive: any RecordArchive) throws -> Session? {
        let partitions = try described()
        let all = partitions.flatMap { topic, count in (0..<Int32(count)).map { TopicPartition(topic, $0) } }
        guard !all.isEmpty else { return nil }
        var begin: [TopicPartition: Int64] = [:]
        var known: [TopicPartition: Range<Int64>] = [:]
        for (partition, marks) in try log.admin.watermarks(all.sorted()) {
            let next = archive.next(partition)
            if let next, next > marks.high {
                throw Failure(
                    .setup, code: "other_topic",
                    "The archive has \(partition) up to offset \(next), but the topic ends at \(marks.high): it was made "
                        + "anew, or this is another cluster; archive it in another directory.")
            }
            if let next, next < marks.low {
                around.logger.error(
                    "records were deleted before they were archived",
                    metadata: ["partition": "\(partition)", "offset.from": "\(next)", "offset.to": "\(marks.low)"])
            }
            begin[partition] = max(next ?? marks.low, marks.low)
            if let last = archive.last(partition), last >= marks.low, last < marks.high {
                known[partition] = last..<marks.high
            }
        }
        try requireSameTopics(known, archive)
        let consumer = try log.consumer(ConsumerSettings(.partitions(begin), reset: .error))
        around.board.update { $0.assigned = Set(all) }
        return Session(partitions: partitions, begin: begin, consumer: consumer, next: begin)
    }

    /// A topic that was made anew, or that of another cluster, may be longer than the archive: then it has
    /// something else where the archive's last record stands, and what follows must not follow that.
    private func requireSameTopics(
        _ known: [TopicPartition: Range<Int64>], _ archive: any RecordArchive
    ) throws {
        guard !known.isEmpty else { return }
        let consumer = try log.consumer(ConsumerSettings(.partitions(known.mapValues(\.lowerBound)), reset: .error))
        defer { consumer.close() }
        var open = known
        while !open.isEmpty, around.stop.current != .stopNow {
            let records = try consumer.poll(BatchLimit(records: 1000, bytes: 16 << 20, wait: .milliseconds(200)))
                .records
            for record in records where record.offset == open[record.partition]?.lowerBound {
                guard archive.isLast(record) else {
                    throw Failure(
                        .setup, code: "other_topic",
                        "The archive has another record at \(record.partition) offset \(record.offset) than the topic: it "
                            + "was made anew, or this is another cluster; archive it in another directory.")
                }
            }
            let through = open.filter { consumer.position($0.key) ?? 0 > $0.value.lowerBound }.keys
            for partition in through { open[partition] = nil }
            try consumer.pause(Set(through))
        }
    }

    private func take(_ batch: Batch, _ session: inout Session, _ archive: any RecordArchive) throws {
        let began = around.clock.uptime
        if !batch.records.isEmpty {
            let bytes = batch.records.reduce(0) { $0 + $1.size }
            around.turn(.processing, records: batch.records.count, bytes: bytes)
            let (partitions, begin, now) = (session.partitions, session.begin, around.clock.now)
            count(try archiving { try archive.append(batch, partitions: partitions, begin: begin, now: now) })
        }
        for partition in session.begin.keys {
            session.next[partition] = max(session.next[partition] ?? 0, session.consumer.position(partition) ?? 0)
        }
        let age = settings.segmentAge.components
        let limit = around.clock.now.milliseconds - age.seconds * 1000 - age.attoseconds / 1_000_000_000_000_000
        try seal(limit, session, archive)
        guard !batch.records.isEmpty else { return }
        try archiving { try archive.sign() }
        let time = around.clock.uptime - began
        around.board.update {
            $0.batches += 1
            $0.batchSizes.observe(Double(batch.records.count))
            $0.batchTimes.observe(time)
            for record in batch.records { $0.received.count(record.partition.topic) }
        }
    }

    private func seal(_ began: Int64, _ session: Session, _ archive: any RecordArchive) throws {
        around.turn(.committing)
        let sealed = try archiving {
            let sealed = try archive.seal(
                began: Timestamp(milliseconds: began), next: session.next, partitions: session.partitions)
            try archive.sign()
            return sealed
        }
        count(sealed)
    }

    private func archiving<T>(_ step: () throws -> T) throws -> T {
        do {
            return try step()
        } catch {
            awaitsArchive = true
            throw error
        }
    }

    private func count(_ sealed: [TopicPartition: Int]) {
        guard !sealed.isEmpty else { return }
        awaitsArchive = false
        outage.over()
        around.board.update {
            for (partition, records) in sealed { $0.emitted.count(partition.topic, records) }
        }
    }

    private func lookUpLag(_ session: Session) {
        guard let marks = try? log.admin.watermarks(session.begin.keys.sorted()) else { return }
        let lag = session.next.map { ($0.key, max(0, (marks[$0.key]?.high ?? 0) - $0.value)) }
        around.board.update { $0.lag = Dictionary(uniqueKeysWithValues: lag) }
    }
}

extension Worker {
    /// The archive worker: topics into an archive, each record once.
    ///
    /// - Parameter archive: opens the archive, on the worker's queue; called again after an outage.
    public static func archive(
        _ log: any TopicLog, settings: ArchiveSettings, around: Surroundings,
        archive: @escaping @Sendable () throws -> any RecordArchive
    ) -> Worker {
        Worker(.archive, around) { () throws(Failure) in
            try ArchiveLoop(log, settings: settings, around: around, make: archive).run()
        }
    }
}
