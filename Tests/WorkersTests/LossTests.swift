import BulletinModel
import Store
import Synchronization
import Testing
import TopicLog

@testable import Workers

/// Records that go away before a worker had them: it stops and says which, or goes on and counts them, but
/// it never goes on as if nothing were.
@Suite("Losses are told")
struct LossTests {
    private func delete(_ world: World, _ topic: String, before offset: Int64) throws {
        try world.log.base.admin.deleteRecords(before: [TopicPartition(topic, 0): offset])
    }

    private func makeAnew(_ world: World, _ topic: String) throws {
        try world.log.base.admin.delete([topic])
        try world.log.base.admin.create([TopicSpecification(name: topic, partitions: 1)])
    }

    private func failure(_ body: () throws -> Void) -> Failure? {
        do { try body() } catch { return error as? Failure }
        return nil
    }

    @Test("topics that keep one record of each key are refused by every worker that reads them")
    func compacted() throws {
        let world = try World(partitions: 1)
        try world.produce("收入1元。")
        let topic = world.topics.bulletins
        try world.log.base.admin.delete([topic])
        try world.log.base.admin.create([
            TopicSpecification(name: topic, partitions: 1, configuration: ["cleanup.policy": "compact,delete"])
        ])
        for work in [{ try world.produce("收入2元。") }, { try world.sink() }] {
            let failure = failure(work)
            #expect(failure?.kind == .setup && failure?.code == "compacted_topic")
            #expect(failure?.message.contains(topic) == true)
        }
        #expect(world.records(topic).isEmpty)
    }

    @Test("articles deleted below a stopped enrichment worker stop it, with the offsets")
    func trimmedArticles() throws {
        let world = try World(partitions: 1)
        try world.produce("收入1元。")
        try world.enrich()
        try world.produce("收入2元。", "收入3元。", "收入4元。")
        try delete(world, world.topics.articles, before: 3)
        let failure = failure { try world.enrich() }
        #expect(failure?.kind == .setup && failure?.code == "progress_gone")
        #expect(failure?.message.contains("Offsets 1 to 2 of gongbao.articles/0") == true)
        #expect(failure?.message.contains("--accept-gap") == true)
        world.acceptsGaps = true
        try world.enrich()
        #expect(world.status.lost == 2)
        world.acceptsGaps = false
        try world.enrich()
        try world.sink()
        #expect(try Set(world.names()) == ["1元", "4元"])
    }

    @Test("what a group never had is no loss: a first start begins with the oldest record")
    func firstStart() throws {
        let world = try World(partitions: 1)
        try world.produce("收入1元。", "收入2元。")
        try delete(world, world.topics.articles, before: 1)
        try world.enrich()
        #expect(world.status.lost == 0 && world.records(world.topics.indicators).count == 2)
    }

    @Test("indicators deleted under a sink that waits for its database stop it, when it can go on")
    func trimmedWhileWaiting() throws {
        let world = try World(partitions: 1)
        world.limit = BatchLimit(records: 2, bytes: 1 << 20, wait: .milliseconds(500))
        try world.produce("收入1元。", "收入2元。", "收入3元。")
        try world.enrich()
        let store = TrimmingStore(world.store) {
            try? world.log.base.admin.deleteRecords(before: [TopicPartition(world.topics.indicators, 0): 6])
        }
        let failure = failure { try world.sink(with: store) }
        #expect(store.attempts > 3)
        #expect(failure?.code == "progress_gone", "\(failure?.message ?? "nothing was told")")
        #expect(failure?.message.contains("gongbao.indicators/0") == true)
        world.acceptsGaps = true
        try world.sink()
        #expect(world.status.lost > 0)
    }

    @Test("a topic made anew is told from the one that was read, though it has grown beyond it")
    func otherTopic() throws {
        let world = try World(partitions: 1)
        try world.produce("收入1元。")
        try world.enrich()
        try world.sink()
        let before = world.records(world.topics.indicators)
        try makeAnew(world, world.topics.indicators)
        // The group's offsets go with the topic, as on a broker; the database keeps its own.
        let other = try World(partitions: 1)
        try other.produce("收入7元。", "收入8元。", "收入9元。")
        try other.enrich()
        try world.append(
            other.records(other.topics.indicators).map {
                Outgoing(topic: $0.partition.topic, key: $0.key, value: $0.value, headers: $0.headers)
            })
        #expect(world.records(world.topics.indicators).count > before.count)
        let failure = failure { try world.sink() }
        #expect(failure?.code == "other_topic", "\(failure?.message ?? "nothing was told")")
        world.acceptsGaps = true
        try world.sink()
        #expect(try Set(world.names()) == ["1元", "7元", "8元", "9元"])
        world.acceptsGaps = false
        try world.sink()
    }

