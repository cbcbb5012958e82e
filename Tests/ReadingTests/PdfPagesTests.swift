import BulletinModel
import Reading
import Testing

/// What is made of a PDF's text, with a converter that only says what it is told to.
@Suite struct PdfPagesTests {
    private static let bytes = Array("%PDF-1.7 stands for a file".utf8)
    private static let lexicon: [String: String] = [
        "measures.tsv": "gdp\t地区生产总值\t生产总值,GDP\n", "regions.tsv": "410000\t河南省\t河南\t\t\n",
    ]

    private func engine(_ across: String, _ columns: String = "") throws -> Engine {
        let pdf = PdfText(
            version: { () throws(DecodeError) in "converter 1" },
            text: { _, order throws(DecodeError) in
                Array((order == .acrossThePage ? across : columns).utf8)
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
                "水泥 1205000 吨", "水泥 3.1 %", "白水泥 205000 吨", "白水泥 -2.4 %", "布 33000000 米", "布 12 %",
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
        let read = "城镇新增就业达到3.2万\n人，各项政策落实到位。\n\n文旅市场回暖，全年共接待游客120万人\n次，旅游业成为支柱产业。"
        let table = "品名        产量（吨）\n甲类    5\n乙类    7\n"
        let engine = try engine(prose + "\u{C}" + table + "\u{C}", read + "\u{C}甲类\n乙类\n\n5\n7\n\u{C}")
        let found = try figures(engine)
        #expect(found.first == "城镇新增就业 32000 人" && found.dropFirst().first == "接待游客 1200000 人次", "\(found)")
        #expect(found.suffix(2) == ["甲类 5 吨", "乙类 7 吨"])
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
