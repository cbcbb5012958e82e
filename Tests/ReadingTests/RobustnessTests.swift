import BulletinModel
import Foundation
import Reading
import Testing

/// Whatever comes in, the engine neither crashes nor loses its place nor takes long.
@Suite(.serialized) struct RobustnessTests {
    private let engine: Engine

    init() throws {
        engine = Engine(
            lexicon: try Lexicon.words(with: [
                "measures.tsv": "gdp\t地区生产总值\t生产总值,GDP\n",
                "regions.tsv": "410000\t河南省\t河南\t\t\n410300\t洛阳市\t洛阳\t\t\n410305\t涧西区\t\t\t\n",
            ]))
    }

    /// Reads bytes to the end; every quote must stand at its place. Returns how many figures there were.
    @discardableResult private func read(_ bytes: [UInt8]) -> Int {
        guard let text = try? engine.decode(bytes) else { return 0 }
        var count = 0
        for article in engine.segment(text, bulletin: BulletinID(bytes: [])) {
            _ = engine.paragraphs(of: article)
            for indicator in engine.extract(article) {
                count += 1
                if text.string(indicator.start..<indicator.end) != indicator.quote {
                    Issue.record("\(indicator.quote) does not stand at \(indicator.start)")
                }
            }
        }
        return count
    }

    static let pieces = [
        "a", "增", "1", "一", "十", "、", "，", "。", "其中", "分别", "|", "| 1 ", "<td>", "<tr><td>1", "<table>", "<div>",
        "</div>", "<",
        "&", "&#1", "“", "《", "（", "(记者", "#", "# 一\n", "\n", "一、\n", "1.", "1,", "1, 234", "1%", "1%、", "1亿元，",
        "增长1%，",
        "分别增长1%、2%", "第", "第一位", "由1%提高到", "占", "比", "2023年", "1月", "年末", "至", "1—", "百分之", "一分之", "三四", "1 ", "  ",
        "全市", "洛阳市", "洛阳市、", "截至", "十三五", "年", "月", "亿元", "个", "力争", "将", "10、20和", "A、B和", "——1", "1\n", "-", "1/2",
        "其中：粮食1万吨；", "项目1个", "个项目", "1.5.", "\u{3000}", "\t", "，000", "1元/", "/平方米", "<!--", "<a class=\"", "记者 ",
        "1个半", "甲    5\n", "\u{C}", "- 3 -\n", "（下转第三版）\n",
    ]

    @Test("one character for megabytes and a hundred thousand nested tags are read to the end")
    func extremes() {
        read([UInt8](repeating: 0x31, count: 2_000_000))
        read(Array(("<html>" + String(repeating: "<div>", count: 100_000) + "增长5%").utf8))
        #expect(read(Array(("<html><p>" + String(repeating: "<b>", count: 100_000) + "产量5吨").utf8)) == 1)
    }

    @Test("random mixes of vocabulary, markup and broken bytes keep every quote at its place", arguments: 0..<60)
    func mixes(seed: Int) {
        var random = SplitMix(state: UInt64(seed))
        var bytes: [UInt8] = seed % 3 == 0 ? Array("<html><body>".utf8) : []
        while bytes.count < 3_000 {
            bytes += Array(Self.pieces[Int(random.next() % UInt64(Self.pieces.count))].utf8)
        }
        read(bytes)
        for _ in 0..<3 {
            bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
        }
        read(bytes)
    }

    @Test(
        "lone surrogates and cut-off UTF-16 are refused",
        arguments: [[0xFF, 0xFE, 0x00, 0xD8, 0x31, 0x00], [0xFE, 0xFF, 0xDC, 0x00], [0xFF, 0xFE, 0x31] as [UInt8]])
    func surrogates(bytes: [UInt8]) {
        #expect(throws: DecodeError.self) { try engine.decode(bytes) }
    }

    @Test("a long paragraph without a full stop is read as pieces, and none of its figures is lost")
    func longParagraph() {
        #expect(read(Array(String(repeating: "甲类产品产量1吨，", count: 1_000).utf8)) == 1_000)
    }
}

/// SplitMix64, so that a failing seed fails everywhere.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
