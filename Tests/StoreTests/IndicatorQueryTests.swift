import BulletinModel
import Foundation
import Testing

@testable import Store

@Suite("Queries")
final class IndicatorQueryTests {
    private var place: TestDatabase?
    private var store: BulletinStore!

    private func begin(_ backend: Backend) throws {
        let place = try TestDatabase(backend)
        self.place = place
        store = try place.open()
        try store.apply(Rows.changes, moving: [])
    }

    private func quotes(_ set: (inout IndicatorQuery) -> Void) throws -> [String] {
        var query = IndicatorQuery()
        set(&query)
        let found = try store.indicators(query)
        if query.limit == nil { #expect(try store.count(query) == found.count) }
        return found.map(\.indicator.quote)
    }

    @Test("scope and vintage come back and are asked for", arguments: Backend.available)
    func scopeAndVintage(_ backend: Backend) throws {
        try begin(backend)
        var indicators = Rows.indicators
        indicators[0].scope = .own
        indicators[0].vintage = .adjusted
        indicators[2].scope = .whole
        let closing = Closing(
            article: Rows.article.id, bulletin: Rows.bulletin.id, count: indicators.count,
            digest: Closing.digest(of: indicators.map { $0.message() }), engine: EngineVersion(number: 2, lexicon: "ab")
        )
        try store.apply([.reading(closing, indicators)], moving: [])
        #expect(try store.indicators().map(\.indicator) == indicators)
        #expect(try quotes { $0.scope = .own } == ["3012亿元"])
        #expect(try quotes { $0.scope = .whole } == ["200亿元"])
        #expect(try quotes { $0.scope = .part } == [])
        #expect(try quotes { $0.vintage = .adjusted } == ["3012亿元"])
        #expect(try quotes { $0.vintage = .final } == [])
    }

    @Test("each condition leaves what it names", arguments: Backend.available)
    func conditions(_ backend: Backend) throws {
        try begin(backend)
        #expect(try quotes { _ in } == ["3012亿元", "5.3%", "200亿元", "6%"])
        #expect(try quotes { $0.code = "gdp" } == ["3012亿元", "5.3%"])
        #expect(try quotes { $0.name = "出口" } == ["200亿元"])
        #expect(try quotes { $0.region = "洛阳" } == ["3012亿元", "5.3%"])
        #expect(try quotes { $0.region = "4103" } == ["3012亿元", "5.3%"])
        #expect(try quotes { $0.region = "42" } == [])
        #expect(try quotes { $0.kind = .change } == ["5.3%", "6%"])
        #expect(try quotes { $0.status = .target } == ["6%"])
        #expect(try quotes { $0.from = "2023-01-01" } == ["3012亿元", "5.3%"])
        #expect(try quotes { $0.to = "2022-12-31" } == ["200亿元"])
        #expect(try quotes { $0.bulletin = "样报.txt" }.count == 4)
        #expect(try quotes { $0.bulletin = String(Rows.bulletin.id.rawValue.prefix(8)) }.count == 4)
        #expect(try quotes { $0.bulletin = "ffff" }.count == 0)
        #expect(try quotes { $0.text = "经济运行" }.count == 4)
        #expect(try quotes { $0.text = "没有" }.count == 0)
        #expect(
            try quotes {
                $0.code = "gdp"; $0.kind = .level
            } == ["3012亿元"])
    }

    @Test("what a user types is text and never SQL", arguments: Backend.available)
    func hostile(_ backend: Backend) throws {
        try begin(backend)
        for text in ["'; DROP TABLE indicators; --", "%", "_", "\"", "生产总值' OR '1'='1"] {
            #expect(try quotes { $0.name = text } == [])
            #expect(try quotes { $0.text = text.first == "%" ? "%%" : text } == [])
            #expect(try quotes { $0.region = text } == [])
            #expect(try quotes { $0.bulletin = text } == [])
        }
        #expect(try quotes { _ in }.count == 4)
    }

    @Test("rows come in the order that was asked for, up to the limit", arguments: Backend.available)
    func ordering(_ backend: Backend) throws {
        try begin(backend)
        #expect(try quotes { $0.order = .value } == ["5.3%", "6%", "200亿元", "3012亿元"])
        #expect(
            try quotes {
                $0.order = .value; $0.descending = true
            } == ["3012亿元", "200亿元", "6%", "5.3%"])
        #expect(try quotes { $0.order = .period } == ["200亿元", "3012亿元", "5.3%", "6%"])
        #expect(
            try quotes {
                $0.order = .code; $0.limit = 1
            } == ["3012亿元"])
        #expect(try quotes { $0.limit = 0 } == [])
        for order in IndicatorQuery.Order.allCases { #expect(try quotes { $0.order = order }.count == 4) }
    }

    @Test("what stands around an indicator comes with it", arguments: Backend.available)
    func context(_ backend: Backend) throws {
        try begin(backend)
        let first = try #require(try store.indicators().first)
        #expect(first.source == "样报.txt")
        #expect(first.headline == "经济运行")
        #expect(first.engine == EngineVersion(number: 1, lexicon: "ab"))
    }
}
