import BulletinModel
import Reading
import Store

extension PageContext {
    /// What one box finds: measures and regions by name, figures by number, documents by their words.
    func searchPage() throws -> PortalAnswer {
        let text = String((request["q"] ?? "").prefix(200)).trimmingBlanks
        guard !text.isEmpty else {
            return page(m("part.search"), .search) { html in
                html.element("h1", m("part.search"))
                searchForm("", &html)
                html.element("p", ["class": "hint"], m("search.hint"))
            }
        }
        let offset = try place()
        let meant = Meant(text, names)
        var search = ArticleSearch(text)
        search.publisher = request["publisher"]
        search.year = request["year"]
        search.offset = offset
        search.limit = 10
        let found = try store.find(search)
        let figuresFound = try figures(meant, text)
        return page(m("search.title", ["text": text]), .search) { html in
            html.element("h1", ["class": "small"], m("part.search"))
            searchForm(text, &html)
            if offset == 0 {
                meanings(meant, &html)
                figureResults(figuresFound, &html)
            }
            html.element("div", ["class": found.years.isEmpty ? "results" : "results narrowed"]) { html in
                if !found.years.isEmpty { facets(found, text, &html) }
                html.element("section", ["class": "card"]) { html in
                    html.element("h2", m("search.documents"))
                    documentResults(found, text, offset, &html)
                }
            }
        }
    }

    private func place() throws -> Int {
        guard let text = request.filled("from") else { return 0 }
        guard let number = Int(text), (0...1_000).contains(number) else {
            throw Problem(400, "from is a number from 0 to 1000.", parameter: "from")
        }
        return number
    }

    /// Figures of that very number, or the latest of the measure and region that are named.
    private func figures(_ meant: Meant, _ text: String) throws -> [StoredIndicator] {
        var query = IndicatorQuery()
        if let figure = meant.figure {
            query.number = figure.number
            return try store.newest(query, limit: 50).filter {
                figure.unit.isEmpty || $0.indicator.unit == figure.unit
            }
        }
        guard let measure = meant.measures.first, let division = meant.division else { return [] }
        query.code = measure.code
        query.divisions = names.codes(of: division.code)
        if let year = meant.year { (query.from, query.to) = ("\(year)-01-01", "\(year)-12-31") }
        // What it is before how it changed and what was aimed at.
        let found = try store.newest(query, limit: 60).enumerated().sorted { a, b in
            (Self.order(a.element.indicator), a.offset) < (Self.order(b.element.indicator), b.offset)
        }
        return found.prefix(8).map(\.element)
    }

    private static func order(_ indicator: Indicator) -> Int {
        (indicator.status == .target ? 2 : 0) + (indicator.kind == .level ? 0 : 1)
    }

    private func meanings(_ meant: Meant, _ html: inout Html) {
        guard meant.division != nil || !meant.measures.isEmpty else { return }
        html.element("ul", ["class": "meant", "aria-label": m("search.meant")]) { html in
            if let division = meant.division {
                html.element("li") { html in
                    html.element("a", ["href": Self.regionPath(division.code)]) { html in
                        html.element("b", ["lang": "zh"], division.name)
                        html.element("span", m("search.region", ["code": division.code]))
                    }
                }
            }
            for measure in meant.measures {
                html.element("li") { html in
                    html.element("a", ["href": Self.series(measure.code, meant.division?.code)]) { html in
                        html.element("b", names.title(measure.code, m.language))
                        if let division = meant.division {
                            html.element("span", ["lang": "zh"], division.name)
                        } else {
                            html.element("span", m("search.measure", ["code": measure.code]))
                        }
                    }
                }
            }
        }
    }

    private func figureResults(_ found: [StoredIndicator], _ html: inout Html) {
        guard !found.isEmpty else { return }
        section(m("search.figures"), &html) { html in
            html.element("ul", ["class": "list"]) { html in
                for stored in found.prefix(20) {
                    html.element("li") { html in
                        figureLine(stored, &html)
                        html.element(
                            "p", ["class": "soft", "lang": "zh"], stored.title ?? stored.headline ?? stored.source ?? ""
                        )
                    }
                }
            }
        }
    }

