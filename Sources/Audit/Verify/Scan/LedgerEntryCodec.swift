/// Ledger entries as bytes of a fixed size, integers little-endian: what the memory of audits keeps.
enum LedgerEntryCodec {
    /// How many bytes an entry takes.
    static let size = 3 + 3 * 4 + 2 * 8 + 4 * 32

    /// Appends an entry.
    static func append(_ entry: LedgerEntry, to bytes: inout [UInt8]) {
        bytes.append(entry.kind.rawValue)
        bytes.append(entry.isSound ? 1 : 0)
        bytes.append(entry.topic)
        append(entry.partition, to: &bytes)
        append(entry.count, to: &bytes)
        append(entry.engine, to: &bytes)
        append(entry.offset, to: &bytes)
        append(entry.first, to: &bytes)
        for digest in [entry.subject, entry.parent, entry.digest, entry.lexicon] { append(digest, to: &bytes) }
    }

    /// The entry that stands at a place; nil where none can.
    static func entry(_ bytes: UnsafeRawBufferPointer, at place: Int) -> LedgerEntry? {
        guard place >= 0, place + size <= bytes.count, let kind = LedgerEntry.Kind(rawValue: bytes[place]) else {
            return nil
        }
        var entry = LedgerEntry(kind, digest(bytes, at: place + 31))
        entry.isSound = bytes[place + 1] == 1
        entry.topic = bytes[place + 2]
        entry.partition = integer(bytes, at: place + 3)
        entry.count = integer(bytes, at: place + 7)
        entry.engine = integer(bytes, at: place + 11)
        entry.offset = integer(bytes, at: place + 15)
        entry.first = integer(bytes, at: place + 23)
        entry.parent = digest(bytes, at: place + 63)
        entry.digest = digest(bytes, at: place + 95)
        entry.lexicon = digest(bytes, at: place + 127)
        return entry
    }

    /// Appends an integer.
    static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// Appends a digest.
    static func append(_ digest: Digest32, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: digest) { bytes.append(contentsOf: $0) }
    }

    /// The integer at a place, which must hold one.
    static func integer<Number: FixedWidthInteger>(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Number {
        Number(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Number.self))
    }

    /// The digest at a place, which must hold one.
    static func digest(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Digest32 {
        bytes.loadUnaligned(fromByteOffset: place, as: Digest32.self)
    }
}
