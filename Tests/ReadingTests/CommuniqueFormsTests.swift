import BulletinModel
@testable import Reading
import Testing

/// Forms of statistical communiqués and department notices.
@Suite struct CommuniqueFormsTests {
    private let engine: Engine
    init() throws { engine = Engine(lexicon: try Lexicon.words()) }

    private func indicators(_ text: String) throws -> [Indicator] {
        let bytes = Array(text.utf8)
        let decoded = try engine.decode(bytes)
        return engine.segment(decoded, bulletin: BulletinID(bytes: bytes)).flatMap(engine.extract)
    }

    private func lines(_ text: String) throws -> [String] {
        try indicators(text).map { "\($0.name) \($0.value)\($0.unit) \($0.kind.rawValue)" }
    }

    @Test("a table set as plain lines: amounts with their units, changes in percent under their head")
    func growthTable() throws {
        let text = """
            1991年统计公报

            主要产品产量如下：
            1991年 比上年增长%
            生铁 310 万吨 4.5
            其中：优质铁 82万吨 -1.6
            （折标准品）
            自行车 20.4万辆—7
            电扇 6万台 2倍
            塑料 9.5万吨
            产品质量有所提高。
            """
        #expect(
            try lines(text) == [
                "生铁 3100000吨 level", "生铁 4.5% change", "优质铁 820000吨 level", "优质铁 -1.6% change",
                "自行车 204000辆 level", "自行车 -7% change", "电扇 60000台 level", "电扇 2倍 change", "塑料 95000吨 level",
            ])
        #expect(try indicators(text).allSatisfy { $0.period == .init(start: "1991-01-01", end: "1991-12-31") })
        #expect(
            try lines("产品 单位 产量 比上年增长（%）\n生铁 万吨 310 4.5\n钢丝 吨 800 -2\n") == [
                "生铁产量 3100000吨 level", "生铁产量 4.5% change", "钢丝产量 800吨 level", "钢丝产量 -2% change",
            ])
    }

    @Test("numbers without a unit have the one that stands over them")
    func unitAbove() throws {
        #expect(
            try lines("表2 财政收支 单位：万元\n指标 绝对数 比上年增长%\n总收入 1200 5.1\n其中：契税 80 -3\n") == [
                "总收入 12000000元 level", "总收入 5.1% change", "契税 800000元 level", "契税 -3% change",
            ])
        #expect(
            try lines("指标 绝对数（亿元） 增长（%）\n总收入 12 5.1\n契税 8 -3\n") == [
                "总收入 1200000000元 level", "总收入 5.1% change", "契税 800000000元 level", "契税 -3% change",
            ])
        #expect(try lines("指标 绝对数 增长%\n总收入 1200 5.1\n契税 80 -3\n") == ["总收入 5.1% change", "契税 -3% change"])
    }

    @Test("a head without rows under it stays prose")
    func noTable() throws {
        #expect(try lines("今年比上年增长%\n全县水产品产量3万吨，增长4%。").count == 2)
    }

    @Test("a cell may hold a unit of its own")
    func cellUnit() throws {
        #expect(
            try lines("| 产品 | 产量 | 比上年增长（%） |\n| --- | --- | --- |\n| 生铁 | 310万吨 | 4.5 |\n") == [
                "生铁产量 3100000吨 level", "生铁产量 4.5% change",
            ])
    }

    @Test(
        "names",
        arguments: [
            (
                "全市有县级医院12所，床位3400张，卫生技术人员5100人。",
                ["县级医院", "县级医院床位", "县级医院卫生技术人员"]
            ),
            ("职业学校招生800人，比上年减少20人；在校生2500人，毕业生700人。", ["职业学校招生", "职业学校招生", "职业学校在校生", "职业学校毕业生"]),
            ("医院床位使用率81%，其中，专科医院77%。", ["医院床位使用率", "专科医院床位使用率"]),
            ("门诊次均费用200元，按当年价格比上年上涨4%，按可比价格上涨3%。", ["门诊次均费用", "门诊次均费用", "门诊次均费用"]),
            ("国有企业产品合格率98%，高于规模以上企业平均水平2个百分点。", ["国有企业产品合格率", "国有企业产品合格率"]),
            ("初级中学共有教职工90人，专任教师70人。", ["初级中学教职工", "初级中学专任教师"]),
            ("师范学校招生人数600人，其中本科200人。", ["师范学校招生人数", "本科招生人数"]),
            ("对8所敬老院进行了检查。", ["敬老院"]),
            ("全区共有各级各类学校310所。", ["各级各类学校"]),
            ("甜菜300公顷，增长2%，产量9000吨。", ["甜菜", "甜菜", "甜菜产量"]),
            ("60个重点项目中，已立项41个，已开工32个，开工率78%。", ["重点项目", "立项重点项目", "开工重点项目", "重点项目开工率"]),
            ("越南为我市第二大贸易伙伴，占进出口总值的8%。", ["贸易伙伴", "越南"]),
            ("外资企业进出口增长6%，占全市的20%。其中，出口增长5%。", ["外资企业进出口", "外资企业进出口", "外资企业出口"]),
            ("重点项目年度计划投资8亿元，累计完成投资6亿元。", ["重点项目年度计划投资", "投资"]),
            ("全镇有义务教育学校8所。义务教育阶段学生3000人。", ["义务教育学校", "义务教育阶段学生"]),
        ])
    func names(text: String, expected: [String]) throws {
        #expect(try indicators(text).map(\.name) == expected)
    }

    @Test("what a rate is compared with is its base")
    func bases() throws {
        #expect(try indicators("茶叶出口增长9%，比外贸总体增速高3个百分点。").map(\.base) == [.yearOnYear, .other])
        #expect(try indicators("茶叶出口增长9%，比上年同期增速高3个百分点。").map(\.base) == [.yearOnYear, .yearOnYear])
        #expect(try indicators("完成投资3亿元，超过时间进度5个百分点。").map(\.base) == [nil, .target])
    }

    @Test("the budget that is fulfilled in part is an aim")
    func budget() throws {
        #expect(try indicators("5月，税收累计完成300万元，完成年初预算数900万元的33.3%。").map(\.status) == [.actual, .target, .actual])
    }

    @Test("the part of a year that a title names alone holds for what has no date")
    func title() throws {
        let period = try indicators("2021年一季度财政运行情况\n\n全县税收3亿元，增长4%。").map(\.period)
        #expect(
            period == [.init(start: "2021-01-01", end: "2021-03-31"), .init(start: "2021-01-01", end: "2021-03-31")])
    }

    @Test("a stay in hospital is measured in days")
    func stay() throws {
        #expect(try lines("出院患者平均住院日为7.5日。") == ["出院患者平均住院日 7.5日 level"])
    }
}
