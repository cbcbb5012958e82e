import BulletinModel
import Testing

@testable import Reading

@Suite("Of which round of the accounts a figure is")
struct VintageTests {
    /// The vintages of a text's figures, `-` where none is told.
    private func vintages(_ text: String) throws -> [String] {
        let engine = Engine(lexicon: try Lexicon.shipped())
        let decoded = try engine.decode(Array(text.utf8))
        return engine.segment(decoded, bulletin: BulletinID(bytes: Array(text.utf8))).flatMap(engine.extract).map {
            $0.vintage?.rawValue ?? "-"
        }
    }

    @Test("the word in front of an amount tells; rates and changes belong to what was done")
    func budget() throws {
        let head = "# 汉中市2023年预算执行情况和2024年预算草案的报告\n\n"
        let text = "一般公共预算收入年初预算为52亿元，调整为50亿元，实际完成51亿元，为预算的102%，增长3.5%。"
        #expect(try vintages(head + text) == ["budget", "adjusted", "-", "-", "-"])
        #expect(try vintages(head + "完成年初预算12亿元的98%。") == ["budget", "-"])
        #expect(try vintages(head + "支出由90亿元调整为96亿元。") == ["budget", "adjusted"])
    }

    @Test("a section of plans makes its amounts budgets, one of results does not")
    func section() throws {
        let text = """
            # 关于黄冈市2024年预算执行情况和2025年预算草案的报告

            一、2024年预算执行情况

            一般公共预算收入180亿元，增长5%。

            二、2025年预算安排情况

            一般公共预算收入190亿元，比上年执行数增长6%。
            """
        #expect(try vintages(text) == ["-", "-", "budget", "budget"])
    }

    @Test("final accounts and flash figures hold for what was done in the whole text")
    func document() throws {
        let final = "# 2023年宜春市决算草案的报告\n\n一般公共预算收入年初预算160亿元，完成165亿元，为预算的103%。"
        #expect(try vintages(final) == ["budget", "final", "final"])
        let flash = "# 常德市2024年预算执行情况\n\n一般公共预算收入完成210亿元，增长4%。\n\n以上数据均为快报数。"
        #expect(try vintages(flash) == ["flash", "flash"])
    }

    @Test("a first computation holds for its paragraph, and not for aims")
    func preliminary() throws {
        let text = "# 2024年南充市统计公报\n\n初步核算，全市生产总值2900亿元，增长6%。\n\n年末常住人口550万人。"
        #expect(try vintages(text) == ["preliminary", "preliminary", "-"])
        #expect(try vintages("# 2024年南充市政府工作报告\n\n生产总值预期增长6%。") == ["-"])
    }

    @Test("a note that all figures are first ones holds for the text; words in front of 初步 change nothing")
    func note() throws {
        let text = "# 2023年遂宁市统计公报\n\n全市生产总值1700亿元，增长6%。\n\n注：本公报数据均为初步统计数。"
        #expect(try vintages(text) == ["preliminary", "preliminary"])
        #expect(try vintages("据初步统计，假期全市接待游客90万人次。") == ["preliminary"])
    }

    @Test("what the year before had is known when this year's is computed first")
    func yearBefore() throws {
        let text = "# 2024年南充市统计公报\n\n初步核算，全市生产总值2900亿元，占全省的比重由2022年的4.1%提高到4.3%。"
        #expect(try vintages(text) == ["preliminary", "-", "preliminary"])
    }

    @Test("final accounts may be a draft in brackets, and end where a part of the next year is told")
    func finalAccounts() throws {
        #expect(try vintages("# 关于万源市2022年财政决算（草案）的报告\n\n一般公共预算收入12亿元。") == ["final"])
        let text = """
            # 关于万源市2022年决算和2023年上半年预算执行情况的报告

            一、2022年决算情况

            一般公共预算收入12亿元。

            二、2023年上半年预算执行情况

            一般公共预算收入7亿元，增长3%。
            """
        #expect(try vintages(text) == ["final", "-", "-"])
    }

    @Test("a report of a town names the round right in front of its amounts")
    func plainText() throws {
        let text = "# 柳河镇政府工作报告\n\n全年财政支出年初预算900万元，调整预算为1100万元，实现支出1080万元。"
        #expect(try vintages(text) == ["budget", "adjusted", "-"])
    }
}
