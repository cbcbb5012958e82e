import BulletinModel
import Crypto
import Foundation
import TopicLog

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What earlier audits noted, so that the next one need neither run the engine over bulletins that
/// they have seen nor take apart records and rows that are what they were.
///
/// An entry says: records with these canonical bytes, or rows with these columns, give these notes,
/// with this engine and lexicon. Nothing else is remembered, and above all no verdict: every audit
/// reads every byte of the span and of the database again, digests it, looks the notes up by the
/// SHA-256 of what it has just read, and holds all notes against each other anew. What was changed has
/// another digest and therefore no entry. What somebody could gain who writes to the memory itself
/// is to have a wrong note believed. So its files are listed with their SHA-256 in an index that
/// the auditor's key signs; an index that is not signed by that key is not used. Without a key the
/// memory is worth what its directory's permissions are worth; one stretch of records and one row
/// in ``sample`` is taken apart again every time, at random, and a note that differs then is a
/// finding, after which nothing of the memory is believed; and where anything does not hold, all is
/// taken apart before that is told.
///
/// There is a file for each partition and table, read by its place and written anew beside it:
/// memory does not grow with the span but by some 60 bytes for each stretch.
public final class AuditMemory {
    /// One of how many stretches and rows is taken apart again although it is known.
    static let sample = 32
    static let indexName = "index"
    /// Rises with whatever audits note of the same bytes.
    private static let title = "gongbao-audit-memory v3"

    private let folder: URL
    private let engine: EngineVersion
    private let topics: Topics
    private let signer: NoteSigner?
    private var old: [String: Data] = [:]
    private var known: [TopicPartition: [Stretch: Int]] = [:]
    private var new: [String: MemoryFileWriter] = [:]
    private var generator: any RandomNumberGenerator
    /// Held by the one audit that reads and writes the memory; -1 where another holds it.
    private var lock: Int32 = -1
    /// Why what is there was not used; nil where it was, or nothing is there.
    public private(set) var refusal: String?

    /// Opens the memory in a directory, which is made where it is missing.
    ///
    /// - Parameters:
    ///   - signer: signs the index, and is the only one whose index is believed; nil believes one without a signature.
    ///   - isFresh: begins anew and believes nothing.
    ///   - generator: chooses what is taken apart again.
    public init(
        _ path: String, engine: EngineVersion, topics: Topics, signer: NoteSigner?, isFresh: Bool,
        generator: any RandomNumberGenerator = SystemRandomNumberGenerator()
    ) throws {
        self.generator = generator
        folder = URL(filePath: path)
        self.engine = engine
        self.topics = topics
        self.signer = signer
        // An auditor who may write nowhere can audit all the same.
        try? FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        guard holdLock() else { return }
        if !isFresh { load() }
    }

    deinit { letGo() }

    private func letGo() {
        if lock >= 0 { close(lock) }
        lock = -1
    }

