import BulletinModel
import Foundation
import Panel
import Reading
import Store

extension PageContext {
    /// Measures × regions × years, asked for in the page and saved in any form.
    func panelPage() throws -> PortalAnswer {
        guard request.filled("measure") != nil else {
            return page(m("part.panel"), .panel) { html in
                html.element("h1", m("part.panel"))
                html.element("p", ["class": "lead"], m("panel.lead"))
                panelForm(&html)
            }
        }
        let asked = try PanelAsked(request, names)
        let panel = try asked.make(store, names)
        if let format = request.filled("format") { return try PanelFile.answer(panel, format, long: asked.isLong, m) }
        let counts = panel.counts
        return page(m("part.panel"), .panel) { html in
            html.element("h1", m("part.panel"))
            panelForm(&html)
            html.element("p") { html in
                html.text(
                    m(
                        "panel.counts",
                        [
                            "rows": figures.count(panel.rows.count),
                            "cells": figures.count(counts.filter { $0.key != .missing }.values.reduce(0, +)),
                            "missing": figures.count(counts[.missing] ?? 0), "flagged": figures.count(panel.flagged),
                        ]))
            }
            downloadLinks(&html)
            panelTable(panel, &html)
            checks(panel, &html)
        }
    }

    private func panelForm(_ html: inout Html) {
        let year = Calendar(identifier: .gregorian).component(.year, from: portal.contents.now())
        html.element("form", ["class": "ask card", "action": "/panel"]) { html in
            field(
                "measure", m("panel.measures"), request.all("measure").joined(separator: ", "),
                hint: "gdp, gdp:change, general_public_revenue", &html)
            field("years", m("series.years"), request["years"] ?? "\(year - 5)-\(year)", &html)
            choice(
                "level", m("panel.level"), Division.Level.allCases.map(\.rawValue), request["level"] ?? "", "level",
                none: m("panel.any-level"), &html)
            field("within", m("panel.within"), request["within"] ?? "", hint: "河南省", &html)
            choice(
                "by", m("series.by"), PanelPeriod.Frequency.allCases.map(\.rawValue), request["by"] ?? "year", "by",
                &html)
            html.element("button", ["type": "submit"], m("panel.make"))
        }
    }

    private func downloadLinks(_ html: inout Html) {
        let query = request.query.filter { $0.name != "format" && !$0.value.isEmpty }
        html.element("p", ["class": "actions"]) { html in
            html.element("span", m("panel.download"))
            for format in PanelFile.formats {
                html.literal(" ")
                html.element(
                    "a", ["href": Escaped.link("/panel", query + [("format", format)]), "download": ""],
                    m("format.\(format)"))
            }
        }
    }

    private static let mostRows = 200

    private func panelTable(_ panel: Panel, _ html: inout Html) {
        let columns = 0..<panel.shown
        // A region that nothing is stated of would only be rows of dashes.
        let stated = Set(
            panel.rows.filter { row in columns.contains { panel.cell(row, $0)?.value != nil } }.map(\.region))
        let shown = panel.rows.filter { stated.contains($0.region) }
        let heads = columns.map { place in
            let unit = figures.unit(panel.units[place].name)
            return title(panel.columns[place]) + (unit.isEmpty ? "" : m("panel.in-unit", ["unit": unit]))
        }
        table(
            m("part.panel"), [m("indicator.region"), m("indicator.period")] + heads,
            right: Set(2..<(2 + max(1, panel.shown))), &html
        ) { html in
            for row in shown.prefix(Self.mostRows) {
                html.element("tr") { html in
                    html.element("th", ["scope": "row", "lang": "zh"]) { html in
                        if row.code.isEmpty {
                            html.text(row.name)
                        } else {
                            html.element("a", ["href": Self.regionPath(row.code)], row.name)
                        }
                    }
                    html.element("td", ["class": "nowrap"], row.period.label(panel.request.frequency))
                    for place in columns {
                        html.element("td", ["class": "num"]) {
                            panelCell(panel.cell(row, place), panel.units[place].name, &$0)
                        }
                    }
                }
            }
        }
        let others = Set(panel.rows.map(\.region)).count - stated.count
        if others > 0 {
            html.element("p", ["class": "soft"], m("panel.empty-regions", ["count": figures.count(others)]))
        }
        if shown.count > Self.mostRows {
            html.element("p", ["class": "soft"], m("panel.first-rows", ["count": "\(Self.mostRows)"]))
        }
    }

    private func panelCell(_ cell: PanelCell?, _ unit: String, _ html: inout Html) {
        guard let cell, let value = cell.value else { return html.element("span", ["class": "soft"], "–") }
        let text = figures.number(value, panelUnit: unit)
        if let id = cell.chosen?.statement.id {
            html.element("a", ["href": Self.path(id)], text)
        } else {
            html.text(text)
        }
        guard cell.isFlagged else { return }
        let key = cell.standing == .conflict ? "conflict" : cell.failedChecks.isEmpty ? "doubtful" : "check"
        html.literal(" ")
        html.element("span", ["class": "flag"], m("standing.\(key)"))
    }

    /// What a column is called: measure, and what of it.
    func title(_ column: PanelColumn) -> String {
        var parts = [column.isCode ? names.title(column.measure, m.language) : column.measure]
        if column.kind != .level { parts.append(m("kind.\(column.kind.rawValue)")) }
        if column.status == .target { parts.append(m("status.target")) }
        return parts.joined(separator: m("common.comma"))
    }

    private func checks(_ panel: Panel, _ html: inout Html) {
        let failed = panel.checks.filter { $0.outcome == .fails }
        guard !failed.isEmpty else { return }
        html.element("p", ["class": "soft"], m("panel.checks", ["count": "\(failed.count)"]))
    }
}
