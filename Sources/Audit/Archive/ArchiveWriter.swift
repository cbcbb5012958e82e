import Crypto
import Foundation
import TopicLog

/// Writes an archive: takes records, and seals them into segments.
///
/// The manifest is the truth about what is archived. A segment counts from the moment its line is
/// durable in the manifest; before that its files are durable, after that the checkpoint follows.
/// Whatever a crash leaves of a segment without a line is overwritten by the next attempt, which
/// begins at ``next(_:)``. So each record is in the archive once, whenever the process dies.
///
/// One process at a time writes an archive, and one queue at a time uses a writer. After an error
/// call ``discard()`` and go on from ``next(_:)``.
///
/// `@unchecked Sendable`: used by one queue at a time, as said.
public final class ArchiveWriter: @unchecked Sendable {
    /// The archive's directory.
    public let path: String
    private let signer: NoteSigner?
    private let segmentBytes: Int
    private let compressor: ZstdCompressor
    private let lock: Int32
    private let confinement = Confinement()
    private var head: [UInt8]
    private var tree: MerkleFrontier
    private var ends: [TopicPartition: Int64] = [:]
    /// The last record of each partition; nil before anybody asked.
    private var lasts: [TopicPartition: (offset: Int64, leaf: MerkleTree.Hash)]?
    private var signedSize: Int?
    private var open: [TopicPartition: OpenSegment] = [:]
    private var manifest: Int32 = -1
    private var manifestBytes = 0

    /// Opens an archive, or begins one in a new or empty directory.
    ///
    /// - Parameters:
    ///   - signer: signs checkpoints; without one there are none.
    ///   - segmentBytes: compressed size at which a segment is sealed.
    ///   - level: of compression, 1 (fast) to 19 (small).
    /// - Throws: ``Failure`` of kind `setup`: `not_an_archive`, `locked`, `damaged` (the manifest is
    ///   damaged, or ends before the checkpoint: nothing may be written over what was lost),
    ///   `unwritable`; or `transient`.
    public init(path: String, signer: NoteSigner?, segmentBytes: Int = 64 << 20, level: Int = 3) throws {
        self.path = path
        self.signer = signer
        self.segmentBytes = segmentBytes
        compressor = try ZstdCompressor(level: level)
        try Self.makeDirectory(path)
        lock = try Self.takeLock(path)
        do {
            let bytes = try Self.contents(path + "/" + ArchiveManifest.name)
            try Self.requireArchive(path, manifest: bytes)
            let read = ArchiveManifest(bytes ?? [])
            if bytes != nil, read.wholeBytes > 0 { try Self.requireSound(read, path) }
            head = read.head
            tree = read.tree
            for entry in read.entries { ends[entry.partition] = entry.next }
            signedSize = try Self.signedSize(path, read)
            manifestBytes = read.wholeBytes
            try openManifest()
        } catch {
            Foundation.close(lock)
            throw error
        }
    }

    /// Where the next record of a partition is to come from; nil when nothing is archived of it.
    public func next(_ partition: TopicPartition) -> Int64? {
        confinement.check()
        return ends[partition]
    }

    /// The offset of a partition's last archived record; nil where there is none, or its segment is damaged.
    public func last(_ partition: TopicPartition) -> Int64? {
        allLasts()[partition]?.offset
    }

    /// Reads the manifest and the last index of each partition, once.
    private func allLasts() -> [TopicPartition: (offset: Int64, leaf: MerkleTree.Hash)] {
        if let lasts { return lasts }
        var found: [TopicPartition: (offset: Int64, leaf: MerkleTree.Hash)] = [:]
        if let reader = try? ArchiveReader(path: path) {
            for partition in ends.keys {
                guard let segment = reader.manifest.entries(of: partition).last else { continue }
                found[partition] = (try? reader.index(of: segment))?.last
            }
        }
        lasts = found
        return found
    }

    /// Whether a record is byte for byte the last that is archived of its partition.
    public func isLast(_ record: Record) -> Bool {
        confinement.check()
        guard let last = allLasts()[record.partition], last.offset == record.offset else { return false }
        return last.leaf == ArchivedRecord.leafHash(record)
    }

    /// The partitions of which something is archived.
    public var partitions: [TopicPartition] { ends.keys.sorted() }

    /// How many records are archived.
    public var count: Int { tree.count }

    /// Records that are in open segments and not archived yet.
    public var openRecords: Int { open.values.reduce(0) { $0 + $1.records } }

