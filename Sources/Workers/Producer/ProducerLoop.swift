import BulletinModel
import Logging
import TopicLog

/// Takes inputs and writes bulletins with their articles, each bulletin whole in one
/// transaction; of an archive each document is a bulletin of its own. It belongs to the one queue that calls ``run()``.
final class ProducerLoop {
    private let log: any TopicLog
    private let source: any InputSource
    private let reader: any BulletinReader
    private let intake: Intake
    private let topics: Topics
    private let settings: ProducerSettings
    private let around: Surroundings
    private let seen: SeenInputs
    private var limit: DeadLetterLimit
    private var refreshed: Duration = .zero
    /// Whether others wrote what is not all known yet.
    private var isBehind = false
    private var producer: (any TopicProducer)?
    /// What is being committed while the next inputs are read.
    private var flying: Flying?

    /// Inputs on their way into the log.
    private struct Flying {
        let inputs: [Input]
        let fresh: [Intake.Fresh]
        let results: [Intake.Result]
        let records: [Outgoing]
        /// Identifiers, and whether they go as dead letters.
        let identifiers: [BulletinID: Bool]
        let began: Duration
        let bytes: Int
        let first: Flight?
    }

    init(
        _ log: any TopicLog, source: any InputSource, reader: any BulletinReader, topics: Topics,
        settings: ProducerSettings, around: Surroundings
    ) {
        self.log = log
        self.source = source
        self.reader = reader
        self.topics = topics
        self.settings = settings
        self.around = around
        seen = SeenInputs(log, topics: topics)
        limit = DeadLetterLimit(settings.deadLetters)
        intake = Intake(
            reader: reader, topics: topics, largest: min(settings.largest, log.features.maximumValueBytes),
            largestRecord: log.features.maximumValueBytes)
    }

    /// Runs until the inputs end or the stop signal ends it.
    ///
    /// - Throws: what stopped it otherwise, of kind `setup` or `fatal`.
    func run() throws(Failure) {
        around.turn(.starting)
        defer {
            source.close()
            seen.close()
        }
        guard try Outage.retrying(around, { [log, topics] in try CompactedTopics.refuse(topics.all, in: log) }) != nil
        else { return }
        guard try Outage.retrying(around, source.open) != nil else { return }
        // The producer comes first: it ends what an earlier process left open, so that the
        // topics then tell for good which bulletins they have. It is made on the queue that it is used on.
        let create = { [log, settings, around] in
            try around.commits.sync { try log.producer(transactionalID: settings.transactionalID) }
        }
        guard let producer = try Outage.retrying(around, create) else { return }
        self.producer = producer
        defer {
            _ = flying?.first?.wait()
            producer.close()
        }
        guard try Outage.retrying(around, catchUp) != nil else { return }
        while !around.stop.isStopping {
            guard let offers = try next() else { break }
            if isRefreshDue(isIdle: offers.isEmpty) {
                guard try land(), try Outage.retrying(around, refresh) != nil else { return }
            }
            let inputs = tell(offers)
            // What was taken while there was more is not waited for.
            let isFull = inputs.count >= settings.limit.records
            if try !carry(inputs) { return }
            if !isFull, try !land() { return }
        }
        _ = try land()
    }

    /// The next offers; nil at the end.
    private func next() throws(Failure) -> [Offer]? {
        let isDraining = around.stop.current == .drain
        let limit = settings.limit
        guard flying != nil else {
            around.turn(.waiting)
            let next = { [source, around] in
                try around.timing(.poll) { try source.next(limit, draining: isDraining) }
            }
            return try Outage.retrying(around, next).flatMap(\.self)
        }
        // More goes into one transaction where there is a backlog; what is under way and what comes share the bytes.
        let more = BatchLimit(records: limit.records * Self.together, bytes: limit.bytes / 2, wait: .zero)
        let next = { [source, around] in
            try around.timing(.poll) { try source.next(more, draining: isDraining) }
        }
        if let offers = try Outage.retrying(around, next), let offers, !offers.isEmpty {
            return offers
        }
        guard try land() else { return nil }
        return try self.next()
    }

