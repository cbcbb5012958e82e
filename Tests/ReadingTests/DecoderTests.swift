import BulletinModel
@testable import Reading
import Testing

@Suite struct DecoderTests {
    private let engine: Engine

    init() throws {
        engine = Engine(lexicon: try Lexicon.words())
    }

    private func code(_ bytes: [UInt8]) -> String {
        do {
            _ = try engine.decode(bytes)
            return "read"
        } catch {
            return error.code
        }
    }

    @Test("one text in every encoding gives the same scalars")
    func encodings() throws {
        let text = "增长5.3%,投资12亿元。"
        let units = Array(text.utf16)
        let little = units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let big = units.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        // 增长 and 亿元 in GBK.
        let gbk: [UInt8] = [0xD4, 0xF6, 0xB3, 0xA4] + Array("5%".utf8) + [0xD2, 0xDA, 0xD4, 0xAA]
        #expect(try engine.decode(Array(text.utf8)).scalars == Scalars.of(text))
        #expect(try engine.decode([0xEF, 0xBB, 0xBF] + Array(text.utf8)).scalars == Scalars.of(text))
        #expect(try engine.decode([0xFF, 0xFE] + little).scalars == Scalars.of(text))
        #expect(try engine.decode([0xFE, 0xFF] + big).scalars == Scalars.of(text))
        #expect(try engine.decode(gbk).scalars == Scalars.of("增长5%亿元"))
        #expect(try engine.decode(gbk).encoding == .gb18030)
    }

    @Test("JSON and XML without a word are no bulletins; brackets and tags in text are")
    func dataForPrograms() {
        #expect(code(Array("{\"gdp\": [386.5, 6.2]}\n".utf8)) == "not_text")
        #expect(code(Array("[\n  {\"名称\": \"产值\", \"值\": 3}\n]".utf8)) == "not_text")
        #expect(code(Array("{\"a\": 1, \"b\": 2}\n{\"a\": 3, \"b\": 4}\n".utf8)) == "not_text")
        #expect(code(Array("<?xml version=\"1.0\"?>\n<a><b c=\"3亿元\"/></a>\n".utf8)) == "not_text")
        #expect(code(Array("MZ\u{90}".unicodeScalars.map { UInt8($0.value) } + [0, 3, 0])) == "not_text")
        #expect(code(Array("[2024]\n全年产值3亿元，增长5%。".utf8)) == "read")
        #expect(code(Array("[摘要] 全年产值3亿元。".utf8)) == "read")
        #expect(code(Array("<?xml version=\"1.0\"?><a><![CDATA[产值3亿元。]]></a>".utf8)) == "read")
        #expect(code(Array("<?xml version=\"1.0\"?><html><p>产值3亿元。</p></html>".utf8)) == "read")
    }

    @Test("what is no text is refused with a reason")
    func refused() {
        #expect(code([]) == "empty")
        #expect(code(Array(" \n\t ".utf8)) == "empty")
        #expect(code(Array("%PDF-1.7 x".utf8)) == "not_text")
        #expect(code([0x50, 0x4B, 3, 4, 0, 0]) == "not_text")
        #expect(code([0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00]) == "invalid_encoding")
        #expect(code([0xFF, 0xFF, 0xFF, 0x80, 0xFF]) == "invalid_encoding")
    }

    @Test("random bytes never crash the engine", arguments: 0..<200)
    func fuzz(seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
        let pieces = [
            "增长", "5.", "3%", "亿", "百分之", "第", "一", "、", "\n", "|", "#", "—", "8至", "万元", "(", "分之", "点", "<p>",
        ]
        let bytes =
            seed % 2 == 0
            ? (0..<300).map { _ in UInt8(truncatingIfNeeded: next()) }
            : (0..<120).flatMap { _ in Array(pieces[Int(next() % UInt64(pieces.count))].utf8) }
        guard let text = try? engine.decode(bytes) else { return }
        for article in engine.segment(text, bulletin: BulletinID(bytes: bytes)) {
            #expect(article.text == text.string(article.start..<article.end))
            for indicator in engine.extract(article) {
                #expect(text.string(indicator.start..<indicator.end) == indicator.quote)
            }
        }
    }
}
