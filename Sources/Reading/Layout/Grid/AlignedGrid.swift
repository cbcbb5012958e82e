/// Tables whose columns are set apart by blanks alone, as in text made of PDF pages: heads over several lines and
/// columns, names of rows that take several lines, cells left out.
struct AlignedGrid {
    private let lines: [TextLine]
    private let s: [UInt32]
    private let base: Int
    private let lexicon: Lexicon

    /// The most scalars of a line of a table that stands alone in it.
    private static let longestName = 40
    private static let longestPiece = 60

    /// A line of the table.
    private struct Line {
        var index: Int
        var start: Int
        var pieces: [Range<Int>]
        var isFigures: Bool

        func at(_ piece: Range<Int>) -> Int { piece.lowerBound - start }
    }

    /// A row with the pieces of each of its cells.
    private struct Row {
        var cells: [[Range<Int>]]
        var indent: Int
        var first: Int
    }

    /// The table that begins with a line; nil where none does.
    static func read(_ lines: [TextLine], from start: Int, _ s: [UInt32], _ base: Int, _ lexicon: Lexicon)
        -> (Grid, Int)?
    {
        guard hasGap(s, lines[start].range), !isNumbered(s, lines[start].range) else { return nil }
        return AlignedGrid(lines: lines, s: s, base: base, lexicon: lexicon).read(from: start)
    }

    /// 表3   2025年…: the title of a table, whatever blanks stand in it.
    private static func isNumbered(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        var i = range.lowerBound
        while i < range.upperBound, [0x8868, 0x56FE, 0x9644].contains(s[i]) { i += 1 }
        guard i > range.lowerBound else { return false }
        while i < range.upperBound, Glyph.isBlank(s[i]) { i += 1 }
        return i < range.upperBound && (Glyph.isDigit(s[i]) || Glyph.digit(s[i]) != nil)
    }

    private static func hasGap(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        guard range.count <= 400 else { return false }
        for i in range.dropLast() where Glyph.isBlank(s[i]) {
            if Glyph.isBlank(s[i + 1]) || s[i] == 0x3000 || s[i] == 9 { return true }
        }
        return false
    }

    private func read(from start: Int) -> (Grid, Int)? {
        guard let (lower, body, next) = collect(from: start) else { return nil }
        let heads = above(start) + lower
        let figures = body.filter(\.isFigures)
        var head = AlignedHead(heads.map { line in line.pieces.map { (range: $0, at: line.at($0)) } })
        guard let count = width(of: figures, heads: head.stacks.count), count >= 2 else { return nil }
        let columns = columns(figures, count)
        guard columns.count == count else { return nil }
        head.reduce(to: count)
        let owners = owners(head.stacks, columns)
        let rows = rows(body, columns, firsts: firsts(head.stacks, owners))
        var builder = GridBuilder()
        add(head.stacks, owners, to: &builder)
        for row in rows {
            builder.beginRow()
            for (i, cell) in row.cells.enumerated() {
                builder.add(Layout.fold(s, cell, base), indent: i == 0 ? row.indent : 0)
            }
        }
        return builder.grid().map { ($0, next) }
    }

    // MARK: Lines

    /// Heads that stand alone in their lines above the first line of several: between the line that tells the unit,
    /// at the right, and the table.
    private func above(_ start: Int) -> [Line] {
        var first = start
        while first > 0, start - first < 5, !lines[first].blankBefore || first == start {
            let range = lines[first - 1].range
            let indent = range.lowerBound - lines[first - 1].start(s)
            let isUnit = s[range].contains { $0 == 0xFF1A || $0 == 0x3A }
            if isUnit {
                return (first..<start).map { i in
                    Line(index: i, start: lines[i].start(s), pieces: [lines[i].range], isFigures: false)
                }
            }
            guard range.count <= 16, indent >= 4, !Self.hasGap(s, range), !s[range].contains(where: Glyph.endsClause)
            else { break }
            first -= 1
            if lines[first].blankBefore, first > 0,
                s[lines[first - 1].range].contains(where: { $0 == 0xFF1A || $0 == 0x3A })
            {
                return (first..<start).map { i in
                    Line(index: i, start: lines[i].start(s), pieces: [lines[i].range], isFigures: false)
                }
            }
        }
        return []
    }