    @Test("a topic that is shorter than what was read of it stops the sink; told to, it reads all of it")
    func shorterTopic() throws {
        let world = try World(partitions: 1)
        try world.produce("收入1元。", "收入2元。")
        try world.enrich()
        try world.sink()
        let indicators = world.records(world.topics.indicators)
        try makeAnew(world, world.topics.indicators)
        #expect(failure { try world.sink() }?.code == "progress_ahead")
        try world.append(
            indicators.prefix(2).map {
                Outgoing(topic: $0.partition.topic, key: $0.key, value: $0.value, headers: $0.headers)
            })
        world.acceptsGaps = true
        try world.sink()
        #expect(try world.store.base.progress().contains { $0.topic == world.topics.indicators && $0.offset == 2 })
        #expect(try Set(world.names()) == ["1元", "2元"])
    }

    @Test("a mark tells its record from any other, and is read as it is written")
    func marks() {
        func record(_ offset: Int64, _ value: [UInt8]?, _ time: Int64 = 5) -> Record {
            Record(
                partition: TopicPartition("t", 0), offset: offset, timestamp: Timestamp(milliseconds: time), key: [1],
                value: value, headers: [])
        }
        let mark = RecordMark(record(7, [2]))
        for note in [ProgressNote(last: mark), ProgressNote(first: mark), ProgressNote(last: mark, first: mark)] {
            #expect(note.text.flatMap(ProgressNote.init(text:)) == note)
        }
        #expect(ProgressNote().text == nil)
        for other in [record(7, [3]), record(7, nil), record(8, [2]), record(7, [2], 6)] {
            #expect(RecordMark(other) != mark)
        }
        for text in [
            "", "last", "last x 0123456789abcdef", "last -1 0123456789abcdef", "last 1 0", "other 1 0123456789abcdef",
            "last 1 0123456789abcdef last 1 0123456789abcdef", "first 1 0123456789abcdef last 1 0123456789abcdef",
            "last 1 0123456789abcdef first 1",
        ] {
            #expect(ProgressNote(text: text) == nil, "\(text)")
        }
    }

    @Test("articles of another log are not taken for those that the group had read, by what it noted of them")
    func otherArticles() throws {
        let world = try World(partitions: 1)
        try world.produce("收入1元。", "收入2元。")
        try world.enrich()
        let articles = TopicPartition(world.topics.articles, 0)
        let read = world.records(articles.topic)[1]
        let kept = try note(of: "enrich", articles, world)
        #expect(kept.flatMap(ProgressNote.init(text:))?.last == RecordMark(read))
        #expect(kept.flatMap(ProgressNote.init(text:))?.first == RecordMark(world.records(articles.topic)[0]))
        let other = ProgressNote(last: RecordMark(world.records(world.topics.bulletins)[1])).text
        try note(of: "enrich", articles, world, put: other)
        #expect(failure { try world.enrich() }?.code == "other_topic")
    }

    /// A group's note of a partition at offset 2, as it is, or as it is to be.
    @discardableResult
    private func note(
        of group: String, _ partition: TopicPartition, _ world: World, put text: String? = nil
    ) throws -> String? {
        let member = try world.log.base.consumer(
            ConsumerSettings(.group(group, topics: [partition.topic], member: nil)))
        defer { member.close() }
        _ = try member.poll(BatchLimit(records: 1, bytes: 1, wait: .zero))
        if let text {
            let producer = try world.log.base.producer(transactionalID: "note")
            try producer.transact([], consumed: Consumed(by: member, next: [partition: 2], notes: [partition: text]))
        }
        return try member.notes([partition])[partition]
    }

    @Test("where nothing was done yet, the first record tells the topic from another")
    func otherBeginning() throws {
        let world = try World(partitions: 1)
        try world.produce("收入1元。", "收入2元。")
        let (mine, others) = (world.records(world.topics.bulletins)[0], world.records(world.topics.articles)[0])
        for (first, code) in [(mine, nil), (others, "other_topic")] {
            try world.store.base.apply(
                [],
                moving: [
                    ProgressMove(
                        topic: world.topics.bulletins, partition: 0,
                        from: try world.store.base.progress().first { $0.topic == world.topics.bulletins }?.offset,
                        to: 0,
                        mark: ProgressNote(first: RecordMark(first)).text)
                ])
            #expect(failure { try world.sink() }?.code == code)
        }
    }

