import BulletinModel
@testable import Reading
import Testing

/// What is made of a PDF's text, with a converter that only says what it is told to.
@Suite struct PdfPagesTests {
    private static let bytes = Array("%PDF-1.7 stands for a file".utf8)
    private static let lexicon: [String: String] = [
        "measures.tsv": "gdp\t地区生产总值\t生产总值,GDP\n", "regions.tsv": "410000\t河南省\t河南\t\t\n",
    ]

    private func engine(_ across: String, places: String = "") throws -> Engine {
        let pdf = PdfText(
            version: { () throws(DecodeError) in "converter 1" },
            text: { _, order throws(DecodeError) in
                Array((order == .acrossThePage ? across : places).utf8)
            })
        return Engine(lexicon: try Lexicon.words(with: Self.lexicon), pdf: pdf)
    }

    private func figures(_ engine: Engine) throws -> [String] {
        let text = try engine.decode(Self.bytes)
        return engine.segment(text, bulletin: BulletinID(bytes: Self.bytes)).flatMap(engine.extract).map { figure in
            #expect(text.string(figure.start..<figure.end) == figure.quote)
            return "\(figure.name) \(figure.value) \(figure.unit)"
        }
    }

    @Test("a table whose columns are set apart by blanks keeps its rows, units and heads")
    func table() throws {
        let page = """
                        2023年主要工业产品产量
            产品名称        单位       产量      比上年增长（%）
            水泥            万吨       120.5     3.1
            其中：白水泥    万吨       20.5      -2.4
            布              万米       3,300     12.0

            全年生产总值386.5亿元。
            """
        #expect(
            try figures(engine(page)) == [
                "水泥产量 1205000 吨", "水泥产量 3.1 %", "白水泥产量 205000 吨", "白水泥产量 -2.4 %", "布产量 33000000 米", "布产量 12 %",
                "生产总值 38650000000 元",
            ])
    }

    @Test("columns of prose are read one after the other, page by page")
    func columns() throws {
        let prose = """
            全市居民人均可支配收入继续增长，    文化旅游市场持续回暖向好，全年
            其中城镇新增就业达到3.2万         共接待国内外游客120万人
            人，各项民生保障政策落实到位。      次，旅游业已经成为支柱产业。
            """
        let table = "品名        产量（吨）\n甲类    5\n乙类    7\n"
        let found = try figures(engine(prose + "\u{C}" + table + "\u{C}"))
        #expect(found.first == "城镇新增就业 32000 人" && found.dropFirst().first?.hasSuffix("1200000 人次") == true, "\(found)")
        #expect(found.suffix(2) == ["甲类产量 5 吨", "乙类产量 7 吨"])
    }

    @Test("lines across both columns end the columns above them, whatever the leading")
    func spanning() throws {
        let page = """
            全市生产总值386.5亿元，比上      年末常住人口88.6万人，城镇

            年增长6.2%，经济运行总体平稳     化率62.4%，比上年提高0.8个

            ，各项工作取得新的明显成效。     百分点，城乡面貌持续改善。
            注：本页各项数据为快报数，最终数据以年鉴为准，请各单位注意使用口径。
            """
        #expect(
            try figures(engine(page)) == [
                "生产总值 38650000000 元", "生产总值 6.2 %", "常住人口 886000 人", "城镇化率 62.4 %", "城镇化率 0.8 百分点",
            ])
    }

    @Test("narrow columns are told by the marks of their sentences, and cut figures go on")
    func narrow() throws {
        let page = """
            本年度，全县地区生产     水稻播种12.6万亩，增
            总值386.5亿元，年末    加2.1%。全县完成税收1,2
            常住人口达到38         34.5万元，增长3.3%。
            .6万人，增长0.2%。     新建住房450套。
            """
        let found = try figures(engine(page))
        for figure in ["常住人口 386000 人", "常住人口 0.2 %", "水稻播种 2.1 %", "税收 12345000 元", "税收 3.3 %"] {
            #expect(found.contains(figure), "\(figure) in \(found)")
        }
        #expect(found.count == 8 && found[0].hasSuffix(" 38650000000 元"), "\(found)")
    }

    @Test("raised words are marks of notes or powers of units, not digits of the number before")
    func raised() throws {
        func word(_ text: String, _ from: Int, _ to: Int, raised: Bool = false) -> String {
            "<word xMin=\"\(from)\" yMin=\"10\" xMax=\"\(to)\" yMax=\"\(raised ? 17 : 24)\">\(text)</word>"
        }
        let places =
            "<doc><page><line>" + word("全市生产总值", 0, 60) + word("1", 60, 63, raised: true)
            + word("386.5亿元，绿化面积12.5km", 63, 200) + word("2", 200, 203, raised: true) + word("，增长6.2%。", 203, 260)
            + "</line></page></doc>"
        #expect(
            try figures(engine("全市生产总值1386.5亿元，绿化面积12.5km2，增长6.2%。\n", places: places)) == [
                "生产总值 38650000000 元", "绿化面积 12.5 km²", "绿化面积 6.2 %",
            ])
    }

    @Test("pages whose fonts do not tell their characters have no text")
    func lacksCharacters() throws {
        #expect { try engine("2023   386.0   6.0%\n2023   387.1   6.1%\n").decode(Self.bytes) } throws: {
            ($0 as? DecodeError)?.code == "pdf_no_text"
        }
    }

    @Test("what is cut by the end of a page goes on behind its number")
    func pageNumbers() throws {
        let page = "全市各级各部门认真落实各项稳增长政策，全年生产总值达到386.5亿元，比上年\n\n        - 3 -\n"
        #expect(try figures(engine(page + "\u{C}增长6.2%。\n\u{C}")).last == "生产总值 6.2 %")
    }

    @Test("pages without text are refused, and the converter's reasons are handed on")
    func refusals() throws {
        #expect { try engine("\u{C}\n\u{C}").decode(Self.bytes) } throws: {
            ($0 as? DecodeError)?.code == "pdf_no_text"
        }
        let missing = DecodeError(code: "pdf_tool", cause: .setup, "There is none.")
        let pdf = PdfText(
            version: { () throws(DecodeError) in throw missing }, text: { _, _ throws(DecodeError) in throw missing })
        let lacking = Engine(lexicon: try Lexicon.words(with: Self.lexicon), pdf: pdf)
        #expect(throws: missing) { try lacking.decode(Self.bytes) }
        #expect(throws: missing) { try lacking.decoder(of: Self.bytes) }
        #expect(try lacking.decoder(of: Array("%PD".utf8)) == nil)
        let without = Engine(lexicon: try Lexicon.words(with: Self.lexicon))
        #expect { try without.decode(Self.bytes) } throws: { ($0 as? DecodeError)?.code == "not_text" }
    }
}
