import BulletinModel
import Foundation
import Synchronization
import Testing
import TopicLog

@testable import Workers

@Suite("The producer")
struct ProducerTests {
    @Test("a bulletin and its articles are one transaction, with their headers")
    func records() throws {
        let world = try World()
        try world.produce(ListedInputs([world.input("日报 1.txt", "收入1元\n----\n收入2元")]))
        #expect(world.effects.list.contains("transact 3"))
        let bulletin = try #require(world.records("gongbao.bulletins").first)
        let id = BulletinID(bytes: Array("收入1元\n----\n收入2元".utf8))
        #expect(bulletin.key == Array(id.rawValue.utf8))
        #expect(bulletin.value == Array("收入1元\n----\n收入2元".utf8))
        #expect(bulletin.header("ce_type") == "gongbao.bulletin.v1")
        #expect(bulletin.header("ce_source").flatMap { CloudEvent.source(ofReference: $0) } == "日报 1.txt")
        let articles = world.records("gongbao.articles")
        #expect(articles.count == 2)
        #expect(articles.allSatisfy { $0.key == bulletin.key && $0.header("ce_source") == "bulletins/\(id)" })
        #expect(articles.allSatisfy { $0.header("traceparent") == CloudEvent.traceparent(for: id) })
        #expect(try Article(message: articles[1].value ?? []).ordinal == 2)
    }

    @Test("many small bulletins share a transaction, large ones get their own")
    func batches() throws {
        let world = try World()
        world.limit = BatchLimit(records: 10, bytes: 1000, wait: .zero)
        try world.produce(ListedInputs((0..<7).map { world.input("\($0)", "收入\($0)元") }))
        #expect(world.effects.list.filter { $0.hasPrefix("transact ") } == ["transact 14"])
        try world.produce(
            ListedInputs((0..<3).map { world.input("\($0)", String(repeating: "大", count: 300) + "\($0)") }))
        #expect(world.effects.list.filter { $0.hasPrefix("transact ") }.dropFirst().allSatisfy { $0 == "transact 2" })
        #expect(world.records("gongbao.bulletins").count == 10)
    }

    @Test("the same content is taken once: in one batch, in one run, and after a restart")
    func known() throws {
        let world = try World()
        try world.produce("甲", "乙", "甲")
        try world.produce("乙", "丙")
        try world.restart()
        try world.produce("甲", "丙")
        #expect(world.records("gongbao.bulletins").count == 3)
        #expect(world.status.skipped == ["known": 2])
    }

    @Test("what cannot be read is a dead letter once, however often it is offered")
    func rejected() throws {
        let world = try World()
        let inputs = [
            Input(name: "empty", content: .whole([])), Input(name: "bytes", content: .whole([0xff, 0x00])),
            Input(name: "huge", content: .tooLarge(head: [65], size: 50 << 20)),
            Input(name: "large", content: .whole(Array(repeating: 65, count: 5000))),
        ]
        try world.produce(ListedInputs(inputs))
        try world.restart()
        try world.produce(ListedInputs(inputs))
        let letters = world.records("gongbao.dead-letters").map { DeadLetterHeaders.read($0) }
        #expect(letters.map { $0.code ?? "" }.sorted() == ["empty", "not_text", "too_large", "too_large"])
        #expect(letters.first { $0.input == "huge" }?.truncatedFrom == 50 << 20)
        #expect(letters.first { $0.input == "large" }?.truncatedFrom == 5000)
        #expect(letters.allSatisfy { $0.origin == nil && $0.worker == "produce" })
        #expect(world.records("gongbao.bulletins").isEmpty)
    }

    @Test("a requeued input is tried again although it was rejected")
    func requeued() throws {
        let world = try World()
        let bytes = Array("收入5元".utf8)
        struct Refusing: BulletinReader {
            let engine = EngineVersion(number: 0, lexicon: "")
            func articles(of bytes: [UInt8], bulletin: BulletinID, given: GivenData) throws(Failure) -> [Article] {
                throw Failure(.data, code: "not_text", "The input is no text.")
            }
            func indicators(of article: Article) -> [Indicator] { [] }
        }
        try world.produce(ListedInputs([Input(name: "a", content: .whole(bytes))]), reader: Refusing())
        let letter = try #require(world.records("gongbao.dead-letters").first)
        guard case .offer(let input) = Requeue(letter, topics: Topics()) else {
            Issue.record("an input can be offered again")
            return
        }
        #expect(input.content == .whole(bytes))
        try world.produce(ListedInputs([input]))
        #expect(world.records("gongbao.bulletins").count == 1)
    }

