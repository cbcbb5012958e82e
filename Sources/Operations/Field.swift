/// One thing that can be configured, declared once: the parser, the checks, the reference
/// file and the help text all come from this value.
public struct Field<Value: Sendable>: Sendable {
    /// The dotted key, as in the file (`batch.records`).
    public let key: String
    /// What holds where nothing is set.
    public let fallback: Value
    /// What may be written, in words (`a whole number from 1 to 100000`).
    public let allowed: String
    /// One line that says what it is for.
    public let help: String
    /// Whether the value must never be shown.
    public let isSecret: Bool

    let parse: @Sendable (String) -> Value?
    let show: @Sendable (Value) -> String
}

/// What the loader, the reference file and the documentation need to know of a field.
public struct FieldDescription: Sendable, Equatable {
    /// The dotted key.
    public let key: String
    /// The environment variable that overrides the file (`GONGBAO_BATCH_RECORDS`).
    public let variable: String
    /// The fallback, as it would be written.
    public let fallback: String
    /// What may be written.
    public let allowed: String
    /// What it is for.
    public let help: String
    /// Whether the value must never be shown.
    public let isSecret: Bool
}

extension Field {
    /// The field without its type.
    public var description: FieldDescription {
        FieldDescription(
            key: key, variable: environmentVariable(for: key), fallback: show(fallback), allowed: allowed, help: help,
            isSecret: isSecret)
    }
}

/// `batch.records` as `GONGBAO_BATCH_RECORDS`.
func environmentVariable(for key: String) -> String {
    "GONGBAO_" + key.uppercased().map { $0 == "." || $0 == "-" ? "_" : String($0) }.joined()
}

extension Field where Value == String {
    /// Any text; empty means not set.
    static func text(
        _ key: String, _ help: String, fallback: String = "", allowed: String = "text", secret: Bool = false
    ) -> Self {
        Field(
            key: key, fallback: fallback, allowed: allowed, help: help, isSecret: secret, parse: { $0 }, show: { $0 })
    }

    /// One of a few words.
    static func choice(_ key: String, _ fallback: String, of words: [String], _ help: String) -> Self {
        Field(
            key: key, fallback: fallback, allowed: "one of " + words.joined(separator: ", "), help: help,
            isSecret: false, parse: { words.contains($0) ? $0 : nil }, show: { $0 })
    }
}

extension Field where Value == Int {
    /// A whole number in a range.
    static func integer(_ key: String, _ fallback: Int, in range: ClosedRange<Int>, _ help: String) -> Self {
        Field(
            key: key, fallback: fallback,
            allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)", help: help, isSecret: false,
            parse: { Int($0).flatMap { range.contains($0) ? $0 : nil } }, show: { String($0) })
    }

    /// A size in bytes, written with or without KiB, MiB or GiB.
    static func bytes(_ key: String, _ fallback: String, from least: String, to most: String, _ help: String) -> Self {
        let lower = Size.bytes(least) ?? 0
        let upper = Size.bytes(most) ?? .max
        return Field(
            key: key, fallback: Size.bytes(fallback) ?? lower,
            allowed: "a size from \(least) to \(most), such as 512KiB or 16MiB", help: help,
            isSecret: false, parse: { Size.bytes($0).flatMap { (lower...upper).contains($0) ? $0 : nil } },
            show: Size.text)
    }
}

extension Field where Value == ListenAddress {
    /// Where to listen.
    static func address(_ key: String, _ fallback: ListenAddress, _ help: String) -> Self {
        Field(
            key: key, fallback: fallback, allowed: "auto, off, HOST:PORT or [IPV6]:PORT", help: help, isSecret: false,
            parse: { ListenAddress($0) }, show: { $0.text })
    }
}

extension Field where Value == Duration {
    /// A span of time, written in ms, s, m, h or d.
    static func duration(_ key: String, _ fallback: String, from least: String, to most: String, _ help: String) -> Self
    {
        let lower = Span.duration(least) ?? .zero
        let upper = Span.duration(most) ?? .seconds(Int64.max / 4)
        return Field(
            key: key, fallback: Span.duration(fallback) ?? lower,
            allowed: "a time from \(least) to \(most), such as 500ms, 15s or 2m", help: help,
            isSecret: false, parse: { Span.duration($0).flatMap { $0 >= lower && $0 <= upper ? $0 : nil } },
            show: Span.text)
    }
}
