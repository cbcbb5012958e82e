import BulletinModel
import Store
import TopicLog

/// How many transactions a worker tried in one store.
public struct TransactionCounts: Sendable, Equatable {
    /// Those that were committed.
    public var committed = 0
    /// Those that failed, of which nothing is visible.
    public var aborted = 0

    mutating func count(committed isCommitted: Bool) {
        if isCommitted { committed += 1 } else { aborted += 1 }
    }
}

/// A log whose transactions are counted on a worker's board.
final class CountedLog: TopicLog {
    private let log: any TopicLog
    private let board: StatusBoard

    init(_ log: any TopicLog, on board: StatusBoard) {
        self.log = log
        self.board = board
    }

    var features: Features { log.features }
    var admin: any TopicAdmin { log.admin }

    func consumer(_ settings: ConsumerSettings) throws -> any TopicConsumer { try log.consumer(settings) }

    func producer(transactionalID: String) throws -> any TopicProducer {
        CountedProducer(try log.producer(transactionalID: transactionalID), board)
    }

    func close() { log.close() }
}

private final class CountedProducer: TopicProducer {
    private let producer: any TopicProducer
    private let board: StatusBoard

    init(_ producer: any TopicProducer, _ board: StatusBoard) {
        self.producer = producer
        self.board = board
    }

    var flushTime: Duration { producer.flushTime }

    func transact(_ records: [Outgoing], consumed: Consumed?) throws {
        let before = producer.flushTime
        defer {
            let waited = producer.flushTime - before
            board.update { $0.spent(waited, on: .flush) }
        }
        do {
            try producer.transact(records, consumed: consumed)
        } catch {
            board.update { $0.logTransactions.count(committed: false) }
            throw error
        }
        board.update { $0.logTransactions.count(committed: true) }
    }

    func close() { producer.close() }
}

/// A database whose transactions are counted on the sink's board.
final class CountedStore: SinkStore {
    private let store: any SinkStore
    private let board: StatusBoard

    init(_ store: any SinkStore, on board: StatusBoard) {
        self.store = store
        self.board = board
    }

    func progress(_ partitions: [(topic: String, partition: Int32)]) throws -> [Place] {
        try store.progress(partitions)
    }

    func apply(_ changes: [StoreChange], moving progress: [ProgressMove]) throws {
        do {
            try store.apply(changes, moving: progress)
        } catch {
            board.update { $0.databaseTransactions.count(committed: false) }
            throw error
        }
        board.update { $0.databaseTransactions.count(committed: true) }
    }

    func marks(_ partitions: [(topic: String, partition: Int32)]) throws -> [String?] {
        try store.marks(partitions)
    }

    func pending(_ key: ReadingKey) throws -> [PendingIndicator] { try store.pending(key) }

    func outbox(_ partitions: [(topic: String, partition: Int32)]) throws -> [OutboxEntry] {
        try store.outbox(partitions)
    }

    func forget(_ origins: [Place]) throws { try store.forget(origins) }
}
