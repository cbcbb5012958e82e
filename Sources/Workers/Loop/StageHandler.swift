import BulletinModel
import TopicLog

/// Runs a stage over batches and writes what it makes, the dead letters and the offsets in
/// one transaction of the log.
final class StageHandler<S: Stage>: BatchHandler {
    /// What became of a batch.
    struct Work: Sendable {
        let records: [Outgoing]
        let notes: [TopicPartition: String]
        let result: BatchResult
        let limit: DeadLetterLimit
    }

    private let log: any TopicLog
    private let stage: S
    private let transactionalID: String
    private let deadLetters: String
    private let outputBytes: Int
    private let around: Surroundings
    private var limit: DeadLetterLimit
    private var producer: (any TopicProducer)?
    let failedElsewhere = false
    let commitsElsewhere = false
    private var restarts: [TopicPartition: Int64] = [:]
    private var firsts: [TopicPartition: RecordMark] = [:]

    init(
        _ log: any TopicLog, stage: S, transactionalID: String, deadLetters: String, bounds: DeadLetterBounds,
        outputBytes: Int, around: Surroundings
    ) {
        self.log = log
        self.stage = stage
        self.transactionalID = transactionalID
        self.deadLetters = deadLetters
        self.outputBytes = outputBytes
        self.around = around
        limit = DeadLetterLimit(bounds)
    }

    func open() throws {
        around.requireQueue()
        // Made on the queue that it is used on.
        if producer == nil {
            producer = try around.commits.sync { try log.producer(transactionalID: transactionalID) }
        }
    }

    func progress(
        _ partitions: [TopicPartition], _ consumer: any TopicConsumer
    ) throws -> [TopicPartition: Progress] {
        around.requireQueue()
        let notes = try consumer.notes(partitions)
        return Dictionary(
            uniqueKeysWithValues: try consumer.committed(partitions).map { partition, next in
                (
                    partition,
                    Progress(next: next, note: notes[partition].flatMap(ProgressNote.init(text:)) ?? ProgressNote())
                )
            })
    }

    func note(firsts: [TopicPartition: RecordMark]) {
        around.requireQueue()
        self.firsts.merge(firsts) { $1 }
    }

    /// Remembered until the partitions are ours, and the group's offsets can be moved.
    func restart(at offsets: [TopicPartition: Int64]) {
        around.requireQueue()
        restarts.merge(offsets) { $1 }
    }

    func begin(
        _ partitions: [TopicPartition], _ consumer: any TopicConsumer
    ) throws -> [TopicPartition: Int64] {
        around.requireQueue()
        let due = restarts.filter { partitions.contains($0.key) }
        if !due.isEmpty { try consumer.commit(due) }
        for partition in partitions { restarts[partition] = nil }
        return [:]
    }

    func end(_ partitions: Set<TopicPartition>) {}

    func make(of batch: Batch) -> (made: [Outcome], part: Batch, bytes: Int) {
        around.requireQueue()
        let (outcomes, bytes) = process(batch.records)
        return (outcomes, batch.split(outcomes.count).0, bytes)
    }

    func prepare(_ parts: [(made: [Outcome], batch: Batch)]) throws -> Work {
        around.requireQueue()
        var records: [Outgoing] = []
        var result = BatchResult()
        var limit = limit
        let author = DeadLetterHeaders.Author(worker: stage.name, stage: "process", engine: stage.engineNumber)
        for (outcomes, batch) in parts {
            for (record, outcome) in zip(batch.records, outcomes) {
                switch outcome {
                case .emit(let outgoing):
                    try limit.add([nil])
                    records += outgoing
                    for each in outgoing { result.emitted.count(each.topic) }
                case .skip(let reason):
                    try limit.add([nil])
                    result.skipped.count(reason)
                case .reject(let failure):
                    guard failure.kind == .data else { throw failure }
                    try limit.add([failure])
                    records.append(
                        DeadLetterHeaders.letter(
                            for: record, failure, by: author, to: deadLetters, at: around.clock.now,
                            largest: log.features.maximumValueBytes))
                    result.deadLetters.count(failure.code)
                    result.rejections.append(Rejection(record, failure))
                }
            }
        }
        var notes: [TopicPartition: String] = [:]
        for (partition, last) in RecordMark.last(of: parts.map(\.batch)) {
            notes[partition] = ProgressNote(last: last, first: firsts[partition]).text
        }
        return Work(records: records, notes: notes, result: result, limit: limit)
    }

    /// The outcomes of the first records, as many as make up to `outputBytes` and a little
    /// more: a page of figures is many times as large when each has a record of its own.
    private func process(_ records: [Record]) -> (outcomes: [Outcome], bytes: Int) {
        let stage = stage
        let sliceBytes = sliceBytes
        let largest = log.features.maximumValueBytes
        var outcomes: [Outcome] = []
        var bytes = 0
        while outcomes.count < records.count && bytes < outputBytes {
            var slice = records[outcomes.count...]
            var taken = 0
            slice = slice.prefix { record in
                defer { taken += record.size }
                return taken < sliceBytes
            }
            let made = concurrentMap(Array(slice)) { Self.fitting(stage.process($0), largest) }
            for outcome in made {
                if case .emit(let outgoing) = outcome { bytes += outgoing.reduce(0) { $0 + $1.size } }
            }
            outcomes += made
        }
        return (outcomes, bytes)
    }

    /// How much is processed at once, in bytes of input: enough for all cores.
    private var sliceBytes: Int { max(64 << 10, min(256 << 10, outputBytes / 16)) }

    func commitment(
        of work: Work, batch: Batch, by consumer: any TopicConsumer
    ) throws -> @Sendable () throws -> Void {
        around.requireQueue()
        guard let producer else { throw Failure(.fatal, code: "not_open", "The worker has no producer.") }
        return {
            try producer.transact(work.records, consumed: Consumed(by: consumer, next: batch.next, notes: work.notes))
        }
    }

    func committed(_ work: Work) -> BatchResult {
        around.requireQueue()
        limit = work.limit
        return work.result
    }

    func tend() {}

    func conclude(by consumer: any TopicConsumer, isBusy: Bool) {}

    func close() {
        producer?.close()
        producer = nil
    }

    /// A record that the log would refuse must not hold up its partition for ever.
    private static func fitting(_ outcome: Outcome, _ largest: Int) -> Outcome {
        guard case .emit(let records) = outcome,
            let tooLarge = records.first(where: { ($0.value?.count ?? 0) > largest })
        else { return outcome }
        return .reject(
            Failure(
                .resultTooLarge,
                "A record of \(tooLarge.value?.count ?? 0) bytes for \(tooLarge.topic) is larger than the \(largest) "
                    + "that the log takes."))
    }
}
