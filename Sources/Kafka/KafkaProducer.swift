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

    private let transactionalID: String
    private let properties: ClientProperties
    private let logger: Logger
    private let deadline: Duration
    private var transactions: Transactions?
    /// A commit that was asked for and not answered; the same call again asks for the answer.
    private var unanswered: Call?
    /// Why this producer is of no more use.
    private var end: LogError?

    init(_ transactionalID: String, properties: ClientProperties, logger: Logger) throws {
        self.transactionalID = transactionalID
        self.properties = properties
        self.logger = logger
        deadline = properties.milliseconds("transaction.timeout.ms", default: 60_000)
        transactions = try Transactions(
            transactionalID, properties: properties, logger: logger, deadline: .now + deadline)
    }

    func transact(_ records: [Outgoing], consumed: Consumed?) throws {
        if let end { throw end }
        var call = Call(records: records, group: nil, next: consumed?.next ?? [:])
        var offsets: Transactions.Offsets?
        if let consumed, !consumed.next.isEmpty {
            guard let consumer = consumed.consumer as? KafkaConsumer,
                case .group(let group, _, _) = consumer.settings.source
            else {
                throw LogError(
                    .setup, code: "no_group",
                    "Kafka: offsets can be committed only for a member of a group in the same Kafka.")
            }
            call = Call(records: records, group: group, next: consumed.next)
            // Asked after a commit without an answer, as that may have gone well before the loss.
            if unanswered != call {
                guard consumer.isStillOurs(consumed.next.keys),
                    let membership = consumer.shared.withLock({ $0.membership })
                else {
                    throw LogError(
                        .lostAssignment, code: "lost_assignment",
                        "Kafka: a transaction of group \(group) was not begun: another member reads its partitions now."
                    )
                }
                offsets = Transactions.Offsets(next: consumed.next, membership: membership)
            }
        }
        if records.isEmpty, call.next.isEmpty { return }
        let deadline = ContinuousClock.now + deadline
        do {
            if let asked = unanswered {
                let transactions = try open(deadline)
                try transactions.commit(deadline)
                unanswered = nil
                if asked == call { return }
                // Another call: what was asked for before is settled, so this one begins.
            }
            let transactions = try open(deadline)
            try transactions.run(records, offsets, deadline) { unanswered = call }
            unanswered = nil
        } catch let failure as Transactions.Failure {
            throw settle(failure)
        }
    }

    func close() {
        transactions?.close()
        transactions = nil
        if end == nil { end = LogError(.setup, code: "closed", "Kafka: the producer is closed; open another.") }
    }

    deinit { close() }

    private func open(_ deadline: ContinuousClock.Instant) throws -> Transactions {
        if let transactions { return transactions }
        let fresh = try Transactions(transactionalID, properties: properties, logger: logger, deadline: deadline)
        transactions = fresh
        return fresh
    }

    /// Brings the producer into a state in which what is thrown is true.
    private func settle(_ failure: Transactions.Failure) -> LogError {
        switch failure.aftermath {
        case .clean:
            unanswered = nil
        case .unanswered:
            // Kept: librdkafka resumes a commit that is asked for again.
            break
        case .broken:
            // A new client takes the id over, and with that aborts what is open.
            unanswered = nil
            transactions?.close()
            transactions = nil
        case .over:
            unanswered = nil
            transactions?.close()
            transactions = nil
            end = failure.error
        }
        return failure.error
    }
}
