import BulletinModel
import Crypto
import Foundation
import TopicLog

/// What an archive holds: its segments in the order in which they were sealed, chained by hashes.
///
/// The file `manifest` is lines of UTF-8, each ended by a line feed:
///
///     HASH JSON
///
/// HASH is 64 lower-case hexadecimal digits: SHA-256 over the 32 bytes of the hash of the line
/// before (32 zero bytes before the first line) followed by the bytes of JSON. So each line stands
/// for all before it. The first line's JSON is `{"format":"gongbao-archive","version":1}`, every
/// other one is an ``ArchiveEntry``. Lines are only ever appended. A last line without its line feed
/// is what a crash left, and does not count.
public struct ArchiveManifest: Sendable {
    /// A line that is not what was written.
    public struct Damage: Sendable, Equatable {
        /// The line's number, from 1.
        public let line: Int
        /// Half a sentence that follows the line's number.
        public let reason: String
    }

    /// The segments whose lines are sound, in order.
    public private(set) var entries: [ArchiveEntry] = []
    /// The hash of the last line.
    public private(set) var head: [UInt8]
    /// For each number of leaves at which a segment ends, the hash of that segment's line.
    public private(set) var heads: [Int: [UInt8]] = [:]
    /// Lines that are damaged or missing; the other ones stay usable.
    public private(set) var damage: [Damage] = []
    /// How many of the file's bytes are whole lines.
    let wholeBytes: Int

    static let name = "manifest"
    static let beginning = #"{"format":"gongbao-archive","version":1}"#

    /// Reads a manifest file.
    public init(_ bytes: [UInt8]) {
        let whole = bytes.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
        wholeBytes = whole
        var stored = [UInt8](repeating: 0, count: 32)
        var computed = stored
        for (place, line) in bytes[..<whole].split(separator: 0x0a, omittingEmptySubsequences: false).dropLast()
            .enumerated()
        {
            let json = line.dropFirst(65)
            let written = Self.hash(String(decoding: line.prefix(64), as: UTF8.self))
            let expected = [stored, computed].map { Self.hash(of: json, after: $0) }
            let isSound =
                line.count > 65 && line[line.startIndex + 64] == 0x20 && written.map(expected.contains) == true
            stored = written ?? expected[0]
            computed = expected[0]
            guard isSound else {
                damage.append(Damage(line: place + 1, reason: "is not what was written (its hash does not fit)"))
                continue
            }
            if place == 0 {
                if !json.elementsEqual(Self.beginning.utf8) {
                    damage.append(Damage(line: 1, reason: "does not say that this is an archive of version 1"))
                }
                continue
            }
            guard let entry = ArchiveEntry(Array(json)) else {
                damage.append(Damage(line: place + 1, reason: "describes no segment"))
                continue
            }
            entries.append(entry)
            heads[entry.leaf + entry.records] = stored
        }
        head = stored
        if whole == 0 { damage.append(Damage(line: 1, reason: "is missing")) }
    }

    /// The tree over all leaves of the archive, as the last segment's line says.
    public var tree: MerkleFrontier {
        entries.last.flatMap { MerkleFrontier(count: $0.leaf + $0.records, peaks: $0.peaks) } ?? MerkleFrontier()
    }

    /// The segments of a partition, in order.
    public func entries(of partition: TopicPartition) -> [ArchiveEntry] {
        entries.filter { $0.partition == partition }
    }

    /// A line as it is appended after the line with the hash `head`, and its hash.
    static func line(_ json: [UInt8], after head: [UInt8]) -> (bytes: [UInt8], head: [UInt8]) {
        let hash = hash(of: json, after: head)
        return (Array(hexadecimal(hash).utf8) + [0x20] + json + [0x0a], hash)
    }

    private static func hash(of json: some Sequence<UInt8>, after head: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: head + Array(json)))
    }

    static func hash(_ digits: String) -> [UInt8]? {
        guard digits.utf8.count == 64 else { return nil }
        var bytes: [UInt8] = []
        var rest = digits.utf8[...]
        while let high = rest.popFirst().flatMap(nibble), let low = rest.popFirst().flatMap(nibble) {
            bytes.append(high << 4 | low)
        }
        return bytes.count == 32 ? bytes : nil
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }
}

/// One segment, as its manifest line describes it. JSON without white space, members in this order:
///
///     topic         the topic's name
///     partition     the partition's number
///     partitions    how many partitions the topic had
///     first         the first offset that the segment accounts for
///     next          the first offset that it does not; offsets between that it does not hold were
///                   no data when it was written: markers of transactions, aborted or compacted records
///     records       how many records, at least 1
///     earliest      the least timestamp, milliseconds
///     latest        the greatest timestamp
///     bytes         size of the segment file
///     sha256        its SHA-256, hexadecimal
///     index_bytes   size of the index file
///     index_sha256  its SHA-256
///     leaf          number of its first record among all leaves of the archive, from 0
///     peaks         the roots of the largest complete subtrees of the Merkle tree after this
///                   segment, the largest first, hexadecimal (``MerkleFrontier``)
public struct ArchiveEntry: Sendable, Equatable {
    /// The partition.
    public let partition: TopicPartition
    /// How many partitions the topic had.
    public let partitions: Int
    /// The first offset that the segment accounts for.
    public let first: Int64
    /// The first offset that it does not account for.
    public let next: Int64
    /// How many records.
    public let records: Int
    /// The least timestamp.
    public let earliest: Timestamp
    /// The greatest timestamp.
    public let latest: Timestamp
    /// Size of the segment file.
    public let bytes: Int
    /// SHA-256 of the segment file.
    public let digest: [UInt8]
    /// Size of the index file.
    public let indexBytes: Int
    /// SHA-256 of the index file.
    public let indexDigest: [UInt8]
    /// Number of its first record among the archive's leaves.
    public let leaf: Int
    /// The Merkle tree's peaks after this segment.
    public let peaks: [MerkleTree.Hash]

