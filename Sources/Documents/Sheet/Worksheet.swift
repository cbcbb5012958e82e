import Reading

/// One worksheet as a table with spans.
struct Worksheet {
    private let strings: [String]
    private let formats: NumberFormats
    private let uses1904: Bool
    private var table: SpanTable
    /// How many formulas have no stored value.
    private(set) var formulas = 0
    private var hidden: Set<Int> = []
    private var spans: [Place: (columns: Int, rows: Int)] = [:]
    private var covered: Set<Place> = []

    /// A row and a column, from 0.
    private struct Place: Hashable {
        let row: Int
        let column: Int
    }

    /// - Parameter most: how many cells it may have.
    init(strings: [String], formats: NumberFormats, uses1904: Bool, most: Int) {
        self.strings = strings
        self.formats = formats
        self.uses1904 = uses1904
        table = SpanTable(most: max(0, most))
    }

    /// Reads the sheet. Merged ranges stand behind the cells, so that it is gone through twice.
    mutating func table(_ bytes: [UInt8], _ path: String) throws(DecodeError) -> SpanTable {
        try readSpans(try XmlPull(bytes, path))
        let xml = try XmlPull(bytes, path)
        var row = -1
        var column = -1
        var begun = -1
        while let node = try xml.next() {
            guard case .start(let name, let isEmpty) = node else { continue }
            switch name {
            case "row":
                row = xml.attribute("r").flatMap(Int.init).map { $0 - 1 } ?? row + 1
                column = -1
                if ["1", "true"].contains(xml.attribute("hidden") ?? "") { try xml.skip(isEmpty: isEmpty) }
            case "c":
                let place = xml.attribute("r").flatMap(Self.place)
                column = place?.column ?? column + 1
                let at = Place(row: place?.row ?? row, column: column)
                let type = xml.attribute("t") ?? "n"
                let style = xml.attribute("s").flatMap(Int.init) ?? 0
                let text = isEmpty ? "" : try value(xml, type, style)
                guard !covered.contains(at), !hidden.contains(column) else { continue }
                let span = spans[at]
                guard !text.isEmpty || span != nil else { continue }
                if at.row != begun {
                    table.beginRow()
                    begun = at.row
                }
                let columns = (0..<(span?.columns ?? 1)).count { !hidden.contains(column + $0) }
                try table.add(
                    .init(
                        inner: HtmlWriter.escaped(text).replacingLineFeeds, columns: max(1, columns),
                        rows: span?.rows ?? 1),
                    at: column - hidden.count { $0 < column })
            default: break
            }
        }
        return table
    }

    private mutating func readSpans(_ xml: XmlPull) throws(DecodeError) {
        while let node = try xml.next() {
            guard case .start(let name, _) = node else { continue }
            if name == "col", ["1", "true"].contains(xml.attribute("hidden") ?? ""),
                let first = xml.attribute("min").flatMap(Int.init), let last = xml.attribute("max").flatMap(Int.init),
                first > 0
            {
                // Sheets hide all columns behind the last one that is used; those have no cells.
                for column in first - 1..<min(max(first, last), 4096 + first) { hidden.insert(column) }
            }
            if name == "mergeCell", spans.count < 100_000, let ends = xml.attribute("ref")?.split(separator: ":"),
                ends.count == 2,
                let from = Self.place(String(ends[0])), let to = Self.place(String(ends[1])),
                to.row >= from.row, to.column >= from.column
            {
                // A span over a million rows is one over the sheet; what it covers has no cells of its own then.
                let rows = min(to.row - from.row + 1, 1000)
                let columns = min(to.column - from.column + 1, 1000)
                spans[Place(row: from.row, column: from.column)] = (columns, rows)
                guard rows * columns <= 10_000, covered.count < 1_000_000 else { continue }
                for r in 0..<rows {
                    for c in 0..<columns where r + c > 0 {
                        covered.insert(Place(row: from.row + r, column: from.column + c))
                    }
                }
            }
        }
    }

    /// What a cell shows, from behind its start to its end.
    private mutating func value(_ xml: XmlPull, _ type: String, _ style: Int) throws(DecodeError) -> String {
        var raw = ""
        var isValue = false
        var hasFormula = false
        while let node = try xml.next() {
            switch node {
            case .start("v", let isEmpty): isValue = !isEmpty
            case .start("t", let isEmpty): isValue = !isEmpty
            case .start("rPh", let isEmpty): try xml.skip(isEmpty: isEmpty)
            case .start("f", let isEmpty):
                hasFormula = true
                if !isEmpty { try xml.skip(isEmpty: false) }
            case .end("v"), .end("t"): isValue = false
            case .text(let text) where isValue: raw += text
            case .end("c"):
                if raw.isEmpty {
                    if hasFormula { formulas += 1 }
                    return hasFormula ? "…" : ""
                }
                switch type {
                case "s": return Int(raw).flatMap { strings.indices.contains($0) ? strings[$0] : nil } ?? ""
                case "str", "inlineStr", "d": return raw
                case "b": return raw == "1" ? "TRUE" : "FALSE"
                case "e": return "…"
                default: return formats.shown(raw, style: style, uses1904: uses1904)
                }
            default: break
            }
        }
        return raw
    }

    /// The place of a reference such as `AB12`, both from 0.
    private static func place(_ reference: String) -> Place? {
        var column = 0
        var row = 0
        var hasRow = false
        for byte in reference.utf8 where byte != 0x24 {
            if byte >= 0x41, byte <= 0x5A, !hasRow {
                column = column * 26 + Int(byte - 0x40)
            } else if byte >= 0x30, byte <= 0x39 {
                row = row * 10 + Int(byte - 0x30)
                hasRow = true
            } else {
                return nil
            }
            // The widest sheet has 16,384 columns and 1,048,576 rows.
            guard column <= 16_384, row <= 1_048_576 else { return nil }
        }
        return column > 0 && row > 0 ? Place(row: row - 1, column: column - 1) : nil
    }
}

extension String {
    /// Line feeds in a cell are breaks.
    fileprivate var replacingLineFeeds: String {
        utf8.contains(10) ? split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "<br>") : self
    }
}
