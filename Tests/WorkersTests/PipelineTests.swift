import BulletinModel
import Foundation
import Testing
import TopicLog

@testable import Workers

@Suite("The whole pipeline")
struct PipelineTests {
    private let texts = ["收入12元，支出34元。\n----\n另有56元。", "没有数字。", "共78元。", "共9元，10元，11元，12元。"]

    private func inputs(_ world: World) -> ListedInputs {
        var inputs = texts.enumerated().map { world.input("\($0).txt", $1) }
        inputs.append(Input(name: "bad", content: .whole([0xff, 0xfe, 0xff])))
        inputs.append(Input(name: "empty", content: .whole([])))
        return ListedInputs(inputs)
    }

    private func run(_ world: World) throws {
        world.stop = StopSignal()
        try world.produce(inputs(world))
        try world.enrich()
        try world.sink()
    }

    @Test("bulletins become rows, and what cannot be read becomes dead letters")
    func whole() throws {
        let world = try World()
        // A record that is no article, and one that is no indicator.
        try world.append(Outgoing(topic: "gongbao.articles", key: nil, value: Array("{".utf8)))
        try world.append(Outgoing(topic: "gongbao.indicators", key: nil, value: nil))
        try run(world)
        #expect(try world.names().sorted() == ["10元", "11元", "12元", "12元", "34元", "56元", "78元", "9元"])
        let counts = try world.store.base.counts()
        #expect(counts.bulletins == 4)
        #expect(counts.articles == 5)
        #expect(counts.readings == 5)
        #expect(counts.pending == 0)
        #expect(counts.outbox == 0)
        let letters = try world.store.base.deadLetters()
        #expect(
            letters.map { "\($0.worker ?? "") \($0.code ?? "")" }.sorted() == [
                "enrich broken_json", "produce empty", "produce not_text", "sink broken_json", "sink missing_value",
            ])
    }

    @Test("a crash between any two steps, and a restart, gives the same rows and records")
    func crashes() throws {
        let clean = try World()
        try clean.append(Outgoing(topic: "gongbao.indicators", key: nil, value: Array("?".utf8)))
        try run(clean)
        let rows = try clean.rows()
        let steps = clean.effects.list.count
        #expect(steps > 30)
        var crashes = 0
        for step in 0..<steps {
            let world = try World()
            try world.append(Outgoing(topic: "gongbao.indicators", key: nil, value: Array("?".utf8)))
            world.effects.crash(at: step)
            // What comes while a commit is under way differs from run to run, and with it how many steps there are.
            do { try run(world) } catch is Failure { crashes += 1 }
            world.effects.crash(at: nil)
            try world.restart()
            try run(world)
            let same = try world.rows() == rows
            #expect(same, "after a crash at step \(step) of about \(steps)")
            for topic in world.topics.all {
                let ids = world.records(topic).map { $0.header("dlq.id") ?? $0.header("ce_id") ?? "" }.sorted()
                let expected = clean.records(topic).map { $0.header("dlq.id") ?? $0.header("ce_id") ?? "" }.sorted()
                #expect(ids == expected, "\(topic) after a crash at step \(step)")
            }
        }
        #expect(crashes > 30)
    }

    @Test("an outage at any call is retried until it is over, and loses nothing")
    func outages() throws {
        let clean = try World()
        try run(clean)
        let rows = try clean.rows()
        let outage = Failure(.transient, code: "broker_down", "The broker is down.")
        for operation in [MemoryLog.Operation.poll, .commit, .committed, .transact, .consumer, .producer] {
            for skip in 0..<6 {
                let world = try World()
                world.log.base.fail(operation, with: outage, skip: skip, times: 4)
                try run(world)
                #expect(try world.rows() == rows, "\(operation) after \(skip)")
                #expect(world.boards.allSatisfy { $0.snapshot.trouble == nil })
            }
        }
        let world = try World()
        world.store.failures.withLock {
            $0 = Array(repeating: .init(.transient, code: "locked", "locked"), count: 9)
        }
        try run(world)
        #expect(try world.rows() == rows)
        #expect(world.status.retries == ["locked": 9])
    }

    @Test("offering everything again changes nothing")
    func again() throws {
        let world = try World()
        try run(world)
        let rows = try world.rows()
        let counts = world.topics.all.map { world.records($0).count }
        try run(world)
        #expect(try world.rows() == rows)
        #expect(world.topics.all.map { world.records($0).count } == counts)
        #expect(world.boards[world.boards.count - 3].snapshot.skipped == ["known": 6])
    }

    @Test("a newer engine replaces an article's indicators, and an older one does not")
    func upgrade() throws {
        let world = try World()
        try run(world)
        try world.enrich(PlainReader(number: 2), group: "enrich-2")
        try world.sink()
        let upgraded = try world.rows()
        #expect(try world.store.base.indicators().allSatisfy { $0.engine.number == 2 && $0.indicator.code != nil })
        #expect(try world.store.base.counts().indicators == 8)
        try world.enrich(PlainReader(number: 1), group: "enrich-3")
        try world.sink()
        #expect(try world.rows() == upgraded)
        #expect(try world.store.base.counts().pending == 0)
    }

    @Test("one partition or many, small batches or large, give the same rows")
    func layouts() throws {
        let clean = try World(partitions: 1)
        try run(clean)
        for (partitions, records) in [(1, 1), (5, 1), (3, 100)] {
            let world = try World(partitions: partitions)
            world.limit = BatchLimit(records: records, bytes: 1 << 20, wait: .milliseconds(1))
            try run(world)
            #expect(try world.rows() == clean.rows())
        }
    }

    @Test("an article that makes many times its size in indicators does not make one huge transaction")
    func amplified() throws {
        let world = try World()
        world.limit = BatchLimit(records: 100, bytes: 64 << 20, wait: .milliseconds(1))
        world.largest = 1 << 20
        world.outputBytes = 1 << 20
        let page = String(repeating: "收入1元，", count: 5500)
        try world.produce(ListedInputs((0..<3).map { world.input("\($0)", "\($0)" + page) }))
        try world.enrich()
        let sizes = world.effects.list.compactMap { $0.hasPrefix("transact ") ? Int($0.dropFirst(9)) : nil }
        #expect(sizes == [6, 5501, 5501, 5501])
    }
}
