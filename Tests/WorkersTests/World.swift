import BulletinModel
import Foundation
import Logging
import Store
import Synchronization
import TopicLog

@testable import Workers

/// Time that passes only when someone waits.
final class ManualClock: WorkerClock {
    private let time = Mutex(Duration.zero)

    var now: Timestamp { Timestamp(milliseconds: 1_721_433_600_000 + uptime.milliseconds) }
    var uptime: Duration { time.withLock { $0 } }

    func advance(_ duration: Duration) { time.withLock { $0 += duration } }

    func wait(_ duration: Duration, unless stop: StopSignal) {
        if !stop.isStopping { advance(duration) }
    }
}

/// What happened outside the workers, in order, and the step at which everything dies.
final class Effects: Sendable {
    private struct State {
        var list: [String] = []
        var crashAt: Int?
    }
    private let state = Mutex(State())

    var list: [String] { state.withLock { $0.list } }

    /// Lets the step with this number (from 0) and all after it fail, as a killed process does.
    func crash(at step: Int?) { state.withLock { $0.crashAt = step } }

    func note(_ effect: String) throws {
        try state.withLock {
            if let crashAt = $0.crashAt, $0.list.count >= crashAt { throw Crash() }
            $0.list.append(effect)
        }
    }

    struct Crash: Error {}
}

/// A log whose calls are noted, whose waits only advance the clock.
final class EffectLog: TopicLog {
    let base: MemoryLog
    let clock: ManualClock
    let effects: Effects
    /// Called before every poll.
    let whenPolled = Mutex<(@Sendable () -> Void)?>(nil)
    /// Called in every transaction, on the queue of commits.
    let whenTransacting = Mutex<(@Sendable () -> Void)?>(nil)

    init(_ base: MemoryLog, _ clock: ManualClock, _ effects: Effects) {
        self.base = base
        self.clock = clock
        self.effects = effects
    }

    var features: Features { base.features }
    var admin: any TopicAdmin { base.admin }
    func close() { base.close() }

    func consumer(_ settings: ConsumerSettings) throws -> any TopicConsumer {
        try effects.note("join")
        return Consumer(try base.consumer(settings), self)
    }

    func producer(transactionalID: String) throws -> any TopicProducer {
        try effects.note("produce as \(transactionalID)")
        return Producer(try base.producer(transactionalID: transactionalID), self)
    }

    private final class Consumer: TopicConsumer {
        let base: any TopicConsumer
        let log: EffectLog

        init(_ base: any TopicConsumer, _ log: EffectLog) {
            self.base = base
            self.log = log
        }

        var assignment: Set<TopicPartition> { base.assignment }

        func poll(_ limit: BatchLimit) throws -> Batch {
            log.whenPolled.withLock { $0 }?()
            let batch = try base.poll(BatchLimit(records: limit.records, bytes: limit.bytes, wait: .zero))
            if batch.records.isEmpty { log.clock.advance(limit.wait) } else { try log.effects.note("poll") }
            return batch
        }

        func position(_ partition: TopicPartition) -> Int64? { base.position(partition) }
        func seek(_ offsets: [TopicPartition: Int64]) throws { try base.seek(offsets) }
        func pause(_ partitions: Set<TopicPartition>) throws { try base.pause(partitions) }
        func resume(_ partitions: Set<TopicPartition>) throws { try base.resume(partitions) }
        func commit(_ offsets: [TopicPartition: Int64]) throws {
            try log.effects.note("commit")
            try base.commit(offsets)
            try log.effects.note("committed")
        }
        func committed(_ partitions: [TopicPartition]) throws -> [TopicPartition: Int64] {
            try base.committed(partitions)
        }
        func notes(_ partitions: [TopicPartition]) throws -> [TopicPartition: String] { try base.notes(partitions) }
        func close() { base.close() }
    }

    private final class Producer: TopicProducer {
        let base: any TopicProducer
        let log: EffectLog

        init(_ base: any TopicProducer, _ log: EffectLog) {
            self.base = base
            self.log = log
        }

        func transact(_ records: [Outgoing], consumed: Consumed?) throws {
            log.whenTransacting.withLock { $0 }?()
            try log.effects.note("transact \(records.count)")
            let inner = consumed.map {
                Consumed(by: ($0.consumer as? Consumer)?.base ?? $0.consumer, next: $0.next, notes: $0.notes)
            }
            try base.transact(records, consumed: inner)
            try log.effects.note("transacted")
        }
        func close() { base.close() }
    }
}

