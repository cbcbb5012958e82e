import BulletinModel
import Foundation
import Testing

@testable import Store

@Suite("History of figures")
final class IndicatorSeriesTests {
    private var place: TestDatabase?
    private var store: BulletinStore!

    private func begin(_ backend: Backend) throws {
        let place = try TestDatabase(backend)
        self.place = place
        store = try place.open()
    }

    /// Stores a bulletin of one article that states these values for one thing.
    private func state(
        _ values: [String], on day: String?, by publisher: String? = "临江区统计局", region: String? = "洛阳市",
        period: String? = "2023", note: String = ""
    ) throws {
        let text = "\(note)\(day ?? "")：" + values.map { "生产总值\($0)亿元。" }.joined()
        let bulletin = Bulletin(bytes: Array(text.utf8), source: "\(day ?? "undated")\(note).txt")
        let article = Article(
            bulletin: bulletin.id, ordinal: 1, start: 0, end: text.unicodeScalars.count, text: text,
            setting: .init(published: day, publisher: publisher))
        let indicators = values.enumerated().map { place, value in
            Indicator(
                article: article.id, bulletin: bulletin.id, articleOrdinal: 1, start: place, end: place + 1,
                repetition: 0, quote: value + "亿元", name: "生产总值", value: value, unit: "元", kind: .level,
                period: period.map { .init(start: $0 + "-01-01", end: $0 + "-12-31") }, code: "gdp",
                region: region.map { .init(name: $0, code: nil) })
        }
        let closing = Closing(
            article: article.id, bulletin: bulletin.id, count: indicators.count,
            digest: Closing.digest(of: indicators.map { $0.message() }), engine: EngineVersion(number: 1, lexicon: "ab")
        )
        try store.apply(
            [.bulletin(bulletin, received: nil), .article(article), .reading(closing, indicators)], moving: [])
    }

    private func series() throws -> [IndicatorSeries] {
        var all: [IndicatorSeries] = []
        try store.forEachSeries(IndicatorQuery()) { all.append($0) }
        return all
    }

    @Test("a later value stands beside the earlier one and is linked with it", arguments: Backend.available)
    func revision(_ backend: Backend) throws {
        try begin(backend)
        try state(["120"], on: "2024-03-01")
        try state(["118", "118"], on: "2024-12-20")
        try state(["118"], on: "2025-03-01")
        let found = try series()
        try #require(found.count == 1)
        let statements = found[0].statements
        #expect(statements.map(\.stored.indicator.value) == ["120", "118", "118"])
        #expect(statements.map(\.day) == ["2024-03-01", "2024-12-20", "2025-03-01"])
        let ids = statements.map(\.stored.indicator.id)
        #expect(statements.map(\.standing) == [.first, .revises(ids[0]), .confirms(ids[1])])
        #expect(found[0].isRevised)
    }

    @Test("a value that is only rounded otherwise revises nothing", arguments: Backend.available)
    func rounding(_ backend: Backend) throws {
        try begin(backend)
        try state(["120.4"], on: "2024-03-01")
        try state(["120"], on: "2024-04-01")
        #expect(try series().map(\.isRevised) == [false])
        try state(["123"], on: "2024-05-01")
        #expect(try series().map(\.isRevised) == [true])
    }

    @Test("what tells no day is the last, and not dated by its arrival", arguments: Backend.available)
    func undated(_ backend: Backend) throws {
        try begin(backend)
        try state(["118"], on: nil)
        try state(["120"], on: "2024-03-01")
        #expect(try series().first?.statements.map(\.day) == ["2024-03-01", nil])
    }

    @Test("figures that may be of different things are never linked", arguments: Backend.available)
    func different(_ backend: Backend) throws {
        try begin(backend)
        try state(["120"], on: "2024-03-01")
        try state(["119"], on: "2024-03-02", region: "开封市")
        try state(["118"], on: "2024-03-03", period: "2022")
        // Nobody can tell where, or which of two is meant, or when.
        try state(["117"], on: "2024-03-04", by: nil, region: nil)
        try state(["116"], on: "2024-03-05", by: nil, region: nil)
        try state(["115"], on: "2024-03-06", period: nil)
        try state(["114"], on: "2024-03-07", period: nil)
        #expect(try series().isEmpty)
        try state(["113", "112"], on: "2024-03-08")
        #expect(try series().isEmpty)
    }

    @Test("without a region the publisher tells whose figure it is", arguments: Backend.available)
    func publisher(_ backend: Backend) throws {
        try begin(backend)
        try state(["120"], on: "2024-03-01", region: nil)
        try state(["121"], on: "2024-04-01", region: nil)
        try state(["122"], on: "2024-05-01", by: "云溪县统计局", region: nil)
        #expect(try series().map { $0.statements.map(\.stored.indicator.value) } == [["120", "121"]])
    }
}
