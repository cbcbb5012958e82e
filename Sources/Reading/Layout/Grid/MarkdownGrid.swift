/// Tables of Markdown, and rows with bars as programs set them that take text from pages.
enum MarkdownGrid {
    /// The table that begins with a line; nil where none does.
    static func read(_ lines: [TextLine], from start: Int, _ s: [UInt32], _ base: Int, _ lexicon: Lexicon)
        -> (Grid, Int)?
    {
        guard isRow(s, lines[start].range) else { return nil }
        var rows: [[Passage]] = []
        var i = start
        var lastBegins = true
        // A blank line ends a table, and another begins behind it.
        while i < lines.count, isRow(s, lines[i].range), i == start || !lines[i].blankBefore {
            let range = lines[i].range
            let begins = s[range.lowerBound] == 0x7C
            // A row that goes on in the next line, where the rows behind it begin with a mark, too.
            let next = i + 1 < lines.count && isRow(s, lines[i + 1].range) ? lines[i + 1].range.lowerBound : nil
            let goesOn = next.map { s[$0] == 0x7C } ?? (rows.count > 1)
            if !begins, lastBegins, goesOn, s[lines[start].range.lowerBound] == 0x7C, let last = rows.indices.last {
                rows[last] += cells(s, range, base)
                i += 1
                continue
            }
            lastBegins = begins
            if !s[range].allSatisfy({ [0x7C, 0x2D, 0x3A, 0x20].contains($0) }) { rows.append(cells(s, range, base)) }
            i += 1
        }
        guard rows.count >= 2 else { return nil }
        // Where rows do not begin with a mark, the empty corner of the head is lost with it.
        if !lastBegins, rows[0].count + 1 == rows[1].count { rows[0].insert(Passage(scalars: [], origin: []), at: 0) }
        var builder = GridBuilder()
        for row in PackedRows.restored(rows, lexicon) {
            builder.beginRow()
            for cell in row { builder.add(cell.passage, columns: cell.columns, rows: cell.rows) }
        }
        return builder.grid().map { ($0, i) }
    }

    private static func cells(_ s: [UInt32], _ range: Range<Int>, _ base: Int) -> [Passage] {
        var cells: [Passage] = []
        var from = range.lowerBound + (s[range.lowerBound] == 0x7C ? 1 : 0)
        for j in from..<range.upperBound {
            let isBar = s[j] == 0x7C && s[j - 1] != 0x5C
            guard isBar || j == range.upperBound - 1 else { continue }
            var (a, b) = (from, isBar ? j : j + 1)
            while a < b, Glyph.isBlank(s[a]) { a += 1 }
            while b > a, Glyph.isBlank(s[b - 1]) { b -= 1 }
            cells.append(Layout.fold(s, [a..<b], base))
            from = j + 1
        }
        return cells
    }

    /// | 甲 | 5 |, or 甲 | 5 |.
    private static func isRow(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        if s[range.lowerBound] == 0x7C { return true }
        guard s[range.upperBound - 1] == 0x7C, range.count > 4 else { return false }
        return s[range].count { $0 == 0x7C } >= 2
    }
}
