import BulletinModel
import Store
import TopicLog

/// Brings batches of all four topics into the database, exactly once.
///
/// A batch takes two steps. First its rows and the progress go into the database in one
/// transaction, with the sink's own dead letters in an outbox. Then the outbox goes to the
/// dead-letter topic in one transaction of the log together with the group's offsets, and
/// is emptied. After a crash between the two the group's offset says which entries were
/// published: it is moved by nothing else while an entry waits.
final class SinkHandler: BatchHandler {
    /// What a batch changes.
    struct Work: Sendable {
        let changes: [StoreChange]
        let moves: [ProgressMove]
        let result: BatchResult
        let limit: DeadLetterLimit
        /// The bulletins among them, and how many articles their records say that each has.
        let bulletins: [(id: BulletinID, stated: Int?)]
    }

    private let log: any TopicLog
    private let store: any SinkStore
    private let topics: Topics
    private let transactionalID: String
    private let engine: Int
    private let around: Surroundings
    private let watch: BulletinWatch?
    private var limit: DeadLetterLimit
    private var producer: (any TopicProducer)?
    /// The database's next offsets as this sink last read or moved them.
    private var progress: [TopicPartition: Int64] = [:]
    private var published: [TopicPartition: Int64] = [:]
    private var firsts: [TopicPartition: RecordMark] = [:]
    private var hasOutbox = false
    /// When the group's offsets were moved last, on the worker's clock.
    private var publishedAt: Duration?
    let commitsElsewhere = true
    private(set) var failedElsewhere = false

    init(
        _ log: any TopicLog, store: any SinkStore, topics: Topics, transactionalID: String, engine: Int,
        bounds: DeadLetterBounds, watch: BulletinWatch? = nil, around: Surroundings
    ) {
        self.log = log
        self.store = store
        self.topics = topics
        self.transactionalID = transactionalID
        self.engine = engine
        self.around = around
        self.watch = watch
        limit = DeadLetterLimit(bounds)
    }

    func open() throws {
        around.requireQueue()
        if producer == nil { producer = try log.producer(transactionalID: transactionalID) }
    }

    func progress(
        _ partitions: [TopicPartition], _ consumer: any TopicConsumer
    ) throws -> [TopicPartition: Progress] {
        around.requireQueue()
        let notes = Dictionary(
            uniqueKeysWithValues: zip(partitions, try store.marks(partitions.map { ($0.topic, $0.partition) })))
        return Dictionary(
            uniqueKeysWithValues: try storedProgress(partitions).map { partition, next in
                (
                    partition,
                    Progress(
                        next: next,
                        note: notes[partition].flatMap(\.self).flatMap(ProgressNote.init(text:)) ?? ProgressNote())
                )
            })
    }

    func note(firsts: [TopicPartition: RecordMark]) {
        around.requireQueue()
        self.firsts.merge(firsts) { $1 }
    }

    func restart(at offsets: [TopicPartition: Int64]) throws {
        around.requireQueue()
        let stored = try storedProgress(Array(offsets.keys))
        try store.apply(
            [],
            moving: offsets.map { partition, offset in
                ProgressMove(
                    topic: partition.topic, partition: partition.partition, from: stored[partition], to: offset,
                    mark: ProgressNote(first: firsts[partition]).text)
            })
    }

    private func storedProgress(_ partitions: [TopicPartition]) throws -> [TopicPartition: Int64] {
        let places = try store.progress(partitions.map { ($0.topic, $0.partition) })
        return Dictionary(
            places.map { (TopicPartition($0.topic, $0.partition), $0.offset) }, uniquingKeysWith: { $1 })
    }

    func begin(_ partitions: [TopicPartition], _ consumer: any TopicConsumer) throws -> [TopicPartition: Int64] {
        around.requireQueue()
        let marks = try log.admin.watermarks(partitions)
        let stored = try storedProgress(partitions)
        try forgetPublished(partitions, by: try consumer.committed(partitions))
        var offsets: [TopicPartition: Int64] = [:]
        for partition in partitions {
            progress[partition] = stored[partition]
            offsets[partition] = stored[partition] ?? marks[partition]?.low ?? 0
        }
        hasOutbox = true
        try publish(consumer)
        return offsets
    }