    /// The lines of heads and of rows, and the line behind the table.
    private func collect(from start: Int) -> (heads: [Line], body: [Line], next: Int)? {
        var heads: [Line] = []
        var body: [Line] = []
        var lastFigures = -1
        var figures = 0
        var i = start
        while i < lines.count, i - start < 20_000 {
            let range = lines[i].range
            guard !isProse(range) else { break }
            let from = lines[i].start(s)
            let pieces = AlignedColumns.figures(s, range, lexicon)
            let isFigures = isFigures(pieces, isHead: body.isEmpty)
            if isFigures {
                if body.isEmpty, heads.isEmpty { return nil }
                body.append(Line(index: i, start: from, pieces: pieces, isFigures: true))
                figures += 1
                lastFigures = i
            } else if body.isEmpty {
                let heading = AlignedColumns.heads(s, range)
                if heading.contains(where: { $0.count > Self.longestPiece }) { break }
                if !isNumbering(pieces) { heads.append(Line(index: i, start: from, pieces: heading, isFigures: false)) }
                if heads.count > 10 { return nil }
            } else {
                // The number of a note that hangs over its line.
                if pieces.count == 1, range.count <= 2, TextGrids.isNumber(s, range, lexicon) {
                    i += 1
                    continue
                }
                if pieces.count > 1 || range.count > Self.longestName || opensAnother(i) { break }
                body.append(Line(index: i, start: from, pieces: pieces, isFigures: false))
            }
            i += 1
        }
        guard figures >= 2 || figures == 1 && heads.count >= 1 && (body.first { $0.isFigures }?.pieces.count ?? 0) >= 3
        else { return nil }
        // A wrapped name may end behind the last figures.
        var next = lastFigures + 1
        if next < i, next < lines.count, closesName(next, body.last { $0.isFigures }) { next += 1 }
        return (heads, body.filter { $0.index < next }, next)
    }

    private func isProse(_ range: Range<Int>) -> Bool {
        if s[range.lowerBound] == 0x7C { return true }
        // # 住户存款 in front of its figures is no heading.
        if s[range.lowerBound] == 0x23 {
            let pieces = AlignedColumns.figures(s, range, lexicon)
            return pieces.count < 2 || !TextGrids.isNumber(s, pieces[pieces.count - 1], lexicon)
        }
        let marks = s[range].count { $0 == 0x3002 || $0 == 0xFF1B }
        if marks > 0 { return true }
        guard range.count > Self.longestName else { return false }
        // A long line without a gap, or with commas, is running text.
        return !Self.hasGap(s, range) || s[range].contains(0xFF0C) && AlignedColumns.cells(s, range).count < 3
    }

    private func isFigures(_ pieces: [Range<Int>], isHead: Bool) -> Bool {
        guard pieces.count >= 2 || pieces.count == 1 && !isHead else { return false }
        let numbers = pieces.filter { TextGrids.isNumber(s, $0, lexicon) }
        guard !numbers.isEmpty,
            numbers.contains(where: { piece in s[piece].contains { Glyph.isDigit($0) || NumeralScalars.isDash($0) } })
        else { return false }
        if isHead {
            // Years head columns.
            if numbers.allSatisfy({ TextGrids.isYear(s, $0) }) { return false }
            if isNumbering(pieces) { return false }
            let figures = numbers.filter { !TextGrids.isYear(s, $0) && s[$0].contains(where: Glyph.isDigit) }
            return !figures.isEmpty
                && (numbers.count * 2 >= pieces.count || pieces.count <= 4 && numbers.last == pieces.last)
        }
        return numbers.count > 0
            && (pieces.count == 1 ? s[pieces[0]].contains(0x2E) || s[pieces[0]].contains(0x2C) : true)
    }