    /// Takes records, in order within each partition, and seals the segments that become full.
    ///
    /// - Parameters:
    ///   - batch: the records and, for each partition of them, the offset that follows.
    ///   - partitions: how many partitions each of the topics has.
    ///   - begin: the first offset that was looked at, for partitions of which nothing is archived
    ///     yet, or whose records between ``next(_:)`` and here are gone.
    ///   - now: the time, for ``seal(_:)``.
    /// - Returns: for each partition with a sealed segment how many records became durable.
    /// - Throws: ``Failure``.
    @discardableResult
    public func append(
        _ batch: Batch, partitions: [String: Int], begin: [TopicPartition: Int64], now: Timestamp
    ) throws -> [TopicPartition: Int] {
        confinement.check()
        var sealed: [TopicPartition: Int] = [:]
        for record in batch.records {
            let partition = record.partition
            var segment = try open[partition] ?? begun(partition, at: record, begin[partition], now)
            // Out of the dictionary while it grows, so that nothing is copied.
            open[partition] = nil
            defer { open[partition] = segment }
            guard segment.last ?? (segment.first - 1) < record.offset else {
                throw Failure(
                    .fatal, code: "out_of_order",
                    "Offset \(record.offset) of \(partition) came twice or too late; start again.")
            }
            try segment.append(record)
        }
        for (partition, segment) in open where segment.bytes >= segmentBytes {
            sealed[partition] = try seal(
                partition, next: batch.next[partition] ?? (segment.last ?? 0) + 1, partitions[partition.topic])
        }
        return sealed
    }

    /// Seals open segments.
    ///
    /// - Parameters:
    ///   - began: only those whose first record was appended at or before this time.
    ///   - next: for each partition the offset that follows what was read, markers included.
    ///   - partitions: how many partitions each of the topics has.
    /// - Returns: for each partition with a sealed segment how many records became durable.
    /// - Throws: ``Failure``.
    @discardableResult
    public func seal(
        began limit: Timestamp = Timestamp(milliseconds: .max), next: [TopicPartition: Int64],
        partitions: [String: Int]
    ) throws -> [TopicPartition: Int] {
        confinement.check()
        var sealed: [TopicPartition: Int] = [:]
        for (partition, segment) in open.sorted(by: { $0.key < $1.key }) where segment.began <= limit {
            sealed[partition] = try seal(
                partition, next: next[partition] ?? (segment.last ?? 0) + 1, partitions[partition.topic])
        }
        return sealed
    }

    /// Signs what is archived, where there is a key and something new.
    ///
    /// - Throws: ``Failure``.
    public func sign() throws {
        confinement.check()
        guard let signer, signedSize != tree.count else { return }
        let file = try PartialFile(path + "/" + ArchiveCheckpoint.name)
        try file.write(try ArchiveCheckpoint.note(tree, head: head, signer: signer))
        try file.finish()
        try syncDirectory(path)
        signedSize = tree.count
    }

    /// Forgets what is not sealed.
    public func discard() {
        confinement.check()
        for segment in open.values { segment.discard() }
        open = [:]
    }

    /// Forgets what is not sealed and lets go of the archive.
    public func close() {
        discard()
        guard manifest >= 0 else { return }
        Foundation.close(manifest)
        Foundation.close(lock)
        manifest = -1
    }

    private func begun(
        _ partition: TopicPartition, at record: Record, _ begin: Int64?, _ now: Timestamp
    ) throws -> OpenSegment {
        guard ArchiveEntry.isName(partition.topic) else {
            throw Failure(
                .setup, code: "bad_name", "The topic \(partition.topic) has a name that cannot name a directory.")
        }
        let first = max(ends[partition] ?? 0, begin ?? 0)
        let name = ArchiveEntry.name(partition, first: min(first, record.offset))
        try Self.makeDirectory(path + "/" + partition.topic)
        try Self.makeDirectory(path + "/\(partition.topic)/\(partition.partition)")
        return try OpenSegment(
            partition, first: min(first, record.offset), began: now, path: path + "/" + name + ".zst",
            compressor: compressor)
    }

