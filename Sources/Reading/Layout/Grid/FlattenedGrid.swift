/// Tables that were flattened to one cell a line, or to cells that end with a bar: heads, then rows of a name and as
/// many numbers each.
struct FlattenedGrid {
    private let lines: [TextLine]
    private let s: [UInt32]
    private let base: Int
    private let lexicon: Lexicon
    /// One past the lines that may be cells, and the next of them that is a number: so that no line is looked at
    /// again for each one before it.
    private var end = 0
    private var number = 0
    /// Whether years name the rows.
    private var isOfYears = false

    /// More columns than this are no table that somebody printed.
    private static let mostColumns = 40
    private static let longest = 90
    /// The most scalars of what heads the names of rows.
    private static let longestCorner = 12
    /// The most names of groups in front of a row's own.
    private static let mostGroups = 2

    init(_ lines: [TextLine], _ s: [UInt32], _ base: Int, _ lexicon: Lexicon) {
        self.lexicon = lexicon
        self.lines = lines
        self.s = s
        self.base = base
    }

    /// The table that begins with a line; nil where none does.
    mutating func read(from start: Int) -> (Grid, Int)? {
        if end <= start {
            end = start
            while end < lines.count, isCell(end) { end += 1 }
            number = start
        }
        isOfYears = false
        number = max(number, start)
        while number < end, !isFigure(number) { number += 1 }
        if number < end, number > start + 1, TextGrids.isYear(s, lines[number - 1].range) { isOfYears = true }
        guard end - start >= 6, number < end, number > start, number - start <= 3 * Self.mostColumns else { return nil }
        var count = 0
        while count < Self.mostColumns, number + count < end, isNumber(number + count) { count += 1 }
        let labels = labels(behind: number + count, count)
        guard number - labels > start, let first = Optional(number - labels), !isNumber(first) else { return nil }
        guard let heads = heads(start..<first, count, labels) else { return nil }
        var builder = GridBuilder()
        for row in heads {
            builder.beginRow()
            for cell in row { builder.add(cell.passage, columns: cell.columns, rows: cell.rows) }
        }
        var (rows, short) = (0, 0)
        var i = first
        while i + labels + count <= end {
            // The names of groups stand in front of a row's own.
            var groups = 0
            while groups < Self.mostGroups, i + groups < end, !isNumber(i + groups),
                !isRow(i + groups, labels, count), !isShort(i + groups, labels, count)
            {
                groups += 1
            }
            if isShort(i + groups, labels, count) {
                // A row that lost cells does not say which.
                short += 1
                i += groups + labels
                while i < end, isNumber(i) { i += 1 }
                if short > rows { break }
                continue
            }
            guard isRow(i + groups, labels, count) else { break }
            for k in i..<(i + groups) {
                builder.beginRow()
                builder.add(cell(k))
            }
            i += groups
            builder.beginRow()
            for k in i..<(i + labels + count) { builder.add(cell(k)) }
            rows += 1
            i += labels + count
        }
        guard rows >= 2 else { return nil }
        return builder.grid().map { ($0, i) }
    }

    private func cell(_ i: Int) -> Passage { Layout.fold(s, [lines[i].range], base) }

    // MARK: Heads

    /// The rows of heads that lines make, for so many columns of names and of figures; nil where they do not.
    private func heads(_ range: Range<Int>, _ count: Int, _ labels: Int) -> [[PackedRows.Cell]]? {
        var cells: [[Range<Int>]] = []
        for i in range {
            guard let native = AlignedColumns.native(s, lines[i].range), !isFormula(native) else { continue }
            // （亿元） under its head.
            if isBracket(native), let last = cells.indices.last {
                cells[last].append(native)
            } else {
                cells.append([native])
            }
        }
        // 比上年同期 and 增长（%） in two lines.
        var k = 0
        while cells.count > count, k + 1 < cells.count {
            if let end = cells[k].last, let next = cells[k + 1].first,
                lexicon.heads.ends(Array(s[end]), before: end.count, .change) > 0,
                lexicon.heads.begins(s, at: next.lowerBound, .change) > 0
            {
                cells[k] += cells[k + 1]
                cells.remove(at: k + 1)
            }
            k += 1
        }
        func cell(_ pieces: [Range<Int>], columns: Int = 1, rows: Int = 1) -> PackedRows.Cell {
            PackedRows.Cell(passage: Layout.fold(s, pieces, base), columns: columns, rows: rows)
        }
        let empty = Passage(scalars: [], origin: [])
        // 公式 A=B+C: the letters are gone, their name stays.
        if cells.count == count + labels + 1, let last = cells.last,
            lexicon.heads.isWhole(HeadReader.folded(last.flatMap { Array(s[$0]) }), .formula)
        {
            cells.removeLast()
        }
        var words = cells.map { $0.flatMap { Array(s[$0]) } }
        if GroupedHeads.goOn(words, names: labels, count: count) {
            cells.removeLast(cells.count - labels - count)
            words.removeLast(words.count - labels - count)
        }
        if let (groups, parts) = GroupedHeads.withTotals(words, names: labels, count: count) {
            let upper = cells[labels..<(labels + groups)].map { cell($0, columns: parts + 1) }
            let lower = cells.suffix(groups * parts).map { cell($0) }
            return [
                cells.prefix(labels).map { cell($0, rows: 2) } + upper,
                (0..<groups).flatMap { k in
                    [PackedRows.Cell(passage: empty)] + lower[(k * parts)..<((k + 1) * parts)]
                },
            ]
        }
        if cells.count == count + labels, labels > 1 || isCorner(cells[0], of: count) {
            return [cells.map { cell($0) }]
        }
        if cells.count == count, !cells.contains(where: { $0[0].count > 24 }) {
            return [(0..<labels).map { _ in PackedRows.Cell(passage: empty) } + cells.map { cell($0) }]
        }
        let groups = cells.count - count - labels
        guard groups > 1, groups < count, count % groups == 0 else { return nil }
        let lower = cells.suffix(count).map { $0.flatMap { Array(s[$0]) } }
        guard lower.indices.dropFirst(count / groups).allSatisfy({ lower[$0] == lower[$0 - count / groups] }) else {
            return nil
        }
        return [
            cells.prefix(labels).map { cell($0, rows: 2) }
                + cells[labels..<(labels + groups)].map { cell($0, columns: count / groups) },
            cells.suffix(count).map { cell($0) },
        ]
    }

