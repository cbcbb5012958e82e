import CRdKafka
import Logging
import TopicLog

/// Writes transactions, through a librdkafka client that is replaced when it is of no more use.
///
/// `@unchecked Sendable`: one queue at a time uses it, as the contract says.
final class KafkaProducer: TopicProducer, @unchecked Sendable {
    private struct Call: Equatable {
        let records: [Outgoing]
        let group: String?
        let next: [TopicPartition: Int64]
    }

    /// What is not known after a transaction that did not end as it should.
    private enum Doubt {
        /// The id is refused: to a newer process's advantage, or since the transaction took too long.
        case fence(Failure)
        /// A commit was refused in a way that does not tell whether it happened; its first record would
        /// stand there.
        case commit(Call, RecordPlace?)
    }

    private let transactionalID: String
    private let properties: ClientProperties
    private let logger: Logger
    private let deadline: Duration
    private let confinement = Confinement()
    private var transactions: Transactions?
    /// What the clients before this one waited.
    private var earlierFlushTime: Duration = .zero
    /// A commit that was asked for and not answered; the same call again asks for the answer.
    private var unanswered: Call?
    /// When the transaction began that is not settled yet.
    private var began: ContinuousClock.Instant?
    /// What must be found out before anything else is written.
    private var doubt: Doubt?
    /// Why this producer is of no more use.
    private var end: Failure?

    init(_ transactionalID: String, properties: ClientProperties, logger: Logger) throws {
        self.transactionalID = transactionalID
        self.properties = properties
        self.logger = logger
        deadline = properties.milliseconds("transaction.timeout.ms", default: 60_000)
        transactions = try Transactions(
            transactionalID, properties: properties, logger: logger, deadline: .now + deadline)
    }

    func transact(_ records: [Outgoing], consumed: Consumed?) throws {
        confinement.check()
        if let end { throw end }
        var call = Call(records: records, group: nil, next: consumed?.next ?? [:])
        var member: KafkaConsumer?
        if let consumed, !consumed.next.isEmpty {
            guard let consumer = consumed.consumer as? KafkaConsumer,
                case .group(let group, _, _) = consumer.settings.source
            else {
                throw Failure(
                    .setup, code: "no_group",
                    "Kafka: offsets can be committed only for a member of a group in the same Kafka.")
            }
            call = Call(records: records, group: group, next: consumed.next)
            member = consumer
        }
        if records.isEmpty, call.next.isEmpty { return }
        let deadline = ContinuousClock.now + deadline
        do {
            if try isDone(call, member, deadline) { return }
            // Asked only now, as an earlier attempt may have gone well before the partitions were lost.
            let offsets = try member.map { try claim(call.next, consumed?.notes ?? [:], $0) }
            let transactions = try open(deadline)
            began = .now
            try transactions.run(records, offsets, deadline) { unanswered = call }
            unanswered = nil
        } catch let failure as Transactions.Breakdown {
            let error = settle(failure, call, member)
            if case .commit? = doubt, try isDone(call, member, .now + self.deadline) { return }
            throw error
        }
    }

    var flushTime: Duration { earlierFlushTime + (transactions?.flushTime ?? .zero) }

    func close() {
        transactions?.close()
        transactions = nil
        if end == nil { end = Failure(.setup, code: "closed", "Kafka: the producer is closed; open another.") }
    }

    deinit { close() }

    private func open(_ deadline: ContinuousClock.Instant) throws -> Transactions {
        if let transactions { return transactions }
        let fresh = try Transactions(transactionalID, properties: properties, logger: logger, deadline: deadline)
        transactions = fresh
        return fresh
    }

    /// The offsets as a member may commit them.
    ///
    /// - Throws: ``Failure`` of kind `lostAssignment` when the partitions are not the member's any more.
    private func claim(
        _ next: [TopicPartition: Int64], _ notes: [TopicPartition: String], _ member: KafkaConsumer
    ) throws -> Transactions.Offsets {
        guard member.isStillOurs(next.keys), let membership = member.shared.withLock({ $0.membership }) else {
            throw Failure(
                .lostAssignment, code: "lost_assignment",
                "Kafka: a transaction of \(transactionalID) was not begun: another member reads its partitions now.")
        }
        return Transactions.Offsets(next: next, notes: notes, membership: membership)
    }

