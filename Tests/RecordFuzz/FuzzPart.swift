import BulletinModel
import Documents
import Foundation
import Reading
import TopicLog

@testable import Audit
@testable import EmbeddedLog
@testable import Workers

/// What reads the fuzzer's bytes.
enum FuzzPart: String, CaseIterable {
    /// A record of any topic, as all workers take it: headers, key and value with 0xFF between them.
    case records
    /// Headers as the embedded log keeps them.
    case headers
    /// A value as JSON, and as each message.
    case messages
    /// An archive's manifest.
    case manifest
    /// A segment of an archive, its index and its table of names.
    case segment
    /// A ZIP archive, written again as it was.
    case zip
    /// A proof, from its archive to its sentences.
    case proof
    /// A signed note and the checkpoint in it.
    case checkpoint
    /// A table of the lexicon, whose name is in the first line, and what an engine reads with it.
    case lexicon
    /// A document of an office format, a message, a fixed page.
    case documents

    func read(_ bytes: [UInt8]) {
        switch self {
        case .records: Self.records(bytes)
        case .headers:
            guard let headers = HeaderCodec.decode(bytes) else { return }
            require(HeaderCodec.decode(HeaderCodec.encode(headers) ?? []) == headers, "headers are read as written")
        case .messages: Self.messages(bytes)
        case .manifest:
            let manifest = ArchiveManifest(bytes)
            for entry in manifest.entries { _ = manifest.entries(of: entry.partition) }
        case .segment:
            _ = try? ArchiveSegment.scan(bytes, from: 0) { _, _ in true }
            _ = ArchiveSegment.index(of: bytes)
            if let index = ArchiveIndex(bytes) {
                for place in 0..<min(index.offsets.count, 64) { _ = index.leaf(place) }
                _ = index.place(of: .max)
                _ = index.place(of: .min)
            }
            _ = ArchiveNames.places(of: "0123", in: Data(bytes), records: 100)
        case .zip:
            guard let archive = try? ZipArchive(parsing: bytes) else { return }
            require(archive.bytes == bytes, "an archive is written as it was read")
        case .proof:
            _ = try? ProofBundle(parsing: bytes)
            _ = try? ProofCheck(bytes, key: FuzzSeeds.key.verifier)
        case .checkpoint:
            _ = try? SignedNote(parsing: bytes)
            _ = try? Checkpoint(note: bytes, verifiedWith: FuzzSeeds.key.verifier)
            if let checkpoint = try? ArchiveCheckpoint.unverified(bytes) { _ = ArchiveCheckpoint.head(of: checkpoint) }
        case .lexicon:
            let end = bytes.firstIndex(of: 0x0a) ?? bytes.endIndex
            let name = String(decoding: bytes[..<end], as: UTF8.self)
            let table = String(decoding: bytes[end...].dropFirst(), as: UTF8.self)
            guard let lexicon = try? Lexicon(tables: [name: table]) else { return }
            let engine = Engine(lexicon: lexicon)
            let text = Array("全市一般公共预算收入1.2亿元，比上年增长3%。".utf8)
            guard let decoded = try? engine.decode(text) else { return }
            for article in engine.segment(decoded, bulletin: BulletinID(bytes: text)) { _ = engine.extract(article) }
        case .documents: _ = try? DocumentConverter().text(of: bytes)
        }
    }

    private static func messages(_ bytes: [UInt8]) {
        _ = try? JSONValue(parsing: bytes)
        if let article = try? Article(message: bytes) {
            require((try? Article(message: article.message())) == article, "an article is read as written")
        }
        if let indicator = try? Indicator(message: bytes) {
            require((try? Indicator(message: indicator.message())) == indicator, "an indicator is read as written")
        }
        if let closing = try? Closing(message: bytes) {
            require((try? Closing(message: closing.message())) == closing, "a closing record is read as written")
        }
        _ = try? ReadingMessage(message: bytes)
    }

    private static func records(_ bytes: [UInt8]) {
        let parts = bytes.split(separator: 0xff, maxSplits: 2, omittingEmptySubsequences: false).map(Array.init)
        let headers = HeaderCodec.decode(parts[0]) ?? []
        let topics = Topics()
        let stage = EnrichmentStage(reader: FuzzReader(), topics: topics, mostFigures: 50)
        for topic in topics.all {
            let record = Record(
                partition: TopicPartition(topic, 0), offset: 7, timestamp: Timestamp(milliseconds: 1),
                key: parts.count > 1 ? parts[1] : nil, value: parts.count > 2 ? parts[2] : nil, headers: headers)
            _ = SinkRecord(record, topics: topics)
            _ = RecordMark(record)
            _ = stage.process(record)
            _ = Requeue(record, topics: topics)
            let letter = DeadLetterHeaders.letter(
                for: record, Failure(.badField, "It is bad."), by: .init(worker: "sink", stage: "store", engine: 1),
                to: topics.deadLetters, at: record.timestamp, largest: 64 << 10)
            let size = letter.headers.reduce(0) { $0 + $1.name.utf8.count + ($1.value?.count ?? 0) }
            require(size <= (64 << 10) + bytes.count, "a dead letter is no longer than what it tells of")
        }
    }
}

/// Takes every digit for a figure, so that no table is needed.
private struct FuzzReader: BulletinReader {
    let engine = EngineVersion(number: 1, lexicon: "")
    func articles(of bytes: [UInt8], bulletin: BulletinID, given: GivenData) throws(Failure) -> [Article] { [] }
    func indicators(of article: Article) -> [Indicator] {
        article.text.unicodeScalars.enumerated().filter { ("0"..."9").contains($1) }.prefix(100).map { place, digit in
            Indicator(
                article: article.id, bulletin: article.bulletin, articleOrdinal: article.ordinal,
                start: article.start &+ place, end: article.start &+ place &+ 1, repetition: 0, quote: String(digit),
                name: "figure", value: String(digit), unit: "", kind: .level, confidence: 0.5)
        }
    }
}

/// Ends the process where something does not hold, so that the fuzzer keeps the input.
func require(_ holds: Bool, _ what: String) {
    guard holds else { fatalError("it does not hold that \(what)") }
}
