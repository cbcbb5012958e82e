import Foundation
import TopicLog

/// A record's canonical bytes: what segments hold and what the Merkle tree's leaves are.
///
/// There is one encoding for each record and one record for each encoding. All integers are
/// big-endian and two's complement:
///
///     byte     1                     the version of this layout
///     int16    length, then bytes    topic, UTF-8
///     int32                          partition
///     int64                          offset
///     int64                          timestamp, milliseconds since 1970-01-01T00:00:00Z
///     int32    length, then bytes    key; the length -1 is no key, 0 an empty one
///     int32    length, then bytes    value; -1 is none (a tombstone)
///     int32                          how many headers; for each of them, in order:
///       int32  length, then bytes      name, UTF-8
///       int32  length, then bytes      value; -1 is none
///
/// The leaf of a record is these bytes, its hash therefore `SHA-256(0x00 || bytes)` (RFC 6962).
/// In a segment each record stands behind the length of these bytes as an int32.
public enum ArchivedRecord {
    static let version: UInt8 = 1

    /// The canonical bytes of a record.
    public static func encode(_ record: Record) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(record.size + 64 + 8 * record.headers.count)
        append(record, to: &bytes)
        return bytes
    }

    /// Appends the canonical bytes of a record.
    static func append(_ record: Record, to bytes: inout [UInt8]) {
        appendPlace(
            topic: record.partition.topic.utf8, partition: record.partition.partition, offset: record.offset,
            timestamp: record.timestamp, to: &bytes)
        append(record.key, to: &bytes)
        append(record.value, to: &bytes)
        append(UInt32(truncatingIfNeeded: record.headers.count), to: &bytes)
        for header in record.headers {
            append(header.name.utf8, to: &bytes)
            append(header.value, to: &bytes)
        }
    }

    /// Appends a record as segments hold it: the length of its canonical bytes, and they.
    ///
    /// - Returns: where the canonical bytes stand.
    @discardableResult
    static func appendFramed(_ record: Record, to bytes: inout [UInt8]) -> Range<Int> {
        append(UInt32(0), to: &bytes)
        let start = bytes.count
        append(record, to: &bytes)
        let length = UInt32(bytes.count - start)
        for place in 0..<4 { bytes[start - 4 + place] = UInt8(truncatingIfNeeded: length >> (24 - 8 * UInt32(place))) }
        return start..<bytes.count
    }

    /// Appends what canonical bytes begin with, up to the key.
    static func appendPlace(
        topic: some Collection<UInt8>, partition: Int32, offset: Int64, timestamp: Timestamp, to bytes: inout [UInt8]
    ) {
        bytes.append(version)
        append(UInt16(truncatingIfNeeded: topic.count), to: &bytes)
        bytes.append(contentsOf: topic)
        append(UInt32(bitPattern: partition), to: &bytes)
        append(UInt64(bitPattern: offset), to: &bytes)
        append(UInt64(bitPattern: timestamp.milliseconds), to: &bytes)
    }

    /// Reads canonical bytes; nil for anything that ``encode(_:)`` does not make.
    public static func decode(_ bytes: some Collection<UInt8>) -> Record? {
        let decoded = bytes.withContiguousStorageIfAvailable { buffer -> Record? in
            var scanner = ByteScanner(UnsafeRawBufferPointer(buffer))
            return scanner.record()
        }
        return decoded ?? decode(Array(bytes))
    }

    /// The offset that canonical bytes tell; nil where they are too short.
    static func offset(of bytes: UnsafeRawBufferPointer) -> Int64? {
        var scanner = ByteScanner(bytes)
        guard scanner.integer(UInt8.self) == version, let length = scanner.integer(UInt16.self),
            scanner.slice(Int(length)) != nil, scanner.integer(Int32.self) != nil
        else { return nil }
        return scanner.integer(Int64.self)
    }

    /// The hash of the record's leaf.
    public static func leafHash(_ record: Record) -> MerkleTree.Hash {
        MerkleTree.leafHash(encode(record))
    }

    /// Appends a field behind its length, which is -1 where there is none.
    static func append(_ field: (some Collection<UInt8>)?, to bytes: inout [UInt8]) {
        guard let field else { return append(UInt32.max, to: &bytes) }
        append(UInt32(truncatingIfNeeded: field.count), to: &bytes)
        bytes.append(contentsOf: field)
    }

    /// Appends an integer, its highest byte first.
    static func append<Number: FixedWidthInteger>(_ number: Number, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}

/// Reads integers and fields from bytes that may be anything.
struct ByteScanner {
    private let bytes: UnsafeRawBufferPointer
    private(set) var position = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func integer<Number: FixedWidthInteger>(_ type: Number.Type) -> Number? {
        let size = MemoryLayout<Number>.size
        guard size <= bytes.count - position else { return nil }
        defer { position += size }
        return Number(bigEndian: bytes.loadUnaligned(fromByteOffset: position, as: Number.self))
    }

    mutating func slice(_ count: Int) -> UnsafeRawBufferPointer? {
        guard count >= 0, count <= bytes.count - position else { return nil }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
    }

    private mutating func text(_ count: Int) -> String? {
        slice(count).flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// A field behind its length; the inner nil is a field that is none, the outer one no field.
    private mutating func field() -> [UInt8]?? {
        guard let count = integer(Int32.self) else { return nil }
        if count == -1 { return .some(nil) }
        guard let field = slice(Int(count)) else { return nil }
        return .some(Array(field))
    }

    /// One record that fills the bytes.
    mutating func record() -> Record? {
        guard integer(UInt8.self) == ArchivedRecord.version, let length = integer(UInt16.self),
            let topic = text(Int(length)), let partition = integer(Int32.self), let offset = integer(Int64.self),
            let time = integer(Int64.self), let key = field(), let value = field(), let count = integer(Int32.self),
            count >= 0, Int(count) <= bytes.count
        else { return nil }
        var headers: [Header] = []
        for _ in 0..<count {
            guard let length = integer(Int32.self), let name = text(Int(length)), let value = field() else {
                return nil
            }
            headers.append(Header(name, bytes: value))
        }
        guard isAtEnd else { return nil }
        return Record(
            partition: TopicPartition(topic, partition), offset: offset, timestamp: Timestamp(milliseconds: time),
            key: key, value: value, headers: headers)
    }
}
