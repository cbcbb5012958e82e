import BulletinModel
import Testing

@testable import Reading

/// Names of what is counted with what becomes of it, of what bodies do, and of what goes on behind both.
@Suite struct NamePredicateTests {
    private func names(_ text: String) throws -> [String] {
        try ReadText(text + "。", with: Lexicon.words()).indicators.map(\.name)
    }

    @Test(
        "what becomes of those counted goes with their noun, and alone where the unit tells them",
        arguments: [
            ("园区9个项目正在办理环评手续", ["办理环评手续项目"]), ("甲集团等6家单位签订合作协议", ["签订合作协议单位"]),
            ("对14家企业下达整改通知书", ["下达整改通知书企业"]), ("为320户特困家庭进行住房修缮", ["住房修缮特困家庭"]),
            ("已对7家下达处罚决定书", ["下达处罚决定书"]),
        ])
    func predicate(text: String, expected: [String]) throws {
        #expect(try names(text) == expected)
    }

    @Test(
        "who does something does not name what is done",
        arguments: [
            ("县水利局疏浚河道40公里", ["疏浚河道"]), ("市公安局查处酒后驾驶320起", ["查处酒后驾驶"]),
            ("县工会慰问困难职工300人", ["慰问困难职工"]), ("规上企业利润12亿元", ["规上企业利润"]),
        ])
    func agent(text: String, expected: [String]) throws {
        #expect(try names(text) == expected)
    }

    @Test(
        "a thing made is no works, and one of a single character is a thing, too",
        arguments: [
            ("矿区全年生产了约700万吨铁矿石", ["生产铁矿石"]), ("今年生产了90万吨铁和20万吨铜", ["生产铁", "生产铜"]),
            ("某公司30万吨烧碱项目投产", ["某公司投产烧碱项目"]),
        ])
    func things(text: String, expected: [String]) throws {
        #expect(try names(text) == expected)
    }

    @Test(
        "a noun ends where a part of those counted follows, at another figure, and behind what only describes",
        arguments: [
            ("25个标段中已完工标段11个", ["标段", "完工标段"]), ("亩产由四百五十斤提高到六百斤和七百斤", ["亩产", "亩产", "亩产"]),
            ("帮扶2600名符合条件的残疾人就业", ["帮扶残疾人就业"]), ("30家世界500强企业落户", ["落户世界500强企业"]),
        ])
    func ends(text: String, expected: [String]) throws {
        #expect(try names(text) == expected)
    }

    @Test(
        "a bare measure is of the thing counted or introduced in front of it",
        arguments: [
            ("青龙山为全县最高点，海拔1620米；东部河谷为最低点，海拔210米", ["青龙山海拔", "东部河谷海拔"]),
            (
                "镇属企业发展到90家（村办61家，联办29家），职工3000人，产值800万元",
                ["镇属企业", "村办镇属企业", "联办镇属企业", "镇属企业职工", "镇属企业产值"]
            ),
            ("肉羊饲养量40万只，出栏25万只", ["肉羊饲养量", "肉羊出栏"]), ("签约项目16个，协议资金90亿元", ["签约项目", "签约项目协议资金"]),
            ("员工由800人增至1200人", ["员工", "员工"]),
        ])
    func bare(text: String, expected: [String]) throws {
        #expect(try names(text) == expected)
    }
}
