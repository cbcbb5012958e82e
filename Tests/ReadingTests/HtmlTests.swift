import BulletinModel
@testable import Reading
import Testing

@Suite struct HtmlTests {
    private let engine: Engine

    init() throws {
        engine = Engine(lexicon: try Lexicon.words(with: ["measures.tsv": "gdp\t地区生产总值\t生产总值\n"]))
    }

    private let page = """
        <!DOCTYPE html><html><head><title>东湾市2024年统计公报</title><style>p { color: red }</style></head>
        <body><nav><a>首页</a> 共99篇</nav>
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

@Suite("Pages as a reader sees them") struct PageReadingTests {
    private let engine: Engine

    init() throws {
        engine = Engine(lexicon: try Lexicon.words())
    }

    private func figures(_ body: String) throws -> [String] {
        let bytes = Array("<html><head><title>云台县2023年统计公报</title></head><body>\(body)</body></html>".utf8)
        let decoded = try engine.decode(bytes)
        return engine.segment(decoded, bulletin: BulletinID(bytes: bytes)).flatMap(engine.extract).map {
            "\($0.value) \($0.unit)"
        }
    }

    @Test(
        "the name of a class or a style hides nothing",
        arguments: [
            "class=\"nav_background\"", "class='page position-relative'", "id=share_content",
            "style=\"position: static\"",
            "class=\"has-sidebar footer-top menu\"",
        ])
    func classes(attribute: String) throws {
        #expect(try figures("<div \(attribute)><p>全县粮食产量12.5万吨，比上年增长2.3%。</p></div>") == ["125000 吨", "2.3 %"])
    }

    @Test(
        "what readers do not see is not read",
        arguments: [
            "<div style='display: none'>投资7亿元</div>", "<p hidden>投资7亿元</p>", "<template><p>投资7亿元</p></template>",
            "<span style=\"visibility:hidden\">投资7亿元</span>", "<select><option>投资7亿元</select>",
            "<!-- <p>投资7亿元</p> -->", "<script>'投资7亿元'</script>", "<noscript>投资7亿元</noscript>",
        ])
    func hidden(markup: String) throws {
        #expect(try figures("<p>全县粮食产量12.5万吨。</p>\(markup)") == ["125000 吨"])
    }

    @Test(
        "menus, lists of links and imprints stand around a page's text",
        arguments: [
            "<div><a href=1>首页</a> &gt; <a href=2>统计公报2022年投资7亿元</a></div>",
            "<ul><li><a href=1>投资突破7亿元</a> 2023-05-06<li><a href=2>新增就业300人</a> 2023-05-07</ul>",
            "<nav><p>投资7亿元</p></nav>", "<footer>服务群众500万人次</footer>", "<div role=navigation>投资7亿元</div>",
            "<p>版权所有：云台县政府 投资7亿元</p>",
        ])
    func furniture(markup: String) throws {
        let text = "<p>全县粮食产量12.5万吨。</p><p>全县肉类产量3万吨。</p>"
        #expect(try figures(markup + text + markup) == ["125000 吨", "30000 吨"])
    }

    @Test("the text is kept whatever element it stands in")
    func landmark() throws {
        #expect(try figures("<aside><p>全县粮食产量12.5万吨。</p></aside>") == ["125000 吨"])
    }

    @Test("superscripts are powers of units or marks of notes, never digits")
    func scripts() throws {
        #expect(try figures("<p>绿地面积8.4km<sup>2</sup>，供水量2.5亿m<sup>3</sup>。</p>") == ["8.4 km²", "250000000 m³"])
        #expect(
            try figures("<p>粮食产量<sup>3</sup>12.5万吨<sup>[4]</sup>，增长6.2<sup>5</sup>%。</p>") == ["125000 吨", "6.2 %"])
        #expect(try figures("<p>水果产量12.5<sup><a href=#n>①</a></sup>万吨。</p>") == ["125000 吨"])
    }

    @Test("a figure in several elements is one figure")
    func split() throws {
        #expect(try figures("<p>粮食产量<b>1</b><span>2.5</span>万<i>吨</i>。</p>") == ["125000 吨"])
        #expect(try figures("<p>粮食产量</p><p>12.5</p><p>万吨</p>") == ["125000 吨"])
        #expect(try figures("<p>粮食产量1&shy;2&#8203;.5万吨。</p>") == ["125000 吨"])
    }

    @Test(
        "a fragment without a page around it is read as one",
        arguments: ["<p style=\"line-height: 150%\">粮食产量12.5万吨。</p>", "粮食产量<span>12.5</span>万吨。", "<div>粮食产量12.5万吨。"])
    func fragment(markup: String) throws {
        let bytes = Array(markup.utf8)
        let articles = engine.segment(try engine.decode(bytes), bulletin: BulletinID(bytes: bytes))
        #expect(articles.flatMap(engine.extract).map(\.value) == ["125000"])
    }

    @Test(
        "character references are read as browsers read them",
        arguments: [
            ("&percnt;", "%"), ("&#37;", "%"), ("&#x25;", "%"), ("&fltns;", "▱"), ("&ensp;", nil),
            ("&copy2023", "©2023"),
            ("&#150;", "–"), ("&NotEqualTilde;", "≂̸"), ("&notaname;", "¬aname;"),
        ])
    func references(source: String, text: String?) throws {
        let bytes = Array("<html><body><p>甲\(source)乙</p></body></html>".utf8)
        let article = try #require(engine.segment(try engine.decode(bytes), bulletin: BulletinID(bytes: bytes)).first)
        let passages = engine.blocks(of: article).compactMap { block -> String? in
            if case .paragraph(let passage) = block { passage.string } else { nil }
        }
        #expect(passages == ["甲\(text ?? "")乙"])
    }

    @Test("deep nesting, very many tags and references are read in bounds")
    func bounds() throws {
        let pieces = [
            "<div>", "<table><tr><td>", "<b>", "&NotEqualTilde;", "<p><a href=1>", "<sup>", "<ul><li>", "</p></div>",
        ]
        for piece in pieces {
            let text = "<html><body>" + String(repeating: piece, count: 40_000) + "粮食产量12.5万吨。"
            _ = try figures(text)
        }
    }
}

@Suite("What a page's reading leaves out") struct PageCoverageTests {
    private func examine(_ body: String) throws -> Examination {
        let engine = Engine(lexicon: try Lexicon.words())
        let bytes = Array("<html><body>\(body)</body></html>".utf8)
        let article = try #require(engine.segment(try engine.decode(bytes), bulletin: BulletinID(bytes: bytes)).first)
        return engine.examine(article)
    }

    private static let menu = "<nav>" + (1...6).map { "<a href=\($0)>第\($0)批投资\($0)亿元</a> " }.joined() + "</nav>"

    @Test("figures around the text are listed with their reason")
    func listed() throws {
        let examination = try examine(Self.menu + "<p>全县粮食产量12.5万吨。</p>")
        #expect(examination.indicators.map(\.value) == ["125000"])
        #expect(examination.unresolved.filter { $0.reason == .navigation }.map(\.text).contains("3亿元"))
    }

    @Test("a page of which little was read says so, one that was read does not")
    func poor() throws {
        #expect(try examine(Self.menu + "<p>全县粮食产量12.5万吨。</p>").isPoor)
        #expect(try !examine("<p>粮食产量12万吨，肉类产量3万吨，禽蛋产量2万吨，牛奶产量5万吨，水果产量9万吨。</p>").isPoor)
    }
}
