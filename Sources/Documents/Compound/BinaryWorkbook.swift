import Reading

/// Workbooks of Excel 97 to 2003 ([MS-XLS], BIFF8), also those that WPS writes as .et, as HTML: the same of them as of a
/// ``Workbook``: sheets, rows and columns that are shown, merged cells, numbers as their formats show them.
struct BinaryWorkbook {
    private let records: BinaryRecords
    private let bounds: PackageBounds
    private var strings: [String] = []
    private var formats = NumberFormats()
    private var uses1904 = false
    private var cells = 0

    /// The HTML of the stream `Workbook`.
    ///
    /// - Throws: `DecodeError`: `document_encrypted`, `document_damaged`, `document_too_long`.
    static func html(_ stream: [UInt8], _ bounds: PackageBounds) throws(DecodeError) -> String {
        var workbook = BinaryWorkbook(records: BinaryRecords(stream), bounds: bounds)
        return try workbook.read()
    }

    private init(records: BinaryRecords, bounds: PackageBounds) {
        self.records = records
        self.bounds = bounds
    }

    private mutating func read() throws(DecodeError) -> String {
        guard let first = records.record(at: 0), first.kind == 0x809, first.data.u16(0) == 0x600 else {
            throw DecodeError(
                .documentDamaged, "The workbook is of a version before Excel 97, or damaged; save it as XLSX.")
        }
        var sheets: [(name: String, place: Int)] = []
        var custom: [Int: NumberFormats.Format] = [:]
        var styles: [Int] = []
        var place = first.end
        while let record = records.record(at: place), record.kind != 0x0A {
            place = record.end
            let data = record.data
            switch record.kind {
            case 0x2F:
                throw DecodeError(
                    .documentEncrypted, "The workbook is encrypted and cannot be read without its password.")
            case 0x22: uses1904 = data.u16(0) == 1
            case 0x85:
                // Only worksheets that are shown; the name is one of one or two bytes a letter.
                if let at = data.u32(0), data.count > 7, data[4] & 3 == 0, data[5] == 0,
                    let name = data[7] & 1 == 0 ? data.latin(8, Int(data[6])) : data.utf16(8, Int(data[6]))
                {
                    sheets.append((name, at))
                }
            case 0x41E:
                if let id = data.u16(0), let length = data.u16(2), data.count > 4,
                    let code = data[4] & 1 == 0 ? data.latin(5, length) : data.utf16(5, length)
                {
                    custom[id] = NumberFormats.format(code)
                }
            case 0xE0: styles.append(data.u16(2) ?? 0)
            case 0xFC: strings = records.strings(at: record)
            default: break
            }
        }
        formats = NumberFormats(styles.map { custom[$0] ?? NumberFormats.builtIn($0) })
        var writer = HtmlWriter()
        for sheet in sheets {
            let table = try table(at: sheet.place)
            cells += table.count
            if !Workbook.isDefault(sheet.name), !table.isEmpty { writer.heading(2, HtmlWriter.escaped(sheet.name)) }
            try writer.table(table)
        }
        return writer.finished()
    }

    /// A row and a column, from 0.
    private struct Place: Hashable, Comparable {
        let row: Int
        let column: Int

        static func < (a: Place, b: Place) -> Bool { (a.row, a.column) < (b.row, b.column) }
    }

