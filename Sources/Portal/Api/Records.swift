import BulletinModel
import Panel
import Reading
import Store

/// An indicator with its surroundings, as the interface writes it.
struct FigureRecord {
    private let stored: StoredIndicator

    init(_ stored: StoredIndicator) { self.stored = stored }

    func write(to json: inout JSONWriter) {
        let indicator = stored.indicator
        json.member("id", indicator.id.rawValue)
        json.member("bulletin", indicator.bulletin.rawValue)
        json.member("article", indicator.article.rawValue)
        json.member("article_ordinal", indicator.articleOrdinal)
        indicator.writeReading(to: &json, withAbsent: true)
        json.key("rules")
        json.beginArray()
        for rule in indicator.rules { json.value(rule) }
        json.endArray()
        json.member("engine", stored.engine.number)
        json.member("source", stored.source)
        json.member("title", stored.title)
        json.member("headline", stored.headline)
        json.member("publisher", stored.publisher)
        json.member("published", stored.published)
        json.member("url", stored.url)
        json.member("received", stored.received)
        json.member("link", PageContext.path(indicator.id))
    }

    static let fields = [
        "id", "bulletin", "article", "article_ordinal", "start", "end", "quote", "name", "value", "value_to", "unit",
        "kind",
        "base", "bound", "status", "period_start", "period_end", "code", "region", "region_code", "scope", "vintage",
        "confidence", "source", "title", "headline", "publisher", "published", "url",
    ]

    /// The cells of ``fields``.
    var values: [DataTable.Value] {
        let i = stored.indicator
        func text(_ value: String?) -> DataTable.Value { value.map { .text($0) } ?? .none }
        return [
            .text(i.id.rawValue), .text(i.bulletin.rawValue), .text(i.article.rawValue), .integer(i.articleOrdinal),
            .integer(i.start), .integer(i.end), .text(QuoteText.plain(i.quote)), .text(i.name), .number(i.value),
            i.valueTo.map { .number($0) } ?? .none, .text(i.unit), .text(i.kind.rawValue), text(i.base?.rawValue),
            .text(i.bound.rawValue), .text(i.status.rawValue), text(i.period?.start), text(i.period?.end), text(i.code),
            text(i.region?.name), text(i.region?.code), text(i.scope?.rawValue), text(i.vintage?.rawValue),
            .number("\(i.confidence)"), text(stored.source), text(stored.title), text(stored.headline),
            text(stored.publisher), text(stored.published), text(stored.url),
        ]
    }
}

/// The other records of the interface.
enum Records {
    static func write(_ entry: DocumentEntry, to json: inout JSONWriter) {
        json.member("id", entry.id.rawValue)
        json.member("source", entry.source)
        json.member("size", entry.size)
        json.member("received", entry.received)
        json.member("title", entry.title)
        json.member("publisher", entry.publisher)
        json.member("published", entry.published)
        json.member("articles", entry.articles)
        json.member("indicators", entry.indicators)
        json.member("link", PageContext.path(entry.id))
    }

    static func write(_ entry: ArticleEntry, to json: inout JSONWriter) {
        json.member("id", entry.id.rawValue)
        json.member("bulletin", entry.bulletin.rawValue)
        json.member("ordinal", entry.ordinal)
        json.member("headline", entry.headline)
        json.member("title", entry.title)
        json.member("publisher", entry.publisher)
        json.member("published", entry.published)
        json.key("indicators")
        if let count = entry.indicators { json.value(count) } else { json.null() }
    }

    static func write(_ article: Article, to json: inout JSONWriter) {
        json.member("id", article.id.rawValue)
        json.member("bulletin", article.bulletin.rawValue)
        json.member("ordinal", article.ordinal)
        json.member("headline", article.headline)
        json.member("subheadline", article.subheadline)
        json.member("section", article.section)
        json.member("column", article.column)
        json.member("byline", article.byline)
        json.member("start", article.start)
        json.member("end", article.end)
        json.member("form", article.form.rawValue)
        json.member("title", article.setting.title)
        json.member("publisher", article.setting.publisher)
        json.member("published", article.setting.published)
        json.member("url", article.setting.url)
        json.member("text", article.text)
    }

    /// - Parameter count: how many figures it has; nil leaves that out.
    static func write(_ measure: Measure, _ count: Int?, to json: inout JSONWriter) {
        measure.write(to: &json)
        if let count { json.member("indicators", count) }
    }

    static func write(_ division: Division, to json: inout JSONWriter) {
        json.member("code", division.code)
        json.member("name", division.name)
        json.member("level", division.level.rawValue)
        json.member("link", PageContext.regionPath(division.code))
    }

    /// A decimal string as a number of JSON; null for nil.
    static func number(_ name: StaticString, _ value: String?, to json: inout JSONWriter) {
        json.key(name)
        if let value, let number = Double(value), number.isFinite { json.value(number) } else { json.null() }
    }
}