    func end(_ partitions: Set<TopicPartition>) {
        around.requireQueue()
        for partition in partitions {
            progress[partition] = nil
            published[partition] = nil
        }
    }

    func make(of batch: Batch) -> (made: [SinkRecord], part: Batch, bytes: Int) {
        around.requireQueue()
        let topics = topics
        return (concurrentMap(batch.records) { SinkRecord($0, topics: topics) }, batch, batch.size)
    }

    func prepare(_ parts: [(made: [SinkRecord], batch: Batch)]) throws -> Work {
        around.requireQueue()
        failedElsewhere = false
        let topics = topics
        var assembly = SinkAssembly(store)
        var limit = limit
        var result = BatchResult()
        var bulletins: [(id: BulletinID, stated: Int?)] = []
        for (decoded, batch) in parts {
            for (record, what) in zip(batch.records, decoded) {
                // What the database has already came again because only its second step was left.
                if record.offset < progress[record.partition] ?? 0 { continue }
                if case .change(.bulletin(let bulletin, _, _)) = what {
                    bulletins.append((bulletin.id, RecordHeaders.articleCount(of: record)))
                }
                guard let failure = try inDatabase({ try assembly.add(record, what) }) else {
                    if case .closing = what, let time = record.header("ce_time"),
                        let receipt = Timestamp(rfc3339: time)
                    {
                        result.receipts.append(receipt)
                    }
                    try limit.add([nil])
                    continue
                }
                try limit.add([failure])
                result.deadLetters.count(failure.code)
                result.rejections.append(Rejection(record, failure))
                result.fedTopics.insert(topics.deadLetters)
                assembly.reject(letter(for: record, failure), of: record)
            }
        }
        let changes = assembly.finish()
        for change in changes {
            result.emitted.count(change.label)
            if case .reading(_, let indicators) = change { result.emitted.count("indicators", indicators.count) }
            if case .bulletin = change { result.hasNewBulletin = true }
        }
        let last = RecordMark.last(of: parts.map(\.batch))
        let moves = Batch.joined(parts.map(\.batch)).next.sorted { $0.key < $1.key }.compactMap {
            partition, next -> ProgressMove? in
            let from = progress[partition]
            guard next > from ?? -1 else { return nil }
            return ProgressMove(
                topic: partition.topic, partition: partition.partition, from: from, to: next,
                mark: ProgressNote(last: last[partition], first: firsts[partition]).text)
        }
        return Work(changes: changes, moves: moves, result: result, limit: limit, bulletins: bulletins)
    }

    func commitment(
        of work: Work, batch: Batch, by consumer: any TopicConsumer
    ) throws -> @Sendable () throws -> Void {
        around.requireQueue()
        failedElsewhere = false
        // Of records that the database has all, only the second step is left.
        if work.moves.isEmpty { return {} }
        return { [store] in try store.apply(work.changes, moving: work.moves) }
    }

    func committed(_ work: Work) -> BatchResult {
        around.requireQueue()
        for move in work.moves { progress[TopicPartition(move.topic, move.partition)] = move.to }
        if !work.result.fedTopics.isEmpty { hasOutbox = true }
        for one in work.bulletins { watch?.note(one.id, stated: one.stated) }
        limit = work.limit
        return work.result
    }

    /// The database has the progress, and nobody goes by the group's offsets but who looks how much waits; so that
    /// while there is more they are moved only now and then.
    func conclude(by consumer: any TopicConsumer, isBusy: Bool) throws {
        around.requireQueue()
        failedElsewhere = false
        let now = around.clock.uptime
        if isBusy, !hasOutbox, let publishedAt, now - publishedAt < .milliseconds(250) { return }
        try publish(consumer)
        publishedAt = now
    }

