import BulletinModel
import TopicLog

/// What a worker does with the batches that a ``BatchLoop`` brings. All calls come on the
/// loop's queue, one at a time.
protocol BatchHandler: AnyObject {
    /// What became of a batch, ready to be committed.
    associatedtype Work

    /// Opens what is needed besides the consumer. Called again after an outage.
    func open() throws

    /// How far the worker is in these partitions, which are about to be its own; those of which it knows
    /// nothing are missing. Called again after an outage.
    func progress(
        _ partitions: [TopicPartition], _ consumer: any TopicConsumer
    ) throws -> [TopicPartition: Progress]

    /// The first records that these partitions have now, to be kept with the progress from here on.
    func note(firsts: [TopicPartition: RecordMark])

    /// Goes on at these offsets, whatever the progress says: what was between is gone, or the topic is another.
    func restart(at offsets: [TopicPartition: Int64]) throws

    /// Partitions were given to this worker. Returns the offsets to go on at, where they
    /// are not the group's. Called again after an outage.
    func begin(_ partitions: [TopicPartition], _ consumer: any TopicConsumer) throws -> [TopicPartition: Int64]

    /// Partitions were taken from this worker.
    func end(_ partitions: Set<TopicPartition>)

    /// Works out what becomes of a batch; changes nothing outside. Called again after an
    /// outage, and with the rest of the batch when some of its partitions were taken away.
    ///
    /// - Returns: what became of it, or of its first records (at least one) when more would
    ///   take too much memory; the rest comes again.
    func prepare(_ batch: Batch) throws -> (work: Work, part: Batch)

    /// Commits what became of a part together with its offsets, or neither. After an
    /// outage it is called again with the same work.
    ///
    /// - Returns: what was done.
    func commit(_ work: Work, of part: Batch, by consumer: any TopicConsumer) throws -> BatchResult

    /// Called now and then between batches, to look after what is no part of one.
    func tend()

    /// Whether what `prepare` or `commit` threw last came from elsewhere than the log, which then
    /// still tells how much waits.
    var failedElsewhere: Bool { get }

    /// Releases everything that `open` opened; may be called twice.
    func close()
}

extension BatchHandler {
    func tend() {}
}

/// What a batch came to, for the counts.
struct BatchResult: Equatable {
    /// Records written or changes applied, by topic or kind.
    var emitted: [String: Int] = [:]
    /// Records left out on purpose, by reason.
    var skipped: [String: Int] = [:]
    /// Dead letters, by code.
    var deadLetters: [String: Int] = [:]
    /// What was rejected, for the log of messages.
    var rejections: [Rejection] = []
    /// When the bulletin of each article was received whose rows were written.
    var receipts: [Timestamp] = []
    /// Whether a bulletin was written.
    var hasNewBulletin = false
    /// Topics among those consumed that got records from this very batch.
    var fedTopics: Set<String> = []
}
