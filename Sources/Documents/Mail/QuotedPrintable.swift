/// Quoted-printable after RFC 2045.
enum QuotedPrintable {
    /// The bytes that were encoded; what is no code is taken as it stands.
    static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var i = bytes.startIndex
        while i < bytes.endIndex {
            guard bytes[i] == 0x3D else {
                decoded.append(bytes[i])
                i += 1
                continue
            }
            if i + 1 < bytes.endIndex, bytes[i + 1] == 10 {
                i += 2
            } else if i + 2 < bytes.endIndex, bytes[i + 1] == 13, bytes[i + 2] == 10 {
                i += 3
            } else if i + 2 < bytes.endIndex, let high = digit(bytes[i + 1]), let low = digit(bytes[i + 2]) {
                decoded.append(high << 4 | low)
                i += 3
            } else {
                decoded.append(bytes[i])
                i += 1
            }
        }
        return decoded
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