    /// How many batches one transaction takes where there is a backlog.
    private static let together = 10

    private func catchUp() throws {
        try seen.catchUp(turn: turnOn)
        (refreshed, isBehind) = (around.clock.uptime, false)
    }

    private func refresh() throws {
        isBehind = try !seen.refresh(turn: turnOn)
        refreshed = around.clock.uptime
    }

    /// Whether to look for what others wrote; while there is work to do not quite as often.
    private func isRefreshDue(isIdle: Bool) -> Bool {
        let every = isBehind ? min(.milliseconds(200), settings.refreshEvery) : settings.refreshEvery
        return around.clock.uptime - refreshed >= (isIdle ? every : every * 2)
    }

    private func turnOn() -> Bool {
        around.turn(.starting)
        return !around.stop.isStopping
    }

    private func tell(_ offers: [Offer]) -> [Input] {
        offers.compactMap { offer in
            switch offer {
            case .input(let input): return input
            case .unreadable(let name, let reason):
                around.logger.error(
                    "an input cannot be read",
                    metadata: ["input.name": "\(name)", "failure.reason": "\(reason)"])
                around.board.update {
                    $0.unreadable += 1
                    $0.note(RefusedInput(name: name, code: nil, reason: reason))
                }
                return nil
            case .leftover(let name, let reason):
                around.logger.warning(
                    "an input stays where it was", metadata: ["input.name": "\(name)", "failure.reason": "\(reason)"])
                return nil
            }
        }
    }

    /// Brings inputs on their way into the log; of those that nothing stands in the transaction is only begun.
    ///
    /// - Returns: whether to go on; else the worker was told to stop.
    private func carry(_ inputs: [Input]) throws(Failure) -> Bool {
        if inputs.isEmpty { return true }
        // What is said of bytes that are under way stands to what is in the log then.
        if settings.restates || inputs.contains(where: { !$0.given.isEmpty }), try !land() { return false }
        let (now, later) = Self.apart(inputs)
        guard later.isEmpty else {
            guard try carry(now) else { return false }
            return try carry(later)
        }
        let began = begin(inputs)
        var fresh = unknown(inputs)
        let holds = holdMembers(fresh)
        var none: Unpacking?
        if holds.contains(true) {
            guard try land(), try carryMembers(of: &fresh, holds, &none) else { return false }
        }
        guard let next = try work(on: inputs, fresh, since: began) else { return false }
        guard try land(), around.stop.current != .stopNow else { return false }
        try launch(next)
        return true
    }

    /// Sets aside what has the bytes of one before it and something else said of it: what becomes of the one before
    /// decides how it stands.
    private static func apart(_ inputs: [Input]) -> (now: [Input], later: [Input]) {
        guard inputs.contains(where: { !$0.given.isEmpty }) else { return (inputs, []) }
        var said: [BulletinID: GivenData] = [:]
        var (now, later): ([Input], [Input]) = ([], [])
        for (id, input) in zip(concurrentMap(inputs, \.id), inputs) {
            let isFirst = said[id] == nil
            if isFirst { said[id] = input.given }
            if isFirst || said[id] == input.given { now.append(input) } else { later.append(input) }
        }
        return (now, later)
    }

    /// Brings what stood in an input into the log in one transaction, after what stands in it in turn: so whoever
    /// finds an archive in the log knows that all of its documents are there, and one that was cut off is taken up
    /// where it was.
    ///
    /// - Parameter unpacking: the room that is left to them.
    /// - Returns: whether they are in the log now; else the worker was told to stop.
    private func carry(members inputs: [Input], _ unpacking: inout Unpacking?) throws(Failure) -> Bool {
        let began = begin(inputs)
        var fresh = unknown(inputs)
        let holds = holdMembers(fresh)
        guard try carryMembers(of: &fresh, holds, &unpacking) else { return false }
        guard let next = try work(on: inputs, fresh, since: began), around.stop.current != .stopNow else {
            return false
        }
        try launch(next)
        return try land()
    }

    private func begin(_ inputs: [Input]) -> Duration {
        around.turn(.processing, records: inputs.count, bytes: inputs.reduce(0) { $0 + $1.size })
        return around.clock.uptime
    }

