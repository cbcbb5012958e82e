import Documents
import Foundation
import Reading
import Testing

@Suite("Word and Excel until 2007, and what WPS writes")
struct CompoundFileTests {
    private func text(_ bytes: [UInt8]) throws -> String {
        let text = try DocumentConverter().text(of: bytes)
        return text.string(text.scalars.indices)
    }

    private func code(_ bytes: [UInt8]) -> String? {
        do {
            _ = try DocumentConverter().text(of: bytes)
            return nil
        } catch { return error.code }
    }

    @Test(
        "a document has its headings, paragraphs and tables with joined cells; hidden text and instructions are left out"
    )
    func word() throws {
        typealias Maker = CompoundMaker
        let edges = [0, 2000, 4000, 6000]
        let bytes = Maker.word(
            [
                .init(text: "海州区统计公报\r", style: 1),
                .init(text: "产值\u{13} PAGEREF x \u{14}386.5\u{15}亿元，增长6.2%。隐藏九亿\r"),
                Maker.cell("指标"), Maker.cell("2024年"), Maker.cell(""), Maker.row(edges, [0x60, 1, 2]),
                Maker.cell(""), Maker.cell("总量"), Maker.cell("增长<%>"), Maker.row(edges, [0x20, 0, 0]),
                Maker.cell("零售额"), Maker.cell("96.4"), Maker.cell("4.9"), Maker.row(edges, [0, 0, 0]),
                .init(text: "完\u{0B}毕\r"),
            ], hidden: 39..<43)
        #expect(DocumentConverter().format(of: bytes) == .doc)
        #expect(
            try text(bytes) == """
                <html><body>
                <h1>海州区统计公报</h1>
                <p>产值386.5亿元，增长6.2%。</p>
                <table>
                <tr><td rowspan="2">指标</td><td colspan="2">2024年</td></tr>
                <tr><td>总量</td><td>增长&lt;%&gt;</td></tr>
                <tr><td>零售额</td><td>96.4</td><td>4.9</td></tr>
                </table>
                <p>完<br>毕</p>
                </body></html>

                """)
    }

    @Test("a workbook of another program shows numbers by their formats, without what is hidden")
    func workbook() throws {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/indicators.xls")
        let text = try text(Array(try Data(contentsOf: url)))
        #expect(text.contains("<h2>2024年</h2>"))
        #expect(text.contains(#"<td colspan="3">临江区2024年主要经济指标</td>"#))
        #expect(text.contains("<tr><td>地区生产总值</td><td>亿元</td><td>386.5</td><td>6.2%</td></tr>"))
        #expect(text.contains("<tr><td>合计</td><td>亿元</td><td>408.2</td></tr>"))
        #expect(!text.contains("隐藏") && !text.contains("底稿") && !text.contains("123亿元"))
    }

    @Test("what cannot be read says why: a password, an old version, slides, damage")
    func reasons() {
        typealias Maker = CompoundMaker
        #expect(code(Maker.word([.init(text: "甲\r")], flags: 0x300)) == "document_encrypted")
        #expect(code(Maker.file([("EncryptedPackage", [1]), ("EncryptionInfo", [2])])) == "document_encrypted")
        #expect(code(Maker.file([("PowerPoint Document", [1])])) == "not_text")
        #expect(code(Maker.file([("Book", [9, 8])])) == "document_damaged")
        #expect(code(Maker.file([("WordDocument", [UInt8](repeating: 0, count: 600))])) == "document_damaged")
        let globals: [UInt8] = [0x09, 0x08, 4, 0, 0, 6, 5, 0]
        #expect(code(Maker.file([("Workbook", globals + [0x2F, 0, 2, 0, 0, 0])])) == "document_encrypted")
        #expect(code([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) == "document_damaged")
    }

    @Test("damaged at random they give a reason and never more")
    func damaged() throws {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/indicators.xls")
        let originals = [
            Array(try Data(contentsOf: url)),
            CompoundMaker.word([
                .init(text: "甲乙\r"), CompoundMaker.cell("丙"), CompoundMaker.row([0, 900], [0]), .init(text: "丁\r"),
            ]),
        ]
        var state: UInt64 = 20_261_130
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for round in 0..<600 {
            var bytes = originals[round % 2]
            for _ in 0...next(12) { bytes[next(bytes.count)] = UInt8(next(256)) }
            if round % 5 == 0 { bytes.removeLast(next(bytes.count)) }
            _ = code(bytes)
        }
    }
}
