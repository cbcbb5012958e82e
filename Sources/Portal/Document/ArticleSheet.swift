import BulletinModel
import Reading

/// One article of a document's page: its text with the marks, and the list of its figures beside it.
struct ArticleSheet {
    private let article: Article
    private let blocks: [Block]
    private let indicators: [Indicator]
    private let unresolved: [Unresolved]
    private let number: Int
    private let count: Int
    private let reading: ReadingView
    private let phrases: Phrases

    /// - Parameters:
    ///   - number: which of the document's `count` articles it is, from 1.
    ///   - firstFigure: the number of its first figure; figures are numbered through the document.
    init(
        _ sheet: SheetContent, number: Int, of count: Int, firstFigure: Int, phrases: Phrases,
        link: (@Sendable (Indicator) -> String)? = nil
    ) {
        article = sheet.article
        indicators = sheet.indicators
        unresolved = sheet.unresolved
        blocks = sheet.blocks
        self.number = number
        self.count = count
        self.phrases = phrases
        reading = ReadingView(phrases: phrases, article: number, firstFigure: firstFigure, link: link)
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
        var marked = MarkedText(
            article, Marks(indicators, unresolved),
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
                case .table(let table): GridView(table, indicators, phrases).write(&marked, &html)
                }
            }
        }
        return marked.shown
    }

    private func isHeadline(_ passage: Passage) -> Bool {
        guard let headline = article.headline, passage.scalars.count < 200 else { return false }
        return passage.string.filter { !$0.isWhitespace } == headline.filter { !$0.isWhitespace }
    }

    private func readings(_ shown: ShownNumbers, _ html: inout Html) {
        html.element("div", ["class": "readings"]) { html in
            html.element("h3") { html in
                html.text(phrases.readings)
                html.element("span", ["class": "many"], "\(indicators.count)")
            }
            guard !indicators.isEmpty else {
                return html.element("p", ["class": "note"], phrases.noFigures)
            }
            html.element("ol") { html in
                for (place, indicator) in indicators.enumerated() {
                    reading.entry(place, indicator, shown: shown.figures[place], &html)
                }
            }
        }
    }

    private func leftOut(_ shown: ShownNumbers, _ html: inout Html) {
        guard !unresolved.isEmpty else { return }
        html.element("details", ["class": "leftout"]) { html in
            html.element("summary") { html in
                html.text(phrases.leftOut)
                html.element("span", ["class": "many"], "\(unresolved.count)")
            }
            html.element("ul") { html in
                for (place, figure) in unresolved.enumerated() {
                    reading.entry(place, figure, shown: shown.others[place], &html)
                }
            }
        }
    }
}

/// An article of a document's page with what was read of it.
struct SheetContent {
    let article: Article
    let indicators: [Indicator]
    /// The figures that are no indicators.
    let unresolved: [Unresolved]
    /// What the article is made of.
    let blocks: [Block]
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
