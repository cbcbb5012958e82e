import BulletinModel
import Foundation
import Store
import TopicLog

/// Verifies a span: that every offset is accounted for, every record is what it says, every
/// article and every indicator follows from the bulletins' bytes, and every row of the database
/// from the records.
///
/// The span is one of bulletins, by the time at which the log received them; what follows from
/// them is found wherever it stands behind. Only a span without bounds can tell that something
/// is there which nothing accounts for.
public struct Auditor: Sendable {
    /// What to read and to compare with.
    public struct Subject: Sendable {
        /// Where the records are.
        public let source: any RecordSource
        /// The four topics.
        public let topics: Topics
        /// The database; nil leaves it out.
        public let store: BulletinStore?
        /// Up to where enrichment has read each partition of articles; without an entry it has read all.
        public let enriched: [TopicPartition: Int64]
        /// Reads a dead letter's record.
        public let letter: @Sendable (Record) -> DeadLetter

        /// Gathers them.
        public init(
            source: any RecordSource, topics: Topics, store: BulletinStore?,
            enriched: [TopicPartition: Int64] = [:], letter: @escaping @Sendable (Record) -> DeadLetter
        ) {
            self.source = source
            self.topics = topics
            self.store = store
            self.enriched = enriched
            self.letter = letter
        }
    }

    /// The bounds of a span.
    public struct Span: Sendable, Equatable {
        /// Bulletins received at this time or later.
        public let from: Timestamp?
        /// Bulletins received before this time.
        public let to: Timestamp?

        /// All there is, unless bounded.
        public init(from: Timestamp? = nil, to: Timestamp? = nil) {
            self.from = from
            self.to = to
        }

        var isWhole: Bool { from == nil && to == nil }
    }

    private let subject: Subject
    private let deriver: Deriver

    /// An auditor that derives with this engine.
    public init(_ subject: Subject, deriver: Deriver) {
        self.subject = subject
        self.deriver = deriver
    }

    /// Verifies a span.
    ///
    /// - Parameters:
    ///   - memory: what earlier audits derived; nil derives everything again.
    ///   - sheets: how many articles to keep for the page.
    ///   - now: for the report.
    /// - Throws: what kept it from looking; what it found is in the report.
    public func verify(
        _ span: Span, words: String, memory: AuditMemory?, sheets: Int = 0, now: Timestamp
    ) throws -> AuditReport {
        var report: AuditReport
        var mistake: String?
        do {
            report = try run(span, words: words, memory: memory, sheets: sheets, now: now)
            // Memory that anybody may have written must not blame what is sound: all is taken apart first.
            if !report.holds, let memory, memory.isUnsigned {
                memory.forget()
                let blamed = report.findings
                report = try run(span, words: words, memory: memory, sheets: sheets, now: now)
                if report.findings != blamed { mistake = "some records or rows" }
            }
        } catch let error as MemoryMistake {
            memory?.forget()
            report = try run(span, words: words, memory: memory, sheets: sheets, now: now)
            mistake = error.place
        }
        memory?.finish()
        if let refusal = memory?.refusal { report.notes.append(refusal) }
        if let mistake {
            report.add(
                Finding(
                    .tampered, .memory, at: "memory of earlier audits",
                    "What earlier audits remember of \(mistake) is not what they give: somebody has written to the "
                        + "memory. Nothing of it was used. Sign it with --key, and nobody can."))
            report.findings.sort { ($0.kind.order, $0.place) < ($1.kind.order, $1.place) }
        }
        return report
    }

    private func run(
        _ span: Span, words: String, memory: AuditMemory?, sheets: Int, now: Timestamp
    ) throws -> AuditReport {
        let topics = subject.topics
        var report = AuditReport(
            source: subject.source.name, database: subject.store?.location, span: words, engine: deriver.version,
            began: now)
        let scan = Scan(
            subject.source, topics: topics, deriver: deriver, memory: memory, letter: subject.letter, sheets: sheets,
            ledger: Ledger(), report: report)
        // The order matters where workers go on meanwhile: the database's progress, then its rows,
        // then the log's ends. So every row has its record, and every record before the progress its row.
        let progress = try subject.store?.progress().map { (TopicPartition($0.topic, $0.partition), $0.offset) }
        if let store = subject.store { try scan.rows(store) }
        let spans = try topics.all.map { try bounds($0, span) }
        if spans[0].isEmpty {
            throw Failure(.setup, code: "unknown_topic", "\(subject.source.name) has no topic \(topics.bulletins).")
        }
        if span.from == nil {
            let cut = spans.joined().filter { $0.value.lowerBound > 0 }.sorted { $0.key < $1.key }
            scan.report.notes += cut.map {
                "\($0.key) begins at offset \($0.value.lowerBound): the records before that are gone."
            }
        }
        try scan.bulletins(spans[0])
        try scan.articles(spans[1])
        try scan.readings(spans[2])
        try scan.deadLetters(spans[3])
        report = scan.report
        for finding in subject.source.problems() { report.add(finding) }
        let finder = DifferenceFinder(
            subject.source, topics: topics, deriver: deriver, store: subject.store, sheets: sheets)
        try Reconciliation(
            scan: scan, finder: finder, topics: topics, isWhole: span.isWhole, enriched: subject.enriched,
            stored: progress.map { Dictionary($0, uniquingKeysWith: { $1 }) }
        ).run(&report)
        let shown = Set(finder.sheets.map(\.article.id))
        report.sheets = finder.sheets + report.sheets.filter { !shown.contains($0.article.id) }
        report.findings.sort { ($0.kind.order, $0.place) < ($1.kind.order, $1.place) }
        return report
    }

    /// The offsets of a topic that the span concerns: bulletins between its bounds, and of what
    /// follows from them all from its beginning on.
    private func bounds(_ topic: String, _ span: Span) throws -> [TopicPartition: Range<Int64>] {
        let to = topic == subject.topics.bulletins ? span.to : nil
        return try Self.bounds(topic, subject.source, from: span.from, to: to)
    }

    /// The offsets of a topic between two times.
    static func bounds(
        _ topic: String, _ source: any RecordSource, from: Timestamp?, to: Timestamp?
    ) throws -> [TopicPartition: Range<Int64>] {
        let marks = try source.partitions(of: topic)
        let partitions = Array(marks.keys)
        let from = try from.map { try source.offsets(at: $0, in: partitions) }
        let to = try to.map { try source.offsets(at: $0, in: partitions) }
        return Dictionary(
            uniqueKeysWithValues: marks.map { partition, mark in
                let first = from.map { max(mark.low, $0[partition] ?? mark.high) } ?? mark.low
                let last = to.map { min(mark.high, $0[partition] ?? mark.high) } ?? mark.high
                return (partition, first..<max(first, last))
            })
    }
}

extension Finding.Kind {
    /// The worst first.
    var order: Int {
        switch self {
        case .tampered: 0
        case .changed: 1
        case .missing: 2
        case .extra: 3
        case .otherEngine: 4
        }
    }
}
