import BulletinModel
import Testing
import TopicLog

@testable import Workers

/// Reads boxes besides plain texts: `BOX name length`, a line feed, and so many bytes; again and again.
private struct BoxReader: BulletinReader {
    let engine = EngineVersion(number: 1, lexicon: "")

    static func box(_ members: [(String, [UInt8])]) -> [UInt8] {
        members.flatMap { Array("BOX \($0) \($1.count)\n".utf8) + $1 }
    }

    func articles(of bytes: [UInt8], bulletin: BulletinID, given: GivenData) throws(Failure) -> [Article] {
        holdsMembers(bytes) ? [] : try PlainReader().articles(of: bytes, bulletin: bulletin, given: given)
    }

    func holdsMembers(_ bytes: [UInt8]) -> Bool { bytes.starts(with: Array("BOX ".utf8)) }

    func members(of bytes: [UInt8], atMost room: Int) throws(Failure) -> [Member] {
        var members: [Member] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 10) {
            let words = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
            let count = Int(words.last ?? "") ?? 0
            guard words.count == 3, count <= rest.endIndex - end - 1 else {
                throw Failure(.documentDamaged, "The box is damaged.")
            }
            members.append(Member(name: String(words[1]), bytes: Array(rest[(end + 1)...].prefix(count))))
            rest = rest[(end + 1)...].dropFirst(count)
        }
        guard members.reduce(0, { $0 + $1.bytes.count }) <= room else {
            throw Failure(.packageTooLarge, "The box is too large.")
        }
        return members
    }

    func indicators(of article: Article) -> [Indicator] { PlainReader().indicators(of: article) }
}

@Suite("Archives of bulletins")
struct UnpackingTests {
    private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    private func sources(_ world: World) -> [String] {
        world.records("gongbao.bulletins").map {
            $0.header("ce_source").flatMap { CloudEvent.source(ofReference: $0) } ?? ""
        }
    }

    private func produce(_ world: World, _ inputs: [(String, [UInt8])]) throws {
        let list = inputs.map { Input(name: $0, content: .whole($1)) }
        try world.produce(ListedInputs(list), reader: BoxReader())
    }

    @Test("each document in an archive is a bulletin that names it, and the archive is one after them")
    func members() throws {
        let world = try World()
        let inner = BoxReader.box([("丙", text("收入3元")), ("甲", text("收入1元"))])
        let outer = BoxReader.box([("一/甲", text("收入1元")), ("二", inner), ("乙", text("收入2元"))])
        try produce(world, [("a.box", outer), ("丁", text("收入4元"))])
        // 甲 stands twice in it, and is taken once, where it comes first into the log.
        let names = ["a.box", "a.box!乙", "a.box!二", "a.box!二!丙", "a.box!二!甲", "丁"]
        #expect(sources(world).sorted() == names.sorted())
        let records = world.records("gongbao.bulletins")
        func record(_ bytes: [UInt8]) -> Record? { records.first { $0.value == bytes } }
        let (outerID, innerID) = (BulletinID(bytes: outer), BulletinID(bytes: inner))
        #expect(record(text("收入3元"))?.header("gongbao_container") == innerID.rawValue)
        #expect(record(inner)?.header("gongbao_container") == outerID.rawValue)
        #expect(record(inner)?.header("gongbao_members") == "2")
        #expect(record(outer)?.header("gongbao_container") == nil)
        #expect(record(outer)?.header("gongbao_articles") == "0")
        #expect(world.records("gongbao.articles").count == 4)
        #expect(world.status.received == ["input": 2, "member": 5])
        try produce(world, [("b.box", outer)])
        #expect(sources(world).count == 6)
    }

