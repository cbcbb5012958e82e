import BulletinModel
import Foundation
import Reading
import Store

@testable import Panel

/// A database of bulletins about made-up years of real places, and panels of it.
final class PanelWorld {
    private let directory: URL
    let store: BulletinStore
    let divisions: Divisions

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "gongbao-panel-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        store = try BulletinStore(path: directory.appending(path: "gongbao.sqlite").path)
        let regions = """
            100000\t中国\t\t\t
            410000\t河南省\t河南\t\t
            410300\t洛阳市\t洛阳\t\t
            410400\t平顶山市\t平顶山\t\t
            420600\t襄樊市\t襄樊\t\t2009
            420600\t襄阳市\t襄阳\t2010\t
            410381\t偃师市\t偃师\t1993\t2020
            410307\t偃师区\t偃师\t2021\t
            """
        let endings = "市\tdivisionStem\n区\tdivisionStem\n省\tdivisionStem\n"
        divisions = Divisions(try Lexicon(tables: ["regions.tsv": regions, "names.tsv": endings]))
    }

    deinit {
        store.close()
        try? FileManager.default.removeItem(at: directory)
    }

    /// One figure of a bulletin.
    struct Figure {
        var name = "地区生产总值"
        var code: String? = "gdp"
        var value: String
        var unit = "元"
        var quote: String
        var kind = Indicator.Kind.level
        var base: Indicator.Base?
        var bound = Indicator.Bound.exact
        var status = Indicator.Status.actual
        var scope: Indicator.Scope?
        var vintage: Indicator.Vintage?
        var region: (String, String) = ("洛阳市", "410300")
        var year = 2024
        var period: Indicator.Period?
        var confidence = 0.98
        /// Words in front of the figure in its article.
        var before = ""
        var after = ""
    }

    /// Stores a bulletin of one article that states these figures.
    @discardableResult
    func add(
        _ title: String, publisher: String? = nil, published: String? = nil, text: String = "", _ figures: [Figure]
    ) throws -> BulletinID {
        var words = title + "\n" + text
        var spans: [Range<Int>] = []
        for figure in figures {
            words += figure.before
            let start = words.unicodeScalars.count
            words += figure.quote
            spans.append(start..<words.unicodeScalars.count)
            words += figure.after + "。"
        }
        let bulletin = Bulletin(bytes: Array(words.utf8), source: "\(title).txt")
        let article = Article(
            bulletin: bulletin.id, ordinal: 1, headline: title, start: 0, end: words.unicodeScalars.count, text: words,
            setting: Article.Setting(title: title, published: published, publisher: publisher))
        let indicators = zip(figures, spans).map { figure, span in
            Indicator(
                article: article.id, bulletin: bulletin.id, articleOrdinal: 1, start: span.lowerBound,
                end: span.upperBound, repetition: 0, quote: figure.quote, name: figure.name, value: figure.value,
                unit: figure.unit, kind: figure.kind, base: figure.base, bound: figure.bound, status: figure.status,
                period: figure.period ?? .init(start: "\(figure.year)-01-01", end: "\(figure.year)-12-31"),
                code: figure.code, region: .init(name: figure.region.0, code: figure.region.1), scope: figure.scope,
                vintage: figure.vintage, confidence: figure.confidence)
        }
        let closing = Closing(
            article: article.id, bulletin: bulletin.id, count: indicators.count,
            digest: Closing.digest(of: indicators.map { $0.message() }), engine: EngineVersion(number: 1, lexicon: "ab")
        )
        try store.apply(
            [.bulletin(bulletin, received: nil), .article(article), .reading(closing, indicators)], moving: [])
        return bulletin.id
    }

    func panel(
        _ columns: [PanelColumn], _ years: ClosedRange<Int> = 2024...2024,
        _ change: (inout PanelRequest) -> Void = { _ in }
    )
        throws -> Panel
    {
        var request = PanelRequest(columns: columns, years: years)
        change(&request)
        return try PanelMaker(store, divisions, request).make()
    }

    /// The one cell of a panel of 洛阳's output in 2024.
    func cell(_ column: PanelColumn = PanelColumn(measure: "gdp"), _ change: (inout PanelRequest) -> Void = { _ in })
        throws -> PanelCell?
    {
        let panel = try panel([column], 2024...2024) { request in
            request.regions = divisions.named("洛阳市")
            change(&request)
        }
        return panel.cells[PanelKey(region: "410300", period: PanelPeriod(year: 2024), column: 0)]
    }
}
