import BulletinModel
import Testing

@testable import Reading

/// Texts in traditional script: read by the same tables, told as they print.
@Suite struct TraditionalScriptTests {
    private let text = """
        # 濱海縣二〇二三年經濟運行情況

        二〇二三年，全縣規模以上工業企業實現利潤總額36.5億元，比上年增長8.2%；糧食產量12.4萬噸，下降1.3%。
        年末發電裝機容量為85萬千瓦。
        """

    @Test func readsAsTheSimplifiedTextReads() throws {
        let read = try ReadText(text).indicators
        #expect(
            read.map(\.name) == [
                "規模以上工業企業利潤總額", "規模以上工業企業利潤總額", "糧食產量", "糧食產量", "發電裝機容量",
            ])
        #expect(
            read.map(\.code) == [
                "industrial_profit", "industrial_profit", "grain_output", "grain_output", "installed_capacity",
            ])
        #expect(read.map { $0.value.description } == ["3650000000", "8.2", "124000", "-1.3", "850000"])
        #expect(read.map(\.base?.rawValue) == [nil, "yoy", nil, "yoy", nil])
        #expect(Set(read.compactMap(\.period?.start)).contains("2023-01-01"))
    }

    @Test func whatIsToldIsAsPrinted() throws {
        let read = try ReadText(text)
        #expect(read.articles.map(\.headline) == ["濱海縣二〇二三年經濟運行情況"])
        #expect(read.articles.map(\.text).allSatisfy { text.contains($0) })
        #expect(read.indicators.map(\.quote) == ["36.5億元", "8.2%", "12.4萬噸", "1.3%", "85萬千瓦"])
        #expect(read.indicators.map(\.unit) == ["元", "%", "噸", "%", "千瓦"])
    }

    @Test func aSimplifiedTextWithAFewTraditionalFormsStaysAsItIs() throws {
        let read = try ReadText("2023年，臺商投資企業實現利潤总额36.5亿元，比上年增长8.2%；全县粮食产量12.4万吨，水果产量3.2万吨，蔬菜产量20万吨，茶叶产量0.3万吨。")
        #expect(read.indicators.last?.name == "茶叶产量")
        let table = try Lexicon.words().variants
        #expect(TraditionalScript(Scalars.of("全县粮食产量12.4万吨，臺商投資增长8.2%，水果产量3.2万吨，蔬菜产量20万吨"), table) == nil)
    }

    @Test func aRowThatIsNoPairOfIdeographsIsNamed() {
        for (row, line) in [("產\t产\nA\tB\n", 2), ("產\t产品\n", 1), ("产\t产\n", 1), ("產\n", 1)] {
            #expect(throws: LexiconError(message: "variants.tsv:\(line): needs an ideograph and its simplified form."))
            {
                _ = try VariantTable(row)
            }
        }
    }
}
