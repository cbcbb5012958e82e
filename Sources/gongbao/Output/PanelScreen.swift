import Foundation
import Messages
import Operations
import Panel

/// Shows panels on a terminal.
enum PanelScreen {
    /// A table, flagged cells with a star behind.
    static func show(_ table: DataTable) {
        var output = StandardOutput()
        let right = Set(table.fields.indices.filter { table.fields[$0].type != .text })
        // The year stands in the period already.
        let shown = table.fields.indices.filter { table.fields[$0].name != "year" }
        let heads = shown.map { place in
            let field = table.fields[place]
            let unit = table.name == "panel" ? field.unit.map { $0.isEmpty ? "" : "(\($0))" } ?? "" : ""
            return field.name + unit
        }
        let rows = table.rows.enumerated().map { line, row in
            shown.map { place in
                row[place].text
                    + (table.marks[.init(row: line, column: place)].map { $0.mark == .flagged ? "*" : "+" } ?? "")
            }
        }
        let columns = ColumnTable(
            heads, rightAligned: Set(shown.indices.filter { right.contains(shown[$0]) }), widest: 48)
        for line in columns.lines(rows) { output.line(line) }
        output.flush()
    }

    /// What to look for, once for each region and year.
    static func showGaps(_ panel: Panel) {
        let m = Messages.current
        let table = PanelTables(panel, m).gaps
        guard !table.rows.isEmpty else { return }
        let place = Dictionary(uniqueKeysWithValues: table.fields.enumerated().map { ($1.name, $0) })
        func text(_ row: [DataTable.Value], _ name: String) -> String { place[name].map { row[$0].text } ?? "" }
        print("")
        Say.line("Missing:")
        var seen: Set<String> = []
        for row in table.rows {
            let isWhole = text(row, "reason") == "no_bulletin"
            let values: KeyValuePairs = [
                "region": text(row, "region"), "period": text(row, "period"), "measure": text(row, "measure"),
                "what": text(row, "what"), "title": text(row, "look_for"),
            ]
            let passage = text(row, "passage").isEmpty ? "" : " 「\(text(row, "passage"))」"
            let line = isWhole ? m("note.no-bulletin", values) : m("note.gap", values) + passage
            if seen.insert(line).inserted { print(Terminal.safe("  " + line)) }
        }
        print("")
    }

    /// Cells that are not as they were.
    static func showChanges(_ changes: PanelChanges) {
        for line in changes.lines { Say.line(line) }
        Say.line("\(changes.lines.count) \(changes.lines.count == 1 ? "cell" : "cells") changed.")
    }

    /// The last line.
    static func counts(_ panel: Panel) -> String {
        let counts = panel.counts
        func of(_ standing: CellStanding) -> Int { counts[standing] ?? 0 }
        let all = panel.rows.count * panel.shown
        var parts = [
            "\(of(.once)) stated once", "\(of(.agreed)) agreed", "\(of(.conflict)) conflicting",
            "\(of(.rule)) chosen by rule", "\(of(.missing)) missing",
        ]
        if of(.override) > 0 { parts.append("\(of(.override)) set by a person") }
        return "\(all) \(all == 1 ? "cell" : "cells"): " + parts.joined(separator: ", ")
            + (panel.flagged > 0 ? "; \(panel.flagged) to look at." : ".")
    }
}
