/// Strings as JSON writes them: the one escape that every writer of JSON here uses.
public enum JSONText {
    /// The most bytes that ``write(_:to:)`` takes for a text: an escape has six.
    public static func room(for text: UnsafeBufferPointer<UInt8>) -> Int { 6 * text.count + 2 }

    /// Writes UTF-8 as a JSON string with its quotes; everything that JSON lets stand unescaped stays.
    ///
    /// - Parameter start: has ``room(for:)`` the text.
    /// - Returns: how many bytes were written.
    public static func write(_ text: UnsafeBufferPointer<UInt8>, to start: UnsafeMutablePointer<UInt8>) -> Int {
        start[0] = 0x22
        let count = escape(text, to: start + 1)
        start[count + 1] = 0x22
        return count + 2
    }

    /// The same without quotes; a long text may be taken piece by piece, cut anywhere.
    static func escape(_ text: UnsafeBufferPointer<UInt8>, to start: UnsafeMutablePointer<UInt8>) -> Int {
        var out = start
        if var from = text.baseAddress {
            let end = from + text.count
            while from < end {
                if end - from >= 8 {
                    // Eight bytes at once, of which those before the first that needs an escape count.
                    let eight = UInt64(littleEndian: UnsafeRawPointer(from).loadUnaligned(as: UInt64.self))
                    UnsafeMutableRawPointer(out).storeBytes(of: eight.littleEndian, as: UInt64.self)
                    let plain = specials(eight).trailingZeroBitCount / 8
                    out += plain
                    from += plain
                    if plain == 8 { continue }
                } else if isPlain(from[0]) {
                    out[0] = from[0]
                    out += 1
                    from += 1
                    continue
                }
                out += escape(from[0], to: out)
                from += 1
            }
        }
        return out - start
    }

    /// Writes the escape of a byte that needs one; returns its length.
    private static func escape(_ byte: UInt8, to out: UnsafeMutablePointer<UInt8>) -> Int {
        out[0] = 0x5C
        switch byte {
        case 0x22, 0x5C: out[1] = byte
        case 0x08: out[1] = UInt8(ascii: "b")
        case 0x09: out[1] = UInt8(ascii: "t")
        case 0x0A: out[1] = UInt8(ascii: "n")
        case 0x0C: out[1] = UInt8(ascii: "f")
        case 0x0D: out[1] = UInt8(ascii: "r")
        default:
            out[1] = UInt8(ascii: "u")
            out[2] = UInt8(ascii: "0")
            out[3] = UInt8(ascii: "0")
            out[4] = digit(byte >> 4)
            out[5] = digit(byte & 15)
            return 6
        }
        return 2
    }

    /// The highest bit of each of eight bytes that is a control character, a quote or a backslash. Above
    /// the first of them a borrow may mark a plain byte as well; the lowest mark is always right.
    private static func specials(_ eight: UInt64) -> UInt64 {
        let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        let control = (eight &- ones &* 0x20) & ~eight
        let quote = eight ^ (ones &* 0x22)
        let backslash = eight ^ (ones &* 0x5C)
        let matches = ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)
        return (control | matches) & highs
    }

    private static func isPlain(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x22 && byte != 0x5C }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

    /// The same JSON with those characters written as escapes that a terminal would obey: DEL, the
    /// C1 controls and the marks that turn the direction of writing or end a line. Those
    /// below space are escapes in any JSON.
    public static func safe(_ json: [UInt8]) -> [UInt8] {
        // All of them begin with one of these bytes, and most lines have none.
        guard json.contains(where: { $0 == 0x7F || $0 == 0xC2 || $0 == 0xE2 }) else { return json }
        var out: [UInt8] = []
        out.reserveCapacity(json.count + 64)
        var rest = json[...]
        while let byte = rest.first {
            if let (scalar, length) = unsafe(rest) {
                let digits = String(scalar, radix: 16)
                out += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
                rest = rest.dropFirst(length)
            } else {
                out.append(byte)
                rest = rest.dropFirst()
            }
        }
        return out
    }

    private static func unsafe(_ bytes: ArraySlice<UInt8>) -> (scalar: UInt16, length: Int)? {
        let head = Array(bytes.prefix(3))
        switch (head[0], head.count > 1 ? head[1] : 0, head.count > 2 ? head[2] : 0) {
        case (0x7F, _, _): return (0x7F, 1)
        case (0xC2, let second, _) where (0x80...0x9F).contains(second): return (UInt16(second), 2)
        case (0xE2, 0x80, let third) where [0x8E, 0x8F].contains(third) || (0xA8...0xAE).contains(third):
            return (0x2000 + UInt16(third & 0x3F), 3)
        case (0xE2, 0x81, let third) where (0xA6...0xA9).contains(third): return (0x2040 + UInt16(third & 0x3F), 3)
        default: return nil
        }
    }
}