    /// A=B+C, B and C, or 1, 2 and 3: what numbers columns.
    private func isNumbering(_ pieces: [Range<Int>]) -> Bool {
        let rest = pieces.dropFirst()
        guard rest.count >= 2 else { return false }
        let letters = rest.filter { piece in
            piece.count <= 12 && (Glyph.isLetter(s[piece.lowerBound]) || s[piece].contains(0x3D))
                && s[piece].allSatisfy { !Glyph.isHan($0) } && (piece.count == 1 || s[piece].contains(0x3D))
        }
        return letters.count == rest.count
    }

    /// Whether a line that stands alone is over the heads of another table.
    private func opensAnother(_ i: Int) -> Bool {
        var j = i + 1
        while j < min(lines.count, i + 5) {
            let pieces = AlignedColumns.figures(s, lines[j].range, lexicon)
            if pieces.count > 1 {
                return !pieces.contains { TextGrids.isNumber(s, $0, lexicon) && !TextGrids.isYear(s, $0) }
            }
            if pieces.count == 1, TextGrids.isNumber(s, pieces[0], lexicon) { return false }
            j += 1
        }
        return false
    }

    /// 核算数）: the rest of a name whose bracket opened above.
    private func closesName(_ i: Int, _ row: Line?) -> Bool {
        let range = lines[i].range
        guard range.count <= Self.longestName, AlignedColumns.cells(s, range).count == 1 else { return false }
        return depth(range) < 0
    }

    private func depth(_ range: Range<Int>) -> Int {
        range.reduce(0) { depth, i in
            switch s[i] {
            case 0x28, 0xFF08: depth + 1
            case 0x29, 0xFF09: depth - 1
            default: depth
            }
        }
    }

    // MARK: Columns

    /// How many cells the rows have: the most that more than one has.
    private func width(of figures: [Line], heads: Int) -> Int? {
        var counts: [Int: Int] = [:]
        for line in figures { counts[line.pieces.count, default: 0] += 1 }
        if let most = counts.keys.max(), most == heads { return most }
        let needed = figures.count > 2 ? 2 : 1
        return counts.filter { $0.value >= needed }.keys.max() ?? counts.keys.max()
    }

    /// From where to where each column reaches, told by the rows that fill all.
    private func columns(_ figures: [Line], _ count: Int) -> [Range<Int>] {
        var columns: [Range<Int>] = []
        for line in figures where line.pieces.count == count {
            for (k, piece) in line.pieces.enumerated() {
                let span = line.at(piece)..<(line.at(piece) + piece.count)
                if k < columns.count {
                    columns[k] =
                        min(columns[k].lowerBound, span.lowerBound)..<max(columns[k].upperBound, span.upperBound)
                } else {
                    columns.append(span)
                }
            }
        }
        return columns
    }

    /// The first column under each of the heads that stand over several, where those are as many each; else nothing.
    private func firsts(_ stacks: [AlignedHead.Stack], _ owners: [Int?]) -> [Int] {
        var firsts: [Int] = []
        var sizes: [Int] = []
        var last: Range<Int>?
        for (column, owner) in owners.enumerated().dropFirst() {
            guard let owner, let group = stacks[owner < 0 ? -1 - owner : owner].groups.first else { return [] }
            if group == last {
                sizes[sizes.count - 1] += 1
            } else {
                firsts.append(column)
                sizes.append(1)
                last = group
            }
        }
        return firsts.count > 1 && Set(sizes).count == 1 && sizes[0] > 1 ? firsts : []
    }

