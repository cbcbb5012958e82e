import BulletinModel
import TopicLog

/// Puts the records of a batch together to changes of the database: indicators wait for
/// their article's closing record, in the batch or, when it is cut there, in the database.
struct SinkAssembly {
    private let store: any SinkStore
    private var changes: [StoreChange] = []
    private var waiting: [ReadingKey: [Waiting]] = [:]
    private var order: [ReadingKey] = []
    /// Readings of which this batch leaves nothing pending in the database.
    private var settled: Set<ReadingKey> = []

    private struct Waiting {
        let pending: PendingIndicator
        let indicator: Indicator
    }

    init(_ store: any SinkStore) {
        self.store = store
    }

    /// Adds what a record means, in the order of its partition.
    ///
    /// - Returns: why the record must be rejected, or nil.
    /// - Throws: what the database throws.
    mutating func add(_ record: Record, _ what: SinkRecord) throws -> Failure? {
        switch what {
        case .change(let change): changes.append(change)
        case .indicator(let key, let indicator, let message):
            let place = Place(
                topic: record.partition.topic, partition: record.partition.partition, offset: record.offset)
            if waiting[key] == nil { order.append(key) }
            waiting[key, default: []].append(
                Waiting(
                    pending: PendingIndicator(key: key, place: place, message: message), indicator: indicator))
        case .closing(let closing): return try close(closing)
        case .failed(let failure): return failure
        }
        return nil
    }

    /// Adds the dead letter of a record that was rejected.
    mutating func reject(_ letter: Outgoing, of record: Record) {
        changes.append(
            .outbox(
                OutboxEntry(
                    origin: Place(
                        topic: record.partition.topic, partition: record.partition.partition, offset: record.offset),
                    key: letter.key, value: letter.value, headers: letter.headers.map { ($0.name, $0.value) })))
    }

    /// All changes; what still waits for its closing record is pending.
    mutating func finish() -> [StoreChange] {
        for key in order {
            changes += (waiting[key] ?? []).map { .pending($0.pending) }
        }
        return changes
    }

    private mutating func close(_ closing: Closing) throws -> Failure? {
        let key = ReadingKey(article: closing.article, engine: closing.engine.number)
        let here = waiting.removeValue(forKey: key) ?? []
        order.removeAll { $0 == key }
        if let indicators = Self.complete(here, closing) {
            changes.append(.reading(closing, indicators))
            settled.insert(key)
            return nil
        }
        let before = settled.contains(key) ? [] : try store.pending(key)
        settled.insert(key)
        let all = try before.map { Waiting(pending: $0, indicator: try Indicator(message: $0.message)) } + here
        if let indicators = Self.complete(all, closing) {
            changes.append(.reading(closing, indicators))
            return nil
        }
        changes.append(.dropPending(key))
        return Failure(
            .data, code: "closing_mismatch",
            "The closing record of article \(closing.article) counts \(closing.count) indicators with digest "
                + "\(closing.digest.prefix(12)), but \(all.count) came that do not fit; have the article read again."
        )
    }

    private static func complete(_ waiting: [Waiting], _ closing: Closing) -> [Indicator]? {
        guard waiting.count == closing.count,
            Closing.digest(of: waiting.lazy.map(\.pending.message)) == closing.digest
        else { return nil }
        return waiting.map(\.indicator)
    }
}
