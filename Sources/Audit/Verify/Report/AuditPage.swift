import BulletinModel
import Foundation
import Messages
import TopicLog

/// An audit as one page that stands alone: no scripts, nothing from elsewhere, and readable on
/// paper, where colour may be missing and nothing can be clicked.
public struct AuditPage: Sendable {
    /// How many articles are shown with their figures.
    public static let sheets = 24
    /// How many findings are shown.
    static let findings = 300
    private let report: AuditReport
    private let messages: Messages

    /// A page of this report in a language.
    public init(_ report: AuditReport, _ messages: Messages = Messages(.english)) {
        self.report = report
        self.messages = messages
    }

    /// A sentence in the language of the page.
    private func said(_ english: String) -> String { messages.said(english) }

    /// The page, UTF-8.
    public var html: String {
        let verdict = said(report.holds ? "Everything holds" : Self.number(report.differences, "difference"))
        return Page.document(
            title: said("Audit: \(verdict)"), language: messages.language,
            header(verdict) + checked + differences + texts + offsets + method)
    }

    private func header(_ verdict: String) -> String {
        let facts = [
            ("Read", said(report.source)), ("Span", said(report.span)),
            ("Database", report.database ?? said("not compared")),
            ("Engine", said("\(report.engine.number), lexicon \(report.engine.lexicon)")),
            ("Begun", Self.time(report.began)),
        ]
        let classes = Finding.Kind.allCases.sorted { $0.order < $1.order }.compactMap { kind -> String? in
            guard let count = report.totals[kind], count > 0 else { return nil }
            return "<span class=\"tag \(kind.rawValue)\">\(count) \(title(kind))</span>"
        }
        return """
            <header class="\(report.holds ? "good" : "bad")">
            <p class="product">\(said("gongbao 公报 · audit"))</p>
            <h1>\(report.holds ? "✓" : "✗") \(Page.escape(verdict))</h1>
            \(classes.isEmpty ? "" : "<p>\(classes.joined(separator: " "))</p>")
            <dl>\(facts.map { "<dt>\(said($0.0))</dt><dd>\(Page.escape($0.1))</dd>" }.joined())</dl>
            \(report.notes.map { "<p class=\"note\">\(Page.escape(said($0)))</p>" }.joined())
            </header>

            """
    }

    private var checked: String {
        let counts = report.counts
        let tiles = [
            (counts.bulletins, "bulletins", "whose bytes are what their identifiers say"),
            (counts.articles, "articles", "that follow from their bulletins"),
            (counts.indicators, "indicators", "derived again, equal in every field"),
            (counts.closings, "closing records", "that fit what they close"),
            (counts.rows, "rows", "of the database, equal to their records"),
            (counts.deadLetters, "dead letters", "accounted for"),
        ]
        let asides = [
            (counts.superseded, "readings of older engines, replaced by newer ones"),
            (counts.rejected, "records that a worker rejected, as their dead letters say"),
            (counts.waiting, "records not enriched or stored yet"),
            (counts.recalled, "bulletins derived by an earlier audit, whose digests were used"),
        ].filter { $0.0 > 0 }
        let list = asides.map { "<li>\(said("\($0.0) \($0.1)"))</li>" }.joined()
        return "<section><h2>\(said("What holds"))</h2><div class=\"tiles\">"
            + tiles.map {
                "<div><b>\($0.0)</b> <span>\(messages.word("tile", $0.1))</span><small>\(said($0.2))</small></div>"
            }.joined() + "</div>"
            + (list.isEmpty ? "" : "<ul class=\"asides\">\(list)</ul>") + "</section>\n"
    }

    // MARK: - Differences

    private var differences: String {
        guard !report.holds else { return "" }
        var text = "<section><h2>\(said("What does not hold"))</h2>\n"
        for kind in Finding.Kind.allCases.sorted(by: { $0.order < $1.order }) {
            let all = report.findings.filter { $0.kind == kind }
            guard !all.isEmpty else { continue }
            text += "<h3><span class=\"tag \(kind.rawValue)\">\(title(kind))</span> \(said(kind.meaning))</h3>\n"
            text += all.prefix(Self.findings).map(finding).joined()
            let hidden = (report.totals[kind] ?? all.count) - min(all.count, Self.findings)
            if hidden > 0 { text += "<p class=\"note\">\(said("… and \(hidden) more of this class."))</p>\n" }
        }
        return text + "</section>\n"
    }

