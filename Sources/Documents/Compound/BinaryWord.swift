import Reading

/// Documents of Word 97 to 2003 ([MS-DOC]), also those that WPS writes as .wps, as HTML: the same of them as of a
/// ``WordDocument``: headings by style, paragraphs, tables with their merged cells; without what is deleted or hidden,
/// fields' instructions, notes, headers and footers.
struct BinaryWord {
    /// A letter with its place in the file, which tells its properties.
    private struct Letter {
        let unit: UInt16
        let place: Int
    }

    private let letters: [Letter]
    private let paragraphs: WordProperties
    private let runs: WordProperties
    private let bounds: PackageBounds
    private var writer = HtmlWriter()
    private var cells = 0

    /// The HTML of a compound file with a stream `WordDocument`.
    ///
    /// - Throws: `DecodeError`: `document_encrypted`, `document_damaged`, `document_too_long`.
    static func html(_ file: CompoundFile, _ bounds: PackageBounds) throws(DecodeError) -> String {
        let damaged = DecodeError(.documentDamaged, "The document is damaged: its text cannot be found.")
        guard let stream = try file.stream("WordDocument"), stream.u16(0) == 0xA5EC, let flags = stream.u16(10) else {
            throw DecodeError(
                .documentDamaged, "The document is of a version before Word 97, or damaged; save it as DOCX.")
        }
        if flags & 0x100 != 0 {
            throw DecodeError(.documentEncrypted, "The document is encrypted and cannot be read without its password.")
        }
        guard let version = stream.u16(2), version >= 0xC1 else {
            throw DecodeError(
                .documentDamaged, "The document is of a version before Word 97, which is not read; save it as DOCX.")
        }
        guard let table = try file.stream(flags & 0x200 != 0 ? "1Table" : "0Table") else { throw damaged }
        func part(_ at: Int) -> [UInt8]? {
            guard let place = stream.u32(at), let length = stream.u32(at + 4) else { return nil }
            return table.part(place, length)
        }
        guard let pieces = part(0x1A2), let count = stream.u32(0x4C), let letters = Self.letters(stream, pieces, count)
        else { throw damaged }
        var document = BinaryWord(
            letters: letters,
            paragraphs: WordProperties(stream, table: part(0x102) ?? [], areParagraphs: true),
            runs: WordProperties(stream, table: part(0xFA) ?? [], areParagraphs: false), bounds: bounds)
        try document.read()
        return document.writer.finished()
    }

    private init(letters: [Letter], paragraphs: WordProperties, runs: WordProperties, bounds: PackageBounds) {
        self.letters = letters
        self.paragraphs = paragraphs
        self.runs = runs
        self.bounds = bounds
    }

    /// The letters of the main text, piece by piece; nil where the pieces are not told.
    private static func letters(_ stream: [UInt8], _ pieces: [UInt8], _ count: Int) -> [Letter]? {
        var at = 0
        while at < pieces.count, pieces[at] == 1 {
            guard let length = pieces.u16(at + 1) else { return nil }
            at += 3 + length
        }
        guard at < pieces.count, pieces[at] == 2, let length = pieces.u32(at + 1),
            let list = pieces.part(at + 5, length)
        else { return nil }
        let number = max(0, (list.count - 4) / 12)
        var letters: [Letter] = []
        for k in 0..<number {
            guard let first = list.u32(4 * k), let last = list.u32(4 * k + 4), first <= last,
                let raw = list.u32(4 * (number + 1) + 8 * k + 2)
            else { return nil }
            let isNarrow = raw & 0x4000_0000 != 0
            let place = isNarrow ? (raw & 0x3FFF_FFFF) / 2 : raw & 0x3FFF_FFFF
            let size = isNarrow ? 1 : 2
            let wanted = min(last, count) - first
            guard wanted > 0 else { break }
            guard place <= stream.count, wanted * size <= stream.count - place else { return nil }
            if isNarrow {
                for (k, unit) in (stream.latin(place, wanted) ?? "").utf16.enumerated() {
                    letters.append(Letter(unit: unit, place: place + k))
                }
            } else {
                for k in 0..<wanted {
                    letters.append(Letter(unit: UInt16(stream.u16(place + 2 * k) ?? 0), place: place + 2 * k))
                }
            }
        }
        return letters
    }

    // MARK: Text

    /// A cell of a row that is being read: its text, and where it stands across the page.
    private struct Cell {
        var inner: String
        var left = 0
        var right = 0
        var goesOn = false
    }

