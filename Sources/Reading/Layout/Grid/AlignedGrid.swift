/// Tables whose columns are set apart by blanks alone, as in text made of PDF pages: heads over several lines and
/// columns, names of rows that take several lines, cells left out.
struct AlignedGrid {
    private let lines: [TextLine]
    private let s: [UInt32]
    private let base: Int
    private let lexicon: Lexicon
    /// Whether columns stand where ideographs take two places, as on a screen, and not one, as in text made of PDF pages.
    private var isWide = false

    /// The most scalars of a line of a table that stands alone in it.
    private static let longestName = 40
    private static let longestPiece = 60
    private static let longestLine = 1_000
    /// So many rows tell how the columns are set.
    private static let measured = 40

    /// A line of the table.
    private struct Line {
        var index: Int
        var start: Int
        var pieces: [Range<Int>]
        var isFigures: Bool

    }

    /// A row with the pieces of each of its cells.
    private struct Row {
        var cells: [[Range<Int>]]
        var indent: Int
        var first: Int
    }

    /// The table that begins with a line; nil where none does.
    ///
    /// - Parameter byWideBlanks: only where one full-width blank sets the line's words apart, and nothing else does.
    static func read(
        _ lines: [TextLine], from start: Int, _ s: [UInt32], _ base: Int, _ lexicon: Lexicon,
        byWideBlanks: Bool = false
    ) -> (Grid, Int)? {
        let range = lines[start].range
        if byWideBlanks, !hasGap(s, range) { return nil }
        let opens = hasGap(s, range, byWideBlanks: false) || opensHeads(lines, start, s, lexicon)
        guard opens != byWideBlanks, !isNumbered(s, range) else { return nil }
        var grid = AlignedGrid(lines: lines, s: s, base: base, lexicon: lexicon)
        return grid.read(from: start)
    }

    /// 表3   2025年…: the title of a table, whatever blanks stand in it.
    private static func isNumbered(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        var i = range.lowerBound
        while i < range.upperBound, [0x8868, 0x56FE, 0x9644].contains(s[i]) { i += 1 }
        guard i > range.lowerBound else { return false }
        while i < range.upperBound, Glyph.isBlank(s[i]) { i += 1 }
        return i < range.upperBound && (Glyph.isDigit(s[i]) || Glyph.digit(s[i]) != nil)
    }

    /// Whether a line without gaps is one of heads, crowded over the figures in one of the next lines.
    private static func opensHeads(_ lines: [TextLine], _ start: Int, _ s: [UInt32], _ lexicon: Lexicon) -> Bool {
        let range = lines[start].range
        guard range.count <= longestPiece, s[range].contains(where: Glyph.isBlank),
            AlignedColumns.heads(s, range).count >= 2
        else { return false }
        for i in start..<min(lines.count, start + 7) {
            let range = lines[i].range
            guard range.count <= 160, !s[range].contains(where: { [0x3002, 0xFF0C, 0xFF1B, 0x7C].contains($0) }),
                i == start || !lines[i].blankBefore
            else { return false }
            guard i > start, hasGap(s, range) else { continue }
            let pieces = AlignedColumns.figures(s, range, lexicon)
            let numbers = pieces.count { TextGrids.isNumber(s, $0, lexicon) && !TextGrids.isYear(s, $0) }
            if numbers >= 2 { return numbers + 1 >= pieces.count }
        }
        return false
    }

    private static func hasGap(_ s: [UInt32], _ range: Range<Int>, byWideBlanks: Bool = true) -> Bool {
        guard range.count <= longestLine else { return false }
        for i in range.dropLast() where Glyph.isBlank(s[i]) {
            if Glyph.isBlank(s[i + 1]) || s[i] == 0x3000 && byWideBlanks || s[i] == 9 { return true }
        }
        return false
    }