/// A database whose writes are noted, and that fails when told.
final class EffectStore: SinkStore {
    let base: BulletinStore
    let effects: Effects
    let failures = Mutex<[Failure]>([])

    init(_ base: BulletinStore, _ effects: Effects) {
        self.base = base
        self.effects = effects
    }

    private func fail() throws {
        if let error = failures.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { throw error }
    }

    func progress(_ partitions: [(topic: String, partition: Int32)]) throws -> [Place] {
        try fail()
        return try base.progress(partitions)
    }
    func apply(_ changes: [StoreChange], moving progress: [ProgressMove]) throws {
        try fail()
        try effects.note("apply \(changes.count)")
        try base.apply(changes, moving: progress)
        try effects.note("applied")
    }
    func marks(_ partitions: [(topic: String, partition: Int32)]) throws -> [String?] { try base.marks(partitions) }
    func pending(_ key: ReadingKey) throws -> [PendingIndicator] { try base.pending(key) }
    func outbox(_ partitions: [(topic: String, partition: Int32)]) throws -> [OutboxEntry] {
        try base.outbox(partitions)
    }
    func forget(_ origins: [Place]) throws {
        try effects.note("forget \(origins.count)")
        try base.forget(origins)
        try effects.note("forgotten")
    }
}

/// Reads texts in which articles end with a line of dashes, and every run of digits before
/// 元 is an indicator. The engine's number is added to the confidence's denominator, so that
/// two engines read the same figures differently.
struct PlainReader: BulletinReader {
    var number = 1
    var engine: EngineVersion { EngineVersion(number: number, lexicon: "lexicon-\(number)") }

    func articles(of bytes: [UInt8], bulletin: BulletinID, given: GivenData) throws(Failure) -> [Article] {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(.data, code: "not_text", "The input is no text.")
        }
        var articles: [Article] = []
        var start = 0
        for part in text.components(separatedBy: "----\n") {
            let count = part.unicodeScalars.count
            var article = Article(
                bulletin: bulletin, ordinal: articles.count + 1, headline: "第\(articles.count + 1)篇", start: start,
                end: start + count, text: part)
            article.setting.title = given.title
            article.setting.url = given.url
            articles.append(article)
            start += count + 5
        }
        return articles
    }

    func indicators(of article: Article) -> [Indicator] {
        let scalars = Array(article.text.unicodeScalars)
        var list: [Indicator] = []
        var first: Int?
        for (index, scalar) in scalars.enumerated() {
            if ("0"..."9").contains(Character(scalar)) {
                first = first ?? index
                continue
            }
            if let start = first, scalar == "元" {
                var quote = String.UnicodeScalarView()
                quote.append(contentsOf: scalars[start...index])
                list.append(
                    Indicator(
                        article: article.id, bulletin: article.bulletin, articleOrdinal: article.ordinal,
                        start: article.start + start, end: article.start + index + 1, repetition: 0,
                        quote: String(quote), name: "收入", value: String(String(quote).dropLast()), unit: "元",
                        kind: .level, code: number > 1 ? "tax_revenue" : nil, confidence: 1 / Double(1 + number)))
            }
            first = nil
        }
        return list
    }
}

/// A disk, a database and a clock; logs and workers on them come and go.
final class World {
    let clock = ManualClock()
    let effects = Effects()
    let disk = MemoryLog.Disk()
    let folder: URL
    let topics = Topics()
    var log: EffectLog
    var store: EffectStore
    var stop = StopSignal()
    var boards: [StatusBoard] = []
    var limit = BatchLimit(records: 3, bytes: 1 << 20, wait: .milliseconds(500))
    var deadLetterBounds = DeadLetterBounds()
    var largest = 4096
    var outputBytes = 1 << 20
    var acceptsGaps = false

    init(partitions: Int = 2) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("gongbao-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let clock = clock
        let memory = MemoryLog(
            on: disk, topics: Topics().all.map { TopicSpecification(name: $0, partitions: partitions) },
            now: { clock.now })
        log = EffectLog(memory, clock, effects)
        store = EffectStore(try BulletinStore(path: folder.appendingPathComponent("db").path), effects)
    }

    deinit {
        store.base.close()
        try? FileManager.default.removeItem(at: folder)
    }

