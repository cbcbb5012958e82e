import Testing

@testable import Reading

/// Numbers and units in the forms that publishers give them.
@Suite struct NumberFormsTests {
    private let lexicon: Lexicon

    init() throws { lexicon = try Lexicon.words() }

    /// Value and unit of each figure, folded as a paragraph is.
    private func read(_ text: String) -> [String] {
        let scalars = Scalars.of(text)
        let passage = Layout.fold(scalars, [scalars.indices], 0)
        return QuantityPass.read(Tokens(passage, lexicon)).map { "\($0.value)\($0.unit)" }
    }

    @Test(
        "marks that say nothing and second forms of ideographs change no number",
        arguments: [
            ("税收收入⼆⼗五亿元", "2500000000元"), ("人口六十万人", "600000人"), ("增长7\u{2060}.5%", "7.5%"), ("增长7\u{AD}5%", "75%"),
            ("占4\u{FE0F}8%", "48%"),
        ])
    func folded(_ text: String, _ figure: String) { #expect(read(text) == [figure]) }

    @Test(
        "thousands may be set apart by any blank or an apostrophe",
        arguments: [
            ("实现产值2 345.6亿元", "234560000000元"), ("出栏1\u{A0}234\u{A0}567头", "1234567头"),
            ("拨付12\u{202F}300万元", "123000000元"),
            ("创汇1'500万美元", "15000000美元"),
        ])
    func grouped(_ text: String, _ figure: String) { #expect(read(text) == [figure]) }

    @Test(
        "old and spelled forms",
        arguments: [
            ("到会一千三百十二名", "1312名"), ("减租百分之卅", "30%"), ("每户卅五斤", "35斤"), ("生猪廿八头", "28头"), ("产铁四百零六萬噸", "4060000噸"),
        ])
    func old(_ text: String, _ figure: String) { #expect(read(text) == [figure]) }

    @Test(
        "a measure told in two units is one figure",
        arguments: [("平均用时2小时15分", ["2.25小时"]), ("建设工期缩短1年6个月", ["1.5年"]), ("亩产二石五斗", ["2.5石"])])
    func compound(_ text: String, _ figures: [String]) { #expect(read(text) == figures) }

    @Test(
        "a structure is one share for each part, a ratio to one is a level, and times and scores are nothing",
        arguments: [
            ("三次产业结构调整为6.2:38.4:55.4", ["6.2%", "38.4%", "55.4%"]),
            ("粮经作物比例由八五初的8∶2调到7∶3", ["80%", "20%", "70%", "30%"]),
            ("城乡居民收入比为2.31:1", ["2.31"]), ("于当日9:30:15开始", []), ("以比分3:2取胜", []),
        ])
    func structures(_ text: String, _ figures: [String]) { #expect(read(text) == figures) }

    @Test(
        "what a noun measures without a unit is a figure without one",
        arguments: [
            ("城乡收入比由2.61缩小至2.54", ["2.61", "2.54"]), ("群众满意度从88.4提升至91.2。", ["88.4", "91.2"]),
            ("综合指数为102.3，", ["102.3"]),
        ])
    func dimensionless(_ text: String, _ figures: [String]) { #expect(read(text) == figures) }

    @Test(
        "an amount that says which ones are counted is none",
        arguments: [
            ("投资1亿元以上的32个", ["32个"]), ("新建6层以上住宅15栋", ["15栋"]), ("产值超过50亿元的企业有9家", ["9家"]),
            ("28个城市机动车保有量超过80万辆", ["28个"]),
            ("建成5人制足球场12个", ["12个"]), ("30户以上自然村通了公路", []),
        ])
    func definitions(_ text: String, _ figures: [String]) { #expect(read(text) == figures) }

    @Test(
        "a sign is one, a word that ends like one is none",
        arguments: [
            ("年终结余-2.4亿元", ["-240000000元"]), ("净增户籍人口-860人", ["-860人"]), ("税收增速为▲2.8%", ["-2.8%"]),
            ("为企业减负12亿元", ["1200000000元"]),
            ("每期10万-20万元", ["100000元"]),
        ])
    func signs(_ text: String, _ figures: [String]) { #expect(read(text) == figures) }

    @Test(
        "a unit cuts no word, and bodies are counted without a classifier",
        arguments: [
            ("补助农户3万户家庭", ["30000户"]), ("下辖6镇4乡", ["6个", "4个"]), ("筹集保障房1200套（间）", ["1200套（间）"]),
            ("泄洪流量800立方米每秒", ["800立方米每秒"]),
            ("绿地面积36㎢", ["36㎢"]), ("贷款2万元欧元", ["20000欧元"]), ("借款港币800万", ["8000000港币"]),
            ("生产总值连续跨越2万亿、3万亿两个台阶", ["2000000000000元"]),
        ])
    func units(_ text: String, _ figures: [String]) {
        let found = read(text)
        #expect(figures.allSatisfy(found.contains), "\(found)")
    }

    @Test(
        "hours that changed, or that are many, measure",
        arguments: [
            ("发电设备利用3120小时", ["3120小时"]), ("水电同比提高12小时", ["12小时"]), ("优良天数保持在330天以上", ["330天"]),
        ])
    func lengths(_ text: String, _ figures: [String]) { #expect(read(text) == figures) }
}
