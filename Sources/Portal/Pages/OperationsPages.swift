import BulletinModel
import Foundation
import Store

extension PageContext {
    /// The measures that are known, with how many figures each has.
    func measuresPage() throws -> PortalAnswer {
        let counts = try portal.glance.value().measures
        let text = (request["q"] ?? "").trimmingBlanks
        let measures = (text.isEmpty ? names.measures.measures : names.measures.search(text)).filter {
            !text.isEmpty || counts[$0.code] ?? 0 > 0 || counts.isEmpty
        }
        return page(m("part.measures"), .measures) { html in
            html.element("h1", m("part.measures"))
            html.element("form", ["class": "ask card", "action": "/measures"]) { html in
                field("q", m("measures.find"), text, id: "find", &html)
                html.element("button", ["type": "submit"], m("search.go"))
            }
            guard !measures.isEmpty else { return html.element("p", ["class": "empty"], m("measures.nothing")) }
            table(
                m("part.measures"),
                [
                    m("indicator.measure"), m("measures.code"), m("indicator.unit"), m("measures.definition"),
                    m("document.figures"),
                ],
                right: [4], &html
            ) { html in
                for measure in measures {
                    html.element("tr") { html in
                        html.element("th", ["scope": "row"]) {
                            $0.element(
                                "a", ["href": Self.series(measure.code, nil)], names.title(measure.code, m.language))
                        }
                        html.element("td") { $0.element("code", measure.code) }
                        html.element(
                            "td", ["lang": "zh", "class": "nowrap"], measure.unit == "1" ? "–" : measure.unit ?? "–")
                        html.element("td", ["lang": "zh"], measure.definition ?? "–")
                        html.element("td", ["class": "num"], figures.count(counts[measure.code] ?? 0))
                    }
                }
            }
        }
    }

    /// What each publisher has sent, and when last.
    func publishersPage() throws -> PortalAnswer {
        let publishers = try portal.publishers.value()
        let letters = try portal.glance.value().counts.deadLetters
        return page(m("part.publishers"), .publishers) { html in
            html.element("h1", m("part.publishers"))
            html.element("p") { html in
                html.text(m("publishers.unread", ["count": figures.count(letters)]))
                html.literal(" ")
                html.element("a", ["href": "/dead-letters"], m("part.dead-letters"))
            }
            guard !publishers.isEmpty else { return html.element("p", ["class": "empty"], m("home.nothing")) }
            table(
                m("part.publishers"),
                [m("document.publisher"), m("part.documents"), m("document.articles"), m("publishers.latest")],
                right: [1, 2],
                &html
            ) { html in
                for publisher in publishers.prefix(500) {
                    html.element("tr") { html in
                        html.element("th", ["scope": "row"]) { html in
                            let isTold = !publisher.name.isEmpty
                            html.element(
                                "a",
                                [
                                    "href": Escaped.link("/documents", [("publisher", publisher.name)]),
                                    "lang": isTold ? "zh" : nil,
                                ], isTold ? publisher.name : m("publishers.untold"))
                        }
                        html.element("td", ["class": "num"], figures.count(publisher.bulletins))
                        html.element("td", ["class": "num"], figures.count(publisher.articles))
                        html.element("td", ["class": "nowrap"], publisher.latest.map(day) ?? "–")
                    }
                }
            }
        }
    }

