import Testing

@testable import Reading

/// How passages are cut into words.
@Suite struct TokensTests {
    private let lexicon: Lexicon

    init() throws { lexicon = try Lexicon.shipped() }

    private func tokens(_ text: String) -> Tokens {
        let scalars = Scalars.of(text)
        return Tokens(Passage(scalars: scalars, origin: Array(scalars.indices)), lexicon)
    }

    @Test(
        "no word is found inside a longer one",
        arguments: [
            ("各项贷款余额拉高5%", "拉高"), ("本县新签约招商项目12个", "新签约"), ("突破关键共性技术30项", "共性"),
            ("机场保障起降航班8000架次", "起降"), ("福建省将乐县今年种植烟叶", "将乐县"), ("查处超载车辆56台次", "超载"),
            ("清收逾期贷款4.2亿元", "逾期"), ("完成地区生产总值310亿元", "地区生产总值"),
        ])
    func longerWords(_ text: String, _ word: String) {
        let words = tokens(text).text.split(separator: "|").map(String.init)
        #expect(words.contains(word), "\(words)")
    }

    @Test(
        "a number is one word, its magnitude another",
        arguments: [
            ("投资1,234.5万元", "投资|1,234.5|万|元"), ("共一千二百十四名", "共|一千二百十四|名"), ("增长5.3%", "增长|5.3|%"),
            ("建成GDP模型", "建成|GDP|模型"), ("二十三家", "二十三|家"),
        ])
    func numbers(_ text: String, _ cut: String) { #expect(tokens(text).text == cut) }

    @Test("every scalar belongs to one token, and every token leads back to its scalars")
    func covering() {
        let all = tokens("2024年，全市一般公共预算收入完成89.6亿元（同口径），同比增长6.1%。")
        #expect(all.all.first?.start == 0 && all.all.last?.end == all.s.count)
        for (i, token) in all.all.enumerated() {
            if i > 0 { #expect(all[i - 1].end == token.start) }
            for scalar in token.range { #expect(all.index(at: scalar) == i) }
        }
        #expect(all.index(at: all.s.count) == all.count)
    }

    @Test("words of the tables carry what they are")
    func values() throws {
        let all = tokens("去年河南省地区生产总值6万亿元")
        let named = Dictionary(all.all.enumerated().map { (Scalars.string(all.s[$1.range]), $0) }) { $1 }
        #expect(all.calendar(try #require(named["去年"])) == .relativeYear(-1))
        #expect(all.divisions(try #require(named["河南省"]))?.isEmpty == false)
        #expect(all.measure(try #require(named["地区生产总值"])) == "gdp")
        #expect(all.unit(try #require(named["元"]))?.family == .money)
    }

    @Test("a longer word of the tables is found over the best path, one that cuts a word is not")
    func edges() throws {
        let all = try Tokens(
            Passage(scalars: Scalars.of("分别增长五成"), origin: Array(0..<6)),
            Lexicon.shipped(with: ["words.tsv": "分别增长\tamong\n别增\tnoun\n分别\tadverb,respectively\n增长\tverb\n"]))
        #expect(all.longest(.among, startingAt: 0) == 0..<4)
        #expect(all.longest(.among, endingAt: 4) == 0..<4)
        #expect(all.longest(.noun, startingAt: 1) == nil)
    }

    @Test("an unknown feature and a broken row name file and line")
    func broken() {
        for (table, text, place) in [
            ("words.tsv", "# head\n增长\tgrows\n", "words.tsv:2: grows"), ("words.tsv", "增长\n", "words.tsv:1:"),
            ("units.tsv", "吨\tweight\n", "units.tsv:1: weight"),
            ("calendar.tsv", "今年\tsoon\t\n", "calendar.tsv:1: soon"),
            ("vocabulary.tsv", "今年\t12x\tt\n", "vocabulary.tsv:1:"), ("words.tsv", "\tverb\n", "words.tsv:1:"),
        ] {
            #expect { _ = try Lexicon(tables: [table: text]) } throws: {
                ($0 as? LexiconError)?.message.hasPrefix(place) == true
            }
        }
    }

    @Test("a row added to the words changes the cut without a build")
    func rows() throws {
        let before = tokens("全市新签协议")
        #expect(before.text.hasSuffix("新签|协议"))
        let words = (Lexicon.shippedTables["words.tsv"] ?? "") + "新签协议\tnoun\n"
        let lexicon = try Lexicon.shipped(with: ["words.tsv": words])
        let after = Tokens(before.passage, lexicon)
        #expect(after.text.hasSuffix("|新签协议"))
    }
}
