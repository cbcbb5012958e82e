/// Tables of Markdown, and rows with bars as programs set them that take text from pages.
enum MarkdownGrid {
    /// The table that begins with a line; nil where none does.
    static func read(_ lines: [TextLine], from start: Int, _ s: [UInt32], _ base: Int, _ lexicon: Lexicon)
        -> (Grid, Int)?
    {
        let inner = innerBars(lines, start, s, lexicon)
        func isRow(_ s: [UInt32], _ range: Range<Int>) -> Bool {
            inner.map { bars(s, range) == $0 || isRule(s, range) } ?? self.isRow(s, range)
        }
        guard isRow(s, lines[start].range) else { return nil }
        var rows: [[Passage]] = []
        var i = start
        var lastBegins = true
        // A blank line ends a table, and another begins behind it.
        while i < lines.count, isRow(s, lines[i].range), i == start || !lines[i].blankBefore {
            let range = lines[i].range
            if isRule(s, range) {
                i += 1
                continue
            }
            let begins = isBar(s[range.lowerBound])
            // A row that goes on in the next line, where the rows behind it begin with a mark, too.
            let next = i + 1 < lines.count && isRow(s, lines[i + 1].range) ? lines[i + 1].range.lowerBound : nil
            let goesOn = next.map { isBar(s[$0]) } ?? (rows.count > 1)
            if !begins, lastBegins, goesOn, isBar(s[lines[start].range.lowerBound]), let last = rows.indices.last {
                rows[last] += cells(s, range, base)
                i += 1
                continue
            }
            lastBegins = begins
            rows.append(cells(s, range, base))
            i += 1
        }
        guard rows.count >= 2, !isProse(rows) else { return nil }
        // Where rows do not begin with a mark, the empty corner of the head is lost with it.
        if !lastBegins, rows[0].count + 1 == rows[1].count { rows[0].insert(Passage(scalars: [], origin: []), at: 0) }
        var builder = GridBuilder()
        for row in PackedRows.restored(rows, lexicon) {
            builder.beginRow()
            for cell in row { builder.add(cell.passage, columns: cell.columns, rows: cell.rows) }
        }
        builder.joinRepeated()
        return builder.grid().map { ($0, i) }
    }

    /// Whether the cells hold paragraphs: a table that only lays out a page.
    private static func isProse(_ rows: [[Passage]]) -> Bool {
        let cells = rows.joined().map(\.scalars).filter { !$0.isEmpty }
        let prose = cells.count { $0.count > longestCell && $0.contains(0x3002) }
        return prose * 2 > cells.count || prose > 0 && cells.count <= 4
    }

    /// What is longer and has sentences is no cell of figures.
    private static let longestCell = 120

    private static func cells(_ s: [UInt32], _ range: Range<Int>, _ base: Int) -> [Passage] {
        var cells: [Passage] = []
        var from = range.lowerBound + (isBar(s[range.lowerBound]) ? 1 : 0)
        for j in from..<range.upperBound {
            let isBar = isBar(s[j]) && s[j - 1] != 0x5C
            guard isBar || j == range.upperBound - 1 else { continue }
            var (a, b) = (from, isBar ? j : j + 1)
            while a < b, Glyph.isBlank(s[a]) { a += 1 }
            while b > a, Glyph.isBlank(s[b - 1]) { b -= 1 }
            cells.append(Layout.fold(s, [a..<b], base))
            from = j + 1
        }
        return cells
    }

    /// | 甲 | 5 |, or 甲 | 5 |, or a line of the frame.
    private static func isRow(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        if isBar(s[range.lowerBound]) || isFrame(s, range) { return true }
        guard isBar(s[range.upperBound - 1]), range.count > 4 else { return false }
        return bars(s, range) >= 2
    }

    /// | and the strokes that programs and people draw in its place: │ ┃ ║ ｜.
    private static func isBar(_ c: UInt32) -> Bool {
        c == 0x7C || c == 0x2502 || c == 0x2503 || c == 0x2551 || c == 0xFF5C
    }

    private static func bars(_ s: [UInt32], _ range: Range<Int>) -> Int { s[range].count(where: isBar) }

    /// |---|:--:|, ├──┼──┤, +----+----+: what parts rows and is none.
    private static func isRule(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        s[range].allSatisfy {
            isBar($0) || [0x2D, 0x3A, 0x20, 0x2B, 0x3D, 0x5F].contains($0) || (0x2500...0x257F).contains($0)
        }
    }

    /// A rule that is drawn with corners.
    private static func isFrame(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        guard range.count >= 5, isRule(s, range) else { return false }
        let first = s[range.lowerBound]
        return first == 0x2B || (0x250C...0x254B).contains(first) || (0x2552...0x256C).contains(first)
    }

    /// How many bars stand in each row of a table whose rows neither begin nor end with one: 甲 | 5 | 6. Nil where the
    /// line begins none: the next ones have as many, and figures among them.
    private static func innerBars(_ lines: [TextLine], _ start: Int, _ s: [UInt32], _ lexicon: Lexicon) -> Int? {
        let range = lines[start].range
        let count = bars(s, range)
        guard count > 0, !isBar(s[range.lowerBound]), !isBar(s[range.upperBound - 1]), start + 2 < lines.count else {
            return nil
        }
        var (rows, figures) = (1, 0)
        for line in lines[(start + 1)..<min(lines.count, start + 8)] {
            if isRule(s, line.range) { continue }
            guard !line.blankBefore, bars(s, line.range) == count, !isBar(s[line.range.lowerBound]) else { break }
            rows += 1
            let cells = cells(s, line.range, 0)
            if cells.dropFirst().contains(where: { TextGrids.isNumber($0.scalars, $0.scalars.indices, lexicon) }) {
                figures += 1
            }
        }
        return rows >= 3 && figures >= 2 ? count : nil
    }
}
