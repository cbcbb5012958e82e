import BulletinModel
import Reading
import Store

/// Why a cell is empty.
public struct PanelGap: Sendable {
    /// The kinds of reasons.
    public enum Reason: String, Sendable, CaseIterable {
        /// The database has no bulletin that states anything of the region and year.
        case noBulletin = "no_bulletin"
        /// It has some, and none states the measure.
        case notStated = "not_stated"
        /// One names the measure, and no figure of it was read.
        case notRead = "not_read"
        /// One was refused, and lies with the dead letters.
        case refused
        /// Statements differ, and `--strict` leaves such cells empty.
        case conflict
    }

    /// The row.
    public let row: PanelRow
    /// The column.
    public let column: Int
    /// Why.
    public let reason: Reason
    /// The articles that were looked at, at most three.
    public let articles: [ArticleID]
    /// The words that name the measure, or why a bulletin was refused.
    public let passage: String?
}

/// Tells why cells are empty.
enum Gaps {
    static func find(in panel: inout Panel, _ store: BulletinStore, _ divisions: Divisions) throws {
        let years = panel.request.years
        var empty: [(row: PanelRow, column: Int)] = []
        for row in panel.rows {
            for column in 0..<panel.shown where panel.cell(row, column)?.value == nil { empty.append((row, column)) }
        }
        guard !empty.isEmpty else { return }
        var covered: [Place: [ArticleID]] = [:]
        let prefixes = (panel.request.regions + panel.request.within).filter { $0.level != .country }.map(\.code)
        try store.forEachCoverage(
            from: years.lowerBound, to: years.upperBound, regions: prefixes.map(prefix)
        ) { code, year, article in
            let region = divisions.division(code, in: year).map { divisions.successor(of: $0).code } ?? code
            covered[Place(region: region, year: year), default: []].append(article)
        }
        var refused: [(text: String, reason: String)]?
        var texts = TextSight(store, panel.request.measureNames)
        for (row, column) in empty {
            if panel.cell(row, column) != nil {
                panel.gaps.append(PanelGap(row: row, column: column, reason: .conflict, articles: [], passage: nil))
                continue
            }
            let articles = (covered[Place(region: row.region, year: row.period.year)] ?? []).sorted {
                ($0.rawValue) < ($1.rawValue)
            }
            if articles.isEmpty {
                if refused == nil { refused = try panel.request.looksForPassages ? deadLetters(store) : [] }
                let letter = refused?.first { $0.text.contains(row.name) && $0.text.contains("\(row.period.year)") }
                panel.gaps.append(
                    PanelGap(
                        row: row, column: column, reason: letter == nil ? .noBulletin : .refused, articles: [],
                        passage: letter?.reason))
                continue
            }
            var named: (ArticleID, String)?
            if panel.request.looksForPassages {
                for article in articles where named == nil {
                    named = try texts.passage(naming: panel.columns[column].measure, in: article).map { (article, $0) }
                }
            }
            panel.gaps.append(
                PanelGap(
                    row: row, column: column, reason: named == nil ? .notStated : .notRead,
                    articles: named.map { [$0.0] } ?? Array(articles.prefix(3)), passage: named?.1))
        }
    }

    private struct Place: Hashable {
        let region: String
        let year: Int
    }

    private static func prefix(_ code: String) -> String {
        if code.hasSuffix("0000") { return String(code.prefix(2)) }
        return code.hasSuffix("00") ? String(code.prefix(4)) : code
    }

    /// How each refused bulletin begins, as far as that is text, and why it was refused.
    private static func deadLetters(_ store: BulletinStore) throws -> [(text: String, reason: String)] {
        try store.deadLetters(limit: 2_000).map { letter in
            let text = (letter.input ?? "") + " " + String(decoding: (letter.value ?? []).prefix(6_000), as: UTF8.self)
            return (text, letter.reason ?? letter.code ?? "")
        }
    }
}

/// Looks for the names of measures in articles.
private struct TextSight {
    private let store: BulletinStore
    private let names: [String: [String]]
    private var last: (article: ArticleID, text: String)?

    init(_ store: BulletinStore, _ names: [String: [String]]) {
        self.store = store
        self.names = names
    }

    /// The words around the first place that names the measure; nil where none does.
    mutating func passage(naming measure: String, in article: ArticleID) throws -> String? {
        if last?.article != article {
            last = (article, try store.article(article)?.text ?? "")
        }
        guard let text = last?.text else { return nil }
        for name in names[measure] ?? [measure] where name.count > 2 {
            guard let range = text.firstRange(of: name) else { continue }
            let from = text.index(range.lowerBound, offsetBy: -20, limitedBy: text.startIndex) ?? text.startIndex
            let to = text.index(range.upperBound, offsetBy: 40, limitedBy: text.endIndex) ?? text.endIndex
            return text[from..<to].split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        return nil
    }
}