    @Test("killed at any step in the middle of an archive, it ends with the same records, each once")
    func crashes() throws {
        let inner = BoxReader.box((0..<5).map { ("\($0)", text("内\($0)元\n----\n共\($0)1元")) })
        let members = (0..<4).map { ("\($0)", text("外\($0)2元")) }
        let outer = BoxReader.box(members + [("in", inner), ("bad", [0xff, 0xfe, 0xff])] + members)
        func run(_ world: World) throws {
            world.stop = StopSignal()
            world.limit = BatchLimit(records: 2, bytes: 1000, wait: .zero)
            try produce(world, [("a", outer), ("b", text("收入4元"))])
        }
        func identifiers(_ world: World) -> [String] {
            world.topics.all.flatMap { world.records($0) }.map { $0.header("dlq.id") ?? $0.header("ce_id") ?? "" }
        }
        let clean = try World()
        try run(clean)
        let (expected, steps) = (identifiers(clean).sorted(), clean.effects.list.count)
        #expect(Set(expected).count == expected.count && steps > 12)
        for step in 0..<steps {
            let world = try World()
            world.effects.crash(at: step)
            #expect(throws: Failure.self) { try run(world) }
            world.effects.crash(at: nil)
            try world.restart()
            try run(world)
            #expect(
                identifiers(world).sorted() == expected, "after a crash at step \(step): \(clean.effects.list[step])")
        }
    }

    @Test("what cannot be opened is a dead letter with its reason, once; what stands beside it is taken")
    func refused() throws {
        let world = try World()
        var deep = text("收入1元")
        for level in 0..<5 { deep = BoxReader.box([("\(level)", deep)]) }
        let damaged = BoxReader.box([("x", text("收入2元"))]).dropLast()
        let inputs = [("deep", deep), ("damaged", Array(damaged)), ("good", text("收入3元"))]
        try produce(world, inputs)
        try world.restart()
        try produce(world, inputs)
        let letters = world.records("gongbao.dead-letters").map { DeadLetterHeaders.read($0) }
        #expect(
            letters.map { "\($0.input ?? "") \($0.code ?? "")" } == [
                "deep!4!3!2 archive_too_deep", "damaged document_damaged",
            ])
        #expect(sources(world).sorted() == ["deep", "deep!4", "deep!4!3", "good"])
    }

    @Test("an archive within another has only the room that the others have left")
    func room() throws {
        struct Reader: BulletinReader {
            let engine = EngineVersion(number: 1, lexicon: "")
            func articles(of bytes: [UInt8], bulletin: BulletinID, given: GivenData) throws(Failure) -> [Article] { [] }
            func indicators(of article: Article) -> [Indicator] { [] }
            func holdsMembers(_ bytes: [UInt8]) -> Bool { true }
            func members(of bytes: [UInt8], atMost room: Int) throws(Failure) -> [Member] {
                let size = 60 << 20
                guard size <= room else { throw Failure(.packageTooLarge, "It is too large.") }
                return [Member(name: "x", bytes: [UInt8](repeating: 0, count: size))]
            }
        }
        var unpacking = Unpacking(Reader())
        let input = Input(name: "a", content: .whole([1]))
        _ = try unpacking.members(of: input)
        _ = try unpacking.members(of: input)
        #expect { try unpacking.members(of: input) } throws: { ($0 as? Failure)?.code == "package_too_large" }
    }

    @Test("an archive full of pictures does not stop the worker")
    func pictures() throws {
        let world = try World()
        world.deadLetterBounds = DeadLetterBounds(inARow: 10)
        let pictures = (0..<150).map { ("\($0).png", [0xff, 0xd8, UInt8($0 / 256), UInt8($0 % 256)]) }
        try produce(world, [("a", BoxReader.box(pictures + [("x", text("收入1元"))]))])
        #expect(world.records("gongbao.dead-letters").count == 150)
        #expect(sources(world).sorted() == ["a", "a!x"])
        #expect(world.status.refused.count == 100 && world.status.refused.first?.name == "a!0.png")
    }

    @Test("a rejected document that is offered again still names the archive that it stood in")
    func requeued() throws {
        let world = try World()
        let outer = BoxReader.box([("x", [0xff, 0xfe])])
        try produce(world, [("a", outer)])
        let letter = try #require(world.records("gongbao.dead-letters").first)
        guard case .offer(let input) = Requeue(letter, topics: Topics()) else {
            Issue.record("an input can be offered again")
            return
        }
        #expect(input.name == "a!x" && input.container == BulletinID(bytes: outer) && input.attempts == 1)
    }
}
