import Dispatch
import Logging
import Synchronization
import TopicLog

/// One worker on its own serial queue, from start to end. Any thread may use it.
public final class Worker: Sendable {
    /// How a worker that has ended did so: nil when as it was told, else what stopped it.
    public typealias Ending = Failure?

    /// The kind of worker, as in its queue's label `gongbao.<kind>.loop`.
    public let kind: WorkerKind
    private let around: Surroundings
    private let body: @Sendable () throws(Failure) -> Void
    private let queue: DispatchQueue
    private let running = DispatchGroup()
    private let ending = Mutex<Ending>(nil)

    init(_ kind: WorkerKind, _ around: Surroundings, _ body: @escaping @Sendable () throws(Failure) -> Void) {
        self.kind = kind
        self.around = around
        self.body = body
        queue = DispatchQueue(label: "gongbao.\(kind.rawValue).loop")
    }

    /// How the worker is doing.
    public var status: WorkerStatus { around.board.snapshot }

    /// How long ago the worker's loop last turned; one that hangs grows old.
    public var loopAge: Duration { status.loopAge(at: around.clock.uptime) }

    /// Starts the worker; to be called once.
    public func start() {
        running.enter()
        queue.async { [self] in
            do throws(Failure) {
                try body()
            } catch {
                ending.withLock { $0 = error }
                around.board.update { $0.trouble = error }
                around.logger.error(
                    "the worker stopped", metadata: ["code": "\(error.code)", "reason": "\(error.reason)"])
            }
            around.turn(.stopped)
            running.leave()
        }
    }

    /// Ends the worker when it has reached the log's end (or the inputs' end) as it is when
    /// the worker sees this. Before `start` it means the end as it is on start.
    public func drain() { around.stop.raise(to: .drain) }

    /// Ends the worker after the current batch; returns at once.
    public func stop() { around.stop.raise(to: .stop) }

    /// Ends the worker as soon as it can, the current batch dropped; returns at once.
    public func stopNow() { around.stop.raise(to: .stopNow) }

    /// Waits until the worker has ended by itself.
    public func wait() -> Ending {
        running.wait()
        return ending.withLock { $0 }
    }

    /// Calls `body` on a queue of its own when the worker has ended.
    public func whenEnded(_ body: @escaping @Sendable (Ending) -> Void) {
        running.notify(queue: .global()) { [self] in body(ending.withLock { $0 }) }
    }

    /// Stops the worker after its batch, or at the deadline at once, and waits for that.
    ///
    /// - Returns: how it ended; a failure with code `stop_deadline` that names what was
    ///   still busy, when even that did not end it. The process may exit all the same: what
    ///   was not committed is done again by the next one.
    public func stop(within deadline: Duration) -> Ending {
        stop()
        if running.wait(timeout: .now() + .milliseconds(Int(deadline.milliseconds))) == .success { return wait() }
        stopNow()
        if running.wait(timeout: .now() + .seconds(1)) == .success { return wait() }
        let status = status
        return Failure(
            .fatal, code: "stop_deadline",
            "The \(kind.rawValue) worker did not end within \(deadline.components.seconds) s: it was still "
                + "\(status.phase.rawValue) a batch of \(status.inFlightRecords) records "
                + "(\(status.inFlightBytes) bytes); nothing of it is lost, the next start does it again.")
    }
}

extension Worker {
    /// The enrichment worker: articles to indicators, exactly once.
    ///
    /// - Parameter transactionalID: unique among the processes that run at one time.
    public static func enrichment(
        _ log: any TopicLog, reader: any BulletinReader, topics: Topics, settings: ConsumingSettings,
        transactionalID: String, around: Surroundings
    ) -> Worker {
        Worker(.enrich, around) { () throws(Failure) in
            let handler = StageHandler(
                log, stage: EnrichmentStage(reader: reader, topics: topics), transactionalID: transactionalID,
                deadLetters: topics.deadLetters, inARow: settings.deadLettersInARow, clock: around.clock)
            try BatchLoop(log, topics: [topics.articles], settings: settings, handler: handler, around: around).run()
        }
    }
}
