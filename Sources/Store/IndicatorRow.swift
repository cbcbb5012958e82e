import BulletinModel
import TopicLog

/// An indicator as a row and back.
enum IndicatorRow {
    /// The columns that make an indicator, in the order of ``arguments(_:place:)``.
    static let columns = [
        "article", "place", "id", "bulletin", "article_ordinal", "start", "\"end\"", "repetition", "quote", "name",
        "value", "value_to", "unit", "kind", "base", "bound", "status", "period_start", "period_end", "code",
        "region", "region_code", "scope", "vintage", "confidence", "rules",
    ]

    static let insertion = SQLInsertion("indicators", columns + ["number"])

    static func arguments(_ indicator: Indicator, place: Int) -> [any SQLConvertible] {
        [
            indicator.article.rawValue, place, indicator.id.rawValue, indicator.bulletin.rawValue,
            indicator.articleOrdinal, indicator.start, indicator.end, indicator.repetition, indicator.quote,
            indicator.name, indicator.value, indicator.valueTo, indicator.unit, indicator.kind.rawValue,
            indicator.base?.rawValue, indicator.bound.rawValue, indicator.status.rawValue, indicator.period?.start,
            indicator.period?.end, indicator.code, indicator.region?.name, indicator.region?.code,
            indicator.scope?.rawValue, indicator.vintage?.rawValue, indicator.confidence,
            indicator.rules.joined(separator: " "),
            // Only to put rows in order; the decimal in `value` is what was read.
            Double(indicator.value),
        ]
    }

    /// Reads a row whose first columns are ``columns``.
    static func indicator(_ row: SQLRow) throws -> Indicator {
        func word<Word: RawRepresentable>(_ column: Int, _ type: Word.Type) throws -> Word
        where Word.RawValue == String {
            guard let word = try optionalWord(column, type) else {
                throw Failure(.fatal, code: "damaged", "The database has nothing for \(columns[column]).")
            }
            return word
        }
        func optionalWord<Word: RawRepresentable>(_ column: Int, _ type: Word.Type) throws -> Word?
        where Word.RawValue == String {
            guard let text: String = try row.value(column, as: String?.self) else { return nil }
            guard let word = Word(rawValue: text) else {
                throw Failure(
                    .fatal, code: "damaged",
                    "The database has \"\(text.prefix(64))\" for \(columns[column]), which is none of its values.")
            }
            return word
        }
        let start: String? = try row.value(17)
        let end: String? = try row.value(18)
        let region: String? = try row.value(20)
        let regionCode: String? = try row.value(21)
        return Indicator(
            article: ArticleID(rawValue: try row.value(0)), bulletin: BulletinID(rawValue: try row.value(3)),
            articleOrdinal: try row.value(4), start: try row.value(5), end: try row.value(6),
            repetition: try row.value(7), quote: try row.value(8), name: try row.value(9), value: try row.value(10),
            valueTo: try row.value(11), unit: try row.value(12), kind: try word(13, Indicator.Kind.self),
            base: try row.value(14, as: String?.self).flatMap { Indicator.Base(rawValue: $0) },
            bound: try word(15, Indicator.Bound.self), status: try word(16, Indicator.Status.self),
            period: start.flatMap { first in end.map { Indicator.Period(start: first, end: $0) } },
            code: try row.value(19), region: region.map { Indicator.Region(name: $0, code: regionCode) },
            scope: try optionalWord(22, Indicator.Scope.self), vintage: try optionalWord(23, Indicator.Vintage.self),
            confidence: try row.value(24),
            rules: try row.value(25, as: String.self).split(separator: " ").map(String.init))
    }
}
