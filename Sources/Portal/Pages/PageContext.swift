import Messages
import BulletinModel
import Foundation
import Reading
import Store

/// What every page has at hand: the request, the words of its language, the database.
struct PageContext: Sendable {
    let portal: Portal
    let request: PortalRequest
    let messages: Messages

    var m: Messages { messages }
    var store: BulletinStore { portal.contents.store }
    var names: PortalNames { portal.names }
    var figures: FigureText { FigureText(messages: messages) }
    var phrases: Phrases { Phrases(language: messages.language) }

    /// The parts of the portal that the navigation names.
    enum Part: String, CaseIterable {
        case home, search, documents, measures, series, regions, panel, publishers, operations, guide

        var path: String { self == .home ? "/" : "/" + rawValue }
    }

    /// A whole page.
    ///
    /// - Parameters:
    ///   - title: of any origin; it is escaped.
    ///   - part: which part of the navigation it belongs to.
    ///   - style: a style sheet besides the portal's own.
    ///   - feed: the address of an Atom feed of what it shows.
    func page(
        _ title: String, _ part: Part?, status: Int = 200, style: String? = nil, feed: String? = nil,
        _ body: (inout Html) -> Void
    ) -> PortalAnswer {
        var html = Html()
        html.literal("<!DOCTYPE html>\n")
        html.begin("html", ["lang": m.language.tag])
        html.literal(
            "<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        html.literal("<meta name=\"color-scheme\" content=\"light dark\"><link rel=\"icon\" href=\"/icon.svg\">")
        if let style { html.begin("link", ["rel": "stylesheet", "href": style]) }
        html.begin("link", ["rel": "stylesheet", "href": "/style.css"])
        if let feed {
            html.begin(
                "link", ["rel": "alternate", "type": "application/atom+xml", "title": m("feed.title"), "href": feed])
        }
        html.element("title", part == .home ? m("product.name") : title + " · " + m("product.name"))
        html.literal("</head>\n<body class=\"portal\">")
        html.element("a", ["class": "skip", "href": "#main"], m("frame.skip"))
        header(part, &html)
        html.element("main", ["id": "main", "tabindex": "-1"], body)
        footer(&html)
        html.literal("</body></html>\n")
        return PortalAnswer(status, html)
    }

    private func header(_ part: Part?, _ html: inout Html) {
        html.element("header", ["class": "top"]) { html in
            html.element("a", ["class": "brand", "href": "/"]) { html in
                html.literal("<span lang=\"zh\">公报</span> ")
                html.element("span", ["class": "latin"], "gongbao")
            }
            html.element("nav", ["aria-label": m("frame.navigation")]) { html in
                html.element("ul") { html in
                    for one in Part.allCases where one != .home && one != .search {
                        html.element("li") { html in
                            html.element(
                                "a", ["href": one.path, "aria-current": one == part ? "page" : nil],
                                m("part.\(one.rawValue)"))
                        }
                    }
                }
            }
            if part != .search && part != .home {
                html.element("form", ["class": "find", "role": "search", "action": "/search"]) { html in
                    html.element("label", ["class": "unseen", "for": "q"], m("search.label"))
                    html.begin(
                        "input",
                        [
                            "type": "search", "id": "q", "name": "q", "placeholder": m("search.short"),
                            "maxlength": "200",
                        ])
                    html.element("button", ["type": "submit"], m("search.go"))
                }
            }
            html.element("p", ["class": "language"]) { html in
                let other: Language = m.language == .chinese ? .english : .chinese
                let query = request.query.filter { $0.name != "lang" } + [("lang", other.rawValue)]
                let path = "/" + request.path.map(Escaped.component).joined(separator: "/")
                html.element(
                    "a",
                    ["href": Escaped.link(path, query), "hreflang": other.tag, "lang": other.tag, "rel": "nofollow"],
                    other == .chinese ? "中文" : "English")
            }
        }
    }

    private func footer(_ html: inout Html) {
        html.element("footer", ["class": "foot"]) { html in
            html.element("p") { html in
                html.text(m("frame.about", ["version": portal.contents.version]))
                for (path, key) in [
                    ("/dead-letters", "part.dead-letters"), ("/audit", "part.audit"), ("/api", "part.api"),
                ] {
                    html.literal(" · ")
                    html.element("a", ["href": path], m(key))
                }
            }
        }
    }