    /// What could not be read, and why.
    func deadLettersPage() throws -> PortalAnswer {
        let counts = try portal.glance.value().deadLetters
        let code = request.filled("code")
        let letters = try store.deadLetters(limit: 500).filter { code == nil || $0.code == code }
        return page(m("part.dead-letters"), .operations) { html in
            html.element("h1", m("part.dead-letters"))
            html.element("p", ["class": "lead"], m("letters.lead"))
            guard !counts.isEmpty || !letters.isEmpty else {
                return html.element("p", ["class": "empty"], m("letters.none"))
            }
            html.element("ul", ["class": "chips-list"]) { html in
                for count in counts {
                    html.element("li") { html in
                        html.element(
                            "a",
                            [
                                "href": Escaped.link("/dead-letters", [("code", count.code)]),
                                "aria-current": count.code == code ? "true" : nil,
                            ], "\(count.code) · \(figures.count(count.count))")
                    }
                }
            }
            table(
                m("part.dead-letters"),
                [
                    m("letters.input"), m("letters.code"), m("letters.reason"), m("letters.stage"), m("letters.when"),
                    m("letters.size"),
                ],
                right: [5], &html
            ) { html in
                for letter in letters {
                    html.element("tr") { html in
                        html.element(
                            "th", ["scope": "row", "lang": "zh"],
                            letter.input ?? letter.origin.map { "\($0)" } ?? letter.id.rawValue)
                        html.element("td") { $0.element("code", letter.code ?? "–") }
                        let said = letter.reason.map(m.said) ?? "–"
                        let cure = letter.code.flatMap { m.known("letter.\($0).cure") }
                        html.element("td") { html in
                            html.element("span", ["lang": said == letter.reason ? "en" : m.language.tag], said)
                            if let cure { html.element("p", ["class": "soft"], cure) }
                        }
                        html.element("td", letter.worker.map { m.known("worker.\($0)") ?? $0 } ?? "")
                        html.element("td", ["class": "nowrap"], moment(letter.failedAt))
                        html.element(
                            "td", ["class": "num"],
                            figures.count(letter.truncatedFrom.map { max(0, $0) } ?? letter.value?.count ?? 0))
                    }
                }
            }
            html.element("p", ["class": "soft"]) { html in
                html.text(m("letters.requeue"))
                html.literal(" ")
                html.element("code", "gongbao deadletters requeue")
                html.literal(" · ")
                html.element("a", ["href": "/guide/what-to-do"], m("letters.guide"))
            }
        }
    }

    /// The last audit and the archive's signed checkpoint.
    func auditPage() -> PortalAnswer {
        let picture = portal.contents.audit()
        return page(m("part.audit"), .operations) { html in
            html.element("h1", m("part.audit"))
            html.element("p", ["class": "lead"], m("audit.lead"))
            section(m("audit.last"), &html) { html in
                html.element("p", picture.audited.map { m("audit.ended", ["when": moment($0)]) } ?? m("audit.never"))
                html.element("p", ["class": "soft"]) { html in
                    html.text(m("audit.how"))
                    html.literal(" ")
                    html.element("code", "gongbao audit verify")
                }
            }
            section(m("audit.checkpoint"), &html) { html in
                guard let checkpoint = picture.checkpoint else {
                    return html.element("p", m("audit.no-checkpoint"))
                }
                html.element("dl", ["class": "facts"]) { html in
                    func fact(_ key: String, _ value: String?) {
                        guard let value else { return }
                        html.element("div") { html in
                            html.element("dt", m(key))
                            html.element("dd", value)
                        }
                    }
                    fact("audit.origin", picture.origin)
                    fact("audit.size", picture.size.map(figures.count))
                    fact("audit.signed", picture.signed.map(moment))
                    fact("audit.segments", figures.count(picture.segments))
                    fact(
                        "audit.signature",
                        m(
                            picture.isVerified == true
                                ? "audit.holds" : picture.isVerified == false ? "audit.fails" : "audit.unchecked"))
                }
                html.element("pre", ["tabindex": "0"], checkpoint)
            }
        }
    }