    private mutating func table(at start: Int) throws(DecodeError) -> SpanTable {
        var values: [Place: String] = [:]
        var hiddenRows: Set<Int> = []
        var hiddenColumns: Set<Int> = []
        var spans: [Place: (columns: Int, rows: Int)] = [:]
        var covered: Set<Place> = []
        var pending: Place?
        var place = start
        var depth = 0
        func put(_ data: [UInt8], _ text: (Int) -> String?) {
            guard let row = data.u16(0), let column = data.u16(2), let style = data.u16(4), let text = text(style)
            else {
                return
            }
            values[Place(row: row, column: column)] = text
        }
        func shown(_ number: Double, _ style: Int) -> String {
            formats.shown("\(number)", style: style, uses1904: uses1904)
        }
        while let record = records.record(at: place) {
            place = record.end
            let data = record.data
            switch record.kind {
            // Charts in a sheet are documents of their own between the same marks.
            case 0x809: depth += 1
            case 0x0A: depth -= 1
            case _ where depth > 1: break
            case 0x208:
                if let row = data.u16(0), let flags = data.u16(12), flags & 0x20 != 0 { hiddenRows.insert(row) }
            case 0x7D:
                if let first = data.u16(0), let last = data.u16(2), let flags = data.u16(8), flags & 1 != 0,
                    first <= last
                {
                    for column in first...min(last, 255) where column < 256 { hiddenColumns.insert(column) }
                }
            case 0xE5:
                for k in 0..<min(data.u16(0) ?? 0, 1027) {
                    guard let top = data.u16(2 + 8 * k), let bottom = data.u16(4 + 8 * k),
                        let left = data.u16(6 + 8 * k),
                        let right = data.u16(8 + 8 * k), top <= bottom, left <= right, right < 256
                    else { continue }
                    spans[Place(row: top, column: left)] = (right - left + 1, min(bottom - top + 1, 1000))
                    guard (bottom - top + 1) * (right - left + 1) <= 10_000, covered.count < 1_000_000 else { continue }
                    for row in top...bottom {
                        for column in left...right where row != top || column != left {
                            covered.insert(Place(row: row, column: column))
                        }
                    }
                }
            case 0xFD: put(data) { _ in data.u32(6).flatMap { strings.indices.contains($0) ? strings[$0] : nil } }
            case 0x204:
                put(data) { _ in
                    guard let length = data.u16(6), data.count > 8 else { return nil }
                    return data[8] & 1 == 0 ? data.latin(9, length) : data.utf16(9, length)
                }
            case 0x203: put(data) { style in data.double(6).map { shown($0, style) } }
            case 0x27E: put(data) { style in data.u32(6).map { shown(Self.number(rk: $0), style) } }
            case 0xBD:
                guard let row = data.u16(0), let first = data.u16(2) else { continue }
                for k in 0..<max(0, (data.count - 6) / 6) {
                    guard let style = data.u16(4 + 6 * k), let rk = data.u32(6 + 6 * k) else { break }
                    values[Place(row: row, column: first + k)] = shown(Self.number(rk: rk), style)
                }
            case 0x205: put(data) { _ in data.count > 7 ? data[7] == 1 ? "…" : data[6] == 1 ? "TRUE" : "FALSE" : nil }
            case 0x06:
                // A number, or by its last two bytes a word, a truth value, an error or nothing.
                guard data.u16(12) == 0xFFFF else {
                    put(data) { style in data.double(6).map { shown($0, style) } }
                    continue
                }
                switch data[6] {
                case 0:
                    if let row = data.u16(0), let column = data.u16(2) { pending = Place(row: row, column: column) }
                case 1: put(data) { _ in data[8] == 1 ? "TRUE" : "FALSE" }
                case 2: put(data) { _ in "…" }
                default: break
                }
            case 0x207:
                if let at = pending, let length = data.u16(0), data.count > 2 {
                    values[at] = data[2] & 1 == 0 ? data.latin(3, length) : data.utf16(3, length)
                }
                pending = nil
            default: break
            }
            if depth <= 0 { break }
            guard values.count + cells <= bounds.cells else {
                throw DecodeError(.documentTooLong, "The document has more than \(bounds.cells) cells in its tables.")
            }
        }
        for at in spans.keys where values[at] == nil { values[at] = "" }
        var table = SpanTable(most: max(0, bounds.cells - cells))
        var begun = -1
        for (at, text) in values.sorted(by: { $0.key < $1.key }) {
            let span = spans[at]
            guard !hiddenRows.contains(at.row), !hiddenColumns.contains(at.column), !covered.contains(at),
                !text.isEmpty || span != nil
            else { continue }
            if at.row != begun {
                table.beginRow()
                begun = at.row
            }
            let columns = (0..<(span?.columns ?? 1)).count { !hiddenColumns.contains(at.column + $0) }
            let lines = HtmlWriter.escaped(text).split(separator: "\n", omittingEmptySubsequences: false)
            try table.add(
                .init(inner: lines.joined(separator: "<br>"), columns: max(1, columns), rows: span?.rows ?? 1),
                at: at.column - hiddenColumns.count { $0 < at.column })
        }
        return table
    }

    /// A number in four bytes: an integer or the upper half of a floating-point one, perhaps a hundred times too large.
    private static func number(rk: Int) -> Double {
        let raw = UInt32(truncatingIfNeeded: rk)
        let number =
            raw & 2 != 0
            ? Double(Int32(bitPattern: raw) >> 2) : Double(bitPattern: UInt64(raw & 0xFFFF_FFFC) << 32)
        return raw & 1 != 0 ? number / 100 : number
    }
}