    private func seal(_ partition: TopicPartition, next: Int64, _ partitions: Int?) throws -> Int? {
        guard var segment = open.removeValue(forKey: partition), let finished = try segment.finish() else { return nil }
        let name = ArchiveEntry.name(partition, first: segment.first)
        let index = finished.index.encoded
        for (ending, bytes) in [(ArchiveNames.suffix, finished.names.encoded), (".index", index)] {
            let file = try PartialFile(path + "/" + name + ending)
            try file.write(bytes)
            try file.finish()
        }
        try syncDirectory(path + "/\(partition.topic)/\(partition.partition)")
        var grown = tree
        for place in 0..<finished.records { grown.append(hash: finished.index.leaf(place)) }
        let entry = ArchiveEntry(
            partition: partition, partitions: max(partitions ?? 0, Int(partition.partition) + 1),
            first: segment.first, next: next, finished: finished,
            index: (index.count, Array(SHA256.hash(data: index))), leaf: tree.count, peaks: grown.peaks)
        try appendLine(entry.json)
        tree = grown
        ends[partition] = next
        lasts?[partition] = finished.index.last
        return entry.records
    }

    /// Appends a line so that it is there as a whole or not at all.
    private func appendLine(_ json: [UInt8]) throws {
        let place = path + "/" + ArchiveManifest.name
        let line = ArchiveManifest.line(json, after: head)
        do {
            try writeAll(line.bytes, to: manifest, place)
            guard fsync(manifest) == 0 else { throw ArchiveFailure.system("written", place) }
        } catch {
            // Half a line must not stand before the next one.
            ftruncate(manifest, off_t(manifestBytes))
            throw error
        }
        manifestBytes += line.bytes.count
        head = line.head
    }

    private func openManifest() throws {
        let place = path + "/" + ArchiveManifest.name
        manifest = Foundation.open(place, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard manifest >= 0 else { throw ArchiveFailure.system("opened", place) }
        guard ftruncate(manifest, off_t(manifestBytes)) == 0 else { throw ArchiveFailure.system("written", place) }
        if manifestBytes == 0 {
            head = [UInt8](repeating: 0, count: 32)
            try appendLine(Array(ArchiveManifest.beginning.utf8))
            try syncDirectory(path)
        }
    }
}

/// Opening an archive without harm to what is in it.
extension ArchiveWriter {
    private static func makeDirectory(_ path: String) throws {
        if FileManager.default.fileExists(atPath: path) { return }
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw Failure(
                .setup, code: "unwritable", "The archive directory \(path) cannot be made; check who may write there.")
        }
        try syncDirectory(URL(filePath: path).deletingLastPathComponent().path)
    }

    private static func takeLock(_ path: String) throws -> Int32 {
        let descriptor = Foundation.open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw ArchiveFailure.system("opened", path + "/lock") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            Foundation.close(descriptor)
            throw Failure(
                .setup, code: "locked", "Another process writes the archive \(path); end it first, or wait for it.")
        }
        return descriptor
    }

    private static func requireArchive(_ path: String, manifest: [UInt8]?) throws {
        guard manifest == nil else { return }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        guard names.allSatisfy({ $0 == "lock" }) else {
            throw Failure(
                .setup, code: "not_an_archive",
                "The directory \(path) has files but no manifest; name an archive, or a new directory.")
        }
    }

    private static func requireSound(_ manifest: ArchiveManifest, _ path: String) throws {
        guard let damage = manifest.damage.first else { return }
        throw Failure(
            .setup, code: "damaged",
            "Line \(damage.line) of \(path)/\(ArchiveManifest.name) \(damage.reason); restore it, or begin another archive."
        )
    }

    /// The size that the checkpoint says, which the manifest must reach.
    private static func signedSize(_ path: String, _ manifest: ArchiveManifest) throws -> Int? {
        let place = path + "/" + ArchiveCheckpoint.name
        guard let note = try contents(place) else { return nil }
        let checkpoint: Checkpoint
        do throws(SignedNote.Problem) {
            checkpoint = try ArchiveCheckpoint.unverified(note)
        } catch {
            throw Failure(
                .setup, code: "damaged",
                "The checkpoint \(place) \(error.message); restore it, or begin another archive.")
        }
        guard checkpoint.size == 0 || manifest.heads[checkpoint.size] == ArchiveCheckpoint.head(of: checkpoint) else {
            throw Failure(
                .setup, code: "damaged",
                "The manifest of \(path) does not reach its checkpoint of \(checkpoint.size) records: it was cut or "
                    + "changed; restore it, or begin another archive.")
        }
        return checkpoint.size
    }

    /// A file's bytes; nil when there is none.
    static func contents(_ path: String) throws -> [UInt8]? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ArchiveFailure.system("read", path)
        }
        return Array(data)
    }
}
