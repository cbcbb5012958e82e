import Foundation
import Panel

/// What changed in a panel's cells since an earlier one was written.
struct PanelChanges {
    /// A line for each cell that is not as it was.
    let lines: [String]

    /// Cells of an earlier panel: its key, value and indicator.
    typealias Earlier = [String: (value: String, indicator: String)]

    /// Reads the cells of a panel that was written as a directory.
    static func earlier(_ directory: String) throws -> Earlier {
        let path = URL(filePath: directory).appending(path: "cells.csv").path
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8)
        else {
            throw CommandFailure.usedWrongly(
                "\(directory) holds no earlier panel: there is no cells.csv that can be read.")
        }
        let rows = CsvReader.rows(text)
        guard let heads = rows.first, let value = heads.firstIndex(of: "value"),
            let indicator = heads.firstIndex(of: "indicator"), let key = Self.key(heads)
        else { throw CommandFailure.usedWrongly("\(path) is no table of a panel's cells.") }
        var cells: Earlier = [:]
        for row in rows.dropFirst() where row.count == heads.count {
            cells[key.map { row[$0] }.joined(separator: " ")] = (row[value], row[indicator])
        }
        return cells
    }

    init(from earlier: Earlier, to table: DataTable) {
        let heads = table.fields.map(\.name)
        guard let value = heads.firstIndex(of: "value"), let indicator = heads.firstIndex(of: "indicator"),
            let key = Self.key(heads)
        else {
            lines = []
            return
        }
        var lines: [String] = []
        var seen: Set<String> = []
        for row in table.rows {
            let name = key.map { row[$0].text }.joined(separator: " ")
            seen.insert(name)
            let (now, by) = (row[value].text, row[indicator].text)
            guard let old = earlier[name] else {
                lines.append("new      \(name): \(now)")
                continue
            }
            if old.value != now {
                lines.append("changed  \(name): \(old.value) → \(now)")
            } else if old.indicator != by {
                lines.append("source   \(name): \(now), from another statement")
            }
        }
        for name in earlier.keys.sorted() where !seen.contains(name) {
            lines.append("gone     \(name): \(earlier[name]?.value ?? "")")
        }
        self.lines = lines
    }

    private static func key(_ heads: [String]) -> [Int]? {
        let places = ["region_code", "region", "period", "column"].compactMap { heads.firstIndex(of: $0) }
        return places.count == 4 ? places : nil
    }
}
