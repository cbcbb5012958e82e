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
