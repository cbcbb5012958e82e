import BulletinModel
import Reading

/// One article of a document's page: its text with the marks, and the list of its figures beside it.
struct ArticleSheet {
    private let article: Article
    private let examination: Examination
    private let blocks: [Block]
    private let number: Int
    private let count: Int
    private let reading: ReadingView
    private let phrases: Phrases

    /// - Parameters:
    ///   - number: which of the document's `count` articles it is, from 1.
    ///   - firstFigure: the number of its first figure; figures are numbered through the document.
    init(_ sheet: DocumentPage.Sheet, number: Int, of count: Int, firstFigure: Int, phrases: Phrases) {
        article = sheet.article
        examination = sheet.examination
        blocks = sheet.blocks
        self.number = number
        self.count = count
        self.phrases = phrases
        reading = ReadingView(phrases: phrases, article: number, firstFigure: firstFigure)
    }

    func write(to html: inout Html) {
        let title = article.headline ?? phrases.article(number, of: count)
        var shown = ShownNumbers()
        html.element("article", ["class": "sheet", "aria-label": title]) { html in
            html.element("div", ["class": "text"]) { html in
                if count > 1 {
                    let labels = [article.section, article.column].compactMap { $0 }.filter { !$0.isEmpty }
                    html.element(
                        "p", ["class": "label"],
                        ([phrases.article(number, of: count)] + labels).joined(separator: " · "))
                }
                shown = text(&html)
            }
            html.element("div", ["class": "side", "tabindex": "0", "role": "group", "aria-label": phrases.readings]) {
                html in
                readings(shown, &html)
                leftOut(shown, &html)
            }
        }
    }

    /// Writes the text; returns the figures and numbers that it shows.
    private func text(_ html: inout Html) -> ShownNumbers {
        let indicators = examination.indicators
        let unresolved = examination.unresolved
        var marked = MarkedText(
            article, Marks(examination),
            open: { html, mark, isFirst in
                switch mark.subject {
                case .figures(let places): reading.open(places.map { ($0, indicators[$0]) }, isFirst: isFirst, &html)
                case .leftOut(let place): reading.open(place, isFirst: isFirst, &html)
                }
            },
            close: { html, mark, isFirst, shown in
                html.end("a")
                guard isFirst else { return }
                switch mark.subject {
                case .figures(let places): reading.tip(places.map { ($0, indicators[$0]) }, shown, &html)
                case .leftOut(let place): reading.tip(place, unresolved[place], &html)
                }
            })
        html.element("div", ["class": "words", "lang": "zh"]) { html in
            var heads = HeadingLevels()
            for block in blocks {
                switch block {
                case .heading(let passage, let level):
                    heads.write(level, isHeadline: isHeadline(passage), &html) { marked.write(passage, to: &$0) }
                case .paragraph(let passage) where isHeadline(passage):
                    heads.write(1, isHeadline: true, &html) { marked.write(passage, to: &$0) }
                case .paragraph(let passage): html.element("p") { marked.write(passage, to: &$0) }
                case .item(let passage): html.element("p", ["class": "item"]) { marked.write(passage, to: &$0) }
                case .caption(let passage): html.element("p", ["class": "caption"]) { marked.write(passage, to: &$0) }
                case .table(let table): write(table, &marked, &html)
                }
            }
        }
        return marked.shown
    }

    private func isHeadline(_ passage: Passage) -> Bool {
        guard let headline = article.headline, passage.scalars.count < 200 else { return false }
        return passage.string.filter { !$0.isWhitespace } == headline.filter { !$0.isWhitespace }
    }

    private func write(_ grid: Grid, _ marked: inout MarkedText, _ html: inout Html) {
        // A region that scrolls must be reachable with the keyboard.
        let name = grid.captions.first?.string ?? phrases.table
        html.element("div", ["class": "wide", "tabindex": "0", "role": "region", "aria-label": name]) { html in
            html.element("table") { html in
                if !grid.captions.isEmpty {
                    html.element("caption") { html in
                        for caption in grid.captions { html.element("p") { marked.write(caption, to: &$0) } }
                    }
                }
                let heads = headRows(grid)
                if heads > 0 {
                    html.element("thead") { html in
                        for row in 0..<heads { write(row, of: grid, isHead: true, &marked, &html) }
                    }
                }
                html.element("tbody") { html in
                    for row in heads..<grid.rowCount { write(row, of: grid, isHead: false, &marked, &html) }
                }
            }
        }
    }

    /// How many rows from the top hold no figure; none where no row does.
    private func headRows(_ grid: Grid) -> Int {
        let starts = examination.indicators.map(\.start).sorted()
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
        _ row: Int, of grid: Grid, isHead: Bool, _ marked: inout MarkedText, _ html: inout Html
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

    private func readings(_ shown: ShownNumbers, _ html: inout Html) {
        html.element("div", ["class": "readings"]) { html in
            html.element("h3") { html in
                html.text(phrases.readings)
                html.element("span", ["class": "many"], "\(examination.indicators.count)")
            }
            guard !examination.indicators.isEmpty else {
                return html.element("p", ["class": "note"], phrases.noFigures)
            }
            html.element("ol") { html in
                for (place, indicator) in examination.indicators.enumerated() {
                    reading.entry(place, indicator, shown: shown.figures[place], &html)
                }
            }
        }
    }

    private func leftOut(_ shown: ShownNumbers, _ html: inout Html) {
        guard !examination.unresolved.isEmpty else { return }
        html.element("details", ["class": "leftout"]) { html in
            html.element("summary") { html in
                html.text(phrases.leftOut)
                html.element("span", ["class": "many"], "\(examination.unresolved.count)")
            }
            html.element("ul") { html in
                for (place, figure) in examination.unresolved.enumerated() {
                    reading.entry(place, figure, shown: shown.others[place], &html)
                }
            }
        }
    }
}

/// Headings of an article below the page's title, without a level left out.
private struct HeadingLevels {
    private var last = 1

    mutating func write(_ level: Int, isHeadline: Bool, _ html: inout Html, _ body: (inout Html) -> Void) {
        let level = isHeadline ? 2 : min(max(3, level + 1), last + 1, 6)
        last = level
        switch level {
        case 2: html.element("h2", [:], body)
        case 3: html.element("h3", [:], body)
        case 4: html.element("h4", [:], body)
        case 5: html.element("h5", [:], body)
        default: html.element("h6", [:], body)
        }
    }
}
