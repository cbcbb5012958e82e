import BulletinModel
import Foundation
import GRDB

/// An indicator as a row and back.
enum IndicatorRow {
    /// The columns that make an indicator, in the order of ``arguments(_:place:)``.
    static let columns = [
        "article", "place", "id", "bulletin", "article_ordinal", "start", "\"end\"", "repetition", "quote", "name",
        "value", "value_to", "unit", "kind", "base", "bound", "status", "period_start", "period_end", "code",
        "region", "region_code", "confidence", "rules",
    ]

    static let insert =
        "INSERT INTO indicators (" + columns.joined(separator: ", ") + ", number) VALUES ("
        + Array(repeating: "?", count: columns.count + 1).joined(separator: ", ") + ")"

    static func arguments(_ indicator: Indicator, place: Int) -> StatementArguments {
        [
            indicator.article.rawValue, place, indicator.id.rawValue, indicator.bulletin.rawValue,
            indicator.articleOrdinal, indicator.start, indicator.end, indicator.repetition, indicator.quote,
            indicator.name, indicator.value, indicator.valueTo, indicator.unit, indicator.kind.rawValue,
            indicator.base?.rawValue, indicator.bound.rawValue, indicator.status.rawValue, indicator.period?.start,
            indicator.period?.end, indicator.code, indicator.region?.name, indicator.region?.code,
            indicator.confidence, indicator.rules.joined(separator: " "),
            // Only to put rows in order; the decimal in `value` is what was read.
            Double(indicator.value),
        ]
    }

    /// Reads a row whose first columns are ``columns``.
    static func indicator(_ row: Row) throws -> Indicator {
        func word<Word: RawRepresentable>(_ column: Int, _ type: Word.Type) throws -> Word
        where Word.RawValue == String {
            let text: String = row[column]
            guard let word = Word(rawValue: text) else {
                throw StoreError(
                    .fatal, code: "damaged",
                    "The database has \"\(text.prefix(64))\" for \(columns[column]), which is none of its values.")
            }
            return word
        }
        let start: String? = row[17]
        let end: String? = row[18]
        let region: String? = row[20]
        return Indicator(
            article: ArticleID(rawValue: row[0]), bulletin: BulletinID(rawValue: row[3]), articleOrdinal: row[4],
            start: row[5], end: row[6], repetition: row[7], quote: row[8], name: row[9], value: row[10],
            valueTo: row[11], unit: row[12], kind: try word(13, Indicator.Kind.self),
            base: (row[14] as String?).flatMap { Indicator.Base(rawValue: $0) },
            bound: try word(15, Indicator.Bound.self), status: try word(16, Indicator.Status.self),
            period: start.flatMap { first in end.map { Indicator.Period(start: first, end: $0) } }, code: row[19],
            region: region.map { Indicator.Region(name: $0, code: row[21]) }, confidence: row[22],
            rules: (row[23] as String).split(separator: " ").map(String.init))
    }
}
