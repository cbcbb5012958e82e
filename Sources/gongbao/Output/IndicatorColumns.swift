import BulletinModel
import Reading
import Store

/// The columns in which indicators are printed.
enum IndicatorColumns {
    /// All fields, for CSV.
    static let all = [
        "id", "article", "start", "end", "quote", "name", "value", "value_to", "unit", "kind", "base", "bound",
        "status", "period_start", "period_end", "code", "region", "region_code", "scope", "vintage",
        "confidence",
    ]

    /// The cells of ``all``.
    static func cells(_ i: Indicator) -> [String] {
        [
            i.id.rawValue, "\(i.articleOrdinal)", "\(i.start)", "\(i.end)", QuoteText.plain(i.quote), i.name, i.value,
            i.valueTo ?? "",
            i.unit, i.kind.rawValue, i.base?.rawValue ?? "", i.bound.rawValue, i.status.rawValue,
            i.period?.start ?? "", i.period?.end ?? "", i.code ?? "", i.region?.name ?? "", i.region?.code ?? "",
            i.scope?.rawValue ?? "", i.vintage?.rawValue ?? "", "\(i.confidence)",
        ]
    }

    /// What the database knows around an indicator, for CSV, behind ``all``.
    static let around = ["title", "headline", "publisher", "published", "url"]

    /// The cells of ``around``.
    static func around(_ stored: StoredIndicator) -> [String] {
        [stored.title ?? "", stored.headline ?? "", stored.publisher ?? "", stored.published ?? "", stored.url ?? ""]
    }

    /// What fits on a terminal.
    static let shortHeads = [
        "name", "as printed", "value", "unit", "kind", "base", "bound", "status", "period", "code",
    ]

    /// The cells of ``shortHeads``.
    static func short(_ i: Indicator) -> [String] {
        [
            i.name, QuoteText.plain(i.quote), i.valueTo.map { i.value + "–" + $0 } ?? i.value, i.unit,
            Say.word("cell", i.kind.rawValue),
            i.base.map { Say.base($0.rawValue) } ?? "", i.bound == .exact ? "" : Say.word("cell", i.bound.rawValue),
            i.status == .actual ? "" : Say.word("cell", i.status.rawValue), period(i.period), i.code ?? "",
        ]
    }

    /// A period as people write it: a year, a day, or two days.
    static func period(_ period: Indicator.Period?) -> String {
        guard let period else { return "" }
        if period.start == period.end { return period.start }
        if period.start.hasSuffix("-01-01"), period.end.hasSuffix("-12-31"),
            period.start.prefix(4) == period.end.prefix(4)
        {
            return String(period.start.prefix(4))
        }
        return "\(period.start) – \(period.end)"
    }
}
