import Foundation

/// Tells a worker when to end, in steps that only go up. Any thread may use it.
public final class StopSignal: @unchecked Sendable {
    // Sendable because `level` is only touched while `condition` is locked.

    /// How urgently a worker should end.
    public enum Level: Int, Sendable, Comparable {
        /// Not at all.
        case running
        /// At the log's end as it is when the worker first sees this.
        case drain
        /// After the current batch.
        case stop
        /// At once; the current batch is dropped.
        case stopNow

        /// More urgent is greater.
        public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    }

    private let condition = NSCondition()
    private var level = Level.running

    /// A signal that says nothing yet.
    public init() {}

    /// How urgently to end.
    public var current: Level {
        condition.withLock { level }
    }

    /// Raises the level; a lower one than the present changes nothing.
    public func raise(to new: Level) {
        condition.withLock {
            guard new > level else { return }
            level = new
            condition.broadcast()
        }
    }

    /// Whether to take on nothing new.
    public var isStopping: Bool { current >= .stop }

    /// Waits until `duration` is over, or returns early at `stop` or above.
    func wait(atMost duration: Duration) {
        let end = Date(timeIntervalSinceNow: Double(duration.milliseconds) / 1000)
        condition.withLock {
            while level < .stop && condition.wait(until: end) {}
        }
    }
}
