import Logging
import Synchronization

/// Lets the first messages of a kind through and counts those that follow, so that one bad
/// source cannot fill a disk or hide everything else. Any thread may use it.
///
/// Messages are of one kind when logger, level and text are the same; what differs stands in
/// their metadata. Errors always pass.
public final class LogThrottle: Sendable {
    /// What becomes of a message.
    enum Verdict: Equatable {
        /// It is written, and tells how many before it were not.
        case write(suppressed: Int)
        /// It is counted.
        case suppress
    }

    /// A kind of message.
    struct Kind: Hashable {
        let label: String
        let level: Logger.Level
        let message: String
    }

    private struct Window {
        var began: Duration
        var written = 0
        var suppressed = 0
    }

    private let burst: Int
    private let interval: Duration
    private let uptime: @Sendable () -> Duration
    private let windows = Mutex<[Kind: Window]>([:])

    /// The kinds that are remembered; messages that are not constant must not take all memory.
    private static let most = 1000

    /// Lets `burst` messages of a kind through in every `interval`.
    public init(burst: Int = 10, every interval: Duration = .seconds(60), uptime: @escaping @Sendable () -> Duration) {
        self.burst = burst
        self.interval = interval
        self.uptime = uptime
    }

    /// What becomes of a message of this kind.
    func judge(_ kind: Kind) -> Verdict {
        if kind.level >= .error { return .write(suppressed: 0) }
        let now = uptime()
        return windows.withLock { windows in
            if windows.count >= Self.most { windows = windows.filter { now - $0.value.began < interval } }
            guard windows.count < Self.most || windows[kind] != nil else { return .write(suppressed: 0) }
            var window = windows[kind] ?? Window(began: now)
            defer { windows[kind] = window }
            if now - window.began >= interval {
                let suppressed = window.suppressed
                window = Window(began: now, written: 1)
                return .write(suppressed: suppressed)
            }
            guard window.written < burst else {
                window.suppressed += 1
                return .suppress
            }
            window.written += 1
            return .write(suppressed: 0)
        }
    }

    /// What was suppressed and not told yet, of all kinds whose interval is over, or of all.
    func take(all: Bool) -> [(kind: Kind, count: Int)] {
        let now = uptime()
        return windows.withLock { windows in
            var told: [(kind: Kind, count: Int)] = []
            for (kind, window) in windows where window.suppressed > 0 {
                guard all || now - window.began >= interval else { continue }
                told.append((kind, window.suppressed))
                windows[kind] = nil
            }
            return told.sorted { ($0.kind.label, $0.kind.message) < ($1.kind.label, $1.kind.message) }
        }
    }
}
