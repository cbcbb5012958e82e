import BulletinModel
import Store
import TopicLog

/// The database as a repair needs it.
public protocol RepairStore: SinkStore {
    /// Identifiers of bulletins that the database has.
    func bulletinIDs() throws -> [BulletinID]
    /// A bulletin's bytes and source.
    func bulletin(_ id: BulletinID) throws -> Bulletin?
    /// Identifiers of a bulletin's articles in the database, and whether each has its indicators.
    func articleIDs(of bulletin: BulletinID) throws -> [(id: ArticleID, isRead: Bool)]
    /// An article.
    func article(_ id: ArticleID) throws -> Article?
    /// Whether the database has a dead letter.
    func hasDeadLetter(_ id: DeadLetterID) throws -> Bool
    /// What is said of a bulletin and holds.
    func given(with bulletin: BulletinID) throws -> GivenData
    /// When a bulletin was received; nil where nobody knows.
    func received(_ id: BulletinID) throws -> String?
}

extension BulletinStore: RepairStore {}

/// Brings topics, archive and database to agree again after something was lost of one of them.
///
/// First the database takes up all that the topics (below its progress) and the archive hold: every row has
/// an identifier, so that what it has already stays as it is. Then what follows from what it holds and is
/// nowhere is made again: articles of bulletins, and indicators of articles, in one transaction each, under a
/// transactional id of its own. A repair that is cut off is simply done again.
public struct Repair {
    /// What a repair came to.
    public struct Report: Sendable, Equatable {
        /// Records that were looked at.
        public var records = 0
        /// Rows that the database had not, by table.
        public var rows: [String: Int] = [:]
        /// Articles that were made again.
        public var articles = 0
        /// Articles whose indicators were made again.
        public var readings = 0
        /// Bulletins of which fewer articles are anywhere than their own record states, before anything was made again.
        public var shortBulletins = 0
        /// Closing records in the topics and the archive whose indicators are not all there, nor in the database.
        public var shortReadings = 0
        /// What cannot be mended, one sentence each.
        public var notes: [String] = []

        /// Whether nothing was amiss.
        public var isClean: Bool {
            rows.isEmpty && articles == 0 && readings == 0 && shortBulletins == 0 && shortReadings == 0 && notes.isEmpty
        }
    }

    private let log: any TopicLog
    private let archive: (any TopicLog)?
    private let store: any RepairStore
    private let reader: any BulletinReader
    private let topics: Topics
    private let enrichmentGroup: String
    private let clock: any WorkerClock

    /// - Parameters:
    ///   - archive: an archive as a log; nil where there is none.
    ///   - enrichmentGroup: the group whose offsets say which articles are still to be read.
    public init(
        _ log: any TopicLog, archive: (any TopicLog)?, store: any RepairStore, reader: any BulletinReader,
        topics: Topics, enrichmentGroup: String, clock: any WorkerClock = SystemClock()
    ) {
        self.log = log
        self.archive = archive
        self.store = store
        self.reader = reader
        self.topics = topics
        self.enrichmentGroup = enrichmentGroup
        self.clock = clock
    }

    /// Mends what can be mended.
    ///
    /// - Parameters:
    ///   - transactionalID: of this repair; a second one fences the first.
    ///   - counts: tells how much the database holds, by table.
    ///   - isDry: whether to look only, and write nothing; then what would be made again of bulletins that the
    ///     database lacks, too, is not told.
    ///   - progress: called now and then with the records looked at.
    /// - Throws: ``Failure``.
    public func run(
        transactionalID: String, counts: () throws -> [String: Int], isDry: Bool = false,
        progress: (Int) -> Void = { _ in }
    ) throws -> Report {
        var report = Report()
        // Taken over before anything is looked up: what an earlier repair left open is settled then.
        let producer = isDry ? nil : try log.producer(transactionalID: transactionalID)
        defer { producer?.close() }
        let before = try counts()
        var lacks = isDry ? RepairLacks(store) : nil
        var stated: [BulletinID: Int] = [:]
        var short: [Closing] = []
        // The archive first: what the log holds of the same article may be newer.
        if let archive { try fill(from: archive, belowProgress: false, &lacks, &stated, &short, &report, progress) }
        try fill(from: log, belowProgress: true, &lacks, &stated, &short, &report, progress)
        for (table, count) in try counts() where count > before[table] ?? 0 {
            report.rows[table] = count - (before[table] ?? 0)
        }
        if let lacks { report.rows = lacks.rows }
        // Where retention took the indicators of a closing record, the database has long had them.
        report.shortReadings = try short.count { closing in
            if lacks?.readings.contains(closing.article) ?? false { return false }
            return try !store.articleIDs(of: closing.bulletin).contains { $0.id == closing.article && $0.isRead }
        }
        let pending = try pending()
        for id in try store.bulletinIDs() { try mend(id, stated[id], pending, lacks, producer, &report) }
        return report
    }

    // MARK: - The database

