/// Sizes as people write them.
enum Size {
    private static let units: [(name: String, bytes: Int)] = [
        ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1),
    ]

    /// The bytes of `16MiB`, `512 KiB` or a bare count; nil where it is none or overflows.
    static func bytes(_ text: String) -> Int? {
        for unit in units where text.hasSuffix(unit.name) {
            return whole(text.dropLast(unit.name.count), times: unit.bytes)
        }
        return whole(Substring(text), times: 1)
    }

    /// The shortest exact way to write a count of bytes.
    static func text(_ bytes: Int) -> String {
        for unit in units where bytes >= unit.bytes && bytes % unit.bytes == 0 && unit.bytes > 1 {
            return "\(bytes / unit.bytes)\(unit.name)"
        }
        return String(bytes)
    }
}

/// Times as people write them.
enum Span {
    private static let units: [(name: String, milliseconds: Int)] = [
        ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ]

    /// The duration of `500ms`, `15s`, `2m`, `1h` or `7d`; nil where it is none or overflows.
    static func duration(_ text: String) -> Duration? {
        guard let unit = units.first(where: { text.hasSuffix($0.name) }) else { return nil }
        return whole(text.dropLast(unit.name.count), times: unit.milliseconds).map { .milliseconds($0) }
    }

    /// The shortest exact way to write a duration of whole milliseconds.
    static func text(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
        for unit in units.reversed() where milliseconds % unit.milliseconds == 0 && milliseconds >= unit.milliseconds {
            return "\(milliseconds / unit.milliseconds)\(unit.name)"
        }
        return "0ms"
    }
}

private func whole(_ digits: Substring, times factor: Int) -> Int? {
    let trimmed = digits.last == " " ? digits.dropLast() : digits
    guard let count = Int(trimmed), count >= 0, trimmed.first != "+" else { return nil }
    let (product, overflow) = count.multipliedReportingOverflow(by: factor)
    return overflow ? nil : product
}
