/// Writes transactions to a ``LocalLog``: checks and append happen with nothing else changing.
package final class LocalProducer: TopicProducer {
    private let log: LocalLog
    private let id: String
    private let epoch: Int
    private let confinement = Confinement()

    init(log: LocalLog, id: String, epoch: Int) {
        self.log = log
        self.id = id
        self.epoch = epoch
    }

    package func transact(_ records: [Outgoing], consumed: Consumed?) throws {
        confinement.check()
        try log.begin(.transact)
        try log.write {
            guard log.coordinator.holds(id, epoch) else {
                throw Failure(
                    .fenced, code: "fenced",
                    "A newer producer with the transactional id \(id) has taken over; this one must stop.")
            }
            let placed = try log.place(records)
            let offsets = try consumed.flatMap(committable)
            if !placed.isEmpty || offsets != nil { try log.storage.append(placed, offsets: offsets) }
        }
        if !records.isEmpty { log.bell.ring() }
    }

    package func close() {}

    private func committable(_ consumed: Consumed) throws -> GroupOffsets? {
        guard let consumer = consumed.consumer as? LocalConsumer, consumer.isOf(log) else {
            throw Failure(
                .setup, code: "foreign_consumer",
                "The consumer whose offsets are to be committed reads another log than the producer writes.")
        }
        return consumed.next.isEmpty ? nil : try consumer.committable(consumed.next, consumed.notes)
    }
}
