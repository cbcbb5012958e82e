import Logging
import TopicLog

/// The heart of a consuming worker: poll a batch, have it worked out and committed, and so on
/// until told to stop. While one batch is committed, on the worker's second queue, the next are polled and
/// worked out; they go into one transaction together, so that transactions grow with what waits.
///
/// One transaction is under way at a time, commits come in the order of the batches, and a rebalance waits for the
/// one that is under way before it is answered: so that a stop, a rebalance or a crash finds a batch committed or
/// untouched.
///
/// It belongs to the one queue that calls ``run()``.
final class BatchLoop<Handler: BatchHandler> {
    private let log: any TopicLog
    private let topics: [String]
    private let settings: ConsumingSettings
    private let handler: Handler
    private let around: Surroundings
    private let assignment = Assignment()
    private let losses: Losses
    /// Partitions that were held to their progress since they came, or since the last outage.
    private var checked: Set<TopicPartition> = []
    /// What was lost and accepted while it was read: the group is joined anew, which begins behind it.
    private var mustRejoin = false

    private var backlog = Backlog<Handler.Made>()
    private let slot: CommitSlot<Handler>
    private var unplaced: Set<TopicPartition> = []
    private var paused: Set<TopicPartition> = []
    private var goal: CaughtUp?
    private var fed: Set<String> = []
    /// When work began on what is not prepared yet.
    private var began: Duration?
    private var outage: Outage
    private var lagAt: Duration?
    /// Where the partitions began and ended when the lag was looked up last.
    private var bounds: [TopicPartition: Watermarks] = [:]
    private var emptySince: Duration?
    /// Where all partitions stand while the end is waited for, and since when.
    private var standing: (places: [TopicPartition: Int64], since: Duration)?

    init(
        _ log: any TopicLog, topics: [String], settings: ConsumingSettings, handler: Handler, around: Surroundings
    ) {
        self.log = log
        self.topics = topics
        self.settings = settings
        self.handler = handler
        self.around = around
        slot = CommitSlot(handler, around)
        outage = Outage(around)
        losses = Losses(log, around, areAccepted: settings.acceptsGaps)
    }

    /// Runs until the stop signal ends it.
    ///
    /// - Throws: what stopped it otherwise, of kind `setup` or `fatal`.
    func run() throws(Failure) {
        around.turn(.starting)
        defer { handler.close() }
        guard try Outage.retrying(around, handler.open) != nil else { return }
        guard try Outage.retrying(around, { try CompactedTopics.refuse(topics, in: log) }) != nil else { return }
        repeat {
            mustRejoin = false
            guard let consumer = try Outage.retrying(around, join) else { return }
            assignment.begin = { [unowned self] in try begin($0, consumer) }
            assignment.settle = { [slot] in _ = slot.wait() }
            defer {
                _ = slot.wait()
                (assignment.begin, assignment.settle) = (nil, nil)
                around.turn(.leaving)
                consumer.close()
            }
            try work(consumer)
        } while mustRejoin && !around.stop.isStopping
    }

    private func join() throws -> any TopicConsumer {
        backlog.removeAll()
        _ = slot.removeAll()
        (unplaced, paused, checked, bounds) = ([], [], [], [:])
        return try log.consumer(
            ConsumerSettings(
                .group(settings.group, topics: topics, member: settings.member), reset: .error,
                listener: assignment))
    }

    private func work(_ consumer: any TopicConsumer) throws(Failure) {
        while !around.stop.isStopping {
            let pause: Duration
            do {
                try turn(consumer)
                if mustRejoin { break }
                if try isThrough(consumer) { return }
                continue
            } catch {
                pause = try outage.failed(error)
            }
            try backOff(pause, consumer)
            if mustRejoin { break }
        }
        // What is under way is brought to its end; where that fails it is done again by whoever comes next.
        do {
            if slot.isFlying { around.turn(.committing, records: slot.pending?.batch.records.count ?? 0) }
            land()
            try slot.rethrow()
            try slot.conclude(by: consumer, isBusy: false)
        } catch let error as Failure where error.kind == .lostAssignment {
            return
        } catch {
            _ = try outage.failed(error)
        }
    }

    /// Where partitions begin that are given to this worker.
    private func begin(
        _ partitions: [TopicPartition], _ consumer: any TopicConsumer
    ) throws -> [TopicPartition: Int64] {
        around.requireQueue()
        let starts = try losses.starts(partitions, try handler.progress(partitions, consumer))
        handler.note(firsts: starts.firsts)
        if !starts.moved.isEmpty { try handler.restart(at: starts.moved) }
        checked.formUnion(partitions)
        return starts.all
    }

