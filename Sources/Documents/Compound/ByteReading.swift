/// Little-endian numbers in bytes of strangers: what lies outside is nil.
extension [UInt8] {
    /// A number of two bytes.
    func u16(_ at: Int) -> Int? {
        guard at >= 0, at + 2 <= count else { return nil }
        return Int(self[at]) | Int(self[at + 1]) << 8
    }

    /// A number of four bytes.
    func u32(_ at: Int) -> Int? {
        guard let low = u16(at), let high = u16(at + 2) else { return nil }
        return low | high << 16
    }

    /// A number of eight bytes as a floating-point one.
    func double(_ at: Int) -> Double? {
        guard let low = u32(at), let high = u32(at + 4) else { return nil }
        return Double(bitPattern: UInt64(low) | UInt64(high) << 32)
    }

    /// So many bytes from a place on; nil where there are not as many.
    func part(_ at: Int, _ length: Int) -> [UInt8]? {
        guard at >= 0, length >= 0, at <= count, length <= count - at else { return nil }
        return Array(self[at..<at + length])
    }

    /// Text in UTF-16 from a place on; a half of a pair becomes U+FFFD.
    func utf16(_ at: Int, _ units: Int) -> String? {
        guard units >= 0, units <= count / 2, let bytes = part(at, units * 2) else { return nil }
        return String(
            decoding: (0..<units).map { UInt16(bytes[$0 * 2]) | UInt16(bytes[$0 * 2 + 1]) << 8 }, as: UTF16.self)
    }

    /// Text of one byte a letter, Latin 1 as programs of Windows extend it.
    func latin(_ at: Int, _ length: Int) -> String? {
        part(at, length).map { bytes in
            bytes.reduce(into: "") { text, byte in
                let scalar = (0x80...0x9F).contains(byte) ? Self.windows[Int(byte) - 0x80] : UInt32(byte)
                text.unicodeScalars.append(Unicode.Scalar(scalar) ?? "\u{FFFD}")
            }
        }
    }

    /// 0x80 to 0x9F in code page 1252.
    private static let windows: [UInt32] = [
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD,
        0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0xFFFD, 0x017E, 0x0178,
    ]
}