    /// A, or A=B+C: what numbers columns.
    private func isFormula(_ range: Range<Int>) -> Bool {
        guard Glyph.isLetter(s[range.lowerBound]), !s[range].contains(where: Glyph.isHan) else { return false }
        return range.count == 1 || s[range].contains(0x3D)
    }

    /// Whether a line may head the names of rows; a title does not.
    private func isCorner(_ pieces: [Range<Int>], of count: Int) -> Bool {
        let range = pieces[0]
        if count > 2 && range.count <= 6 || lexicon.heads.isWhole(HeadReader.folded(Array(s[range])), .corner) {
            return true
        }
        return range.count <= Self.longestCorner && lexicon.heads.begins(s, at: range.lowerBound, .number) == 0
    }

    private func isBracket(_ range: Range<Int>) -> Bool {
        guard range.count > 2, range.count <= 16 else { return false }
        let (first, last) = (s[range.lowerBound], s[range.upperBound - 1])
        return (first == 0x28 || first == 0xFF08) && (last == 0x29 || last == 0xFF09)
    }

    // MARK: Rows

    /// How many lines name a row: the fewest between the numbers of the first rows.
    private func labels(behind start: Int, _ count: Int) -> Int {
        var fewest = 4
        var i = start
        var looked = 0
        while i < end, looked < 6 {
            var j = i
            while j < end, j - i < 4, !isNumber(j) { j += 1 }
            guard j < end, j > i else { break }
            fewest = min(fewest, j - i)
            looked += 1
            i = j
            while i < end, i - j <= Self.mostColumns, isNumber(i) { i += 1 }
        }
        return looked == 0 || fewest == 4 ? 1 : fewest
    }

    private func isRow(_ i: Int, _ labels: Int, _ count: Int) -> Bool {
        guard i + labels + count <= end, (i..<i + labels).allSatisfy({ !isNumber($0) }) else { return false }
        return (i + labels..<i + labels + count).allSatisfy(isNumber)
            && (i + labels + count == end || !isNumber(i + labels + count))
    }

    /// A name with fewer numbers than the table has columns.
    private func isShort(_ i: Int, _ labels: Int, _ count: Int) -> Bool {
        guard i + labels < end, (i..<i + labels).allSatisfy({ !isNumber($0) }), isNumber(i + labels) else {
            return false
        }
        var j = i + labels
        while j < end, isNumber(j) { j += 1 }
        return j - i - labels < count && j < end
    }

    /// # 食品 in front of its numbers is a name, elsewhere a heading.
    private func isCell(_ i: Int) -> Bool {
        let range = lines[i].range
        guard range.count <= Self.longest else { return false }
        for k in range where s[k] == 0x3002 || s[k] == 0x7C || s[k] == 0xFF1B || s[k] == 0x23 {
            guard s[k] == 0x23, k == range.lowerBound, i + 2 < lines.count, isNumber(i + 1) || isNumber(i + 2) else {
                return false
            }
        }
        return true
    }

    private func isNumber(_ i: Int) -> Bool {
        TextGrids.isNumber(s, lines[i].range, lexicon) && !(isOfYears && TextGrids.isYear(s, lines[i].range))
    }

    private func isFigure(_ i: Int) -> Bool {
        isNumber(i) && !TextGrids.isYear(s, lines[i].range) && s[lines[i].range].contains(where: Glyph.isDigit)
    }
}