    private func holdMembers(_ fresh: [Intake.Fresh]) -> [Bool] {
        concurrentMap(fresh) { [reader, intake] one in
            guard case .whole(let bytes) = one.input.content, bytes.count <= intake.largest else { return false }
            return reader.holdsMembers(bytes)
        }
    }

    /// Brings what stands in some of the inputs into the log, and takes out what is known then.
    private func carryMembers(
        of fresh: inout [Intake.Fresh], _ holds: [Bool], _ unpacking: inout Unpacking?
    ) throws(Failure) -> Bool {
        for index in fresh.indices where holds[index] {
            guard try carryMembers(of: &fresh[index], &unpacking) else { return false }
        }
        // One of them may have stood in another one, too.
        if holds.contains(true) { fresh.removeAll { standing($0.id, $0.input) != $0.standing } }
        return true
    }

    /// Works out what goes into the log of inputs; nil when the worker was told to stop.
    private func work(
        on inputs: [Input], _ fresh: [Intake.Fresh], since began: Duration
    ) throws(Failure) -> Flying? {
        let bytes = inputs.reduce(0) { $0 + $1.size }
        let start = around.clock.uptime
        guard let results = try take(fresh, inputs.count, bytes) else { return nil }
        let time = around.clock.uptime - start
        around.board.update { $0.spent(time, on: .prepare) }
        // Pictures and programs in an archive say nothing about whether the deployment is at fault.
        var limit = limit
        try limit.add(zip(results, fresh).filter { $1.input.depth == 0 }.map(\.0.failure))
        self.limit = limit
        return Flying(
            inputs: inputs, fresh: fresh, results: results, records: results.flatMap(\.records),
            identifiers: Dictionary(results.map { ($0.id, $0.failure != nil) }) { $1 }, began: began, bytes: bytes,
            first: nil)
    }

    /// Begins to commit; nothing else is under way.
    private func launch(_ next: Flying) throws(Failure) {
        around.turn(.committing, records: next.inputs.count, bytes: next.bytes)
        flying = Flying(
            inputs: next.inputs, fresh: next.fresh, results: next.results, records: next.records,
            identifiers: next.identifiers, began: next.began, bytes: next.bytes,
            first: next.results.isEmpty ? nil : flight(next.records))
    }

    private func flight(_ records: [Outgoing]) -> Flight? {
        producer.map { producer in
            Flight(on: around.commits) { [around] in
                try around.timing(.commit) { try producer.transact(records, consumed: nil) }
            }
        }
    }

    /// Waits until what is under way is in the log, and lets the source know.
    ///
    /// - Returns: whether it is, or nothing was; else the worker was told to stop.
    private func land() throws(Failure) -> Bool {
        guard let done = flying else { return true }
        if !done.results.isEmpty {
            around.turn(.committing, records: done.inputs.count, bytes: done.bytes)
            var attempt = done.first
            let commit = { [self] () throws in
                let flight = attempt ?? flight(done.records)
                attempt = nil
                try flight?.land()
            }
            defer { flying = nil }
            guard try Outage.retrying(around, commit) != nil else { return false }
            for result in done.results {
                seen.insert(result.id, result.offer, rejected: result.failure != nil)
            }
            seen.wrote(done.records)
        }
        flying = nil
        FreedMemory.giveBack(after: done.bytes)
        tell(done)
        let own = done.inputs.filter { $0.depth == 0 }
        if !own.isEmpty { source.done(own) }
        return true
    }

    /// The inputs that the log does not have, or not with what is said of them, each once.
    private func unknown(_ inputs: [Input]) -> [Intake.Fresh] {
        var fresh: [Intake.Fresh] = []
        var inBatch: Set<BulletinID> = []
        for (id, input) in zip(concurrentMap(inputs, \.id), inputs) {
            guard let standing = standing(id, input), inBatch.insert(id).inserted else { continue }
            fresh.append(Intake.Fresh(id: id, input: input, standing: standing))
        }
        return fresh
    }

