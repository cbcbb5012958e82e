import BulletinModel
import Testing

@testable import Reading

@Suite("Tables")
struct TableReaderTests {
    private let engine: Engine

    init() throws { engine = Engine(lexicon: try Lexicon.words()) }

    /// Name, value and unit of each figure.
    private func read(_ text: String) throws -> [String] {
        let bytes = Array(text.utf8)
        return try engine.segment(engine.decode(bytes), bulletin: BulletinID(bytes: bytes))
            .flatMap(engine.extract).map { "\($0.name) \($0.value)\($0.unit) \($0.kind.rawValue)" }
    }

    @Test("the unit is where the table tells it: caption, corner, column head, row head or a column of its own")
    func units() throws {
        let row = "| --- | --- | --- |\n"
        #expect(
            try read("表3 主要指标（单位：亿元）\n\n| 指标 | 绝对数 | 比上年增长（%） |\n\(row)| 工业增加值 | 61.5 | 4.2 |\n") == [
                "工业增加值 6150000000元 level", "工业增加值 4.2% change",
            ])
        #expect(
            try read("| 指标（单位：万元） | 数额 | 增速 |\n\(row)| 税收 | 300 | -1.5 |\n") == [
                "税收 3000000元 level", "税收 -1.5% change",
            ])
        #expect(
            try read("| 产品 | 产量（万吨） | 同比增长(%) |\n\(row)| 水泥 | 40.5 | 2.0 |\n") == [
                "水泥产量 405000吨 level", "水泥产量 2% change",
            ])
        #expect(
            try read("| 指标 | 本年 | 上年 |\n\(row)| 户籍人口（万人） | 51.2 | 51.0 |\n") == [
                "户籍人口 512000人 level", "户籍人口 510000人 level",
            ])
        #expect(
            try read("| 指标 | 单位 | 数值 |\n\(row)| 发电量 | 亿千瓦时 | 3.5 |\n| 装机 | 千瓦 | 200 |\n") == [
                "发电量 350000000千瓦时 level", "装机 200千瓦 level",
            ])
    }

    @Test("labels over a table that a statistical system gave out tell its measure, and are no name")
    func labelledLines() throws {
        let page = """
            数据库：分省季度数据

            指标：用水总量（亿立方米）

            时间：最近两年

            | 地区 | 2021年 | 2020年 |
            | --- | --- | --- |
            | 河北省 | 181.9 | 182.8 |
            | 山西省 | 72.6 | 72.8 |
            """
        let found = try read(page)
        #expect(
            found == [
                "河北省用水总量 18190000000立方米 level", "河北省用水总量 18280000000立方米 level", "山西省用水总量 7260000000立方米 level",
                "山西省用水总量 7280000000立方米 level",
            ], "\(found)")
    }

    @Test("brackets that hold no unit stay in the name, and a blank line parts two tables")
    func brackets() throws {
        let table = { (unit: String, name: String) in "| 指标 | 数值（\(unit)） |\n| --- | --- |\n| \(name) | 7 |\n" }
        #expect(
            try read(table("亿元", "投资（不含农户）") + "\n" + table("人", "医师")) == [
                "投资（不含农户） 700000000元 level", "医师 7人 level",
            ])
    }

    @Test("rows may end with a mark and not begin with one, and the corner of the head may be lost")
    func trailingMarks() throws {
        let text = "表1 2019年生产总值\n| 绝对数（亿元） | 比上年增长（%） |\n生产总值 | 61.5 | 5.2 |\n第一产业 | 3.7 | -2.6 |\n全年造林86亩。\n"
        #expect(
            try read(text) == [
                "生产总值 6150000000元 level", "生产总值 5.2% change", "第一产业增加值 370000000元 level", "第一产业增加值 -2.6% change",
                "造林 86亩 level",
            ])
        #expect(try read("指标 | 总量（万吨） | 增长（%） |\n粮食 | 43 | 1.5 |\n") == ["粮食 430000吨 level", "粮食 1.5% change"])
    }
}
