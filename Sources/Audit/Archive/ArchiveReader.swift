import BulletinModel
import Crypto
import Foundation
import TopicLog

/// Reads an archive. Every file is held to its digest before anything of it is used; what is
/// missing or damaged is named, and the rest can be read.
///
/// It shows the archive as it was when opened; a writer may go on meanwhile. Calls may come from any
/// queue.
public final class ArchiveReader: Sendable {
    /// The archive's directory.
    public let path: String
    /// What it holds.
    public let manifest: ArchiveManifest
    /// The bytes of the signed checkpoint; nil where there is none.
    public let checkpoint: [UInt8]?

    /// Opens an archive for reading.
    ///
    /// - Throws: ``Failure`` of kind `setup`, code `not_an_archive`.
    public init(path: String) throws {
        self.path = path
        // Before the manifest, so that it never says more than that: a writer may be at work.
        checkpoint = FileManager.default.contents(atPath: path + "/" + ArchiveCheckpoint.name).map { Array($0) }
        guard let bytes = FileManager.default.contents(atPath: path + "/" + ArchiveManifest.name) else {
            throw Failure(
                .setup, code: "not_an_archive",
                "There is no archive in \(path) (no file \(ArchiveManifest.name)); gongbao audit archive makes one.")
        }
        manifest = ArchiveManifest(Array(bytes))
    }

    /// The archived topics with how many partitions each has, by name.
    public var topics: [(name: String, partitions: Int)] {
        var counts: [String: Int] = [:]
        for entry in manifest.entries {
            counts[entry.partition.topic] = max(counts[entry.partition.topic] ?? 0, entry.partitions)
        }
        return counts.sorted { $0.key < $1.key }.map { (name: $0.key, partitions: $0.value) }
    }

    /// One record with its place among the leaves.
    public struct Entry: Sendable {
        /// The record.
        public let record: Record
        /// Its canonical bytes, which are its leaf.
        public let bytes: [UInt8]
        /// Its number among the archive's leaves, from 0.
        public let leaf: Int
    }

    /// Hands on the records of a segment from an offset on, until `body` returns false.
    ///
    /// - Throws: ``ArchiveProblem`` when the segment is missing or damaged, before any record; and
    ///   what `body` throws.
    public func read(_ segment: ArchiveEntry, from offset: Int64 = 0, _ body: (Entry) throws -> Bool) throws {
        let file = try contents(of: segment)
        let start = start(in: segment, of: offset)
        var place = start.place
        let isWhole = try ArchiveSegment.scan(file, from: start.position) { record, bytes in
            defer { place += 1 }
            guard record.offset >= offset else { return true }
            return try body(Entry(record: record, bytes: Array(bytes), leaf: segment.leaf + place))
        }
        guard isWhole else { throw problem(.tampered, segment, ".zst", "does not hold the records of a segment") }
    }

    /// Shows the canonical bytes of a segment's records at these offsets; the pointer is good for the call.
    ///
    /// - Throws: as ``read(_:from:_:)``.
    func readCanonical(
        _ segment: ArchiveEntry, _ offsets: Range<Int64>, _ body: (Int64, UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let start = start(in: segment, of: offsets.lowerBound)
        let isWhole = try ArchiveSegment.scanCanonical(try contents(of: segment), from: start.position) {
            guard $0 < offsets.upperBound else { return false }
            if $0 >= offsets.lowerBound { try body($0, $1) }
            return true
        }
        guard isWhole else { throw problem(.tampered, segment, ".zst", "does not hold the records of a segment") }
    }

    /// The record at an offset; nil when the archive holds none there.
    ///
    /// - Throws: ``ArchiveProblem`` when its segment is missing or damaged.
    public func record(_ partition: TopicPartition, at offset: Int64) throws -> Entry? {
        var found: Entry?
        for segment in manifest.entries(of: partition) where segment.first <= offset && offset < segment.next {
            try read(segment, from: offset) { entry in
                if entry.record.offset == offset { found = entry }
                return false
            }
        }
        return found
    }

    /// The Merkle tree over the first `size` leaves, made from the indexes; for proofs.
    ///
    /// - Throws: ``ArchiveProblem`` when an index is damaged whose segment is, too.
    public func tree(size: Int) throws -> MerkleTree {
        var tree = MerkleTree()
        for segment in manifest.entries where segment.leaf < size {
            let index = try index(of: segment)
            guard tree.count == segment.leaf else {
                throw ArchiveProblem(
                    .missing, file: ArchiveManifest.name, "lacks the line of a segment before \(segment.name)")
            }
            for place in 0..<min(segment.records, size - segment.leaf) { tree.append(hash: index.leaf(place)) }
        }
        return tree
    }

    /// What leads from a record's leaf to the root of the tree of `size` leaves.
    ///
    /// - Returns: nil where there is no such leaf or tree.
    /// - Throws: ``ArchiveProblem``, as ``tree(size:)``.
    public func inclusionProof(of leaf: Int, size: Int) throws -> [MerkleTree.Hash]? {
        try tree(size: size).inclusionProof(of: leaf, size: size)
    }

    /// A segment's index: its file, or where that is damaged what follows from the segment.
    ///
    /// - Throws: ``ArchiveProblem`` when neither is sound.
    public func index(of segment: ArchiveEntry) throws -> ArchiveIndex {
        if let index = storedIndex(of: segment) { return index }
        guard let index = ArchiveSegment.index(of: try contents(of: segment)), index.offsets.count == segment.records
        else { throw problem(.tampered, segment, ".zst", "does not hold the records of a segment") }
        return index
    }

    /// The index file, if it is what was written.
    func storedIndex(of segment: ArchiveEntry) -> ArchiveIndex? {
        guard let bytes = FileManager.default.contents(atPath: path + "/" + segment.name + ".index"),
            bytes.count == segment.indexBytes, Array(SHA256.hash(data: bytes)) == segment.indexDigest,
            let index = ArchiveIndex(Array(bytes)), index.offsets.count == segment.records
        else { return nil }
        return index
    }

    /// A segment file's bytes, held to their digest.
    func contents(of segment: ArchiveEntry) throws -> [UInt8] {
        guard let bytes = FileManager.default.contents(atPath: path + "/" + segment.name + ".zst") else {
            throw problem(.missing, segment, ".zst", "is missing or cannot be read")
        }
        guard bytes.count == segment.bytes else {
            throw problem(.damaged, segment, ".zst", "has \(bytes.count) bytes instead of \(segment.bytes)")
        }
        guard Array(SHA256.hash(data: bytes)) == segment.digest else {
            throw problem(.damaged, segment, ".zst", "is not what was written (its SHA-256 does not fit)")
        }
        return Array(bytes)
    }

    func problem(
        _ kind: ArchiveProblem.Kind, _ segment: ArchiveEntry, _ ending: String, _ reason: String
    ) -> ArchiveProblem {
        ArchiveProblem(
            kind, file: segment.name + ending,
            span: .init(partition: segment.partition, from: segment.first, to: segment.next), reason)
    }

    /// Where to begin unpacking for an offset: a frame, and the number of its first record.
    func start(in segment: ArchiveEntry, of offset: Int64) -> (position: Int, place: Int) {
        guard offset > segment.first, let index = storedIndex(of: segment) else { return (0, 0) }
        let wanted = index.place(of: offset)
        var place = 0
        for block in index.blocks {
            if wanted < place + block.records { return (block.position, place) }
            place += block.records
        }
        return (0, 0)
    }
}
