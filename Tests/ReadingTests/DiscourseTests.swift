import Testing

@testable import Reading

/// Where sentences and clauses end, and what they hold.
@Suite struct DiscourseTests {
    private let lexicon: Lexicon

    init() throws { lexicon = try Lexicon.words() }

    private func parts(_ text: String) -> (Tokens, Discourse) {
        let scalars = Scalars.of(text)
        let tokens = Tokens(Passage(scalars: scalars, origin: Array(scalars.indices)), lexicon)
        return (tokens, Discourse(tokens))
    }

    private func clauses(_ text: String) -> [String] {
        let (tokens, discourse) = parts(text)
        return discourse.clauses.map { Scalars.string(tokens.s[$0.range]) }
    }

    @Test(
        "clauses end at commas, semicolons, colons and sentences, and nowhere inside numbers, titles and quotations",
        arguments: [
            ("投资1,200万元，增长5%。", ["投资1,200万元", "增长5%"]),
            ("三次产业比为7.1:40.2:52.7，结构更优", ["三次产业比为7.1:40.2:52.7", "结构更优"]),
            ("印发《办法，试行》后落实", ["印发《办法，试行》后落实"]), ("其中：工业用电3亿度;农业1亿度", ["其中", "工业用电3亿度", "农业1亿度"]),
            ("粮食增产.油料减产", ["粮食增产", "油料减产"]),
        ])
    func ends(_ text: String, _ expected: [String]) { #expect(clauses(text) == expected) }

    @Test("brackets hold clauses of their own, and the clause around them goes on behind")
    func brackets() {
        let (tokens, discourse) = parts("新增病例58例（甲市30例，乙市9例）均已入院，情况稳定。明日通报。")
        let texts = discourse.clauses.map { Scalars.string(tokens.s[$0.range]) }
        #expect(texts == ["新增病例58例（甲市30例，乙市9例）均已入院", "情况稳定", "甲市30例", "乙市9例", "明日通报"])
        #expect(discourse.clauses.map(\.depth) == [0, 0, 1, 1, 0])
        #expect(discourse.clauses[3].parent == 0 && discourse.clauses[3].sentence == 0)
        #expect(discourse.clause(at: 10).range == discourse.clauses[2].range)
        #expect(discourse.sentences.count == 2 && discourse.sentences[1].clauses == 4..<5)
    }

    @Test("an unclosed bracket closes nothing")
    func unclosed() { #expect(clauses("完成3项（含续建，开工5项") == ["完成3项（含续建", "开工5项"]) }

    @Test("clauses know their list marks, 其中 and 分别")
    func marks() {
        let (_, discourse) = parts("一是新建学校3所；二是改建2所。（三）其中公办1所，甲、乙分别为2人和3人。")
        #expect(discourse.clauses[0].item?.style == .first && discourse.clauses[0].item?.number == 1)
        #expect(discourse.clauses[1].item?.number == 2 && discourse.clauses[1].opening == .semicolon)
        #expect(discourse.clauses.contains { $0.item?.style == .bracketed && $0.item?.number == 3 && $0.isAmong })
        #expect(discourse.clauses.contains { $0.respectively != nil && $0.closing == .sentence })
    }

    @Test("figures are counted into clauses and sentences")
    func figures() {
        let scalars = Scalars.of("甲3个，乙4个（丙5个）。丁6个")
        let tokens = Tokens(Passage(scalars: scalars, origin: Array(scalars.indices)), lexicon)
        let discourse = Discourse(tokens, figures: [1..<3, 5..<7, 9..<11, 14..<16])
        #expect(discourse.sentences.map(\.figures) == [0..<3, 3..<4])
        #expect(discourse.clauses.map(\.figures) == [0..<1, 1..<3, 2..<3, 3..<4])
    }

    @Test("text without a word has one empty clause", arguments: ["", "  ", "。。"])
    func empty(_ text: String) {
        let (_, discourse) = parts(text)
        #expect(!discourse.clauses.isEmpty && !discourse.sentences.isEmpty)
        _ = discourse.clause(at: text.unicodeScalars.count)
    }
}
