import BulletinModel
@testable import Reading
import Testing

/// What figures without a name of their own are of, in running text.
@Suite struct CarriedNameTests {
    private func indicators(_ text: String) throws -> [Indicator] {
        try ReadText(text + "。", with: Lexicon.words()).indicators
    }

    @Test(
        "names",
        arguments: [
            ("第三产业占地区生产总值的比重上升2.5个百分点", ["第三产业"]),
            ("居民储蓄普遍翻了一番", ["居民储蓄"]),
            ("在2018年全省开放水平评价中，我县位列第12位", ["开放水平评价"]),
            ("蚕茧产量达到900吨，实现产值0.6亿元", ["蚕茧产量", "蚕茧产值"]),
            ("纺织企业实现税收2亿元，比上年增长4%，实现利润3亿元", ["纺织企业税收", "纺织企业税收", "纺织企业利润"]),
            ("个体私营企业出口增长6%，高出整体增速2个百分点，占出口总值的31%", ["个体私营企业出口", "个体私营企业出口增速", "个体私营企业出口"]),
            ("对马来西亚、新加坡、老挝出口分别增长8%、5%、3%", ["对马来西亚出口", "对新加坡出口", "对老挝出口"]),
            ("可利用水面占4.2%，面积610公顷", ["可利用水面", "可利用水面面积"]),
            ("完成投资7000万元，新增生产能力近2亿元", ["投资", "新增生产能力"]),
            ("使52万名工人实现了再就业", ["再就业工人"]),
            ("实施总投资45亿元的12个技改项目", ["技改项目总投资", "技改项目"]),
            ("推进16个占地共800亩的仓储项目", ["仓储项目", "仓储项目占地"]),
            ("推动9个旧厂区整体改造提升", ["改造提升旧厂区"]), ("有4个在建水库提前投产", ["投产在建水库"]),
            ("15个水利项目进展顺利", ["水利项目"]),
            ("城镇特困人员900人，其中市本级120人、集中供养300人", ["城镇特困人员", "市本级城镇特困人员", "集中供养城镇特困人员"]),
            ("10天时间拆除旧房2万平方米", ["拆除旧房"]), ("进口额是去年同期的三倍", ["进口额"]),
            ("资本利用比例逐步提高到25%", ["资本利用比例"]),
        ])
    func names(text: String, expected: [String]) throws {
        #expect(try indicators(text).map(\.name) == expected)
    }

    @Test("a note in parentheses does not say what the figure behind it is")
    func note() throws {
        let found = try indicators("城镇人口31.5万人，占总人口比重（城镇化率）为48.2%")
        #expect(found.map(\.kind) == [.level, .share] && found.map(\.name) == ["城镇人口", "城镇人口"])
    }

    @Test("both ends of a fall have the unit of their subject")
    func unitOfBoth() throws {
        #expect(try indicators("低收入人口由1990年的1.2亿减少到2000年的3000万").map(\.unit) == ["人", "人"])
    }

    @Test("a comparison with the same months of a year is a base, a minus sign a value below zero")
    func signs() throws {
        #expect(try indicators("与2017年同期相比，货运量增长6%").map(\.base) == [.since(year: 2017)])
        #expect(try indicators("气温最高36.5℃，最低-4.5℃").map(\.value) == ["36.5", "-4.5"])
        #expect(try indicators("景气指数比上季度提高12点").map(\.unit) == ["点"])
        #expect(try indicators("汇率比上年末上升12个基本点").map(\.unit) == ["基本点"])
    }

    @Test("a multiple of last year's is of this year")
    func multiple() throws {
        let found = try indicators("2022年工作回顾\n\n签约项目数为去年的近两倍，其中工业项目12个")
        #expect(found.map(\.period?.start) == ["2022-01-01", "2022-01-01"])
    }

    @Test("an amount that only says which ones are counted is no figure")
    func threshold() throws {
        #expect(try indicators("重点项目30个，超百亿元项目2个").map(\.quote) == ["30个", "2个"])
    }

    @Test("a title that looks back at a year tells the year of what stands under it")
    func title() throws {
        let period = try indicators("2021年工作回顾\n\n新建粮库6座").first?.period
        #expect(period?.start == "2021-01-01" && period?.end == "2021-12-31")
    }
}
