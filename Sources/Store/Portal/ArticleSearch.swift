import BulletinModel
import TopicLog

/// Which of the articles that hold some words are wanted.
public struct ArticleSearch: Sendable, Equatable {
    /// The words, with blanks between; an article has each of them.
    public var text: String
    /// By this publisher.
    public var publisher: String?
    /// Published in this year.
    public var year: String?
    /// How many to leave out from the first on.
    public var offset = 0
    /// How many at most.
    public var limit = 20

    /// Articles with these words.
    public init(_ text: String) { self.text = text }
}

/// What was found.
public struct ArticleFindings: Sendable {
    /// The articles, those stored last first.
    public var articles: [ArticleEntry] = []
    /// How many were found, at most ``BulletinStore/mostFindings``.
    public var count = 0
    /// How many each publisher has of them, the most first.
    public var publishers: [(name: String, count: Int)] = []
    /// How many each year of publication has, the latest first.
    public var years: [(name: String, count: Int)] = []
}

extension BulletinStore {
    /// Among how many of the articles that were stored last a search looks for publishers and years.
    public static let mostFindings = 1_000

    /// The articles whose headline or visible text contains words.
    public func find(_ search: ArticleSearch) throws -> ArticleFindings {
        let words = search.text.split(whereSeparator: \.isWhitespace).prefix(8).map(String.init)
            .filter { !SearchWords.folded($0).isEmpty }
        guard !words.isEmpty else { return ArticleFindings() }
        return try read { session in
            var found: [(id: String, publisher: String?, year: String?)] = []
            let from: String
            var arguments: [any SQLConvertible]
            switch session.dialect {
            case .sqlite:
                from = """
                    (SELECT rowid AS number FROM article_search WHERE article_search MATCH ? ORDER BY rowid DESC
                        LIMIT \(Self.mostFindings)) f
                    CROSS JOIN searched s ON s.number = f.number CROSS JOIN articles a ON a.id = s.article
                    """
                arguments = [words.map { SearchIndex.match(SearchWords.folded($0)) }.joined(separator: " AND ")]
            case .postgresql:
                let conditions = words.map { SearchIndex.condition($0, .postgresql) }
                from = """
                    (SELECT i.article FROM (SELECT id AS article FROM articles) i WHERE \(conditions.map { "(" + $0.sql + ")" }.joined(separator: " AND "))
                        LIMIT \(Self.mostFindings)) f JOIN articles a ON a.id = f.article
                    """
                arguments = conditions.flatMap(\.arguments)
            }
            for row in try session.rows("SELECT a.id, a.publisher, a.published FROM \(from)", arguments) {
                let published: String? = try row.value(2)
                found.append((try row.value(0), try row.value(1), published.map { String($0.prefix(4)) }))
            }
            var findings = ArticleFindings()
            var publishers: [String: Int] = [:]
            var years: [String: Int] = [:]
            for one in found {
                // Each facet counts what the others leave.
                if search.year == nil || search.year == one.year {
                    publishers[one.publisher ?? "", default: 0] += 1
                }
                if search.publisher == nil || search.publisher == one.publisher ?? "" {
                    years[one.year ?? "", default: 0] += 1
                }
            }
            findings.publishers = publishers.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
                ($0.key, $0.value)
            }
            findings.years = years.sorted { $0.key > $1.key }.map { ($0.key, $0.value) }
            let wanted = found.filter { one in
                (search.year == nil || search.year == one.year)
                    && (search.publisher == nil || search.publisher == one.publisher ?? "")
            }
            findings.count = wanted.count
            let ids = wanted.dropFirst(search.offset).prefix(search.limit).map(\.id)
            guard !ids.isEmpty else { return findings }
            var entries: [String: ArticleEntry] = [:]
            let sql = """
                SELECT a.id, a.bulletin, a.ordinal, a.headline, a.title, a.publisher, a.published, r.count
                FROM articles a LEFT JOIN readings r ON r.article = a.id WHERE a.id IN
                """
            for row in try session.rows(sql + " ", in: ids.map { [$0] }) {
                let entry = try Self.article(row)
                entries[entry.id.rawValue] = entry
            }
            findings.articles = ids.compactMap { entries[$0] }
            return findings
        }
    }
}
