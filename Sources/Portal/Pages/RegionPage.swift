import BulletinModel
import Panel
import Reading
import Store

extension PageContext {
    /// A region's figures of a year in the order of a communiqué, with change and rank.
    func regionPage(_ code: String) throws -> PortalAnswer {
        guard let division = names.division(code: code) else {
            throw Problem(404, "There is no division of this code.")
        }
        let codes = names.codes(of: code)
        let years = try store.years(ofDivisions: codes)
        let asked = try SeriesRequest.years(request)?.lowerBound
        let year = asked ?? years.max { ($0.count, $0.year) < ($1.count, $1.year) }?.year
        let figures = try year.map { try RegionYear(division, $0, store, names) }
        return page(division.name, .regions) { html in
            crumbs(division, &html)
            html.element("h1", ["lang": "zh"], division.name)
            let parts = names.children(of: division)
            if let year, let figures, !figures.rows.isEmpty {
                yearLinks(years, year, code, &html)
                section(m("region.year", ["year": "\(year)"]), &html) { html in
                    regionTable(figures, division, &html)
                }
            } else {
                html.element("p", ["class": "empty"], m("region.nothing"))
            }
            guard !parts.isEmpty else { return }
            section(m("region.parts"), &html) { html in
                html.element("ul", ["class": "chips-list"]) { html in
                    for part in parts {
                        html.element("li") {
                            $0.element("a", ["href": Self.regionPath(part.code), "lang": "zh"], part.name)
                        }
                    }
                }
            }
        }
    }

    private func crumbs(_ division: Division, _ html: inout Html) {
        var above: [Division] = []
        var next = names.parent(of: division)
        while let one = next, above.count < 4 {
            above.insert(one, at: 0)
            next = names.parent(of: one)
        }
        html.element("nav", ["class": "crumbs", "aria-label": m("region.above")]) { html in
            if above.isEmpty { return html.element("span", m("part.regions")) }
            for one in above {
                html.element("a", ["href": Self.regionPath(one.code), "lang": "zh"], one.name)
                html.literal(" › ")
            }
        }
    }

    private func yearLinks(_ years: [(year: Int, count: Int)], _ year: Int, _ code: String, _ html: inout Html) {
        html.element("nav", ["class": "years", "aria-label": m("region.years")]) { html in
            html.element("ul") { html in
                for one in years.prefix(16) {
                    html.element("li") { html in
                        html.element(
                            "a",
                            [
                                "href": Escaped.link(Self.regionPath(code), [("years", "\(one.year)")]),
                                "aria-current": one.year == year ? "page" : nil,
                            ], "\(one.year)")
                    }
                }
            }
        }
    }

    private func regionTable(_ figures: RegionYear, _ division: Division, _ html: inout Html) {
        table(
            m("region.year", ["year": "\(figures.year)"]),
            [m("indicator.measure"), m("region.value"), m("region.change"), m("region.rank")], right: [1, 2, 3], &html
        ) { html in
            for row in figures.rows {
                html.element("tr") { html in
                    html.element("th", ["scope": "row"]) {
                        $0.element(
                            "a", ["href": Self.series(row.code, division.code)], names.title(row.code, m.language))
                    }
                    html.element("td", ["class": "num"]) { cell(row.level, row.levelUnit, signed: false, &$0) }
                    html.element("td", ["class": "num"]) { cell(row.change, row.changeUnit, signed: true, &$0) }
                    html.element("td", ["class": "num"]) { html in
                        if let rank = row.rank {
                            html.text(m("region.rank-of", ["rank": "\(rank.place)", "count": "\(rank.of)"]))
                        } else {
                            html.element("span", ["class": "soft"], "–")
                        }
                    }
                }
            }
        }
        html.element("p", ["class": "soft"], m("region.rank-note"))
    }

