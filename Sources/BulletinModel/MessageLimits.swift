/// What the fields of a message may hold at most. Messages come from outside: a field without a bound is
/// memory without a bound, and an index of the database that cannot take it.
enum MessageLimits {
    /// Bytes of a text that has no bound of its own.
    static let text = 64 << 10
    /// Bytes of an article's whole text, which the log's largest record bounds as well.
    static let article = 64 << 20
    /// Counts, ordinals and places in a text.
    static let number = Int(Int32.max)
    /// Words of a list.
    static let words = 64
    /// Bytes of one word: a rule, a code, a unit, the name of a region.
    static let word = 256

    /// Whether a text is a decimal as indicators hold it: digits with at most one point between them, and a sign
    /// for what fell.
    static func isDecimal(_ text: String) -> Bool {
        guard text.utf8.count <= 128 else { return false }
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return (1...2).contains(parts.count) && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) }
    }

    /// Whether a text is a day, `YYYY-MM-DD`, of a month that has it.
    static func isDay(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], parts.allSatisfy({ $0.allSatisfy(isDigit) }) else { return false }
        let numbers = parts.map { $0.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
        let (year, month, day) = (numbers[0], numbers[1], numbers[2])
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...12).contains(month) && (1...days[month - 1]).contains(day)
    }

    /// Whether a text is a code: small letters, digits and low lines.
    static func isCode(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { isDigit($0) || (0x61...0x7a).contains($0) || $0 == UInt8(ascii: "_") }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension Indicator {
    /// The first field that no reader of the topic would take; nil where all are as they must be.
    public var oversized: String? {
        if !MessageLimits.isDecimal(value) { return "value" }
        if let valueTo, !MessageLimits.isDecimal(valueTo) { return "value_to" }
        if unit.utf8.count > MessageLimits.word { return "unit" }
        if name.utf8.count > MessageLimits.text { return "name" }
        if quote.utf8.count > MessageLimits.text { return "quote" }
        if let code, !MessageLimits.isCode(code) { return "code" }
        if let period, !MessageLimits.isDay(period.start) || !MessageLimits.isDay(period.end) { return "period" }
        if let region, region.name.utf8.count > MessageLimits.word { return "region" }
        return nil
    }
}
