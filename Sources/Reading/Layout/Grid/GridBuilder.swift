/// Puts a grid together, row by row, as a browser lays a table out: a cell goes to the next free place, and one that
/// covers several rows keeps its places in the rows below.
struct GridBuilder {
    private var cells: [(passage: Passage, row: Int, columns: Range<Int>, isHead: Bool, indent: Int, last: Int)] = []
    private var slots: [[Int32]] = []
    /// For each column the cell from above that covers it and the first row that it does not cover.
    private var hanging: [(cell: Int32, end: Int)] = []
    private var isOpen = false
    private var placed = 0
    private var hasSpans = false

    /// The widest that a cell may be; as wide as browsers allow.
    private static let widest = 1_000
    /// The places that cells of several rows and columns may take beyond one each; a table that asks for
    /// more was not made to be read, and its cells then take one place each.
    private static let mostSpanned = 200_000

    /// Begins a row, the one before ends.
    mutating func beginRow() {
        endRow()
        slots.append([])
        isOpen = true
    }

    /// Adds a cell to the row at hand, which begins where none is open.
    mutating func add(
        _ passage: Passage, columns: Int = 1, rows: Int = 1, isHead: Bool = false, indent: Int = 0
    ) {
        if !isOpen { beginRow() }
        let row = slots.count - 1
        fill(row)
        var (wide, high) = (max(1, min(columns, Self.widest)), max(1, min(rows, 65_534)))
        if wide > 1 || high > 1 {
            hasSpans = true
            placed += wide * min(high, 64)
            if placed > Self.mostSpanned { (wide, high) = (1, 1) }
        }
        let at = slots[row].count
        let index = Int32(cells.count)
        cells.append((passage, row, at..<(at + wide), isHead, indent, row + high))
        for column in at..<(at + wide) {
            slots[row].append(index)
            if high > 1 {
                while hanging.count <= column { hanging.append((-1, 0)) }
                hanging[column] = (index, row + high)
            }
        }
    }

    /// Ends the row at hand.
    mutating func endRow() {
        guard isOpen else { return }
        fill(slots.count - 1)
        isOpen = false
    }

    /// Gives the places at the row's end to cells from above that cover them.
    private mutating func fill(_ row: Int) {
        while slots[row].count < hanging.count {
            let (cell, end) = hanging[slots[row].count]
            guard cell >= 0, row < end, cells[Int(cell)].row < row else { return }
            slots[row].append(cell)
        }
    }

    /// Makes one cell of what stands several times side by side, and in rows of heads one under the other: forms
    /// without cells over several columns print such a cell at each of its places.
    mutating func joinRepeated() {
        endRow()
        guard !hasSpans else { return }
        var isHead = true
        for row in slots.indices {
            for column in slots[row].indices.dropFirst() {
                let (left, own) = (slots[row][column - 1], slots[row][column])
                guard left >= 0, own >= 0, left != own, isSame(left, own) else { continue }
                slots[row][column] = left
                cells[Int(left)].columns = cells[Int(left)].columns.lowerBound..<(column + 1)
                hasSpans = true
            }
            isHead = isHead && !slots[row].contains { $0 >= 0 && isFigure($0) }
            guard isHead, row > 0 else { continue }
            for column in slots[row].indices where column < slots[row - 1].count {
                let (above, own) = (slots[row - 1][column], slots[row][column])
                guard above >= 0, own >= 0, above != own, isSame(above, own),
                    cells[Int(above)].columns == cells[Int(own)].columns
                else { continue }
                for at in cells[Int(own)].columns { slots[row][at] = above }
                cells[Int(above)].last = row + 1
                hasSpans = true
            }
        }
        guard hasSpans else { return }
        // Only what still has a place is a cell.
        var kept: [Int32] = Array(repeating: -1, count: cells.count)
        for slot in slots.joined() where slot >= 0 { kept[Int(slot)] = 0 }
        var next: Int32 = 0
        for i in kept.indices where kept[i] == 0 {
            kept[i] = next
            next += 1
        }
        cells = zip(cells, kept).filter { $1 >= 0 }.map(\.0)
        slots = slots.map { row in row.map { $0 < 0 ? $0 : kept[Int($0)] } }
    }

    /// Whether two cells have the same words.
    private func isSame(_ a: Int32, _ b: Int32) -> Bool {
        let s = cells[Int(a)].passage.scalars
        return s == cells[Int(b)].passage.scalars && s.contains(where: Glyph.isHan)
    }

    private func isFigure(_ cell: Int32) -> Bool {
        let s = cells[Int(cell)].passage.scalars
        return s.contains(where: Glyph.isDigit) && !s.contains(where: Glyph.isHan)
            && !TextGrids.isYear(s, s.indices)
    }

    /// How many rows there are so far.
    var rowCount: Int { slots.count }

    /// The grid, or nil where nothing came in.
    mutating func grid() -> Grid? {
        endRow()
        guard !cells.isEmpty else { return nil }
        let last = slots.count
        let made = cells.map {
            Grid.Cell(
                passage: $0.passage, rows: $0.row..<min($0.last, last), columns: $0.columns, isHead: $0.isHead,
                indent: $0.indent)
        }
        return Grid(cells: made, slots: slots, hasSpans: hasSpans)
    }
}
