import BulletinModel
import Reading
import Store

extension PageContext {
    /// One figure: its passage, what it is, what else is stated, how to cite and to prove it.
    func indicatorPage(_ id: IndicatorID) throws -> PortalAnswer {
        guard let stored = try store.indicator(id) else {
            throw Problem(404, "There is no indicator of this identifier.")
        }
        let indicator = stored.indicator
        let article = try store.article(indicator.article)
        let around = try article.map { _ in try store.storedIndicators(of: indicator.article).map(\.indicator) } ?? []
        let others = try statements(like: indicator)
        let title = [indicator.region?.name, indicator.name].compactMap { $0 }.joined(separator: " ")
        return page(title, .documents) { html in
            html.element("p", ["class": "crumbs"]) { html in
                html.element(
                    "a", ["href": Self.path(indicator.bulletin), "lang": "zh"],
                    stored.title ?? stored.headline ?? stored.source ?? m("indicator.document"))
            }
            html.element("h1", ["lang": "zh"], title)
            html.element("p", ["class": "big"]) { html in
                html.element("b", figures.value(indicator))
                html.literal(" ")
                html.element("span", ["class": "soft"]) { html in
                    html.text(m("indicator.printed"))
                    html.literal(" ")
                    printed(QuoteText.plain(indicator.quote), &html)
                }
            }
            html.element("div", ["class": "columns"]) { html in
                html.element("div", ["class": "stack"]) { html in
                    if let article {
                        section(
                            m("indicator.passage"), &html,
                            more: (m("indicator.whole"), Self.path(indicator.bulletin))
                        ) { html in
                            PassageView(article, portal.engine.blocks(of: article), around, of: indicator, phrases)
                                .write(to: &html)
                        }
                    }
                    comparison(indicator, others, &html)
                    history(indicator, others, &html)
                }
                html.element("div", ["class": "stack"]) { html in
                    facts(stored, &html)
                    why(indicator, &html)
                    citations(stored, &html)
                }
            }
        }
    }

    /// All statements of the same measure, region and kind.
    private func statements(like indicator: Indicator) throws -> [StoredIndicator] {
        guard let code = indicator.code, let region = indicator.region?.code else { return [] }
        var query = IndicatorQuery()
        query.code = code
        query.divisions = names.codes(of: region)
        query.kind = indicator.kind
        return try store.newest(query, limit: 400).filter {
            $0.indicator.base == indicator.base && $0.indicator.status == indicator.status
        }
    }

    private func facts(_ stored: StoredIndicator, _ html: inout Html) {
        let indicator = stored.indicator
        section(m("indicator.facts"), &html) { html in
            html.element("dl", ["class": "facts"]) { html in
                func fact(_ key: String, _ value: String?, lang: String? = nil, path: String? = nil) {
                    html.element("div") { html in
                        html.element("dt", m(key))
                        html.element("dd", ["lang": lang, "class": value == nil ? "none" : nil]) { html in
                            if let path, let value {
                                let rel = path.hasPrefix("/") ? nil : "nofollow noopener noreferrer"
                                html.element("a", ["href": path, "rel": rel], value)
                            } else {
                                html.text(value ?? m("common.unknown"))
                            }
                        }
                    }
                }
                fact(
                    "indicator.measure", indicator.code.map { names.title($0, m.language) } ?? indicator.name,
                    lang: indicator.code == nil || m.language == .chinese ? "zh" : nil,
                    path: indicator.code.map { Self.series($0, indicator.region?.code, kind: indicator.kind) })
                fact("indicator.value", indicator.valueTo.map { indicator.value + " – " + $0 } ?? indicator.value)
                fact("indicator.unit", indicator.unit.isEmpty ? m("indicator.no-unit") : indicator.unit, lang: "zh")
                fact("indicator.kind", phrases.kind(indicator))
                fact(
                    "indicator.region", indicator.region?.name, lang: "zh",
                    path: indicator.region?.code.map(Self.regionPath))
                fact("indicator.period", indicator.period.map(phrases.span))
                fact("indicator.scope", indicator.scope.map { m("scope.\($0.rawValue)") })
                fact("indicator.vintage", indicator.vintage.map { m("vintage.\($0.rawValue)") })
                if indicator.bound != .exact { fact("indicator.bound", m("bound.\(indicator.bound.rawValue)")) }
                if indicator.status == .target { fact("indicator.status", m("status.target")) }
                fact("indicator.publisher", stored.publisher, lang: "zh")
                fact("indicator.published", stored.published.map(day))
                if let url = stored.url { fact("indicator.url", url, path: url) }
            }
        }
    }

    private func why(_ indicator: Indicator, _ html: inout Html) {
        let sureness = Sureness(indicator.confidence)
        section(m("indicator.confidence"), &html) { html in
            html.element("p") { html in
                html.element(
                    "span", ["class": "chip sureness \(sureness.rawValue)"],
                    "\(phrases.name(sureness)) \(Int((indicator.confidence * 100).rounded()))%")
            }
            let found = indicator.rules.compactMap(phrases.rule)
            guard !found.isEmpty else { return }
            html.element("ul", ["class": "plain"]) { html in
                for rule in found { html.element("li", rule) }
            }
        }
    }

