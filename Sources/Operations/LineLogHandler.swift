import BulletinModel
import Foundation
import Logging

/// Writes log messages to standard error: for people on a terminal, as JSON lines otherwise.
///
/// Control characters of a message never reach the terminal: bulletins are hostile input.
public struct LineLogHandler: LogHandler {
    /// How a message is written.
    public enum Format: Sendable {
        /// `time LEVEL message key=value`.
        case text
        /// One JSON object a line.
        case json
    }

    /// Metadata of every message.
    public var metadata: Logger.Metadata = [:]
    /// The least important message that is written.
    public var logLevel: Logger.Level
    private let label: String
    private let format: Format
    private let hasPriorities: Bool
    private let throttle: LogThrottle?
    private let write: @Sendable (String) -> Void
    private let now: @Sendable () -> Date

    /// A handler for one logger; `write` takes whole lines without their line feed, and with
    /// `hasPriorities` they begin as journald reads levels (`<4>` is a warning).
    public init(
        label: String, format: Format, level: Logger.Level, hasPriorities: Bool = false,
        throttle: LogThrottle? = nil, now: @escaping @Sendable () -> Date = { Date() },
        write: @escaping @Sendable (String) -> Void = LineLogHandler.standardError
    ) {
        self.label = label
        self.format = format
        self.logLevel = level
        self.hasPriorities = hasPriorities
        self.throttle = throttle
        self.now = now
        self.write = write
    }

    /// Metadata of every message, by key.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes one message.
    public func log(event: LogEvent) {
        let message = "\(event.message)"
        var all = metadata.merging(event.metadata ?? [:]) { $1 }
        switch throttle?.judge(.init(label: label, level: event.level, message: message)) {
        case .suppress: return
        case .write(let suppressed) where suppressed > 0: all["log.suppressed"] = "\(suppressed)"
        default: break
        }
        write(event.level, message, all)
    }

    /// Writes one line.
    func write(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata) {
        let all = metadata.sorted { $0.key < $1.key }
        let priority = hasPriorities ? "<\(Self.priority(level))>" : ""
        let time = now().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        switch format {
        case .text:
            let pairs = all.map { " \($0.key)=\(Self.quoted("\($0.value)"))" }.joined()
            write("\(priority)\(time) \(level.rawValue.uppercased()) \(Terminal.safe(message))\(pairs)")
        case .json:
            var fields = [("time", time), ("level", level.rawValue), ("logger", label), ("message", message)]
            fields += all.map { ($0.key, "\($0.value)") }
            write(priority + "{" + fields.map { Self.json($0.0) + ":" + Self.json($0.1) }.joined(separator: ",") + "}")
        }
    }

    /// Writes a line to standard error in one call, so that lines of threads do not mix.
    public static func standardError(_ line: String) {
        StandardStreams.error(line + "\n")
    }

    /// The level as syslog counts.
    private static func priority(_ level: Logger.Level) -> Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }

    private static func quoted(_ text: String) -> String {
        let safe = Terminal.safe(text)
        return safe.contains(" ") || safe.contains("\"") || safe.isEmpty ? json(safe) : safe
    }

    private static func json(_ text: String) -> String {
        var json = JSONWriter(capacity: text.utf8.count + 2)
        json.value(text)
        return String(decoding: JSONText.safe(json.bytes), as: UTF8.self)
    }
}

/// Text that may be shown on a terminal whatever it came from.
public enum Terminal {
    /// The text with control characters, and those that turn the direction of writing,
    /// replaced by U+FFFD; tabs and line feeds become spaces.
    public static func safe(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: out.append(" ")
            case 0x00...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: out.append("\u{FFFD}")
            default: out.append(scalar)
            }
        }
        return String(out)
    }
}
