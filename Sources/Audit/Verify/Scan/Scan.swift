import BulletinModel
import Crypto
import Foundation
import Reading
import TopicLog

/// Reads the topics once, accounts for their offsets, checks what each record says of itself,
/// and notes in the ledger what must be held together.
///
/// Memory does not grow with the span: besides the ledger there are only the readings whose
/// closing record has not come yet, and the heads of what earlier audits remember.
final class Scan {
    let source: any RecordSource
    let topics: Topics
    private let deriver: Deriver
    let memory: AuditMemory?
    private let letter: @Sendable (Record) -> DeadLetter
    let sheets: Int
    let ledger: Ledger
    var report: AuditReport
    /// What is to be remembered of the topic that is being read.
    var builders = Builders(most: 1)
    /// And of the partition whose records are being looked at.
    var building: StretchBuilder?
    /// The row that is being looked into, its digest, and what is remembered of it.
    var lookedInto: (subject: Digest32, digest: Digest32, known: LedgerEntry?)?
    /// What of the memory was seen to be wrong.
    var mistake: MemoryMistake?
    /// What was noted since somebody began to record.
    var recorded: [LedgerEntry]?

    init(
        _ source: any RecordSource, topics: Topics, deriver: Deriver, memory: AuditMemory?,
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

    /// Notes something that follows from the record that is being looked at alone.
    private func add(_ entry: LedgerEntry) throws {
        if entry.kind == .recordLetter { report.counts.deadLetters += 1 }
        building?.note(entry)
        recorded?.append(entry)
        try ledger.add(entry)
    }

    /// A record that is no message of ours counts as tampered with, unless a dead letter answers it.
    private func broken(_ record: Record, _ message: String, _ kind: Finding.Subject) throws {
        let role = topics.role(of: record.partition.topic)
        let subject = LedgerEntry.subject(ofRejected: role, key: record.key, value: record.value, truncatedFrom: nil)
        var entry = entry(.broken, subject, record)
        entry.count = Int32(brokenMessages.count)
        brokenMessages.append((record.place, message, kind))
        building?.spoil()
        // Without a bound a topic full of garbage would fill the memory.
        guard brokenMessages.count < 100_000 else {
            throw Failure(
                .fatal, code: "not_ours",
                "More than 100000 records are no messages of gongbao; check the topics' names.")
        }
        try ledger.add(entry)
    }

    /// Of rows, by subject: columns that do not follow from the rest.
    var strayColumns: [RowMemory.Table: [Digest32: String]] = [:]
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

    // MARK: - Topics

    /// Bulletins: their identifiers, and what follows from their bytes.
    func bulletins(_ spans: [TopicPartition: Range<Int64>]) throws {
        let deriver = deriver
        // A stretch is what is derived again at random, so it should not be long.
        try read(spans, stretches: 64) { records in
            let derived = concurrentMap(records) { record in
                record.value.map { bytes in
                    let id = BulletinID(bytes: bytes)
                    let offer = try? BulletinOffer { record.header($0) }
                    // Of what is kept beside what holds nothing follows.
                    let isRead = offer.map { $0.standing != .further } ?? false
                    return (
                        id, offer,
                        isRead ? deriver.derive(bytes, bulletin: id, given: offer?.given ?? GivenData()) : nil
                    )
                }
            }
            for (record, derived) in zip(records, derived) {
                try taking(record) {
                    if let (id, offer, derivation) = derived {
                        try note(record, id, offer, derivation)
                    } else {
                        try broken(record, "has no value", .bulletin)
                    }
                }
            }
        }
    }

    private func note(
        _ record: Record, _ id: BulletinID, _ offer: BulletinOffer?, _ derivation: Derivation?
    ) throws {
        let problem =
            record.key.map { $0.elementsEqual(id.rawValue.utf8) } == true
            ? RecordCheck.problem(record, schema: .bulletin, id: id.rawValue, key: id.rawValue)
            : "its bytes have the SHA-256 \(id.rawValue.prefix(16))…, which is not its key"
        if let problem { return try broken(record, "is not what was written: " + problem, .bulletin) }
        guard let offer else {
            return try broken(record, "has headers on what was said of it that are not as they are written", .bulletin)
        }
        try note(record, id, offer, members: derivation?.members.count ?? 0)
        guard let derivation else { return }
        if let trouble = derivation.trouble {
            throw Failure(trouble.cause == .outage ? .transient : .setup, code: trouble.code, trouble.message)
        }
        let subject = Digest32(digits: id.rawValue)
        let decoder = record.header(CloudEvent.decoderHeader)
        // The memory does not name converters, so what they gave is derived every time.
        if derivation.decoder != nil { building?.spoil() }
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
        for member in Set(derivation.members) {
            try add(entry(.heldMember, LedgerEntry.subject(ofMember: member, in: subject), record))
        }
        for part in derivation.parts {
            var article = entry(.derivedArticle, part.article, record)
            article.parent = subject
            article.digest = part.message
            try add(article)
            var reading = entry(.derivedReading, part.article, record)
            reading.parent = subject
            reading.digest = part.reading
            reading.count = Int32(part.count)
            reading.engine = Int32(deriver.version.number)
            reading.lexicon = Digest32(digits: deriver.version.lexicon)
            try add(reading)
        }
        if report.sheets.count < sheets, let articles = try? deriver.articles(of: record) {
            let source = Self.source(record)
            for article in articles where report.sheets.count < sheets {
                report.sheets.append(
                    .init(article: article, indicators: deriver.engine.extract(article), source: source))
            }
        }
    }

    /// The bulletin of a record, and what was said of it with this one.
    ///
    /// - Parameter members: how many documents stand in it.
    private func note(_ record: Record, _ id: BulletinID, _ offer: BulletinOffer, members: Int) throws {
        var bulletin = entry(.recordBulletin, Digest32(digits: id.rawValue), record)
        bulletin.count = Int32(clamping: members)
        if let archive = record.header(CloudEvent.containerHeader) {
            let parent = Digest32(digits: archive)
            var claim = entry(.claimedMember, LedgerEntry.subject(ofMember: bulletin.subject, in: parent), record)
            claim.parent = parent
            claim.digest = bulletin.subject
            try add(claim)
        }
        bulletin.digest = Digest32(of: Array(Self.source(record).utf8))
        bulletin.parent = Digest32(of: Array((record.header("ce_time") ?? "").utf8))
        try add(bulletin)
        guard offer != BulletinOffer() else { return }
        var origin = entry(.recordOrigin, LedgerEntry.subject(of: offer, id), record)
        origin.digest = bulletin.digest
        origin.parent = bulletin.parent
        try add(origin)
    }

    private static func source(_ record: Record) -> String {
        record.header("ce_source").flatMap { CloudEvent.source(ofReference: $0) } ?? ""
    }

    /// Articles: their identifiers and headers.
    func articles(_ spans: [TopicPartition: Range<Int64>]) throws {
        try read(spans, stretches: 256) { records in
            let articles = concurrentMap(records) { record in
                Swift.Result { () throws(MessageError) in
                    guard let value = record.value else { throw MessageError(.missingValue, "has no value") }
                    return try Article(message: value)
                }
            }
            for (record, article) in zip(records, articles) {
                try taking(record) { try note(record, article) }
            }
        }
    }

    private func note(_ record: Record, _ article: Swift.Result<Article, MessageError>) throws {
        switch article {
        case .failure(let error): try broken(record, "\(error)", .article)
        case .success(let article):
            let (id, bulletin) = (article.id.rawValue, article.bulletin.rawValue)
            if let problem = RecordCheck.problem(record, schema: .article, id: id, key: bulletin) {
                return try broken(record, "is not what was written: " + problem, .article)
            }
            var entry = entry(.recordArticle, Digest32(digits: id), record)
            entry.parent = Digest32(digits: bulletin)
            entry.digest = Digest32(of: record.value ?? [])
            try add(entry)
            var named = entry
            named.kind = .namedBulletin
            named.subject = entry.parent
            try add(named)
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
        var open: [TopicPartition: [OpenKey: Open]] = [:]
        try read(spans, stretches: 512) { records in
            let messages = concurrentMap(records) { record in
                Swift.Result { () throws(MessageError) in
                    guard let value = record.value else { throw MessageError(.missingValue, "has no value") }
                    return try ReadingMessage(message: value)
                }
            }
            for (record, message) in zip(records, messages) {
                try taking(record, isQuiet: open[record.partition]?.isEmpty ?? true) {
                    try note(record, message, &open[record.partition, default: [:]])
                }
            }
        }
        for (key, reading) in open.values.joined().sorted(by: { $0.value.first.offset < $1.value.first.offset }) {
            try unclosed(key, reading)
        }
    }

    private func note(
        _ record: Record, _ message: Swift.Result<ReadingMessage, MessageError>, _ open: inout [OpenKey: Open]
    ) throws {
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
        if !entry.isSound { building?.spoil() }
        try add(entry)
    }

    /// Indicators that no closing record follows: noted as a reading that is not sound, so that
    /// only those of articles in the span count.
    private func unclosed(_ key: OpenKey, _ reading: Open) throws {
        var entry = entry(.recordReading, Digest32(digits: key.article), reading.first)
        entry.isSound = false
        entry.count = -1
        entry.engine = Int32(key.engine) ?? -1
        entry.first = reading.first.offset
        try add(entry)
    }

    /// Dead letters, and the records that they answer.
    func deadLetters(_ spans: [TopicPartition: Range<Int64>]) throws {
        try read(spans, stretches: 256) { records in
            for record in records { try taking(record) { try note(record, letter(record)) } }
        }
    }

    private func note(_ record: Record, _ letter: DeadLetter) throws {
        var entry = entry(.recordLetter, Digest32(digits: letter.id.rawValue), record)
        entry.digest = Topics.digest(of: letter)
        try add(entry)
        guard let origin = letter.origin else { return }
        let role = topics.role(of: origin.topic)
        let subject = LedgerEntry.subject(
            ofRejected: role, key: letter.key, value: letter.value, truncatedFrom: letter.truncatedFrom)
        try add(LedgerEntry(.rejectedRecord, subject))
        if role == topics.role(of: topics.articles), let article = try? Article(message: letter.value ?? []) {
            try add(LedgerEntry(.rejectedArticle, Digest32(digits: article.id.rawValue)))
        }
    }
}
