/// A table of any form: cells with their spans and places, and the lines around it that belong to it.
///
/// Whatever a table was set in (Markdown, HTML, columns of blanks, one cell a line), what reads it sees this alone.
public struct Grid: Sendable, Equatable {
    /// One printed cell.
    public struct Cell: Sendable, Equatable {
        /// What it holds, with its places.
        public let passage: Passage
        /// The rows that it covers, from 0.
        public let rows: Range<Int>
        /// The columns that it covers, from 0.
        public let columns: Range<Int>
        /// Whether the markup says that it is a head.
        public let isHead: Bool
        /// How far its text is moved in, in blanks.
        public let indent: Int

        /// Whether it holds nothing.
        public var isEmpty: Bool { passage.scalars.isEmpty }
    }

    /// The lines above that name the table and tell its unit, from the top.
    public var captions: [Passage]
    /// The line that told the unit of the table before, where this one has none.
    var unitBefore: Passage?
    /// The cells in reading order, each once, however many places it covers.
    public let cells: [Cell]
    /// How many columns the widest row has.
    public let columnCount: Int
    /// Whether any cell covers several places: blanks beside a head are then cells of their own.
    public let hasSpans: Bool
    /// For each row the cell at each of its places; -1 where there is none.
    private let slots: [[Int32]]

    init(captions: [Passage] = [], cells: [Cell], slots: [[Int32]], hasSpans: Bool) {
        self.captions = captions
        self.cells = cells
        self.slots = slots
        self.hasSpans = hasSpans
        columnCount = slots.map(\.count).max() ?? 0
    }

    /// How many rows there are.
    public var rowCount: Int { slots.count }

    /// How many places a row has.
    func width(of row: Int) -> Int { slots[row].count }

    /// Which of the cells covers a place; nil where none does.
    @inline(__always) func index(_ row: Int, _ column: Int) -> Int? {
        guard column < slots[row].count, slots[row][column] >= 0 else { return nil }
        return Int(slots[row][column])
    }

    /// The cell that covers a place; nil where none does.
    public func cell(_ row: Int, _ column: Int) -> Cell? { index(row, column).map { cells[$0] } }

    /// The cells of a row in order, each once, those that begin in rows above included.
    func cells(in row: Int) -> [Int] {
        var found: [Int] = []
        var last: Int32 = -1
        for slot in slots[row] where slot >= 0 && slot != last {
            found.append(Int(slot))
            last = slot
        }
        return found
    }
}
