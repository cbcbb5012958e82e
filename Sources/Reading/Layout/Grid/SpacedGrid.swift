/// Tables set as plain lines, one blank between the cells: a name, then as many numbers as the head has names for.
enum SpacedGrid {
    /// The most scalars of a line; more is prose.
    private static let longest = 160
    private static let most = 40

    /// The most scalars of a line that names a group of rows.
    private static let longestGroup = 24

    /// The table that begins with a line of heads; nil where none does.
    static func read(_ lines: [TextLine], from start: Int, _ s: [UInt32], _ base: Int, _ lexicon: Lexicon)
        -> (Grid, Int)?
    {
        guard start + 2 < lines.count, let head = words(s, lines[start].range) else { return nil }
        guard head.allSatisfy({ !TextGrids.isNumber(s, $0, lexicon) || TextGrids.isYear(s, $0) }),
            let first = firstRow(lines, behind: start, s, lexicon), let row = row(s, lines[first].range, lexicon)
        else { return nil }
        let count = row.numbers.count
        // A column of units stands in front of the numbers where the head has a name for it.
        let hasUnit = first == start + 1 && head.count == count + 2 && head.count >= 3
        var heads: [[SpacedHead.Head]] = [head.map { SpacedHead.Head(pieces: [$0]) }]
        if !hasUnit {
            guard count >= 2,
                let rows = SpacedHead.rows(
                    s, lines[start..<first].map(\.range), count: count,
                    isFormula: { lexicon.heads.isWhole(HeadReader.folded($0), .formula) })
            else {
                return nil
            }
            heads = rows
        }
        var builder = GridBuilder()
        for row in heads {
            builder.beginRow()
            for head in row { builder.add(Layout.fold(s, head.pieces, base), columns: head.over) }
        }
        guard let next = add(lines, from: first, count, hasUnit, s, base, lexicon, to: &builder) else { return nil }
        return builder.grid().map { ($0, next) }
    }

    /// The first of two rows of as many numbers each, behind lines of heads; nil where other lines come before.
    private static func firstRow(_ lines: [TextLine], behind start: Int, _ s: [UInt32], _ lexicon: Lexicon) -> Int? {
        var i = start + 1
        while i + 1 < lines.count, i - start <= SpacedHead.most {
            let range = lines[i].range
            guard range.count <= longest, !s[range].contains(where: Glyph.endsClause) else { return nil }
            if let row = row(s, range, lexicon), row.numbers.contains(where: { !TextGrids.isYear(s, $0) }) {
                let isTable = lines[(i + 1)..<min(lines.count, i + 4)].contains { line in
                    self.row(s, line.range, lexicon)?.numbers.count == row.numbers.count
                }
                // Columns of blanks are another form.
                let gaps = zip(row.numbers, row.numbers.dropFirst()).contains { $1.lowerBound - $0.upperBound > 1 }
                return isTable && !gaps ? i : nil
            }
            i += 1
        }
        return nil
    }

    /// Adds the rows from a line on; the line behind them, nil where there are fewer than two.
    private static func add(
        _ lines: [TextLine], from first: Int, _ count: Int, _ hasUnit: Bool, _ s: [UInt32], _ base: Int,
        _ lexicon: Lexicon, to builder: inout GridBuilder
    ) -> Int? {
        var (rows, short, next) = (0, 0, first)
        var groups: [Range<Int>] = []
        var i = first
        while i < lines.count {
            let range = lines[i].range
            guard let row = row(s, range, lexicon) else {
                guard range.count <= longestGroup, groups.count < 2,
                    !s[range].contains(where: { Glyph.endsSentence($0) || $0 == 0xFF0C || $0 == 0x7C })
                else { break }
                groups.append(range)
                i += 1
                continue
            }
            // A row that lost cells does not say which.
            if row.numbers.count < count, short < max(rows, 1) {
                short += 1
                groups = []
                i += 1
                continue
            }
            guard row.numbers.count == count else { break }
            var names = row.names
            var unit: Range<Int>?
            if hasUnit {
                guard names.count >= 2, let last = names.popLast(), TableUnit.cell(Array(s[last]), lexicon) != nil
                else { break }
                unit = last
            }
            guard let from = names.first, let to = names.last else { break }
            for group in groups {
                builder.beginRow()
                builder.add(Layout.fold(s, [group], base))
            }
            groups = []
            builder.beginRow()
            let name = from.lowerBound..<to.upperBound
            builder.add(
                Layout.fold(s, [AlignedColumns.native(s, name) ?? name], base),
                indent: from.lowerBound - lines[i].start(s))
            if let unit { builder.add(Layout.fold(s, [unit], base)) }
            for number in row.numbers { builder.add(Layout.fold(s, [number], base)) }
            rows += 1
            i += 1
            next = i
        }
        return rows >= 2 ? next : nil
    }

    /// A line of a name and numbers; nil for other lines.
    private static func row(_ s: [UInt32], _ line: Range<Int>, _ lexicon: Lexicon)
        -> (names: [Range<Int>], numbers: [Range<Int>])?
    {
        guard let words = words(s, line), words.count >= 2 else { return nil }
        var first = words.count
        while first > 1, TextGrids.isNumber(s, words[first - 1], lexicon) { first -= 1 }
        guard first < words.count, s[words[0]].contains(where: { Glyph.isHan($0) || Glyph.isDigit($0) }) else {
            return nil
        }
        return (Array(words[..<first]), Array(words[first...]))
    }

    /// The words of a line that may be one of such a table; nil for prose.
    static func words(_ s: [UInt32], _ line: Range<Int>) -> [Range<Int>]? {
        guard line.count <= longest, !s[line].contains(where: { $0 == 0x3002 || $0 == 0xFF1B || $0 == 0x7C }) else {
            return nil
        }
        let words = TextLine.words(s, line)
        return words.count <= most ? words : nil
    }
}
