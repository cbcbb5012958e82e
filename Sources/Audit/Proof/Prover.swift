import BulletinModel
import Foundation
import Reading
import TopicLog

/// Makes the proof of one figure from an archive.
public struct Prover: Sendable {
    private let reader: ArchiveReader
    private let topics: AuditTopics
    private let engine: Engine
    private let tables: [String: String]

    /// A prover over an archive.
    ///
    /// - Parameters:
    ///   - engine: decodes the bulletin.
    ///   - tables: the lexicon's tables by name; they go into the bundle if the figure was read with them.
    public init(_ reader: ArchiveReader, topics: AuditTopics, engine: Engine, tables: [String: String]) {
        self.reader = reader
        self.topics = topics
        self.engine = engine
        self.tables = tables
    }

    /// The bundle's bytes.
    ///
    /// - Throws: ``ProofProblem`` that says what the archive lacks; ``ArchiveProblem`` for what of it is damaged.
    public func prove(_ id: IndicatorID) throws -> [UInt8] {
        guard let note = reader.checkpoint else {
            throw ProofProblem(
                reader.path,
                "The archive \(reader.path) has no signed checkpoint; archive with --key to have one signed.")
        }
        let checkpoint: Checkpoint
        do throws(SignedNote.Problem) { checkpoint = try ArchiveCheckpoint.unverified(note) } catch {
            throw ProofProblem("checkpoint", "The archive's checkpoint \(error.message).")
        }
        let (indicator, closing) = try reading(of: id)
        let article = try Indicator(message: indicator.record.value ?? []).article.rawValue
        let articleEntry = try find(topics.articles, key: nil, id: article)
        let bulletin = try Article(message: articleEntry.record.value ?? []).bulletin.rawValue
        let bulletinEntry = try find(topics.bulletins, key: bulletin, id: bulletin)
        let entries = [bulletinEntry, articleEntry, indicator, closing]
        let tree = try reader.tree(size: checkpoint.size)
        let leaves = try entries.map { entry in
            guard let path = tree.inclusionProof(of: entry.leaf, size: checkpoint.size) else {
                throw ProofProblem(
                    "checkpoint",
                    "The archive's checkpoint is over \(checkpoint.size) records and does not cover \(entry.record.place) yet; "
                        + "archive again with --key.")
            }
            guard
                MerkleProof.isIncluded(
                    leafHash: MerkleTree.leafHash(entry.bytes), index: entry.leaf, size: checkpoint.size, path: path,
                    root: checkpoint.root)
            else {
                throw ProofProblem(
                    "checkpoint",
                    "The archive's records at \(entry.record.place) are not what its checkpoint was signed over.")
            }
            return ProofBundle.Leaf(bytes: entry.bytes, index: entry.leaf, path: path)
        }
        let bytes = bulletinEntry.record.value ?? []
        let contents = try ProofContents(leaves, indicator: id, bulletin: bytes, engine: engine)
        let isSameLexicon = engine.engineVersion.lexicon == contents.closing.engine.lexicon
        func bundle(_ text: String) -> ProofBundle {
            ProofBundle(
                indicator: id, size: checkpoint.size, leaves: leaves, checkpoint: note,
                lexicon: isSameLexicon ? tables : [:], bulletin: bytes, text: text)
        }
        let text = contents.sentences(bundle(""), log: checkpoint.origin).joined(separator: "\n\n") + "\n"
        return bundle(text).files.bytes
    }

    /// The newest record of an indicator, by engine and place, and the record that closes it.
    private func reading(of id: IndicatorID) throws -> (ArchiveReader.Entry, ArchiveReader.Entry) {
        var best: (indicator: ArchiveReader.Entry, closing: ArchiveReader.Entry, engine: Int)?
        try forEachSegment(of: topics.indicators) { _, scan in
            var open: ArchiveReader.Entry?
            try scan { entry in
                if entry.record.header("ce_id") == id.rawValue {
                    open = entry
                } else if let indicator = open, indicator.record.key == entry.record.key,
                    case .closing(let closing)? = try? ReadingMessage(message: entry.record.value ?? [])
                {
                    if closing.engine.number >= best?.engine ?? 0 { best = (indicator, entry, closing.engine.number) }
                    open = nil
                }
                return true
            }
        }
        guard let best else {
            throw ProofProblem(
                reader.path,
                "The archive \(reader.path) has no indicator \(id) with its closing record; gongbao query shows ids with --format jsonl."
            )
        }
        return (best.indicator, best.closing)
    }

    /// The first record of a topic with this `ce_id`; with a key its own partition is looked at first.
    private func find(_ topic: String, key: String?, id: String) throws -> ArchiveReader.Entry {
        var found: ArchiveReader.Entry?
        try forEachSegment(of: topic) { _, scan in
            guard found == nil else { return }
            try scan { entry in
                if entry.record.header("ce_id") == id { found = entry }
                return found == nil
            }
        }
        guard let found else {
            throw ProofProblem(reader.path, "The archive \(reader.path) has no record of \(id) in \(topic).")
        }
        return found
    }

    /// Partition by partition, as one stream over its segments.
    private func forEachSegment(
        of topic: String, _ body: (TopicPartition, ((ArchiveReader.Entry) throws -> Bool) throws -> Void) throws -> Void
    ) throws {
        let partitions = reader.topics.first { $0.name == topic }?.partitions ?? 0
        for number in 0..<Int32(partitions) {
            let partition = TopicPartition(topic, number)
            try body(partition) { visit in
                for segment in reader.manifest.entries(of: partition) {
                    var goesOn = true
                    try reader.read(segment) { entry in
                        goesOn = try visit(entry)
                        return goesOn
                    }
                    guard goesOn else { return }
                }
            }
        }
    }
}
