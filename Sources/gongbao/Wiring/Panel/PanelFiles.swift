import Foundation
import Messages
import Panel

/// Reads corrections and writes panels.
enum PanelFiles {
    /// Writes a panel in the form that the path asks for; returns the files, and how many of them are new or changed.
    static func write(_ panel: Panel, to path: String, long: Bool, mark: Bool) throws -> (files: [String], changed: Int)
    {
        guard let format = PanelFormat(path: path) else {
            throw CommandFailure.usedWrongly(
                "\(path) has no known ending; use .xlsx, .csv, .parquet, .dta, .sdmx.csv, or a directory.")
        }
        let tables = PanelTables(panel, .current)
        let first = long ? tables.cells : tables.wide
        switch format {
        case .csv: return try put([(path, CsvWriter.bytes(first, mark: mark))])
        case .parquet: return try put([(path, ParquetWriter.bytes(first))])
        case .stata: return try put([(path, StataWriter.bytes(first))])
        case .sdmx:
            let writer = SdmxWriter(panel)
            let definition = path.dropLast(".sdmx.csv".count) + ".dsd.xml"
            return try put([(path, writer.csv), (String(definition), writer.structure)])
        case .xlsx:
            let partial = FileManager.default.temporaryDirectory.appending(path: "gongbao-\(UUID().uuidString).xlsx")
            defer { try? FileManager.default.removeItem(at: partial) }
            do {
                try XlsxWriter.write(tables.all(long: long), .current, to: partial.path)
                return try put([(path, Array(try Data(contentsOf: partial)))])
            } catch let error as PanelError {
                throw CommandFailure.failed(error.message + ".")
            }
        case .package:
            do {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            } catch {
                throw CommandFailure.failed("the directory \(path) cannot be made.")
            }
            let files = PackageWriter.files(
                tables.all(long: long), title: Messages.current("table.package"), mark: mark)
            return try put(files.map { (URL(filePath: path).appending(path: $0.name).path, $0.bytes) })
        }
    }

    /// Files that hold the same bytes already are left alone.
    private static func put(_ files: [(path: String, bytes: [UInt8])]) throws -> (files: [String], changed: Int) {
        var changed = 0
        for (path, bytes) in files {
            if !OutputFile.isStream(path), let old = FileManager.default.contents(atPath: path),
                old.elementsEqual(bytes)
            {
                continue
            }
            try OutputFile.write(bytes, to: path, "The panel")
            changed += 1
        }
        return (files.map(\.path), changed)
    }

    /// Reads corrections: a CSV file with the columns region, period, measure, value or indicator, who, when, why.
    static func overrides(_ path: String) throws -> [PanelOverride] {
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8)
        else {
            throw CommandFailure.usedWrongly("the corrections \(path) cannot be read as UTF-8.")
        }
        let lines = CsvReader.rows(text)
        guard let heads = lines.first else { return [] }
        let needed = ["region", "period", "measure", "who", "when", "why"]
        for name in needed where !heads.contains(name) {
            throw CommandFailure.usedWrongly(
                "the corrections \(path) have no column \(name); they need \(Say.list(needed)), and value or indicator."
            )
        }
        return try lines.dropFirst().enumerated().map { line, cells in
            func cell(_ name: String) -> String {
                heads.firstIndex(of: name).flatMap { $0 < cells.count ? cells[$0] : nil } ?? ""
            }
            let value: PanelOverride.Value
            if !cell("value").isEmpty {
                value = .number(cell("value"))
            } else if !cell("indicator").isEmpty {
                value = .indicator(.init(rawValue: cell("indicator")))
            } else {
                throw CommandFailure.usedWrongly("line \(line + 2) of \(path) has neither a value nor an indicator.")
            }
            guard !cell("who").isEmpty, !cell("when").isEmpty, !cell("why").isEmpty else {
                throw CommandFailure.usedWrongly("line \(line + 2) of \(path) must say who, when and why.")
            }
            return PanelOverride(
                region: cell("region"), period: cell("period"), column: cell("measure"), value: value, who: cell("who"),
                when: cell("when"), why: cell("why"))
        }
    }
}

/// Comma or tab separated values as people's programs write them.
enum CsvReader {
    /// The rows with their cells; empty lines are left out.
    static func rows(_ text: String) -> [[String]] {
        let scalars = Array(text.unicodeScalars.drop { $0 == "\u{FEFF}" })
        let firstLine = scalars.prefix { $0 != "\n" }
        let separator: Unicode.Scalar = firstLine.contains("\t") ? "\t" : ","
        var rows: [[String]] = []
        var row: [String] = []
        var cell = String.UnicodeScalarView()
        var isQuoted = false
        func closeCell() {
            row.append(String(cell).trimmingCharacters(in: .whitespaces))
            cell.removeAll()
        }
        func closeRow() {
            closeCell()
            if row.contains(where: { !$0.isEmpty }) { rows.append(row) }
            row.removeAll()
        }
        var i = 0
        while i < scalars.count {
            let c = scalars[i]
            if isQuoted {
                if c == "\"", i + 1 < scalars.count, scalars[i + 1] == "\"" {
                    cell.append(c)
                    i += 1
                } else if c == "\"" {
                    isQuoted = false
                } else {
                    cell.append(c)
                }
            } else if c == "\"" {
                isQuoted = true
            } else if c == separator {
                closeCell()
            } else if c == "\n" {
                closeRow()
            } else if c != "\r" {
                cell.append(c)
            }
            i += 1
        }
        closeRow()
        return rows
    }
}
