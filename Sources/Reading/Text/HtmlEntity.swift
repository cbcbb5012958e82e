/// Character references of HTML, as its standard has them: 2,231 names, decimal and hexadecimal numbers.
enum HtmlEntity {
    /// What a reference stands for; most are one scalar.
    struct Value: Sendable {
        let first: UInt32
        /// 0 where there is none.
        let second: UInt32
    }

    private static let names: WordTable<Value> = {
        var words: [(word: String, value: Value)] = []
        for entry in HtmlEntityTable.names.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
            guard let equals = entry.firstIndex(of: 0x3D), let name = String(entry[..<equals]) else { continue }
            let scalars = entry[entry.index(after: equals)...].split(separator: 0x2B).compactMap {
                String($0).flatMap { UInt32($0, radix: 16) }
            }
            guard let first = scalars.first else { continue }
            words.append((name, Value(first: first, second: scalars.count > 1 ? scalars[1] : 0)))
        }
        return WordTable(words)
    }()

    /// What numbers from 0x80 to 0x9F stand for: Windows-1252, as browsers read them.
    private static let windows: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
        0x017D,
        0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153,
        0x9D,
        0x017E, 0x0178,
    ]

    /// What the reference at `i` stands for, and the place behind it; nil where there is none and `&` is itself.
    static func read(
        _ s: [UInt32], at i: Int, end: Int, inAttribute: Bool = false
    ) -> (value: Value, end: Int)? {
        guard i + 1 < end else { return nil }
        if s[i + 1] == 0x23 { return number(s, from: i + 2, end: end) }
        guard Glyph.isLetter(s[i + 1]), let found = names.longest(in: s, at: i + 1, limit: end) else { return nil }
        let after = i + 1 + found.length
        // A name without its semicolon is one in text only (&copy2024), not in an address (?a=1&copy=2).
        if inAttribute, s[after - 1] != 0x3B, after < end,
            s[after] == 0x3D || Glyph.isLetter(s[after]) || Glyph.isDigit(s[after])
        {
            return nil
        }
        return (found.value, after)
    }

    private static func number(_ s: [UInt32], from start: Int, end: Int) -> (value: Value, end: Int)? {
        var i = start
        let isHexadecimal = i < end && (s[i] | 0x20) == 0x78
        if isHexadecimal { i += 1 }
        let first = i
        var value: UInt32 = 0
        while i < end, let digit = digit(s[i]), digit < (isHexadecimal ? 16 : 10) {
            // More than the largest scalar stays more.
            value = min(0x11_0000, value * (isHexadecimal ? 16 : 10) + digit)
            i += 1
        }
        guard i > first else { return nil }
        if i < end, s[i] == 0x3B { i += 1 }
        if (0x80...0x9F).contains(value) { value = windows[Int(value - 0x80)] }
        if value == 0 || value > 0x10FFFF || (0xD800...0xDFFF).contains(value) { value = 0xFFFD }
        return (Value(first: value, second: 0), i)
    }

    /// A stretch of the source with its character references read.
    static func decoded(_ s: [UInt32], _ range: Range<Int>, inAttribute: Bool = false) -> [UInt32] {
        var text: [UInt32] = []
        text.reserveCapacity(range.count)
        var i = range.lowerBound
        while i < range.upperBound {
            if s[i] == 0x26, let (value, end) = read(s, at: i, end: range.upperBound, inAttribute: inAttribute) {
                text.append(value.first)
                if value.second != 0 { text.append(value.second) }
                i = end
            } else {
                text.append(s[i])
                i += 1
            }
        }
        return text
    }

    private static func digit(_ c: UInt32) -> UInt32? {
        switch c {
        case 0x30...0x39: c - 0x30
        case 0x41...0x46: c - 0x37
        case 0x61...0x66: c - 0x57
        default: nil
        }
    }
}
