import BulletinModel
import Crypto
import Foundation
import Reading
import TopicLog

/// Reads the topics once, accounts for their offsets, checks what each record says of itself,
/// and notes in the ledger what must be held together.
///
/// Memory does not grow with the span: besides the ledger there are only the readings whose
/// closing record has not come yet.
final class Scan {
    private let source: any RecordSource
    private let topics: AuditTopics
    private let deriver: Deriver
    private let memory: DerivationMemory?
    private let letter: @Sendable (Record) -> DeadLetter
    private let sheets: Int
    let ledger: Ledger
    var report: AuditReport

    init(
        _ source: any RecordSource, topics: AuditTopics, deriver: Deriver, memory: DerivationMemory?,
        letter: @escaping @Sendable (Record) -> DeadLetter, sheets: Int, ledger: Ledger, report: AuditReport
    ) {
        self.source = source
        self.topics = topics
        self.deriver = deriver
        self.memory = memory
        self.letter = letter
        self.sheets = sheets
        self.ledger = ledger
        self.report = report
    }

    /// A record that is no message of ours counts as tampered with, unless a dead letter answers it.
    private func broken(_ record: Record, _ message: String, _ kind: Finding.Subject) throws {
        let role = topics.role(of: record.partition.topic)
        let subject = LedgerEntry.subject(ofRejected: role, key: record.key, value: record.value, truncatedFrom: nil)
        var entry = entry(.broken, subject, record)
        entry.count = Int32(brokenMessages.count)
        brokenMessages.append((record.place, message, kind))
        // Without a bound a topic full of garbage would fill the memory.
        guard brokenMessages.count < 100_000 else {
            throw LogError(
                .fatal, code: "not_ours",
                "More than 100000 records are no messages of gongbao; check the topics' names.")
        }
        try ledger.add(entry)
    }

    /// Of rows, by subject: columns that do not follow from the rest.
    var strayColumns: [Digest32: String] = [:]
    /// Bulletins whose text another converter made, with its name: what follows from them need not follow here.
    private(set) var otherDecoders: [Digest32: String] = [:]
    private(set) var brokenMessages: [(place: String, message: String, subject: Finding.Subject)] = []

    private func entry(_ kind: LedgerEntry.Kind, _ subject: Digest32, _ record: Record) -> LedgerEntry {
        var entry = LedgerEntry(kind, subject)
        entry.topic = topics.number(record.partition.topic)
        entry.partition = record.partition.partition
        entry.offset = record.offset
        return entry
    }

    // MARK: - Offsets

    /// Reads spans and accounts for every offset of them.
    func read(_ spans: [TopicPartition: Range<Int64>], _ body: ([Record]) throws -> Void) throws {
        var accounts = Dictionary(
            uniqueKeysWithValues: spans.map { ($0.key, AuditReport.Account(partition: $0.key, offsets: $0.value)) })
        var next = spans.mapValues(\.lowerBound)
        var gaps: [(TopicPartition, Range<Int64>)] = []
        func skip(_ partition: TopicPartition, to offset: Int64) {
            let from = next[partition] ?? 0
            if from < offset {
                // A damaged partition may have many; what is counted is exact, what is listed is not all.
                if gaps.count < 100_000 { gaps.append((partition, from..<offset)) }
            }
            next[partition] = offset
        }
        let unreadable = try source.read(spans) { records in
            for record in records {
                skip(record.partition, to: record.offset)
                next[record.partition] = record.offset + 1
                accounts[record.partition]?.records += 1
            }
            try body(records)
        }
        for (partition, span) in spans { skip(partition, to: span.upperBound) }
        for (partition, gap) in gaps {
            let lost = unreadable.filter { $0.partition == partition && $0.offsets.overlaps(gap) }
            if !lost.isEmpty {
                accounts[partition]?.missing += gap.count
            } else if source.hasMarkers {
                if gap.count == 1 {
                    accounts[partition]?.markers += 1
                } else {
                    accounts[partition]?.withoutData += gap.count
                }
            } else {
                accounts[partition]?.missing += gap.count
                report.add(
                    Finding(
                        .missing, .offsets, at: "\(partition)@\(gap.lowerBound)",
                        "In \(partition) the records at \(describeOffsets(gap)) are missing."))
            }
        }
        for span in unreadable {
            report.add(
                Finding(
                    span.isTampered ? .tampered : .missing, .offsets,
                    at: "\(span.partition)@\(span.offsets.lowerBound)",
                    span.message))
        }
        report.accounts += accounts.values.sorted { $0.partition < $1.partition }
    }

