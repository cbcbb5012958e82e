import Dispatch
import Foundation
import Logging

/// Where and how the messages of a process are written; makes its loggers.
public struct LogOutput: Sendable {
    private let format: LineLogHandler.Format
    private let level: Logger.Level
    private let hasPriorities: Bool
    private let throttle: LogThrottle
    private let now: @Sendable () -> Date
    private let write: @Sendable (String) -> Void

    /// Writes as told; `hasPriorities` begins lines as journald reads levels (`<4>`).
    public init(
        format: LineLogHandler.Format, level: Logger.Level, hasPriorities: Bool = false, throttle: LogThrottle,
        now: @escaping @Sendable () -> Date = { Date() },
        write: @escaping @Sendable (String) -> Void = LineLogHandler.standardError
    ) {
        self.format = format
        self.level = level
        self.hasPriorities = hasPriorities
        self.throttle = throttle
        self.now = now
        self.write = write
    }

    /// A logger with this label.
    public func logger(_ label: String) -> Logger {
        Logger(label: label) { handler($0) }
    }

    private func handler(_ label: String) -> LineLogHandler {
        LineLogHandler(
            label: label, format: format, level: level, hasPriorities: hasPriorities, throttle: throttle, now: now,
            write: write)
    }

    /// Tells how many messages were suppressed and not told of since: those whose time is over,
    /// or at the end of the process all.
    public func tellSuppressed(all: Bool) {
        for (kind, count) in throttle.take(all: all) where kind.level >= level {
            handler(kind.label).write(
                kind.level, kind.message, ["log.suppressed": "\(count)"])
        }
    }

    /// Whether standard error goes to journald itself, as `JOURNAL_STREAM` tells.
    public static func isJournal(environment: [String: String]) -> Bool {
        guard let parts = environment["JOURNAL_STREAM"]?.split(separator: ":"), parts.count == 2 else { return false }
        var status = stat()
        guard fstat(STDERR_FILENO, &status) == 0 else { return false }
        return parts[0] == "\(status.st_dev)" && parts[1] == "\(status.st_ino)"
    }
}
