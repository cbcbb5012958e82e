/// JSON that may be shown on a terminal.
enum TerminalJSON {
    /// The same JSON with those characters written as escapes that a terminal would obey: DEL, the
    /// C1 controls and the marks that turn the direction of writing. Those below space are escapes
    /// in any JSON.
    static func safe(_ json: [UInt8]) -> [UInt8] {
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
        case (0xE2, 0x80, let third) where [0x8E, 0x8F].contains(third) || (0xAA...0xAE).contains(third):
            return (0x2000 + UInt16(third & 0x3F), 3)
        case (0xE2, 0x81, let third) where (0xA6...0xA9).contains(third): return (0x2040 + UInt16(third & 0x3F), 3)
        default: return nil
        }
    }
}
