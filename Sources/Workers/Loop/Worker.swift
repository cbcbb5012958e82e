import BulletinModel
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
    private struct State {
        var ending: Ending = nil
        var hasEnded = false
        var whenEnded: [@Sendable (Ending) -> Void] = []
    }
    private let state = Mutex(State())
    private let ended = DispatchSemaphore(value: 0)

    init(_ kind: WorkerKind, _ around: Surroundings, _ body: @escaping @Sendable () throws(Failure) -> Void) {
        self.kind = kind
        self.around = around
        self.body = body
    }

    /// How the worker is doing.
    public var status: WorkerStatus { around.board.snapshot }

    /// How long ago the worker's loop last turned; one that hangs grows old.
    public var loopAge: Duration { status.loopAge(at: around.clock.uptime) }

    /// Starts the worker; to be called once.
    public func start() {
        around.queue.async { [self] in
            var ending: Ending
            do throws(Failure) {
                try body()
                ending = nil
            } catch {
                ending = error
                around.board.update { $0.trouble = error }
                around.logger.error(
                    "the worker stopped",
                    metadata: ["failure.code": "\(error.code)", "failure.reason": "\(error.message)"])
            }
            around.turn(.stopped)
            end(ending)
        }
    }

    private func end(_ ending: Ending) {
        let handlers = state.withLock { state in
            state.ending = ending
            state.hasEnded = true
            defer { state.whenEnded = [] }
            return state.whenEnded
        }
        ended.signal()
        for handler in handlers { DispatchQueue.global().async { handler(ending) } }
    }

    /// Ends the worker when it has reached the log's end (or the inputs' end) as it is when
    /// the worker sees this. Before `start` it means the end as it is on start.
    public func drain() { around.stop.raise(to: .drain) }

    /// Ends the worker after the current batch; returns at once.
    public func stop() { around.stop.raise(to: .stop) }

    /// Ends the worker as soon as it can, the current batch dropped; returns at once.
    public func stopNow() { around.stop.raise(to: .stopNow) }

    /// Waits until the worker has ended; it must have been started.
    public func wait() -> Ending {
        _ = hasEnded(by: .distantFuture)
        return state.withLock { $0.ending }
    }

    /// Calls `body` on a global queue once the worker has ended, or soon if it has already.
    public func whenEnded(_ body: @escaping @Sendable (Ending) -> Void) {
        let ending: Ending? = state.withLock { state in
            if state.hasEnded { return .some(state.ending) }
            state.whenEnded.append(body)
            return nil
        }
        if let ending { DispatchQueue.global().async { body(ending) } }
    }

    /// The signal is given on, so that any number of threads may wait.
    private func hasEnded(by deadline: DispatchTime) -> Bool {
        guard ended.wait(timeout: deadline) == .success else { return false }
        ended.signal()
        return true
    }

    /// Stops the worker after its batch, or at the deadline at once, and waits for that.
    ///
    /// - Returns: how it ended; a failure with code `stop_deadline` that names what was
    ///   still busy, when even that did not end it. The process may exit all the same: what
    ///   was not committed is done again by the next one.
    public func stop(within deadline: Duration) -> Ending {
        stop()
        if hasEnded(by: .now() + .milliseconds(Int(deadline.milliseconds))) { return wait() }
        stopNow()
        if hasEnded(by: .now() + .seconds(1)) { return wait() }
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
    /// - Parameters:
    ///   - mostFigures: how many figures an article may state.
    ///   - transactionalID: unique among the processes that run at one time.
    public static func enrichment(
        _ log: any TopicLog, reader: any BulletinReader, topics: Topics, settings: ConsumingSettings,
        mostFigures: Int = Enrichment.defaultMostFigures, transactionalID: String, around: Surroundings
    ) -> Worker {
        Worker(.enrich, around) { () throws(Failure) in
            let log = CountedLog(log, on: around.board)
            let handler = StageHandler(
                log, stage: EnrichmentStage(reader: reader, topics: topics, mostFigures: mostFigures),
                transactionalID: transactionalID,
                deadLetters: topics.deadLetters, bounds: settings.deadLetters,
                outputBytes: settings.limit.bytes / 2, around: around)
            try BatchLoop(log, topics: [topics.articles], settings: settings, handler: handler, around: around).run()
        }
    }
}