    /// Workers, lag and rates.
    func operationsPage() throws -> PortalAnswer {
        let picture = try portal.operations.value()
        let glance = try portal.glance.value()
        return page(m("part.operations"), .operations) { html in
            html.element("h1", m("part.operations"))
            html.element("ul", ["class": "tiles"]) { html in
                for (key, number) in [
                    ("home.documents", glance.counts.bulletins), ("document.articles", glance.counts.articles),
                    ("home.figures", glance.counts.indicators), ("home.dead-letters", glance.counts.deadLetters),
                    ("operations.lag", Int(picture.groups.reduce(0) { $0 + $1.lag })),
                ] {
                    html.element("li") { html in
                        html.element("div") { html in
                            html.element("b", figures.count(number))
                            html.literal(" ")
                            html.element("span", m(key))
                        }
                    }
                }
            }
            html.element("p", ["class": "soft"], m("home.newest", ["when": moment(glance.newest)]))
            workers(picture, &html)
            groups(picture, &html)
            html.element("p", ["class": "actions"]) { html in
                html.element("a", ["href": "/dead-letters"], m("part.dead-letters"))
                html.literal(" ")
                html.element("a", ["href": "/audit"], m("part.audit"))
                html.literal(" ")
                html.element("a", ["href": "/api/v1/status"], "JSON")
            }
        }
    }

    private func workers(_ picture: OperationsPicture, _ html: inout Html) {
        section(m("operations.workers"), &html) { html in
            guard !picture.workers.isEmpty else { return html.element("p", m("home.no-workers")) }
            table(
                m("operations.workers"),
                [
                    m("operations.worker"), m("operations.state"), m("operations.in"), m("operations.out"),
                    m("operations.lag"),
                    m("operations.rejected"), m("operations.memory"), m("operations.address"),
                ], right: [2, 3, 4, 5, 6], &html
            ) { html in
                for worker in picture.workers {
                    html.element("tr") { html in
                        html.element("th", ["scope": "row"], m("worker.\(worker.name)"))
                        html.element("td") {
                            $0.element(
                                "span", ["class": worker.state == "ready" ? "good" : "flag"],
                                m("state.\(worker.state.replacing(" ", with: "-"))"))
                        }
                        html.element("td", ["class": "num"], rate(worker.rateIn))
                        html.element("td", ["class": "num"], rate(worker.rateOut))
                        html.element("td", ["class": "num"], figures.count(worker.lag))
                        html.element("td", ["class": "num"], figures.count(worker.rejected))
                        html.element("td", ["class": "num"], "\(figures.count(worker.memory)) MiB")
                        html.element("td", worker.address)
                    }
                }
            }
        }
    }

    private func rate(_ rate: Double?) -> String {
        rate.map { FigureText.grouped("\(($0 * 10).rounded() / 10)") } ?? "–"
    }

    private func groups(_ picture: OperationsPicture, _ html: inout Html) {
        section(m("operations.groups"), &html) { html in
            if let trouble = picture.trouble { html.element("p", ["class": "flag", "lang": "en"], trouble) }
            guard !picture.groups.isEmpty else { return html.element("p", m("operations.no-topics")) }
            table(
                m("operations.groups"),
                [m("operations.group"), m("operations.topic"), m("operations.records"), m("operations.lag")],
                right: [2, 3],
                &html
            ) { html in
                for group in picture.groups {
                    html.element("tr") { html in
                        html.element("th", ["scope": "row"], group.name)
                        html.element("td", group.topic)
                        html.element("td", ["class": "num"], figures.count(Int(group.records)))
                        html.element("td", ["class": "num"], figures.count(Int(group.lag)))
                    }
                }
            }
        }
    }

    /// What programs can ask, for people.
    func apiPage() -> PortalAnswer {
        page(m("part.api"), nil) { html in
            html.element("h1", m("part.api"))
            html.element("p", ["class": "lead"], m("api.lead"))
            html.element("p") { $0.element("a", ["href": "/api/v1/openapi.json"], "OpenAPI 3.1") }
            table(m("part.api"), [m("api.path"), m("api.what"), m("api.parameters")], &html) { html in
                for endpoint in Endpoint.all {
                    html.element("tr") { html in
                        html.element("th", ["scope": "row"]) { $0.element("code", endpoint.path) }
                        html.element("td", ["lang": "en"], endpoint.summary)
                        html.element("td") {
                            $0.element("code", endpoint.parameters.map(\.name).joined(separator: ", "))
                        }
                    }
                }
            }
        }
    }
}
