import BulletinModel
import Logging
import TopicLog

/// What a producer takes at once and how it is named.
public struct ProducerSettings: Sendable {
    /// Fences an earlier process of the same name; another producer needs another.
    public let transactionalID: String
    /// Bounds of one transaction's inputs, and how long to wait for the first.
    public let limit: BatchLimit
    /// The largest bulletin that is taken, in bytes; never more than the log takes.
    public let largest: Int
    /// How many rejected inputs stop the worker.
    public let deadLetters: DeadLetterBounds
    /// How often to look for what other producers wrote.
    public let refreshEvery: Duration

    /// Gathers the settings.
    public init(
        transactionalID: String,
        limit: BatchLimit = BatchLimit(records: 500, bytes: 32 << 20, wait: .milliseconds(500)),
        largest: Int = 16 << 20, deadLetters: DeadLetterBounds = DeadLetterBounds(),
        refreshEvery: Duration = .seconds(5)
    ) {
        self.transactionalID = transactionalID
        self.limit = limit
        self.largest = largest
        self.deadLetters = deadLetters
        self.refreshEvery = refreshEvery
    }
}

/// Takes inputs and writes bulletins with their articles, each bulletin whole in one
/// transaction; of an archive each document is a bulletin of its own. It belongs to the one queue that calls ``run()``.
final class ProducerLoop {
    private let log: any TopicLog
    private let source: any InputSource
    private let reader: any BulletinReader
    private let intake: Intake
    private let settings: ProducerSettings
    private let around: Surroundings
    private let seen: SeenInputs
    private var limit: DeadLetterLimit
    private var refreshed: Duration = .zero

    init(
        _ log: any TopicLog, source: any InputSource, reader: any BulletinReader, topics: Topics,
        settings: ProducerSettings, around: Surroundings
    ) {
        self.log = log
        self.source = source
        self.reader = reader
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
        guard try Outage.retrying(around, source.open) != nil else { return }
        // The producer comes first: it ends what an earlier process left open, so that the
        // topics then tell for good which bulletins they have.
        let create = { [log, settings] in try log.producer(transactionalID: settings.transactionalID) }
        guard let producer = try Outage.retrying(around, create) else { return }
        defer { producer.close() }
        guard try Outage.retrying(around, catchUp) != nil else { return }
        while !around.stop.isStopping {
            around.turn(.waiting)
            let isDraining = around.stop.current == .drain
            let next = { [source, settings] in try source.next(settings.limit, draining: isDraining) }
            guard let offers = try Outage.retrying(around, next), let offers else { return }
            if around.clock.uptime - refreshed >= settings.refreshEvery {
                guard try Outage.retrying(around, catchUp) != nil else { return }
            }
            try carry(tell(offers), producer)
        }
    }

    private func catchUp() throws {
        try seen.catchUp { [around] in
            around.turn(.starting)
            return !around.stop.isStopping
        }
        refreshed = around.clock.uptime
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

    /// Brings inputs into the log, and lets their source know.
    private func carry(_ inputs: [Input], _ producer: any TopicProducer) throws(Failure) {
        var none: Unpacking?
        if inputs.isEmpty { return }
        if try carry(inputs, &none, producer) { source.done(inputs) }
    }

    /// Brings inputs into the log in one transaction, after what stands in them: so whoever finds an archive in the
    /// log knows that all of its documents are there, and one that was cut off is taken up where it was.
    ///
    /// - Parameter unpacking: the room that is left to them; nil for inputs from outside, each of which has its own.
    /// - Returns: whether they are in the log now; else the worker was told to stop.
    private func carry(
        _ inputs: [Input], _ unpacking: inout Unpacking?, _ producer: any TopicProducer
    ) throws(Failure) -> Bool {
        let bytes = inputs.reduce(0) { $0 + $1.size }
        let began = around.clock.uptime
        around.turn(.processing, records: inputs.count, bytes: bytes)
        var fresh = unknown(inputs)
        let holds = concurrentMap(fresh) { [reader, intake] one in
            guard case .whole(let bytes) = one.input.content, bytes.count <= intake.largest else { return false }
            return reader.holdsMembers(bytes)
        }
        for index in fresh.indices where holds[index] {
            guard try carryMembers(of: &fresh[index], &unpacking, producer) else { return false }
        }
        // One of them may have stood in another one, too.
        if holds.contains(true) { fresh.removeAll { isKnown($0.id, $0.input) } }
        let known = inputs.count - fresh.count
        guard let results = try take(fresh, inputs.count, bytes) else { return false }
        var limit = limit
        // Pictures and programs in an archive say nothing about whether the deployment is at fault.
        try limit.add(zip(results, fresh).filter { $1.input.depth == 0 }.map(\.0.failure))
        if around.stop.current == .stopNow { return false }
        if !results.isEmpty {
            let records = results.flatMap(\.records)
            around.turn(.committing, records: inputs.count, bytes: bytes)
            guard try Outage.retrying(around, { try producer.transact(records, consumed: nil) }) != nil else {
                return false
            }
            self.limit = limit
            for result in results { seen.insert(result.id, rejected: result.failure != nil) }
        }
        tell(results, of: fresh, inputs, known: known, since: began)
        return true
    }

    /// The inputs that the log does not have, each once.
    private func unknown(_ inputs: [Input]) -> [Intake.Fresh] {
        var fresh: [Intake.Fresh] = []
        var inBatch: Set<BulletinID> = []
        for (id, input) in zip(concurrentMap(inputs, \.id), inputs) {
            if isKnown(id, input) || !inBatch.insert(id).inserted { continue }
            fresh.append(Intake.Fresh(id: id, input: input))
        }
        return fresh
    }

    private func isKnown(_ id: BulletinID, _ input: Input) -> Bool {
        seen.hasBulletin(id) || input.attempts == 0 && seen.hasRejected(id)
    }

    /// Brings what stands in an input into the log, batch by batch. What cannot be opened says why.
    ///
    /// - Returns: whether it is done; else the worker was told to stop.
    private func carryMembers(
        of fresh: inout Intake.Fresh, _ unpacking: inout Unpacking?, _ producer: any TopicProducer
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
                guard try carry(tell(offers), &room, producer) else { return false }
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

    private func tell(
        _ results: [Intake.Result], of fresh: [Intake.Fresh], _ inputs: [Input], known: Int, since began: Duration
    ) {
        for (result, input) in zip(results, fresh.map(\.input)) {
            guard let failure = result.failure else { continue }
            let trace = CloudEvent.traceparent(for: result.id)
            around.logger.warning(
                "an input is a dead letter", Rejection(input: input.name, traceparent: trace, failure))
        }
        let time = around.clock.uptime - began
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
