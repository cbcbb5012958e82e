import BulletinModel
import Testing

@testable import Reading

/// Where the noun of those counted ends, and what becomes of those whose noun is not told again.
@Suite struct NameFateTests {
    private func names(_ text: String) throws -> [String] {
        try ReadText(text + "。", with: Lexicon.words()).indicators.map(\.name)
    }

    @Test(
        "persons are named by what they got or came to",
        arguments: [
            ("全县建成安置点30个，8000人得到临时救助", ["安置点", "得到临时救助"]),
            ("当年新办工厂12家，2万人实现稳定就业", ["工厂", "稳定就业"]),
        ])
    func persons(text: String, expected: [String]) throws {
        #expect(try names(text).last == expected.last)
    }

    @Test(
        "a noun that is not told again is that of the same unit before",
        arguments: [
            ("60项科研项目列入国家计划，90项列入市级计划", "列入市级计划科研项目")
        ])
    func elided(text: String, expected: String) throws {
        #expect(try names(text).last == expected)
    }

    @Test(
        "what money is for does not name it",
        arguments: [("今年公司融资3亿元改善物流", "公司融资"), ("水利局投资2亿元治理河道", "水利局投资")])
    func money(text: String, expected: String) throws {
        #expect(try names(text).first == expected)
    }

    @Test(
        "those who are to do something are named by what is done for them alone",
        arguments: [("市财政支持6个园区开展技术服务平台建设", "支持园区"), ("抽调80名干部参加防汛值守", "抽调干部")])
    func prompted(text: String, expected: String) throws {
        #expect(try names(text).first == expected)
    }

    @Test(
        "what was suffered goes in front",
        arguments: [("大风致320间厂房受到不同程度的损坏", "损坏厂房"), ("5个乡镇27所学校不同程度受损", "受损学校")])
    func suffered(text: String, expected: String) throws {
        #expect(try names(text).last == expected)
    }

    @Test("what is told of the last of several holds for those in front of it")
    func shared() throws {
        #expect(try names("9个村14所小学停产") == ["停产村", "停产小学"])
    }

    @Test(
        "a share of bodies is named with what they did",
        arguments: [
            ("截至年底，92%以上乡镇卫生院已纳入医保定点", "纳入医保定点乡镇卫生院"), ("75%的改造任务落地实施", "落地实施改造任务"),
        ])
    func shares(text: String, expected: String) throws {
        #expect(try names(text).last == expected)
    }

    @Test(
        "with whom or by whom goes with the verb",
        arguments: [("4个县与邻省接壤", "与邻省接壤县"), ("26个村由县级干部挂牌督办", "县级干部挂牌督办村")])
    func related(text: String, expected: String) throws {
        #expect(try names(text).last == expected)
    }
}