    // MARK: - Topics

    /// Bulletins: their identifiers, and what follows from their bytes.
    func bulletins(_ spans: [TopicPartition: Range<Int64>]) throws {
        let deriver = deriver
        try read(spans) { records in
            let work = records.map { record -> (Record, Derivation?) in
                guard let value = record.value, let memory, report.sheets.count >= sheets, !PdfText.isPdf(value) else {
                    return (record, nil)
                }
                return (record, memory.recall(record.partition, record.offset, Digest32(of: value)))
            }
            let derived = onAllCores(work) { record, known in
                record.value.map { bytes in
                    let id = BulletinID(bytes: bytes)
                    return (id, known ?? deriver.derive(bytes, bulletin: id))
                }
            }
            for (place, (record, known)) in work.enumerated() {
                guard let value = record.value, let (id, derivation) = derived[place] else {
                    try broken(record, "has no value", .bulletin)
                    continue
                }
                if known != nil { report.counts.recalled += 1 }
                try note(record, value, id, derivation)
            }
        }
    }

    private func note(_ record: Record, _ value: [UInt8], _ id: BulletinID, _ derivation: Derivation) throws {
        let problem =
            record.key.map { $0.elementsEqual(id.rawValue.utf8) } == true
            ? RecordCheck.problem(record, schema: .bulletin, id: id.rawValue, key: id.rawValue)
            : "its bytes have the SHA-256 \(id.rawValue.prefix(16))…, which is not its key"
        if let problem { return try broken(record, "is not what was written: " + problem, .bulletin) }
        if let trouble = derivation.trouble {
            throw LogError(trouble.cause == .outage ? .transient : .setup, code: trouble.code, trouble.message)
        }
        let subject = Digest32(digits: id.rawValue)
        let decoder = record.header(CloudEvent.decoderHeader)
        if let here = derivation.decoder, decoder != here { otherDecoders[subject] = decoder ?? "something unnamed" }
        if let failure = derivation.failure {
            guard let other = otherDecoders[subject] else {
                return try broken(record, "gives no article: \(failure)", .bulletin)
            }
            report.add(
                Finding(
                    .otherEngine, .bulletin, at: record.place, id: id.rawValue,
                    "The bulletin \(id) at \(record.place), of which \(other) made text, gives none here: \(failure)"))
        }
        var bulletin = entry(.recordBulletin, subject, record)
        bulletin.count = Int32(derivation.parts.count)
        bulletin.digest = Digest32(
            of: Array((record.header("ce_source").flatMap { CloudEvent.source(ofReference: $0) } ?? "").utf8))
        try ledger.add(bulletin)
        for part in derivation.parts {
            var article = entry(.derivedArticle, part.article, record)
            article.parent = subject
            article.digest = part.message
            try ledger.add(article)
            var reading = entry(.derivedReading, part.article, record)
            reading.parent = subject
            reading.digest = part.reading
            reading.count = Int32(part.count)
            reading.engine = Int32(deriver.version.number)
            reading.lexicon = Digest32(digits: deriver.version.lexicon)
            try ledger.add(reading)
        }
        // The memory's index does not name converters, so what they gave is derived every time.
        if derivation.decoder == nil { try memory?.keep(record.partition, record.offset, subject, derivation) }
        if report.sheets.count < sheets, let articles = try? deriver.articles(of: value, bulletin: id) {
            let source = record.header("ce_source").flatMap { CloudEvent.source(ofReference: $0) } ?? ""
            for article in articles where report.sheets.count < sheets {
                report.sheets.append(
                    .init(article: article, indicators: deriver.engine.extract(article), source: source))
            }
        }
    }