    /// The same of the year before, and what others state for the same period.
    private func comparison(_ indicator: Indicator, _ others: [StoredIndicator], _ html: inout Html) {
        guard let period = indicator.period else { return }
        let before = period.yearBefore
        let same = others.filter { $0.indicator.period == period && $0.indicator.id != indicator.id }
        let last = others.filter { $0.indicator.period == before }
        section(m("indicator.comparison"), &html) { html in
            html.element("h3", m("indicator.last-year"))
            list(last, none: m("indicator.no-last-year"), &html)
            html.element("h3", m("indicator.rivals"))
            list(same, none: m("indicator.no-rivals"), &html)
        }
    }

    private func list(_ statements: [StoredIndicator], none: String, _ html: inout Html) {
        guard !statements.isEmpty else { return html.element("p", ["class": "soft"], none) }
        html.element("ul", ["class": "list"]) { html in
            for stored in statements.prefix(12) {
                html.element("li") { html in
                    figureLine(stored, &html)
                    html.element(
                        "p", ["class": "soft", "lang": "zh"], stored.title ?? stored.headline ?? stored.source ?? "")
                }
            }
        }
    }

    private func history(_ indicator: Indicator, _ others: [StoredIndicator], _ html: inout Html) {
        guard let code = indicator.code, others.count > 1 else { return }
        section(
            m("indicator.history"), &html,
            more: (m("indicator.series"), Self.series(code, indicator.region?.code, kind: indicator.kind))
        ) { html in
            table(
                m("indicator.history"), [m("indicator.period"), m("indicator.value"), m("indicator.source")],
                right: [1],
                &html
            ) { html in
                for stored in others.prefix(20) {
                    let isThis = stored.indicator.id == indicator.id
                    html.element("tr", ["class": isThis ? "this" : nil]) { html in
                        html.element(
                            "th", ["scope": "row", "class": "nowrap"],
                            stored.indicator.period.map(phrases.span) ?? m("common.unknown"))
                        html.element("td", ["class": "num nowrap"]) {
                            $0.element("a", ["href": Self.path(stored.indicator.id)], figures.value(stored.indicator))
                        }
                        html.element("td", ["lang": "zh"], stored.title ?? stored.headline ?? stored.source ?? "")
                    }
                }
            }
        }
    }

    private func citations(_ stored: StoredIndicator, _ html: inout Html) {
        let citation = Citation(stored, self)
        section(m("indicator.cite"), &html) { html in
            for (key, text, lang) in [
                ("cite.text", citation.text, m.language.tag), ("cite.gbt", citation.gbt7714, "zh"),
                ("cite.bibtex", citation.bibtex, "en"),
            ] {
                html.element("h3", m(key))
                html.element("pre", ["tabindex": "0", "lang": lang], text)
            }
            html.element("h3", m("cite.link"))
            html.element("p", ["class": "link"]) {
                $0.element("a", ["href": Self.path(stored.indicator.id), "rel": "bookmark"], citation.link)
            }
            html.element("p", ["class": "actions"]) { html in
                html.element("a", ["href": "/api/v1/indicators/" + stored.indicator.id.rawValue], "JSON")
                html.literal(" ")
                if portal.contents.proof != nil {
                    html.element(
                        "a", ["href": Self.path(stored.indicator.id) + "/proof", "download": ""], m("indicator.proof"))
                    html.literal(" ")
                    html.element("a", ["href": "/guide/outside-audit"], m("indicator.proof-check"))
                } else {
                    html.element("span", ["class": "soft"], m("indicator.no-proof"))
                }
            }
        }
    }

    /// The bundle that proves a figure to anyone.
    func proof(_ id: IndicatorID) throws -> PortalAnswer {
        guard let prove = portal.contents.proof else {
            throw Problem(404, "There is no archive to prove figures from; gongbao audit archive makes one.")
        }
        guard try store.indicator(id) != nil else { throw Problem(404, "There is no indicator of this identifier.") }
        do {
            return .attachment("proof-\(id.rawValue).zip", "application/zip", try prove(id))
        } catch {
            throw Problem(404, "\(error)")
        }
    }
}

extension Indicator.Period {
    /// The same days of the year before; 29 February becomes the 28th.
    var yearBefore: Indicator.Period? {
        func before(_ day: String) -> String? {
            guard let year = Int(day.prefix(4)), year > 1 else { return nil }
            let number = "\(year - 1)"
            let rest = day.dropFirst(4)
            return String(repeating: "0", count: max(0, 4 - number.count)) + number
                + (rest == "-02-29" ? "-02-28" : rest)
        }
        guard let start = before(start), let end = before(end) else { return nil }
        return Indicator.Period(start: start, end: end)
    }
}