    /// Brings the producer into a state in which what is thrown is true.
    private func settle(_ failure: Transactions.Breakdown, _ call: Call, _ member: KafkaConsumer?) -> Failure {
        let place = transactions?.firstPlace
        switch failure.aftermath {
        case .clean:
            unanswered = nil
            return failure.error
        case .unanswered:
            // Kept: librdkafka resumes a commit that is asked for again.
            return failure.error
        case .broken, .doubtful, .over:
            // A new client takes the id over, and with that ends what is open.
            let asked = unanswered ?? call
            unanswered = nil
            earlierFlushTime = flushTime
            transactions?.close()
            transactions = nil
            if case .doubtful = failure.aftermath { doubt = .commit(asked, place) }
            if case .over = failure.aftermath { return over(failure.error, member) }
            return failure.error
        }
    }

    // MARK: doubts

    /// What becomes of a producer whose client is of no more use.
    ///
    /// The broker ends a transaction that takes longer than its time-out by giving the id a new epoch,
    /// and from then on answers as if another process had it. Nothing is visible either way. Whether it
    /// was an outage is known from the group: it has no second member of the same name.
    private func over(_ error: Failure, _ member: KafkaConsumer?) -> Failure {
        let isLong = began.map { .now - $0 >= deadline } ?? false
        guard error.kind == .fenced, isLong else {
            end = error
            return error
        }
        guard member != nil else {
            let message = error.message.dropLast() + ", or the broker gave up waiting (transaction.timeout.ms)."
            let told = Failure(.fenced, code: error.code, message + " Nothing was written; start this process again.")
            end = told
            return told
        }
        doubt = .fence(error)
        return Failure(
            .transient, code: "timed_out",
            "Kafka: the broker ended a transaction of \(transactionalID) that took longer than transaction.timeout.ms; "
                + "it is tried again.")
    }

    /// Settles what earlier calls left open. Returns whether this very call has been committed.
    ///
    /// - Throws: ``Failure``, or ``Transactions/Breakdown``, for as long as that cannot be known.
    private func isDone(_ call: Call, _ member: KafkaConsumer?, _ deadline: ContinuousClock.Instant) throws -> Bool {
        switch doubt {
        case .fence(let error)?:
            guard let member else {
                end = error
                throw error
            }
            // A member that was replaced learns so when it polls.
            guard try member.isKnownToGroup() else {
                throw Failure(
                    .transient, code: "timed_out",
                    "Kafka: a transaction of \(transactionalID) waits until this member is back in its group.")
            }
            doubt = nil
        case .commit(let asked, let place)?:
            _ = try open(deadline)
            let isCommitted =
                if let place { try isVisible(place, deadline) } else { try member?.hasCommitted(asked.next) ?? false }
            doubt = nil
            logger.info(
                "a commit without a clear answer was looked up",
                metadata: ["kafka.committed": "\(isCommitted)"])
            if isCommitted, asked == call { return true }
        case nil:
            guard let asked = unanswered else { return false }
            try open(deadline).commit(deadline)
            unanswered = nil
            // Of another call: what was asked for before is settled, so this one begins.
            return asked == call
        }
        return false
    }

    /// Whether readers of what is committed see a record, once its transaction has ended.
    private func isVisible(_ place: RecordPlace, _ deadline: ContinuousClock.Instant) throws -> Bool {
        let settings = ConsumerSettings(.partitions([place.partition: place.offset]))
        let role = ClientProperties.Role.reader(reset: settings.reset, inBulk: false)
        let reader = try KafkaConsumer(settings, client: Client(role, properties, logger: logger))
        defer { reader.close() }
        while ContinuousClock.now < deadline {
            let batch = try reader.poll(BatchLimit(records: 1, bytes: 1, wait: .milliseconds(200)))
            if let record = batch.records.first { return record.offset == place.offset }
            if let position = reader.position(place.partition), position > place.offset { return false }
        }
        throw Failure(
            .transient, code: "timed_out",
            "Kafka: whether a transaction of \(transactionalID) was committed could not be looked up; it is tried again."
        )
    }
}
