import BulletinModel
import Testing

@testable import Reading

@Suite struct KindPassTests {
    /// Kind and signed value of each figure.
    private func read(_ text: String) -> [String] {
        let scalars = Scalars.of(text)
        guard let lexicon = try? Lexicon.words() else { return [] }
        let tokens = Tokens(Passage(scalars: scalars, origin: Array(scalars.indices)), lexicon)
        return KindPass.read(QuantityPass.read(tokens), in: tokens).map { "\($0.kind) \($0.value)" }
    }

    @Test(
        "a verb right before the numeral makes it a change, with its sign",
        arguments: [
            ("收入增长5.3%", "change 5.3"), ("产量同比下降4.7%", "change -4.7"), ("比上年提高2个百分点", "change 2"),
            ("种植面积比上年减少0.3万亩", "change -3000"), ("能耗下降了近3%", "change -3"), ("降幅达到45%", "change -45"),
            ("增速为-3.2%", "change -3.2"), ("进口额增长1.7倍", "change 1.7"), ("存款比年初多30亿元", "change 3000000000"),
            ("贫困人口减少1386万", "change -13860000"), ("增速低于全国1.7个百分点", "change -1.7"), ("压减一般性支出15%", "change -15"),
            ("实现7%的增长速度", "change 7"), ("审批时间压缩一半以上", "change -50"),
            ("综合指数比上年提高18点", "change 18"), ("物价指数下降3点，", "change -3"),
        ])
    func changes(text: String, expected: String) {
        #expect(read(text) == [expected])
    }

    @Test(
        "amounts, rates and what a movement reaches are levels",
        arguments: [
            ("完成投资138亿元", "level 13800000000"), ("失业率5.1%", "level 5.1"), ("贡献率提高到58.5%", "level 58.5"),
            ("减税降费约1.3万亿元", "level 1300000000000"), ("新增市场主体300户", "level 300"), ("化解率达到100%", "level 100"),
            ("改建工程全长35.6公里", "level 35.6"), ("超过500家", "level 500"), ("增加值300亿元", "level 30000000000"),
        ])
    func levels(text: String, expected: String) {
        #expect(read(text) == [expected])
    }

    @Test("from one level to another", arguments: ["税率由9.8%降至7.5%", "税率从9.8%下降到7.5%"])
    func movement(text: String) {
        #expect(read(text) == ["level 9.8", "level 7.5"])
    }

    @Test("a share stays a share when it moves")
    func shares() {
        #expect(read("占全市的8.8%") == ["share 8.8"])
        #expect(read("比重由30%提高到36%，占比36.5%") == ["share 30", "share 36", "share 36.5"])
        #expect(read("第一产业比重下降3.1个百分点") == ["change -3.1"])
    }

    @Test("the members of a list share their verb")
    func lists() {
        #expect(read("分别增长5.1%、4.3%和3%") == ["change 5.1", "change 4.3", "change 3"])
        #expect(read("分别下降2.16和1.66个百分点") == ["change -2.16", "change -1.66"])
        #expect(read("增长10.3%、下降3.1%") == ["change 10.3", "change -3.1"])
    }

    @Test("places are ranks")
    func ranks() {
        #expect(read("总量居全省第四位") == ["rank 4"])
    }

    @Test("a clock time is no point of an index")
    func clock() {
        #expect(read("营业时间延长至晚上9点，提前到8点").isEmpty)
    }

    @Test("zero has no sign")
    func zero() {
        #expect(read("下降0.0%") == ["change 0"])
    }
}
