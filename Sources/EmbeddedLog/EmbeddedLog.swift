import Foundation
import TopicLog

/// A log in one SQLite file, for where there is no Kafka.
///
/// - One process owns the file at a time. A second one is told who does; a dead owner never
///   blocks. Within the process any number of consumers and producers share it.
/// - What a transaction has appended survives the death of the process and of the machine;
///   what it has not finished leaves nothing. Each transaction costs one `fsync`.
/// - Keys choose partitions as Kafka's default partitioner does.
/// - Members of a group share the partitions by range, in the order in which they joined. A
///   member that stays away from `poll` for `sessionTimeout` while another waits for its
///   partitions loses them.
/// - Of a topic's configuration `retention.ms` and `retention.bytes` (per partition) are
///   obeyed, once a minute while something is appended, and on opening; the rest is kept and
///   described. The space of deleted records is used again, but the file does not shrink.
/// - Every record and every group offset carries a checksum: damage is an error, code
///   `damaged`, never a wrong record.
public final class EmbeddedLog: TopicLog {
    private let core: LocalLog
    let storage: SQLiteStorage

    /// What it can do: all but be shared between processes.
    public static var features: Features {
        var features = Features(backend: "the embedded log")
        features.isShared = false
        features.maximumValueBytes = 256 << 20
        return features
    }

    /// What it can do: all but be shared between processes.
    public var features: Features { Self.features }

    /// Looks after topics and group offsets.
    public var admin: any TopicAdmin { core.admin }

    /// Opens the log in a file, or creates it; its directory must exist.
    ///
    /// - Parameters:
    ///   - path: the SQLite file. Beside it stand `-wal`, `-shm` and `.lock`.
    ///   - sessionTimeout: how long a member may stay away from `poll`.
    ///   - now: stamps records that come without a timestamp, and measures retention.
    /// - Throws: ``Failure`` of kind `setup`: `locked` when another process owns it, `not_a_log`,
    ///   `newer_schema`, `damaged`, `unwritable`.
    public init(
        path: String, sessionTimeout: Duration = .seconds(60),
        now: @escaping @Sendable () -> Timestamp = {
            Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
        }
    ) throws {
        storage = try SQLiteStorage(path: path, now: now)
        core = LocalLog(storage: storage, features: Self.features, sessionTimeout: sessionTimeout, now: now)
    }

    /// Joins a group, or reads partitions from given offsets.
    public func consumer(_ settings: ConsumerSettings) throws -> any TopicConsumer { try core.consumer(settings) }

    /// Takes over a transactional id, within this process.
    public func producer(transactionalID: String) throws -> any TopicProducer {
        try core.producer(transactionalID: transactionalID)
    }

    /// Deletes what topics with a retention limit need not keep, now.
    public func applyRetention() throws {
        try core.write { try storage.explainedRetention() }
    }

    /// Releases the file; consumers and producers must have been closed.
    public func close() { core.close() }
}
