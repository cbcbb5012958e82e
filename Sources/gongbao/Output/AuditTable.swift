import Audit
import Operations

/// An audit's result for the terminal.
enum AuditTable {
    /// Findings that are printed; JSON and the page have more.
    private static let shown = 50

    static func lines(_ report: AuditReport) -> [String] {
        var lines = ["Read \(report.source), \(report.span)."]
        if let database = report.database { lines.append("Compared with the database \(database).") }
        lines.append(
            "Derived again with engine \(report.engine.number), lexicon \(report.engine.lexicon.prefix(12))….")
        lines.append("")
        let heads = ["topic", "partition", "from", "to", "records", "markers", "without data", "missing"]
        lines += ColumnTable(heads, rightAligned: [1, 2, 3, 4, 5, 6, 7]).lines(
            report.accounts.map { account in
                [
                    account.partition.topic, "\(account.partition.partition)", "\(account.offsets.lowerBound)",
                    "\(account.offsets.upperBound)", "\(account.records)", "\(account.markers)",
                    "\(account.withoutData)", "\(account.missing)",
                ]
            })
        lines.append("")
        let counts = report.counts
        let rows = report.database.map { _ in ("rows of the database equal to their records", counts.rows) }
        lines += ColumnTable(["holds", "number"], rightAligned: [1], widest: 64).lines(
            ([
                ("bulletins whose bytes are what their identifiers say", counts.bulletins),
                ("articles that follow from their bulletins", counts.articles),
                ("closing records that fit their indicators", counts.closings),
                ("indicators derived again, equal in every field", counts.indicators),
                ("dead letters", counts.deadLetters),
            ] + [rows].compactMap(\.self)).map { [Say.text($0.0), "\($0.1)"] })
        let asides = [
            (counts.superseded, "readings of older engines were replaced by newer ones"),
            (counts.rejected, "records were rejected by a worker, as their dead letters say"),
            (counts.waiting, "records have not been enriched or stored yet"),
            (counts.recalled, "bulletins were derived by an earlier audit, whose digests were used"),
        ]
        lines += asides.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)." } + report.notes
        lines.append("")
        lines += findings(report)
        return lines.map { Terminal.safe(Say.text($0)) }
    }

    private static func findings(_ report: AuditReport) -> [String] {
        if report.holds { return ["Everything holds."] }
        var lines = report.findings.prefix(shown).flatMap { finding in
            let passage = finding.passage.map {
                ["            …\($0.before)【\($0.quote)】\($0.after)…".replacing("\n", with: " ")]
            }
            let fields = finding.fields.map {
                "            \($0.name): \($0.stored ?? "null") instead of \($0.expected ?? "null")"
            }
            let label = Say.word(
                "finding", finding.kind.rawValue == "other_engine" ? "other engine" : finding.kind.rawValue)
            return [
                label + String(repeating: " ", count: max(1, 12 - ColumnTable.width(label))) + Say.text(finding.message)
            ] + fields
                + (passage ?? [])
        }
        if report.differences > shown {
            lines.append("… and \(report.differences - min(shown, report.findings.count)) more.")
        }
        let totals = Finding.Kind.allCases.compactMap { kind in
            (report.totals[kind]).map { Say.tally($0, Say.word("finding", kind.words)) }
        }
        return lines + ["", "\(differences(report)): \(Say.list(totals))."]
    }

    /// How many differences there are, in words.
    static func differences(_ report: AuditReport) -> String {
        report.differences == 1 ? "1 difference" : "\(report.differences) differences"
    }
}

extension Finding.Kind {
    /// The class in words.
    var words: String { self == .otherEngine ? "other engine" : rawValue }
}
