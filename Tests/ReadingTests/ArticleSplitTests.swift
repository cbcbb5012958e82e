import BulletinModel
import Testing

@testable import Reading

@Suite("Articles of one document") struct ArticleSplitTests {
    private let engine: Engine

    init() throws {
        engine = Engine(lexicon: try Lexicon.words())
    }

    private func headlines(_ text: String) throws -> [String?] {
        let bytes = Array(text.utf8)
        let decoded = try engine.decode(bytes)
        let articles = engine.segment(decoded, bulletin: BulletinID(bytes: bytes))
        for article in articles {
            #expect(article.text == Scalars.string(decoded.scalars[article.start..<article.end]))
        }
        return articles.map(\.headline)
    }

    private static let one = "前五个月，全市完成公路货运量1260万吨，同比增长4.2%，其中集装箱运量占三成以上。"
    private static let two = "截至5月末，全市共有养老机构86家、床位1.2万张，护理型床位占比达到62%。"

    @Test("headlines of one level with prose each are articles")
    func headings() throws {
        #expect(try headlines("# 全市货运量稳中有升\n\(Self.one)\n# 全市养老床位超过万张\n\(Self.two)\n") == ["全市货运量稳中有升", "全市养老床位超过万张"])
        #expect(
            try headlines(
                "# 《江城联播》 (20240606)\n### 前五月货运量稳中有升\n江城台消息：\(Self.one)\n### 养老床位增至一万余张\n\(Self.two)\n")
                == ["前五月货运量稳中有升", "养老床位增至一万余张"])
    }

    @Test("headings of a page are articles where no title stands over them")
    func page() throws {
        let page =
            "<html><head><title>江城网</title></head><body><h2>前五月货运量稳中有升</h2><p>\(Self.one)</p>"
            + "<h2>养老床位增至一万余张</h2><p>\(Self.two)</p><h2>江城举办龙舟比赛</h2><p>\(Self.one)</p></body></html>"
        #expect(try headlines(page) == ["前五月货运量稳中有升", "养老床位增至一万余张", "江城举办龙舟比赛"])
    }

    @Test(
        "chapters are no articles",
        arguments: [
            "# 江城市政府工作报告\n## 去年工作\n%1\n## 今年安排\n%2\n", "## 一、交通运输\n%1\n## 二、社会保障\n%2\n",
            "# 江城市2023年统计公报\n## 交通运输和邮政业\n%1\n## 居民生活和社会保障\n%2\n",
            "江城概览\n\n%1\n\n## 全市货运量稳中有升\n%1\n## 全市养老床位超过万张\n%2\n",
            "<html><head><title>江城市2023年统计公报</title></head><body><h2>交通运输和邮政业</h2><p>%1</p><h2>居民生活和社会保障</h2><p>%2</p></body></html>",
        ])
    func chapters(text: String) throws {
        let text = text.split(separator: "%1", omittingEmptySubsequences: false).joined(separator: Self.one)
        #expect(
            try headlines(text.split(separator: "%2", omittingEmptySubsequences: false).joined(separator: Self.two))
                .count == 1)
    }

    @Test("a dateline under a headline begins an article, one in the text does not")
    func datelines() throws {
        let text = "前五月货运量稳中有升\n\(Self.one)\n养老床位增至一万余张\n本报讯（记者 秦某）\(Self.two)\n"
        #expect(try headlines(text) == ["前五月货运量稳中有升", "养老床位增至一万余张"])
        #expect(try headlines("前五月货运量稳中有升\n本报讯（记者 秦某）\(Self.one)\n\(Self.two)\n").count == 1)
    }

    @Test("the items of a digest are articles")
    func digests() throws {
        let items = (1...5).map { "\($0). 第\($0)项工程完工，投资\($0)亿元" }.joined(separator: "\n")
        #expect(try headlines("# 江城早报 2024-06-06\n\n\(items)\n").count == 5)
        #expect(try headlines("# 江城市重点工程\n\n\(items)\n").count == 1)
        let bold = "# 江城联播 (20240606)\n### 联播快讯\n**前五月货运量稳中有升**\n\(Self.one)\n**养老床位增至一万余张**\n\(Self.two)\n"
        #expect(try headlines(bold) == ["前五月货运量稳中有升", "养老床位增至一万余张"])
    }

    @Test("a row of a table whose mark says that it is a part is no headline")
    func marks() throws {
        #expect(try headlines("江城市5月居民消费价格\n#食品 97.2\n#衣着 100.3\n\(Self.one)\n") == ["江城市5月居民消费价格"])
    }

    @Test("Markdown keeps its headings beside tags of HTML")
    func inlineMarkup() throws {
        let text = "# 全市货运量稳中有升\n<p><strong>江城台消息</strong>：\(Self.one)</p>\n# 全市养老床位超过万张\n<p>\(Self.two)</p>\n"
        #expect(try headlines(text) == ["全市货运量稳中有升", "全市养老床位超过万张"])
    }
}
