import Synchronization
import TopicLog

/// How a worker is doing, at one moment: for progress lines, metrics and health.
public struct WorkerStatus: Sendable, Equatable {
    /// What the worker is busy with.
    public enum Phase: String, Sendable {
        /// Opening the log, catching up with what was there before.
        case starting
        /// Waiting for records or inputs.
        case waiting
        /// Decoding, reading, encoding.
        case processing
        /// In a transaction.
        case committing
        /// Waiting to try again after an outage.
        case backingOff = "backing off"
        /// Leaving the group.
        case leaving
        /// Done.
        case stopped
    }

    /// The kind of worker: `produce`, `enrich`, `sink`.
    public let worker: String
    /// What it is busy with.
    public var phase = Phase.starting
    /// How many records or inputs it is busy with.
    public var inFlightRecords = 0
    /// How many bytes they have.
    public var inFlightBytes = 0
    /// Records or inputs that are done with, since the start, by topic (`input` for inputs).
    public var received: [String: Int] = [:]
    /// Records written to topics, or rows' changes applied, by topic or kind.
    public var emitted: [String: Int] = [:]
    /// Records or inputs that were left out on purpose, by reason.
    public var skipped: [String: Int] = [:]
    /// Dead letters written, by code.
    public var deadLetters: [String: Int] = [:]
    /// The first of the inputs that were rejected or could not be read, each with its reason.
    public var refused: [RefusedInput] = []
    /// Inputs that could not be opened or read; they are not in dead letters, since nothing
    /// of them was read.
    public var unreadable = 0
    /// Records that were gone before this worker had them, and without which it was told to go on.
    public var lost = 0
    /// Bulletins in the database that are not whole though all that was on its way has come.
    public var incomplete = 0
    /// Batches committed.
    public var batches = 0
    /// Records or inputs of each committed batch.
    public var batchSizes = Distribution.sizes
    /// Seconds from a batch's arrival to its commit.
    public var batchTimes = Distribution.times
    /// Seconds spent in each part of batches, since the start; flush is a part of commit.
    public var partTimes: [BatchPart: Double] = [:]
    /// Seconds from the receipt of a bulletin to the rows of each of its articles.
    public var latencies = Distribution.latencies
    /// Transactions of the log.
    public var logTransactions = TransactionCounts()
    /// Transactions of the database.
    public var databaseTransactions = TransactionCounts()
    /// Changes of the partitions assigned.
    public var rebalances = 0
    /// When the worker last wrote a bulletin that was not known before; nil before the first.
    public var lastBulletin: Timestamp?
    /// Attempts that failed with an outage and were or will be repeated, by code.
    public var retries: [String: Int] = [:]
    /// Batches dropped because their partitions went to another worker.
    public var dropped = 0
    /// Partitions that are assigned now.
    public var assigned: Set<TopicPartition> = []
    /// Records that follow the position in each assigned partition, as last looked up.
    public var lag: [TopicPartition: Int64] = [:]
    /// The outage that goes on now, or what stopped the worker; nil when all is well.
    public var trouble: Failure?
    /// When the loop last turned, on the worker's clock: it hangs when this grows old.
    public var lastTurn: Duration = .zero

    /// A worker that has not begun.
    public init(worker: String) {
        self.worker = worker
    }

    mutating func spent(_ time: Duration, on part: BatchPart) {
        partTimes[part, default: 0] += max(0, time / .seconds(1))
    }

    mutating func note(_ input: RefusedInput) {
        if refused.count < RefusedInput.most { refused.append(input) }
    }

    /// Whether the worker works, as far as it knows.
    public var isHealthy: Bool { trouble == nil }

    /// How long ago the loop last turned.
    public func loopAge(at uptime: Duration) -> Duration { max(.zero, uptime - lastTurn) }
}

/// A part of what a worker does with a batch, by which its time is told.
public enum BatchPart: String, Sendable, CaseIterable {
    /// Waiting for records, or reading inputs.
    case poll
    /// Decoding, reading, encoding, putting together.
    case prepare
    /// The transaction, from its beginning to its end; while it lasts the next batch is polled and prepared.
    case commit
    /// Within a commit, waiting until the brokers have all records.
    case flush
}

/// An input that is no bulletin, for a person.
public struct RefusedInput: Sendable, Equatable {
    /// How many of them a worker remembers.
    static let most = 100
    /// Its name, with those of what it stood in.
    public let name: String
    /// The code of its dead letter; nil where it could not be read at all.
    public let code: String?
    /// One plain sentence.
    public let reason: String
}

/// Where a worker notes how it is doing and others look. Any thread may use it.
public final class StatusBoard: Sendable {
    private let status: Mutex<WorkerStatus>

    /// The board of a worker that has not begun.
    public init(worker: String) {
        status = Mutex(WorkerStatus(worker: worker))
    }

    /// How the worker is doing now.
    public var snapshot: WorkerStatus { status.withLock { $0 } }

    func update(_ change: (inout sending WorkerStatus) -> Void) {
        status.withLock { change(&$0) }
    }
}

extension Dictionary where Value == Int {
    mutating func count(_ key: Key, _ number: Int = 1) {
        if number != 0 { self[key, default: 0] += number }
    }
}
