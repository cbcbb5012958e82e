import Logging
import TopicLog

/// What a consuming worker reads, and how much at once.
public struct ConsumingSettings: Sendable {
    /// The consumer group.
    public let group: String
    /// Static member id, nil for a dynamic member.
    public let member: String?
    /// Bounds of one batch.
    public let limit: BatchLimit
    /// How many rejected records stop the worker.
    public let deadLetters: DeadLetterBounds
    /// How often the lag is looked up.
    public let lagEvery: Duration

    /// Gathers the settings.
    public init(
        group: String, member: String? = nil,
        limit: BatchLimit = BatchLimit(records: 500, bytes: 32 << 20, wait: .milliseconds(500)),
        deadLetters: DeadLetterBounds = DeadLetterBounds(), lagEvery: Duration = .seconds(5)
    ) {
        self.group = group
        self.member = member
        self.limit = limit
        self.deadLetters = deadLetters
        self.lagEvery = lagEvery
    }
}

/// The heart of a consuming worker: poll a batch, have it prepared and committed, and so on
/// until told to stop. One batch is one transaction, and nothing is in flight between
/// batches, so that a stop, a rebalance or a crash finds a batch committed or untouched.
///
/// It belongs to the one queue that calls ``run()``.
final class BatchLoop<Handler: BatchHandler> {
    private let log: any TopicLog
    private let topics: [String]
    private let settings: ConsumingSettings
    private let handler: Handler
    private let around: Surroundings
    private let assignment = Assignment()

    private var held: [Batch] = []
    private var unplaced: Set<TopicPartition> = []
    private var paused: Set<TopicPartition> = []
    private var goal: CaughtUp?
    private var fed: Set<String> = []
    private var outage: Outage
    private var lagAt: Duration?
    private var emptySince: Duration?

    init(
        _ log: any TopicLog, topics: [String], settings: ConsumingSettings, handler: Handler, around: Surroundings
    ) {
        self.log = log
        self.topics = topics
        self.settings = settings
        self.handler = handler
        self.around = around
        outage = Outage(around)
    }

    /// Runs until the stop signal ends it.
    ///
    /// - Throws: what stopped it otherwise, of kind `setup` or `fatal`.
    func run() throws(Failure) {
        around.turn(.starting)
        defer { handler.close() }
        guard try Outage.retrying(around, handler.open) != nil else { return }
        guard let consumer = try Outage.retrying(around, join) else { return }
        defer {
            around.turn(.leaving)
            consumer.close()
        }
        while !around.stop.isStopping {
            let pause: Duration
            do {
                try turn(consumer)
                if try isThrough(consumer) { return }
                continue
            } catch {
                pause = try outage.failed(error)
            }
            try backOff(pause, consumer)
        }
    }

    private func join() throws -> any TopicConsumer {
        try log.consumer(
            ConsumerSettings(
                .group(settings.group, topics: topics, member: settings.member), reset: .earliest,
                listener: assignment))
    }

    /// One round: place new partitions, or do a batch.
    private func turn(_ consumer: any TopicConsumer) throws {
        if !unplaced.isEmpty { try place(consumer) }
        if held.isEmpty {
            around.turn(.waiting)
            try resume(consumer)
            held = [try poll(consumer, settings.limit)]
            outage.over()
            // What was polled of a partition that has just come may begin at the wrong place.
            if !unplaced.isEmpty { return }
        }
        guard let batch = held.first else { return }
        if batch.next.isEmpty {
            held.removeFirst()
        } else {
            try carry(batch, consumer)
        }
        lookUpLag(consumer)
    }

    /// Polls, then lets go of what is not ours any more.
    private func poll(_ consumer: any TopicConsumer, _ limit: BatchLimit) throws -> Batch {
        defer { answerRebalance(consumer) }
        do {
            return try consumer.poll(limit)
        } catch let error as Failure where error.kind == .lostAssignment {
            return Batch(records: [], next: [:])
        }
    }

    private func answerRebalance(_ consumer: any TopicConsumer) {
        around.requireQueue()
        let change = assignment.take()
        if !change.gone.isEmpty {
            held = held.map { $0.without(change.gone) }.filter { !$0.next.isEmpty }
            unplaced.subtract(change.gone)
            paused.subtract(change.gone)
            handler.end(change.gone)
        }
        unplaced.formUnion(change.fresh)
        if change != Assignment.Change() {
            let assigned = consumer.assignment
            around.board.update {
                $0.rebalances += 1
                $0.assigned = assigned
                $0.lag = $0.lag.filter { assigned.contains($0.key) }
            }
        }
    }

    /// Begins new partitions where the handler says.
    private func place(_ consumer: any TopicConsumer) throws {
        let ours = unplaced.intersection(consumer.assignment)
        let offsets = try handler.begin(ours.sorted(), consumer)
        if !offsets.isEmpty {
            try consumer.seek(offsets)
            let moved = Set(offsets.keys)
            held = held.map { $0.without(moved) }.filter { !$0.next.isEmpty }
        }
        unplaced = []
    }