    /// How an input stands to what the log has, or is getting; nil where it is to be passed over.
    private func standing(_ id: BulletinID, _ input: Input) -> BulletinOffer.Standing? {
        let isFlying = flying?.identifiers[id].map { isRejected in !isRejected || input.attempts == 0 } ?? false
        if isFlying || !seen.hasBulletin(id) && input.attempts == 0 && seen.hasRejected(id) { return nil }
        return seen.standing(id, input.given, restating: settings.restates)
    }

    /// Brings what stands in an input into the log, batch by batch. What cannot be opened says why.
    ///
    /// - Returns: whether it is done; else the worker was told to stop.
    private func carryMembers(
        of fresh: inout Intake.Fresh, _ unpacking: inout Unpacking?
    ) throws(Failure) -> Bool {
        var own = unpacking ?? Unpacking(reader)
        let input = fresh.input
        let open = { () throws -> Result<[Input], Failure> in
            do throws(Failure) { return .success(try own.members(of: input)) } catch {
                guard error.kind == .data else { throw error }
                return .failure(error)
            }
        }
        guard let opened = try Outage.retrying(around, open) else { return false }
        switch opened {
        case .failure(let refusal): fresh.refusal = refusal
        case .success(let members):
            fresh.members = members.count
            let rest = ListedInputs(members)
            var room: Unpacking? = own
            while let offers = rest.next(settings.limit, draining: false) {
                if around.stop.isStopping { return false }
                guard try carry(members: tell(offers), &room) else { return false }
            }
            if unpacking != nil { unpacking = room }
        }
        return true
    }

    /// What becomes of them. What they are not to blame for makes no dead letter: an outage is waited out, a person
    /// sees to the rest.
    private func take(_ fresh: [Intake.Fresh], _ count: Int, _ bytes: Int) throws(Failure) -> [Intake.Result]? {
        let take = { [intake, around] () throws in
            let results = around.turning(records: count, bytes: bytes) { tookOne in
                intake.take(fresh, at: around.clock.now, tookOne: tookOne)
            }
            if let trouble = results.lazy.compactMap(\.failure).first(where: { $0.kind != .data }) { throw trouble }
            return results
        }
        return try Outage.retrying(around, take)
    }

    private func tell(_ done: Flying) {
        let (results, fresh, inputs) = (done.results, done.fresh, done.inputs)
        let known = inputs.count - fresh.count
        for (result, input) in zip(results, fresh.map(\.input)) {
            guard let failure = result.failure else { continue }
            let trace = CloudEvent.traceparent(for: result.id)
            around.logger.warning(
                "an input is a dead letter", Rejection(input: input.name, traceparent: trace, failure))
        }
        let time = around.clock.uptime - done.began
        let now = around.clock.now
        let members = inputs.count { $0.depth > 0 }
        around.board.update {
            if !results.isEmpty {
                $0.batches += 1
                $0.batchSizes.observe(Double(inputs.count))
                $0.batchTimes.observe(time)
            }
            if results.contains(where: { $0.failure == nil }) { $0.lastBulletin = now }
            $0.received.count("input", inputs.count - members)
            $0.received.count("member", members)
            $0.skipped.count("known", known)
            $0.skipped.count("kept", fresh.count { $0.standing == .further })
            for (result, one) in zip(results, fresh) {
                if let failure = result.failure {
                    $0.deadLetters.count(failure.code)
                    $0.note(RefusedInput(name: one.input.name, code: failure.code, reason: failure.message))
                } else {
                    for record in result.records { $0.emitted.count(record.topic) }
                }
            }
        }
    }
}

extension Worker {
    /// The producer worker: inputs to bulletins and their articles.
    ///
    /// - Parameter source: makes the source, on the worker's queue.
    public static func producer(
        _ log: any TopicLog, reader: any BulletinReader, topics: Topics, settings: ProducerSettings,
        around: Surroundings, source: @escaping @Sendable () -> any InputSource
    ) -> Worker {
        Worker(.produce, around) { () throws(Failure) in
            try ProducerLoop(
                CountedLog(log, on: around.board), source: source(), reader: reader, topics: topics, settings: settings,
                around: around
            ).run()
        }
    }
}
