import BulletinModel
import GRDB
import Testing

@testable import Store

/// A small bulletin with all that belongs to it.
enum Rows {
    static let text = "经济运行。全市生产总值3012亿元，增长5.3%，进出口200亿元，目标6%。"
    static let bulletin = Bulletin(bytes: Array(text.utf8), source: "样报.txt")
    static let article = Article(
        bulletin: bulletin.id, ordinal: 1, headline: "经济运行", start: 0, end: text.unicodeScalars.count, text: text,
        setting: .init(published: "2024-07-20"))

    static func indicator(
        _ start: Int, _ quote: String, _ name: String, _ value: String, kind: Indicator.Kind = .level,
        status: Indicator.Status = .actual, period: String? = nil, code: String? = nil, region: String? = nil
    ) -> Indicator {
        Indicator(
            article: article.id, bulletin: bulletin.id, articleOrdinal: 1, start: start,
            end: start + quote.unicodeScalars.count, repetition: 0, quote: quote, name: name, value: value,
            unit: kind == .change ? "%" : "元", kind: kind, base: kind == .change ? .yearOnYear : nil, bound: .exact,
            status: status, period: period.map { .init(start: $0 + "-01-01", end: $0 + "-12-31") }, code: code,
            region: region.map { .init(name: $0, code: $0 == "洛阳市" ? "410300" : nil) }, confidence: 0.9,
            rules: ["unit", "name"])
    }

    static let indicators = [
        indicator(11, "3012亿元", "生产总值", "301200000000", period: "2023", code: "gdp", region: "洛阳市"),
        indicator(19, "5.3%", "生产总值", "5.3", kind: .change, period: "2023", code: "gdp", region: "洛阳市"),
        indicator(27, "200亿元", "进出口", "20000000000", period: "2022", code: "imports_exports", region: "某县"),
        indicator(35, "6%", "目标", "6", kind: .change, status: .target),
    ]

    static let closing = Closing(
        article: article.id, bulletin: bulletin.id, count: indicators.count,
        digest: Closing.digest(of: indicators.map { $0.message() }), engine: EngineVersion(number: 1, lexicon: "ab"))

    static let letter = DeadLetter(
        id: DeadLetterID(worker: "sink", topic: "t", key: nil, value: [1]),
        origin: Place(topic: "t", partition: 0, offset: 5),
        worker: "sink", stage: "store", code: "broken_json", reason: "It is bad.", attempts: 1,
        failedAt: "2024-07-20T00:00:00.000Z", engine: 1, key: nil, value: [1])

    static let changes: [StoreChange] = [
        .bulletin(bulletin, received: "2024-07-20T00:00:00.000Z"), .article(article), .reading(closing, indicators),
        .deadLetter(letter),
    ]
}

extension BulletinStore {
    /// GRDB's connections to a store that is an SQLite file.
    func pool() throws -> DatabasePool {
        try #require(database as? SQLiteDatabase).pool
    }
}