    /// Does one batch, again and again through an outage, for as long as it is ours.
    private func carry(_ whole: Batch, _ consumer: any TopicConsumer) throws {
        var prepared: (of: [TopicPartition: Int64], work: Handler.Work, part: Batch)?
        let began = around.clock.uptime
        while let batch = held.first, !batch.next.isEmpty {
            let pause: Duration
            do {
                if prepared?.of != batch.next {
                    around.turn(.processing, records: batch.records.count, bytes: batch.size)
                    let (work, part) = try handler.prepare(batch)
                    prepared = (batch.next, work, part)
                }
                guard let (_, work, part) = prepared, around.stop.current != .stopNow else { return }
                around.turn(.committing, records: part.records.count, bytes: part.size)
                let result = try handler.commit(work, of: part, by: consumer)
                let rest = batch.split(part.records.count).1
                if rest.next.isEmpty { held.removeFirst() } else { held[0] = rest }
                outage.over()
                note(part, result, since: began)
                fed.formUnion(result.fedTopics)
                break
            } catch let error as Failure where error.kind == .lostAssignment {
                try goBack(consumer, error)
                break
            } catch {
                pause = try outage.failed(error)
                // Where the log answers, it tells how much waits meanwhile.
                if handler.failedElsewhere { lookUpLag(consumer) }
            }
            if around.stop.isStopping { return }
            try backOff(pause, consumer)
            // The batch that was ours may be gone, and others may have come instead.
            if !unplaced.isEmpty { break }
        }
    }

    /// Drops all that is held after a commit that came too late. Partitions that are still
    /// ours are read again from where the handler, or else the dropped batch, begins.
    private func goBack(_ consumer: any TopicConsumer, _ error: Failure) throws {
        around.logger.info(
            "dropping a batch whose partitions went elsewhere", metadata: ["failure.code": "\(error.code)"])
        around.board.update { $0.dropped += 1 }
        var first: [TopicPartition: Int64] = [:]
        for batch in held { first.merge(batch.first, uniquingKeysWith: min) }
        held = []
        let ours = first.filter { consumer.assignment.contains($0.key) }
        try consumer.seek(ours)
        unplaced.formUnion(ours.keys)
    }

    /// Lets time pass in an outage: with everything paused it keeps polling, so that the
    /// group knows that this worker lives.
    ///
    /// - Throws: what no retry cures. It is told once: a member that is fenced meanwhile would
    ///   otherwise wait for ever for partitions that nobody gives it.
    private func backOff(_ pause: Duration, _ consumer: any TopicConsumer) throws(Failure) {
        let end = around.clock.uptime + pause
        while !around.stop.isStopping {
            let start = around.clock.uptime
            guard start < end else { return }
            around.turn(
                .backingOff, records: held.first?.records.count ?? 0, bytes: held.first?.size ?? 0)
            let rest = min(end - start, .milliseconds(500))
            do {
                let fresh = consumer.assignment.subtracting(paused)
                if !fresh.isEmpty {
                    try consumer.pause(fresh)
                    paused.formUnion(fresh)
                }
                let batch = try poll(consumer, BatchLimit(records: 1, bytes: 1, wait: rest))
                if !batch.next.isEmpty { held.append(batch) }
            } catch {
                let failure = Failure(describing: error)
                guard failure.isOutage else { throw failure }
                around.logger.debug("polling during an outage failed", metadata: ["failure.reason": "\(error)"])
            }
            // A poll that returned at once must not make this a busy loop.
            if around.clock.uptime - start < .milliseconds(1) { around.clock.wait(rest, unless: around.stop) }
        }
    }

    private func resume(_ consumer: any TopicConsumer) throws {
        let ours = paused.intersection(consumer.assignment)
        if !ours.isEmpty { try consumer.resume(ours) }
        paused = []
    }

    private func note(_ batch: Batch, _ result: BatchResult, since began: Duration) {
        let time = around.clock.uptime - began
        let now = around.clock.now
        for rejection in result.rejections { around.logger.warning("a record is a dead letter", rejection) }
        around.board.update {
            $0.batches += 1
            $0.batchSizes.observe(Double(batch.records.count))
            $0.batchTimes.observe(time)
            for receipt in result.receipts {
                $0.latencies.observe(.milliseconds(now.milliseconds - receipt.milliseconds))
            }
            if result.hasNewBulletin { $0.lastBulletin = now }
            for record in batch.records { $0.received.count(record.partition.topic) }
            for (name, count) in result.emitted { $0.emitted.count(name, count) }
            for (name, count) in result.skipped { $0.skipped.count(name, count) }
            for (name, count) in result.deadLetters { $0.deadLetters.count(name, count) }
        }
    }

    private func isThrough(_ consumer: any TopicConsumer) throws -> Bool {
        guard around.stop.current == .drain, held.isEmpty, unplaced.isEmpty else { return false }
        if goal == nil {
            goal = try CaughtUp(topics: topics, admin: log.admin)
        } else if !fed.isEmpty {
            // What this worker wrote to its own topics since is part of the work.
            try goal?.extend(fed, admin: log.admin)
        }
        fed = []
        if consumer.assignment.isEmpty && !assignment.isSettled {
            // A group with more members than partitions may never answer those it has none for.
            let since = emptySince ?? around.clock.uptime
            emptySince = since
            return around.clock.uptime - since >= .seconds(60)
        }
        emptySince = nil
        return goal?.isReached(by: consumer) ?? false
    }

    /// How far behind it is; only told, so that a broker that does not answer is no reason
    /// to stop reading.
    private func lookUpLag(_ consumer: any TopicConsumer) {
        let now = around.clock.uptime
        if let lagAt, now - lagAt < settings.lagEvery { return }
        lagAt = now
        guard let marks = try? log.admin.watermarks(consumer.assignment.sorted()) else { return }
        var lag: [TopicPartition: Int64] = [:]
        for (partition, mark) in marks {
            if let position = consumer.position(partition) {
                lag[partition] = max(0, mark.high - position)
            } else if mark.low < mark.high {
                // Not settled yet; to count from the oldest record would tell a lag that is none.
                lagAt = now - settings.lagEvery + min(settings.lagEvery, .seconds(1))
            } else {
                lag[partition] = 0
            }
        }
        around.board.update { $0.lag = lag }
    }
}