    /// The page that says what went wrong.
    func problemPage(_ problem: Problem) -> PortalAnswer {
        let key = [400, 404, 503].contains(problem.status) ? "problem.\(problem.status)" : "problem.500"
        return page(m(key), nil, status: problem.status) { html in
            html.element("h1", m(key))
            let told = m.said(problem.detail)
            html.element("p", ["lang": told == problem.detail ? "en" : m.language.tag], told)
            html.element("p") { $0.element("a", ["href": "/"], m("problem.home")) }
        }
    }

    // MARK: Parts of pages

    /// A heading of a section with what stands in it.
    func section(
        _ title: String, _ html: inout Html, more: (text: String, path: String)? = nil, _ body: (inout Html) -> Void
    ) {
        html.element("section", ["class": "card"]) { html in
            html.element("h2", title)
            body(&html)
            if let more {
                html.element("p", ["class": "more"]) { $0.element("a", ["href": more.path], more.text) }
            }
        }
    }

    /// A table that scrolls by itself where it is too wide; `right` names the columns of numbers.
    func table(
        _ caption: String, _ heads: [String], right: Set<Int> = [], _ html: inout Html, rows: (inout Html) -> Void
    ) {
        html.element("div", ["class": "wide", "tabindex": "0", "role": "region", "aria-label": caption]) { html in
            html.element("table") { html in
                html.element("caption", ["class": "unseen"], caption)
                html.element("thead") { html in
                    html.element("tr") { html in
                        for (place, head) in heads.enumerated() {
                            html.element("th", ["scope": "col", "class": right.contains(place) ? "num" : nil], head)
                        }
                    }
                }
                html.element("tbody", [:], rows)
            }
        }
    }

    /// Text of a document, which is Chinese whatever the page is.
    func printed(_ text: String, _ html: inout Html) { html.element("span", ["lang": "zh"], text) }

    /// A day, `YYYY-MM-DD`, or the moment of RFC 3339, after the language's habit.
    func day(_ text: String?) -> String {
        guard let text, text.count >= 10 else { return text ?? m("common.unknown") }
        return phrases.day(String(text.prefix(10)))
    }

    /// A moment of RFC 3339 to the minute, in universal time as it is stored.
    func moment(_ text: String?) -> String {
        guard let text, text.count >= 16 else { return text ?? m("common.unknown") }
        return day(text) + " " + text.dropFirst(11).prefix(5) + " UTC"
    }

    /// Where a figure's own page is.
    static func path(_ id: IndicatorID) -> String { "/indicators/" + id.rawValue }

    /// Where a document's page is.
    static func path(_ id: BulletinID) -> String { "/documents/" + id.rawValue }

    /// Where a region's page is.
    static func regionPath(_ code: String) -> String { "/regions/" + code }

    /// Where the series of a measure in a region is.
    static func series(_ code: String, _ region: String?, kind: Indicator.Kind = .level) -> String {
        var query = [(name: "measure", value: code)]
        if let region { query.append(("region", region)) }
        if kind != .level { query.append(("kind", kind.rawValue)) }
        return Escaped.link("/series", query)
    }

    /// What a document is called.
    static func title(_ entry: DocumentEntry) -> String { entry.title ?? entry.source }

    /// A figure in a line: region, measure, value, period; a link to its own page.
    func figureLine(_ stored: StoredIndicator, _ html: inout Html) {
        let indicator = stored.indicator
        html.element("a", ["class": "figure", "href": Self.path(indicator.id)]) { html in
            html.element("span", ["class": "name", "lang": "zh"], indicator.name)
            html.literal(" ")
            html.element("b", ["class": "value"], figures.value(indicator))
        }
        html.literal(" ")
        html.element("span", ["class": "chips"]) { html in
            for chip in chips(indicator) {
                html.element("span", ["class": "chip"], chip)
                html.literal(" ")
            }
        }
    }

    private func chips(_ indicator: Indicator) -> [String] {
        var chips: [String] = []
        if let region = indicator.region { chips.append(region.name) }
        if let period = indicator.period { chips.append(phrases.span(period)) }
        if indicator.kind != .level { chips.append(phrases.kind(indicator)) }
        return chips + phrases.remarks(indicator)
    }
}
