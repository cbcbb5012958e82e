import BulletinModel
import Reading

/// The paragraph or table row that states one figure, with the figure marked and the others underlined.
struct PassageView {
    private let article: Article
    private let indicators: [Indicator]
    private let figure: Indicator
    private let phrases: Phrases
    private let blocks: [Block]

    init(
        _ article: Article, _ blocks: [Block], _ indicators: [Indicator], of figure: Indicator, _ phrases: Phrases
    ) {
        self.article = article
        self.blocks = blocks
        self.indicators = indicators
        self.figure = figure
        self.phrases = phrases
    }

    func write(to html: inout Html) {
        let indicators = indicators
        let figure = figure
        var marked = MarkedText(
            article, Marks(indicators, []),
            open: { html, mark, _ in
                guard case .figures(let places) = mark.subject, let first = places.first else { return }
                let isThis = places.contains { indicators[$0].id == figure.id }
                html.begin("a", ["class": isThis ? "mark" : "other", "href": PageContext.path(indicators[first].id)])
                if isThis { html.begin("mark") }
            },
            close: { html, mark, _, _ in
                guard case .figures(let places) = mark.subject else { return }
                if places.contains(where: { indicators[$0].id == figure.id }) { html.end("mark") }
                html.end("a")
            })
        html.element("div", ["class": "passage", "lang": "zh"]) { html in
            var heading: Passage?
            for block in blocks {
                switch block {
                case .heading(let passage, _):
                    if Self.holds(passage, figure) { return html.element("p") { marked.write(passage, to: &$0) } }
                    heading = passage
                case .paragraph(let passage), .item(let passage), .caption(let passage):
                    guard Self.holds(passage, figure) else { continue }
                    if let heading { html.element("p", ["class": "under"], heading.string) }
                    html.element("p") { marked.write(passage, to: &$0) }
                    return
                case .table(let grid):
                    let view = GridView(grid, indicators, phrases)
                    guard view.holds(figure.start) else { continue }
                    view.write(&marked, rowAt: figure.start, &html)
                    return
                }
            }
            // A figure that stands in no block that is shown still has its words.
            html.element("p") { $0.element("mark", QuoteText.plain(figure.quote)) }
        }
    }

    private static func holds(_ passage: Passage, _ figure: Indicator) -> Bool {
        guard let first = passage.origin.first, let last = passage.origin.last else { return false }
        return first <= figure.start && figure.start <= last
    }
}