    @Test(
        "a topic made anew under a running worker, in which all old offsets exist, is read from its beginning or told")
    func madeAnewWhileRunning() throws {
        let world = try World(partitions: 1)
        world.limit = BatchLimit(records: 1, bytes: 1 << 20, wait: .milliseconds(500))
        try world.produce(ListedInputs((1...8).map { world.input("\($0)", "收入\($0)元。") }))
        let other = try World(partitions: 1)
        try other.produce(ListedInputs((1...7).map { other.input("\($0)", "支出\($0)元。") }))
        let records = other.records(other.topics.articles)
        let polls = Mutex(0)
        // Polls come on the loop's queue, while this thread waits for it.
        nonisolated(unsafe) let seen = world
        world.log.whenPolled.withLock {
            $0 = {
                seen.clock.advance(.seconds(3))
                let count = polls.withLock { count in
                    count += 1
                    return count
                }
                guard count == 3 else { return }
                try? self.makeAnew(seen, seen.topics.articles)
                try? seen.append(
                    records.map {
                        Outgoing(topic: $0.partition.topic, key: $0.key, value: $0.value, headers: $0.headers)
                    })
            }
        }
        // The group's offsets went with the topic: all that it has now is read.
        try world.enrich()
        let read = Set(world.records(world.topics.indicators).compactMap(\.key))
        #expect(try records.allSatisfy { read.contains(Array(try Article(message: $0.value ?? []).id.rawValue.utf8)) })
        // The database has its own, and is told.
        world.log.whenPolled.withLock { $0 = nil }
        try world.store.base.apply(
            [],
            moving: [
                ProgressMove(
                    topic: world.topics.articles, partition: 0, from: nil, to: 3,
                    mark: ProgressNote(last: RecordMark(world.records(world.topics.bulletins)[2])).text)
            ])
        #expect(failure { try world.sink() }?.code == "other_topic")
    }

    @Test("a producer reads again what was made anew with more partitions, and does not wait for ever")
    func producerGrows() throws {
        let world = try World(partitions: 1)
        let source = Growing(world)
        try world.produce(source)
        #expect(world.records(world.topics.bulletins).count == 2)
        // What is in the new topic is known again.
        try world.produce("收入1元。", "收入2元。")
        #expect(world.records(world.topics.bulletins).count == 2)
    }

    @Test("a record with a forged key has no bulletin skipped")
    func forgedKey() throws {
        let world = try World(partitions: 1)
        let real = Array("收入1元。".utf8)
        let key = Array(BulletinID(bytes: real).rawValue.utf8)
        let forged = [Header("dlq.id", "0123456789abcdef0123456789abcdef"), Header("dlq.worker", "produce")]
        try world.append(
            Outgoing(topic: world.topics.bulletins, key: key, value: [1, 2, 3]),
            Outgoing(topic: world.topics.deadLetters, key: key, value: [1, 2, 3], headers: forged))
        try world.produce("收入1元。")
        #expect(world.records(world.topics.bulletins).contains { $0.value == real })
    }
}

/// Makes the topics anew, with more partitions, between two inputs.
private final class Growing: InputSource {
    private let world: World
    private var number = 0

    init(_ world: World) { self.world = world }

    func next(_ limit: BatchLimit, draining: Bool) throws -> [Offer]? {
        number += 1
        if number == 2 {
            let admin = world.log.base.admin
            try admin.delete(world.topics.all)
            try admin.create(world.topics.all.map { TopicSpecification(name: $0, partitions: 3) })
            world.clock.advance(.seconds(60))
        }
        return number > 3 ? nil : [.input(world.input("\(number).txt", number == 3 ? "收入2元。" : "收入1元。"))]
    }
}

/// A database that is locked for the first writes, while records go away under it.
private final class TrimmingStore: SinkStore, @unchecked Sendable {
    // Sendable because the sink worker calls it from one queue alone.
    private let base: EffectStore
    private let trim: () -> Void
    private(set) var attempts = 0

    init(_ base: EffectStore, _ trim: @escaping () -> Void) {
        self.base = base
        self.trim = trim
    }

    func progress(_ partitions: [(topic: String, partition: Int32)]) throws -> [Place] { try base.progress(partitions) }
    func apply(_ changes: [StoreChange], moving progress: [ProgressMove]) throws {
        attempts += 1
        if attempts == 2 { trim() }
        if attempts <= 3 { throw Failure(.transient, code: "locked", "It is locked.") }
        try base.apply(changes, moving: progress)
    }
    func pending(_ key: ReadingKey) throws -> [PendingIndicator] { try base.pending(key) }
    func outbox(_ partitions: [(topic: String, partition: Int32)]) throws -> [OutboxEntry] {
        try base.outbox(partitions)
    }
    func forget(_ origins: [Place]) throws { try base.forget(origins) }
}
