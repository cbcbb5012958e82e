import Crypto
import TopicLog

/// A segment: a run of one partition's records, compressed.
///
/// The file `NAME.zst` is a sequence of zstd frames (RFC 8878), each with its content's size and a
/// checksum; any zstd tool unpacks it. Unpacked it is a sequence of records, each the length of its
/// canonical bytes (``ArchivedRecord``) as a big-endian int32 and then these bytes. No record spans
/// two frames. A frame holds about a megabyte, so that few bytes are unpacked for one record.
public enum ArchiveSegment {
    /// Bytes after which a frame is full.
    static let blockBytes = 1 << 20

    /// Goes over the records of a segment file, frame by frame.
    ///
    /// - Parameters:
    ///   - file: the file's bytes.
    ///   - position: where the first frame begins that is wanted.
    ///   - body: gets each record with its canonical bytes; returns whether to go on.
    /// - Returns: false when the bytes are no whole segment; what came before was handed on.
    @discardableResult
    static func scan(
        _ file: [UInt8], from position: Int = 0, _ body: (Record, UnsafeRawBufferPointer) throws -> Bool
    ) rethrows -> Bool {
        var isSound = true
        let isWhole = try scanCanonical(file, from: position) { _, bytes in
            guard let record = ArchivedRecord.decode(bytes) else {
                isSound = false
                return false
            }
            return try body(record, bytes)
        }
        return isWhole && isSound
    }

    /// Goes over canonical bytes without making records of them.
    ///
    /// - Parameter body: gets each record's offset and canonical bytes; returns whether to go on.
    /// - Returns: false when the bytes are no whole segment; what came before was handed on.
    static func scanCanonical(
        _ file: [UInt8], from position: Int = 0, _ body: (Int64, UnsafeRawBufferPointer) throws -> Bool
    ) rethrows -> Bool {
        var position = position
        while position < file.count {
            guard let (block, end) = Zstd.frame(in: file, at: position) else { return false }
            var start = 0
            while start < block.count {
                guard let range = recordRange(in: block, at: start) else { return false }
                let isWanted = try block.withUnsafeBytes { buffer -> Bool? in
                    let bytes = UnsafeRawBufferPointer(rebasing: buffer[range])
                    return try ArchivedRecord.offset(of: bytes).map { try body($0, bytes) }
                }
                guard let isWanted else { return false }
                guard isWanted else { return true }
                start = range.upperBound
            }
            position = end
        }
        return true
    }

    /// Where the canonical bytes stand of the record whose length begins at `start`.
    static func recordRange(in block: [UInt8], at start: Int) -> Range<Int>? {
        guard start + 4 <= block.count else { return nil }
        let length = block[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
        guard length < 1 << 31, start + 4 + length <= block.count else { return nil }
        return start + 4..<start + 4 + length
    }

    /// The index that follows from a segment file; nil when it is no whole segment.
    static func index(of file: [UInt8]) -> ArchiveIndex? {
        var index = ArchiveIndex()
        var position = 0
        while position < file.count {
            guard let (block, end) = Zstd.frame(in: file, at: position) else { return nil }
            var span = TimeSpan()
            var (start, count) = (0, 0)
            while start < block.count {
                guard let range = recordRange(in: block, at: start), let record = ArchivedRecord.decode(block[range])
                else { return nil }
                if let last = index.offsets.last, last >= record.offset { return nil }
                index.offsets.append(record.offset)
                index.leaves += MerkleTree.leafHash(block[range])
                span.add(record.timestamp)
                count += 1
                start = range.upperBound
            }
            guard let block = span.block(at: position, records: count) else { return nil }
            index.blocks.append(block)
            position = end
        }
        return index
    }
}

/// The least and the greatest of timestamps, which need not ascend.
struct TimeSpan: Sendable {
    private(set) var earliest: Timestamp?
    private(set) var latest: Timestamp?

    mutating func add(_ timestamp: Timestamp) {
        earliest = min(earliest ?? timestamp, timestamp)
        latest = max(latest ?? timestamp, timestamp)
    }

    func block(at position: Int, records: Int) -> ArchiveIndex.Block? {
        guard let earliest, let latest else { return nil }
        return ArchiveIndex.Block(position: position, records: records, earliest: earliest, latest: latest)
    }
}

/// A segment that is being written; nothing of it counts before it is sealed.
struct OpenSegment {
    let partition: TopicPartition
    /// The first offset that it accounts for.
    let first: Int64
    /// When its first record was appended.
    let began: Timestamp
    private let file: PartialFile
    private let compressor: ZstdCompressor
    private var digest = SHA256()
    private var index = ArchiveIndex()
    private var names = ArchiveNames()
    private var block: [UInt8] = []
    private var blockSpan = TimeSpan()
    private var blockRecords = 0
    private var span = TimeSpan()

    /// What a segment came to when it was finished.
    struct Finished {
        let index: ArchiveIndex
        let names: ArchiveNames
        let records: Int
        let earliest: Timestamp
        let latest: Timestamp
        let bytes: Int
        let digest: [UInt8]
    }

    init(
        _ partition: TopicPartition, first: Int64, began: Timestamp, path: String, compressor: ZstdCompressor
    ) throws {
        self.partition = partition
        self.first = first
        self.began = began
        self.compressor = compressor
        file = try PartialFile(path)
        block.reserveCapacity(ArchiveSegment.blockBytes * 5 / 4)
    }

    /// Compressed bytes so far; what is still in the open frame counts as a quarter of its size.
    var bytes: Int { file.count + block.count / 4 }
    var records: Int { index.offsets.count }
    /// The offset of the last record.
    var last: Int64? { index.offsets.last }

    mutating func append(_ record: Record) throws {
        let range = ArchivedRecord.appendFramed(record, to: &block)
        if let name = record.header("ce_id") { names.add(name, at: records) }
        index.offsets.append(record.offset)
        index.leaves += MerkleTree.leafHash(block[range])
        blockSpan.add(record.timestamp)
        span.add(record.timestamp)
        blockRecords += 1
        if block.count >= ArchiveSegment.blockBytes { try writeBlock() }
    }

    private mutating func writeBlock() throws {
        guard let entry = blockSpan.block(at: file.count, records: blockRecords) else { return }
        let frame = try compressor.frame(block)
        try file.write(frame)
        digest.update(data: frame)
        index.blocks.append(entry)
        block.removeAll(keepingCapacity: true)
        blockSpan = TimeSpan()
        blockRecords = 0
    }

    /// Makes the file durable; nil when it holds nothing.
    mutating func finish() throws -> Finished? {
        try writeBlock()
        guard let earliest = span.earliest, let latest = span.latest else {
            file.discard()
            return nil
        }
        try file.finish()
        return Finished(
            index: index, names: names, records: records, earliest: earliest, latest: latest, bytes: file.count,
            digest: Array(digest.finalize()))
    }

    func discard() { file.discard() }
}