    /// Articles: their identifiers and headers.
    func articles(_ spans: [TopicPartition: Range<Int64>]) throws {
        try read(spans) { records in
            let articles = onAllCores(records) { record in
                Swift.Result { () throws(MessageError) in
                    guard let value = record.value else { throw MessageError(.missingValue, "has no value") }
                    return try Article(message: value)
                }
            }
            for (record, article) in zip(records, articles) {
                switch article {
                case .failure(let error): try broken(record, "\(error)", .article)
                case .success(let article):
                    let (id, bulletin) = (article.id.rawValue, article.bulletin.rawValue)
                    if let problem = RecordCheck.problem(record, schema: .article, id: id, key: bulletin) {
                        try broken(record, "is not what was written: " + problem, .article)
                        continue
                    }
                    var entry = entry(.recordArticle, Digest32(digits: id), record)
                    entry.parent = Digest32(digits: bulletin)
                    entry.digest = Digest32(of: record.value ?? [])
                    try ledger.add(entry)
                    var named = entry
                    named.kind = .namedBulletin
                    named.subject = entry.parent
                    try ledger.add(named)
                }
            }
        }
    }

    private struct Open {
        var hasher = SHA256()
        var count = 0
        let first: Record
    }

    private struct OpenKey: Hashable {
        let article: String
        let engine: String
    }

    /// Indicators and closing records: their identifiers, headers, counts and digests.
    func readings(_ spans: [TopicPartition: Range<Int64>]) throws {
        var open: [OpenKey: Open] = [:]
        try read(spans) { records in
            let messages = onAllCores(records) { record in
                Swift.Result { () throws(MessageError) in
                    guard let value = record.value else { throw MessageError(.missingValue, "has no value") }
                    return try ReadingMessage(message: value)
                }
            }
            for (record, message) in zip(records, messages) {
                switch message {
                case .failure(let error): try broken(record, "\(error)", .indicator)
                case .success(.indicator(let indicator)):
                    if let problem = RecordCheck.problem(
                        record, schema: .indicator, id: indicator.id.rawValue, key: indicator.article.rawValue)
                    {
                        try broken(record, "is not what was written: " + problem, .indicator)
                    }
                    let key = OpenKey(
                        article: indicator.article.rawValue, engine: record.header(CloudEvent.engineHeader) ?? "")
                    var reading = open[key] ?? Open(first: record)
                    reading.hasher.update(data: record.value ?? [])
                    reading.hasher.update(data: [0x0a])
                    reading.count += 1
                    open[key] = reading
                case .success(.closing(let closing)):
                    let key = OpenKey(article: closing.article.rawValue, engine: String(closing.engine.number))
                    try close(record, closing, open.removeValue(forKey: key))
                }
            }
        }
        for (key, reading) in open.sorted(by: { $0.value.first.offset < $1.value.first.offset }) {
            try unclosed(key, reading)
        }
    }

    private func close(_ record: Record, _ closing: Closing, _ reading: Open?) throws {
        let problem = RecordCheck.problem(
            record, schema: .closing, id: "\(closing.article)-closing", key: closing.article.rawValue,
            engine: closing.engine)
        if let problem { return try broken(record, "is not what was written: " + problem, .closing) }
        let digest = hexadecimal((reading?.hasher ?? SHA256()).finalize())
        var entry = entry(.recordReading, Digest32(digits: closing.article.rawValue), record)
        entry.isSound = digest == closing.digest && reading?.count ?? 0 == closing.count
        entry.parent = Digest32(digits: closing.bulletin.rawValue)
        entry.digest = Digest32(digits: closing.digest)
        entry.count = Int32(clamping: closing.count)
        entry.engine = Int32(clamping: closing.engine.number)
        entry.lexicon = Digest32(digits: closing.engine.lexicon)
        entry.first = reading?.first.offset ?? record.offset
        try ledger.add(entry)
    }

