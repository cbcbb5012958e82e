/// Tables whose columns are set apart by blanks alone, as in text made of PDF pages.
enum AlignedColumns {
    /// The most scalars that a cell has; more is prose.
    private static let longestCell = 40

    /// The pieces of a line that two blanks or more, or a tab, set apart.
    static func cells(_ s: [UInt32], _ line: Range<Int>) -> [Range<Int>] {
        var cells: [Range<Int>] = []
        var start = line.lowerBound
        while start < line.upperBound {
            while start < line.upperBound, Glyph.isBlank(s[start]) { start += 1 }
            var end = start
            var next = start
            while next < line.upperBound {
                guard Glyph.isBlank(s[next]) else {
                    next += 1
                    end = next
                    continue
                }
                var behind = next
                while behind < line.upperBound, Glyph.isBlank(s[behind]) { behind += 1 }
                if behind - next >= 2 || s[next] == 9 || s[next] == 0x3000 { break }
                next = behind
            }
            if end > start { cells.append(start..<end) }
            start = max(end, next)
        }
        return cells
    }

    /// The cells of a line that may be a table's row: two at least, and none of them prose.
    static func row(_ s: [UInt32], _ line: Range<Int>) -> [Range<Int>]? {
        // Prose shows itself before its first gap.
        guard line.prefix(longestCell + 1).contains(where: { Glyph.isBlank(s[$0]) }) else { return nil }
        let cells = cells(s, line)
        guard cells.count >= 2 else { return nil }
        let areShort = cells.allSatisfy { cell in
            cell.count <= longestCell && !s[cell].contains { $0 == 0x3002 || $0 == 0xFF0C || $0 == 0xFF1B }
        }
        return areShort ? cells : nil
    }
}
