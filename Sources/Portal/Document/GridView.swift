import BulletinModel
import Reading

/// A table of a document as a table of the page, with the marks in it.
struct GridView {
    private let grid: Grid
    private let indicators: [Indicator]
    private let phrases: Phrases

    init(_ grid: Grid, _ indicators: [Indicator], _ phrases: Phrases) {
        self.grid = grid
        self.indicators = indicators
        self.phrases = phrases
    }

    /// Whether a place of the text stands in it.
    func holds(_ place: Int) -> Bool { !rows(place).isEmpty }

    /// The rows of the cell that holds a place of the text; none where none does.
    private func rows(_ place: Int) -> Range<Int> {
        let cell = grid.cells.first { cell in
            guard let first = cell.passage.origin.first, let last = cell.passage.origin.last else { return false }
            return first <= place && place <= last
        }
        return cell.map { max($0.rows.lowerBound, headRows)..<max(headRows, $0.rows.upperBound) } ?? 0..<0
    }

    /// Writes all of it, or its head and the row of one place of the text alone.
    func write(_ marked: inout MarkedText, rowAt place: Int? = nil, _ html: inout Html) {
        // A region that scrolls must be reachable with the keyboard.
        let name = grid.captions.first?.string ?? phrases.table
        html.element("div", ["class": "wide", "tabindex": "0", "role": "region", "aria-label": name]) { html in
            html.element("table") { html in
                if !grid.captions.isEmpty {
                    html.element("caption") { html in
                        for caption in grid.captions { html.element("p") { marked.write(caption, to: &$0) } }
                    }
                }
                let heads = headRows
                let rows = place.map(self.rows) ?? heads..<grid.rowCount
                if heads > 0 {
                    html.element("thead") { html in
                        for row in 0..<heads { write(row, isHead: true, &marked, &html) }
                    }
                }
                html.element("tbody") { html in
                    for row in rows { write(row, isHead: false, &marked, &html) }
                }
            }
        }
    }

    /// How many rows from the top hold no figure; none where no row does.
    private var headRows: Int {
        let starts = indicators.map(\.start).sorted()
        func holdsFigure(_ cell: Grid.Cell) -> Bool {
            guard let first = cell.passage.origin.first, let last = cell.passage.origin.last else { return false }
            var (low, high) = (0, starts.count)
            while low < high {
                let middle = (low + high) / 2
                if starts[middle] < first { low = middle + 1 } else { high = middle }
            }
            return low < starts.count && starts[low] <= last
        }
        let body = grid.cells.lazy.filter(holdsFigure).map(\.rows.lowerBound).min()
        return body ?? 0
    }

    /// One row: its cells with their spans, each where it begins.
    private func write(
        _ row: Int, isHead: Bool, _ marked: inout MarkedText, _ html: inout Html
    ) {
        html.element("tr") { html in
            var column = 0
            while column < grid.columnCount {
                guard let cell = grid.cell(row, column) else {
                    html.element("td") { _ in }
                    column += 1
                    continue
                }
                defer { column = max(column + 1, cell.columns.upperBound) }
                guard cell.rows.lowerBound == row else { continue }
                let spans: Html.Attributes = [
                    "scope": cell.isEmpty ? nil : isHead ? "col" : column == 0 ? "row" : nil,
                    "colspan": cell.columns.count > 1 ? "\(cell.columns.count)" : nil,
                    "rowspan": cell.rows.count > 1 ? "\(cell.rows.count)" : nil,
                ]
                if !cell.isEmpty, isHead || column == 0 {
                    html.element("th", spans) { marked.write(cell.passage, to: &$0) }
                } else {
                    html.element("td", spans) { marked.write(cell.passage, to: &$0) }
                }
            }
        }
    }
}
