import BulletinModel
import Testing

@testable import Reading

@Suite struct PatternTests {
    /// What a pattern captures around the last figure in 【】 of a text; nil where it does not match.
    private func captures(_ pattern: String, _ text: String) throws -> [String?]? {
        var scalars: [UInt32] = []
        var figures: [Range<Int>] = []
        for c in Scalars.of(text) {
            switch c {
            case 0x3010: figures.append(scalars.count..<scalars.count)
            case 0x3011: figures[figures.count - 1] = figures[figures.count - 1].lowerBound..<scalars.count
            default: scalars.append(c)
            }
        }
        let lexicon = try Lexicon.shipped()
        let tokens = Tokens(Passage(scalars: scalars, origin: Array(scalars.indices)), lexicon)
        let parsed = try PatternParser.parse(pattern) { lexicon[$0] }
        let match = RuleText(tokens, figures: figures).match(parsed, at: figures.count - 1)
        return match?.captures.map { $0.map { Scalars.string(scalars[$0]) } }
    }

    @Test(
        "a pattern is met around its figure, and says what stood there",
        arguments: [
            ("^ (~) 为 @", "收入9亿元，支出为【8亿元】", "支出"), ("(<budgetSide>) <figureLink>* @", "其中收入达到【8亿元】", "收入"),
            ("@ 的 (~) $", "【三成】的农户，", "农户"), ("^^ (~) ~~ # ， 增长 @", "产值【9亿元】，增长【5%】", "产值"),
            ("（ (~) @ ）", "病例9例（上海 【3例】）", "上海 "), ("[在|于] (\\d{1,4}) 年 @", "在12年【3次】", "12"),
            ("(.{2,4}) [达|为]? @", "粮食产量【3吨】", "产量"),
        ])
    func met(pattern: String, text: String, expected: String) throws {
        #expect(try captures(pattern, text)?[0] == expected)
    }

    @Test(
        "it is not met where something else stands",
        arguments: [
            ("^ 收入 @", "总收入【9亿元】"), ("收入 !年 @", "收入年【9亿元】"), ("# 、 @", "产值、【9亿元】"), ("~ ， @ $", "产值，【9亿元】的"),
            ("^ ~ 为 @", "收入为（含税）【9亿元】"), ("<figureLink> @", "签约【9亿元】"),
        ])
    func notMet(pattern: String, text: String) throws {
        #expect(try captures(pattern, text) == nil)
    }

    @Test(
        "a pattern that cannot be read says why",
        arguments: ["^ 收入", "@ @", "(收入 @", "<nothing> @", "* @", "@ {2}", "a)@"])
    func broken(pattern: String) {
        #expect(throws: PatternError.self) { try PatternParser.parse(pattern) { _ in .none } }
    }

    @Test("a pattern costs the same on any text")
    func bounded() throws {
        let text = String(repeating: "的", count: 900)
        #expect(try captures("^ [~ ~]{1,9} ~ 为 @", text + "【9亿元】") == nil)
    }

    @Test(
        "a broken row is named with its table and line",
        arguments: [
            ("a\tb", "10 cells"), ("a\tb\tc\t\t@\tsubject\t【1】\tx\t【1】\tx", "no number"),
            ("a\tb\t1\tkind\t@\tsubject\t【1】\tx\t【1】\tx", "key=value"),
            ("a\tb\t1\t\t<x> @\ty\t【1】\tx\t【1】\tx", "feature x"),
            ("a\tb\t1\t\t@\tsubject\t1\tx\t【1】\tx", "【】"),
        ])
    func brokenRow(row: String, words: String) {
        #expect {
            try RuleTable("# rules\n" + row, name: "rules/x.tsv") { _ in .none }
        } throws: { error in
            let message = (error as? LexiconError)?.message ?? ""
            return message.hasPrefix("rules/x.tsv:2: ") && message.contains(words)
        }
    }
}