    /// Applies what a log holds, or notes what the database lacks of it. Nothing of the progress moves.
    private func fill(
        from source: any TopicLog, belowProgress: Bool, _ lacks: inout RepairLacks?, _ stated: inout [BulletinID: Int],
        _ short: inout [Closing], _ report: inout Report, _ progress: (Int) -> Void
    ) throws {
        let partitions = try source.admin.describe(topics.all).flatMap { topic in
            (0..<Int32(clamping: topic.partitions)).map { TopicPartition(topic.name, $0) }
        }
        for partition in partitions.sorted() {
            guard let bounds = try source.admin.watermarks([partition])[partition] else { continue }
            var end = bounds.high
            if belowProgress {
                let place = try store.progress([(partition.topic, partition.partition)]).first
                end = min(end, place?.offset ?? bounds.low)
            }
            if bounds.low >= end { continue }
            let consumer = try source.consumer(ConsumerSettings(.partitions([partition: bounds.low]), reset: .error))
            defer { consumer.close() }
            let topics = topics
            var assembly = SinkAssembly(store)
            while (consumer.position(partition) ?? bounds.low) < end {
                let batch = try consumer.poll(BatchLimit(records: 500, bytes: 8 << 20, wait: .milliseconds(200)))
                let records = batch.records.filter { $0.offset < end }
                for (record, what) in zip(records, concurrentMap(records) { SinkRecord($0, topics: topics) }) {
                    // What cannot be used is in dead letters, and stays there.
                    let failure = try assembly.add(record, what)
                    if failure?.code == DeadLetterCode.closingMismatch.rawValue, case .closing(let closing) = what {
                        short.append(closing)
                    }
                    if case .change(.bulletin(let bulletin, _, _)) = what,
                        let count = RecordHeaders.articleCount(of: record)
                    {
                        stated[bulletin.id] = count
                    }
                }
                report.records += records.count
                progress(report.records)
                let changes = assembly.takeChanges()
                if lacks != nil {
                    for change in changes { try lacks?.note(change) }
                } else if !changes.isEmpty {
                    try store.apply(changes, moving: [])
                }
            }
        }
    }

    // MARK: - The topics

    /// What is on its way through the topics, and need not be made again.
    private struct Pending {
        /// Articles that the sink has still to store, or enrichment to read.
        var articles: Set<ArticleID> = []
        /// Articles that enrichment has still to read, or whose closing record the sink has still to store.
        var readings: Set<ArticleID> = []
    }

    private func pending() throws -> Pending {
        var pending = Pending()
        let offsets = try log.admin.groupOffsets(enrichmentGroup)
        let partitions = try log.admin.describe([topics.articles, topics.indicators]).flatMap { topic in
            (0..<Int32(clamping: topic.partitions)).map { TopicPartition(topic.name, $0) }
        }
        for (partition, bounds) in try log.admin.watermarks(partitions) {
            let stored = try store.progress([(partition.topic, partition.partition)]).first?.offset ?? bounds.low
            let isArticles = partition.topic == topics.articles
            let read = offsets[partition] ?? bounds.low
            let from = max(isArticles ? min(read, stored) : stored, bounds.low)
            if from >= bounds.high { continue }
            let consumer = try log.consumer(ConsumerSettings(.partitions([partition: from]), reset: .error))
            defer { consumer.close() }
            while (consumer.position(partition) ?? from) < bounds.high {
                let batch = try consumer.poll(BatchLimit(records: 500, bytes: 8 << 20, wait: .milliseconds(200)))
                for record in batch.records {
                    guard let value = record.value else { continue }
                    if isArticles, let article = try? Article(message: value) {
                        pending.articles.insert(article.id)
                        if record.offset >= read { pending.readings.insert(article.id) }
                    } else if case .closing(let closing)? = try? ReadingMessage(message: value) {
                        pending.readings.insert(closing.article)
                    }
                }
            }
        }
        return pending
    }

    /// Makes again what a bulletin lacks.
    private func mend(
        _ id: BulletinID, _ stated: Int?, _ pending: Pending, _ lacks: RepairLacks?, _ producer: (any TopicProducer)?,
        _ report: inout Report
    ) throws {
        guard let bulletin = try store.bulletin(id) else { return }
        let stored = try store.articleIDs(of: id)
        // By content: the bulletin's own record says how many articles there must be.
        let held = Set(stored.map(\.id)).union(lacks?.articles[id] ?? [])
        let given = try store.given(with: id)
        let articles: [Article]
        do throws(Failure) {
            articles = try reader.articles(of: bulletin.bytes, bulletin: id, given: given)
        } catch {
            guard error.kind == .data else { throw error }
            report.notes.append("Bulletin \(id) cannot be read by this engine: \(error.message)")
            return
        }
        let received = try store.received(id).flatMap { Timestamp(rfc3339: $0) } ?? clock.now
        let missing = articles.filter { !pending.articles.contains($0.id) && !held.contains($0.id) }
        let onTheWay = articles.count { pending.articles.contains($0.id) && !held.contains($0.id) }
        if let stated, held.count + onTheWay < stated { report.shortBulletins += 1 }
        // Where the database has none of this engine's articles another engine cut them: then they are all there.
        let isOtherCut = !stored.isEmpty && missing.count == articles.count
        if !missing.isEmpty, !isOtherCut {
            let intake = Intake(
                reader: reader, topics: topics, largest: .max, largestRecord: log.features.maximumValueBytes)
            let input = Input(name: bulletin.source, content: .whole(bulletin.bytes), given: given)
            let made = intake.take([Intake.Fresh(id: id, input: input)], at: received).first
            guard let made, made.failure == nil else { return }
            let records = made.records.filter { record in
                record.topic == topics.articles
                    && missing.contains { record.headers.contains(Header(CloudEvent.idHeader, $0.id.rawValue)) }
            }
            try producer?.transact(records, consumed: nil)
            report.articles += records.count
        }
        let stage = EnrichmentStage(reader: reader, topics: topics)
        for (articleID, isRead) in stored
        where !isRead && !pending.readings.contains(articleID) && !(lacks?.readings.contains(articleID) ?? false) {
            guard let article = try store.article(articleID) else { continue }
            let record = Record(
                partition: TopicPartition(topics.articles, 0), offset: 0, timestamp: received,
                key: Array(id.rawValue.utf8), value: article.message(), headers: [])
            guard case .emit(let records) = stage.process(record) else { continue }
            try producer?.transact(records, consumed: nil)
            report.readings += 1
        }
    }
}
