import BulletinModel
import Testing

@testable import Reading

@Suite("How much of its region a figure speaks of")
struct ScopeTests {
    /// The scopes of a text's figures, `-` where none is told.
    private func scopes(_ text: String) throws -> [String] {
        let engine = Engine(lexicon: try Lexicon.shipped())
        let decoded = try engine.decode(Array(text.utf8))
        return engine.segment(decoded, bulletin: BulletinID(bytes: Array(text.utf8))).flatMap(engine.extract).map {
            $0.scope?.rawValue ?? "-"
        }
    }

    @Test("a figure that nothing narrows is of the whole; without a place nothing is told")
    func whole() throws {
        #expect(try scopes("# 2023年绍兴市统计公报\n\n全市生产总值7791亿元，增长7.8%。粮食产量90万吨。") == ["whole", "whole", "whole"])
        #expect(try scopes("完成投资12亿元。") == ["-"])
    }

    @Test("the level's own budget is told apart from the whole, up to the next of its headings")
    func own() throws {
        let text = """
            # 梅州市2024年预算执行情况和2025年预算草案的报告

            ## 一、2024年预算执行情况

            （一）全市一般公共预算收入98.3亿元，增长3.1%。支出410亿元。

            （二）市本级一般公共预算收入21.5亿元，增长1.2%。其中：税收收入12亿元。

            1．教育支出9亿元。

            （三）全市政府性基金收入35亿元。
            """
        #expect(
            try scopes(text) == ["whole", "whole", "whole", "own", "own", "own", "own", "whole"])
    }

    @Test("in a sentence each place has its own scope, and brackets end theirs")
    func sentence() throws {
        let head = "# 铜川市2025年预算草案的报告\n\n"
        #expect(
            try scopes(head + "全市政府债务余额150亿元，其中：市级62亿元，各区县88亿元。") == ["whole", "own", "part"])
        #expect(
            try scopes(head + "市本级一般公共预算收入20亿元（不含高新区3亿元），增长4%。") == ["own", "part", "own"])
        #expect(try scopes(head + "市级财政下达各区县转移支付30亿元。") == ["own"])
    }

    @Test("zones and districts taken together are parts; 市级 outside of accounts is a rank")
    func part() throws {
        let report = "# 2024年荆门市政府工作报告\n\n"
        #expect(try scopes(report + "新增市级龙头企业12家。开发区完成投资40亿元。") == ["whole", "part"])
        let accounts = "# 荆门市2024年预算执行情况\n\n（一）高新区一般公共预算收入7亿元，为预算的98%。支出9亿元。"
        #expect(try scopes(accounts) == ["part", "part", "part"])
    }

    @Test("全市 is a whole, and a zone a part, where the text does not tell of which city")
    func unknownPlace() throws {
        #expect(try scopes("上半年，全市完成投资12亿元，增长6%。") == ["whole", "whole"])
        #expect(try scopes("一季度，经开区工业增加值增长9%，两年平均增长7%。") == ["part", "part"])
    }

    @Test("the text of a zone is of a part of its city, that of one body's account of nothing whole")
    func zones() throws {
        let zone = "# 荆门高新区2023年经济运行情况\n\n全区完成工业产值90亿元。\n\n新增企业12家。"
        #expect(try scopes(zone) == ["part", "part"])
        #expect(try scopes("# 荆门市图书馆2023年单位决算\n\n支出总计300万元。") == ["-"])
        #expect(try scopes("# 荆门市人民医院简介\n\n医院开放床位900张。") == ["-"])
    }
}
