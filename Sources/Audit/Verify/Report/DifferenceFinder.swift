import BulletinModel
import Foundation
import Store
import TopicLog

/// Reads again what an audit found to differ, and says how: figure by figure, field by field.
/// Only differences cost anything.
final class DifferenceFinder {
    private let source: any RecordSource
    private let topics: Topics
    private let deriver: Deriver
    private let store: BulletinStore?
    private let most: Int
    /// Articles with differences, for the page.
    private(set) var sheets: [AuditReport.Sheet] = []

    init(_ source: any RecordSource, topics: Topics, deriver: Deriver, store: BulletinStore?, sheets most: Int) {
        self.most = most
        self.source = source
        self.topics = topics
        self.deriver = deriver
        self.store = store
    }

    private func partition(_ entry: LedgerEntry) -> TopicPartition {
        TopicPartition(topics.all[min(3, Int(entry.topic))], entry.partition)
    }

    /// `topic/partition@offset`.
    func place(_ entry: LedgerEntry) -> String { "\(partition(entry))@\(entry.offset)" }

    /// The article that an entry of a bulletin gives.
    func article(_ id: Digest32, of bulletin: LedgerEntry) throws -> Article? {
        guard let record = try source.record(partition(bulletin), at: bulletin.offset) else { return nil }
        let article = try? deriver.articles(of: record).first { $0.id.rawValue == id.shortDigits }
        if let article, sheets.count < most, !sheets.contains(where: { $0.article.id == article.id }) {
            let name = record.header("ce_source").flatMap { CloudEvent.source(ofReference: $0) } ?? ""
            sheets.append(.init(article: article, indicators: deriver.engine.extract(article), source: name))
        }
        return article
    }

    /// The stored indicators of a reading that stand in the topic.
    func indicators(_ reading: LedgerEntry) throws -> [Indicator] {
        let key = Array(reading.subject.shortDigits.utf8)
        var found: [Indicator] = []
        let last = max(reading.offset, reading.first)
        _ = try source.read([partition(reading): reading.first..<last + 1]) { records in
            for record in records where record.key == key {
                guard record.header(CloudEvent.engineHeader).flatMap({ Int32($0) }) == reading.engine else { continue }
                if let value = record.value, let indicator = try? Indicator(message: value) { found.append(indicator) }
            }
        }
        return found
    }

    /// How an article's record differs from what its bulletin gives.
    func article(_ record: LedgerEntry, derived: LedgerEntry, kind: Finding.Kind) throws -> Finding {
        let id = record.subject.shortDigits
        var fields: [Finding.FieldChange] = []
        if let bytes = try source.record(partition(record), at: record.offset)?.value,
            let stored = try? Article(message: bytes), let expected = try article(record.subject, of: derived)
        {
            fields = ReadingDifference.fields(stored, expected).map(Self.shortened)
            if fields.isEmpty { fields = [.init(name: "message", stored: "other bytes for the same", expected: nil)] }
        }
        return Finding(
            kind, .article, at: place(record), id: id, article: ArticleID(rawValue: id),
            "The article \(id) at \(place(record)) is not what its bulletin gives: \(Self.names(fields)).",
            fields: fields)
    }

    /// How a reading in the topic differs from what its article gives.
    func reading(_ stored: LedgerEntry, derived: LedgerEntry, kind: Finding.Kind) throws -> [Finding] {
        guard let article = try article(stored.subject, of: derived) else { return [] }
        return Self.findings(
            ReadingDifference(from: try indicators(stored), to: deriver.engine.extract(article)), article,
            at: place(stored), .indicator, isOther: kind == .otherEngine)
    }

    /// How the rows of an article differ from the records of a reading.
    func rows(_ reading: LedgerEntry, derived: LedgerEntry?) throws -> [Finding] {
        guard let store else { return [] }
        let id = ArticleID(rawValue: reading.subject.shortDigits)
        let text = try derived.flatMap { try article(reading.subject, of: $0) }
        return Self.findings(
            ReadingDifference(from: try store.indicators(of: id), to: try indicators(reading)), text,
            at: "table indicators", .row, isOther: false)
    }

    private static func findings(
        _ difference: ReadingDifference, _ article: Article?, at place: String, _ subject: Finding.Subject,
        isOther: Bool
    ) -> [Finding] {
        func passage(_ indicator: Indicator) -> Finding.Passage? {
            article.flatMap { Finding.Passage($0, start: indicator.start, end: indicator.end) }
        }
        let what = subject == .row ? "row" : "indicator"
        let from = subject == .row ? "its record" : isOther ? "what this engine reads" : "what its article gives"
        return difference.changed.map { change in
            Finding(
                isOther ? .otherEngine : .changed, subject, at: place, id: change.old.id.rawValue,
                article: change.old.article,
                "The \(what) \(change.old.id) (\(change.new.quote)) differs from \(from): \(names(change.fields)).",
                fields: change.fields, passage: passage(change.new))
        }
            + difference.removed.map { indicator in
                Finding(
                    isOther ? .otherEngine : .extra, subject, at: place, id: indicator.id.rawValue,
                    article: indicator.article,
                    "The \(what) \(indicator.id) (\(indicator.name) \(indicator.quote)) is not in \(from).",
                    passage: passage(indicator))
            }
            + difference.added.map { indicator in
                Finding(
                    isOther ? .otherEngine : .missing, subject, at: place, id: indicator.id.rawValue,
                    article: indicator.article,
                    "The \(what) \(indicator.id) (\(indicator.name) \(indicator.quote)) is missing, though it is in \(from).",
                    passage: passage(indicator))
            }
    }

    private static func names(_ fields: [Finding.FieldChange]) -> String {
        fields.isEmpty ? "its bytes" : fields.map(\.name).joined(separator: ", ")
    }

    /// An article's text can have megabytes: what matters is where the two part.
    private static func shortened(_ field: Finding.FieldChange) -> Finding.FieldChange {
        let (stored, expected) = (field.stored ?? "", field.expected ?? "")
        guard max(stored.utf8.count, expected.utf8.count) > 200 else { return field }
        let common = zip(stored.unicodeScalars, expected.unicodeScalars).prefix { $0 == $1 }.count
        func cut(_ text: String) -> String {
            let view = text.unicodeScalars.dropFirst(max(0, common - 20)).prefix(60)
            return (common > 20 ? "…" : "") + String(String.UnicodeScalarView(view)) + "…"
        }
        return .init(name: field.name, stored: cut(stored), expected: cut(expected))
    }
}
