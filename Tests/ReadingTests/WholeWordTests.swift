import BulletinModel
import Testing

@testable import Reading

/// Words that hold the letters of shorter ones are read as one.
@Suite struct WholeWordTests {
    @Test(
        "a name keeps all of its first and last word",
        arguments: [
            ("全区逾期贷款余额4亿元。", "逾期贷款余额"), ("查处超标排放企业9家。", "查处超标排放企业"),
            ("拦下超载车辆25辆。", "拦下超载车辆"), ("催缴不足额缴存单位6家。", "催缴不足额缴存单位"),
            ("年内完成关键共性技术攻关18项。", "关键共性技术攻关"), ("春运航班起降3100余架次。", "航班起降"),
            ("全区9层以上住宅14栋。", "9层以上住宅"),
        ])
    func names(text: String, name: String) throws {
        let engine = Engine(lexicon: try Lexicon.shipped())
        let decoded = try engine.decode(Array(text.utf8))
        let found = engine.segment(decoded, bulletin: BulletinID(bytes: Array(text.utf8))).flatMap(engine.extract)
        #expect(found.last.map(\.name) == name)
        #expect(found.last?.kind == .level)
    }
}
