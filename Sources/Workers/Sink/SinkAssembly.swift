import BulletinModel
import Store
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

    /// The changes so far, which are not told again; what waits for its closing record goes on waiting here.
    mutating func takeChanges() -> [StoreChange] {
        defer { changes = [] }
        return changes
    }

    private mutating func close(_ closing: Closing) throws -> Failure? {
        let key = ReadingKey(article: closing.article, engine: closing.engine.number)
        let here = waiting.removeValue(forKey: key) ?? []
        order.removeAll { $0 == key }
        if Self.fit(here.lazy.map(\.pending.message), closing) {
            changes.append(.reading(closing, here.map(\.indicator)))
            settled.insert(key)
            return nil
        }
        let before = settled.contains(key) ? [] : try store.pending(key)
        settled.insert(key)
        let messages = [before.lazy.map(\.message), here.lazy.map(\.pending.message)].joined()
        guard Self.fit(messages, closing) else {
            changes.append(.dropPending(key))
            return Failure(
                .closingMismatch,
                "The closing record of article \(closing.article) counts \(closing.count) indicators with digest "
                    + "\(closing.digest.prefix(12)), but \(before.count + here.count) came that do not fit; have the "
                    + "article read again.")
        }
        // Read only now, and into one array: a long table has a hundred thousand.
        var indicators: [Indicator] = []
        indicators.reserveCapacity(closing.count)
        for pending in before { indicators.append(try Indicator(message: pending.message)) }
        indicators += here.lazy.map(\.indicator)
        changes.append(.reading(closing, indicators))
        return nil
    }

    private static func fit(_ messages: some Sequence<[UInt8]>, _ closing: Closing) -> Bool {
        var count = 0
        let counted = messages.lazy.map { message in
            count += 1
            return message
        }
        return Closing.digest(of: counted) == closing.digest && count == closing.count
    }
}
