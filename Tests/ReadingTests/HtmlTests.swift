import BulletinModel
import Reading
import Testing

@Suite struct HtmlTests {
    private let engine: Engine

    init() throws {
        engine = Engine(lexicon: try Lexicon.words(with: ["measures.tsv": "gdp\t地区生产总值\t生产总值\n"]))
    }

    private let page = """
        <!DOCTYPE html><html><head><title>东湾市2024年统计公报</title><style>p { color: red }</style></head>
        <body><div class="nav"><a>首页</a> 共99篇</div>
        <h1>东湾市2024年国民经济和社会发展统计公报</h1>
        <p>全年地区生产总值<b>1234.5</b>亿元，比上年增长5.2&#37;。<br>年末常住人口
        88.6万人。</p>
        <table><tr><th>指标</th><th>单位</th><th>绝对数</th><th>比上年增长（%）</th></tr>
        <tr><td>粮食产量</td><td>万吨</td><td>45.6</td><td>-1.3</td></tr>
        <tr><td>发电量</td><td>亿千瓦时</td><td>78.9</td><td>4.4</td></tr></table>
        <script>var total = "500亿元";</script><div id="footer">访问量12345次</div></body></html>
        """

    private func read(_ text: String) throws -> (scalars: [UInt32], indicators: [Indicator]) {
        let bytes = Array(text.utf8)
        let decoded = try engine.decode(bytes)
        let articles = engine.segment(decoded, bulletin: BulletinID(bytes: bytes))
        return (decoded.scalars, articles.flatMap(engine.extract))
    }

    @Test("figures are read from text and tables, none from navigation, scripts and footers")
    func figures() throws {
        let values = try read(page).indicators.map { "\($0.name) \($0.value) \($0.unit) \($0.kind)" }
        #expect(
            values == [
                "地区生产总值 123450000000 元 level", "地区生产总值 5.2 % change", "常住人口 886000 人 level",
                "粮食产量 456000 吨 level", "粮食产量 -1.3 % change", "发电量 7890000000 千瓦时 level",
                "发电量 4.4 % change",
            ])
    }

    @Test("every quote is what stands at its place in the source, markup included")
    func places() throws {
        let (scalars, indicators) = try read(page)
        for indicator in indicators {
            #expect(Scalars.string(scalars[indicator.start..<indicator.end]) == indicator.quote)
        }
        #expect(indicators.first?.quote == "1234.5</b>亿元")
    }

    @Test(
        "blanks of every width indent a paragraph and are no part of it",
        arguments: ["&ensp;&ensp;", "&emsp;", "\u{2002}", "\u{2009}\u{202F}", "\u{205F}", "&nbsp;&#8195;", "&#x3000;"])
    func indents(blank: String) throws {
        let page = "<html><body><p>\(blank)粮食产量5万吨。</p><table><tr><td>\(blank)</td></tr></table></body></html>"
        #expect(try read(page).indicators.map(\.name) == ["粮食产量"])
        let decoded = try engine.decode(Array(page.utf8))
        let article = try #require(engine.segment(decoded, bulletin: BulletinID(bytes: [])).first)
        #expect(engine.paragraphs(of: article) == ["粮食产量5万吨。"])
    }

    @Test("the page's title names the article and its year")
    func title() throws {
        let decoded = try engine.decode(Array(page.utf8))
        let article = engine.segment(decoded, bulletin: BulletinID(bytes: [])).first
        #expect(article?.headline == "东湾市2024年统计公报")
        #expect(try read(page).indicators.first?.period == Indicator.Period(start: "2024-01-01", end: "2024-12-31"))
    }

    @Test(
        "hostile markup is read in time that grows with its length",
        arguments: ["<div>", "<table><tr><td>", "<p class=\"", "<!--", "&#", "<", "</p>", "<script>"])
    func hostile(piece: String) throws {
        func time(_ count: Int) throws -> Duration {
            let text = "<html><body>" + String(repeating: piece, count: count)
            return try ContinuousClock().measure { _ = try read(text) }
        }
        _ = try time(500)
        let small = try min(time(2_000), time(2_000))
        let large = try time(20_000)
        #expect(large < small * 60 + .milliseconds(200))
    }
}
