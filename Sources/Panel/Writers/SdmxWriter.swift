import Foundation
import Messages

/// SDMX-CSV 2.0 of a panel's cells, and the data structure definition that goes with it (SDMX-ML 3.0).
public struct SdmxWriter {
    private let panel: Panel
    private let measures: [(id: String, title: String)]

    /// Of a panel.
    public init(_ panel: Panel) {
        self.panel = panel
        let tables = PanelTables(panel, Messages(.chinese))
        measures = (0..<panel.shown).map { place in
            let column = panel.columns[place]
            // Identifiers have Latin letters alone; a measure without a code is numbered.
            let id = column.isCode ? column.measure : "M\(place + 1)"
            return (id, column.title.isEmpty ? tables.title(place) : column.title)
        }
    }

    static let dimensions = ["FREQ", "REF_AREA", "MEASURE", "KIND", "BASE", "AIM", "SPAN"]
    private static let attributes = ["UNIT_MEASURE", "OBS_STATUS", "AREA_NAME", "INDICATOR_ID", "STANDING"]

    /// One value with what tells it from others and what is known of it, in the order of the names above.
    struct Observation {
        let key: [String]
        let time: String
        let value: String
        let unit: String
        let status: String
        let areaName: String
        let indicator: String?
        let standing: String
    }

    /// The names of measures by identifier, and of areas.
    var measureNames: [String: String] {
        Dictionary(measures.map { ($0.id, $0.title) }, uniquingKeysWith: { a, _ in a })
    }

    /// The values that the panel has, row by row.
    var observations: [Observation] {
        panel.rows.flatMap { row in
            (0..<panel.shown).compactMap { place -> Observation? in
                guard let cell = panel.cell(row, place), let value = cell.value else { return nil }
                let column = panel.columns[place]
                let vintage = cell.chosen?.statement.vintage
                let isEarly = vintage == .flash || vintage == .preliminary
                return Observation(
                    key: [
                        frequency(row.period), area(row), measures[place].id, column.kind.rawValue.uppercased(),
                        base(column), column.status.rawValue.uppercased(), span(row.period),
                    ], time: time(row.period), value: value, unit: panel.units[place].name,
                    status: cell.isFlagged ? "U" : isEarly ? "P" : "A", areaName: row.name,
                    indicator: cell.chosen?.statement.id.rawValue, standing: cell.standing.rawValue)
            }
        }
    }

    /// The observations.
    public var csv: [UInt8] {
        var bytes: [UInt8] = []
        let heads =
            ["STRUCTURE", "STRUCTURE_ID", "ACTION"] + Self.dimensions + ["TIME_PERIOD", "OBS_VALUE"] + Self.attributes
        CsvWriter.line(heads.map { .text($0) }, &bytes)
        for one in observations {
            CsvWriter.line(
                [.text("datastructure"), .text("GONGBAO:PANEL(1.0)"), .text("I")] + one.key.map { .text($0) } + [
                    .text(one.time), .number(one.value), .text(one.unit), .text(one.status), .text(one.areaName),
                    .optional(one.indicator), .text(one.standing),
                ], &bytes)
        }
        return bytes
    }

    /// The code, or for a division that no table has a number of its own.
    private func area(_ row: PanelRow) -> String {
        guard row.code.isEmpty else { return row.code }
        return "_X"
            + String(
                row.name.unicodeScalars.map { String($0.value, radix: 16, uppercase: true) }.joined(separator: "_"))
    }

    private func frequency(_ period: PanelPeriod) -> String {
        switch panel.request.frequency {
        case .year: "A"
        case .quarter: "Q"
        case .month: "M"
        }
    }

    private func base(_ column: PanelColumn) -> String {
        column.base.map { $0.rawValue.uppercased().replacing(":", with: "_") } ?? "_Z"
    }

    /// Whether the value is of the period alone or of the year so far.
    private func span(_ period: PanelPeriod) -> String {
        let length = panel.request.frequency == .year ? 12 : panel.request.frequency == .quarter ? 3 : 1
        return period.last - period.first + 1 > length ? "CUMULATIVE" : "PERIOD"
    }

    private func time(_ period: PanelPeriod) -> String {
        switch panel.request.frequency {
        case .year: "\(period.year)"
        case .quarter: "\(period.year)-Q\(period.last / 3)"
        case .month: "\(period.year)-" + (period.last < 10 ? "0" : "") + "\(period.last)"
        }
    }

    // MARK: The definition

