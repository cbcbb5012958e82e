import BulletinModel
import Testing

@testable import Store

@Suite("Search for words in articles")
final class SearchTests {
    private var place: TestDatabase?
    private var store: BulletinStore!

    private func begin(_ backend: Backend) throws {
        let place = try TestDatabase(backend)
        self.place = place
        store = try place.open()
    }

    /// Stores an article with one indicator, whose name is the article's number.
    private func put(_ number: Int, _ text: String, headline: String? = nil, form: Article.Form = .plain) throws {
        let bulletin = Bulletin(bytes: Array("\(number) \(text)".utf8), source: "\(number).txt")
        let article = Article(
            bulletin: bulletin.id, ordinal: 1, headline: headline, start: 0, end: text.unicodeScalars.count, text: text,
            form: form)
        let indicator = Indicator(
            article: article.id, bulletin: bulletin.id, articleOrdinal: 1, start: 0, end: 1, repetition: 0, quote: "1",
            name: "\(number)", value: "1", unit: "", kind: .level)
        let closing = Closing(
            article: article.id, bulletin: bulletin.id, count: 1, digest: Closing.digest(of: [indicator.message()]),
            engine: EngineVersion(number: 1, lexicon: "ab"))
        try store.apply(
            [.bulletin(bulletin, received: nil), .article(article), .reading(closing, [indicator])], moving: [])
    }

    private func found(_ text: String, limit: Int? = nil) throws -> [String] {
        var query = IndicatorQuery()
        query.text = text
        query.limit = limit
        return try store.indicators(query).map(\.indicator.name).sorted()
    }

    @Test("the text of the index is the pairs of an article in order")
    func pairText() {
        for text in ["", "粮", "粮食产量A1", "𠮷野家 2024年"] {
            let folded = SearchWords.folded(text)
            #expect(SearchWords.pairText(folded) == SearchWords.pairs(folded).joined(separator: " "))
        }
    }

    @Test(
        "words of one character, of two and of many are found where they stand and nowhere else",
        arguments: Backend.available)
    func words(_ backend: Backend) throws {
        try begin(backend)
        try put(1, "全年粮食总产量31.5万吨，财政收入1620.9亿元")
        try put(2, "粮油与食品；财政支出，收入1620亿元，9亿元。粮")
        try put(3, "口粮 食用", headline: "夏粮\n丰收")
        #expect(try found("粮食") == ["1", "3"])
        #expect(try found("粮") == ["1", "2", "3"])
        #expect(try found("财政收入") == ["1"])
        #expect(try found("1620.9亿元") == ["1"])
        #expect(try found("夏粮丰收") == ["3"])
        #expect(try found("丰收口粮") == [])
        #expect(try found("\" OR 粮") == [] && found("'; --") == [] && found("*") == [])
        #expect(try found("粮", limit: 2).count == 2)
    }

    @Test("what a reader sees of a page is searched, not its markup", arguments: Backend.available)
    func pages(_ backend: Backend) throws {
        try begin(backend)
        try put(
            1, "<p class=\"note\">地区生产总值<b>1162</b>.95&nbsp;亿元</p><script>var 粮食 = 1</script><!-- 出口 -->", form: .html)
        #expect(try found("1162.95亿元") == ["1"])
        #expect(try found("note") == [] && found("粮食") == [] && found("出口") == [])
    }

    @Test("full-width and capital letters are the same as plain ones", arguments: Backend.available)
    func folding(_ backend: Backend) throws {
        try begin(backend)
        try put(1, "ＧＤＰ增长５．２％")
        #expect(try found("gdp增长5.2%") == ["1"] && found("GDP") == ["1"])
    }

    @Test("articles that came before the index are put into it, and told of", arguments: Backend.available)
    func earlier(_ backend: Backend) throws {
        try begin(backend)
        for number in 1...3 { try put(number, "第\(number)篇讲粮食") }
        try store.write { session in
            try session.run("DELETE FROM searched", [])
            if session.dialect == .sqlite {
                try session.run("INSERT INTO article_search (article_search) VALUES ('delete-all')", [])
            }
        }
        #expect(try found("粮食") == [])
        var told: [Int] = []
        try store.indexForSearch { done, all in told += [done, all] }
        #expect(told == [3, 3])
        #expect(try found("粮食") == ["1", "2", "3"])
        try store.indexForSearch { _, _ in Issue.record("there is nothing left") }
    }

    @Test("the views that other programs rely on keep their columns", arguments: Backend.available)
    func views(_ backend: Backend) throws {
        try begin(backend)
        try put(1, "粮食")
        let rows = try store.read {
            try $0.rows(
                """
                SELECT id, name, measure, value, number, value_to, unit, kind, base, bound, status, scope, vintage,
                    period_start, period_end, region, region_code, confidence, quote, first_scalar, past_last_scalar, article,
                    article_ordinal, bulletin, source, title, headline, publisher, published FROM indicators_plain
                """)
        }
        #expect(rows.count == 1)
        let cells = try store.read {
            try $0.rows(
                """
                SELECT region_code, region, year, measure, kind, base, status, scope, vintage, number, unit, bound, confidence, id,
                    quote, name, published, publisher, title, source FROM panel_cells
                """)
        }
        #expect(cells.isEmpty)
    }
}
