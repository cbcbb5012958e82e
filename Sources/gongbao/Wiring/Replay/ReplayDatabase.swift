import Operations
import Reading
import Store
import TopicLog
import Workers

extension Replay {
    /// Has the sink's own worker fill a new database from the span, and nothing else.
    func fill(_ path: String) throws {
        let read = Set(span.begin.keys.map(\.topic))
        if let other = read.subtracting(topics.all).min() {
            throw CommandFailure.usedWrongly(
                "\(other) is none of the topics of a database, \(Say.list(topics.all)); set topics.prefix."
            )
        }
        let address = try LogOpener.database(path, configuration)
        guard try !BulletinStore.exists(address) else {
            throw CommandFailure.failed(
                "\(address.location) exists already; name a new file or an empty database, so that nothing is mixed.")
        }
        let store = try BulletinStore(address)
        defer { store.close() }
        let settings = ConsumingSettings(
            group: "replay", limit: BatchLimit(records: 5_000, bytes: 32 << 20, wait: .milliseconds(200)),
            deadLetters: configuration.deadLetterBounds)
        let worker = Worker.sink(
            SpanLog(source, span), store: store, topics: topics, settings: settings, transactionalID: "replay",
            engine: Engine.version,
            around: Surroundings(worker: "sink", logger: configuration.logger("gongbao.replay")))
        worker.drain()
        try Shift([worker], configuration).run(inTurn: false)
        let counts = try store.counts()
        Say.line(
            "Stored in \(store.location): \(counts.bulletins) bulletins, \(counts.articles) articles, "
                + "\(counts.indicators) indicators, \(counts.deadLetters) dead letters.")
        for topic in topics.all where !read.contains(topic) {
            ExitStatus.complain("\(topic) was not read; the database has nothing of it.")
        }
        if damage.value > 0 { throw CommandFailure.someRejected }
    }
}
