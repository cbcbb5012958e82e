import BulletinModel
@testable import Reading
import Testing

/// Every way in which bulletins write numbers, units and what becomes of them, read to the end.
@Suite struct FigureFormsTests {
    private let engine: Engine
    init() throws { engine = Engine(lexicon: try Lexicon.words()) }

    /// Each figure as quote, value, unit, kind and bound.
    private func read(_ text: String) throws -> String {
        let bytes = Array((text + "。").utf8)
        let decoded = try engine.decode(bytes)
        return engine.segment(decoded, bulletin: BulletinID(bytes: bytes)).flatMap(engine.extract).map {
            let upper = $0.valueTo.map { "~" + $0 } ?? ""
            let bound = $0.bound == .exact ? "" : " \($0.bound.rawValue)"
            return "\($0.quote) \($0.value)\(upper) \($0.unit) \($0.kind.rawValue)\(bound)"
        }.joined(separator: "; ")
    }

    @Test(
        "numerals",
        arguments: [
            ("总产值４３０．４亿元", "４３０．４亿元 43040000000 元 level"), ("支出３，５９４万元", "３，５９４万元 35940000 元 level"),
            ("支出3,594, 026万元", "3,594, 026万元 35940260000 元 level"), ("自然增长率为-2.41‰", "-2.41‰ -2.41 ‰ level"),
            ("出口增长-3.5%", "-3.5% -3.5 % change"), ("产量增长19·5%", "19·5% 19.5 % change"),
            ("就业1万5千人", "1万5千人 15000 人 level"), ("投资一千多亿元", "一千多亿元 100000000000 元 level over"),
            ("收入两万三千元", "两万三千元 23000 元 level"), ("产值三点五亿元", "三点五亿元 350000000 元 level"),
            ("捐款壹亿贰仟万元", "壹亿贰仟万元 120000000 元 level"), ("道路五百六十公里", "五百六十公里 560 公里 level"),
            ("企业300余家", "300余家 300 家 level over"), ("惠及120多万人", "120多万人 1200000 人 level over"),
            ("建成十几个园区", "十几个 10 个 level over"), ("建成二十来个园区", "二十来个 20 个 level over"),
            ("三四百家企业", "三四百家 300~400 家 level"), ("建设8至10个", "8至10个 8~10 个 level"),
            ("平均寿命七十八点二岁", "七十八点二岁 78.2 岁 level"), ("增收3个亿", "3个亿 300000000 元 change"),
            ("粮食1.3万亿斤", "1.3万亿斤 1300000000000 斤 level"),
        ])
    func numerals(text: String, expected: String) throws {
        #expect(try read(text) == expected)
    }

    @Test(
        "ratios, fractions and multiples",
        arguments: [
            ("下降百分之三点六", "百分之三点六 -3.6 % change"), ("死亡率千分之五", "千分之五 0.5 % level"),
            ("占三分之二", "三分之二 66.67 % share"), ("减少近三分之一", "三分之一 -33.33 % change about"),
            ("减少一半", "一半 -50 % change"), ("投产3/4", "3/4 75 % level"), ("增长三成五", "三成五 35 % change"),
            ("按八折销售", "八折 8 折 level"), ("增长一倍半", "一倍半 1.5 倍 change"), ("产值翻两番", "两番 2 番 change"),
            ("增长三四倍", "三四倍 3~4 倍 change"), ("增长5%—5.5%", "5%—5.5% 5~5.5 % change"),
            ("下降0.8个千分点", "0.8个千分点 -0.8 千分点 change"), ("提高两个百分点", "两个百分点 2 百分点 change"),
            ("下降15个基点", "15个基点 -15 基点 change"), ("增幅扩大0.2个点", "0.2个 0.2 百分点 change"),
            ("达到百分之八十以上", "百分之八十 80 % level over"), ("不足百分之五", "百分之五 5 % level under"),
            ("居全省第3位", "第3位 3 位 rank"), ("居全国第一", "第一 1 位 rank"),
        ])
    func ratios(text: String, expected: String) throws {
        #expect(try read(text) == expected)
    }

    @Test(
        "units",
        arguments: [
            ("节约80万吨标准煤", "80万吨标准煤 800000 吨标准煤 level"), ("用电12亿千瓦时", "12亿千瓦时 1200000000 千瓦时 level"),
            ("货运周转量5亿吨公里", "5亿吨公里 500000000 吨公里 level"), ("旅客周转量3亿人公里", "3亿人公里 300000000 人公里 level"),
            ("均价9800元/平方米", "9800元/平方米 9800 元/平方米 level"), ("单产520公斤/亩", "520公斤/亩 520 公斤/亩 level"),
            ("人均住房38平方米/人", "38平方米/人 38 平方米/人 level"), ("低保标准600元/人·月", "600元/人·月 600 元/人·月 level"),
            ("贷款3亿欧元", "3亿欧元 300000000 欧元 level"), ("贷款5000万港元", "5000万港元 50000000 港元 level"),
            ("贷款100亿日元", "100亿日元 10000000000 日元 level"), ("出口16万亿元人民币", "16万亿元 16000000000000 元 level"),
            ("分别为10、20和30万元", "10 100000 元 level; 20 200000 元 level; 30万元 300000 元 level"),
            ("近1400万农业转移人口", "1400万 14000000 人 level about"), ("降水量860毫米", "860毫米 860 毫米 level"),
            ("吞吐量300万标箱", "300万标箱 3000000 标箱 level"), ("算力1.2EFLOPS", "1.2EFLOPS 1.2 EFLOPS level"),
            ("基尼系数0.46", "0.46 0.46  level"), ("每百户拥有汽车45辆", "45辆 45 辆 level"),
        ])
    func units(text: String, expected: String) throws {
        #expect(try read(text) == expected)
    }

    @Test(
        "what a figure does in its sentence",
        arguments: [
            ("用时由20天压缩到5天", "20天 20 天 level; 5天 5 天 level"), ("税率由3%降至1%", "3% 3 % level; 1% 1 % level"),
            ("第三产业占比52.1%", "52.1% 52.1 % share"), ("完成率达105.6%", "105.6% 105.6 % level"),
            ("减少300人", "300人 -300 人 change"), ("约一万二千人", "一万二千人 12000 人 level about"),
            ("超过三千亿元", "三千亿元 300000000000 元 level over"), ("贫困发生率由10%降到2%以下", "10% 10 % level; 2% 2 % level under"),
            ("收入与支出分别增长5%和3%", "5% 5 % change; 3% 3 % change"), ("产量和销量分别居第二、第三位", "第二 2 位 rank; 第三位 3 位 rank"),
        ])
    func relations(text: String, expected: String) throws {
        #expect(try read(text) == expected)
    }

    @Test(
        "what measures nothing",
        arguments: [
            "上千亿元", "数十万人", "水质达到Ⅱ类", "十四五时期", "2024年1月8日上午9时", "第三产业", "两手抓",
            "召开十五届三次全会", "实施“八八战略”", "一批重点工程", "开展“四进”活动", "全国百强县", "年产值亿元以上企业",
        ])
    func nothing(text: String) throws {
        #expect(try read(text) == "")
    }
}
