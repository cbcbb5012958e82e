import BulletinModel
import Foundation
import GRDB

extension BulletinStore {
    /// Applies all changes in order and moves the progress, or does neither.
    ///
    /// - Throws: ``StoreError``; `stale` when the progress is not where a move says it is.
    public func apply(_ changes: [StoreChange], moving progress: [ProgressMove]) throws {
        try write { database in
            try Self.move(progress, database)
            for change in changes { try Self.apply(change, database) }
        }
    }

    private static func apply(_ change: StoreChange, _ database: Database) throws {
        switch change {
        case .bulletin(let bulletin, let received): try put(bulletin, received, database)
        case .article(let article): try put(article, database)
        case .pending(let pending): try put(pending, database)
        case .dropPending(let key): try drop(key, database)
        case .reading(let closing, let indicators): try replace(closing, indicators, database)
        case .deadLetter(let letter): try put(letter, database)
        case .outbox(let entry): try put(entry, database)
        }
    }

    private static func put(_ bulletin: Bulletin, _ received: String?, _ database: Database) throws {
        try database.cachedStatement(
            sql: "INSERT OR IGNORE INTO bulletins (id, source, size, bytes, received) VALUES (?, ?, ?, ?, ?)"
        ).execute(arguments: [
            bulletin.id.rawValue, bulletin.source, bulletin.bytes.count, Data(bulletin.bytes), received,
        ])
    }

    private static func put(_ article: Article, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO articles (
                    id, bulletin, ordinal, headline, subheadline, section, "column", byline, start, "end",
                    form, title, published, publisher, message
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            article.id.rawValue, article.bulletin.rawValue, article.ordinal, article.headline, article.subheadline,
            article.section, article.column, article.byline, article.start, article.end, article.form.rawValue,
            article.setting.title,
            article.setting.published, article.setting.publisher, Data(article.message()),
        ])
    }

    private static func put(_ pending: PendingIndicator, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO pending (topic, partition, "offset", article, engine, message)
                VALUES (?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            pending.place.topic, pending.place.partition, pending.place.offset, pending.key.article.rawValue,
            pending.key.engine, Data(pending.message),
        ])
    }

    private static func drop(_ key: ReadingKey, _ database: Database) throws {
        try database.cachedStatement(sql: "DELETE FROM pending WHERE article = ? AND engine = ?")
            .execute(arguments: [key.article.rawValue, key.engine])
    }

    /// A newer engine's indicators replace an older one's as a whole; never the other way.
    private static func replace(_ closing: Closing, _ indicators: [Indicator], _ database: Database) throws {
        try drop(ReadingKey(article: closing.article, engine: closing.engine.number), database)
        let article = closing.article.rawValue
        let stored = try Int.fetchOne(
            database.cachedStatement(sql: "SELECT engine FROM readings WHERE article = ?"), arguments: [article])
        if let stored, stored > closing.engine.number { return }
        try database.cachedStatement(sql: "DELETE FROM indicators WHERE article = ?").execute(arguments: [article])
        try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO readings (article, bulletin, engine, lexicon, count, digest)
                VALUES (?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            article, closing.bulletin.rawValue, closing.engine.number, closing.engine.lexicon, closing.count,
            closing.digest,
        ])
        let insert = try database.cachedStatement(sql: IndicatorRow.insert)
        for (place, indicator) in indicators.enumerated() {
            try insert.execute(arguments: IndicatorRow.arguments(indicator, place: place))
        }
    }

    private static func put(_ letter: DeadLetter, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO dead_letters (
                    id, worker, stage, code, reason, engine, input, origin_topic, origin_partition, origin_offset,
                    attempts, failed_at, key, value, truncated_from
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            letter.id.rawValue, letter.worker, letter.stage, letter.code, letter.reason, letter.engine, letter.input,
            letter.origin?.topic, letter.origin?.partition, letter.origin?.offset, letter.attempts, letter.failedAt,
            letter.key.map { Data($0) }, letter.value.map { Data($0) }, letter.truncatedFrom,
        ])
    }

    private static func put(_ entry: OutboxEntry, _ database: Database) throws {
        let place: [any DatabaseValueConvertible] = [entry.origin.topic, entry.origin.partition, entry.origin.offset]
        try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO outbox (topic, partition, \"offset\", key, value) VALUES (?, ?, ?, ?, ?)"
        ).execute(
            arguments: StatementArguments(place)
                + [entry.key.map { Data($0) }, entry.value.map { Data($0) }])
        for (number, header) in entry.headers.enumerated() {
            try database.cachedStatement(
                sql: """
                    INSERT OR REPLACE INTO outbox_headers (topic, partition, "offset", place, name, value)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """
            ).execute(
                arguments: StatementArguments(place) + [number, header.name, header.value.map { Data($0) }])
        }
    }
}
