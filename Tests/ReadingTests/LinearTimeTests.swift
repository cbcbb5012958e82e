import BulletinModel
import Foundation
import Reading
import Testing

/// Time grows with the length of a bulletin, whatever it holds, and no kind of text costs much more
/// than prose. All times are of the processor, and every bound is a ratio to something in the same run.
@Suite(.serialized) struct LinearTimeTests {
    private let engine: Engine

    init() throws {
        engine = Engine(
            lexicon: try Lexicon.words(with: [
                "measures.tsv": "gdp\t地区生产总值\t生产总值,GDP\n",
                "regions.tsv": "410000\t河南省\t河南\t\t\n410300\t洛阳市\t洛阳\t\t\n410305\t涧西区\t\t\t\n",
            ]), pdf: Self.converter)
    }

    /// Takes what stands behind the mark of a PDF for the text of its pages.
    private static let converter = PdfText(
        version: { () throws(DecodeError) in "converter 1" },
        text: { bytes, _ throws(DecodeError) in Array(bytes.dropFirst(5)) })

    private func time(_ bytes: [UInt8]) -> Double {
        var usage = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &usage)
        let start = Double(usage.tv_sec) + Double(usage.tv_nsec) / 1e9
        if let text = try? engine.decode(bytes) {
            for article in engine.segment(text, bulletin: BulletinID(bytes: [])) {
                _ = engine.paragraphs(of: article)
                _ = engine.extract(article)
            }
        }
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &usage)
        return Double(usage.tv_sec) + Double(usage.tv_nsec) / 1e9 - start
    }

    private func repeated(_ piece: String, _ bytes: Int, behind front: String) -> [UInt8] {
        let unit = Array(piece.utf8)
        return Array(front.utf8) + Array(repeatElement(unit, count: bytes / unit.count).joined())
    }

    private static let prose =
        "2024年，全县生产总值达到86.5亿元，比上年增长6.2%，其中工业增加值31亿元，增长7%。各部门认真落实各项要求，社会保持稳定，群众生活继续改善，全年没有发生大的事故。\n"

    private func check(_ piece: String, behind front: String, size: Int = 4_000) {
        let small = time(repeated(piece, size, behind: front))
        let large = time(repeated(piece, size * 4, behind: front))
        // Four times the length may take twice what a straight line gives.
        #expect(large < small * 8 + 0.05, "\(front)\(piece): \(small) s, then \(large) s")
        let plain = time(repeated(Self.prose, size * 4, behind: front))
        // A figure in every second byte is the worst that is known: about 20 times prose.
        #expect(large < plain * 60 + 0.05, "\(front)\(piece): \(large) s, prose \(plain) s")
    }

    @Test("whatever is repeated", arguments: RobustnessTests.pieces)
    func pieces(piece: String) {
        check(piece, behind: "")
    }

    @Test("whatever is repeated in a page of HTML", arguments: RobustnessTests.pieces)
    func markup(piece: String) {
        check(piece, behind: "<html><body>")
    }

    @Test(
        "whatever is repeated in the pages of a PDF",
        arguments: ["甲    5\n", " ", "甲 ", "\u{C}", "- 3 -\n", "\t1", "5\n"])
    func pages(piece: String) {
        check(piece, behind: "%PDF-")
    }

    @Test("long tables and wide ones", arguments: ["<tr><td>1%", "<td>1%", "<tr><th>产量<td>1</tr>", "<tr><td>产量<tr>"])
    func tables(piece: String) {
        check(piece, behind: "<html><body><table>", size: 24_000)
    }

    @Test(
        "many figures under one long head, and beside one",
        arguments: [
            "| 名 | \(LinearTimeTests.long) |\n|---|---|\n", "| 名 | 产量 |\n|---|---|\n| \(LinearTimeTests.long) ",
        ])
    func heads(front: String) {
        check(front.hasSuffix("\n") ? "| 甲 | 5 |\n" : "| 5 ", behind: front)
    }

    static let long = String(repeating: "甲", count: 20_000)

    @Test("whatever two things take turns", arguments: 0..<40)
    func pairs(seed: Int) {
        var random = SplitMix(state: UInt64(seed))
        func any() -> String { RobustnessTests.pieces[Int(random.next() % UInt64(RobustnessTests.pieces.count))] }
        check(any() + any(), behind: "")
    }
}
