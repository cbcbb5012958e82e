import BulletinModel
@testable import Reading
import Testing

/// What pages carry besides their text: marks of newspapers, the noise of scans, markup that lies.
@Suite struct PageFormsTests {
    private let engine: Engine
    init() throws { engine = Engine(lexicon: try Lexicon.words()) }

    private func articles(_ bytes: [UInt8]) throws -> [Article] {
        engine.segment(try engine.decode(bytes), bulletin: BulletinID(bytes: bytes))
    }

    /// Quotes and names of all figures.
    private func figures(_ text: String) throws -> [String] {
        try articles(Array(text.utf8)).flatMap(engine.extract).map { "\($0.quote) \($0.name)" }
    }

    @Test(
        "a line that leads to another page is no text",
        arguments: ["（下转第三版）", "(下转A2版)", "（上接第1版）", "【紧接第四版】", "▶下转第十二版", "详见第5版"])
    func jumps(line: String) throws {
        let page = "# 开工\n\n全区新开工项目46个，其中工业项\n\n\(line)\n\n目18个，开局良好，各项工作有序推进。\n"
        #expect(try figures(page) == ["46个 新开工项目", "18个 工业项目"])
        let paragraphs = try articles(Array(page.utf8)).flatMap(engine.paragraphs)
        #expect(!paragraphs.joined().contains(line))
    }

    @Test("a sentence that speaks of a page is text")
    func noJump() throws {
        let text = "本报第三版刊登的名单共收录企业52家，详见第五版。"
        #expect(try figures(text) == ["52家 收录企业"])
    }

    @Test(
        "the noise of a scan inside a number is read over where the number is certain",
        arguments: [
            ("工业增加值增长3。1%。", "3。1% 工业增加值"), ("财政收入3,594, 026万元。", "3,594, 026万元 财政收入"),
            ("粮食产量12. 5万吨。", "12. 5万吨 粮食产量"),
        ])
    func scans(text: String, expected: String) throws {
        #expect(try figures(text) == [expected])
    }

    @Test(
        "markup that is broken or lies costs no figure and gives none",
        arguments: [
            "<p title=\"a > b 9亿元\">粮食产量7万吨</p>", "<p>粮食产量7万吨</p><!-- 收入9亿元", "<p>粮食产量7万吨</p><script>var a = '收入9亿元'",
            "<p>粮食产量&#55;万吨</p>", "<p>粮食产量&#x37;万吨&#x110000;&#xD800;&#99999999999;</p>", "<P>粮食产量<B>7</b>万吨<p>",
            "<meta charset=gbk><p>粮食产量7万吨</p>", "<p>粮食产量7万吨<style>p::after{content:'9亿元'}</style>",
            "<p>粮食产量7万吨</p></p></div></table></html>", "<p>粮食产量7万吨</p><img alt='收入9亿元' src=x>",
            "<![CDATA[<p>粮食产量7万吨</p>", "<p>粮食产量7万吨</p><template><p>收入9亿元</p></template>",
            "<p><a href='javascript:9亿元'>粮食产量7万吨</a></p>", "<p>粮食产量7万吨</p><p hidden>收入9亿元</p>",
        ])
    func markup(piece: String) throws {
        let found = try figures("<!DOCTYPE html><html><body>" + piece)
        #expect(found.count == 1 && found[0].hasSuffix("粮食产量"), "\(found)")
    }
}

/// The same text set by another hand gives the same figures.
@Suite struct TypesettingTests {
    private let engine: Engine
    init() throws { engine = Engine(lexicon: try Lexicon.words()) }

    private static let page = """
        # 东湾市2023年1—11月经济运行情况

        发布日期：2023-12-08

        ## 一、2022年回顾

        全市生产总值812.6亿元，同比增长5.3%，其中工业增加值301亿元；前11个月新签项目46个。1至9月，出口额达到35.2亿元（占24.1%），居全省第3位。

        单位：万吨

        | 产品 | 产量 |
        | --- | --- |
        | 粮食 | 12.5 |
        | 其中：小麦 | 7.1 |
        """

    private func read(_ text: String) throws -> [String] {
        let bytes = Array(text.utf8)
        let articles = engine.segment(try engine.decode(bytes), bulletin: BulletinID(bytes: bytes))
        return articles.flatMap(engine.extract).map {
            let unit = $0.unit.replacing("％", with: "%")
            let period = $0.period.map { "\($0.start) \($0.end)" } ?? ""
            return "\($0.name) \($0.value) \(unit) \($0.kind) \($0.base.map { "\($0)" } ?? "") \(period)"
        }
    }

    /// Digits and points of full width.
    private static func wide(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map {
                    "0"..."9" ~= $0 || $0 == "." ? Unicode.Scalar($0.value + 0xFEE0) ?? $0 : $0
                }))
    }

    @Test("full-width digits, plain commas, colons and brackets, line ends, spaces")
    func typesetting() throws {
        let plain = try read(Self.page)
        #expect(plain.count == 9)
        let others = [
            Self.wide(Self.page), Self.page.replacing("，", with: ","), Self.page.replacing("：", with: ":"),
            Self.page.replacing("；", with: ";"), Self.page.replacing("%", with: "％"),
            Self.page.replacing("（", with: "(").replacing("）", with: ")"), Self.page.replacing("\n", with: "\r\n"),
            Self.page.replacing("个", with: " 个").replacing("亿元", with: " 亿元").replacing("月，", with: " 月，"),
        ]
        for other in others { #expect(try read(other) == plain, "\(other)") }
    }
}
