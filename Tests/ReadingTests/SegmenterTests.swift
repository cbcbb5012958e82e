import BulletinModel
import Foundation
@testable import Reading
import Testing

@Suite struct SegmenterTests {
    private let engine: Engine

    init() throws {
        engine = Engine(lexicon: try Lexicon.words())
    }

    private func segment(_ text: String) throws -> [Article] {
        let bytes = Array(text.utf8)
        return engine.segment(try engine.decode(bytes), bulletin: BulletinID(bytes: bytes))
    }

    private let page = """

        # 开局稳健 全年可期

        ## 东湾区召开经济工作会议

        2月1日,东湾区召开会议。会议指出,要把项目建设放在更加突出的位

        置,抓好落实。

        ### 去年回顾

        完成投资12亿元。

        (钱一)

        东湾·综合

        # 记者走基层

        ## 老街里开出了新店铺

        这条街上新开了18家店。

        东湾报记者 孙二 文/图

        ## 我区启动春季植树

        本报讯(记者 李三)近日,我区启动植树活动。
        """

    @Test("a newspaper page falls into its articles, each with its own names")
    func newspaper() throws {
        let articles = try segment(page)
        #expect(articles.map(\.headline) == ["开局稳健 全年可期", "老街里开出了新店铺", "我区启动春季植树"])
        #expect(articles.map(\.subheadline) == ["东湾区召开经济工作会议", nil, nil])
        #expect(articles.map(\.section) == [nil, "东湾·综合", "东湾·综合"])
        #expect(articles.map(\.column) == [nil, "记者走基层", nil])
        #expect(articles.map(\.byline) == ["(钱一)", "东湾报记者 孙二 文/图", "(记者 李三)"])
        #expect(articles.map(\.ordinal) == [1, 2, 3])
    }

    @Test("every article's text is what stands at its span")
    func spans() throws {
        let text = Scalars.of(page)
        for article in try segment(page) {
            #expect(article.text == Scalars.string(text[article.start..<article.end]))
        }
    }

    @Test("a paragraph that a column break cut is one paragraph again")
    func columnBreak() throws {
        let paragraphs = engine.paragraphs(of: try segment(page)[0])
        #expect(paragraphs == ["2月1日,东湾区召开会议。会议指出,要把项目建设放在更加突出的位置,抓好落实。", "完成投资12亿元。"])
    }

    @Test("a report with headings is one article with its title and day")
    func report() throws {
        let articles = try segment(
            "# 政府工作报告\n\n(2025年1月9日在第三次会议上)\n\n## 一、回顾\n\n增长5%。\n\n## 二、安排\n\n增长4%。\n")
        #expect(articles.count == 1)
        #expect(articles.first?.headline == "政府工作报告")
        #expect(articles.first?.setting.delivered == "2025-01-09")
    }
}