    private func cell(_ cell: PanelCell?, _ unit: String, signed: Bool, _ html: inout Html) {
        guard let cell, let value = cell.value else { return html.element("span", ["class": "soft"], "–") }
        var text = figures.value(value, panelUnit: unit)
        if signed, value.first != "-", value != "0" { text = "+" + text }
        if let id = cell.chosen?.statement.id {
            html.element("a", ["href": Self.path(id)], text)
        } else {
            html.text(text)
        }
        if cell.isFlagged {
            html.literal(" ")
            html.element(
                "span", ["class": "flag"], m("standing.\(cell.standing == .conflict ? "conflict" : "doubtful")"))
        }
    }
}

/// A region's figures of one year: for each measure its level, its change and its place among its neighbours.
struct RegionYear {
    /// One measure.
    struct Row {
        let code: String
        let level: PanelCell?
        let levelUnit: String
        let change: PanelCell?
        let changeUnit: String
        var rank: (place: Int, of: Int)?
    }

    let year: Int
    private(set) var rows: [Row] = []

    init(_ division: Division, _ year: Int, _ store: BulletinStore, _ names: PortalNames) throws {
        self.year = year
        var query = IndicatorQuery()
        query.divisions = names.codes(of: division.code)
        (query.from, query.to) = ("\(year)-12-01", "\(year)-12-31")
        let stated = Set(try store.newest(query, limit: 3_000).compactMap(\.indicator.code))
        // The table of measures goes through them as communiqués do.
        let codes = names.measures.measures.map(\.code).filter(stated.contains).prefix(160)
        guard !codes.isEmpty else { return }
        let columns = codes.flatMap { code in
            [PanelColumn(measure: code), PanelColumn(measure: code, kind: .change)]
        }
        var request = Self.request(columns, year, names)
        request.regions = [division]
        let panel = try PanelMaker(store, names.divisions, request).make()
        guard let row = panel.rows.first(where: { $0.period == PanelPeriod(year: year) }) else { return }
        for (place, code) in codes.enumerated() {
            let (level, change) = (panel.cell(row, 2 * place), panel.cell(row, 2 * place + 1))
            guard level != nil || change != nil else { continue }
            rows.append(
                Row(
                    code: code, level: level, levelUnit: panel.units[2 * place].name, change: change,
                    changeUnit: panel.units[2 * place + 1].name))
        }
        try rank(division, store, names)
    }

    private static func request(_ columns: [PanelColumn], _ year: Int, _ names: PortalNames) -> PanelRequest {
        var request = PanelRequest(columns: columns, years: year...year)
        request.looksForGaps = false
        request.checksArithmetic = false
        for column in columns {
            guard let measure = names.measures.measure(column.measure) else { continue }
            request.measureNames[column.measure] = measure.names
            if let unit = measure.unit, unit != "1" { request.measureUnits[column.measure] = unit }
        }
        return request
    }

    /// How many measures a region is ranked in: the first of a communiqué.
    private static let ranked = 8

    /// Its places among the divisions of its level in the same division above, in the measures that come first.
    private mutating func rank(_ division: Division, _ store: BulletinStore, _ names: PortalNames) throws {
        guard let above = names.parent(of: division) else { return }
        let places = rows.indices.filter { rows[$0].level?.value != nil }.prefix(Self.ranked)
        guard !places.isEmpty else { return }
        let columns = places.map { PanelColumn(measure: rows[$0].code) }
        var request = Self.request(columns, year, names)
        // Siblings by name, so that only their rows are read.
        request.regions = names.children(of: above).filter { $0.level == division.level }
        guard !request.regions.isEmpty else { return }
        for (column, place) in zip(columns, places) { request.units[column.key] = rows[place].levelUnit }
        let panel: Panel
        do { panel = try PanelMaker(store, names.divisions, request).make() } catch is PanelError { return }
        let own = names.divisions.successor(of: division).code
        for (column, place) in places.enumerated() {
            var values: [(region: String, number: Double)] = []
            for row in panel.rows where row.period == PanelPeriod(year: year) {
                if let number = panel.cell(row, column)?.value.flatMap({ Double($0) }) {
                    values.append((row.region, number))
                }
            }
            guard values.count > 1, let mine = values.first(where: { $0.region == own }) else { continue }
            rows[place].rank = (1 + values.count { $0.number > mine.number }, values.count)
        }
    }
}
