/// Rows of an answer byte for byte, one column after the other, in a form that is the same for both
/// databases and differs wherever a value or its type does: what audits digest, and what rows can
/// still be read from where they must be looked into. Column by column there stands
///
///     byte   0 for NULL, 1 for a whole number, 2 for a binary fraction, 3 for text, 4 for bytes
///     8 bytes of a number, lowest first; of text and bytes 4 of the length and then themselves
struct RowImage {
    /// The rows so far.
    private(set) var bytes: [UInt8] = []
    /// Where each of them begins.
    private(set) var starts: [Int] = []

    /// Begins with nothing again, and keeps the space.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
    }

    /// Begins a row.
    mutating func beginRow() { starts.append(bytes.count) }

    /// A column that is NULL.
    mutating func appendNull() { bytes.append(0) }

    /// A column with a whole number.
    mutating func append(_ number: Int64) {
        bytes.append(1)
        append(raw: UInt64(bitPattern: number))
    }

    /// A column with a binary fraction.
    mutating func append(_ number: Double) {
        bytes.append(2)
        append(raw: number.bitPattern)
    }

    /// A column with text, in UTF-8.
    mutating func append(text: UnsafeRawBufferPointer) { append(3, text) }

    /// A column with bytes.
    mutating func append(bytes: UnsafeRawBufferPointer) { append(4, bytes) }

    private mutating func append(_ tag: UInt8, _ content: UnsafeRawBufferPointer) {
        bytes.append(tag)
        append(raw: UInt32(content.count))
        bytes.append(contentsOf: content)
    }

    private mutating func append(raw number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// A column with any value.
    mutating func append(_ value: SQLValue) {
        switch value {
        case .null: appendNull()
        case .integer(let number): append(number)
        case .real(let number): append(number)
        case .text(var text): text.withUTF8 { append(text: UnsafeRawBufferPointer($0)) }
        case .bytes(let content): content.withUnsafeBytes { append(bytes: $0) }
        }
    }

    /// The rows of another one behind those that are here.
    mutating func append(rowsOf other: RowImage) {
        starts += other.starts.map { $0 + bytes.count }
        bytes += other.bytes
    }

    /// Whether the first column of the first row is the same in both.
    func hasSameKey(as other: RowImage) -> Bool {
        let (key, its) = (key, other.key)
        return key.count == its.count && key.elementsEqual(its)
    }

    /// The first column of the first row, where it is text.
    var keyText: String { bytes.first == 3 ? String(decoding: key.dropFirst(5), as: UTF8.self) : "" }

    private var key: ArraySlice<UInt8> {
        guard let tag = bytes.first else { return [] }
        guard tag >= 3 else { return bytes.prefix(9) }
        return bytes.prefix((1..<5).reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) } + 5)
    }

    /// How many rows there are.
    var count: Int { starts.count }

    /// The columns of a row.
    func row(_ number: Int) -> SQLRow {
        let end = number + 1 < starts.count ? starts[number + 1] : bytes.count
        return bytes.withUnsafeBytes { buffer in
            var reader = Reader(bytes: UnsafeRawBufferPointer(rebasing: buffer[starts[number]..<end]))
            var values: [SQLValue] = []
            while let value = reader.next() { values.append(value) }
            return SQLRow(values: values)
        }
    }

    private struct Reader {
        let bytes: UnsafeRawBufferPointer
        var at = 0

        mutating func next() -> SQLValue? {
            guard at < bytes.count else { return nil }
            let tag = bytes[at]
            at += 1
            switch tag {
            case 0: return .null
            case 1: return .integer(Int64(bitPattern: number()))
            case 2: return .real(Double(bitPattern: number()))
            case 3: return .text(String(decoding: content(), as: UTF8.self))
            default: return .bytes(Array(content()))
            }
        }

        private mutating func number<Number: FixedWidthInteger>() -> Number {
            defer { at += MemoryLayout<Number>.size }
            return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: Number.self))
        }

        private mutating func content() -> UnsafeRawBufferPointer {
            let count = Int(number() as UInt32)
            defer { at += count }
            return UnsafeRawBufferPointer(rebasing: bytes[at..<at + count])
        }
    }
}