    /// Indicators that no closing record follows: noted as a reading that is not sound, so that
    /// only those of articles in the span count.
    private func unclosed(_ key: OpenKey, _ reading: Open) throws {
        var entry = entry(.recordReading, Digest32(digits: key.article), reading.first)
        entry.isSound = false
        entry.count = -1
        entry.engine = Int32(key.engine) ?? -1
        entry.first = reading.first.offset
        try ledger.add(entry)
    }

    /// Dead letters, and the records that they answer.
    func deadLetters(_ spans: [TopicPartition: Range<Int64>]) throws {
        try read(spans) { records in
            for record in records {
                let letter = letter(record)
                var entry = entry(.recordLetter, Digest32(digits: letter.id.rawValue), record)
                entry.digest = AuditTopics.digest(of: letter)
                try ledger.add(entry)
                report.counts.deadLetters += 1
                guard let origin = letter.origin else { continue }
                let role = topics.role(of: origin.topic)
                let subject = LedgerEntry.subject(
                    ofRejected: role, key: letter.key, value: letter.value, truncatedFrom: letter.truncatedFrom)
                try ledger.add(LedgerEntry(.rejectedRecord, subject))
                if role == topics.role(of: topics.articles), let article = try? Article(message: letter.value ?? []) {
                    try ledger.add(LedgerEntry(.rejectedArticle, Digest32(digits: article.id.rawValue)))
                }
            }
        }
    }
}

/// The names of the four topics.
public struct AuditTopics: Sendable, Equatable {
    /// Bulletins as they arrived.
    public let bulletins: String
    /// Articles of the bulletins.
    public let articles: String
    /// Indicators of the articles, with closing records.
    public let indicators: String
    /// What could not be used.
    public let deadLetters: String

    /// Names the topics.
    public init(bulletins: String, articles: String, indicators: String, deadLetters: String) {
        self.bulletins = bulletins
        self.articles = articles
        self.indicators = indicators
        self.deadLetters = deadLetters
    }

    var all: [String] { [bulletins, articles, indicators, deadLetters] }

    /// As much of a value as a dead letter has at least, in bytes, where it was too large for the topic.
    static let letterHead = 64 << 10

    func number(_ topic: String) -> UInt8 { UInt8(all.firstIndex(of: topic) ?? 255) }

    /// Which of the four a topic is, under this prefix or another: the topics may be copies of those that
    /// a dead letter tells of.
    func role(of topic: String) -> UInt8 {
        let prefix = all.dropFirst().reduce(bulletins) { $0.commonPrefix(with: $1) }
        return UInt8(all.firstIndex { topic.hasSuffix($0.dropFirst(prefix.count)) } ?? 255)
    }

    /// What the database keeps of a dead letter and does not depend on the log, as one digest.
    static func digest(of letter: DeadLetter) -> Digest32 {
        var json = JSONWriter()
        json.beginArray()
        for text in [letter.id.rawValue, letter.worker, letter.stage, letter.code, letter.reason, letter.input] {
            json.value(text)
        }
        json.value(letter.origin.map { "\($0.topic)/\($0.partition)@\($0.offset)" })
        json.value(letter.engine ?? -1)
        json.value(letter.attempts)
        json.value(letter.failedAt)
        json.value(letter.truncatedFrom ?? -2)
        json.value(letter.key.map { hexadecimal($0) })
        json.value(letter.value.map { hexadecimal($0) })
        json.endArray()
        return Digest32(of: json.bytes)
    }
}