    private mutating func read() throws(DecodeError) {
        var text = Text()
        /// The paragraphs of the cell that is being read, the cells of its row, and the rows of its table.
        var lines: [String] = []
        var row: [Cell] = []
        var rows: [[Cell]] = []
        for letter in letters {
            switch letter.unit {
            case 0x0D, 0x0C:
                let properties = paragraphs[letter.place]
                let inner = text.take()
                if properties.isOn(0x2416) {
                    lines.append(inner)
                    continue
                }
                try write(&rows)
                let isHeading = (1...9).contains(properties.style)
                if isHeading { writer.heading(properties.style, inner) } else { writer.paragraph(inner) }
            case 0x07:
                let properties = paragraphs[letter.place]
                lines.append(text.take())
                if properties.isOn(0x2417) {
                    rows.append(Self.placed(row, properties.operand(0xD608)))
                    row = []
                    cells += rows[rows.count - 1].count
                    guard cells <= bounds.cells else {
                        throw DecodeError(
                            .documentTooLong, "The document has more than \(bounds.cells) cells in its tables.")
                    }
                } else {
                    row.append(Cell(inner: lines.filter { !$0.isEmpty }.joined(separator: "<br>")))
                }
                lines = []
            default:
                let properties = runs[letter.place]
                text.add(
                    letter.unit, isHidden: properties.isOn(0x083C) || properties.isOn(0x0800),
                    rise: properties.operand(0x2A48)?.first ?? 0)
            }
        }
        try write(&rows)
        writer.paragraph(text.take())
    }

    /// Where the cells of a row stand, as the definition of its table says: edges across the page, then for each cell
    /// whether it is joined to the one beside it or above.
    private static func placed(_ row: [Cell], _ definition: [UInt8]?) -> [Cell] {
        var cells: [Cell] = []
        let count = Int(definition?.first ?? 0)
        func edge(_ k: Int) -> Int? { definition?.u16(1 + 2 * k).map { Int(Int16(truncatingIfNeeded: $0)) } }
        for (k, cell) in row.enumerated() {
            var cell = cell
            guard k < count, let left = edge(k), let right = edge(k + 1) else {
                cell.left = (cells.last?.right ?? 0)
                cell.right = cell.left + 1000
                cells.append(cell)
                continue
            }
            let flags = definition?.u16(1 + 2 * (count + 1) + 20 * k) ?? 0
            (cell.left, cell.right) = (left, right)
            // Joined to the one on its left, whose text is that of both.
            if flags & 2 != 0, flags & 1 == 0, let last = cells.indices.last {
                cells[last].right = right
                continue
            }
            cell.goesOn = flags >> 5 & 3 == 1
            cells.append(cell)
        }
        return cells
    }

    /// Writes the table that was read, if any: its columns are between all edges that its rows have.
    private mutating func write(_ rows: inout [[Cell]]) throws(DecodeError) {
        defer { rows = [] }
        guard !rows.isEmpty else { return }
        var edges: [Int] = []
        // Edges that were drawn by hand are a few points apart.
        for edge in Set(rows.joined().flatMap { [$0.left, $0.right] }).sorted()
        where edge - (edges.last ?? .min / 2) > 60 {
            edges.append(edge)
        }
        func column(_ edge: Int) -> Int {
            var (low, high) = (0, edges.count)
            while low < high {
                let middle = (low + high) / 2
                if edges[middle] <= edge { low = middle + 1 } else { high = middle }
            }
            return max(0, low - 1)
        }
        var table = SpanTable(most: bounds.cells)
        for row in rows {
            table.beginRow()
            for cell in row {
                let first = column(cell.left)
                if cell.goesOn {
                    table.extendDown(column: first)
                } else {
                    try table.add(.init(inner: cell.inner, columns: max(1, column(cell.right) - first)), at: first)
                }
            }
        }
        try writer.table(table)
    }

    /// The text of a paragraph as it comes, letter by letter.
    private struct Text {
        private var inner = ""
        private var units: [UInt16] = []
        private var rise: UInt8 = 0
        /// For each field that is open whether its result has begun: what stands before is an instruction.
        private var fields: [Bool] = []

        mutating func add(_ unit: UInt16, isHidden: Bool, rise: UInt8) {
            switch unit {
            case 0x13:
                if fields.count < 64 { fields.append(false) }
                return
            case 0x14:
                if !fields.isEmpty { fields[fields.count - 1] = true }
                return
            case 0x15:
                _ = fields.popLast()
                return
            default: break
            }
            guard !isHidden, fields.allSatisfy(\.self) else { return }
            if rise != self.rise { flush() }
            self.rise = rise
            switch unit {
            case 0x09: units.append(0x20)
            case 0x0B:
                flush()
                inner += "<br>"
            case 0x1E: units.append(0x2D)
            // Pictures, notes and what only guides the setting.
            case 0..<0x20: break
            default: units.append(unit)
            }
        }

        private mutating func flush() {
            guard !units.isEmpty else { return }
            let text = HtmlWriter.escaped(String(decoding: units, as: UTF16.self))
            inner += rise == 1 ? "<sup>\(text)</sup>" : rise == 2 ? "<sub>\(text)</sub>" : text
            units = []
        }

        mutating func take() -> String {
            flush()
            rise = 0
            defer { inner = "" }
            return inner
        }
    }
}
