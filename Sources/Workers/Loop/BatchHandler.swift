import BulletinModel
import TopicLog

/// What a worker does with the batches that a ``BatchLoop`` brings. All calls come on the
/// loop's queue, one at a time.
protocol BatchHandler: AnyObject {
    /// What was made of the records of a batch, each by itself.
    associatedtype Made
    /// What became of one or more batches, ready to be committed.
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

    /// Works out what becomes of each record of a batch; looks at and changes nothing outside. It may be called
    /// while an earlier part is being committed.
    ///
    /// - Returns: what was made of the batch, or of its first records (at least one) when more would take too much
    ///   memory, with the bytes that it takes; the rest comes again.
    func make(of batch: Batch) -> (made: Made, part: Batch, bytes: Int)

    /// Puts together what is to be committed in one transaction. Nothing is being committed meanwhile.
    ///
    /// - Throws: what holds the first of the parts up, or the whole.
    func prepare(_ parts: [(made: Made, batch: Batch)]) throws -> Work

    /// Commits what became of a batch together with its offsets, or neither. It is called on the worker's queue for
    /// commits, and after an outage again with the same work.
    func commitment(of work: Work, batch: Batch, by consumer: any TopicConsumer) throws -> @Sendable () throws -> Void

    /// The work is committed.
    ///
    /// - Returns: what was done.
    func committed(_ work: Work) -> BatchResult

    /// Called now and then between batches, to look after what is no part of one.
    func tend()

    /// Does what is left to do after a commit. Called again after an outage, until it does not throw.
    ///
    /// - Parameter isBusy: whether more is waiting to be committed; what can wait for its end may be left to it.
    func conclude(by consumer: any TopicConsumer, isBusy: Bool) throws

    /// Whether commits go elsewhere than to the log, which still tells how much waits when they fail.
    var commitsElsewhere: Bool { get }

    /// Whether what `prepare` or `conclude` threw last came from elsewhere than the log, which then
    /// still tells how much waits.
    var failedElsewhere: Bool { get }

    /// Releases everything that `open` opened; may be called twice.
    func close()
}

/// What a batch came to, for the counts.
struct BatchResult: Sendable, Equatable {
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
