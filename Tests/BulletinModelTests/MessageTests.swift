import BulletinModel
import Testing

@Suite("Messages in topics")
struct MessageTests {
    @Test("an article comes back as it was written", arguments: [Samples.full, Samples.bare])
    func article(_ article: Article) throws {
        #expect(try Article(message: article.message()) == article)
    }

    @Test("an indicator comes back as it was written", arguments: [Samples.indicator, Samples.plain])
    func indicator(_ indicator: Indicator) throws {
        #expect(try Indicator(message: indicator.message()) == indicator)
        #expect(try ReadingMessage(message: indicator.message()) == .indicator(indicator))
    }

    @Test("a closing record comes back as it was written")
    func closing() throws {
        #expect(try Closing(message: Samples.closing.message()) == Samples.closing)
        #expect(try ReadingMessage(message: Samples.closing.message()) == .closing(Samples.closing))
    }

    @Test("the bytes of a message are fixed, to the last one")
    func bytes() {
        let written = String(decoding: Samples.bare.message(), as: UTF8.self)
        #expect(
            written == """
                {"schema":"gongbao.article.v1","id":"\(Samples.bare.id)","bulletin":"\(Samples.bulletin)","ordinal":1,\
                "headline":null,"subheadline":null,"section":null,"column":null,"byline":null,"start":0,"end":1,"form":"plain",\
                "setting":{"title":null,"published":null,"publisher":null},"text":"空"}
                """)
    }

    @Test("every value is as its JSON Schema says, and says all that is there")
    func schemas() throws {
        let values: [(String, [UInt8])] = [
            ("gongbao.article.v1", Samples.full.message()), ("gongbao.article.v1", Samples.bare.message()),
            ("gongbao.indicator.v1", Samples.indicator.message()), ("gongbao.indicator.v1", Samples.plain.message()),
            ("gongbao.closing.v1", Samples.closing.message()),
            ("gongbao.indicator-line.v1", IndicatorLine(Samples.indicator, file: "a.txt").bytes),
        ]
        for (name, bytes) in values {
            let validator = try SchemaValidator(named: name)
            let value = try JSONValue(parsing: bytes)
            #expect(validator.faults(value) == [])
            guard case .object(let members) = value else { continue }
            let optional = Set(["scope", "vintage", "scan", "url"]).subtracting(members.map(\.name))
            #expect(members.map(\.name) == validator.properties.filter { !optional.contains($0) })
        }
        for schema in MessageSchema.allCases where schema != .bulletin {
            #expect(try SchemaValidator(named: schema.rawValue).schema["properties"]?["schema"] != nil)
        }
    }

    @Test("a figure without scope and vintage has the bytes that it had before there were any")
    func earlierBytes() throws {
        let text = String(decoding: Samples.plain.message(), as: UTF8.self)
        #expect(text.contains("\"region\":null,\"confidence\":1"))
        let full = String(decoding: Samples.indicator.message(), as: UTF8.self)
        #expect(full.contains("\"scope\":\"own\",\"vintage\":\"final\",\"confidence\""))
        let line = String(decoding: IndicatorLine(Samples.plain).bytes, as: UTF8.self)
        #expect(line.contains("\"scope\":null,\"vintage\":null"))
    }

    @Test("the validator finds a fault")
    func validator() throws {
        let text = String(decoding: Samples.closing.message(), as: UTF8.self)
        let wrong = text.replacing("\"count\":1", with: "\"count\":-1")
        let validator = try SchemaValidator(named: "gongbao.closing.v1")
        #expect(validator.faults(try JSONValue(parsing: Array(wrong.utf8))) == ["$.count: too small"])
    }

    @Test("unknown fields are ignored, an unknown version is not")
    func evolution() throws {
        let text = String(decoding: Samples.indicator.message(), as: UTF8.self)
        let later = text.replacing("\"start\":23", with: "\"new\":{\"a\":[1]},\"start\":23")
        #expect(try Indicator(message: Array(later.utf8)) == Samples.indicator)
        let next = text.replacing("indicator.v1", with: "indicator.v2")
        #expect(code { try Indicator(message: Array(next.utf8)) } == .unknownSchema)
        #expect(code { try Indicator(message: Samples.closing.message()) } == .unknownSchema)
        #expect(code { try Closing(message: Array("{}".utf8)) } == .unknownSchema)
    }

    @Test(
        "a field of the wrong type, outside its values or missing is named",
        arguments: [
            ("\"start\":23", "\"start\":\"23\""), ("\"start\":23", "\"start\":-1"), ("\"start\":23", "\"start\":2.5"),
            ("\"kind\":\"change\"", "\"kind\":\"odd\""), ("\"base\":\"since:2019\"", "\"base\":7"),
            ("\"scope\":\"own\"", "\"scope\":\"all\""), ("\"vintage\":\"final\"", "\"vintage\":\"last\""),
            ("\"rules\":[\"unit\"", "\"rules\":[1"), ("\"confidence\":0.85", "\"confidence\":1.5"),
            ("\"name\":\"生产总值\",", ""), ("\"period\":{\"start\":\"2024-01-01\"", "\"period\":{\"x\":1"),
        ])
    func fields(_ change: (String, String)) {
        let text = String(decoding: Samples.indicator.message(), as: UTF8.self)
        #expect(text.contains(change.0))
        #expect(code { try Indicator(message: Array(text.replacing(change.0, with: change.1).utf8)) } == .badField)
    }

    @Test("an identifier or a span that does not follow from the rest is refused")
    func inconsistent() {
        let indicator = String(decoding: Samples.indicator.message(), as: UTF8.self)
        let moved = indicator.replacing("\"start\":23,\"end\":31", with: "\"start\":24,\"end\":32")
        #expect(code { try Indicator(message: Array(moved.utf8)) } == .inconsistent)
        let article = String(decoding: Samples.full.message(), as: UTF8.self)
        let shorter = article.replacing("同比", with: "")
        #expect(code { try Article(message: Array(shorter.utf8)) } == .inconsistent)
    }

    @Test("damaged messages give an error and never another article")
    func damaged() {
        var random = SeededGenerator(seed: 20_240_701)
        let whole = Samples.full.message()
        for _ in 0..<3000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let at = Int.random(in: bytes.indices, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: at)
                default: bytes.removeSubrange(at...)
                }
                if bytes.isEmpty { break }
            }
            if let article = try? Article(message: bytes) {
                #expect(article.text.unicodeScalars.count == article.end - article.start)
                #expect(
                    article.id == ArticleID(bulletin: article.bulletin, start: article.start, end: article.end))
            }
        }
    }

    private func code(_ body: () throws -> Any) -> DeadLetterCode? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? MessageError)?.code
        }
    }
}

/// A generator that gives the same numbers for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
