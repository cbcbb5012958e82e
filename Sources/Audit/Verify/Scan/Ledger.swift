import BulletinModel
import Crypto
import Foundation
import TopicLog

/// 32 bytes that name or digest something, without an array around them.
struct Digest32: Hashable, Comparable, Sendable {
    private var a: UInt64 = 0
    private var b: UInt64 = 0
    private var c: UInt64 = 0
    private var d: UInt64 = 0

    init() {}

    /// From bytes; those that are missing are zero.
    init(_ bytes: some Sequence<UInt8>) {
        withUnsafeMutableBytes(of: &self) { buffer in
            for (place, byte) in zip(0..<32, bytes) { buffer[place] = byte }
        }
    }

    /// The digest of bytes.
    init(of bytes: [UInt8]) { self.init(SHA256.hash(data: bytes)) }

    /// From hexadecimal digits, as identifiers are written; something else stands for itself by its digest.
    init(digits: String) {
        var bytes: [UInt8] = []
        let utf8 = Array(digits.utf8)
        if utf8.count == 64 || utf8.count == 32 {
            for place in stride(from: 0, to: utf8.count, by: 2) {
                guard let high = Self.nibble(utf8[place]), let low = Self.nibble(utf8[place + 1]) else { break }
                bytes.append(high << 4 | low)
            }
        }
        self = bytes.count * 2 == utf8.count ? Digest32(bytes) : Digest32(of: utf8)
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }

    /// In the order of the bytes, and so of the digits.
    static func < (left: Digest32, right: Digest32) -> Bool {
        for (mine, other) in [(left.a, right.a), (left.b, right.b), (left.c, right.c)] where mine != other {
            return mine.bigEndian < other.bigEndian
        }
        return left.d.bigEndian < right.d.bigEndian
    }

    var bytes: [UInt8] { withUnsafeBytes(of: self) { Array($0) } }
    /// All 64 digits.
    var digits: String { hexadecimal(bytes) }
    /// The first 32 digits, an article's identifier.
    var shortDigits: String { String(digits.prefix(32)) }
    /// Which of 256 buckets it belongs to.
    var bucket: Int { Int(bytes[0]) }
}

/// One thing that an audit noted, to be held against others of the same subject: 32 bytes each
/// for the subject, what it belongs to, and what it says.
struct LedgerEntry: Sendable, Equatable {
    /// What was noted.
    enum Kind: UInt8, Sendable {
        case derivedArticle, recordArticle, rowArticle
        case derivedReading, recordReading, rowReading
        case recordBulletin, namedBulletin, rowBulletin
        case recordLetter, rowLetter
        case broken, rejectedRecord, rejectedArticle
        // The memory of earlier audits holds the numbers, so new ones stand last.
        case recordOrigin, rowOrigin
        case heldMember, claimedMember
    }

    var kind: Kind
    var isSound = true
    var partition: Int32 = -1
    var count: Int32 = 0
    var engine: Int32 = 0
    var topic: UInt8 = 0
    var offset: Int64 = -1
    /// The first record of a reading.
    var first: Int64 = -1
    var subject: Digest32
    var parent = Digest32()
    var digest = Digest32()
    var lexicon = Digest32()

    init(_ kind: Kind, _ subject: Digest32) {
        self.kind = kind
        self.subject = subject
    }

    /// The subject of what was said of a bulletin.
    static func subject(of offer: BulletinOffer, _ id: BulletinID) -> Digest32 {
        Digest32(of: Array("origin \(id) \(offer.standing.rawValue)\n\(offer.given.json)".utf8))
    }

    /// The subject of a document in an archive.
    static func subject(ofMember member: Digest32, in archive: Digest32) -> Digest32 {
        Digest32(of: Array("member".utf8) + archive.bytes + member.bytes)
    }

    /// The subject of a record that is no message, and of a dead letter that answers it. What it says
    /// counts and not where it stood: in a copy or a restored topic it stands elsewhere.
    ///
    /// - Parameter truncatedFrom: the value's size where only its head is there.
    static func subject(ofRejected role: UInt8, key: [UInt8]?, value: [UInt8]?, truncatedFrom: Int?) -> Digest32 {
        // A dead letter may have the head alone.
        let head = value?.prefix(Topics.letterHead) ?? []
        let size = truncatedFrom ?? value?.count ?? -1
        return Digest32(of: Array("\(role) \(key?.count ?? -1) \(size)\n".utf8) + (key ?? []) + head)
    }
}

/// Brings together what was noted of one subject in any order, in bounded memory: entries go
/// to one of 256 buckets by their subject, and buckets that get large to files.
///
/// `@unchecked Sendable`: used by the one queue that runs the audit.
final class Ledger: @unchecked Sendable {
    private static let buckets = 256
    /// How many entries a bucket keeps in memory; together some 16 MiB.
    private let most: Int
    private var memory: [[LedgerEntry]]
    private var folder: URL?

    init(most: Int = 384) {
        self.most = most
        memory = Array(repeating: [], count: Self.buckets)
    }

    deinit {
        if let folder { try? FileManager.default.removeItem(at: folder) }
    }

    func add(_ entry: LedgerEntry) throws {
        let bucket = entry.subject.bucket
        memory[bucket].append(entry)
        if memory[bucket].count >= most { try spill(bucket) }
    }

    /// Hands on all entries of each subject, those of the same kind in the order of their offsets and else in
    /// that in which they were added; then it is empty.
    func forEachSubject(_ body: ([LedgerEntry]) throws -> Void) throws {
        for bucket in 0..<Self.buckets {
            let entries = try load(bucket) + memory[bucket]
            memory[bucket] = []
            let places = Dictionary(grouping: entries.indices, by: { entries[$0].subject })
            for (_, indices) in places.sorted(by: { $0.value[0] < $1.value[0] }) {
                // What is remembered of a partition comes before what was read anew of it.
                let ordered = indices.sorted { (entries[$0].offset, $0) < (entries[$1].offset, $1) }
                try body(ordered.map { entries[$0] })
            }
        }
    }

    private func file(_ bucket: Int) throws -> URL {
        if let folder { return folder.appending(path: "\(bucket)") }
        let folder = FileManager.default.temporaryDirectory.appending(path: "gongbao-audit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        self.folder = folder
        return folder.appending(path: "\(bucket)")
    }

    private func spill(_ bucket: Int) throws {
        let path = try file(bucket)
        if !FileManager.default.fileExists(atPath: path.path) { try Data().write(to: path) }
        let handle = try FileHandle(forWritingTo: path)
        defer { try? handle.close() }
        try handle.seekToEnd()
        // Entries are plain numbers, and only this process reads them again.
        try memory[bucket].withUnsafeBytes { try handle.write(contentsOf: Data($0)) }
        memory[bucket].removeAll(keepingCapacity: true)
    }

    private func load(_ bucket: Int) throws -> [LedgerEntry] {
        guard folder != nil, let bytes = try? Data(contentsOf: try file(bucket)) else { return [] }
        let count = bytes.count / MemoryLayout<LedgerEntry>.stride
        return [LedgerEntry](unsafeUninitializedCapacity: count) { buffer, initialized in
            bytes.copyBytes(to: UnsafeMutableRawBufferPointer(buffer))
            initialized = count
        }
    }
}
