import BulletinModel
import TopicLog

extension BulletinStore {
    /// Applies all changes in order and moves the progress, or does neither.
    ///
    /// - Throws: ``Failure``; `stale` when the progress is not where a move says it is. A
    ///   server that is lost in the very moment of the commit may have made it: the error is
    ///   `transient`, and the next try finds the progress moved, which is `stale`.
    public func apply(_ changes: [StoreChange], moving progress: [ProgressMove]) throws {
        let batch = StoreBatch(changes)
        // In the order of their keys neighbours share pages.
        let articles = batch.articles.values.sorted { $0.id.rawValue < $1.id.rawValue }
        let readings = batch.readings.values.sorted { $0.closing.article.rawValue < $1.closing.article.rawValue }
        try write { session in
            // First, because it locks the progress: another sink of the same partitions waits
            // here, and then finds it moved.
            try Self.move(progress, session)
            try Self.put(batch.bulletins.sorted { $0.bulletin.id.rawValue < $1.bulletin.id.rawValue }, session)
            try Origin.put(batch.origins.values, session)
            try Self.put(articles, session)
            try SearchIndex.add(articles, session)
            try Self.settle(batch, session)
            try Self.replace(readings, session)
            try Self.put(batch.deadLetters.values, session)
            try Self.put(batch.outbox.values, session)
        }
    }

    private static func put(
        _ bulletins: [(bulletin: Bulletin, received: String?)], _ session: any SQLSession
    ) throws {
        let insertion = SQLInsertion(
            "bulletins", ["id", "source", "size", "bytes", "received"], key: ["id"], on: .keep)
        let rows = bulletins.map { bulletin, received -> [any SQLConvertible] in
            [bulletin.id.rawValue, bulletin.source, bulletin.bytes.count, bulletin.bytes, received]
        }
        try session.insert(rows, insertion)
    }

    private static func put(_ articles: [Article], _ session: any SQLSession) throws {
        let insertion = SQLInsertion(
            "articles",
            [
                "id", "bulletin", "ordinal", "headline", "subheadline", "section", "\"column\"", "byline", "start",
                "\"end\"", "form", "title", "published", "publisher", "url", "message",
            ], key: ["id"], on: .replace)
        let messages = concurrentMap(articles) { $0.message() }
        let rows = zip(articles, messages).map { article, message -> [any SQLConvertible] in
            [
                article.id.rawValue, article.bulletin.rawValue, article.ordinal, article.headline,
                article.subheadline, article.section, article.column, article.byline, article.start, article.end,
                article.form.rawValue, article.setting.title, article.setting.published, article.setting.publisher,
                article.setting.url, message,
            ]
        }
        try session.insert(rows, insertion)
    }

    /// Takes out what is settled, then puts in what is pending.
    private static func settle(_ batch: StoreBatch, _ session: any SQLSession) throws {
        try session.run(
            "DELETE FROM pending WHERE (article, engine) IN ",
            in: batch.settled.map { [$0.article.rawValue, $0.engine] })
        let insertion = SQLInsertion(
            "pending", ["topic", "partition", "\"offset\"", "article", "engine", "message"],
            key: ["topic", "partition", "\"offset\""], on: .replace)
        let rows = batch.pending.values.map { pending -> [any SQLConvertible] in
            [
                pending.place.topic, pending.place.partition, pending.place.offset, pending.key.article.rawValue,
                pending.key.engine, pending.message,
            ]
        }
        try session.insert(rows, insertion)
    }

    /// A newer engine's indicators replace an older one's as a whole; never the other way.
    private static func replace(
        _ readings: [(closing: Closing, indicators: [Indicator])], _ session: any SQLSession
    ) throws {
        let stored = Dictionary(
            try session.rows(
                "SELECT article, engine FROM readings WHERE article IN ",
                in: readings.map { [$0.closing.article.rawValue] }
            ).map { (try $0.value(0, as: String.self), try $0.value(1, as: Int.self)) }, uniquingKeysWith: max)
        let readings = readings.filter { closing, _ in
            stored[closing.article.rawValue].map { $0 <= closing.engine.number } ?? true
        }
        try session.run(
            "DELETE FROM indicators WHERE article IN ",
            in: readings.map(\.closing.article.rawValue).filter { stored[$0] != nil }.map { [$0] })
        let insertion = SQLInsertion(
            "readings", ["article", "bulletin", "engine", "lexicon", "count", "digest"], key: ["article"],
            on: .replace)
        let rows = readings.map { closing, _ -> [any SQLConvertible] in
            [
                closing.article.rawValue, closing.bulletin.rawValue, closing.engine.number, closing.engine.lexicon,
                closing.count, closing.digest,
            ]
        }
        try session.insert(rows, insertion)
        try put(readings.lazy.map(\.indicators), session)
    }

    /// Puts in the indicators of several articles, some at a time: as rows they take several
    /// times the memory, and a long table has a hundred thousand.
    private static func put(_ readings: some Sequence<[Indicator]>, _ session: any SQLSession) throws {
        var rows: [[any SQLConvertible]] = []
        for indicators in readings {
            for (place, indicator) in indicators.enumerated() {
                rows.append(IndicatorRow.arguments(indicator, place: place))
                if rows.count < 1000 { continue }
                try session.insert(rows, IndicatorRow.insertion)
                rows.removeAll(keepingCapacity: true)
            }
        }
        try session.insert(rows, IndicatorRow.insertion)
    }

    private static func put(_ letters: [DeadLetter], _ session: any SQLSession) throws {
        let insertion = SQLInsertion(
            "dead_letters",
            [
                "id", "worker", "stage", "code", "reason", "engine", "input", "origin_topic", "origin_partition",
                "origin_offset", "attempts", "failed_at", "key", "value", "truncated_from",
            ], key: ["id"], on: .replace)
        let rows = letters.map { letter -> [any SQLConvertible] in
            [
                letter.id.rawValue, letter.worker, letter.stage, letter.code, letter.reason, letter.engine,
                letter.input, letter.origin?.topic, letter.origin?.partition, letter.origin?.offset, letter.attempts,
                letter.failedAt, letter.key, letter.value, letter.truncatedFrom,
            ]
        }
        try session.insert(rows, insertion)
    }

    private static func put(_ entries: [OutboxEntry], _ session: any SQLSession) throws {
        let place = ["topic", "partition", "\"offset\""]
        // With an entry that is there already its headers go, too.
        try session.run(
            "DELETE FROM outbox WHERE (topic, partition, \"offset\") IN ",
            in: entries.map { [$0.origin.topic, $0.origin.partition, $0.origin.offset] })
        let rows = entries.map { entry -> [any SQLConvertible] in
            [entry.origin.topic, entry.origin.partition, entry.origin.offset, entry.key, entry.value]
        }
        try session.insert(rows, SQLInsertion("outbox", place + ["key", "value"]))
        let headers = entries.flatMap { entry in
            entry.headers.enumerated().map { number, header -> [any SQLConvertible] in
                [entry.origin.topic, entry.origin.partition, entry.origin.offset, number, header.name, header.value]
            }
        }
        try session.insert(headers, SQLInsertion("outbox_headers", place + ["place", "name", "value"]))
    }
}