    /// Two audits that wrote the same files would spoil them for each other. The kernel lets go of the
    /// lock when the process ends, however it does.
    private func holdLock() -> Bool {
        lock = open(folder.appending(path: "lock").path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard lock >= 0 else {
            refusal = "Nothing is remembered for the next audit: \(folder.path) cannot be written."
            return false
        }
        if flock(lock, LOCK_EX | LOCK_NB) == 0 { return true }
        letGo()
        refusal = "Another audit uses what earlier ones remembered; this one derived everything and remembers nothing."
        return false
    }

    /// Whether something is believed that nobody has signed.
    var isUnsigned: Bool { signer == nil && !old.isEmpty }

    // MARK: - Records

    /// What is remembered of a partition, in the order of the offsets.
    func stretches(_ partition: TopicPartition) -> [Stretch] {
        if known[partition] == nil {
            known[partition] = old[Self.name(partition)].map { StretchFile.stretches($0) } ?? [:]
        }
        var next: Int64 = 0
        // A file that someone wrote may say anything.
        return known[partition]?.keys.sorted { $0.offsets.lowerBound < $1.offsets.lowerBound }.filter { stretch in
            defer { next = max(next, stretch.offsets.upperBound) }
            return stretch.offsets.lowerBound >= next
        } ?? []
    }

    /// What was noted of a stretch.
    func entries(_ partition: TopicPartition, _ stretch: Stretch) -> [LedgerEntry] {
        guard let data = old[Self.name(partition)], let place = known[partition]?[stretch] else { return [] }
        return StretchFile.entries(data, at: place)
    }

    /// Whether something is to be taken apart although it is known.
    func isSampled() -> Bool { Int.random(in: 0..<Self.sample, using: &generator) == 0 }

    /// Remembers what was noted of a stretch for the next time.
    func keep(_ partition: TopicPartition, _ stretch: Stretch, _ entries: [LedgerEntry]) {
        append(Self.name(partition)) { StretchFile.append(stretch, entries, to: &$0) }
    }

    // MARK: - Rows

    /// Looks rows of a table up, whose identifiers must ascend.
    func rows(_ table: RowMemory.Table) -> RowMemory { RowMemory(old[Self.name(table)] ?? Data()) }

    /// Remembers what was noted of a row.
    func keep(row digest: Digest32, of table: RowMemory.Table, _ entry: LedgerEntry) {
        append(Self.name(table)) { RowMemory.append(digest, entry, to: &$0) }
    }

    // MARK: - Files

    private static func name(_ partition: TopicPartition) -> String {
        "\(partition.topic)-\(partition.partition).stretches"
    }

    private static func name(_ table: RowMemory.Table) -> String { "\(table.rawValue).rows" }

    private func append(_ name: String, _ bytes: (inout [UInt8]) -> Void) {
        guard lock >= 0 else { return }
        do throws(MemoryFileFailure) {
            if new[name] == nil { new[name] = try MemoryFileWriter(path(name)) }
            try new[name]?.append(bytes)
        } catch {
            giveUp(error)
        }
    }

    private func path(_ name: String) -> String { folder.appending(path: name).path }

    /// An audit tells what it found also where it can leave nothing to the next.
    private func giveUp(_ failure: MemoryFileFailure) {
        refusal = "Nothing is remembered for the next audit: \(folder.path) cannot be written (\(failure.reason))."
        for writer in new.values { writer.discard() }
        new = [:]
        letGo()
    }

    /// What an index begins with: entries of anything else are of no use.
    private var heading: [String] {
        [Self.title, "\(engine.number) \(engine.lexicon)", topics.all.joined(separator: " ")]
    }

    private func load() {
        guard let bytes = FileManager.default.contents(atPath: folder.appending(path: Self.indexName).path) else {
            return
        }
        var text: String
        do {
            if let signer {
                let note = try SignedNote(parsing: Array(bytes))
                try note.verify(with: signer.verifier)
                text = note.text
            } else {
                text = String(decoding: bytes, as: UTF8.self)
            }
        } catch {
            refusal = "What an earlier audit remembered is not used: its index \(error)."
            return
        }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
        for expected in heading where lines.popFirst() != expected {
            refusal = "What an earlier audit remembered is of another engine, lexicon, version or site, and not used."
            return
        }
        for line in lines {
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 2, !words[0].contains("/") else { continue }
            guard let data = try? Data(contentsOf: folder.appending(path: words[0]), options: .mappedIfSafe),
                hexadecimal(SHA256.hash(data: data)) == words[1]
            else {
                refusal = "What an earlier audit remembered in \(words[0]) is damaged, and not used."
                continue
            }
            old[words[0]] = data
        }
    }

    /// Believes nothing of what is there any more, and begins anew.
    func forget() {
        old = [:]
        known = [:]
        new = [:]
    }

    /// Puts the new files in their places and then the index, which makes them count. Partitions and tables
    /// that this audit did not come to are remembered as before.
    func finish() {
        guard lock >= 0 else { return }
        var isMixed = false
        do throws(MemoryFileFailure) {
            var digests = old.filter { new[$0.key] == nil }.mapValues { hexadecimal(SHA256.hash(data: $0)) }
            for (name, writer) in new { digests[name] = try writer.seal() }
            let lines = heading + digests.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            let text = lines.joined(separator: "\n") + "\n"
            // Everything is on the disk before anything takes the place of what was there.
            let index = try MemoryFileWriter(path(Self.indexName))
            do throws(MemoryFileFailure) {
                try index.append { $0 += Array(signed(text).utf8) }
                _ = try index.seal()
                for writer in new.values {
                    try writer.place()
                    isMixed = true
                }
                try index.place()
            } catch {
                index.discard()
                throw error
            }
            new = [:]
            letGo()
        } catch {
            // An index of files that are no longer there would tell of damage.
            if isMixed { unlink(path(Self.indexName)) }
            giveUp(error)
        }
    }

    private func signed(_ text: String) -> String {
        guard let signer else { return text }
        // Without a signature the index is not believed.
        return (try? SignedNote(signing: text, with: signer).description) ?? ""
    }
}
