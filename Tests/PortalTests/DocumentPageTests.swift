import BulletinModel
import Crypto
import Foundation
import Reading
import Testing

@testable import Messages
@testable import Portal

/// What a person gets to see of a document: every figure in its place, its reading, what was left out and why.
@Suite struct DocumentPageTests {
    private static let bulletin = """
        # 云溪县二〇二四年经济运行情况

        发布时间：2025-02-11

        全年实现地区生产总值186.4亿元，同比增长5.9%。社会消费品零售总额约71亿元。依据《条例》第12条，3月5日召开会议。

        | 指标 | 绝对量（亿元） | 增长（%） |
        | --- | --- | --- |
        | 固定资产投资 | 92.5 | 4.1 |
        | 一般公共预算收入 | 13.8 | -2.6 |

        """

    /// The shipped tables; without their words nothing is read.
    private static func lexicon() throws -> Lexicon {
        let folder = URL(filePath: #filePath).appending(path: "../../../Config/lexicon").standardized
        var tables: [String: String] = [:]
        for name in Lexicon.tableNames {
            tables[name] = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        }
        return try Lexicon(tables: tables)
    }

    private static func page(_ text: String, file: String = "云溪.md", _ language: Language = .english) throws -> String {
        let engine = Engine(lexicon: try Self.lexicon())
        let bytes = Array(text.utf8)
        let decoded = try engine.decode(bytes)
        let bulletin = BulletinID(bytes: bytes)
        return DocumentPage(
            file: file, bulletin: bulletin, text: decoded,
            sheets: engine.segment(decoded, bulletin: bulletin).map { ($0, engine.examine($0), engine.blocks(of: $0)) },
            engine: engine.engineVersion, language: language
        ).html
    }

    /// All that a pattern finds; of a pattern with a group, what the group holds.
    private static func all(_ pattern: String, in html: String) throws -> [String] {
        try html.matches(of: Regex(pattern)).map { String($0.output[$0.output.count - 1].substring ?? "") }
    }

    @Test("each figure is marked in place, links to its reading, and the reading links back")
    func figures() throws {
        let html = try Self.page(Self.bulletin)
        #expect(html.contains(#">186.4亿元</a>"#) && html.contains(#">5.9%</a>"#))
        #expect(html.contains("= 18,640,000,000 元"))
        let marks = try Self.all(#"<a class="fig [a-z]+" id="f(\d+)""#, in: html)
        #expect(marks.count >= 7)
        for number in marks {
            #expect(html.contains("<li id=\"r\(number)\""))
            #expect(html.contains("href=\"#r\(number)\"") && html.contains("href=\"#f\(number)\""))
        }
    }

    @Test("names on the page are unique, and what is pointed at is there")
    func anchors() throws {
        let html = try Self.page(Self.bulletin)
        let ids = try Self.all(#" id="([^"]+)""#, in: html)
        #expect(Set(ids).count == ids.count)
        for target in try Self.all(##" href="#([^"]+)""##, in: html)
            + Self.all(#"aria-describedby="([^"]+)""#, in: html)
        {
            #expect(ids.contains(target), "\(target)")
        }
    }

    @Test("a number that is no figure is greyed, with the reason")
    func leftOut() throws {
        let html = try Self.page(Self.bulletin, .chinese)
        let mark = try #require(
            html.firstMatch(of: try Regex(##"<a class="out" [^>]*href="#(u1-\d+)"[^>]*>第12</a>"##)))
        let entry = try #require(mark.output[1].substring)
        #expect(html.contains("<li id=\"\(entry)\">"))
        #expect(html.contains("<span class=\"reason\">序号</span>"))
    }

    @Test("tables are tables, with heads that say what they are of")
    func tables() throws {
        let html = try Self.page(Self.bulletin)
        #expect(html.contains(#"<th scope="col">绝对量（亿元）</th>"#))
        #expect(html.contains(#"<th scope="row">固定资产投资</th>"#))
        #expect(try Self.all(#"<td><a class="fig [^>]*>([^<]+)</a>"#, in: html) == ["92.5", "4.1", "13.8", "-2.6"])
    }

    @Test("nothing of a hostile document becomes markup, and the name of its file neither")
    func hostile() throws {
        let attack = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><a href=javascript:alert(3)>"
        let html = try Self.page(
            "# \(attack)\n\n本报讯 全年实现\(attack)产值12.5亿元，增长\u{202E}%5\u{202C}，&lt;b&gt;占3%。\u{0}\u{1B}[31m\n\n全县人口8.4万人\(attack)。\n",
            file: "\"><script>alert(4)</script>.md")
        #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(!html.contains("<script") && !html.contains("<img") && !html.contains("javascript:alert(3)>"))
        #expect(!html.contains("\u{202E}") && !html.contains("\u{0}") && !html.contains("\u{1B}"))
        let names = Set(try Self.all(#"<([a-z][a-z0-9]*)[ >]"#, in: html))
        #expect(names.isSubset(of: Self.elements), "\(names.subtracting(Self.elements))")
        let attributes = Set(try Self.all(#"<[a-z][^>]*? ([a-z-]+)="[^"]*""#, in: html))
        #expect(attributes.isDisjoint(with: ["src", "onerror", "style", "srcset", "data", "action"]))
    }

    private static let elements: Set = [
        "html", "head", "meta", "title", "style", "body", "a", "header", "p", "h1", "h2", "h3", "h4", "h5", "h6", "dl",
        "div", "dt", "dd", "section", "ul", "ol", "li", "span", "b", "main", "article", "aside", "table", "caption",
        "thead", "tbody", "tr", "th", "td", "details", "summary", "footer",
    ]

    @Test("markup of a web page is read and never passed on")
    func webPage() throws {
        let html = try Self.page(
            """
            <!DOCTYPE html><html><head><title>云溪县统计局</title><script>steal()</script></head><body>
            <h1>一季度运行情况</h1><p onclick="steal()">一季度，规模以上工业增加值<b>增长7.2%</b>。</p>
            <table><tr><th>指标</th><th>数值（万吨）</th></tr><tr><td>粮食</td><td>31.5</td></tr></table></body></html>
            """)
        #expect(html.contains(">7.2%</a>") && !html.contains("steal()") && !html.contains("onclick"))
        #expect(html.contains(#"<th scope="row">粮食</th>"#))
    }

    @Test("the page's policy allows its own style and nothing else")
    func policy() throws {
        let html = try Self.page(Self.bulletin)
        let style = try #require(try Self.all("(?s)<style>(.*?)</style>", in: html).first)
        let digest = Data(SHA256.hash(data: Data(style.utf8))).base64EncodedString()
        let policy = try #require(try Self.all(#"Content-Security-Policy" content="([^"]+)""#, in: html).first)
        #expect(
            policy
                == "default-src &#39;none&#39;; style-src &#39;sha256-\(digest)&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"
        )
        for loads in ["url(", "@import", "http:", "https:", "//"] { #expect(!html.contains(loads), "\(loads)") }
    }

    @Test("what no article holds is shown as such")
    func between() throws {
        let engine = Engine(lexicon: try Self.lexicon())
        let text = DecodedText(scalars: Scalars.of("要闻版\n全县投资8亿元。\n责任编辑"), encoding: .utf8, form: .plain)
        let bulletin = BulletinID(bytes: [1])
        let article = Article(bulletin: bulletin, ordinal: 1, start: 4, end: 13, text: text.string(4..<13))
        let html = DocumentPage(
            file: "a.txt", bulletin: bulletin, text: text,
            sheets: [(article, engine.examine(article), engine.blocks(of: article))],
            engine: engine.engineVersion, language: .chinese
        ).html
        #expect(html.contains("不属于任何一篇的文字</p><p lang=\"zh\">要闻版</p></aside>"))
        #expect(html.contains("<p lang=\"zh\">责任编辑</p></aside>") && html.contains(">8亿元</a>"))
    }

    @Test("labels are in the language that was asked for")
    func languages() throws {
        #expect(try Self.page(Self.bulletin, .chinese).contains("比上年同期"))
        #expect(try Self.page(Self.bulletin, .chinese).contains("<html lang=\"zh-Hans\">"))
        #expect(try Self.page(Self.bulletin, .english).contains("change on the year before"))
        #expect(Language(environment: ["LANG": "zh_CN.UTF-8"]) == .chinese)
        #expect(Language(environment: ["LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"]) == .english)
        #expect(Language(environment: [:]) == .english)
    }

    @Test(
        "periods are written after each language's habit",
        arguments: [
            ("2024-01-01", "2024-12-31", "2024年", "2024"),
            ("2024-01-01", "2024-06-30", "2024年1—6月", "January to June 2024"),
            ("2024-02-01", "2024-02-29", "2024年2月", "February 2024"),
            ("2024-12-31", "2024-12-31", "2024年12月31日", "31 December 2024"),
            ("2021-01-01", "2025-12-31", "2021—2025年", "2021 to 2025"),
        ])
    func periods(_ start: String, _ end: String, _ chinese: String, _ english: String) {
        let period = Indicator.Period(start: start, end: end)
        #expect(Phrases(language: .chinese).span(period) == chinese)
        #expect(Phrases(language: .english).span(period) == english)
    }
}
