/// Apache Thrift's compact protocol, as far as Parquet's footers need it.
struct ThriftWriter {
    enum Kind: UInt8 {
        case i32 = 5
        case i64 = 6
        case binary = 8
        case list = 9
        case structure = 12
    }

    private(set) var bytes: [UInt8] = []
    private var last: [Int16] = [0]

    mutating func field(_ id: Int16, i32 value: Int32) {
        head(id, .i32)
        element(i32: value)
    }

    mutating func field(_ id: Int16, i64 value: Int64) {
        head(id, .i64)
        bytes += Self.varint(UInt64(bitPattern: value << 1 ^ value >> 63))
    }

    mutating func field(_ id: Int16, string value: String) {
        head(id, .binary)
        element(string: value)
    }

    mutating func element(i32 value: Int32) {
        let value = Int64(value)
        bytes += Self.varint(UInt64(bitPattern: value << 1 ^ value >> 63))
    }

    mutating func element(string value: String) {
        let text = Array(value.utf8)
        bytes += Self.varint(UInt64(text.count))
        bytes += text
    }

    mutating func beginList(_ id: Int16, of kind: Kind, count: Int) {
        head(id, .list)
        if count < 15 {
            bytes.append(UInt8(count) << 4 | kind.rawValue)
        } else {
            bytes.append(0xF0 | kind.rawValue)
            bytes += Self.varint(UInt64(count))
        }
    }

    mutating func beginStruct(_ id: Int16) {
        head(id, .structure)
        last.append(0)
    }

    /// A structure that is an element of a list.
    mutating func beginElement() { last.append(0) }

    mutating func endStruct() {
        bytes.append(0)
        last.removeLast()
    }

    /// Ends the outermost structure.
    mutating func stop() { bytes.append(0) }

    private mutating func head(_ id: Int16, _ kind: Kind) {
        let before = last[last.count - 1]
        last[last.count - 1] = id
        if id > before, id - before <= 15 {
            bytes.append(UInt8(id - before) << 4 | kind.rawValue)
        } else {
            bytes.append(kind.rawValue)
            let value = Int64(id)
            bytes += Self.varint(UInt64(bitPattern: value << 1 ^ value >> 63))
        }
    }

    static func varint(_ number: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
        return bytes
    }
}