    /// Gives the pieces of a line to columns, in order, each to the nearest that it can have.
    private func placed(_ line: Line, _ columns: [Range<Int>], _ firsts: [Int]) -> [Int]? {
        let (n, m) = (line.pieces.count, columns.count)
        guard n <= m else { return nil }
        if n == m { return Array(0..<m) }
        // One figure for each of the heads above: what stands in their first columns.
        if n == firsts.count + 1, n > 2, let name = line.pieces.first, !TextGrids.isNumber(s, name, lexicon) {
            return [0] + firsts
        }
        // best[i][j]: the least cost of the first i pieces within the first j columns.
        var best = [[Int]](repeating: [Int](repeating: Int.max / 4, count: m + 1), count: n + 1)
        for j in 0...m { best[0][j] = 0 }
        for i in 1...n {
            for j in i...m {
                best[i][j] = min(best[i][j - 1], best[i - 1][j - 1] + cost(line, i - 1, columns[j - 1], j == 1))
            }
        }
        var places = [Int](repeating: 0, count: n)
        var j = m
        for i in stride(from: n, to: 0, by: -1) {
            while j > i, best[i][j] == best[i][j - 1] { j -= 1 }
            places[i - 1] = j - 1
            j -= 1
        }
        return places
    }

    private func cost(_ line: Line, _ index: Int, _ column: Range<Int>, _ isFirst: Bool) -> Int {
        let piece = line.pieces[index]
        let at = line.at(piece)
        let span = at..<(at + piece.count)
        let off = min(
            abs(span.upperBound - column.upperBound), abs(span.lowerBound - column.lowerBound),
            abs(span.lowerBound + span.upperBound - column.lowerBound - column.upperBound) / 2)
        // Names stand in front, numbers behind.
        let isNumber = TextGrids.isNumber(s, piece, lexicon)
        let wrong = isFirst && isNumber || !isFirst && !isNumber && index == 0
        return (span.overlaps(column) ? off / 2 : off) + (wrong ? 200 : 0)
    }

    // MARK: Rows

    private func rows(_ body: [Line], _ columns: [Range<Int>], firsts: [Int]) -> [Row] {
        var rows: [Row] = []
        var pending: Line?
        for (k, line) in body.enumerated() {
            guard line.isFigures else {
                let name = line.pieces.first ?? line.start..<line.start
                if let last = rows.indices.last,
                    opens(rows[last]) || depth(name) < 0 || goesOn(name, rows[last], body, k)
                {
                    rows[last].cells[0].append(name)
                } else if startsName(name, body, k) {
                    if let before = pending { rows.append(alone(before)) }
                    pending = line
                } else {
                    rows.append(alone(line))
                }
                continue
            }
            guard let places = placed(line, columns, firsts) else {
                if let before = pending { rows.append(alone(before)) }
                pending = nil
                continue
            }
            // 1,234, over 567.8: the number goes on in the next line.
            if let last = rows.indices.last, pending == nil, joins(&rows[last], line, places) { continue }
            var row = Row(cells: Array(repeating: [], count: columns.count), indent: 0, first: line.index)
            for (piece, place) in zip(line.pieces, places) { row.cells[place].append(piece) }
            if let before = pending, let name = before.pieces.first {
                row.cells[0].insert(name, at: 0)
                row.indent = before.at(name)
                pending = nil
            } else {
                row.indent = row.cells[0].first.map(line.at) ?? 0
            }
            rows.append(row)
        }
        if let before = pending { rows.append(alone(before)) }
        return rows
    }

    private func alone(_ line: Line) -> Row {
        let name = line.pieces.first ?? line.start..<line.start
        return Row(cells: [[name]], indent: line.at(name), first: line.index)
    }

    /// Whether the name of a row still lacks the end of a bracket.
    private func opens(_ row: Row) -> Bool { row.cells[0].reduce(0) { $0 + depth($1) } > 0 }

    /// Whether a name alone in its line begins the name of the row below.
    private func startsName(_ name: Range<Int>, _ body: [Line], _ k: Int) -> Bool {
        guard k + 1 < body.count, body[k + 1].isFigures else { return false }
        if depth(name) > 0 { return true }
        guard let first = body[k + 1].pieces.first else { return false }
        return TextGrids.isNumber(s, first, lexicon)
    }

