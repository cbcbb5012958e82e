import BulletinModel
import Crypto
import Foundation
import TopicLog

/// Holds every byte of an archive to what was written: the manifest to its chain, each segment and
/// index to its digest, the records to the segment's line, their leaves to the Merkle tree, and the
/// checkpoint to all of it.
public struct ArchiveCheck: Sendable {
    /// What is wrong, in the order of the manifest.
    public private(set) var problems: [ArchiveProblem] = []
    /// How many segments are sound.
    public private(set) var segments = 0
    /// How many records stand in sound segments.
    public private(set) var records = 0
    /// How many leaves the checkpoint covers; nil where it is missing or not sound.
    public private(set) var signed: Int?
    /// Whether a key was given and the checkpoint's signature is of it.
    public private(set) var isVerified = false

    private let reader: ArchiveReader
    private var ends: [TopicPartition: Int64] = [:]
    private var tree = MerkleFrontier()
    /// Whether all leaves so far are known, so that the tree can be held to the manifest's.
    private var isComplete = true

    /// Checks an archive.
    ///
    /// - Parameters:
    ///   - key: the public key that signs its checkpoints; without one the signature is not verified.
    ///   - progress: called with each segment that was checked.
    public init(_ reader: ArchiveReader, key: NoteVerifier?, progress: (ArchiveEntry) -> Void = { _ in }) {
        self.reader = reader
        problems = reader.manifestProblems
        for entry in reader.manifest.entries {
            check(entry)
            progress(entry)
        }
        checkCheckpoint(key)
        checkStrays()
    }

    private mutating func check(_ entry: ArchiveEntry) {
        if let end = ends[entry.partition], end != entry.first {
            let span = ArchiveProblem.Span(
                partition: entry.partition, from: min(end, entry.first), to: max(end, entry.first))
            let isLost = !reader.manifest.damage.isEmpty || end > entry.first
            problems.append(
                ArchiveProblem(
                    isLost ? .damaged : .gap, file: ArchiveManifest.name, span: span,
                    isLost
                        ? "does not say what became of some offsets"
                        : "says that some offsets were gone before they were archived"))
        }
        ends[entry.partition] = entry.next
        if entry.leaf != tree.count { isComplete = false }
        let segment = checkSegment(entry)
        let stored = reader.storedIndex(of: entry)
        if stored == nil { problems.append(indexProblem(entry)) }
        if let segment, let stored, stored != segment {
            problems.append(reader.problem(.tampered, entry, ".index", "does not follow from its segment"))
        }
        grow(entry, segment ?? stored)
    }

    /// Holds a segment to its line; returns the index that follows from it.
    private mutating func checkSegment(_ entry: ArchiveEntry) -> ArchiveIndex? {
        do {
            let file = try reader.contents(of: entry)
            guard let index = ArchiveSegment.index(of: file), fits(index, entry, file) else {
                throw reader.problem(.tampered, entry, ".zst", "does not hold what its line in the manifest says")
            }
            segments += 1
            records += entry.records
            return index
        } catch let problem as ArchiveProblem {
            problems.append(problem)
        } catch {
            problems.append(reader.problem(.damaged, entry, ".zst", "cannot be read"))
        }
        return nil
    }

    private func fits(_ index: ArchiveIndex, _ entry: ArchiveEntry, _ file: [UInt8]) -> Bool {
        guard let first = index.offsets.first, let last = index.offsets.last, index.offsets.count == entry.records,
            first >= entry.first, last < entry.next, index.blocks.map(\.earliest).min() == entry.earliest,
            index.blocks.map(\.latest).max() == entry.latest
        else { return false }
        var isOwn = true
        ArchiveSegment.scan(file) { record, _ in
            isOwn = record.partition == entry.partition
            return isOwn
        }
        return isOwn
    }

    private func indexProblem(_ entry: ArchiveEntry) -> ArchiveProblem {
        let path = reader.path + "/" + entry.name + ".index"
        guard FileManager.default.fileExists(atPath: path) else {
            return reader.problem(.missing, entry, ".index", "is missing; it can be made again from its segment")
        }
        return reader.problem(
            .damaged, entry, ".index", "is not what was written (its SHA-256 does not fit); its segment stays usable")
    }

    /// Adds the leaves of a segment, from whichever of its files is sound, and holds the tree to the line.
    private mutating func grow(_ entry: ArchiveEntry, _ index: ArchiveIndex?) {
        guard let stated = MerkleFrontier(count: entry.leaf + entry.records, peaks: entry.peaks) else { return }
        defer { tree = stated }
        guard let index, isComplete else {
            // From here on the stated tree is gone on with, whose hashes the chain and the checkpoint hold.
            isComplete = true
            return
        }
        var grown = tree
        for place in 0..<entry.records { grown.append(hash: index.leaf(place)) }
        if grown != stated {
            problems.append(
                reader.problem(.tampered, entry, ".zst", "has records that are not the Merkle tree's leaves"))
        }
    }

    private mutating func checkCheckpoint(_ key: NoteVerifier?) {
        do throws(ArchiveProblem) {
            guard let checkpoint = try reader.heldCheckpoint(key) else { return }
            signed = checkpoint.size
            isVerified = key != nil
        } catch {
            problems.append(error)
        }
    }

    /// Files of segments without a line: what a crash left (a later segment has the same name), or
    /// what is left of a manifest that was cut.
    private mutating func checkStrays() {
        let known = Set(reader.manifest.entries.flatMap { [$0.name + ".zst", $0.name + ".index"] })
        guard reader.manifest.damage.isEmpty,
            let files = FileManager.default.enumerator(atPath: reader.path)?.compactMap({ $0 as? String })
        else { return }
        for file in files.sorted() where file.hasSuffix(".zst") || file.hasSuffix(".index") {
            guard !known.contains(file) else { continue }
            problems.append(
                ArchiveProblem(
                    .stray, file: file,
                    "has no line in the manifest: an unfinished segment, which the next run writes anew"))
        }
    }
}
