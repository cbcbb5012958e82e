/// Tables set as plain lines of as many words each, one blank between: the head has a word for each column, and names,
/// units and figures stand in the same order in every row. A table set in two halves is one, too.
enum RegularGrid {
    /// The most scalars of a line that names a group of rows.
    private static let longestGroup = 24

    /// The table that begins with a line of heads; nil where none does.
    static func read(_ lines: [TextLine], from start: Int, _ s: [UInt32], _ base: Int, _ lexicon: Lexicon)
        -> (Grid, Int)?
    {
        guard start + 2 < lines.count, let head = words(s, lines[start].range).map({ SpacedHead.paired(s, $0) }),
            head.allSatisfy({ !TextGrids.isNumber(s, $0, lexicon) || TextGrids.isYear(s, $0) }),
            let first = row(s, lines[start + 1].range, of: head.count, lexicon), let kinds = kinds(s, first, lexicon),
            first.count == head.count
        else { return nil }
        // Two words alone are a table only where something says what the numbers are.
        if head.count == 2, !tellsMore(s, lines, start, lexicon) { return nil }
        var rows = [first]
        var group: Range<Int>?
        var groups: [Int: Range<Int>] = [:]
        var i = start + 2
        var next = i
        while i < lines.count, let row = row(s, lines[i].range, of: head.count, lexicon) {
            if row.count == head.count, self.kinds(s, row, lexicon) == kinds {
                groups[rows.count] = group
                group = nil
                rows.append(row)
                next = i + 1
            } else {
                guard row.count == 1, group == nil, row[0].count <= longestGroup,
                    !TextGrids.isNumber(s, row[0], lexicon), !s[row[0]].contains(where: Glyph.endsClause)
                else { break }
                group = row[0]
            }
            i += 1
        }
        guard rows.count >= (head.count == 2 ? 3 : 2) else { return nil }
        var builder = GridBuilder()
        func add(_ cells: [Range<Int>]) {
            builder.beginRow()
            for cell in cells { builder.add(Layout.fold(s, [cell], base)) }
        }
        add(head)
        for (k, row) in rows.enumerated() {
            if let group = groups[k] { add([group]) }
            add(row)
        }
        return builder.grid().map { ($0, next) }
    }

    /// The words of a line; where there are more than columns, those that are no numbers and stand together are one.
    private static func row(_ s: [UInt32], _ line: Range<Int>, of count: Int, _ lexicon: Lexicon) -> [Range<Int>]? {
        guard let words = words(s, line), words.count > count else { return words(s, line) }
        var row: [Range<Int>] = []
        var wasName = false
        for word in words {
            let isName = !TextGrids.isNumber(s, word, lexicon)
            if isName, wasName, let last = row.popLast() {
                row.append(last.lowerBound..<word.upperBound)
            } else {
                row.append(word)
            }
            wasName = isName
        }
        return row
    }

    /// For each word of a row whether it is a number; nil for a line that is no row of figures.
    private static func kinds(_ s: [UInt32], _ row: [Range<Int>], _ lexicon: Lexicon) -> [Bool]? {
        var kinds = row.map { TextGrids.isNumber(s, $0, lexicon) }
        // A year may name a row.
        if TextGrids.isYear(s, row[0]) { kinds[0] = false }
        guard !kinds[0], kinds.contains(true),
            row.contains(where: { TextGrids.isNumber(s, $0, lexicon) && s[$0].contains(where: Glyph.isDigit) })
        else { return nil }
        return kinds
    }

    /// Whether the head or the line above tells a unit, or that the figures are changes or an index.
    private static func tellsMore(_ s: [UInt32], _ lines: [TextLine], _ start: Int, _ lexicon: Lexicon) -> Bool {
        let range = lines[start].range
        if s[range].contains(where: { $0 == 0x25 || $0 == 0xFF05 || $0 == 0x2030 || $0 == 0x3D }) { return true }
        if TableUnit.find(in: Array(s[range]), lexicon) != nil { return true }
        guard start > 0 else { return false }
        let above = lines[start - 1].range
        return above.count <= 60 && lexicon.heads.unitLabel(Array(s[above])) != nil
    }

    private static func words(_ s: [UInt32], _ line: Range<Int>) -> [Range<Int>]? {
        guard let words = SpacedGrid.words(s, line), !words.isEmpty, !s[line].contains(0xFF0C) else { return nil }
        return words
    }
}
