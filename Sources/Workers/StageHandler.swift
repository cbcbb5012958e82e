import TopicLog

/// Runs a stage over batches and writes what it makes, the dead letters and the offsets in
/// one transaction of the log.
final class StageHandler<S: Stage>: BatchHandler {
    /// What became of a batch.
    struct Work {
        let records: [Outgoing]
        let result: BatchResult
        let limit: DeadLetterLimit
    }

    private let log: any TopicLog
    private let stage: S
    private let transactionalID: String
    private let deadLetters: String
    private let clock: any WorkerClock
    private var limit: DeadLetterLimit
    private var producer: (any TopicProducer)?

    init(
        _ log: any TopicLog, stage: S, transactionalID: String, deadLetters: String, inARow: Int,
        clock: any WorkerClock
    ) {
        self.log = log
        self.stage = stage
        self.transactionalID = transactionalID
        self.deadLetters = deadLetters
        self.clock = clock
        limit = DeadLetterLimit(inARow: inARow)
    }

    func open() throws {
        if producer == nil { producer = try log.producer(transactionalID: transactionalID) }
    }

    func begin(_ partitions: [TopicPartition], _ consumer: any TopicConsumer) -> [TopicPartition: Int64] { [:] }

    func end(_ partitions: Set<TopicPartition>) {}

    func prepare(_ batch: Batch) throws -> Work {
        let stage = stage
        let largest = log.features.maximumValueBytes
        let outcomes = concurrentMap(batch.records) { Self.fitting(stage.process($0), largest) }
        var records: [Outgoing] = []
        var result = BatchResult()
        var limit = limit
        let author = DeadLetterHeaders.Author(worker: stage.name, stage: "process", engine: stage.engineNumber)
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
                        for: record, failure, by: author, to: deadLetters, at: clock.now, largest: largest))
                result.deadLetters.count(failure.code)
            }
        }
        return Work(records: records, result: result, limit: limit)
    }

    func commit(_ work: Work, of batch: Batch, by consumer: any TopicConsumer) throws -> BatchResult {
        guard let producer else { throw Failure(.fatal, code: "not_open", "The worker has no producer.") }
        try producer.transact(work.records, consumed: Consumed(by: consumer, next: batch.next))
        limit = work.limit
        return work.result
    }

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
                .data, code: "result_too_large",
                "A record of \(tooLarge.value?.count ?? 0) bytes for \(tooLarge.topic) is larger than the \(largest) "
                    + "that the log takes."))
    }
}
