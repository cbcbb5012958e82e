/// Character references of HTML.
enum HtmlEntity {
    private static let named: [String: UInt32] = [
        "nbsp": 0xA0, "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "mdash": 0x2014, "ndash": 0x2013,
        "middot": 0xB7, "ldquo": 0x201C, "rdquo": 0x201D, "lsquo": 0x2018, "rsquo": 0x2019, "hellip": 0x2026,
        "times": 0xD7, "permil": 0x2030, "ensp": 0x2002, "emsp": 0x2003, "deg": 0xB0, "sup2": 0xB2, "sup3": 0xB3,
        "bull": 0x2022, "copy": 0xA9, "yen": 0xA5, "micro": 0xB5, "plusmn": 0xB1, "minus": 0x2212, "percnt": 0x25,
    ]

    /// The scalar that `&…;` at `i` stands for and the place behind it; nil where it is none.
    static func read(_ s: [UInt32], at i: Int, end: Int) -> (UInt32, Int)? {
        var j = i + 1
        guard j < end else { return nil }
        if s[j] == 0x23 {
            j += 1
            let isHexadecimal = j < end && (s[j] | 0x20) == 0x78
            if isHexadecimal { j += 1 }
            var value: UInt32 = 0
            let first = j
            while j < end, j - first < 7, let digit = digit(s[j]), digit < (isHexadecimal ? 16 : 10) {
                value = value * (isHexadecimal ? 16 : 10) + digit
                j += 1
            }
            guard j > first, let scalar = Unicode.Scalar(value), value != 0 else { return nil }
            return (scalar.value, j < end && s[j] == 0x3B ? j + 1 : j)
        }
        var name = ""
        while j < end, name.utf8.count < 8, Glyph.isLetter(s[j]) || Glyph.isDigit(s[j]) {
            name.unicodeScalars.append(Unicode.Scalar(UInt8(truncatingIfNeeded: s[j])))
            j += 1
        }
        guard j < end, s[j] == 0x3B, let value = named[name] else { return nil }
        return (value, j + 1)
    }

    /// A stretch of the source with its character references read.
    static func decoded(_ s: [UInt32], _ range: Range<Int>) -> [UInt32] {
        var text: [UInt32] = []
        text.reserveCapacity(range.count)
        var i = range.lowerBound
        while i < range.upperBound {
            if s[i] == 0x26, let (value, end) = read(s, at: i, end: range.upperBound) {
                text.append(value)
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
