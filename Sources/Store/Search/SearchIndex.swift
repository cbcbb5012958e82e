import BulletinModel
import TopicLog

/// The index over the visible text of articles. On SQLite it is an FTS5 table of pairs of characters, on PostgreSQL an
/// array of them with a GIN index; words of one and two characters are found like any others.
enum SearchIndex {
    /// A condition on indicators: their article's visible text contains these words.
    static func condition(_ text: String, _ dialect: SQLDialect) -> (sql: String, arguments: [any SQLConvertible]) {
        let folded = Array(SearchWords.folded(text).prefix(400))
        guard !folded.isEmpty else { return ("1 = 1", []) }
        switch dialect {
        case .sqlite:
            return (
                """
                i.article IN (SELECT s.article FROM article_search JOIN searched s ON s.number = article_search.rowid
                WHERE article_search MATCH ?)
                """, [match(folded)]
            )
        case .postgresql:
            let pairs = SearchWords.pairs(folded).dropLast()
            let words = pairs.isEmpty ? [SearchWords.word(folded[0])] : Array(Set(pairs)).sorted()
            return (
                """
                i.article IN (SELECT s.article FROM searched s
                WHERE s.terms @> CAST(? AS TEXT[]) AND strpos(s.words, CAST(? AS TEXT)) > 0)
                """, ["{" + words.joined(separator: ",") + "}", string(folded)]
            )
        }
    }

    /// What FTS5 is asked for characters, of which there is one at least: their pairs one after another; for a single
    /// character all pairs that it begins.
    static func match(_ folded: [UInt32]) -> String {
        let folded = Array(folded.prefix(400))
        let pairs = SearchWords.pairs(folded).dropLast()
        return pairs.isEmpty ? SearchWords.word(folded[0]) + "*" : "\"" + pairs.joined(separator: " ") + "\""
    }

    /// Puts articles into the index that are not in it.
    static func add(_ articles: [Article], _ session: any SQLSession) throws {
        guard !articles.isEmpty else { return }
        let known = Set(
            try session.rows("SELECT article FROM searched WHERE article IN ", in: articles.map { [$0.id.rawValue] })
                .map { try $0.value(0, as: String.self) })
        let dialect = session.dialect
        // Some at a time, as the terms of a text are several times as long as it.
        for some in articles.filter({ !known.contains($0.id.rawValue) }).pieces(of: 64) {
            let entries = concurrentMap(Array(some)) { article in
                let visible = SearchWords.visible(article)
                return dialect == .sqlite
                    ? (words: "", terms: SearchWords.pairText(visible))
                    : (words: string(visible), terms: termArray(visible))
            }
            switch dialect {
            case .sqlite:
                for (article, entry) in zip(some, entries) {
                    try session.run("INSERT INTO searched (article) VALUES (?)", [article.id.rawValue])
                    try session.run(
                        "INSERT INTO article_search (rowid, terms) SELECT number, ? FROM searched WHERE article = ?",
                        [entry.terms, article.id.rawValue])
                }
            case .postgresql:
                // One statement for all of them: its columns go as arrays.
                let columns = [some.map(\.id.rawValue), entries.map(\.words), entries.map(\.terms)]
                try session.run(
                    """
                    INSERT INTO searched (article, words, terms) SELECT a, w, CAST(t AS TEXT[])
                    FROM unnest(CAST(? AS TEXT[]), CAST(? AS TEXT[]), CAST(? AS TEXT[])) AS x (a, w, t)
                    """, columns.map { PostgresBinary.array($0.map(\.sqlValue), type: PostgresBinary.text) })
            }
        }
    }

    /// The pairs and characters of a text, each once, as PostgreSQL writes an array.
    private static func termArray(_ visible: [UInt32]) -> String {
        let terms = Set(SearchWords.pairs(visible)).union(visible.map(SearchWords.word)).sorted()
        return "{" + terms.joined(separator: ",") + "}"
    }

    private static func string(_ scalars: [UInt32]) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars.lazy.compactMap(Unicode.Scalar.init))
        return String(view)
    }
}

extension BulletinStore {
    /// Puts articles into the index of words that came before there was one, some at a time.
    ///
    /// - Parameter progress: is told how many of how many are in it.
    public func indexForSearch(_ progress: (_ done: Int, _ all: Int) -> Void) throws {
        func count(_ table: String) throws -> Int { try read { try $0.first("SELECT count(*) FROM \(table)") ?? 0 } }
        let all = try count("articles")
        var done = try count("searched")
        while done < all {
            let articles = try read { session in
                try session.rows(
                    "SELECT id, message FROM articles WHERE id NOT IN (SELECT article FROM searched) ORDER BY id LIMIT 200"
                ).map { row in
                    let message: [UInt8] = try row.value(1)
                    do throws(MessageError) {
                        return try Article(message: message)
                    } catch {
                        throw Failure(
                            .fatal, code: "damaged", "An article in the database \(location) \(error.message).")
                    }
                }
            }
            guard !articles.isEmpty else { return }
            try write { try SearchIndex.add(articles, $0) }
            done += articles.count
            progress(done, all)
        }
    }
}
