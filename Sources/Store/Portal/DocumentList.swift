import BulletinModel
import TopicLog

/// A bulletin as lists show it.
public struct DocumentEntry: Sendable, Equatable {
    /// The bulletin.
    public let id: BulletinID
    /// Where it came from.
    public let source: String
    /// How many bytes it has.
    public let size: Int
    /// When it was received, RFC 3339; nil where nobody knows.
    public let received: String?
    /// The bulletin's own title, else the first headline; nil where neither is printed.
    public var title: String?
    /// The publisher as printed.
    public var publisher: String?
    /// The day of publication, `YYYY-MM-DD`.
    public var published: String?
    /// How many articles it has.
    public var articles = 0
    /// How many indicators were read of it.
    public var indicators = 0
}

/// Where a list of bulletins ended.
public struct DocumentCursor: Sendable, Equatable {
    /// When the last one was received, or nothing.
    public let received: String
    /// The last one.
    public let id: BulletinID

    /// After this bulletin.
    public init(received: String, id: BulletinID) {
        self.received = received
        self.id = id
    }
}

/// An article as lists show it.
public struct ArticleEntry: Sendable, Equatable {
    /// The article.
    public let id: ArticleID
    /// Its bulletin.
    public let bulletin: BulletinID
    /// Its place, from 1.
    public let ordinal: Int
    /// The headline.
    public let headline: String?
    /// The bulletin's own title.
    public let title: String?
    /// The publisher as printed.
    public let publisher: String?
    /// The day of publication, `YYYY-MM-DD`.
    public let published: String?
    /// How many indicators were read of it; nil where its reading is not complete yet.
    public let indicators: Int?
}

extension BulletinStore {
    /// Bulletins, those received last first, and where the next ones begin; nil at the end.
    ///
    /// - Parameter publisher: only those with an article by this publisher; an empty one is those that tell none.
    public func documents(
        after: DocumentCursor? = nil, publisher: String? = nil, limit: Int
    ) throws -> (rows: [DocumentEntry], next: DocumentCursor?) {
        try read { session in
            var conditions: [String] = []
            var arguments: [any SQLConvertible] = []
            if let after {
                conditions.append("(coalesce(b.received, ''), b.id) < (?, ?)")
                arguments += [after.received, after.id.rawValue] as [any SQLConvertible]
            }
            if let publisher {
                let by = publisher.isEmpty ? "publisher IS NULL" : "publisher = ?"
                conditions.append("b.id IN (SELECT bulletin FROM articles WHERE \(by))")
                if !publisher.isEmpty { arguments.append(publisher) }
            }
            let sql = """
                SELECT b.id, b.source, b.size, b.received FROM bulletins b
                \(conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND "))
                ORDER BY coalesce(b.received, '') DESC, b.id DESC LIMIT \(limit + 1)
                """
            let rows = try session.rows(sql, arguments)
            let entries = try Self.described(rows.prefix(limit).map(Self.entry), session)
            guard rows.count > limit, let last = entries.last else { return (entries, nil) }
            return (entries, DocumentCursor(received: last.received ?? "", id: last.id))
        }
    }

    /// One bulletin; nil where there is none of this identifier.
    public func document(_ id: BulletinID) throws -> DocumentEntry? {
        try read { session in
            let sql = "SELECT b.id, b.source, b.size, b.received FROM bulletins b WHERE b.id = ?"
            return try Self.described(try session.rows(sql, [id.rawValue]).map(Self.entry), session).first
        }
    }

    private static func entry(_ row: SQLRow) throws -> DocumentEntry {
        DocumentEntry(
            id: BulletinID(rawValue: try row.value(0)), source: try row.value(1), size: try row.value(2),
            received: try row.value(3))
    }

    /// With what their articles tell.
    private static func described(_ entries: [DocumentEntry], _ session: any SQLSession) throws -> [DocumentEntry] {
        guard !entries.isEmpty else { return [] }
        var articles: [BulletinID: [ArticleEntry]] = [:]
        for row in try session.rows(articleColumns + " WHERE a.bulletin IN ", in: entries.map { [$0.id.rawValue] }) {
            let article = try article(row)
            articles[article.bulletin, default: []].append(article)
        }
        return entries.map { entry in
            var entry = entry
            let its = (articles[entry.id] ?? []).sorted { $0.ordinal < $1.ordinal }
            entry.title = its.lazy.compactMap(\.title).first ?? its.lazy.compactMap(\.headline).first
            entry.publisher = its.lazy.compactMap(\.publisher).first
            entry.published = its.lazy.compactMap(\.published).first
            entry.articles = its.count
            entry.indicators = its.reduce(0) { $0 + ($1.indicators ?? 0) }
            return entry
        }
    }

    private static let articleColumns = """
        SELECT a.id, a.bulletin, a.ordinal, a.headline, a.title, a.publisher, a.published, r.count
        FROM articles a LEFT JOIN readings r ON r.article = a.id
        """

    static func article(_ row: SQLRow) throws -> ArticleEntry {
        ArticleEntry(
            id: ArticleID(rawValue: try row.value(0)), bulletin: BulletinID(rawValue: try row.value(1)),
            ordinal: try row.value(2), headline: try row.value(3), title: try row.value(4),
            publisher: try row.value(5), published: try row.value(6), indicators: try row.value(7))
    }

    /// Articles in the order of their identifiers, after one, at most so many and one more where there are more.
    public func articles(
        of bulletin: BulletinID? = nil, after: ArticleID? = nil, limit: Int
    ) throws -> (rows: [ArticleEntry], next: ArticleID?) {
        var conditions: [String] = []
        var arguments: [any SQLConvertible] = []
        if let bulletin {
            conditions.append("a.bulletin = ?")
            arguments.append(bulletin.rawValue)
        }
        if let after {
            conditions.append("a.id > ?")
            arguments.append(after.rawValue)
        }
        let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
        let sql = Self.articleColumns + filter + " ORDER BY a.id LIMIT \(limit + 1)"
        return try read { session in
            let rows = try session.rows(sql, arguments).map(Self.article)
            let shown = Array(rows.prefix(limit))
            return (shown, rows.count > limit ? shown.last?.id : nil)
        }
    }

    /// The articles of a bulletin with all that they hold, in order.
    public func wholeArticles(of bulletin: BulletinID) throws -> [Article] {
        let sql = "SELECT message FROM articles WHERE bulletin = ? ORDER BY ordinal"
        let messages = try read { session in
            try session.rows(sql, [bulletin.rawValue]).map { try $0.value(0, as: [UInt8].self) }
        }
        return try messages.map { message in
            do throws(MessageError) { return try Article(message: message) } catch {
                throw Failure(.fatal, code: "damaged", "An article in the database \(location) \(error.message).")
            }
        }
    }
}