    /// The data structure definition with its code lists and concepts.
    public var structure: [UInt8] {
        let space = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0"
        var areas: [String: String] = [:]
        for row in panel.rows { areas[area(row)] = row.name }
        var codes: [String: String] = [:]
        for measure in measures { codes[measure.id] = measure.title }
        let fixed: [(list: String, codes: [String])] = [
            ("CL_FREQ", ["A", "M", "Q"]), ("CL_KIND", ["CHANGE", "LEVEL", "RANK", "SHARE"]),
            ("CL_AIM", ["ACTUAL", "TARGET"]), ("CL_SPAN", ["CUMULATIVE", "PERIOD"]),
            ("CL_OBS_STATUS", ["A", "P", "U"]),
        ]
        var lists: [(id: String, codes: [(id: String, names: String)])] = fixed.map { list, codes in
            (list, codes.map { ($0, Self.names("sdmx.\(list).\($0)")) })
        }
        let bases = Set(["_Z", "YOY", "PREVIOUS"] + panel.columns.prefix(panel.shown).map(base))
        lists.append(
            (
                "CL_BASE",
                bases.sorted().map { code in
                    let key = "sdmx.CL_BASE.\(code)"
                    return (code, Messages(.chinese).known(key) == nil ? Self.name(code, "en") : Self.names(key))
                }
            ))
        // What divisions and measures are called is Chinese.
        lists.append(("CL_AREA", areas.sorted { $0.key < $1.key }.map { ($0.key, Self.name($0.value, "zh")) }))
        lists.append(("CL_MEASURE", codes.sorted { $0.key < $1.key }.map { ($0.key, Self.name($0.value, "zh")) }))
        let listOf = [
            "FREQ": "CL_FREQ", "REF_AREA": "CL_AREA", "MEASURE": "CL_MEASURE", "KIND": "CL_KIND", "BASE": "CL_BASE",
            "AIM": "CL_AIM", "SPAN": "CL_SPAN", "OBS_STATUS": "CL_OBS_STATUS",
        ]
        var xml = """
            <?xml version="1.0" encoding="UTF-8"?>
            <mes:Structure xmlns:mes="\(space)/message" xmlns:str="\(space)/structure" xmlns:com="\(space)/common">
            <mes:Header><mes:ID>GONGBAO_PANEL</mes:ID><mes:Test>false</mes:Test><mes:Prepared>1980-01-01T00:00:00Z</mes:Prepared>\
            <mes:Sender id="GONGBAO"/></mes:Header>
            <mes:Structures>
            <str:Codelists>

            """
        for (id, codes) in lists {
            xml += "<str:Codelist id=\"\(id)\" agencyID=\"GONGBAO\" version=\"1.0\">\(Self.names("sdmx.\(id)"))\n"
            for (code, names) in codes { xml += "<str:Code id=\"\(Self.escape(code))\">\(names)</str:Code>\n" }
            xml += "</str:Codelist>\n"
        }
        xml +=
            "</str:Codelists>\n<str:ConceptSchemes><str:ConceptScheme id=\"CS_PANEL\" agencyID=\"GONGBAO\" version=\"1.0\">"
        xml += Self.names("sdmx.concepts") + "\n"
        for concept in Self.dimensions + ["TIME_PERIOD", "OBS_VALUE"] + Self.attributes {
            xml += "<str:Concept id=\"\(concept)\"><com:Name xml:lang=\"en\">\(concept)</com:Name></str:Concept>\n"
        }
        xml += "</str:ConceptScheme></str:ConceptSchemes>\n<str:DataStructures>"
        xml += "<str:DataStructure id=\"PANEL\" agencyID=\"GONGBAO\" version=\"1.0\">\(Self.names("sdmx.structure"))\n"
        xml += "<str:DataStructureComponents>\n<str:DimensionList id=\"DimensionDescriptor\">\n"
        for (place, id) in Self.dimensions.enumerated() {
            xml += "<str:Dimension id=\"\(id)\" position=\"\(place + 1)\">\(Self.identity(id))"
            xml +=
                "<str:LocalRepresentation>\(Self.enumeration(listOf[id] ?? ""))</str:LocalRepresentation></str:Dimension>\n"
        }
        xml +=
            "<str:TimeDimension id=\"TIME_PERIOD\" position=\"\(Self.dimensions.count + 1)\">\(Self.identity("TIME_PERIOD"))"
        xml +=
            "<str:LocalRepresentation><str:TextFormat textType=\"ObservationalTimePeriod\"/></str:LocalRepresentation>"
        xml += "</str:TimeDimension>\n</str:DimensionList>\n<str:AttributeList id=\"AttributeDescriptor\">\n"
        for id in Self.attributes {
            xml += "<str:Attribute id=\"\(id)\" usage=\"optional\">\(Self.identity(id))"
            if let list = listOf[id] {
                xml += "<str:LocalRepresentation>\(Self.enumeration(list))</str:LocalRepresentation>"
            }
            xml += "<str:AttributeRelationship><str:Observation/></str:AttributeRelationship></str:Attribute>\n"
        }
        xml += "</str:AttributeList>\n<str:MeasureList id=\"MeasureDescriptor\"><str:Measure id=\"OBS_VALUE\">"
        xml +=
            "\(Self.identity("OBS_VALUE"))</str:Measure></str:MeasureList>\n</str:DataStructureComponents></str:DataStructure>"
        xml += "</str:DataStructures>\n</mes:Structures>\n</mes:Structure>\n"
        return Array(xml.utf8)
    }

    /// A name of the catalogue in every language.
    private static func names(_ key: String) -> String {
        Language.allCases.reversed().map { name(Messages($0)(key), $0.rawValue) }.joined()
    }

    private static func name(_ text: String, _ language: String) -> String {
        "<com:Name xml:lang=\"\(language)\">\(escape(text))</com:Name>"
    }

    private static func identity(_ id: String) -> String {
        "<str:ConceptIdentity>urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept=GONGBAO:CS_PANEL(1.0).\(id)</str:ConceptIdentity>"
    }

    private static func enumeration(_ list: String) -> String {
        "<str:Enumeration>urn:sdmx:org.sdmx.infomodel.codelist.Codelist=GONGBAO:\(list)(1.0)</str:Enumeration>"
    }

    private static func escape(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
