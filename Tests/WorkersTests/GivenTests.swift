import BulletinModel
import Foundation
import Testing
import TopicLog

@testable import Workers

@Suite("What is said of bulletins with them")
struct GivenTests {
    private let text = "收入1元"

    private func input(_ given: GivenData, _ name: String = "a.txt") -> Input {
        Input(name: name, content: .whole(Array(text.utf8)), given: given)
    }

    private func titles(_ world: World) throws -> [String?] {
        try world.records("gongbao.articles").map { try Article(message: $0.value ?? []).setting.title }
    }

    @Test("it travels in the bulletin's headers, holds for its articles and stands in the database")
    func first() throws {
        let world = try World()
        let given = try GivenData(url: "https://example.org/a", title: "公报", region: "330100")
        try world.produce(ListedInputs([input(given)]))
        let record = try #require(world.records("gongbao.bulletins").first)
        #expect(record.header("gongbao_given") == #"{"url":"https://example.org/a","title":"公报","region":"330100"}"#)
        #expect(record.header("gongbao_offer") == nil)
        #expect(try titles(world) == ["公报"])
        try world.sink()
        let origin = try #require(try world.store.base.origins(of: BulletinID(bytes: Array(text.utf8))).first)
        #expect(origin.offer == BulletinOffer(given) && origin.source == "a.txt" && origin.received != nil)
    }

    @Test("something else said of the same bytes is kept once and changes nothing; the same again is nothing new")
    func further() throws {
        let world = try World()
        let (one, other) = (try GivenData(title: "甲"), try GivenData(title: "乙"))
        try world.produce(ListedInputs([input(one), input(other), input(one), input(GivenData())]))
        try world.restart()
        try world.produce(ListedInputs([input(other, "b.txt"), input(GivenData())]))
        let records = world.records("gongbao.bulletins")
        #expect(records.map { $0.header("gongbao_offer") } == [nil, "further"])
        #expect(records[1].header("gongbao_articles") == nil && records[1].value == records[0].value)
        #expect(try titles(world) == ["甲"])
        try world.enrich()
        try world.sink()
        let id = BulletinID(bytes: Array(text.utf8))
        #expect(try world.store.base.origins(of: id).map(\.offer.standing) == [.first, .further])
        #expect(try world.store.base.given(with: id) == one)
    }

    @Test("what is restated holds from then on, also after going back, and each is read again")
    func restated() throws {
        let world = try World()
        let (one, other) = (try GivenData(title: "甲"), try GivenData(title: "乙"))
        try world.produce(ListedInputs([input(one)]))
        for given in [other, other, one, GivenData()] {
            try world.produce(ListedInputs([input(given)]), restates: true)
            try world.restart()
        }
        #expect(try titles(world) == ["甲", "乙", "甲", nil])
        try world.enrich()
        try world.sink()
        let id = BulletinID(bytes: Array(text.utf8))
        #expect(try world.store.base.given(with: id) == GivenData())
        let article = try #require(try world.store.base.articleIDs(of: id).first?.id)
        #expect(try world.store.base.article(article)?.setting.title == nil)
    }

    @Test("bytes that cannot be read are one dead letter whatever is said of them, which keeps it for another try")
    func rejected() throws {
        let world = try World()
        let given = try GivenData(url: "https://example.org/x")
        let broken = { (data: GivenData) in Input(name: "x", content: .whole([0xff, 0x00]), given: data) }
        try world.produce(ListedInputs([broken(given), broken(GivenData())]))
        let letters = world.records("gongbao.dead-letters")
        #expect(letters.count == 1 && world.records("gongbao.bulletins").isEmpty)
        guard case .offer(let again) = Requeue(letters[0], topics: world.topics) else {
            Issue.record("the letter cannot be offered again")
            return
        }
        #expect(again.given == given)
    }

    @Test(
        "headers that gongbao did not write are a dead letter of the sink",
        arguments: [
            ("gongbao_given", #"{"url":"javascript:alert(1)"}"#), ("gongbao_given", #"{"title": "a"}"#),
            ("gongbao_given", #"{"region":"杭州"}"#), ("gongbao_offer", "first"), ("gongbao_offer", "other"),
        ])
    func forged(_ name: String, _ value: String) throws {
        let world = try World()
        try world.produce(text)
        let record = try #require(world.records("gongbao.bulletins").first)
        let other = Array("收入2元".utf8)
        try world.append(
            Outgoing(
                topic: "gongbao.bulletins", key: Array(BulletinID(bytes: other).rawValue.utf8), value: other,
                headers: record.headers + [Header(name, value)]))
        try world.sink()
        #expect(try world.store.base.counts().bulletins == 1)
        #expect(world.records("gongbao.dead-letters").map { $0.header("dlq.code") } == ["bad_header"])
    }
}

@Suite("What stands beside files")
struct GivenBesideTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("beside-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func put(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// What an inbox offers: names with titles, and reasons.
    private func offers(_ inbox: InboxInputs) throws -> [String] {
        defer { inbox.close() }
        try inbox.open()
        var list: [String] = []
        while let offers = try inbox.next(BatchLimit(records: 10, bytes: 1 << 20, wait: .zero), draining: false) {
            for offer in offers {
                switch offer {
                case .input(let input):
                    list.append("\(input.name) \(input.given.title ?? "-")")
                    inbox.done([input])
                case .unreadable(_, let reason): list.append(reason)
                case .leftover(let name, let reason): list.append("\(name) \(reason)")
                }
            }
        }
        return list
    }

    @Test("files in an inbox come with it, options go before it, and it moves with its file")
    func inbox() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let done = folder.appendingPathComponent("done").path
        try FileManager.default.createDirectory(atPath: done, withIntermediateDirectories: true)
        try put("a.txt", "1")
        try put("a.txt.meta.json", #"{"title":"甲","published":"2024-05-01"}"#)
        try put("b.txt", "2")
        try put("c.txt", "3")
        try put("c.txt.meta.json", #"{"titel":"丙"}"#)
        let given = GivenBeside(try GivenData(published: "2024-06-01"))
        let inbox = InboxInputs(
            InboxSettings(path: folder.path, watches: false, moveTo: done, given: given), clock: SystemClock())
        let found = try offers(inbox)
        #expect(found.prefix(2) == ["a.txt 甲", "b.txt -"])
        #expect(found.count == 3 && found[2].hasPrefix("c.txt.meta.json: titel: not one of url"), "\(found)")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: done).sorted() == [
                "a.txt", "a.txt.meta.json", "b.txt",
            ])
        #expect(FileManager.default.fileExists(atPath: path("c.txt")))
        try put("a.txt", "1")
        #expect(try given.data(of: path("a.txt")).published == "2024-06-01")
    }

    @Test("of files that are named one by one, it is none itself; one that is too large is not read")
    func files() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try put("a.txt", "1")
        try put("a.txt.meta.json", #"{"title":"甲"}"#)
        try put("b.txt", "2")
        try put("b.txt.meta.json", #"{"title":""# + String(repeating: "a", count: GivenData.mostBytes) + "\"}")
        let inputs = FileInputs(["a.txt", "a.txt.meta.json", "b.txt", "b.txt.meta.json"].map(path), largest: 1000)
        let offers = try #require(inputs.next(BatchLimit(records: 10, bytes: 1 << 20, wait: .zero), draining: false))
        #expect(offers.count == 2)
        guard case .input(let first) = offers[0], case .unreadable(_, let reason) = offers[1] else {
            Issue.record("\(offers)")
            return
        }
        #expect(first.given.title == "甲" && reason.contains("b.txt.meta.json"))
    }
}
