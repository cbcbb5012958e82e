import Foundation
import Reading
import Testing

@Suite("Measures")
struct MeasureTableTests {
    private static let path = URL(filePath: #filePath).appending(path: "../../../Config/lexicon/measures.tsv")
        .standardized

    private func shipped() throws -> MeasureTable { try MeasureTable(String(contentsOf: Self.path, encoding: .utf8)) }

    @Test("the shipped table tells of at least 400 measures what they are, in which unit and where to read it")
    func complete() throws {
        let measures = try shipped().measures
        #expect(measures.count >= 400)
        for measure in measures {
            #expect(measure.unit != nil && measure.kind != nil, "\(measure.code)")
            #expect(measure.definition?.hasSuffix("。") == true, "\(measure.code)")
            let year = measure.source?.contains { $0.isNumber } == true
            #expect(year, "\(measure.code) has a source without a year")
        }
    }

    @Test(
        "measures that statisticians keep apart have codes of their own",
        arguments: [
            ["一般公共预算收入", "财政总收入", "全口径财政收入", "税收收入"],
            ["常住人口", "总人口", "户籍人口", "城镇常住人口"],
            ["地区生产总值", "国民生产总值", "人均地区生产总值"],
            ["第一产业增加值", "农林牧渔业增加值", "农业增加值", "农林牧渔业总产值"],
            ["工业增加值", "规模以上工业增加值", "第二产业增加值", "工业总产值"],
            ["固定资产投资", "全社会固定资产投资", "民间投资", "房地产开发投资"],
            ["城镇调查失业率", "城镇登记失业率"], ["常住人口城镇化率", "户籍人口城镇化率"],
            ["农村居民人均可支配收入", "农民人均纯收入"], ["居民消费价格", "城市居民消费价格", "商品零售价格"],
            ["金融机构本外币各项存款余额", "人民币各项存款余额", "住户存款余额", "城乡居民储蓄存款余额"],
            ["社会融资规模增量", "社会融资规模存量"], ["发明专利授权量", "有效发明专利", "每万人口发明专利拥有量"],
            ["接待游客", "接待国内游客", "入境游客"], ["民用汽车保有量", "机动车保有量", "私人汽车保有量"],
            ["能源消费总量", "综合能源消费量"], ["网上零售额", "实物商品网上零售额"],
        ])
    func apart(names: [String]) throws {
        let table = try shipped()
        let codes = names.map { table.measure($0)?.code }
        #expect(!codes.contains(nil) && Set(codes).count == names.count, "\(codes)")
    }

    @Test(
        "a measure is found by its code and by what bulletins call it",
        arguments: [
            ("gdp", "gdp"), ("国内生产总值", "gdp"), ("一般公共财政预算收入", "general_public_revenue"),
            ("固定资产投资完成额", "fixed_asset_investment"), ("新增城镇就业人员", "urban_new_jobs"),
            ("规上工业增加值", "industrial_value_added_above_scale"),
        ])
    func found(name: String, code: String) throws {
        #expect(try shipped().measure(name)?.code == code)
    }

    @Test("what is unknown has neighbours, or none where nothing is like it")
    func nearest() throws {
        let table = try shipped()
        #expect(table.measure("fixed_asset") == nil)
        #expect(table.nearest("fixed_asset").first?.code == "fixed_asset_investment")
        #expect(table.nearest("居民消费物价").first?.code == "cpi")
        #expect(table.nearest("§§").isEmpty)
        #expect(table.search("粮食").count > 2 && table.search("粮食").allSatisfy { !$0.names.isEmpty })
    }

    @Test("a table of three columns is read as before")
    func earlier() throws {
        let table = try MeasureTable("gdp\t生产总值\tGDP,经济总量\npm25\tPM2.5\n")
        #expect(table.measure("GDP")?.code == "gdp" && table.measures.map(\.unit) == [nil, nil])
    }

    @Test(
        "a broken line is named with file, line and what is wrong",
        arguments: [
            ("gdp\n", "needs a code and a name"), ("GDP\t生产总值\n", "no code"), ("9x\t生产总值\n", "no code"),
            ("gdp\t生产总值\t\t元\tlevel\n", "neither stock nor flow"), ("gdp\t甲\ngdp\t乙\n", "line already"),
            ("a\t甲\nb\t乙\t甲\n", "a name of a already"), ("gdp\t甲\t\t元\tflow\t乙\t丙\t丁\n", "8 columns"),
        ])
    func broken(text: String, words: String) {
        #expect {
            try MeasureTable("# measures\n" + text)
        } throws: { error in
            let message = (error as? LexiconError)?.message ?? ""
            return message.hasPrefix("measures.tsv:\(text.split(separator: "\n").count + 1):")
                && message.contains(words)
        }
    }
}
