import Dispatch
import Logging
import Synchronization
import TopicLog

/// What every worker needs from outside: time, chance, a logger and the ways to end and to
/// tell how it is doing.
public struct Surroundings: Sendable {
    /// The worker's queue, labelled `gongbao.<kind>.loop`: loops and handlers run on it alone.
    public let queue: DispatchQueue
    /// The worker's second queue, labelled `gongbao.<kind>.commit`: commits run on it while the loop reads on.
    let commits: DispatchQueue
    /// Time.
    public let clock: any WorkerClock
    /// Chance: evenly from 0 to 1.
    public let random: @Sendable () -> Double
    /// Where to log.
    public let logger: Logger
    /// When to end.
    public let stop: StopSignal
    /// Where to tell.
    public let board: StatusBoard
    /// How to wait in an outage.
    public let backoff: Backoff
    /// Called by the worker's loop each time it turns, with what it does next and the uptime.
    public let turned: @Sendable (WorkerStatus.Phase, Duration) -> Void

    /// Gathers them; without clock and chance the machine's.
    public init(
        worker: String, logger: Logger, stop: StopSignal = StopSignal(), backoff: Backoff = Backoff(),
        clock: any WorkerClock = SystemClock(),
        random: @escaping @Sendable () -> Double = { Double.random(in: 0...1) },
        turned: @escaping @Sendable (WorkerStatus.Phase, Duration) -> Void = { _, _ in }
    ) {
        queue = DispatchQueue(label: "gongbao.\(worker).loop")
        Confinement.own(queue)
        commits = DispatchQueue(label: "gongbao.\(worker).commit")
        Confinement.own(commits)
        self.clock = clock
        self.random = random
        self.logger = logger
        self.stop = stop
        self.backoff = backoff
        self.turned = turned
        board = StatusBoard(worker: worker)
        // Before its first turn a loop is as old as this, not as the clock.
        let made = clock.uptime
        board.update { $0.lastTurn = made }
    }

    /// Stops the process where state of the worker is touched from anywhere but its queue.
    func requireQueue() { dispatchPrecondition(condition: .onQueue(queue)) }

    /// Notes that the loop turned and what it does next.
    func turn(_ phase: WorkerStatus.Phase, records: Int = 0, bytes: Int = 0) {
        requireQueue()
        let uptime = clock.uptime
        board.update {
            $0.lastTurn = uptime
            $0.phase = phase
            $0.inFlightRecords = records
            $0.inFlightBytes = bytes
        }
        turned(phase, uptime)
    }

    /// Does a part of a batch, and notes how long that took. Any thread may call it.
    func timing<Result>(_ part: BatchPart, _ body: () throws -> Result) rethrows -> Result {
        let start = clock.uptime
        defer {
            let end = clock.uptime
            board.update { $0.spent(end - start, on: part) }
        }
        return try body()
    }

    /// Does work off the loop that may take long but has an end of its own, such as a program that reads a PDF,
    /// while the loop turns: so that nobody takes the worker for hung.
    ///
    /// - Parameter work: calls what it is given after each part; when for eleven minutes no part has come to its
    ///   end the loop stands still, and whoever watches it may end the process.
    func turning<Result: Sendable>(
        records: Int, bytes: Int, _ work: @escaping @Sendable (_ tookOne: @escaping @Sendable () -> Void) -> Result
    ) -> Result {
        let parts = Atomic<Int>(0)
        let result = Mutex<Result?>(nil)
        return withoutActuallyEscaping(work) { work in
            let done = DispatchGroup()
            DispatchQueue.global().async(group: done) {
                let value = work { parts.wrappingAdd(1, ordering: .relaxed) }
                result.withLock { $0 = value }
            }
            var (seen, since) = (0, clock.uptime)
            while done.wait(timeout: .now() + .seconds(1)) == .timedOut {
                let count = parts.load(ordering: .relaxed)
                if count != seen { (seen, since) = (count, clock.uptime) }
                if clock.uptime - since < .seconds(660) { turn(.processing, records: records, bytes: bytes) }
            }
            guard let value = result.withLock({ $0 }) else { preconditionFailure("the work left no result") }
            return value
        }
    }
}
