import BulletinModel
import Crypto
import Foundation
import Panel
import Reading
import Store

extension PageContext {
    /// A measure over time: chart, table, comparison, data.
    func seriesPage() throws -> PortalAnswer {
        guard request.filled("measure") != nil else {
            return page(m("part.series"), .series) { html in
                html.element("h1", m("part.series"))
                html.element("p", ["class": "lead"], m("series.lead"))
                seriesForm(nil, &html)
            }
        }
        let asked = try SeriesRequest(request, names, m.language)
        switch request.filled("format") ?? (request.headers["accept"]?.hasPrefix("text/csv") == true ? "csv" : "html") {
        case "csv": return try seriesTable(asked)
        case "json": return try seriesJson(asked)
        case "html": break
        default: throw Problem(400, "format is html, csv or json.", parameter: "format")
        }
        let data = try SeriesData(asked, store, names)
        let title = seriesTitle(asked)
        let stating = asked.divisions.isEmpty ? try regions(stating: asked) : []
        return page(title, .series, feed: Escaped.link("/feed.atom", [("code", asked.measure)])) { html in
            html.element("h1", ["lang": asked.isCode ? nil : "zh"], title)
            if let definition = names.measures.measure(asked.measure)?.definition {
                html.element("p", ["class": "soft", "lang": "zh"], definition)
            }
            seriesForm(asked, &html)
            guard data.lines.contains(where: \.hasValues) else {
                html.element(
                    "p", ["class": "empty"], asked.divisions.isEmpty ? m("series.choose") : m("series.nothing"))
                guard !stating.isEmpty else { return }
                return html.element("ul", ["class": "meant"]) { html in
                    for region in stating {
                        html.element("li") { html in
                            let link = Self.series(asked.measure, region.code, kind: asked.kind)
                            html.element("a", ["href": link]) { $0.element("b", ["lang": "zh"], region.name) }
                        }
                    }
                }
            }
            html.element("figure", ["class": "card"]) { html in
                let description = describe(data)
                LineChart(data, title: title, description: description, .wide, self).write(to: &html, id: "wide")
                LineChart(data, title: title, description: description, .narrow, self).write(to: &html, id: "narrow")
                html.element("figcaption") { html in legend(data, &html) }
            }
            seriesValues(data, title, &html)
            downloads(&html)
        }
    }

    /// The regions of which the latest figures of a measure are, so that who asked for none has some to choose from.
    private func regions(stating asked: SeriesRequest) throws -> [(code: String, name: String)] {
        try store.newestRegions(code: asked.measure, among: 300)
    }

    func seriesTitle(_ asked: SeriesRequest) -> String {
        let regions = asked.divisions.map(\.name).joined(separator: m("common.list"))
        let kind = asked.kind == .level ? "" : m("common.comma") + m("kind.\(asked.kind.rawValue)")
        return regions.isEmpty
            ? asked.title + kind : m("series.title", ["measure": asked.title + kind, "regions": regions])
    }

    private func seriesForm(_ asked: SeriesRequest?, _ html: inout Html) {
        html.element("form", ["class": "ask card", "action": "/series"]) { html in
            field("measure", m("series.measure"), request["measure"] ?? "", list: "measures", &html)
            let regions = asked?.divisions.map(\.name) ?? request.all("region")
            for place in 0..<min(8, regions.count + 1) {
                let label = place == 0 ? m("series.region") : m("series.region-more", ["number": "\(place + 1)"])
                let chosen = place < regions.count ? regions[place] : ""
                field("region", label, chosen, id: "region\(place)", &html)
            }
            choice(
                "kind", m("series.kind"), Indicator.Kind.allCases.map(\.rawValue), asked?.kind.rawValue ?? "level",
                "kind", &html)
            choice(
                "by", m("series.by"), PanelPeriod.Frequency.allCases.map(\.rawValue),
                asked?.frequency.rawValue ?? "year", "by", &html)
            field("years", m("series.years"), request["years"] ?? "", hint: "2015-2025", &html)
            html.element("button", ["type": "submit"], m("series.show"))
        }
        html.element("datalist", ["id": "measures"]) { html in
            for code in ((try? portal.glance.value())?.measures ?? [:]).sorted(by: {
                ($1.value, $0.key) < ($0.value, $1.key)
            }).prefix(60) {
                html.element("option", ["value": code.key], names.title(code.key, m.language))
            }
        }
    }

    /// A labelled field of a form.
    func field(
        _ name: String, _ label: String, _ value: String, id: String? = nil, list: String? = nil, hint: String? = nil,
        _ html: inout Html
    ) {
        html.element("div", ["class": "field"]) { html in
            html.element("label", ["for": id ?? name], label)
            html.begin(
                "input",
                [
                    "type": "text", "id": id ?? name, "name": name, "value": value, "list": list, "placeholder": hint,
                    "maxlength": "400",
                ])
        }
    }

