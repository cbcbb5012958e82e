import BulletinModel
import Foundation
import Testing

@testable import Reading

@Suite("Encodings told by their statistics") struct EncodingTests {
    private let engine: Engine

    init() throws {
        engine = Engine(lexicon: try Lexicon.words())
    }

    private static let simplified = "云台县2023年完成地区生产总值125.6亿元，比上年增长5.4%；其中第二产业增加值48.2亿元，增长6.1%。"
    private static let traditional = "雲臺縣2023年完成地區生產總值125.6億元，比上年增長5.4%；其中第二產業增加值48.2億元，增長6.1%。"

    /// The text in an encoding, by the C library's converter.
    private func bytes(_ text: String, _ encoding: String) throws -> [UInt8] {
        let converter = iconv_open(encoding, "UTF-8")
        try #require(converter != iconv_t(bitPattern: -1))
        defer { iconv_close(converter) }
        var input = Array(text.utf8).map { CChar(bitPattern: $0) }
        var output = [UInt8](repeating: 0, count: input.count * 2 + 8)
        let used: Int = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBytes { target in
                var from = source.baseAddress
                var fromLeft = source.count
                var to = target.bindMemory(to: CChar.self).baseAddress
                var toLeft = target.count
                return iconv(converter, &from, &fromLeft, &to, &toLeft) == -1 ? 0 : target.count - toLeft
            }
        }
        try #require(used > 0)
        return Array(output.prefix(used))
    }

    @Test("Big5 is read as what it is")
    func big5() throws {
        let bytes = try bytes(Self.traditional, "BIG5")
        let decoded = try engine.decode(bytes)
        #expect(decoded.encoding == .big5)
        #expect(decoded.string(0..<decoded.scalars.count) == Self.traditional)
    }

    @Test("simplified and traditional text in GB 18030 stays that")
    func gb18030() throws {
        for text in [Self.simplified, Self.traditional, "云台县公报，2023年。"] {
            let decoded = try engine.decode(try bytes(text, "GB18030"))
            #expect(decoded.encoding == .gb18030)
            #expect(decoded.string(0..<decoded.scalars.count) == text)
        }
    }

    @Test("HZ is read")
    func hz() throws {
        let gb = try bytes("云台县粮食产量", "GB18030").map { $0 & 0x7F }
        let decoded = try engine.decode(
            Array("~{".utf8) + gb + Array("~}12.5~{".utf8) + [0x4D, 0x72, 0x36, 0x56] + Array("~}\n".utf8))
        #expect(decoded.encoding == .hz)
        #expect(decoded.string(0..<7) == "云台县粮食产量")
    }

    @Test("UTF-16 without a mark is told by what it would be, whichever end comes first")
    func utf16() throws {
        let text = "一开始，全县第一产业增加值一百二十亿元。开工一批项目，一一落实。"
        for (encoding, name) in [(String.Encoding.utf16LittleEndian, "UTF-16LE"), (.utf16BigEndian, "UTF-16BE")] {
            let decoded = try engine.decode(Array(try #require(text.data(using: encoding))))
            #expect(decoded.encoding.rawValue == name)
            #expect(decoded.string(0..<decoded.scalars.count) == text)
        }
    }

    @Test("other languages, text encoded twice and noise are refused, never read as rows of nothing")
    func refused() throws {
        let korean = "2023년 지역내총생산은 125조원으로 전년보다 증가하였으며 제조업과 서비스업이 모두 성장하였다"
        let twice = String(
            decoding: Array(Self.simplified.utf8).flatMap { Array(String(Unicode.Scalar($0)).utf8) }, as: UTF8.self)
        let euc = try bytes(korean, "EUC-KR")
        let noise = (0..<600).map { UInt8(truncatingIfNeeded: 0x81 + ($0 * 7919) % 126) }
        for bytes in [euc, Array(twice.utf8), noise] {
            #expect(throws: DecodeError.self) { try engine.decode(bytes) }
        }
        // Latin text with accents is no ideograph.
        #expect(throws: Never.self) {
            try engine.decode(Array("Le PIB a progressé de 5,4 % à l'échelle régionale.".utf8))
        }
    }

    @Test("ideographs that stand twice in Unicode are read as those that people type")
    func variants() throws {
        let bytes = Array("云台县2023年完成投资⼆⼗三亿元，⻓途汽⻋六百辆。".utf8)
        let article = try #require(engine.segment(try engine.decode(bytes), bulletin: BulletinID(bytes: bytes)).first)
        let indicators = engine.extract(article)
        #expect(indicators.map(\.value) == ["2300000000", "600"])
        #expect(indicators.first?.quote == "⼆⼗三亿元")
    }
}
