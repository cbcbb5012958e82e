import Reading

/// A table under construction: rows of cells with spans, as office formats tell them.
struct SpanTable {
    /// A cell at its row and column.
    struct Cell {
        /// Escaped HTML.
        var inner: String
        var columns = 1
        var rows = 1
        var isHead = false
    }

    private var rows: [[(column: Int, cell: Cell)]] = []
    private(set) var count = 0
    private let most: Int

    init(most: Int) {
        self.most = most
    }

    /// Begins the next row.
    mutating func beginRow() { rows.append([]) }

    /// Puts a cell into the row that was begun last, at a column that counts from 0.
    ///
    /// - Throws: ``DecodeError`` `document_too_long` beyond the bound on cells.
    mutating func add(_ cell: Cell, at column: Int) throws(DecodeError) {
        if rows.isEmpty { beginRow() }
        count += 1
        guard count <= most else {
            throw DecodeError(.documentTooLong, "The document has more than \(most) cells in its tables.")
        }
        rows[rows.count - 1].append((column, cell))
    }

    /// Lets the cell above that reaches down to this row, at this column, reach one row further.
    mutating func extendDown(column: Int) {
        let last = rows.count - 1
        var row = last - 1
        while row >= 0 {
            if let i = rows[row].firstIndex(where: { $0.column == column }) {
                if row + rows[row][i].cell.rows == last { rows[row][i].cell.rows += 1 }
                return
            }
            row -= 1
        }
    }

    /// Whether nothing is printed in it.
    var isEmpty: Bool { rows.allSatisfy { $0.allSatisfy { $0.cell.inner.allSatisfy(\.isWhitespace) } } }

    /// The most empty cells in front of cells; sheets whose figures lie so far apart are no tables.
    private static let mostGaps = 500_000

    /// Its HTML; empty where it has no text. Gaps between columns become empty cells; empty rows are left out
    /// unless a span reaches over them.
    ///
    /// - Throws: ``DecodeError`` `document_too_long` beyond the bound on empty cells.
    func html() throws(DecodeError) -> String {
        guard !isEmpty else { return "" }
        var gaps = 0
        var text = "<table>\n"
        var reach: [Int: Int] = [:]
        for (number, row) in rows.enumerated() {
            text += "<tr>"
            var column = 0
            for (at, cell) in row.sorted(by: { $0.column < $1.column }) {
                gaps += max(0, at - column)
                guard gaps <= Self.mostGaps else {
                    throw DecodeError(
                        .documentTooLong,
                        "The document has more than \(Self.mostGaps) empty cells between those of its tables.")
                }
                while column < at {
                    if (reach[column] ?? 0) <= number { text += "<td></td>" }
                    column += 1
                }
                let tag = cell.isHead ? "th" : "td"
                text += "<\(tag)"
                if cell.columns > 1 { text += " colspan=\"\(cell.columns)\"" }
                if cell.rows > 1 { text += " rowspan=\"\(cell.rows)\"" }
                text += ">\(cell.inner)</\(tag)>"
                if cell.rows > 1 { for c in at..<at + cell.columns { reach[c] = number + cell.rows } }
                column = max(column, at + cell.columns)
            }
            text += "</tr>\n"
        }
        return text + "</table>\n"
    }
}
