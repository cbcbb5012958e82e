/// Tables of comma-separated values, as they are saved from worksheets.
enum CsvGrid {
    private static let longest = 120
    /// So many rows may stand over the first figures.
    private static let mostHeads = 6

    /// The table that begins with a line; nil where none does.
    static func read(_ lines: [TextLine], from start: Int, _ s: [UInt32], _ base: Int, _ lexicon: Lexicon)
        -> (Grid, Int)?
    {
        guard let head = cells(s, lines[start].range), head.count >= 2, start + 2 < lines.count else { return nil }
        var rows = [head]
        var (figures, filled) = (0, 1)
        var i = start + 1
        while i < lines.count, let row = cells(s, lines[i].range), row.count == head.count {
            let numbers = row.dropFirst().count { TextGrids.isNumber(s, $0, lexicon) }
            if numbers > 0, numbers * 2 + 1 >= row.count - 1 { figures += 1 }
            if row.contains(where: { !$0.isEmpty }) { filled += 1 }
            rows.append(row)
            i += 1
        }
        // Two words with a comma between are a row only where all lines are such rows.
        if head.count == 2, figures < 3 || figures + 1 < filled { return nil }
        guard figures >= 2, figures + min(figures, Self.mostHeads) >= filled - figures else { return nil }
        var builder = GridBuilder()
        for row in rows {
            builder.beginRow()
            for cell in row { builder.add(Layout.fold(s, [cell], base)) }
        }
        builder.joinRepeated()
        return builder.grid().map { ($0, i) }
    }

    /// The cells of a line, quoted ones without their marks; nil for what is no such line.
    private static func cells(_ s: [UInt32], _ line: Range<Int>) -> [Range<Int>]? {
        guard s[line].contains(0x2C), line.count <= 2_000 else { return nil }
        var cells: [Range<Int>] = []
        var i = line.lowerBound
        while true {
            var (from, to) = (i, i)
            if i < line.upperBound, s[i] == 0x22 {
                from = i + 1
                to = from
                while to < line.upperBound, s[to] != 0x22 { to += 1 }
                guard to < line.upperBound else { return nil }
                i = to + 1
            } else {
                while i < line.upperBound, s[i] != 0x2C { i += 1 }
                to = i
                while from < to, Glyph.isBlank(s[from]) { from += 1 }
                while to > from, Glyph.isBlank(s[to - 1]) { to -= 1 }
            }
            guard to - from <= longest, !s[from..<to].contains(where: { $0 == 0x3002 || $0 == 0xFF0C }) else {
                return nil
            }
            cells.append(from..<to)
            guard i < line.upperBound else { return cells }
            guard s[i] == 0x2C else { return nil }
            i += 1
            if i == line.upperBound {
                cells.append(i..<i)
                return cells
            }
        }
    }
}
