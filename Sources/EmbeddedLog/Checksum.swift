/// A 64 bit check of a row's contents, so that a bit that flips on the disk is noticed.
///
/// FNV-1a taken over words of 8 bytes. Each step maps sums one to one for a given word, and
/// words one to one for a given sum, so damage to any one word is always noticed, any other
/// with all but 2⁻⁶⁴. It guards against accidents, not against forgery.
struct Checksum {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    /// Takes in a number.
    mutating func add(_ word: UInt64) {
        value = (value ^ word) &* 0x0000_0100_0000_01b3
        // FNV moves bits upwards only; this brings the upper ones back down.
        value ^= value >> 32
    }

    /// Takes in bytes, with their count, or that there are none at all.
    mutating func add(_ bytes: UnsafeRawBufferPointer?) {
        guard let buffer = bytes else { return add(UInt64.max) }
        add(UInt64(buffer.count))
        var index = 0
        while index + 8 <= buffer.count {
            add(UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
            index += 8
        }
        var rest: UInt64 = 0
        while index < buffer.count {
            rest = rest << 8 | UInt64(buffer[index])
            index += 1
        }
        add(rest)
    }

    /// Takes in bytes, with their count, or that there are none at all.
    mutating func add(_ bytes: [UInt8]?) {
        guard let bytes else { return add(UInt64.max) }
        bytes.withUnsafeBytes { add($0) }
    }

    /// The check of a row of numbers, as SQLite stores it.
    static func of(_ numbers: Int64...) -> Int64 {
        var sum = Checksum()
        for number in numbers { sum.add(UInt64(bitPattern: number)) }
        return sum.stored
    }

    /// As SQLite stores it.
    var stored: Int64 { Int64(bitPattern: value) }
}
