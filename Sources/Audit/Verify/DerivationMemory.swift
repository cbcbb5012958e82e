import BulletinModel
import Crypto
import Foundation
import TopicLog

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What earlier audits derived, so that the next one need not run the engine again over
/// bulletins that it has seen.
///
/// An entry says: a bulletin with this SHA-256 gives, with this engine and lexicon, these article
/// digests and these reading digests. Nothing else is remembered, and above all no verdict: every
/// audit reads every byte of the span and of the database again, computes every digest again, and
/// looks an entry up by the SHA-256 of the bytes it has just read. A changed bulletin therefore
/// has no entry, and a changed article, indicator or row no longer fits the entry's digests. What
/// somebody could gain who writes to the memory itself is to have a wrong digest believed. So its
/// files are listed with their SHA-256 in an index that the auditor's key signs; an index that is
/// not signed by that key is not used. Without a key the memory is worth what its directory's
/// permissions are worth, and one bulletin in ``sample`` is derived again every time, at random.
///
/// There is a file for each partition, in the order of the offsets, which is read along with the
/// partition and written anew beside it: memory does not grow with the span.
public final class DerivationMemory {
    /// One of how many bulletins is derived again although it is known.
    static let sample = 32
    static let indexName = "index"
    private static let title = "gongbao-audit-memory v1"

    private let folder: URL
    private let engine: EngineVersion
    private let signer: NoteSigner?
    private var old: [TopicPartition: EntryReader] = [:]
    private var new: [TopicPartition: EntryWriter] = [:]
    private var generator = SystemRandomNumberGenerator()
    /// Held by the one audit that reads and writes the memory; -1 where another holds it.
    private var lock: Int32 = -1
    /// Why what is there was not used; nil where it was, or nothing is there.
    public private(set) var refusal: String?

    /// Opens the memory in a directory, which is made where it is missing.
    ///
    /// - Parameters:
    ///   - signer: signs the index, and is the only one whose index is believed; nil believes one without a signature.
    ///   - isFresh: begins anew and believes nothing.
    public init(_ path: String, engine: EngineVersion, signer: NoteSigner?, isFresh: Bool) throws {
        folder = URL(filePath: path)
        self.engine = engine
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
        guard lines.popFirst() == Self.title, lines.popFirst() == "\(engine.number) \(engine.lexicon)" else {
            refusal = "What an earlier audit remembered is of another engine or lexicon, and not used."
            return
        }
        for line in lines {
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 3, let number = Int32(words[1]) else { continue }
            let partition = TopicPartition(words[0], number)
            guard let data = try? Data(contentsOf: file(partition), options: .mappedIfSafe),
                hexadecimal(SHA256.hash(data: data)) == words[2]
            else {
                refusal = "What an earlier audit remembered of \(partition) is damaged, and not used."
                continue
            }
            old[partition] = EntryReader(data)
        }
    }

    private func file(_ partition: TopicPartition) -> URL {
        folder.appending(path: "\(partition.topic)-\(partition.partition).derived")
    }

    /// What is remembered of a bulletin; nil where nothing is, and now and then at random.
    /// Offsets of a partition must ascend.
    func recall(_ partition: TopicPartition, _ offset: Int64, _ bulletin: Digest32) -> Derivation? {
        guard let known = old[partition]?.entry(at: offset), known.bulletin == bulletin else { return nil }
        return Int.random(in: 0..<Self.sample, using: &generator) == 0 ? nil : known.derivation
    }

    /// Remembers what was derived, or recalled, for the next time.
    func keep(
        _ partition: TopicPartition, _ offset: Int64, _ bulletin: Digest32, _ derivation: Derivation
    ) throws {
        guard derivation.failure == nil, lock >= 0 else { return }
        if new[partition] == nil { new[partition] = try EntryWriter(file(partition)) }
        new[partition]?.append(offset, bulletin, derivation)
        try new[partition]?.flush(atLeast: 1 << 16)
    }

    /// Writes the index, after which the new files count.
    func finish() throws {
        guard lock >= 0 else { return }
        defer { letGo() }
        var lines = [Self.title, "\(engine.number) \(engine.lexicon)"]
        for (partition, var writer) in new.sorted(by: { $0.key < $1.key }) {
            lines.append("\(partition.topic) \(partition.partition) \(try writer.finish())")
        }
        let text = lines.joined(separator: "\n") + "\n"
        let bytes = try signer.map { try SignedNote(signing: text, with: $0).description } ?? text
        try Data(bytes.utf8).write(to: folder.appending(path: Self.indexName), options: .atomic)
        new = [:]
    }
}

/// Entries one after the other: offset, bulletin, number of articles, and of each the
/// identifier, two digests and the number of indicators; integers little-endian.
private struct EntryReader {
    private let data: Data
    private var at = 0

    init(_ data: Data) {
        self.data = data
    }

    mutating func entry(at offset: Int64) -> (bulletin: Digest32, derivation: Derivation)? {
        while let (next, parts) = head(), next < offset { at += 44 + parts * 100 }
        guard let (next, parts) = head(), next == offset else { return nil }
        let bulletin = digest(at + 8)
        let list = (0..<parts).map { number in
            let start = at + 44 + number * 100
            return Derivation.Part(
                article: digest(start), message: digest(start + 32), reading: digest(start + 64),
                count: Int(integer(start + 96, UInt32.self)))
        }
        at += 44 + parts * 100
        return (bulletin, Derivation(failure: nil, parts: list))
    }

    private func head() -> (offset: Int64, parts: Int)? {
        guard at + 44 <= data.count else { return nil }
        let parts = Int(integer(at + 40, UInt32.self))
        return at + 44 + parts * 100 <= data.count ? (integer(at, Int64.self), parts) : nil
    }

    private func integer<Number: FixedWidthInteger>(_ at: Int, _ type: Number.Type) -> Number {
        (0..<Number.bitWidth / 8).reduce(0) {
            $0 | Number(truncatingIfNeeded: data[data.startIndex + at + $1]) << ($1 * 8)
        }
    }

    private func digest(_ at: Int) -> Digest32 { Digest32(data[data.startIndex + at..<data.startIndex + at + 32]) }
}

private struct EntryWriter {
    private let target: URL
    private let part: URL
    private let handle: FileHandle
    private var buffer: [UInt8] = []
    private var hasher = SHA256()

    init(_ target: URL) throws {
        self.target = target
        part = target.appendingPathExtension("part")
        try Data().write(to: part)
        handle = try FileHandle(forWritingTo: part)
    }

    mutating func append(_ offset: Int64, _ bulletin: Digest32, _ derivation: Derivation) {
        number(offset)
        buffer += bulletin.bytes
        number(UInt32(derivation.parts.count))
        for part in derivation.parts {
            buffer += part.article.bytes + part.message.bytes + part.reading.bytes
            number(UInt32(part.count))
        }
    }

    mutating func flush(atLeast: Int) throws {
        guard buffer.count >= atLeast else { return }
        hasher.update(data: buffer)
        try handle.write(contentsOf: Data(buffer))
        buffer.removeAll(keepingCapacity: true)
    }

    /// Puts the file in its place and returns its SHA-256.
    mutating func finish() throws -> String {
        try flush(atLeast: 0)
        try handle.close()
        guard rename(part.path, target.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        return hexadecimal(hasher.finalize())
    }

    private mutating func number<Number: FixedWidthInteger>(_ value: Number) {
        for place in 0..<Number.bitWidth / 8 { buffer.append(UInt8(truncatingIfNeeded: value >> (place * 8))) }
    }
}