    private func finding(_ finding: Finding) -> String {
        var text = "<article class=\"finding \(finding.kind.rawValue)\"><p>\(Page.escape(said(finding.message)))</p>"
        text += "<p class=\"place\">\(Page.escape(said(finding.place)))</p>"
        if let passage = finding.passage {
            text +=
                "<blockquote lang=\"zh\">…\(Page.escape(passage.before))<mark>\(Page.escape(passage.quote))</mark>"
                + "\(Page.escape(passage.after))…</blockquote>"
        }
        if !finding.fields.isEmpty {
            let rows = finding.fields.map { field in
                "<tr><th>\(Page.escape(field.name))</th><td class=\"was\">\(Page.value(field.stored, messages))</td>"
                    + "<td class=\"is\">\(Page.value(field.expected, messages))</td></tr>"
            }
            text +=
                "<table class=\"fields\"><thead><tr>"
                + ["field", "is stored as", "should be"].map { "<th>\(said($0))</th>" }.joined() + "</tr></thead>"
                + "<tbody>\(rows.joined())</tbody></table>"
        }
        return text + "</article>\n"
    }

    // MARK: - Offsets

    private var offsets: String {
        let rows = report.accounts.map { account in
            let numbers = [
                "\(account.offsets.lowerBound)", "\(account.offsets.upperBound)", "\(account.records)",
                "\(account.markers)", "\(account.withoutData)", "\(account.missing)",
            ]
            return "<tr\(account.missing > 0 ? " class=\"lost\"" : "")><th>\(Page.escape(account.partition.topic))</th>"
                + "<td>\(account.partition.partition)</td>" + numbers.map { "<td>\($0)</td>" }.joined() + "</tr>"
        }
        let heads = ["topic", "partition", "from", "to", "records", "markers", "without data", "missing"]
            .map { "<th>\(messages.word("head", $0))</th>" }.joined()
        return """
            <section><h2>\(said("Every offset"))</h2>
            <p class="note">\(said("Offsets from the first on, up to but without the second. A marker ends a transaction and holds no data; longer stretches without data are aborted or compacted records."))</p>
            <div class="wide"><table class="offsets"><thead><tr>\(heads)</tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table></div></section>

            """
    }

    // MARK: - Texts

    private var texts: String {
        guard !report.sheets.isEmpty else { return "" }
        var faults: [String: Finding.Kind] = [:]
        for finding in report.findings.reversed() where finding.id != nil { faults[finding.id ?? ""] = finding.kind }
        let total = report.counts.articles
        let intro =
            report.sheets.count < total
            ? said("\(report.sheets.count) of \(total) articles, those with differences first.")
            : said("All articles of the span.")
        return "<section><h2>\(said("The figures in place"))</h2><p class=\"note\">\(intro)</p>\n"
            + report.sheets.map { FigureSheet($0, faults: faults, messages).html }.joined() + "</section>\n"
    }

    private var method: String {
        """
        <footer><p>\(said("Every record of the span was read and digested again; articles and indicators were derived again from the bulletins' bytes and compared field by field. The same audit: gongbao audit verify. One figure alone is proven with gongbao audit prove."))</p></footer>

        """
    }

    /// The class in the language of the page.
    private func title(_ kind: Finding.Kind) -> String { messages.word("finding", kind.title) }

    static func number(_ count: Int, _ what: String) -> String { "\(count) \(what)\(count == 1 ? "" : "s")" }

    static func time(_ time: Timestamp) -> String {
        Date(timeIntervalSince1970: Double(time.milliseconds) / 1000).ISO8601Format()
    }
}

extension Finding.Kind {
    var title: String { self == .otherEngine ? "other engine" : rawValue }

    var meaning: String {
        switch self {
        case .missing: "must be there and is not"
        case .extra: "is there, and nothing accounts for it"
        case .changed: "says something else than what it was made from"
        case .tampered: "contradicts its own digest, identifier or signature"
        case .otherEngine: "was read by another engine or lexicon, and this one reads it differently"
        }
    }
}
