import BulletinModel
import Store

extension PageContext {
    /// What came in, what the figures are of, what needs a look, how the pipeline stands.
    func homePage() throws -> PortalAnswer {
        let glance = try portal.glance.value()
        let latest = try store.documents(limit: 8).rows
        let doubtful = try store.doubtful(in: latest.map(\.id), below: 0.5)
        return page(m("product.name"), .home, feed: "/feed.atom") { html in
            html.element("div", ["class": "hero"]) { html in
                html.element("h1", m("home.title"))
                html.element("p", ["class": "lead"], m("home.lead"))
                searchForm("", &html)
                html.element("p", ["class": "hint"]) { html in
                    html.text(m("home.try"))
                    for example in ["粮食产量", "1162.95亿元", "洛阳市", "gdp"] {
                        html.literal(" ")
                        html.element("a", ["href": Escaped.link("/search", [("q", example)]), "lang": "zh"], example)
                    }
                }
            }
            html.element("ul", ["class": "tiles"]) { html in
                tile(m("home.figures"), glance.counts.indicators, "/measures", &html)
                tile(m("home.documents"), glance.counts.bulletins, "/documents", &html)
                tile(m("home.today"), glance.today, "/documents", &html)
                tile(m("home.dead-letters"), glance.counts.deadLetters, "/dead-letters", &html)
            }
            html.element("div", ["class": "columns"]) { html in
                latestSection(latest, &html)
                html.element("div", ["class": "stack"]) { html in
                    topics(glance, &html)
                    lookAt(latest, doubtful, glance, &html)
                    standing(glance, &html)
                }
            }
        }
    }

    private func tile(_ label: String, _ number: Int, _ path: String, _ html: inout Html) {
        html.element("li") { html in
            html.element("a", ["href": path]) { html in
                html.element("b", figures.count(number))
                html.literal(" ")
                html.element("span", label)
            }
        }
    }

    func searchForm(_ text: String, _ html: inout Html) {
        html.element("form", ["class": "find large", "role": "search", "action": "/search"]) { html in
            html.element("label", ["class": "unseen", "for": "q"], m("search.label"))
            html.begin(
                "input",
                [
                    "type": "search", "id": "q", "name": "q", "value": text, "placeholder": m("search.label"),
                    "maxlength": "200",
                ])
            html.element("button", ["type": "submit"], m("search.go"))
        }
    }

    private func latestSection(_ latest: [DocumentEntry], _ html: inout Html) {
        section(m("home.latest"), &html, more: (m("home.all-documents"), "/documents")) { html in
            guard !latest.isEmpty else { return html.element("p", ["class": "soft"], m("home.nothing")) }
            html.element("ul", ["class": "list"]) { html in
                for entry in latest { html.element("li") { documentLine(entry, &$0) } }
            }
        }
    }

    /// A document in a list: title, publisher and dates, how many figures.
    func documentLine(_ entry: DocumentEntry, _ html: inout Html) {
        html.element("a", ["href": Self.path(entry.id), "lang": "zh", "class": "title"], Self.title(entry))
        html.element("p", ["class": "soft"]) { html in
            if let publisher = entry.publisher {
                printed(publisher, &html)
                html.literal(" · ")
            }
            if let published = entry.published { html.text(day(published) + " · ") }
            html.text(
                m(
                    "document.counts",
                    ["articles": figures.count(entry.articles), "figures": figures.count(entry.indicators)]))
        }
    }

    private func topics(_ glance: Glance, _ html: inout Html) {
        section(m("home.topics"), &html, more: (m("home.all-measures"), "/measures")) { html in
            let most = glance.measures.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(10)
            let top = Double(most.first?.value ?? 1)
            guard !most.isEmpty else { return html.element("p", ["class": "soft"], m("home.nothing")) }
            html.element("ul", ["class": "bars"]) { html in
                for (code, count) in most {
                    html.element("li") { html in
                        html.element("a", ["href": Self.series(code, nil)], names.title(code, m.language))
                        html.begin(
                            "meter",
                            [
                                "min": "0", "max": "1", "value": "\((Double(count) / top * 1000).rounded() / 1000)",
                                "aria-label": m("home.figure-count", ["count": figures.count(count)]),
                            ])
                        html.end("meter")
                        html.element("span", ["class": "num"], figures.count(count))
                    }
                }
            }
        }
    }

    private func lookAt(
        _ latest: [DocumentEntry], _ doubtful: [BulletinID: Int], _ glance: Glance, _ html: inout Html
    ) {
        section(m("home.look"), &html) { html in
            let found = latest.filter { doubtful[$0.id] ?? 0 > 0 || $0.indicators == 0 }
            if found.isEmpty, glance.deadLetters.isEmpty {
                return html.element("p", ["class": "soft"], m("home.nothing-to-look-at"))
            }
            html.element("ul", ["class": "list"]) { html in
                for entry in found.prefix(5) {
                    html.element("li") { html in
                        html.element("a", ["href": Self.path(entry.id), "lang": "zh"], Self.title(entry))
                        html.literal(" ")
                        html.element(
                            "span", ["class": "flag"],
                            entry.indicators == 0
                                ? m("home.no-figures") : m("home.doubtful", ["count": "\(doubtful[entry.id] ?? 0)"]))
                    }
                }
                for letter in glance.deadLetters.prefix(4) {
                    html.element("li") { html in
                        html.element(
                            "a", ["href": Escaped.link("/dead-letters", [("code", letter.code)])],
                            m("home.letters", ["count": figures.count(letter.count), "code": letter.code]))
                    }
                }
            }
        }
    }

    private func standing(_ glance: Glance, _ html: inout Html) {
        section(m("home.standing"), &html, more: (m("home.operations"), "/operations")) { html in
            let picture = try? portal.operations.value()
            let workers = picture?.workers ?? []
            html.element("p") { html in
                if workers.isEmpty {
                    html.text(m("home.no-workers"))
                } else {
                    let well = workers.count { $0.state == "ready" }
                    html.text(m("home.workers", ["ready": "\(well)", "count": "\(workers.count)"]))
                }
            }
            html.element("p", ["class": "soft"], m("home.newest", ["when": moment(glance.newest)]))
        }
    }
}