    /// The segment's files without what they end with, from the archive's directory:
    /// `TOPIC/PARTITION/` and the first offset with 20 digits. The files end with `.zst` and `.index`.
    public var name: String { Self.name(partition, first: first) }

    static func name(_ partition: TopicPartition, first: Int64) -> String {
        let digits = String(first)
        let zeros = String(repeating: "0", count: max(0, 20 - digits.utf8.count))
        return "\(partition.topic)/\(partition.partition)/\(zeros)\(digits)"
    }

    /// Whether a topic's name can name a directory.
    static func isName(_ topic: String) -> Bool {
        !topic.isEmpty && topic != "." && topic != ".." && topic.utf8.count <= 249
            && topic.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == 0x2E || byte == 0x5F || byte == 0x2D
            }
    }

    init(
        partition: TopicPartition, partitions: Int, first: Int64, next: Int64, finished: OpenSegment.Finished,
        index: (bytes: Int, digest: [UInt8]), leaf: Int, peaks: [MerkleTree.Hash]
    ) {
        self.partition = partition
        self.partitions = partitions
        self.first = first
        self.next = next
        records = finished.records
        earliest = finished.earliest
        latest = finished.latest
        bytes = finished.bytes
        digest = finished.digest
        indexBytes = index.bytes
        indexDigest = index.digest
        self.leaf = leaf
        self.peaks = peaks
    }

    /// The JSON of its line.
    var json: [UInt8] {
        var json = JSONWriter(capacity: 1024)
        json.beginObject()
        json.member("topic", partition.topic)
        json.member("partition", Int(partition.partition))
        json.member("partitions", partitions)
        json.member("first", Int(first))
        json.member("next", Int(next))
        json.member("records", records)
        json.member("earliest", Int(earliest.milliseconds))
        json.member("latest", Int(latest.milliseconds))
        json.member("bytes", bytes)
        json.member("sha256", hexadecimal(digest))
        json.member("index_bytes", indexBytes)
        json.member("index_sha256", hexadecimal(indexDigest))
        json.member("leaf", leaf)
        json.key("peaks")
        json.beginArray()
        for peak in peaks { json.value(hexadecimal(peak)) }
        json.endArray()
        json.endObject()
        return json.bytes
    }

    /// The most partitions of a topic, and the greatest offset, that a line may tell of.
    private static let mostPartitions = 100_000
    private static let mostOffset = Int.max / 4

    /// Reads a line's JSON; nil when it describes no segment that can be.
    init?(_ json: [UInt8]) {
        guard let value = try? JSONValue(parsing: json) else { return nil }
        func integer(_ name: String) -> Int? {
            if case .integer(let number) = value[name] { number } else { nil }
        }
        func hash(_ name: String) -> [UInt8]? {
            if case .string(let digits) = value[name] { ArchiveManifest.hash(digits) } else { nil }
        }
        guard case .string(let topic) = value["topic"], Self.isName(topic), let number = integer("partition"),
            let partition = Int32(exactly: number), partition >= 0, let partitions = integer("partitions"),
            partitions > number, partitions <= Self.mostPartitions, let first = integer("first"), first >= 0,
            let next = integer("next"), next >= first, next <= Self.mostOffset,
            let records = integer("records"), records > 0, next - first >= records,
            let earliest = integer("earliest"), let latest = integer("latest"), let bytes = integer("bytes"),
            bytes >= 0,
            let digest = hash("sha256"), let indexBytes = integer("index_bytes"),
            let indexDigest = hash("index_sha256"), let leaf = integer("leaf"), leaf >= 0, leaf <= Int.max - records,
            case .array(let elements) = value["peaks"]
        else { return nil }
        let peaks = elements.compactMap { element -> [UInt8]? in
            if case .string(let digits) = element { ArchiveManifest.hash(digits) } else { nil }
        }
        guard MerkleFrontier(count: leaf + records, peaks: peaks) != nil, peaks.count == elements.count else {
            return nil
        }
        self.partition = TopicPartition(topic, partition)
        self.partitions = partitions
        self.first = Int64(first)
        self.next = Int64(next)
        self.records = records
        self.earliest = Timestamp(milliseconds: Int64(earliest))
        self.latest = Timestamp(milliseconds: Int64(latest))
        self.bytes = bytes
        self.digest = digest
        self.indexBytes = indexBytes
        self.indexDigest = indexDigest
        self.leaf = leaf
        self.peaks = peaks
    }
}
