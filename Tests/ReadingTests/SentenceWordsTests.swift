import BulletinModel
import Testing

@testable import Reading

@Suite struct SentenceWordsTests {
    /// Whether all that a pattern needs stands in the sentence of a text's figure, which is its digits.
    private func has(_ pattern: String, _ text: String) throws -> Bool {
        let lexicon = try Lexicon.shipped()
        let scalars = Scalars.of(text)
        let tokens = Tokens(Passage(scalars: scalars, origin: Array(scalars.indices)), lexicon)
        let first = try #require(scalars.firstIndex(where: Glyph.isDigit))
        let last = try #require(scalars.lastIndex(where: Glyph.isDigit))
        let words = RuleText(tokens, figures: [first..<(last + 1)]).sentence(around: 0)
        return try PatternParser.parse(pattern) { lexicon[$0] }.needs.allSatisfy { words.has($0) }
    }

    @Test(
        "what a pattern needs is looked for in its own sentence",
        arguments: [
            ("^ 收入 为 @", "收入为9", true), ("^ 收入 为 @", "收入高。支出为9", false), ("^ 收入 为 @", "支出为9。收入高", false),
            ("[收入|支出] @", "支出为9", true), ("[收入|支出] @", "结余为9", false), ("[收入]? @", "结余为9", true),
            ("<budgetSide> @", "结余为9", false), ("<budgetSide> @", "收入为9", true), ("!收入 @", "结余为9", true),
            ("收入 ， @", "收入,9", true),
        ])
    func needed(pattern: String, text: String, expected: Bool) throws {
        #expect(try has(pattern, text) == expected)
    }

    @Test("a pattern that reaches beyond its sentence is always run")
    func beyond() throws {
        #expect(try has("收入 高 。 @", "支出低。9"))
    }
}
