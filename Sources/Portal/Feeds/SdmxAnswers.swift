import BulletinModel
import Foundation
import Panel
import Reading
import Store

extension PageContext {
    /// Data for statistics clients: SDMX-JSON 1.0 at `2.1/data/FLOW/KEY`, SDMX-CSV 2.0 at
    /// `3.0/data/dataflow/GONGBAO/PANEL/1.0/KEY`, and the structure at `3.0/structure/datastructure/GONGBAO/PANEL/1.0`.
    ///
    /// A key names FREQ, REF_AREA, MEASURE, KIND, BASE, AIM and SPAN with full stops between; what is left empty, or is *,
    /// is any, but at least one measure must be named; + stands between several.
    func sdmx(_ path: [String]) throws -> PortalAnswer {
        try checkSdmxQuery()
        if path.count == 4, path[0] == "2.1", path[1] == "data", Self.isFlow(path[2]) {
            let panel = try sdmxPanel(path[3])
            let now = portal.contents.now().formatted(.iso8601)
            return PortalAnswer(
                200, "application/vnd.sdmx.data+json;version=1.0.0-wd", SdmxJsonWriter(panel, m, prepared: now).bytes)
        }
        let flow = path.count >= 6 && path[0] == "3.0" && ["dataflow", "datastructure"].contains(path[2])
        if flow, path[1] == "data", path.count == 7, Self.isOurs(path[3..<6]) {
            return PortalAnswer(
                200, "application/vnd.sdmx.data+csv;version=2.0.0", SdmxWriter(try sdmxPanel(path[6])).csv)
        }
        if flow, path[1] == "structure", path.count == 6, Self.isOurs(path[3..<6]) {
            return PortalAnswer(
                200, "application/vnd.sdmx.structure+xml;version=3.0.0",
                SdmxWriter(try sdmxPanel(request.filled("key") ?? "A..gdp")).structure)
        }
        throw Problem(
            404, "There is no such data; ask /sdmx/2.1/data/PANEL/KEY or /sdmx/3.0/data/dataflow/GONGBAO/PANEL/1.0/KEY."
        )
    }

    private static func isFlow(_ text: String) -> Bool {
        ["PANEL", "GONGBAO,PANEL", "GONGBAO,PANEL,1.0", "GONGBAO,PANEL,latest"].contains(text)
    }

    private static func isOurs(_ parts: ArraySlice<String>) -> Bool {
        let parts = Array(parts)
        return ["GONGBAO", "*"].contains(parts[0]) && ["PANEL", "*"].contains(parts[1])
            && ["1.0", "*", "~", "+"].contains(parts[2])
    }

    private func checkSdmxQuery() throws {
        let known: Set = [
            "startPeriod", "endPeriod", "key", "format", "dimensionAtObservation", "detail", "attributes", "measures",
        ]
        for (name, _) in request.query where !known.contains(name) {
            throw Problem(400, "There is no parameter \(name).", parameter: name)
        }
    }

    private func sdmxPanel(_ key: String) throws -> Panel {
        var parts = key.split(separator: ".", omittingEmptySubsequences: false).map { part in
            part.split(separator: "+").map(String.init).filter { $0 != "*" }
        }
        guard parts.count <= 7 else {
            throw Problem(400, "A key has seven parts with full stops between.", parameter: "key")
        }
        parts += [[String]](repeating: [], count: 7 - parts.count)
        guard !parts[2].isEmpty, parts[2].count <= 24 else {
            throw Problem(400, "The third part of the key names at least one measure.", parameter: "key")
        }
        var columns: [PanelColumn] = []
        for word in parts[2] {
            guard let measure = names.measure(word) else {
                throw Problem(404, "There is no measure \(word).", parameter: "key")
            }
            for kind in try Self.words(parts[3], Indicator.Kind.self, or: [.level]) {
                for status in try Self.words(parts[5], Indicator.Status.self, or: [.actual]) {
                    let base = parts[4].first { $0 != "_Z" }.flatMap { Indicator.Base(rawValue: $0.lowercased()) }
                    columns.append(
                        PanelColumn(measure: measure.code, title: measure.name, kind: kind, base: base, status: status))
                }
            }
        }
        var wanted = PanelRequest(columns: columns, years: try sdmxYears())
        switch parts[0].first ?? "A" {
        case "A": wanted.frequency = .year
        case "Q": wanted.frequency = .quarter
        case "M": wanted.frequency = .month
        default: throw Problem(400, "FREQ is A, Q or M.", parameter: "key")
        }
        for word in parts[1] {
            guard let division = names.division(word) else {
                throw Problem(404, "There is no division \(word).", parameter: "key")
            }
            wanted.regions.append(division)
        }
        wanted.looksForGaps = false
        for column in columns {
            guard let known = names.measures.measure(column.measure) else { continue }
            wanted.measureNames[column.measure] = known.names
            if let unit = known.unit, unit != "1" { wanted.measureUnits[column.measure] = unit }
        }
        do { return try PanelMaker(store, names.divisions, wanted).make() } catch let error as PanelError {
            throw Problem(400, error.message + ".")
        }
    }

    private static func words<Word: RawRepresentable>(
        _ words: [String], _ type: Word.Type, or fallback: [Word]
    ) throws -> [Word] where Word.RawValue == String {
        guard !words.isEmpty else { return fallback }
        return try words.map { word in
            guard let known = Word(rawValue: word.lowercased()) else {
                throw Problem(400, "There is no \(word) in this dimension.", parameter: "key")
            }
            return known
        }
    }

    private func sdmxYears() throws -> ClosedRange<Int> {
        func year(_ name: String) throws -> Int? {
            guard let text = request.filled(name) else { return nil }
            guard let year = Int(text.prefix(4)), (1900...2200).contains(year) else {
                throw Problem(400, "\(name) begins with a year.", parameter: name)
            }
            return year
        }
        let now = Calendar(identifier: .gregorian).component(.year, from: portal.contents.now())
        let last = try year("endPeriod") ?? now
        let first = try year("startPeriod") ?? max(1900, last - 10)
        guard first <= last else { throw Problem(400, "startPeriod is behind endPeriod.", parameter: "startPeriod") }
        return first...last
    }
}