    /// A labelled choice of a form; the words are messages that begin with `key`.
    func choice(
        _ name: String, _ label: String, _ values: [String], _ chosen: String, _ key: String, none: String? = nil,
        _ html: inout Html
    ) {
        html.element("div", ["class": "field"]) { html in
            html.element("label", ["for": name], label)
            html.element("select", ["id": name, "name": name]) { html in
                if let none { html.element("option", ["value": ""], none) }
                for value in values {
                    html.element(
                        "option", ["value": value, "selected": value == chosen ? "" : nil], m("\(key).\(value)"))
                }
            }
        }
    }

    /// What who cannot see the chart is told.
    private func describe(_ data: SeriesData) -> String {
        let sentences = data.lines.compactMap { line -> String? in
            let stated = line.points.filter { $0.number != nil }
            guard let first = stated.first, let last = stated.last else { return nil }
            return m(
                line.isTarget ? "chart.describe-target" : "chart.describe",
                [
                    "region": line.division.name, "first": first.label, "last": last.label,
                    "from": figures.value(first.value ?? "", panelUnit: data.unit),
                    "to": figures.value(last.value ?? "", panelUnit: data.unit), "count": "\(stated.count)",
                ])
        }
        return sentences.joined(separator: " ")
    }

    private func legend(_ data: SeriesData, _ html: inout Html) {
        html.element("ul", ["class": "legend-list"]) { html in
            var seen: [String] = []
            for line in data.lines where line.hasValues && !line.isTarget && !seen.contains(line.division.code) {
                seen.append(line.division.code)
            }
            for (place, code) in data.lines.map(\.division.code).reduce(
                into: [String](), { if !$0.contains($1) { $0.append($1) } }
            )
            .enumerated() where seen.contains(code) {
                html.element("li") { html in
                    html.element("span", ["class": "swatch b\(place % 8)"]) { _ in }
                    printed(names.division(code: code)?.name ?? code, &html)
                }
            }
            if data.lines.contains(where: { $0.isTarget && $0.hasValues }) { html.element("li", m("chart.key-target")) }
            if data.lines.contains(where: { $0.points.contains { $0.isFlagged && $0.number != nil } }) {
                html.element("li", m("chart.key-look"))
            }
            html.element("li", m("chart.key-gap"))
        }
    }

    private func seriesValues(_ data: SeriesData, _ title: String, _ html: inout Html) {
        let shown = data.lines.filter(\.hasValues)
        let heads = [m("indicator.period")] + shown.map { $0.division.name + ($0.isTarget ? m("chart.target") : "") }
        let unit = figures.unit(data.unit)
        section(unit.isEmpty ? m("series.values") : m("series.values-in", ["unit": unit]), &html) { html in
            var labels: [PanelPeriod: String] = [:]
            for point in shown.flatMap(\.points) where point.number != nil { labels[point.period] = point.label }
            table(title, heads, right: Set(1..<max(2, heads.count)), &html) { html in
                for (period, label) in labels.sorted(by: { $1.key < $0.key }) {
                    html.element("tr") { html in
                        html.element("th", ["scope": "row"], label)
                        for line in shown {
                            let point = line.points.first { $0.period == period }
                            html.element("td", ["class": "num"]) { valueCell(point, data.unit, &$0) }
                        }
                    }
                }
            }
        }
    }

    /// A value with a link to its statement, and a word where a person should look.
    private func valueCell(_ point: SeriesData.Point?, _ unit: String, _ html: inout Html) {
        guard let point, let value = point.value else { return html.element("span", ["class": "soft"], "–") }
        let text = figures.number(value, panelUnit: unit)
        if let id = point.indicator {
            html.element("a", ["href": Self.path(id)], text)
        } else {
            html.text(text)
        }
        if point.isFlagged || point.rivals > 0 {
            html.literal(" ")
            html.element(
                "span", ["class": point.isFlagged ? "flag" : "soft"],
                point.isFlagged
                    ? m("standing.\(point.standing == .conflict ? "conflict" : "doubtful")")
                    : m("series.rivals", ["count": "\(point.rivals)"]))
        }
    }

    private func downloads(_ html: inout Html) {
        let query = request.query.filter { $0.name != "format" && !$0.value.isEmpty }
        html.element("p", ["class": "actions"]) { html in
            for format in ["csv", "json"] {
                html.element("a", ["href": Escaped.link("/series", query + [("format", format)])], format.uppercased())
                html.literal(" ")
            }
            html.element("a", ["href": Escaped.link("/series/chart.svg", query)], m("series.picture"))
        }
    }

    /// The chart alone, to be embedded.
    func seriesPicture() throws -> PortalAnswer {
        let asked = try SeriesRequest(request, names, m.language)
        let data = try SeriesData(asked, store, names)
        guard data.lines.contains(where: \.hasValues) else {
            throw Problem(404, "Nothing is stated that a chart could show.")
        }
        var html = Html()
        html.literal("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        LineChart(data, title: seriesTitle(asked), description: describe(data), .wide, self)
            .write(to: &html, id: "chart", style: LineChart.style)
        var answer = PortalAnswer(200, "image/svg+xml", Array(html.markup.utf8))
        answer.styles = [
            Data(SHA256.hash(data: Data(LineChart.style.description.utf8))).base64EncodedString()
        ]
        return answer
    }
}
