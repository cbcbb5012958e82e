import BulletinModel
import Logging
import Store
import TopicLog

/// The database as a ``BulletinWatch`` needs it.
public protocol WatchedStore: AnyObject, Sendable {
    /// All partitions that the database knows, with their next offsets.
    func progress() throws -> [Place]
    /// Identifiers of a bulletin's articles in the database, and whether each has its indicators.
    func articleIDs(of bulletin: BulletinID) throws -> [(id: ArticleID, isRead: Bool)]
    /// How many of a bulletin's articles are dead letters: of a worker that could not store or read them.
    func rejectedArticles(of bulletin: BulletinID, topic: String) throws -> Int
}

extension BulletinStore: WatchedStore {}

/// Sees whether the bulletins that a sink stored become whole: as many articles as their own record says, and
/// the indicators of each.
///
/// A client cannot tell a gap in a topic from an end of a transaction, so what is missing shows by content alone; and
/// what is missing must not be taken for what is yet to come. So the bulletins of some time are judged together,
/// once the topics are through: all articles that were there when they were stored are stored and read, and all
/// indicators that were there then are stored. What lacks something then is looked at again until it is whole.
final class BulletinWatch {
    /// Bulletins that are judged together, and up to where the topics must be through before.
    private struct Wave {
        var bulletins: [(id: BulletinID, stated: Int)]
        var articles: [TopicPartition: Int64]
        /// Known once the articles are read.
        var indicators: [TopicPartition: Int64]?
    }

    private let log: any TopicLog
    private let store: any WatchedStore
    private let topics: Topics
    private let group: String
    private let around: Surroundings
    private var arrived: [(id: BulletinID, stated: Int)] = []
    private var wave: Wave?
    private var short: [(id: BulletinID, stated: Int)] = []
    private var lookedAt: Duration?

    /// The most bulletins that wait to be judged, and the most that are remembered as short.
    static let most = 50_000
    /// How many are judged at once, so that the sink's loop does not stand still.
    static let slice = 200
    /// How often to look.
    static let every = Duration.seconds(15)

    /// - Parameter group: the group whose offsets say which articles were read.
    init(_ log: any TopicLog, store: any WatchedStore, topics: Topics, group: String, around: Surroundings) {
        self.log = log
        self.store = store
        self.topics = topics
        self.group = group
        self.around = around
    }

    /// Notes a bulletin that is stored now.
    ///
    /// - Parameter stated: how many articles its record says there are; nil where it does not say.
    func note(_ id: BulletinID, stated: Int?) {
        around.requireQueue()
        if arrived.count < Self.most { arrived.append((id, stated ?? 0)) }
    }

    /// Looks how far things are, now and then. What fails is tried again the next time.
    func look() {
        around.requireQueue()
        let now = around.clock.uptime
        if let lookedAt, now - lookedAt < Self.every { return }
        lookedAt = now
        do {
            try advance()
        } catch {
            around.logger.debug(
                "whether bulletins are whole could not be looked up", metadata: ["failure.reason": "\(error)"])
        }
    }

    private func advance() throws {
        // From here on the list is turned round, so that each gets its turn.
        let again = short.prefix(Self.slice)
        short.removeFirst(again.count)
        for one in again where try isShort(one) { short.append(one) }
        if wave == nil, !arrived.isEmpty {
            wave = Wave(bulletins: arrived, articles: try ends([topics.articles]))
            arrived = []
        }
        if var judged = wave {
            if try isThrough(&judged) {
                let part = judged.bulletins.suffix(Self.slice)
                for one in part where try isShort(one) { tell(one) }
                judged.bulletins.removeLast(part.count)
            }
            wave = judged.bulletins.isEmpty ? nil : judged
        }
        let count = short.count
        around.board.update { $0.incomplete = count }
    }

    /// Whether all that belongs to a wave's bulletins has come, if it ever will.
    private func isThrough(_ wave: inout Wave) throws -> Bool {
        let stored = Dictionary(
            try store.progress().map { (TopicPartition($0.topic, $0.partition), $0.offset) }, uniquingKeysWith: { $1 })
        if wave.indicators == nil {
            let read = try log.admin.groupOffsets(group)
            try forgetOthers(&wave.articles)
            let isRead = wave.articles.allSatisfy { partition, end in
                stored[partition] ?? 0 >= end && read[partition] ?? 0 >= end
            }
            guard isRead else { return false }
            wave.indicators = try ends([topics.indicators])
        }
        guard var indicators = wave.indicators else { return false }
        try forgetOthers(&indicators)
        wave.indicators = indicators
        return indicators.allSatisfy { stored[$0.key] ?? 0 >= $0.value }
    }

    /// An end beyond a topic's own is one of a topic that was deleted: nothing more comes of it.
    private func forgetOthers(_ ends: inout [TopicPartition: Int64]) throws {
        let known = Set(try partitions(Array(Set(ends.keys.map(\.topic)))))
        ends = ends.filter { known.contains($0.key) }
        let bounds = try log.admin.watermarks(ends.keys.sorted())
        ends = ends.filter { $0.value <= bounds[$0.key]?.high ?? 0 }
    }

    /// The offset behind the last record of each partition. A log's own end may lie further, behind ends of
    /// transactions, which no progress need reach.
    private func ends(_ names: [String]) throws -> [TopicPartition: Int64] {
        let bounds = try log.admin.watermarks(try partitions(names)).filter { $0.value.low < $0.value.high }
        if bounds.isEmpty { return [:] }
        var ends = bounds.mapValues { max($0.low, $0.high - 64) }
        let consumer = try log.consumer(ConsumerSettings(.partitions(ends), reset: .error))
        defer { consumer.close() }
        let deadline = around.clock.uptime + .seconds(10)
        while bounds.contains(where: { consumer.position($0.key) ?? 0 < $0.value.high }) {
            guard around.clock.uptime < deadline, !around.stop.isStopping else {
                throw Failure(.transient, code: "slow_log", "The ends of \(names.joined(separator: ", ")) do not come.")
            }
            let limit = BatchLimit(records: 256, bytes: 4 << 20, wait: .milliseconds(100))
            for record in try consumer.poll(limit).records { ends[record.partition] = record.offset + 1 }
        }
        return ends
    }

    private func partitions(_ names: [String]) throws -> [TopicPartition] {
        try log.admin.describe(names).flatMap { topic in
            (0..<Int32(clamping: topic.partitions)).map { TopicPartition(topic.name, $0) }
        }
    }

    private func isShort(_ one: (id: BulletinID, stated: Int)) throws -> Bool {
        let articles = try store.articleIDs(of: one.id)
        let missing = max(0, one.stated - articles.count) + articles.count { !$0.isRead }
        return try missing > 0 && missing > store.rejectedArticles(of: one.id, topic: topics.articles)
    }

    private func tell(_ one: (id: BulletinID, stated: Int)) {
        around.logger.error(
            "a bulletin is not whole, though all that was on its way has come: gongbao repair makes it whole",
            metadata: ["bulletin.id": "\(one.id)", "bulletin.articles": "\(one.stated)"])
        if short.count < Self.most { short.append(one) }
    }
}
