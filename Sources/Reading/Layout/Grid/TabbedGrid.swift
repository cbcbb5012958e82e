/// Tables whose cells are set apart by tabs, as they are copied from worksheets.
enum TabbedGrid {
    private static let longest = 80

    /// The table that begins with a line; nil where none does.
    static func read(_ lines: [TextLine], from start: Int, _ s: [UInt32], _ base: Int, _ lexicon: Lexicon)
        -> (Grid, Int)?
    {
        guard hasTab(s, lines[start].range) else { return nil }
        var rows: [[Range<Int>]] = []
        var numbers = 0
        var last = start
        var i = start
        while i < lines.count {
            let line = lines[i]
            if hasTab(s, line.range) {
                let row = cells(s, line.start(s)..<line.range.upperBound)
                if row.contains(where: { $0.count > longest }) { break }
                if row.dropFirst().contains(where: { TextGrids.isNumber(s, $0, lexicon) && !TextGrids.isYear(s, $0) }) {
                    numbers += 1
                }
                rows.append(row)
                last = i
            } else {
                // A name of a group stands alone between rows.
                guard i > start, line.range.count <= 30, i + 1 < lines.count, hasTab(s, lines[i + 1].range),
                    !s[line.range].contains(where: { Glyph.endsSentence($0) || $0 == 0xFF0C })
                else { break }
                rows.append([line.range])
            }
            i += 1
        }
        guard numbers >= 1, rows.count >= 2, rows.contains(where: { $0.count >= 2 }) else { return nil }
        var builder = GridBuilder()
        for row in rows.prefix(last - start + 1) {
            builder.beginRow()
            for cell in row { builder.add(Layout.fold(s, [cell], base)) }
        }
        builder.joinRepeated()
        return builder.grid().map { ($0, last + 1) }
    }

    private static func hasTab(_ s: [UInt32], _ range: Range<Int>) -> Bool { s[range].contains(9) }

    private static func cells(_ s: [UInt32], _ line: Range<Int>) -> [Range<Int>] {
        var cells: [Range<Int>] = []
        var from = line.lowerBound
        for j in line.lowerBound...line.upperBound where j == line.upperBound || s[j] == 9 {
            var (a, b) = (from, j)
            while a < b, Glyph.isBlank(s[a]) { a += 1 }
            while b > a, Glyph.isBlank(s[b - 1]) { b -= 1 }
            cells.append(a..<b)
            from = j + 1
        }
        return cells
    }
}
