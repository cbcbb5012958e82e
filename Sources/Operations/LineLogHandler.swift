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
    private let write: @Sendable (String) -> Void
    private let now: @Sendable () -> Date

    /// A handler for one logger; `write` takes whole lines without their line feed.
    public init(
        label: String, format: Format, level: Logger.Level, now: @escaping @Sendable () -> Date = { Date() },
        write: @escaping @Sendable (String) -> Void = LineLogHandler.standardError
    ) {
        self.label = label
        self.format = format
        self.logLevel = level
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
        let all = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let time = now().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        switch format {
        case .text:
            let pairs = all.map { " \($0.key)=\(Self.quoted("\($0.value)"))" }.joined()
            let level = event.level.rawValue.uppercased()
            write("\(time) \(level) \(Terminal.safe("\(event.message)"))\(pairs)")
        case .json:
            var fields = [("time", time), ("level", event.level.rawValue), ("logger", label)]
            fields.append(("message", "\(event.message)"))
            fields += all.map { ($0.key, "\($0.value)") }
            write("{" + fields.map { Self.json($0.0) + ":" + Self.json($0.1) }.joined(separator: ",") + "}")
        }
    }

    /// Writes a line to standard error in one call, so that lines of threads do not mix.
    public static func standardError(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }

    private static func quoted(_ text: String) -> String {
        let safe = Terminal.safe(text)
        return safe.contains(" ") || safe.contains("\"") || safe.isEmpty ? json(safe) : safe
    }

    private static func json(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}":
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
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