    private func facets(_ found: ArticleFindings, _ text: String, _ html: inout Html) {
        html.element("aside", ["class": "facets", "aria-label": m("search.facets")]) { html in
            facet("publisher", m("document.publisher"), found.publishers, text, &html)
            facet("year", m("search.year"), found.years, text, &html)
        }
    }

    private func facet(
        _ name: String, _ label: String, _ values: [(name: String, count: Int)], _ text: String, _ html: inout Html
    ) {
        guard !values.isEmpty else { return }
        let chosen = request[name]
        html.element("h2", label)
        html.element("ul") { html in
            if chosen != nil {
                html.element("li") { $0.element("a", ["href": link(text, without: name)], m("search.any")) }
            }
            for value in values.prefix(10) {
                html.element("li") { html in
                    let shown = value.name.isEmpty ? m("publishers.untold") : value.name
                    if value.name == chosen {
                        html.element("b", ["lang": "zh"], shown)
                    } else {
                        html.element("a", ["href": link(text, with: (name, value.name)), "lang": "zh"], shown)
                    }
                    html.literal(" ")
                    html.element("span", ["class": "soft"], figures.count(value.count))
                }
            }
        }
    }

    private func link(_ text: String, with value: (name: String, value: String)? = nil, without name: String = "")
        -> String
    {
        var query = [(name: "q", value: text)]
        query += request.query.filter {
            ["publisher", "year"].contains($0.name) && $0.name != name && $0.name != value?.name
        }
        if let value { query.append(value) }
        return Escaped.link("/search", query)
    }

    private func documentResults(_ found: ArticleFindings, _ text: String, _ offset: Int, _ html: inout Html) {
        guard found.count > 0 else {
            return html.element("p", ["class": "soft"], m("search.nothing"))
        }
        let count = figures.count(found.count)
        html.element(
            "p", ["class": "soft"],
            found.count >= BulletinStore.mostFindings
                ? m("search.many", ["count": count]) : m("search.count", ["count": count]))
        html.element("ol", ["class": "list found", "start": "\(offset + 1)"]) { html in
            for entry in found.articles {
                html.element("li") { html in
                    html.element(
                        "a", ["class": "title", "href": Self.path(entry.bulletin), "lang": "zh"],
                        entry.headline ?? entry.title ?? m("common.untitled"))
                    html.element("p", ["class": "soft"]) { html in
                        if let publisher = entry.publisher {
                            printed(publisher, &html)
                            html.literal(" · ")
                        }
                        if let published = entry.published { html.text(day(published) + " · ") }
                        html.text(m("home.figure-count", ["count": figures.count(entry.indicators ?? 0)]))
                    }
                    if let snippet = try? store.article(entry.id).flatMap({
                        Snippet(portal.engine.blocks(of: $0), of: text)
                    }) {
                        html.element("p", ["class": "snippet", "lang": "zh"]) { html in
                            html.text(snippet.before)
                            html.element("mark", snippet.found)
                            html.text(snippet.after)
                        }
                    }
                }
            }
        }
        html.element("p", ["class": "more"]) { html in
            func place(_ from: Int) -> String { link(text, with: ("from", "\(from)")) }
            if offset > 0 {
                html.element("a", ["href": place(max(0, offset - 10)), "rel": "prev"], m("common.previous"))
                html.literal(" ")
            }
            if offset + 10 < found.count {
                html.element("a", ["href": place(offset + 10), "rel": "next"], m("common.next"))
            }
        }
    }
}

extension String {
    /// Without blanks at its ends.
    var trimmingBlanks: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text = text.dropFirst() }
        while let last = text.last, last.isWhitespace { text = text.dropLast() }
        return String(text)
    }
}
