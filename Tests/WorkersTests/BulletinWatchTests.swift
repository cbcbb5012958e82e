import BulletinModel
import Store
import Testing
import TopicLog

@testable import Workers

/// A sink tells, while it runs, which of its bulletins lack what will not come any more.
@Suite("Bulletins that are not whole")
struct BulletinWatchTests {
    private func stored(_ world: World) throws -> [(id: BulletinID, stated: Int?)] {
        try world.store.base.bulletinIDs().map { ($0, 1) }
    }

    /// A world in which the first of two articles is stored and was never read.
    private func worldWithUnread() throws -> World {
        let world = try World(partitions: 1)
        try world.produce("收入1元。", "收入2元。")
        try world.sink()
        // The group stands behind records that nobody read.
        try world.log.base.admin.deleteRecords(before: [TopicPartition(world.topics.articles, 0): 1])
        try world.enrich()
        try world.sink()
        return world
    }

    @Test("bulletins whose articles are stored and read are whole")
    func whole() throws {
        let world = try World()
        try world.produce("收入1元。", "收入2元。")
        try world.enrich()
        try world.sink()
        let watch = world.watch(try stored(world))
        #expect(watch.look() == 0)
    }

    @Test("what is yet to come is not missed: neither articles that wait nor indicators")
    func onItsWay() throws {
        let world = try World()
        try world.produce("收入1元。")
        try world.sink()
        let watch = world.watch(try stored(world))
        #expect(watch.look() == 0)
        try world.enrich()
        #expect(watch.look() == 0, "read, but not stored yet")
        try world.sink()
        #expect(watch.look() == 0)
    }

    @Test("an article that enrichment went past without a reading is told, and no more once it is read")
    func unread() throws {
        let world = try worldWithUnread()
        let watch = world.watch(try stored(world))
        #expect(watch.look() == 1)
        _ = try Repair(
            world.log.base, archive: nil, store: world.store.base, reader: PlainReader(), topics: world.topics,
            enrichmentGroup: "enrich", clock: world.clock
        ).run(transactionalID: "repair", counts: { [:] })
        try world.sink()
        #expect(watch.look() == 0)
    }

    @Test("the sink looks by itself, between its batches")
    func inTheSink() throws {
        let world = try worldWithUnread()
        #expect(try world.sink(watching: stored(world)).incomplete == 1)
    }

    @Test("fewer articles than the bulletin's own record says are told")
    func fewer() throws {
        let world = try World()
        try world.produce("收入1元。")
        try world.enrich()
        try world.sink()
        let watch = world.watch(try stored(world).map { ($0.id, 2) })
        #expect(watch.look() == 1)
    }

    @Test("an article that is a dead letter is told as such, and as nothing else")
    func rejected() throws {
        let world = try World()
        try world.produce("收入1元。")
        // The same article again, with a header that nobody passes on; the first one is gone.
        let article = try #require(world.records(world.topics.articles).first)
        try world.log.base.admin.deleteRecords(before: [article.partition: article.offset + 1])
        try world.append(
            Outgoing(
                topic: world.topics.articles, key: article.key, value: article.value,
                headers: [Header("gongbao_decoder", String(repeating: "d", count: 1_000))]))
        try world.enrich()
        try world.sink()
        let watch = world.watch(try stored(world))
        #expect(watch.look() == 0)
        #expect(try world.store.base.counts().deadLetters == 1)
    }
}
