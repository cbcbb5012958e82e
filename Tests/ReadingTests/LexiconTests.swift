import BulletinModel
import Foundation
import Testing

@testable import Reading

@Suite struct LexiconTests {
    private func shipped() throws -> Lexicon { try Lexicon.shipped() }

    @Test(
        "the shipped table knows the measures by their usual names",
        arguments: [
            ("生产总值", "gdp"), ("地区生产总值", "gdp"), ("GDP", "gdp"), ("全市生产总值", "gdp"), ("生产总值增速", "gdp"),
            ("市本级一般公共预算支出", "general_public_expenditure"), ("规模以上工业增加值", "industrial_value_added_above_scale"),
            ("新增城镇就业", "urban_new_jobs"), ("出口", "exports"), ("市场主体总量", "market_entities"),
            ("红河哈尼族彝族自治州地区生产总值", "gdp"), ("一般公共财政预算收入", "general_public_revenue"),
            ("全口径财政收入", "broad_fiscal_revenue"), ("固定资产投资完成额增速", "fixed_asset_investment"),
        ])
    func known(name: String, code: String) throws {
        #expect(try shipped().code(name) == code)
    }

    @Test("every code that other programs rely on is in the table")
    func contract() throws {
        let path = URL(filePath: #filePath).appending(path: "../../../Config/lexicon/measures.tsv").standardized
        let codes = Set(
            try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map { $0.prefix { $0 != "\t" } })
        let promised = """
            gdp primary_value_added secondary_value_added tertiary_value_added industrial_value_added fixed_asset_investment \
            retail_sales general_public_revenue general_public_expenditure gov_fund_revenue gov_fund_expenditure tax_revenue \
            imports_exports exports imports foreign_investment cpi ppi resident_population urbanisation_rate \
            disposable_income disposable_income_urban disposable_income_rural urban_new_jobs unemployment_rate grain_output \
            electricity_use deposits loans tourist_visits tourism_revenue freight_volume passenger_volume pm25 \
            insurance_premiums market_entities
            """
        for code in promised.split(whereSeparator: \.isWhitespace) { #expect(codes.contains(code), "\(code)") }
    }

    @Test("an unknown name has no code")
    func unknown() throws {
        #expect(try shipped().code("口袋公园") == nil)
    }

    @Test("an edited table changes the digest, and a broken one is told with its line")
    func edits() throws {
        let one = try Lexicon(tables: ["measures.tsv": "gdp\t生产总值\t\n"])
        let two = try Lexicon(tables: ["measures.tsv": "gdp\t生产总值\tGDP\n"])
        #expect(one.digest != two.digest && one.digest.count == 64)
        #expect(throws: LexiconError.self) { try Lexicon(tables: ["measures.tsv": "# x\ngdp\n"]) }
        do {
            _ = try Lexicon(tables: ["measures.tsv": "a\t甲\t\nb\t乙\t甲\n"])
            Issue.record("two codes with one name were taken")
        } catch {
            #expect(error.message.contains("measures.tsv:2") && error.message.contains("甲"))
        }
    }

    @Test("a table says the same whichever editor saved it")
    func editors() throws {
        let measures = "# code, name\ngdp\t生产总值\tGDP\n"
        let regions = "# code, name\n110000\t北京市\t北京\n220604\t江源区\t江源\t\t2005\n"
        for form: (String) -> String in [{ $0 }, { $0.replacing("\n", with: "\r\n") }, { "\u{FEFF}" + $0 }] {
            let lexicon = try Lexicon(tables: ["measures.tsv": form(measures), "regions.tsv": form(regions)])
            #expect(lexicon.code("GDP") == "gdp" && lexicon.code("生产总值") == "gdp")
            let engine = Engine(lexicon: lexicon)
            let text = try engine.decode(Array("# 北京市公报\n\n2024年，北京市生产总值5亿元。\n".utf8))
            let articles = engine.segment(text, bulletin: BulletinID(bytes: []))
            let found = articles.flatMap { engine.extract($0) }
            #expect(found.first?.region?.name == "北京市", "\(found)")
        }
        for bad in ["\t生产总值\n", "gdp\t\n", "gdp 生产总值\r\n"] {
            #expect(throws: LexiconError.self) { try Lexicon(tables: ["measures.tsv": bad]) }
        }
    }
}
