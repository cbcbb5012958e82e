import BulletinModel
import Panel
import Store

extension PageContext {
    /// A series as JSON.
    func seriesJson(_ asked: SeriesRequest) throws -> PortalAnswer {
        let data = try SeriesData(asked, store, names)
        return json(
            JSONWriter.line { json in
                json.member("measure", asked.measure)
                json.member("kind", asked.kind.rawValue)
                json.member("by", asked.frequency.rawValue)
                json.member("unit", data.unit)
                json.objects("series", data.lines) { json, line in
                    json.member("region", line.division.code)
                    json.member("name", line.division.name)
                    json.member("status", line.isTarget ? "target" : "actual")
                    json.objects("points", line.points) { json, point in
                        json.member("period", point.label)
                        Records.number("value", point.value, to: &json)
                        json.member("standing", point.standing.rawValue)
                        json.key("flagged")
                        json.value(point.isFlagged)
                        json.member("rivals", point.rivals)
                        json.member("indicator", point.indicator?.rawValue)
                        json.member("bulletin", point.source?.bulletin.rawValue)
                    }
                }
            })
    }

    /// A series as CSV, one line a value.
    func seriesTable(_ asked: SeriesRequest) throws -> PortalAnswer {
        let data = try SeriesData(asked, store, names)
        var rows: [[DataTable.Value]] = []
        for line in data.lines {
            for point in line.points {
                rows.append([
                    .text(asked.measure), .text(asked.kind.rawValue), .text(line.isTarget ? "target" : "actual"),
                    .text(line.division.code), .text(line.division.name), .text(point.label),
                    point.value.map { .number($0) } ?? .none, .text(data.unit), .text(point.standing.rawValue),
                    .text(point.isFlagged ? "true" : "false"), .text(point.indicator?.rawValue ?? ""),
                    .text(point.source?.publisher ?? ""), .text(point.source?.published ?? ""),
                ])
            }
        }
        return csv(
            [
                "measure", "kind", "status", "region_code", "region", "period", "value", "unit", "standing", "flagged",
                "indicator", "publisher", "published",
            ], rows)
    }

    /// A panel's cells.
    func panel(_ isCsv: Bool) throws -> PortalAnswer {
        let asked = try PanelAsked(request, names)
        let panel = try asked.make(store, names)
        guard !isCsv else {
            return PortalAnswer(
                200, "text/csv; charset=utf-8", CsvWriter.bytes(PanelTables(panel, m).cells, mark: false))
        }
        return json(
            JSONWriter.line { json in
                json.objects("columns", 0..<panel.shown) { json, place in
                    json.member("column", panel.columns[place].key)
                    json.member("measure", panel.columns[place].measure)
                    json.member("kind", panel.columns[place].kind.rawValue)
                    json.member("status", panel.columns[place].status.rawValue)
                    json.member("unit", panel.units[place].name)
                }
                json.objects("rows", panel.rows) { json, row in
                    json.member("region_code", row.code.isEmpty ? nil : row.code)
                    json.member("region", row.name)
                    json.member("period", row.period.label(panel.request.frequency))
                    json.key("cells")
                    json.beginArray()
                    for place in 0..<panel.shown {
                        let cell = panel.cell(row, place)
                        json.beginObject()
                        Records.number("value", cell?.value, to: &json)
                        json.member("standing", (cell?.standing ?? .missing).rawValue)
                        json.key("flagged")
                        json.value(cell?.isFlagged ?? false)
                        json.member("indicator", cell?.chosen?.statement.id.rawValue)
                        json.endObject()
                    }
                    json.endArray()
                }
            })
    }
}