    private mutating func read(from start: Int) -> (Grid, Int)? {
        guard let (lower, body, next) = collect(from: start) else { return nil }
        let all = above(start) + lower
        let figures = body.filter(\.isFigures)
        guard let count = width(of: figures, heads: all), count >= 2 else { return nil }
        isWide = isSetWide(figures, count)
        let columns = columns(figures, count)
        guard columns.count == count else { return nil }
        var (heads, names) = wrapped(all, body, columns)
        let groups = groups(over: &heads, columns)
        // Behind the last figures only the rest of their name belongs to the table.
        let rest = body.indices.last { body[$0].isFigures || names.joins($0) } ?? 0
        let named = figures.count { line in line.pieces.first.map { TextGrids.isNumber(s, $0, lexicon) } == false }
        let head = AlignedHead.columns(
            s, heads.map { line in line.pieces.map { (range: $0, at: at(line, $0), width: width($0)) } }, over: columns,
            hasNames: named * 2 > figures.count)
        let rows = rows(Array(body[...rest]), columns, texts(figures, count), names, firsts: firsts(head))
        var builder = GridBuilder()
        add(head, to: &builder)
        for row in groups + rows {
            builder.beginRow()
            for (i, cell) in row.cells.enumerated() {
                builder.add(Layout.fold(s, cell, base), indent: i == 0 ? row.indent : 0)
            }
        }
        return builder.grid().map { ($0, max(next, body[rest].index + 1)) }
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
            guard range.count <= 16, indent >= 4, !Self.hasGap(s, range), !s[range].contains(where: Glyph.endsClause),
                !TextGrids.isNumber(s, range, lexicon) || TextGrids.isYear(s, range)
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
            let pieces = AlignedColumns.withoutGloss(s, AlignedColumns.figures(s, range, lexicon))
            let isFigures = isFigures(pieces, isHead: body.isEmpty)
            if isFigures {
                if body.isEmpty, heads.isEmpty { return nil }
                body.append(Line(index: i, start: from, pieces: pieces, isFigures: true))
                figures += 1
                lastFigures = i
            } else if body.isEmpty {
                let heading = AlignedColumns.heads(s, range).compactMap { AlignedColumns.native(s, $0) }
                if heading.contains(where: { $0.count > Self.longestPiece }) { break }
                // 部门：… 2024年度 单位：万元: the line over a table, not one of its heads.
                if let last = heading.last, tellsUnit(last), heading.count == 1 || !tellsUnit(heading[0]) { return nil }
                let isPage =
                    heading.count == 1 && TextGrids.isNumber(s, heading[0], lexicon) && !TextGrids.isYear(s, heading[0])
                if !isNumbering(pieces), !heading.isEmpty, !isPage {
                    heads.append(Line(index: i, start: from, pieces: heading, isFigures: false))
                }
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
        let next = lastFigures + 1
        let isWrapped = body.contains { !$0.isFigures && $0.index < lastFigures }
        return (
            heads,
            body.filter {
                $0.index < next
                    || $0.index < next + 3 && !lines[$0.index].blankBefore
                        && (isWrapped || depth(lines[$0.index].range) < 0)
            }, next
        )
    }

    /// 单位：万元, with nothing in front.
    private func tellsUnit(_ piece: Range<Int>) -> Bool {
        let piece = Array(s[piece])
        guard let start = lexicon.heads.unitLabel(piece), start <= 8 else { return false }
        return !TableUnit.list(HeadReader.folded(Array(piece[start...])), lexicon).isEmpty
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
        if counts(pieces) { return true }
        let rest = pieces.dropFirst()
        guard rest.count >= 2 else { return false }
        let letters = rest.filter { piece in
            piece.count <= 12 && (Glyph.isLetter(s[piece.lowerBound]) || s[piece].contains(0x3D))
                && s[piece].allSatisfy { !Glyph.isHan($0) } && (piece.count == 1 || s[piece].contains(0x3D))
        }
        return letters.count == rest.count
    }

    /// 1 2 3 4, from the first column or from the second on.
    private func counts(_ pieces: [Range<Int>]) -> Bool {
        let numbers = pieces.map { piece -> Int? in
            guard piece.count <= 2, s[piece].allSatisfy(Glyph.isDigit) else { return nil }
            return piece.reduce(0) { $0 * 10 + Int(s[$1] - 0x30) }
        }
        let from = numbers.first == .some(nil) ? 1 : 0
        guard numbers.count - from >= 3, let first = numbers[from], first == 1 || first == 2 else { return false }
        return numbers.indices.dropFirst(from).allSatisfy { numbers[$0] == first + $0 - from }
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
    private func width(of figures: [Line], heads: [Line]) -> Int? {
        var counts: [Int: Int] = [:]
        for line in figures { counts[line.pieces.count, default: 0] += 1 }
        if let most = counts.keys.max(),
            heads.contains(where: { $0.pieces.count == most || $0.pieces.count == most - 1 })
        {
            return most
        }
        let needed = figures.count > 2 ? 2 : 1
        return counts.filter { $0.value >= needed }.keys.max() ?? counts.keys.max()
    }

    /// How many places a piece of a line takes.
    private func width(_ piece: Range<Int>) -> Int {
        isWide ? piece.reduce(0) { $0 + (Glyph.isWide(s[$1]) ? 2 : 1) } : piece.count
    }

    /// Where a piece begins in its line.
    private func at(_ line: Line, _ piece: Range<Int>) -> Int { width(line.start..<piece.lowerBound) }

    /// From where to where a piece reaches in its line.
    private func span(_ line: Line, _ piece: Range<Int>) -> Range<Int> {
        let at = at(line, piece)
        return at..<(at + width(piece))
    }

    /// Whether the edges of columns come nearer to one line where ideographs take two places.
    private func isSetWide(_ figures: [Line], _ count: Int) -> Bool {
        let full = figures.lazy.filter { $0.pieces.count == count }.prefix(Self.measured)
        func scatter(_ isWide: Bool) -> Int {
            var grid = self
            grid.isWide = isWide
            var edges = [(left: ClosedRange<Int>, right: ClosedRange<Int>)]()
            for line in full {
                for (k, piece) in line.pieces.enumerated() {
                    let span = grid.span(line, piece)
                    guard k < edges.count else {
                        edges.append((span.lowerBound...span.lowerBound, span.upperBound...span.upperBound))
                        continue
                    }
                    let (left, right) = edges[k]
                    edges[k] = (
                        min(left.lowerBound, span.lowerBound)...max(left.upperBound, span.lowerBound),
                        min(right.lowerBound, span.upperBound)...max(right.upperBound, span.upperBound)
                    )
                }
            }
            return edges.reduce(0) { $0 + min($1.left.count, $1.right.count) }
        }
        return scatter(true) < scatter(false)
    }

    /// From where to where each column reaches, told by the rows that fill all.
    private func columns(_ figures: [Line], _ count: Int) -> [Range<Int>] {
        var columns: [Range<Int>] = []
        for line in figures where line.pieces.count == count {
            for (k, piece) in line.pieces.enumerated() {
                let span = span(line, piece)
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
    private func firsts(_ columns: [AlignedHead.Column]) -> [Int] {
        var firsts: [Int] = []
        var sizes: [Int] = []
        var last: Range<Int>?
        for (i, column) in columns.enumerated().dropFirst() {
            guard let group = column.groups.first else { return [] }
            if group == last {
                sizes[sizes.count - 1] += 1
            } else {
                firsts.append(i)
                sizes.append(1)
                last = group
            }
        }
        return firsts.count > 1 && Set(sizes).count == 1 && sizes[0] > 1 ? firsts : []
    }

    /// Which columns hold words, told by the rows that fill all.
    private func texts(_ figures: [Line], _ count: Int) -> [Bool] {
        var texts = [Int](repeating: 0, count: count)
        var rows = 0
        for line in figures where line.pieces.count == count && rows < 40 {
            rows += 1
            for (k, piece) in line.pieces.enumerated() where !TextGrids.isNumber(s, piece, lexicon) { texts[k] += 1 }
        }
        return texts.map { $0 * 2 > rows }
    }

    /// Gives the pieces of a line to columns, in order, each to the nearest that it can have.
    private func placed(_ line: Line, _ columns: [Range<Int>], _ isText: [Bool], _ firsts: [Int]) -> [Int]? {
        let (n, m) = (line.pieces.count, columns.count)
        guard n <= m else { return nil }
        if n == m { return Array(0..<m) }
        // One figure for each of the heads above: what stands in their first columns.
        if n == firsts.count + 1, n > 2, let name = line.pieces.first, !TextGrids.isNumber(s, name, lexicon) {
            return [0] + firsts
        }
        let spans = line.pieces.map { span(line, $0) }
        // best[i][j]: the least cost of the first i pieces within the first j columns.
        var best = [[Int]](repeating: [Int](repeating: Int.max / 4, count: m + 1), count: n + 1)
        for j in 0...m { best[0][j] = 0 }
        for i in 1...n {
            for j in i...m {
                best[i][j] = min(
                    best[i][j - 1], best[i - 1][j - 1] + cost(line, i - 1, spans[i - 1], columns[j - 1], isText[j - 1]))
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

    private func cost(
        _ line: Line, _ index: Int, _ span: Range<Int>, _ column: Range<Int>, _ isText: Bool
    ) -> Int {
        let piece = line.pieces[index]
        let off = min(
            abs(span.upperBound - column.upperBound), abs(span.lowerBound - column.lowerBound),
            abs(span.lowerBound + span.upperBound - column.lowerBound - column.upperBound) / 2)
        // Names stand in front, numbers behind.
        let isNumber = TextGrids.isNumber(s, piece, lexicon)
        let wrong = isText && isNumber || !isText && !isNumber && index == 0
        return (span.overlaps(column) ? off / 2 : off) + (wrong ? 200 : 0)
    }

    // MARK: Rows

    private func rows(
        _ body: [Line], _ columns: [Range<Int>], _ isText: [Bool], _ names: AlignedNames, firsts: [Int]
    ) -> [Row] {
        var rows: [Row] = []
        for (k, line) in body.enumerated() {
            guard line.isFigures else {
                guard let piece = line.pieces.first else { continue }
                if names.joins(k) { continue }
                // The rest of what stands in another column.
                let column = columns.lastIndex { $0.lowerBound <= at(line, piece) } ?? 0
                if column > 0, let last = rows.indices.last, rows[last].cells.count > column,
                    at(line, piece) >= columns[0].upperBound
                {
                    rows[last].cells[column].append(piece)
                } else {
                    rows.append(Row(cells: [[piece]], indent: at(line, piece), first: line.index))
                }
                continue
            }
            guard let places = placed(line, columns, isText, firsts) else { continue }
            // 1,234, over 567.8: the number goes on in the next line.
            if let last = rows.indices.last, names.above(k).isEmpty, joins(&rows[last], line, places) { continue }
            var row = Row(cells: Array(repeating: [], count: columns.count), indent: 0, first: line.index)
            for (piece, place) in zip(line.pieces, places) { row.cells[place].append(piece) }
            row.indent = (names.above(k).first ?? row.cells[0].first).map { $0.lowerBound - lineStart($0) } ?? 0
            row.cells[0] = names.above(k) + row.cells[0] + names.below(k)
            rows.append(row)
        }
        return rows
    }

    private func lineStart(_ piece: Range<Int>) -> Int {
        var i = piece.lowerBound
        while i > 0, s[i - 1] != 10 { i -= 1 }
        return i
    }

    /// The lines under the heads that name the first group of rows: 一、保险基金.
    private func groups(over heads: inout [Line], _ columns: [Range<Int>]) -> [Row] {
        var rows: [Row] = []
        while heads.count > 1, rows.count < 2, let line = heads.last, line.pieces.count == 1,
            let piece = line.pieces.first,
            at(line, piece) < columns[0].upperBound, !TextGrids.isNumber(s, piece, lexicon),
            !lexicon.heads.isWhole(HeadReader.folded(Array(s[piece])), .corner),
            heads.dropLast().contains(where: { $0.pieces.count + 1 >= columns.count }) || AlignedNames.opens(s, piece)
        {
            rows.insert(Row(cells: [[piece]], indent: at(line, piece), first: line.index), at: 0)
            heads.removeLast()
        }
        return rows
    }

    /// Names of rows that take several lines, and the heads without those lines that begin the first name.
    private func wrapped(_ heads: [Line], _ body: [Line], _ columns: [Range<Int>]) -> ([Line], AlignedNames) {
        func name(_ line: Line) -> AlignedNames.Piece? {
            guard let piece = line.pieces.first, at(line, piece) < columns[0].upperBound,
                !TextGrids.isNumber(s, piece, lexicon)
            else { return nil }
            return (piece, at(line, piece), width(piece))
        }
        // Lines over the first figures with nothing but a name may begin it.
        var loose: [AlignedNames.Piece] = []
        for line in heads.reversed() {
            guard line.pieces.count == 1, let piece = name(line), loose.count < 3 else { break }
            loose.insert(piece, at: 0)
        }
        let names = AlignedNames(
            s, loose: loose,
            lines: body.map { line in
                (
                    name: name(line).flatMap { line.isFigures || line.pieces.count == 1 ? $0 : nil },
                    isFigures: line.isFigures
                )
            })
        return (Array(heads.dropLast(names.taken)), names)
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

    private func add(_ columns: [AlignedHead.Column], to builder: inout GridBuilder) {
        let depth = columns.map(\.groups.count).max() ?? 0
        func group(_ i: Int, _ level: Int) -> Range<Int>? {
            let groups = columns[i].groups
            let missing = depth - groups.count
            return level >= missing ? groups[level - missing] : nil
        }
        func head(_ column: AlignedHead.Column) -> Passage {
            Layout.fold(s, column.pieces.sorted { $0.lowerBound < $1.lowerBound }, base)
        }
        for level in 0..<depth {
            builder.beginRow()
            var i = 0
            while i < columns.count {
                // A head that stands under no other covers all the lines.
                if columns[i].groups.isEmpty {
                    if level == 0 { builder.add(head(columns[i]), rows: depth + 1) }
                    i += 1
                    continue
                }
                let over = group(i, level)
                var next = i + 1
                while over != nil, next < columns.count, group(next, level) == over { next += 1 }
                builder.add(
                    over.map { Layout.fold(s, [$0], base) } ?? Passage(scalars: [], origin: []), columns: next - i)
                i = next
            }
        }
        builder.beginRow()
        for column in columns where depth == 0 || !column.groups.isEmpty { builder.add(head(column)) }
    }
}
