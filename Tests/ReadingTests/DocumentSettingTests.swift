import BulletinModel
import Testing

@testable import Reading

@Suite("What a document says of itself") struct DocumentSettingTests {
    private let engine: Engine

    init() throws {
        engine = Engine(lexicon: try Lexicon.words())
    }

    private func setting(_ text: String) throws -> Article.Setting {
        let bytes = Array(text.utf8)
        let articles = engine.segment(try engine.decode(bytes), bulletin: BulletinID(bytes: bytes))
        return try #require(articles.first).setting
    }

    private static let text = "今年以来，全区新开工项目31个，完成投资12.6亿元，同比增长8.1%，其中工业项目完成投资7.2亿元。"

    @Test(
        "the day is that of the document's own line, label, title or last line",
        arguments: [
            ("海棠区上半年经济运行情况\n2024-07-19\n", "", Article.Origin.masthead),
            ("海棠区上半年经济运行情况\n发布时间：2024/7/19 09:12 浏览次数：35\n", "", .masthead),
            ("海棠区上半年经济运行情况\n来源：海棠区统计局2024.07.19\n", "", .masthead),
            ("海棠区上半年经济运行情况\n（二〇二四年七月十九日）\n", "", .masthead),
            ("海棠区上半年经济运行情况\nFri, 19 Jul 2024 08:00:12 GMT\n", "", .masthead),
            ("海棠早报 (20240719)\n", "", .heading), ("海棠区上半年经济运行情况\n", "\n海棠区统计局\n2024年7月19日\n", .signature),
            ("海棠区投资稳步增长\n海棠网2024年7月19日讯 ", "", .dateline),
            ("---\ntitle: 海棠区投资稳步增长\ndate: 2024-07-19\n---\n", "", .frontMatter),
        ])
    func day(head: String, tail: String, origin: Article.Origin) throws {
        let setting = try setting(head + Self.text + tail)
        #expect(setting.published == "2024-07-19")
        #expect(setting.origins.published == origin)
    }

    @Test(
        "a day that is not the document's own is none",
        arguments: [
            "与2023年7月1日相比，今年增加15家。", "到2025年12月31日全部建成。", "2024年7月19日，区政府召开会议，研究上半年工作。",
            "2024年1—7月完成投资12.6亿元。",
        ])
    func noDay(line: String) throws {
        #expect(try setting("海棠区投资稳步增长\n" + line + "\n" + Self.text).published == nil)
    }

    @Test("the day on which a report was given is told apart from that of its publication")
    func delivered() throws {
        let given = try setting("海棠区政府工作报告\n——2024年1月9日在海棠区第五届人民代表大会第四次会议上\n来源：海棠日报\n时间：2024-01-23\n" + Self.text)
        #expect(given.delivered == "2024-01-09")
        #expect(given.published == "2024-01-23")
        #expect(try setting("海棠区政府工作报告\n(2024年1月9日在第四次会议上)\n" + Self.text).published == nil)
    }

    @Test(
        "the publisher is who signs, or of whom the masthead says that the text is taken",
        arguments: [
            ("海棠区投资稳步增长\n来源：海棠日报 作者：秦某\n", "", "海棠日报"),
            ("海棠区投资稳步增长\n发布机构：海棠区统计局发布时间：2024-07-19打印本页\n", "", "海棠区统计局"),
            ("关于海棠区2023年决算的报告\n海棠区财政局\n", "", "海棠区财政局"),
            ("海棠区投资稳步增长\n【海棠晚报讯】（记者 秦某）", "", "海棠晚报"),
            ("海棠区投资稳步增长\n新华社南阳7月19日电 ", "", "新华社"),
            ("海棠区2023年统计公报-海棠区统计局\n", "", "海棠区统计局"),
            ("海棠区投资稳步增长\n", "\n　　来源：海棠网\n", "海棠网"), ("海棠区投资稳步增长\n", "\n海棠日报记者 秦某\n", "海棠日报"),
        ])
    func publisher(head: String, tail: String, name: String) throws {
        #expect(try setting(head + Self.text + tail).publisher == name)
    }

    @Test(
        "who is no publisher is not taken for one",
        arguments: ["资料来源：海棠区统计局年报", "本报讯（记者 秦某）", "来源：本站", "据海棠电力公司消息，"])
    func noPublisher(line: String) throws {
        #expect(try setting("海棠区投资稳步增长\n" + line + "\n" + Self.text).publisher == nil)
    }

