import Dispatch
import TopicLog

/// The one batch of a loop that is being committed, or waits to be tried again. Commits come one after the other,
/// in the order of the batches.
final class CommitSlot<Handler: BatchHandler> {
    /// A batch that is prepared.
    struct Pending {
        let batch: Batch
        let work: Handler.Work
        /// When work on it began, on the worker's clock.
        let began: Duration
    }

    /// A batch that is committed.
    struct Done {
        let batch: Batch
        let result: BatchResult
        let began: Duration
    }

    private let handler: Handler
    private let around: Surroundings
    private(set) var pending: Pending?
    private var flight: Flight?
    /// How the last attempt failed, until somebody is told.
    private var failure: (any Error)?
    /// Whether the handler has still to do what follows a commit.
    private(set) var mustConclude = false

    init(_ handler: Handler, _ around: Surroundings) {
        self.handler = handler
        self.around = around
    }

    /// Whether a batch is being committed.
    var isFlying: Bool { flight != nil }
    /// Whether there is nothing to commit, to try again or to tell.
    var isEmpty: Bool { pending == nil && failure == nil && !mustConclude }

    /// Takes what is worked out of a backlog, and prepares it. Where all of it together cannot be, the first part
    /// alone is.
    func fill(from backlog: inout Backlog<Handler.Made>, began: Duration) throws {
        var parts = backlog.ready
        guard pending == nil, !parts.isEmpty else { return }
        let prepare = { [handler, around] in
            try around.timing(.prepare) { try handler.prepare(parts.map { ($0.made, $0.batch) }) }
        }
        let work: Handler.Work
        do { work = try prepare() } catch {
            do {
                guard parts.count > 1 else { throw error }
                parts = [parts[0]]
                work = try prepare()
            } catch {
                // Made anew when it is tried again.
                backlog.undo()
                throw error
            }
        }
        _ = backlog.take(parts.count)
        pending = Pending(batch: .joined(parts.map(\.batch)), work: work, began: began)
    }

    /// Begins to commit what is pending.
    func launch(by consumer: any TopicConsumer) throws {
        guard let pending, flight == nil else { return }
        let commit = try handler.commitment(of: pending.work, batch: pending.batch, by: consumer)
        flight = Flight(on: around.commits) { [around] in try around.timing(.commit, commit) }
    }

    /// Waits until nothing is under way, or for so long. Returns whether nothing is.
    func wait(atMost milliseconds: Int? = nil) -> Bool {
        guard let flight else { return true }
        return flight.wait(until: milliseconds.map { DispatchTime.now() + .milliseconds($0) } ?? .distantFuture)
    }

    /// Takes in how an attempt ended, waiting for that. Where it failed, ``rethrow()`` tells.
    func land() -> Done? {
        guard let flight else { return nil }
        self.flight = nil
        do {
            try flight.land()
        } catch {
            failure = error
            return nil
        }
        guard let landed = pending else { return nil }
        pending = nil
        mustConclude = true
        return Done(batch: landed.batch, result: handler.committed(landed.work), began: landed.began)
    }

    /// Throws once what the last attempt threw.
    func rethrow() throws {
        guard let error = failure else { return }
        failure = nil
        throw error
    }

    /// Lets the handler do what follows a commit.
    func conclude(by consumer: any TopicConsumer, isBusy: Bool) throws {
        guard mustConclude else { return }
        try handler.conclude(by: consumer, isBusy: isBusy)
        mustConclude = isBusy
    }

    /// Gives up a batch that has one of these partitions and is not under way; returns it.
    func drop(_ partitions: Set<TopicPartition>) -> Batch? {
        guard flight == nil, let batch = pending?.batch, !partitions.isDisjoint(with: batch.next.keys) else {
            return nil
        }
        pending = nil
        return batch.without(partitions)
    }

    /// Gives up all that is not under way.
    func removeAll() -> Batch? {
        guard flight == nil else { return nil }
        defer { pending = nil }
        return pending?.batch
    }
}