    /// Whether a name alone in its line ends that of the row above, which has none of its own in its line.
    private func goesOn(_ name: Range<Int>, _ row: Row, _ body: [Line], _ k: Int) -> Bool {
        guard row.cells.count > 1, row.cells[0].count == 1, let first = row.cells[0].first, k > 0, body[k - 1].isFigures
        else { return false }
        // Its only piece stands in the line above the figures.
        return first.upperBound < body[k - 1].start && !(k + 1 < body.count && startsName(name, body, k))
    }

    /// Joins a line to the row above where a number of that row ends with its comma.
    private func joins(_ row: inout Row, _ line: Line, _ places: [Int]) -> Bool {
        let isOpen = row.cells.contains { cell in cell.last.map { s[$0.upperBound - 1] == 0x2C } ?? false }
        guard isOpen else { return false }
        for (piece, place) in zip(line.pieces, places) where place < row.cells.count {
            row.cells[place].append(piece)
        }
        return true
    }

    // MARK: Heads

    /// Which head each column has, if any.
    private func owners(_ stacks: [AlignedHead.Stack], _ columns: [Range<Int>]) -> [Int?] {
        var owners = [Int?](repeating: nil, count: columns.count)
        if stacks.count == columns.count {
            for i in columns.indices { owners[i] = i }
        } else if let totals = withTotals(stacks, columns.count) {
            owners = totals
        } else if stacks.count + 1 == columns.count {
            for i in stacks.indices { owners[i + 1] = i }
        } else {
            place(stacks, columns, &owners)
        }
        return owners
    }

    /// A head over several columns whose first one has no head of its own, as it holds their sum: which head each
    /// column has, below 0 where it only has the one above that head's; nil where the heads are no such.
    private func withTotals(_ stacks: [AlignedHead.Stack], _ count: Int) -> [Int?]? {
        var owners: [Int?] = []
        var last: Range<Int>?
        for (i, stack) in stacks.enumerated() {
            if let group = stack.groups.first, group != last {
                owners.append(-1 - i)
                last = group
            }
            owners.append(i)
        }
        return owners.count == count && owners.contains { ($0 ?? 0) < 0 } ? owners : nil
    }

    private func add(_ stacks: [AlignedHead.Stack], _ owners: [Int?], to builder: inout GridBuilder) {
        let depth = stacks.map(\.groups.count).max() ?? 0
        for level in 0..<depth {
            builder.beginRow()
            var i = 0
            while i < owners.count {
                let group = group(owners[i], stacks, level, depth)
                var next = i + 1
                while group != nil, next < owners.count, self.group(owners[next], stacks, level, depth) == group {
                    next += 1
                }
                builder.add(
                    group.map { Layout.fold(s, [$0], base) } ?? Passage(scalars: [], origin: []), columns: next - i)
                i = next
            }
        }
        builder.beginRow()
        for owner in owners {
            let pieces = owner.map { $0 < 0 ? [] : stacks[$0].pieces } ?? []
            builder.add(Layout.fold(s, pieces.sorted { $0.lowerBound < $1.lowerBound }, base))
        }
    }

    private func group(_ owner: Int?, _ stacks: [AlignedHead.Stack], _ level: Int, _ depth: Int) -> Range<Int>? {
        guard let owner else { return nil }
        let groups = stacks[owner < 0 ? -1 - owner : owner].groups
        let missing = depth - groups.count
        return level >= missing ? groups[level - missing] : nil
    }

    /// Where there are more or fewer heads than columns, each head goes to the column that it stands nearest to.
    private func place(_ stacks: [AlignedHead.Stack], _ columns: [Range<Int>], _ owners: inout [Int?]) {
        var next = 0
        for (i, stack) in stacks.enumerated() {
            let nearest = (next..<columns.count).min { a, b in
                abs(columns[a].lowerBound + columns[a].upperBound - stack.center)
                    < abs(columns[b].lowerBound + columns[b].upperBound - stack.center)
            }
            guard let nearest else { return }
            owners[nearest] = i
            next = nearest + 1
        }
    }
}
