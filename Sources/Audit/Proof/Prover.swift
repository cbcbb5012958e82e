import BulletinModel
import Foundation
import Reading
import TopicLog

/// Makes the proof of one figure from an archive.
public struct Prover: Sendable {
    private let reader: ArchiveReader
    private let topics: Topics
    private let engine: Engine
    private let tables: [String: String]
    private var isThorough = false

    /// A prover over an archive.
    ///
    /// - Parameters:
    ///   - engine: decodes the bulletin.
    ///   - tables: the lexicon's tables by name; they go into the bundle if the figure was read with them.
    public init(_ reader: ArchiveReader, topics: Topics, engine: Engine, tables: [String: String]) {
        self.reader = reader
        self.topics = topics
        self.engine = engine
        self.tables = tables
    }

    /// The bundle's bytes.
    ///
    /// - Throws: ``ProofProblem`` that says what the archive lacks; ``ArchiveProblem`` for what of it is damaged.
    public func prove(_ id: IndicatorID) throws -> [UInt8] {
        do { return try bundle(of: id) } catch let problem as ProofProblem {
            // Files of names that were tampered with must not hide what the archive holds.
            var thorough = self
            thorough.isThorough = true
            do { return try thorough.bundle(of: id) } catch is ProofProblem { throw problem }
        }
    }

    private func bundle(of id: IndicatorID) throws -> [UInt8] {
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
        let figure = try Indicator(message: indicator.record.value ?? [])
        let (bulletinEntry, articleEntry) = try premises(
            of: figure, try Closing(message: closing.record.value ?? []))
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
        return bundle(contents.proofText(bundle(""), log: checkpoint.origin)).files.bytes
    }

    /// The newest record of an indicator, by engine and place, and the record that closes it.
    private func reading(of id: IndicatorID) throws -> (ArchiveReader.Entry, ArchiveReader.Entry) {
        var best: (indicator: ArchiveReader.Entry, closing: ArchiveReader.Entry, engine: Int)?
        for partition in partitions(of: topics.indicators, key: nil) {
            // All that was ever said of the indicator, and all that closed its article, in order.
            var entries = try entries(of: id.rawValue, in: partition)
            let articles = Set(entries.compactMap { try? Indicator(message: $0.record.value ?? []).article })
            for article in articles { entries += try self.entries(of: "\(article)-closing", in: partition) }
            var open: ArchiveReader.Entry?
            for entry in entries.sorted(by: { $0.record.offset < $1.record.offset }) {
                if entry.record.header("ce_id") == id.rawValue {
                    open = entry
                } else if let indicator = open, indicator.record.key == entry.record.key,
                    case .closing(let closing)? = try? ReadingMessage(message: entry.record.value ?? [])
                {
                    if closing.engine.number >= best?.engine ?? 0 { best = (indicator, entry, closing.engine.number) }
                    open = nil
                }
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

    /// The records of the bulletin and the article that a figure was read from. There are several of each where what is
    /// said of the bulletin was restated: then those that give the figure's reading, the newest first.
    private func premises(
        of figure: Indicator, _ closing: Closing
    ) throws -> (bulletin: ArchiveReader.Entry, article: ArchiveReader.Entry) {
        let bulletin = figure.bulletin.rawValue
        let articles = try find(topics.articles, key: bulletin, id: figure.article.rawValue)
        let bulletins = try find(topics.bulletins, key: bulletin, id: bulletin).filter { entry in
            (try? BulletinOffer { entry.record.header($0) })?.standing != .further
        }
        guard let lastArticle = articles.last, let lastBulletin = bulletins.last else {
            throw ProofProblem(
                reader.path, "The archive \(reader.path) has no record from which the figure \(figure.id) follows.")
        }
        if articles.count == 1, bulletins.count == 1 { return (lastBulletin, lastArticle) }
        let deriver = Deriver(engine)
        for bulletin in bulletins.reversed() {
            guard let derived = try? deriver.articles(of: bulletin.record).first(where: { $0.id == figure.article }),
                engine.engineVersion != closing.engine
                    || Closing.digest(of: engine.extract(derived).map { $0.message() }) == closing.digest
            else { continue }
            let message = derived.message()
            if let article = articles.last(where: { $0.record.value == message }) { return (bulletin, article) }
        }
        return (lastBulletin, lastArticle)
    }

    /// The records of a topic with this `ce_id`, in order, from the first partition that has any; that which its key
    /// belongs to is looked at first.
    private func find(_ topic: String, key: String, id: String) throws -> [ArchiveReader.Entry] {
        for partition in partitions(of: topic, key: key) {
            let found = try entries(of: id, in: partition)
            if !found.isEmpty { return found }
        }
        throw ProofProblem(reader.path, "The archive \(reader.path) has no record of \(id) in \(topic).")
    }

    /// A partition's records with this `ce_id`, in order.
    private func entries(of id: String, in partition: TopicPartition) throws -> [ArchiveReader.Entry] {
        try reader.manifest.entries(of: partition).flatMap {
            try reader.entries(of: id, in: $0, isThorough: isThorough)
        }
    }

    /// A topic's partitions, that of the key first; a topic that has grown may have it in another.
    private func partitions(of topic: String, key: String?) -> [TopicPartition] {
        let count = reader.topics.first { $0.name == topic }?.partitions ?? 0
        let first = key.map { Murmur2.partition(of: Array($0.utf8), count: max(1, count)) } ?? 0
        let all = (0..<Int32(clamping: count)).map { TopicPartition(topic, $0) }
        return all.filter { $0.partition == first } + all.filter { $0.partition != first }
    }
}
