import BulletinModel
import Store
import Testing
import TopicLog

@testable import Workers

@Suite("The sink")
struct SinkTests {
    private let topic = "gongbao.indicators"

    /// The records of one article's reading, as enrichment writes them.
    private func reading(_ text: String, number: Int = 1) throws -> [Outgoing] {
        let bulletin = BulletinID(bytes: Array(text.utf8))
        let article = Article(bulletin: bulletin, ordinal: 1, start: 0, end: text.unicodeScalars.count, text: text)
        let record = Record(
            partition: TopicPartition("gongbao.articles", 0), offset: 0, timestamp: Timestamp(milliseconds: 0),
            key: nil, value: article.message(), headers: [])
        let stage = EnrichmentStage(reader: PlainReader(number: number), topics: Topics())
        guard case .emit(let records) = stage.process(record) else { return [] }
        return records
    }

    private func append(_ world: World, _ records: [Outgoing]) throws {
        let producer = try world.log.base.producer(transactionalID: "test")
        try producer.transact(records, consumed: nil)
        producer.close()
    }

    @Test("enrichment writes an article's indicators and then one closing record, under one key")
    func written() throws {
        let records = try reading("收入1元，支出2元。")
        #expect(records.count == 3)
        #expect(Set(records.map { $0.key }).count == 1)
        let closing = try Closing(message: records[2].value ?? [])
        #expect(closing.count == 2)
        #expect(closing.digest == Closing.digest(of: records.prefix(2).compactMap(\.value)))
        let names = records[0].headers.map(\.name)
        #expect(
            names == [
                "ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time", "content-type", "traceparent",
                "gongbao_engine", "gongbao_lexicon",
            ])
        #expect(try reading("收入1元，支出2元。") == records)
    }

    @Test("indicators are seen when their article is closed, and not before")
    func pending() throws {
        let world = try World()
        let records = try reading("收入1元，支出2元，共3元，又4元。")
        for (number, record) in records.enumerated() {
            try append(world, [record])
            try world.sink()
            let isClosed = number == records.count - 1
            #expect(try world.names().count == (isClosed ? 4 : 0))
            #expect(try world.store.base.counts().pending == (isClosed ? 0 : number + 1))
        }
    }

    @Test("readings of two engines that come mixed are kept apart")
    func interleaved() throws {
        let world = try World(partitions: 1)
        let old = try reading("收入1元，支出2元。")
        let new = try reading("收入1元，支出2元。", number: 2)
        for pair in zip(new, old) {
            try append(world, [pair.0, pair.1])
            try world.sink()
        }
        #expect(try world.store.base.indicators().map(\.engine.number) == [2, 2])
        #expect(try world.store.base.counts().pending == 0)
    }

    @Test("a closing record that does not fit is a dead letter, and the former reading stays")
    func mismatch() throws {
        let world = try World()
        try append(world, try reading("收入1元，支出2元。"))
        try world.sink()
        let newer = try reading("收入1元，支出2元。", number: 2)
        try append(world, [newer[0], newer[2]])
        try world.sink()
        #expect(try world.store.base.indicators().map(\.engine.number) == [1, 1])
        #expect(try world.store.base.counts().pending == 0)
        let letters = try world.store.base.deadLetters()
        #expect(letters.map(\.code) == ["closing_mismatch"])
        try append(world, newer)
        try world.sink()
        #expect(try world.store.base.indicators().map(\.engine.number) == [2, 2])
    }

    @Test("an article in which nothing is measured any more loses its rows")
    func emptied() throws {
        let world = try World()
        let records = try reading("收入1元。")
        try append(world, records)
        try world.sink()
        let closing = try Closing(message: records[1].value ?? [])
        let empty = Closing(
            article: closing.article, bulletin: closing.bulletin, count: 0, digest: Closing.digest(of: []),
            engine: EngineVersion(number: 9, lexicon: ""))
        try append(world, [Outgoing(topic: topic, key: records[1].key, value: empty.message())])
        try world.sink()
        #expect(try world.names() == [])
        #expect(try world.store.base.counts().readings == 1)
    }

    @Test("its dead letters are published once, with where they came from, and stored")
    func deadLetters() throws {
        let world = try World()
        let bad = Outgoing(topic: topic, key: [1], value: Array("{}".utf8), headers: [Header("x", "y")])
        let foreign = Outgoing(topic: "gongbao.bulletins", key: [2], value: [3])
        try world.append(bad, foreign)
        try world.sink()
        let letters = world.records("gongbao.dead-letters")
        #expect(letters.count == 2)
        #expect(letters.contains { $0.header("x") == "y" && $0.header("dlq.code") == "unknown_schema" })
        #expect(letters.contains { $0.header("dlq.code") == "inconsistent" && $0.value == [3] })
        #expect(try world.store.base.counts().deadLetters == 2)
        #expect(try world.store.base.counts().outbox == 0)
    }

    @Test("it goes on where the database is, whatever the group says")
    func resumes() throws {
        let world = try World(partitions: 1)
        try append(world, try reading("收入1元。"))
        try world.sink()
        // The group is far ahead of a database that was restored from a copy.
        let consumer = try world.log.base.consumer(
            ConsumerSettings(.group("other", topics: world.topics.all, member: nil)))
        _ = try consumer.poll(BatchLimit(records: 100, bytes: 1 << 20, wait: .zero))
        try consumer.commit([TopicPartition(topic, 0): 2])
        consumer.close()
        let fresh = try World(partitions: 1)
        world.store.base.close()
        world.store = EffectStore(fresh.store.base, world.effects)
        try world.sink("other")
        #expect(try world.names() == ["1元"])
    }

    @Test("a zombie cannot move the progress back, nor apply what another has applied")
    func zombie() throws {
        let world = try World(partitions: 1)
        try append(world, try reading("收入1元。"))
        let store = world.store.base
        let move = { (from: Int64?, to: Int64) in
            [ProgressMove(topic: "gongbao.indicators", partition: 0, from: from, to: to)]
        }
        try store.apply([], moving: move(nil, 1))
        for moves in [move(nil, 2), move(0, 2), move(5, 0)] {
            #expect {
                try store.apply([.dropPending(ReadingKey(article: .init(rawValue: ""), engine: 1))], moving: moves)
            } throws: { ($0 as? Failure)?.kind == .lostAssignment }
        }
        #expect(try store.progress().map(\.offset) == [1])
    }

    @Test("a sink that finds the progress moved reads it again and goes on there")
    func overtaken() throws {
        let world = try World(partitions: 1)
        try append(world, try reading("收入1元，支出2元。"))
        let stale = Failure(.lostAssignment, code: "stale_progress", "moved")
        // The progress is read, then someone else moves it before the first batch.
        let store = Overtaking(world.store, stale)
        try world.sink(with: store)
        #expect(try world.names() == ["1元", "2元"])
        #expect(world.status.dropped == 1)
    }

    @Test("when only the group cannot be told, the database is not written again")
    func halfDone() throws {
        let world = try World(partitions: 1)
        try append(world, try reading("收入1元，支出2元。"))
        try world.append(Outgoing(topic: topic, key: nil, value: nil))
        let outage = Failure(.transient, code: "broker_down", "The broker is down.")
        world.log.base.fail(.transact, with: outage, times: 3)
        world.log.base.fail(.commit, with: outage, times: 3)
        try world.sink()
        #expect(world.effects.list.filter { $0.hasPrefix("apply ") } == ["apply 1", "apply 1", "apply 1"])
        #expect(world.status.dropped == 0)
        #expect(world.status.retries == ["broker_down": 6])
        #expect(world.records("gongbao.dead-letters").count == 1)
        #expect(try world.store.base.counts().deadLetters == 1)
    }

    @Test("the group's offsets follow the database's")
    func groupOffsets() throws {
        let world = try World()
        try append(world, try reading("收入1元，支出2元。"))
        try world.sink()
        let progress = try world.store.base.progress()
        let offsets = try world.log.base.admin.groupOffsets("sink")
        #expect(!progress.isEmpty)
        for place in progress { #expect(offsets[TopicPartition(place.topic, place.partition)] == place.offset) }
    }

    @Test("a database of another log is refused")
    func otherLog() throws {
        let world = try World(partitions: 1)
        try world.store.base.apply(
            [], moving: [ProgressMove(topic: topic, partition: 0, from: nil, to: 99)])
        #expect { try world.sink() } throws: { ($0 as? Failure)?.code == "progress_ahead" }
    }
}

/// Fails the first write, as when another sink was faster.
private final class Overtaking: SinkStore, @unchecked Sendable {
    // Sendable because the sink worker calls it from one queue alone.
    let base: EffectStore
    var error: Failure?

    init(_ base: EffectStore, _ error: Failure) {
        self.base = base
        self.error = error
    }

    func progress(_ partitions: [(topic: String, partition: Int32)]) throws -> [Place] { try base.progress(partitions) }
    func apply(_ changes: [StoreChange], moving progress: [ProgressMove]) throws {
        if let error {
            self.error = nil
            throw error
        }
        try base.apply(changes, moving: progress)
    }
    func pending(_ key: ReadingKey) throws -> [PendingIndicator] { try base.pending(key) }
    func outbox(_ partitions: [(topic: String, partition: Int32)]) throws -> [OutboxEntry] {
        try base.outbox(partitions)
    }
    func forget(_ origins: [Place]) throws { try base.forget(origins) }
}
