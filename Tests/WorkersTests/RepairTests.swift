import BulletinModel
import Store
import Testing
import TopicLog

@testable import Workers

/// A repair brings topics, archive and database to agree, and does nothing twice.
@Suite("Repair")
struct RepairTests {
    private func repair(
        _ world: World, archive: (any TopicLog)? = nil, isDry: Bool = false
    ) throws -> Repair.Report {
        try Repair(
            world.log.base, archive: archive, store: world.store.base, reader: PlainReader(), topics: world.topics,
            enrichmentGroup: "enrich", clock: world.clock
        ).run(
            transactionalID: "repair",
            counts: {
                let counts = try world.store.base.counts()
                return ["bulletins": counts.bulletins, "articles": counts.articles, "readings": counts.readings]
            }, isDry: isDry)
    }

    @Test("where nothing is amiss nothing is written")
    func clean() throws {
        let world = try World()
        try world.produce("收入1元。", "收入2元。")
        try world.enrich()
        try world.sink()
        let before = (try world.rows(), world.topics.all.map { world.records($0).count })
        let report = try repair(world)
        #expect(report.isClean && report.records > 0, "\(report)")
        #expect(try world.rows() == before.0 && world.topics.all.map { world.records($0).count } == before.1)
    }

    @Test("articles that were deleted before they were read are read from the database's bulletins, once")
    func trimmed() throws {
        let world = try World(partitions: 1)
        try world.produce("收入1元。", "收入2元。", "收入3元。")
        try world.sink()
        try world.log.base.admin.deleteRecords(before: [TopicPartition(world.topics.articles, 0): 3])
        try world.enrich()
        try world.sink()
        #expect(try world.names().isEmpty)
        for expected in [3, 0] {
            let report = try repair(world)
            #expect(report.readings == expected, "\(report)")
            try world.sink()
            #expect(try Set(world.names()) == ["1元", "2元", "3元"])
            #expect(world.records(world.topics.indicators).count == 6)
        }
    }

    @Test("indicators that retention took behind the sink are not missed, though their closing record is still there")
    func trimmedBehind() throws {
        let world = try World(partitions: 1)
        try world.produce("收入1元。")
        try world.enrich()
        try world.sink()
        try world.log.base.admin.deleteRecords(before: [TopicPartition(world.topics.indicators, 0): 1])
        #expect(world.records(world.topics.indicators).count == 1)
        let report = try repair(world, isDry: true)
        #expect(report.isClean, "\(report)")
    }

    @Test("a database from yesterday that is told of today's progress gets what it lacks from the topics")
    func oldDatabase() throws {
        let world = try World(partitions: 1)
        try world.produce("收入1元。", "收入2元。")
        try world.enrich()
        try world.sink()
        let moves = try world.store.base.progress().map {
            ProgressMove(topic: $0.topic, partition: $0.partition, from: nil, to: $0.offset)
        }
        let rows = try world.rows()
        let fresh = try World(partitions: 1)
        world.store.base.close()
        world.store = EffectStore(fresh.store.base, world.effects)
        try world.store.base.apply([], moving: moves)
        let report = try repair(world)
        #expect(report.rows == ["bulletins": 2, "articles": 2, "readings": 2], "\(report)")
        #expect(try world.rows() == rows)
        #expect(try repair(world).isClean)
    }

    @Test("what topics have lost and an archive holds comes from there")
    func fromArchive() throws {
        let world = try World(partitions: 1)
        try world.produce("收入1元。")
        try world.enrich()
        let archive = MemoryLog(topics: world.topics.all.map { TopicSpecification(name: $0, partitions: 1) })
        let copy = try archive.producer(transactionalID: "copy")
        for topic in world.topics.all {
            try copy.transact(
                world.records(topic).map {
                    Outgoing(topic: topic, key: $0.key, value: $0.value, headers: $0.headers, timestamp: $0.timestamp)
                }, consumed: nil)
            let end = Int64(world.records(topic).count)
            try world.log.base.admin.deleteRecords(before: [TopicPartition(topic, 0): end])
        }
        try world.sink()
        #expect(try world.names().isEmpty)
        #expect(try repair(world, archive: archive).rows == ["bulletins": 1, "articles": 1, "readings": 1])
        #expect(try world.names() == ["1元"])
        #expect(world.topics.all.allSatisfy { world.records($0).isEmpty })
    }

    /// All that topics and database hold, to see that nothing was written.
    private func picture(_ world: World) throws -> [String] {
        try world.rows() + world.topics.all.map { "\($0) \(world.records($0).count)" }
    }

    @Test("a dry run tells what the repair then does, and writes nothing")
    func dry() throws {
        let world = try World(partitions: 1)
        try world.produce("收入1元。", "收入2元。", "收入3元。")
        try world.sink()
        try world.log.base.admin.deleteRecords(before: [TopicPartition(world.topics.articles, 0): 3])
        try world.enrich()
        let before = try picture(world)
        let told = try repair(world, isDry: true)
        #expect(told.readings == 3 && told.rows.isEmpty)
        #expect(try picture(world) == before)
        #expect(try repair(world) == told)
        // The database of yesterday, and today's topics.
        let fresh = try World(partitions: 1)
        let moves = try world.store.base.progress().map {
            ProgressMove(topic: $0.topic, partition: $0.partition, from: nil, to: $0.offset)
        }
        try world.sink()
        world.store.base.close()
        world.store = EffectStore(fresh.store.base, world.effects)
        try world.store.base.apply([], moving: moves)
        let lacks = try repair(world, isDry: true)
        #expect(lacks.rows == ["bulletins": 3], "\(lacks)")
        #expect(try world.rows().isEmpty)
        #expect(try repair(world).rows == lacks.rows)
    }

    @Test("what was made again is made once, wherever the workers stand when the next repair comes")
    func once() throws {
        let world = try World(partitions: 1)
        try world.produce("收入1元。\n----\n收入2元。", "收入3元。")
        // The database has the bulletins alone: their articles were deleted before it had them.
        try world.log.base.admin.deleteRecords(before: [TopicPartition(world.topics.articles, 0): 3])
        try world.sink()
        let first = try repair(world)
        #expect(first.articles == 3 && first.shortBulletins == 2, "\(first)")
        #expect(try repair(world).articles == 0)
        try world.enrich()
        // Read, and not stored yet: neither articles nor readings are missing.
        #expect(try repair(world).isClean)
        try world.sink()
        #expect(try repair(world).isClean)
        #expect(try world.names().sorted() == ["1元", "2元", "3元"])
        #expect(world.records(world.topics.articles).count == 3 && world.records(world.topics.indicators).count == 6)
    }

    @Test("indicators made again and not stored yet are not made again by the next repair")
    func onceForReadings() throws {
        let world = try World(partitions: 1)
        try world.produce("收入1元。", "收入2元。")
        try world.enrich()
        try world.log.base.admin.deleteRecords(before: [TopicPartition(world.topics.indicators, 0): 4])
        try world.sink()
        #expect(try repair(world).readings == 2)
        #expect(try repair(world).isClean)
        try world.sink()
        #expect(try world.names().sorted() == ["1元", "2元"])
        #expect(world.records(world.topics.indicators).count == 4)
    }
}
