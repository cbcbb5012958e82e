import BulletinModel
import Store

/// What the database lacks of what topics and archive hold, where it is only to be told.
struct RepairLacks {
    private let store: any RepairStore
    private var bulletins: Set<BulletinID>?
    private var stored: [BulletinID: [ArticleID: Bool]] = [:]
    private var letters: Set<DeadLetterID> = []
    /// Rows that it lacks, by table.
    private(set) var rows: [String: Int] = [:]
    /// Articles among them, by bulletin.
    private(set) var articles: [BulletinID: Set<ArticleID>] = [:]
    /// Articles whose readings are among them.
    private(set) var readings: Set<ArticleID> = []

    init(_ store: any RepairStore) { self.store = store }

    /// Notes a change that would be made.
    mutating func note(_ change: StoreChange) throws {
        switch change {
        case .bulletin(let bulletin, _, _):
            var known = try bulletins ?? Set(store.bulletinIDs())
            if known.insert(bulletin.id).inserted { rows["bulletins", default: 0] += 1 }
            bulletins = known
        case .article(let article):
            let known = try articles(of: article.bulletin)
            guard known[article.id] == nil, articles[article.bulletin, default: []].insert(article.id).inserted else {
                return
            }
            rows["articles", default: 0] += 1
        case .reading(let closing, _):
            guard try articles(of: closing.bulletin)[closing.article] != true, readings.insert(closing.article).inserted
            else { return }
            rows["readings", default: 0] += 1
        case .deadLetter(let letter):
            guard letters.insert(letter.id).inserted, try !store.hasDeadLetter(letter.id) else { return }
            rows["dead letters", default: 0] += 1
        case .pending, .dropPending, .outbox: break
        }
    }

    /// A bulletin's articles in the database, and whether each has its indicators.
    private mutating func articles(of id: BulletinID) throws -> [ArticleID: Bool] {
        if let known = stored[id] { return known }
        let known = Dictionary(try store.articleIDs(of: id).map { ($0.id, $0.isRead) }, uniquingKeysWith: { $1 })
        stored[id] = known
        return known
    }
}