    /// Cannot read until it has been asked so often, for no fault of the inputs.
    private final class Lacking: BulletinReader {
        let engine = EngineVersion(number: 1, lexicon: "")
        let kind: Failure.Kind
        let asked = Mutex(0)
        init(_ kind: Failure.Kind) { self.kind = kind }
        func articles(of bytes: [UInt8], bulletin: BulletinID, given: GivenData) throws(Failure) -> [Article] {
            try PlainReader().articles(of: bytes, bulletin: bulletin, given: given)
        }
        func decoder(of bytes: [UInt8]) throws(Failure) -> String? {
            let count = asked.withLock { count in
                count += 1
                return count
            }
            if count < 4 { throw Failure(kind, code: "pdf_tool", "It is not at hand.") }
            return "converter 1"
        }
        func indicators(of article: Article) -> [Indicator] { [] }
    }

    @Test("what reads the inputs is missing: the worker stops, and nothing is a dead letter")
    func missingTool() throws {
        let world = try World()
        let inputs = [world.input("a", "甲")]
        #expect { try world.produce(ListedInputs(inputs), reader: Lacking(.setup)) } throws: {
            ($0 as? Failure)?.code == "pdf_tool"
        }
        #expect(world.records("gongbao.bulletins").isEmpty && world.records("gongbao.dead-letters").isEmpty)
    }

    @Test("what reads the inputs is kept from it: the worker waits, and names it in the records")
    func outageOfTool() throws {
        let world = try World()
        try world.produce(ListedInputs([world.input("a", "甲")]), reader: Lacking(.transient))
        #expect(world.records("gongbao.dead-letters").isEmpty)
        let records = world.records("gongbao.bulletins") + world.records("gongbao.articles")
        #expect(records.map { $0.header(CloudEvent.decoderHeader) } == ["converter 1", "converter 1"])
    }

    /// Reads texts, but is killed over some of them: always, or the first time.
    private final class Dying: BulletinReader {
        let engine = EngineVersion(number: 1, lexicon: "")
        let deaths = Mutex<[BulletinID: Int]>([:])
        func articles(of bytes: [UInt8], bulletin: BulletinID, given: GivenData) throws(Failure) -> [Article] {
            let text = String(decoding: bytes, as: UTF8.self)
            let before = deaths.withLock { $0[bulletin] ?? 0 }
            if text.hasPrefix("致命") || (text.hasPrefix("偶尔") && before == 0) {
                deaths.withLock { $0[bulletin] = before + 1 }
                throw Failure(.transient, code: DeadLetterCode.decoderKilled.rawValue, "It was killed.")
            }
            return try PlainReader().articles(of: bytes, bulletin: bulletin, given: given)
        }
        func indicators(of article: Article) -> [Indicator] { [] }
    }

    @Test("a document over which its reader is killed twice is a dead letter; killed once it is read again")
    func killed() throws {
        let world = try World()
        let reader = Dying()
        let inputs = ["偶尔一", "致命", "收入1元。"].map { world.input($0, $0) }
        try world.produce(ListedInputs(inputs), reader: reader)
        let letters = world.records("gongbao.dead-letters").map { DeadLetterHeaders.read($0) }
        #expect(letters.map(\.input) == ["致命"] && letters.map(\.code) == ["decoder_killed"])
        #expect(world.records("gongbao.bulletins").count == 2)
        #expect(reader.deaths.withLock { $0.values.sorted() } == [1, 2])
    }

    @Test("a second producer of the same name stops the first, and nothing is written twice")
    func fenced() throws {
        let world = try World()
        final class Meddling: InputSource {
            let world: World
            var left: [Input]
            init(_ world: World) {
                self.world = world
                left = [world.input("a", "甲"), world.input("b", "乙")]
            }
            func next(_ limit: BatchLimit, draining: Bool) throws -> [Offer]? {
                if left.isEmpty { return nil }
                if left.count == 1 { _ = try world.log.base.producer(transactionalID: "produce") }
                return [.input(left.removeFirst())]
            }
        }
        #expect { try world.produce(Meddling(world)) } throws: { ($0 as? Failure)?.kind == .fenced }
        #expect(world.records("gongbao.bulletins").count == 1)
    }

    /// Offers inputs one by one, and has something done before each.
    private final class Stepwise: InputSource {
        private var left: [Input]
        private let before: (Input) throws -> Void
        init(_ inputs: [Input], before: @escaping (Input) throws -> Void) {
            left = inputs
            self.before = before
        }
        func next(_ limit: BatchLimit, draining: Bool) throws -> [Offer]? {
            guard let input = left.first else { return nil }
            try before(input)
            left.removeFirst()
            return [.input(input)]
        }
    }

    @Test("what the producer wrote itself it does not read again")
    func ownRecords() throws {
        let world = try World()
        let inputs = ["甲", "乙", "丙"].map { world.input($0, $0) }
        try world.produce(Stepwise(inputs) { _ in world.clock.advance(.seconds(20)) })
        #expect(world.records("gongbao.bulletins").count == 3)
        #expect(!world.effects.list.contains("poll"))
    }

    @Test("what another producer wrote meanwhile is known soon, beside what the producer wrote itself")
    func othersRecords() throws {
        let world = try World()
        let inputs = ["甲", "乙", "丙", "丁"].map { world.input($0, $0) }
        try world.produce(
            Stepwise(inputs) { [inputs] input in
                world.clock.advance(.seconds(20))
                guard input == inputs[2], case .whole(let bytes) = input.content else { return }
                try world.append(Outgoing(topic: "gongbao.bulletins", key: Array(input.id.rawValue.utf8), value: bytes))
            })
        #expect(world.records("gongbao.bulletins").count == 4)
        #expect(world.status.skipped == ["known": 1])
    }

    @Test("files are read up to the limit, and those that are not there are told")
    func files() throws {
        let world = try World()
        func write(_ name: String, _ bytes: Int) throws -> String {
            let url = world.folder.appendingPathComponent(name)
            try Data(repeating: 0x41, count: bytes).write(to: url)
            return url.path
        }
        let paths = [
            try write("small", 4096), world.folder.appendingPathComponent("none").path, world.folder.path,
            try write("large", 4097),
        ]
        try world.produce(FileInputs(paths, largest: 4096))
        #expect(world.records("gongbao.bulletins").count == 1)
        #expect(world.status.unreadable == 2)
        #expect(world.status.deadLetters == ["too_large": 1])
    }

    @Test("standard input is one bulletin, whole at its end, however it comes")
    func standardInput() throws {
        let pipe = Pipe()
        let source = StandardInput(descriptor: pipe.fileHandleForReading.fileDescriptor, largest: 100)
        let limit = BatchLimit(records: 1, bytes: 1, wait: .zero)
        #expect(source.next(limit, draining: false) == [])
        pipe.fileHandleForWriting.write(Data("收入".utf8))
        #expect(source.next(limit, draining: false) == [])
        pipe.fileHandleForWriting.write(Data("1元".utf8))
        try pipe.fileHandleForWriting.close()
        #expect(source.next(limit, draining: false) == [])
        let input = Input(name: "stdin", content: .whole(Array("收入1元".utf8)))
        #expect(source.next(limit, draining: false) == [.input(input)])
        #expect(source.next(limit, draining: false) == nil)
    }

    @Test("a pipe among files is read as it comes, and holds up nothing before it")
    func namedPipe() throws {
        let world = try World()
        let regular = world.folder.appendingPathComponent("regular").path
        try Data("支出2元".utf8).write(to: URL(fileURLWithPath: regular))
        let pipe = world.folder.appendingPathComponent("pipe").path
        #expect(mkfifo(pipe, 0o600) == 0)
        let source = FileInputs([regular, pipe, regular], largest: 100)
        let limit = BatchLimit(records: 10, bytes: 1000, wait: .zero)
        let file = Input(name: "regular", content: .whole(Array("支出2元".utf8)))
        #expect(source.next(limit, draining: false) == [.input(file)])
        // Nobody writes yet: it returns, so that who waits for it can be stopped.
        #expect(source.next(limit, draining: false) == [])
        let writer = try FileHandle(forWritingTo: URL(fileURLWithPath: pipe))
        try writer.write(contentsOf: Data("收入1元".utf8))
        #expect(source.next(limit, draining: false) == [])
        try writer.close()
        let input = Input(name: "pipe", content: .whole(Array("收入1元".utf8)))
        #expect(source.next(limit, draining: false) == [.input(input), .input(file)])
        #expect(source.next(limit, draining: false) == nil)
    }

    @Test("more than the limit on standard input is not read")
    func endlessInput() throws {
        let pipe = Pipe()
        let source = StandardInput(descriptor: pipe.fileHandleForReading.fileDescriptor, largest: 10)
        pipe.fileHandleForWriting.write(Data(repeating: 0x41, count: 50))
        let limit = BatchLimit(records: 1, bytes: 1, wait: .zero)
        let input = Input(name: "stdin", content: .tooLarge(head: Array(repeating: 0x41, count: 11), size: nil))
        #expect(source.next(limit, draining: false) == [.input(input)])
    }
}