    /// Notes that an attempt succeeded; after an outage nobody knows what became of the log meanwhile.
    private func isOver() {
        if outage.attempts > 0 { checked = [] }
        outage.over()
    }

    /// One round: place new partitions, or bring the next batch on its way.
    private func turn(_ consumer: any TopicConsumer) throws {
        // Not while a batch waits to be tried again: its commit may have happened.
        if slot.pending == nil { unplaced.formUnion(consumer.assignment.subtracting(checked)) }
        if !unplaced.isEmpty {
            land()
            try place(consumer)
        }
        if backlog.isEmpty && slot.isEmpty {
            around.turn(.waiting)
            try resume(consumer)
            backlog.add(try poll(consumer, limit(.waiting)))
            isOver()
            if mustRejoin { return }
            // What was polled of a partition that has just come may begin at the wrong place.
            if !unplaced.isEmpty { return }
        }
        do {
            try carry(consumer)
        } catch let error as Failure where error.kind == .lostAssignment {
            try goBack(consumer, error)
        }
        lookUpLag(consumer)
    }

    /// What one poll may bring. What is committed and what waits for it share the bytes.
    private func limit(_ phase: WorkerStatus.Phase) -> BatchLimit {
        BatchLimit(
            records: settings.limit.records, bytes: settings.limit.bytes / 2 - backlog.bytes,
            wait: phase == .waiting ? settings.limit.wait : .zero)
    }

    /// Polls, then lets go of what is not ours any more.
    private func poll(_ consumer: any TopicConsumer, _ limit: BatchLimit) throws -> Batch {
        defer { answerRebalance(consumer) }
        do {
            return try around.timing(.poll) { try consumer.poll(limit) }
        } catch let error as Failure where error.kind == .lostAssignment {
            return Batch(records: [], next: [:])
        } catch let error as Failure where error.isGone {
            let reason = losses.reason(error, consumer)
            guard settings.acceptsGaps else { throw reason }
            mustRejoin = true
            return Batch(records: [], next: [:])
        }
    }

    private func answerRebalance(_ consumer: any TopicConsumer) {
        around.requireQueue()
        let change = assignment.take()
        if change == Assignment.Change() { return }
        // It has come to its end before the change was accepted.
        land()
        if !change.gone.isEmpty {
            drop(change.gone)
            unplaced.subtract(change.gone)
            paused.subtract(change.gone)
            checked.subtract(change.gone)
            handler.end(change.gone)
        }
        unplaced.formUnion(change.fresh)
        let assigned = consumer.assignment
        around.board.update {
            $0.rebalances += 1
            $0.assigned = assigned
            $0.lag = $0.lag.filter { assigned.contains($0.key) }
        }
    }

    private func drop(_ partitions: Set<TopicPartition>) {
        if let rest = slot.drop(partitions) { backlog.putBack(rest) }
        backlog.drop(partitions)
    }

    /// Begins new partitions where the handler says.
    private func place(_ consumer: any TopicConsumer) throws {
        let ours = unplaced.intersection(consumer.assignment)
        var offsets: [TopicPartition: Int64] = [:]
        let unchecked = ours.subtracting(checked)
        // Given before anybody was asked, or before an outage.
        if !unchecked.isEmpty { offsets = try begin(unchecked.sorted(), consumer) }
        offsets.merge(try handler.begin(ours.sorted(), consumer)) { $1 }
        if !offsets.isEmpty {
            try consumer.seek(offsets)
            drop(Set(offsets.keys))
        }
        unplaced = []
    }

    /// Brings a batch one step on: works it out, begins to commit it, tells how that ended. While a commit is under
    /// way, what comes next is polled and worked out.
    ///
    /// - Throws: what failed. Called again, it takes up where it was.
    private func carry(_ consumer: any TopicConsumer) throws {
        try slot.rethrow()
        do {
            try slot.conclude(by: consumer, isBusy: !backlog.isEmpty || slot.pending != nil)
            if slot.pending == nil {
                if began == nil { began = around.clock.uptime }
                makeOne()
                try slot.fill(from: &backlog, began: began ?? around.clock.uptime)
                began = nil
            }
            guard slot.pending != nil, around.stop.current != .stopNow else { return }
            try slot.launch(by: consumer)
        } catch {
            // Where the log answers, it tells how much waits meanwhile.
            if handler.failedElsewhere { lookUpLag(consumer) }
            throw error
        }
        tellOfCommit()
        while !slot.wait(atMost: 0) {
            if try !readAhead(consumer) { _ = slot.wait(atMost: 20) }
            if !slot.isFlying { break }
        }
        land()
        do {
            try slot.rethrow()
        } catch {
            if handler.commitsElsewhere { lookUpLag(consumer) }
            throw error
        }
        try slot.conclude(by: consumer, isBusy: !backlog.isEmpty)
        isOver()
    }

