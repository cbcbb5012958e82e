import BulletinModel

/// What was said of a bulletin with one offer of its bytes, and where these came from: a row of `origins`. There is none
/// of a bulletin of which nothing was ever said.
public struct Origin: Sendable, Equatable {
    /// The bulletin.
    public let bulletin: BulletinID
    /// What was said, and whether it holds.
    public let offer: BulletinOffer
    /// The name that the bytes came under.
    public let source: String
    /// When they were received, RFC 3339 (incidental).
    public let received: String?

    /// What makes it one of its own.
    struct Key: Hashable {
        let bulletin: BulletinID
        let offer: BulletinOffer
    }

    var key: Key { Key(bulletin: bulletin, offer: offer) }

    init?(_ bulletin: Bulletin, received: String?, _ offer: BulletinOffer) {
        guard offer != BulletinOffer() else { return nil }
        self.init(bulletin: bulletin.id, offer: offer, source: bulletin.source, received: received)
    }

    private init(bulletin: BulletinID, offer: BulletinOffer, source: String, received: String?) {
        self.bulletin = bulletin
        self.offer = offer
        self.source = source
        self.received = received
    }

    static func put(_ origins: [Origin], _ session: any SQLSession) throws {
        let insertion = SQLInsertion(
            "origins", ["bulletin", "given", "standing", "source", "url", "received"],
            key: ["bulletin", "given", "standing"], on: .replace)
        let rows = origins.map { origin -> [any SQLConvertible] in
            [
                origin.bulletin.rawValue, origin.offer.given.json, origin.offer.standing.rawValue, origin.source,
                origin.offer.given.url, origin.received,
            ]
        }
        try session.insert(rows, insertion)
    }

    /// Reads a row of ``columns``; nil where it holds what was never written.
    init?(_ row: SQLRow) throws {
        let standing: String = try row.value(2)
        guard let standing = BulletinOffer.Standing(rawValue: standing),
            let given = try? GivenData(parsing: Array(try row.value(1, as: String.self).utf8))
        else { return nil }
        self.init(
            bulletin: BulletinID(rawValue: try row.value(0)), offer: BulletinOffer(given, standing: standing),
            source: try row.value(3), received: try row.value(4))
    }

    static let columns = "bulletin, given, standing, source, received"
}

extension BulletinStore {
    /// Calls `body` for each row with the bulletin that it names; nil for one that holds what was never written.
    public func forEachOriginRow(_ body: (_ bulletin: String, Origin?) throws -> Void) throws {
        try read { session in
            try session.forEachRow("SELECT \(Origin.columns), url FROM origins", []) { row in
                let origin = try Origin(row)
                let url: String? = try row.value(5)
                let isWritten =
                    try origin.map {
                        try $0.offer.given.json == row.value(1) && $0.offer.given.url == url
                    } ?? false
                try body(try row.value(0), isWritten ? origin : nil)
            }
        }
    }

    /// What was said of a bulletin, in the order in which it was received.
    public func origins(of bulletin: BulletinID) throws -> [Origin] {
        try read { session in
            try session.rows(
                "SELECT \(Origin.columns) FROM origins WHERE bulletin = ? ORDER BY received, standing, given",
                [bulletin.rawValue]
            ).compactMap { try Origin($0) }
        }
    }

    /// What is said of a bulletin and holds.
    public func given(with bulletin: BulletinID) throws -> GivenData {
        let holding = try origins(of: bulletin).filter { $0.offer.standing != .further }
        return (holding.last { $0.offer.standing == .restated } ?? holding.first)?.offer.given ?? GivenData()
    }

    /// The bulletins that stood at the same address before others, the last of them, by the bulletin that came after. What
    /// stands in an archive is held to what stood there under the same name.
    public func supersessions() throws -> [BulletinID: BulletinID] {
        struct Place: Hashable {
            let url: String?
            let entry: Substring
        }
        var last: [Place: BulletinID] = [:]
        var former: [BulletinID: BulletinID] = [:]
        try read { session in
            let sql = """
                SELECT \(Origin.columns) FROM origins
                WHERE url IN (SELECT url FROM origins WHERE url IS NOT NULL GROUP BY url HAVING count(DISTINCT bulletin) > 1)
                ORDER BY received, bulletin, standing
                """
            try session.forEachRow(sql, []) { row in
                guard let origin = try Origin(row) else { return }
                let place = Place(url: origin.offer.given.url, entry: origin.entry)
                if let before = last[place], before != origin.bulletin, former[origin.bulletin] == nil {
                    former[origin.bulletin] = before
                }
                last[place] = origin.bulletin
            }
        }
        return former
    }
}

extension Origin {
    /// What of its name lies in an archive; empty where it came by itself.
    fileprivate var entry: Substring { source.firstIndex(of: "!").map { source[$0...] } ?? "" }
}
