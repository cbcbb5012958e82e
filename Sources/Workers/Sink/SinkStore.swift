import BulletinModel
import Store
import TopicLog

/// The database as the sink worker needs it. All calls block and come on the worker's queue.
///
/// Errors are ``Failure``: `transient` means that nothing was changed and the same call
/// may be made again.
public protocol SinkStore: AnyObject, Sendable {
    /// The next offset of each of these partitions, where the database has one.
    func progress(_ partitions: [(topic: String, partition: Int32)]) throws -> [Place]

    /// The note that was kept with each of these partitions' progress when it was last moved, in their order;
    /// nil where there is none.
    func marks(_ partitions: [(topic: String, partition: Int32)]) throws -> [String?]

    /// Applies all changes in order and moves the progress, or does neither.
    ///
    /// - Throws: `stale` when the progress is not where a move says it is.
    func apply(_ changes: [StoreChange], moving progress: [ProgressMove]) throws

    /// What is pending of a reading, in the order of the topic.
    func pending(_ key: ReadingKey) throws -> [PendingIndicator]

    /// Entries to be published that answer records of these partitions, in order.
    func outbox(_ partitions: [(topic: String, partition: Int32)]) throws -> [OutboxEntry]

    /// These entries are published.
    func forget(_ origins: [Place]) throws
}

extension SinkStore {
    /// None: what a database does that keeps no notes.
    func marks(_ partitions: [(topic: String, partition: Int32)]) throws -> [String?] {
        partitions.map { _ in nil }
    }
}

extension BulletinStore: SinkStore {}