    /// Polls and works out one batch more, where there is room. Returns whether one came.
    private func readAhead(_ consumer: any TopicConsumer) throws -> Bool {
        guard unplaced.isEmpty, !mustRejoin, outage.attempts == 0, !around.stop.isStopping,
            backlog.ready.count < settings.together, backlog.bytes < settings.limit.bytes / 2
        else { return false }
        if backlog.raw.isEmpty { backlog.add(try poll(consumer, limit(.committing))) }
        guard unplaced.isEmpty, !mustRejoin, !backlog.raw.isEmpty else { return false }
        if began == nil { began = around.clock.uptime }
        makeOne()
        tellOfCommit()
        return true
    }

    private func makeOne() {
        guard let first = backlog.raw.first, backlog.ready.isEmpty || slot.isFlying else { return }
        around.turn(.processing, records: first.records.count, bytes: first.size)
        around.timing(.prepare) { backlog.makeOne(handler.make) }
    }

    private func tellOfCommit() {
        guard let batch = slot.pending?.batch else { return }
        around.turn(.committing, records: batch.records.count + backlog.records, bytes: batch.size + backlog.bytes)
    }

    /// Takes in how the commit ended that is under way, if one is.
    private func land() {
        if let done = slot.land() {
            note(done.batch, done.result, since: done.began)
            FreedMemory.giveBack(after: done.batch.size)
            fed.formUnion(done.result.fedTopics)
        }
    }

    /// Drops all that is held after a commit that came too late. Partitions that are still
    /// ours are read again from where the handler, or else the dropped batch, begins.
    private func goBack(_ consumer: any TopicConsumer, _ error: Failure) throws {
        around.logger.info(
            "dropping a batch whose partitions went elsewhere", metadata: ["failure.code": "\(error.code)"])
        around.board.update { $0.dropped += 1 }
        var first = backlog.first
        if let batch = slot.removeAll() { first.merge(batch.first, uniquingKeysWith: min) }
        backlog.removeAll()
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
            let batch = slot.pending?.batch ?? backlog.raw.first
            around.turn(.backingOff, records: batch?.records.count ?? 0, bytes: batch?.size ?? 0)
            let rest = min(end - start, .milliseconds(500))
            do {
                let fresh = consumer.assignment.subtracting(paused)
                if !fresh.isEmpty {
                    try consumer.pause(fresh)
                    paused.formUnion(fresh)
                }
                let batch = try poll(consumer, BatchLimit(records: 1, bytes: 1, wait: rest))
                backlog.add(batch)
            } catch {
                let failure = Failure(describing: error)
                guard failure.isOutage else { throw failure }
                around.board.update { $0.retries.count(failure.code) }
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
        guard around.stop.current == .drain, backlog.isEmpty, slot.isEmpty, unplaced.isEmpty, outage.attempts == 0
        else { return false }
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
        if goal?.isReached(by: consumer) ?? false { return true }
        tellOfHeldBack(consumer)
        return false
    }

    /// Where nothing comes though the end is not reached, a transaction of another program that was begun and
    /// not ended holds the records back; who waits for the end is told so.
    private func tellOfHeldBack(_ consumer: any TopicConsumer) {
        let positions = consumer.assignment.map { ($0, consumer.position($0) ?? -1) }
        let now = around.clock.uptime
        let places = Dictionary(uniqueKeysWithValues: positions)
        if places != standing?.places {
            standing = (places, now)
        } else if let since = standing?.since, now - since >= .seconds(30) {
            standing = (places, now)
            let behind = places.filter { partition, position in position < goal?.end(of: partition) ?? 0 }.keys.sorted()
            around.logger.warning(
                "nothing comes though there is more: an open transaction of another program may hold it back",
                metadata: ["partitions": "\(behind.map(\.description).joined(separator: ", "))"])
        }
    }

    /// How far behind it is; only told, so that a broker that does not answer is no reason
    /// to stop reading.
    private func lookUpLag(_ consumer: any TopicConsumer) {
        let now = around.clock.uptime
        if let lagAt, now - lagAt < settings.lagEvery { return }
        lagAt = now
        handler.tend()
        guard let marks = try? log.admin.watermarks(consumer.assignment.sorted()) else { return }
        // Neither end of a topic ever goes down; where one does it is another topic, made anew under its reader.
        for (partition, before) in bounds {
            guard let now = marks[partition] else { continue }
            guard now.low < before.low || now.high < before.high else { continue }
            checked.remove(partition)
            // The end that was to be reached is no more.
            goal = nil
        }
        bounds = marks
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
