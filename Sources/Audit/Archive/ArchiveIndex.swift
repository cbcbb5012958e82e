import TopicLog

/// Where a segment's records stand, and their leaves: finds an offset or a time without
/// decompressing what comes before, and proves a record without decompressing at all.
///
/// The file is `NAME.index` beside the segment `NAME.zst`; integers are big-endian:
///
///     8 bytes  "gbindex1"
///     int32    how many blocks; for each of them, in order:
///       int64    position of its frame in the segment file
///       int32    how many records
///       int64    its least timestamp
///       int64    its greatest timestamp
///     int32    how many records; for each of them, in order:
///       int64    offset
///       32 bytes leaf hash
///
/// All of it follows from the segment, so that a damaged index can be made again.
public struct ArchiveIndex: Sendable, Equatable {
    /// One zstd frame of whole records.
    public struct Block: Sendable, Equatable {
        /// Where its frame begins in the segment file.
        public let position: Int
        /// How many records.
        public let records: Int
        /// The least timestamp.
        public let earliest: Timestamp
        /// The greatest timestamp.
        public let latest: Timestamp
    }

    /// The frames, in order.
    public internal(set) var blocks: [Block] = []
    /// The records' offsets, in order, which is ascending.
    public internal(set) var offsets: [Int64] = []
    /// The records' leaf hashes, 32 bytes each, one after the other.
    public internal(set) var leaves: [UInt8] = []

    private static let magic = Array("gbindex1".utf8)

    init() {}

    /// The leaf hash of the record number `place` of the segment, from 0.
    public func leaf(_ place: Int) -> MerkleTree.Hash {
        Array(leaves[place * 32..<(place + 1) * 32])
    }

    /// The last record's offset and leaf hash; nil where there is none.
    var last: (offset: Int64, leaf: MerkleTree.Hash)? { offsets.last.map { ($0, leaf(offsets.count - 1)) } }

    /// The number in the segment, from 0, of the first record at or after an offset; the count
    /// of records when there is none.
    public func place(of offset: Int64) -> Int {
        var (low, high) = (0, offsets.count)
        while low < high {
            let middle = (low + high) / 2
            if offsets[middle] < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The file's bytes.
    var encoded: [UInt8] {
        var bytes = Self.magic
        bytes.reserveCapacity(16 + blocks.count * 28 + offsets.count * 40)
        ArchivedRecord.append(UInt32(blocks.count), to: &bytes)
        for block in blocks {
            ArchivedRecord.append(Int64(block.position), to: &bytes)
            ArchivedRecord.append(UInt32(block.records), to: &bytes)
            ArchivedRecord.append(block.earliest.milliseconds, to: &bytes)
            ArchivedRecord.append(block.latest.milliseconds, to: &bytes)
        }
        ArchivedRecord.append(UInt32(offsets.count), to: &bytes)
        for (place, offset) in offsets.enumerated() {
            ArchivedRecord.append(offset, to: &bytes)
            bytes.append(contentsOf: leaves[place * 32..<(place + 1) * 32])
        }
        return bytes
    }

    /// Reads a file's bytes; nil when they are no index.
    init?(_ bytes: [UInt8]) {
        let isRead = bytes.withUnsafeBytes { buffer -> Bool in
            var scanner = ByteScanner(buffer)
            guard let magic = scanner.slice(8), magic.elementsEqual(Self.magic),
                let blockCount = scanner.integer(UInt32.self), Int(blockCount) * 28 <= bytes.count
            else { return false }
            for _ in 0..<blockCount {
                guard let position = scanner.integer(Int64.self), position >= 0,
                    let records = scanner.integer(UInt32.self), let earliest = scanner.integer(Int64.self),
                    let latest = scanner.integer(Int64.self)
                else { return false }
                blocks.append(
                    Block(
                        position: Int(position), records: Int(records), earliest: Timestamp(milliseconds: earliest),
                        latest: Timestamp(milliseconds: latest)))
            }
            guard let count = scanner.integer(UInt32.self), Int(count) * 40 <= bytes.count else { return false }
            offsets.reserveCapacity(Int(count))
            leaves.reserveCapacity(Int(count) * 32)
            for _ in 0..<count {
                guard let offset = scanner.integer(Int64.self), let leaf = scanner.slice(32) else { return false }
                if let last = offsets.last, last >= offset { return false }
                offsets.append(offset)
                leaves.append(contentsOf: leaf)
            }
            return scanner.isAtEnd && blocks.reduce(0) { $0 + $1.records } == offsets.count
        }
        guard isRead else { return nil }
    }
}