    @Test("the title stands below the way through the site and without the site's name")
    func title() throws {
        #expect(try setting("当前位置：首页>统计数据\n海棠区2023年统计公报_海棠区人民政府\n" + Self.text).title == "海棠区2023年统计公报")
        let two = "关于海棠区2023年预算执行情况\n和2024年预算草案的报告\n海棠区财政局\n" + Self.text
        #expect(try setting(two).title == "关于海棠区2023年预算执行情况和2024年预算草案的报告")
        #expect(try setting("表3  2023年海棠区工业产品产量（单位：吨）\n" + Self.text).title == "2023年海棠区工业产品产量")
        #expect(try setting("一、综合\n" + Self.text).title == nil)
    }

    @Test("the year is what the title reports on, of two the one before")
    func year() throws {
        #expect(try setting("海棠区2023年统计公报\n" + Self.text).year == 2023)
        #expect(try setting("关于海棠区2023年预算执行情况和2024年预算草案的报告\n" + Self.text).year == 2023)
        #expect(try setting("2024年海棠区政府工作报告\n" + Self.text).year == nil)
    }

    @Test("a document's number is read from a line of its own, not from one that quotes another")
    func number() throws {
        #expect(try setting("关于下达计划的通知\n海政发〔2024〕12号\n" + Self.text).number == "海政发〔2024〕12号")
        #expect(try setting("关于下达计划的通知\n根据海政发〔2023〕7号文件精神，现通知如下。\n" + Self.text).number == nil)
    }

    @Test("a page's fields tell what its readers do not see")
    func metadata() throws {
        let page = """
            <html><head><title>海棠区门户</title><meta name="ArticleTitle" content="上半年投资增长8.1%">
            <meta name='PubDate' content='2024-07-19 10:20'><meta name="ContentSource" content="海棠区发改局"></head>
            <body><h1>上半年投资增长8.1%</h1><p>\(Self.text)</p></body></html>
            """
        let setting = try setting(page)
        #expect(setting.title == "上半年投资增长8.1%")
        #expect(setting.published == "2024-07-19")
        #expect(setting.publisher == "海棠区发改局")
        #expect(setting.origins.published == .metadata)
    }

    @Test("what was found travels with the article, and older messages have none of it")
    func message() throws {
        let bytes = Array("海棠区2023年统计公报\n海统发〔2024〕3号\n2024-03-15\n\(Self.text)".utf8)
        let article = try #require(engine.segment(try engine.decode(bytes), bulletin: BulletinID(bytes: bytes)).first)
        #expect(article.setting.number != nil)
        #expect(article.setting.year == 2023)
        #expect(try Article(message: article.message()) == article)
    }

    @Test("the fields that a site prints above a document are no title, and tell day and publisher")
    func fields() throws {
        let rows = """
            索 引 号：HT0101-2024-0031
            发布机构 海棠区财政局
            成文日期 : | 2024-07-01 | 发布日期 : | 2024-07-19 |
            标 题 : | 关于海棠区2023年财政决算的报告 |

            """
        let setting = try setting(rows + Self.text)
        #expect(setting.title == "关于海棠区2023年财政决算的报告")
        #expect(setting.publisher == "海棠区财政局")
        #expect(setting.published == "2024-07-19")
        let below = "索引号 HT0101/2024-0031\n主题分类：财政\n海棠区2023年财政决算草案\n"
        #expect(try self.setting(below + Self.text).title == "海棠区2023年财政决算草案")
    }

    @Test("JSON-LD tells title, day and publisher of a page that has no fields of its own")
    func linkedData() throws {
        let page = """
            <html><head><title>海棠网</title><script type="application/ld+json">{"@type": "NewsArticle", "headline":
            "海棠区投资稳步\\u589e\\u957f", "datePublished": "2024-07-19T08:00:00+08:00",
            "publisher": {"@type": "Organization", "name": "海棠日报"}}</script></head><body><p>
            """
        let setting = try setting(page + Self.text + "</p></body></html>")
        #expect(setting.title == "海棠区投资稳步增长")
        #expect(setting.published == "2024-07-19")
        #expect(setting.publisher == "海棠日报")
    }
}