    func tend() { watch?.look() }

    func close() {
        producer?.close()
        producer = nil
    }

    /// Asks the database, and notes where it was that failed.
    private func inDatabase<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch {
            failedElsewhere = true
            throw error
        }
    }

    /// The second step: what waits in the outbox, with the group's offsets.
    private func publish(_ consumer: any TopicConsumer) throws {
        let ours = progress.filter { consumer.assignment.contains($0.key) }
        var entries: [OutboxEntry] = []
        if hasOutbox {
            // An entry beyond our progress comes from a sink that was faster: to publish it with
            // offsets before it would hide that it was. Our next write finds out and begins anew.
            entries = try inDatabase {
                try store.outbox(ours.keys.sorted().map { ($0.topic, $0.partition) }).filter {
                    $0.origin.offset < ours[TopicPartition($0.origin.topic, $0.origin.partition)] ?? 0
                }
            }
        }
        if entries.isEmpty {
            let moved = ours.filter { published[$0.key] != $0.value }
            if !moved.isEmpty { try consumer.commit(moved) }
        } else {
            guard let producer else { throw Failure(.fatal, code: "not_open", "The worker has no producer.") }
            let letters = entries.map { entry in
                Outgoing(
                    topic: topics.deadLetters, key: entry.key, value: entry.value,
                    headers: entry.headers.map { Header($0.name, bytes: $0.value) })
            }
            try producer.transact(letters, consumed: Consumed(by: consumer, next: ours))
            try inDatabase { try store.forget(entries.map(\.origin)) }
        }
        hasOutbox = false
        published.merge(ours) { $1 }
    }

    /// Removes from the outbox what was published before a crash.
    private func forgetPublished(
        _ partitions: [TopicPartition], by committed: [TopicPartition: Int64]
    ) throws {
        let entries = try store.outbox(partitions.map { ($0.topic, $0.partition) })
        let done = entries.map(\.origin).filter { $0.offset < committed[TopicPartition($0.topic, $0.partition)] ?? 0 }
        if !done.isEmpty { try store.forget(done) }
    }

    private func letter(for record: Record, _ failure: Failure) -> Outgoing {
        DeadLetterHeaders.letter(
            for: record, failure,
            by: .init(worker: WorkerKind.sink.rawValue, stage: "store", engine: engine), to: topics.deadLetters,
            at: around.clock.now, largest: log.features.maximumValueBytes)
    }
}

extension StoreChange {
    /// The kind of change, for the counts.
    fileprivate var label: String {
        switch self {
        case .bulletin: "bulletins"
        case .article: "articles"
        case .pending: "pending"
        case .dropPending: "dropped"
        case .reading: "readings"
        case .deadLetter: "dead letters"
        case .outbox: "outbox"
        }
    }
}

extension Worker {
    /// The sink worker: all four topics to the database, exactly once.
    ///
    /// - Parameters:
    ///   - transactionalID: unique among the processes that run at one time.
    ///   - engine: the number of the engine in this program, for the headers of dead letters.
    ///   - watching: the database again and the group of enrichment, to see whether bulletins become whole; nil
    ///     does not look.
    public static func sink(
        _ log: any TopicLog, store: any SinkStore, topics: Topics, settings: ConsumingSettings,
        transactionalID: String, engine: Int, watching: (store: any WatchedStore, group: String)? = nil,
        around: Surroundings
    ) -> Worker {
        Worker(.sink, around) { () throws(Failure) in
            let log = CountedLog(log, on: around.board)
            let handler = SinkHandler(
                log, store: CountedStore(store, on: around.board), topics: topics, transactionalID: transactionalID,
                engine: engine, bounds: settings.deadLetters,
                watch: watching.map {
                    BulletinWatch(log, store: $0.store, topics: topics, group: $0.group, around: around)
                },
                around: around)
            try BatchLoop(log, topics: topics.all, settings: settings, handler: handler, around: around).run()
        }
    }
}
