/// Tables whose cells each end with a bar in a line of their own, as programs set them that take text from pages: no
/// cell is lost, but where rows end is.
enum BarredGrid {
    /// A cell: its pieces, and the line that it ends in.
    private struct Cell {
        var pieces: [Range<Int>]
        var line: Int
    }

    private static let mostColumns = 40
    private static let mostHeads = 4
    /// The most cells of a table; each line that may begin one is looked at with as many behind it.
    private static let most = 400
    private static let longest = 90

    /// The table that begins with a line; nil where none does.
    static func read(_ lines: [TextLine], from start: Int, _ s: [UInt32], _ base: Int, _ lexicon: Lexicon)
        -> (Grid, Int)?
    {
        guard isBarred(s, lines[start].range) || isBarred(lines, start + 1, s) else { return nil }
        let cells = cells(lines, start, s)
        guard cells.count >= 6 else { return nil }
        let passages = cells.map { Layout.fold(s, $0.pieces.compactMap { AlignedColumns.native(s, $0) }, base) }
        let contents = passages.map { CellReader.read($0.scalars, lexicon) }
        func isNumber(_ i: Int) -> Bool {
            guard i < cells.count, case .number = contents[i] else { return false }
            return true
        }
        // The first figures, and how many cells lie between the names of rows.
        guard
            let first = cells.indices.first(where: { i in
                i > 0 && isNumber(i) && !isYear(passages[i]) && contents[i - 1] == .text
            }), let width = width(contents, from: first - 1), (first - 1) % width == 0, first > width,
            (first - 1) / width <= mostHeads
        else { return nil }
        var rows: [[Passage]] = stride(from: 0, to: first - 1, by: width).map { from in
            let row = Array(passages[from..<(from + width)])
            // Heads without one for the names of rows moved to their place.
            return row[width - 1].scalars.isEmpty && row.dropLast().allSatisfy({ !$0.scalars.isEmpty })
                && from + width == first - 1
                ? [row[width - 1]] + row.dropLast() : row
        }
        guard rows.contains(where: { row in row.contains { !$0.scalars.isEmpty } }) else { return nil }
        var i = first - 1
        var figures = 0
        while i + width <= cells.count, contents[i] == .text, (i + 1..<i + width).allSatisfy({ contents[$0] != .text })
        {
            rows.append(Array(passages[i..<(i + width)]))
            if (i + 1..<i + width).contains(where: isNumber) { figures += 1 }
            i += width
        }
        guard figures >= 2 else { return nil }
        var builder = GridBuilder()
        for row in PackedRows.restored(rows, lexicon) {
            builder.beginRow()
            for cell in row { builder.add(cell.passage, columns: cell.columns, rows: cell.rows) }
        }
        let last = cells[i - 1].line
        return builder.grid().map { ($0, last + 1) }
    }

    /// How many cells a row has: from the name of the first to that of the next, as most of the first rows have it.
    private static func width(_ contents: [CellReader.Content], from start: Int) -> Int? {
        var counts: [Int: Int] = [:]
        var last = start
        for i in (start + 1)..<contents.count where contents[i] == .text {
            counts[i - last, default: 0] += 1
            last = i
            if counts.values.reduce(0, +) >= 8 { break }
        }
        if contents.count - last > 1 { counts[contents.count - last, default: 0] += 1 }
        guard let most = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }), most.value >= 2, most.key >= 2,
            most.key <= mostColumns
        else { return nil }
        return most.key
    }

    private static func isYear(_ cell: Passage) -> Bool { TextGrids.isYear(cell.scalars, cell.scalars.indices) }

    /// A line that is bars alone, or ends with one and has no others.
    private static func isBarred(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        guard s[range.upperBound - 1] == 0x7C, range.count <= longest else { return false }
        let bars = s[range].count { $0 == 0x7C }
        return bars == 1 || s[range].allSatisfy { $0 == 0x7C || Glyph.isBlank($0) }
    }

    private static func isBarred(_ lines: [TextLine], _ i: Int, _ s: [UInt32]) -> Bool {
        i < lines.count && isBarred(s, lines[i].range)
    }

    private static func cells(_ lines: [TextLine], _ start: Int, _ s: [UInt32]) -> [Cell] {
        var cells: [Cell] = []
        var open: [Range<Int>] = []
        var i = start
        while i < lines.count, cells.count < most {
            let range = lines[i].range
            if isBarred(s, range) {
                var text = range
                while let last = text.last, s[last] == 0x7C || Glyph.isBlank(s[last]) { text = text.dropLast() }
                if !text.isEmpty { open.append(text) }
                let bars = s[range].count { $0 == 0x7C }
                for k in 0..<bars {
                    cells.append(Cell(pieces: k == 0 ? open : [], line: i))
                    open = []
                }
            } else {
                // A cell of several lines.
                guard open.count < 4, range.count <= longest, !s[range].contains(0x7C), !s[range].contains(0x3002),
                    i + 1 < lines.count
                else { break }
                open.append(range)
            }
            i += 1
        }
        return cells
    }
}
