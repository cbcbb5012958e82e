import Dispatch
import Logging

/// What every worker needs from outside: time, chance, a logger and the ways to end and to
/// tell how it is doing.
public struct Surroundings: Sendable {
    /// The worker's queue, labelled `gongbao.<kind>.loop`: loops and handlers run on it alone.
    public let queue: DispatchQueue
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
}