    /// What comes after a crash: everything in memory is new.
    func restart() throws {
        log.base.close()
        store.base.close()
        let clock = clock
        log = EffectLog(MemoryLog(on: disk, now: { clock.now }), clock, effects)
        store = EffectStore(try BulletinStore(path: folder.appendingPathComponent("db").path), effects)
    }

    func around(_ kind: WorkerKind) -> Surroundings {
        let around = Surroundings(
            worker: kind.rawValue, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, stop: stop,
            clock: clock, random: { 1 })
        boards.append(around.board)
        return around
    }

    var status: WorkerStatus { boards.last?.snapshot ?? WorkerStatus(worker: "none") }

    private func settings(_ group: String) -> ConsumingSettings {
        ConsumingSettings(group: group, limit: limit, deadLetters: deadLetterBounds, acceptsGaps: acceptsGaps)
    }

    func produce(
        _ source: any InputSource, reader: any BulletinReader = PlainReader(), restates: Bool = false
    ) throws {
        let around = around(.produce)
        try around.queue.sync {
            try ProducerLoop(
                log, source: source, reader: reader, topics: topics,
                settings: ProducerSettings(
                    transactionalID: "produce", limit: limit, largest: largest, deadLetters: deadLetterBounds,
                    restates: restates),
                around: around
            ).run()
        }
    }

    func produce(_ texts: String...) throws {
        try produce(ListedInputs(texts.enumerated().map { input("\($0).txt", $1) }))
    }

    func input(_ name: String, _ text: String) -> Input {
        Input(name: name, content: .whole(Array(text.utf8)))
    }

    func enrich(_ reader: any BulletinReader = PlainReader(), group: String = "enrich") throws {
        stop.raise(to: .drain)
        let around = around(.enrich)
        let handler = StageHandler(
            log, stage: EnrichmentStage(reader: reader, topics: topics), transactionalID: group,
            deadLetters: topics.deadLetters, bounds: deadLetterBounds, outputBytes: outputBytes, around: around)
        try around.queue.sync {
            try BatchLoop(
                log, topics: [topics.articles], settings: settings(group), handler: handler, around: around
            ).run()
        }
    }

    /// - Parameter bulletins: those to look after, besides what this run stores.
    /// - Returns: what the sink told of itself at its end.
    @discardableResult
    func sink(
        _ group: String = "sink", with other: (any SinkStore)? = nil,
        watching bulletins: [(id: BulletinID, stated: Int?)]? = nil
    ) throws -> WorkerStatus {
        stop.raise(to: .drain)
        let around = around(.sink)
        let watch = bulletins.map { bulletins in
            let watch = BulletinWatch(log.base, store: store.base, topics: topics, group: "enrich", around: around)
            around.queue.sync { for one in bulletins { watch.note(one.id, stated: one.stated) } }
            return watch
        }
        let handler = SinkHandler(
            log, store: other ?? store, topics: topics, transactionalID: group, engine: 1, bounds: deadLetterBounds,
            watch: watch, around: around)
        try around.queue.sync {
            try BatchLoop(log, topics: topics.all, settings: settings(group), handler: handler, around: around).run()
        }
        return around.board.snapshot
    }

    /// A watch over what the sink stored, with the articles that a bulletin's record says it has.
    func watch(_ bulletins: [(id: BulletinID, stated: Int?)]) -> (around: Surroundings, look: () -> Int) {
        let around = around(.sink)
        let watch = BulletinWatch(
            log.base, store: store.base, topics: topics, group: "enrich", around: around)
        around.queue.sync { for one in bulletins { watch.note(one.id, stated: one.stated) } }
        return (
            around,
            {
                around.queue.sync {
                    self.clock.advance(BulletinWatch.every)
                    watch.look()
                }
                return around.board.snapshot.incomplete
            }
        )
    }

    func append(_ records: Outgoing...) throws { try append(records) }

    func append(_ records: [Outgoing]) throws {
        let producer = try log.base.producer(transactionalID: UUID().uuidString)
        try producer.transact(records, consumed: nil)
        producer.close()
    }

    func records(_ topic: String) -> [Record] { log.base.records(of: topic) }

    func rows() throws -> [String] {
        var lines: [String] = []
        try store.base.comparison { lines.append($0) }
        return lines
    }

    func names() throws -> [String] {
        try store.base.indicators().map { $0.indicator.quote }
    }
}
