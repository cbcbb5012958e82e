import Messages
import BulletinModel
import Panel
import Reading
import Store

/// What is asked of the series page, its picture and its data.
struct SeriesRequest {
    var measure: String
    var title: String
    var isCode: Bool
    var divisions: [Division]
    var kind: Indicator.Kind
    var frequency: PanelPeriod.Frequency
    var years: ClosedRange<Int>?

    /// Reads the query.
    ///
    /// - Throws: ``Problem`` for what is unknown.
    init(_ request: PortalRequest, _ names: PortalNames, _ language: Language) throws(Problem) {
        guard let word = request.filled("measure") else {
            throw Problem(400, "Give a measure by code or name.", parameter: "measure")
        }
        let known = names.measure(word)
        measure = known?.code ?? word
        isCode = known != nil
        title = known.map { names.title($0.code, language) } ?? word
        var divisions: [Division] = []
        for word in request.all("region") {
            guard let division = names.division(word) else {
                throw Problem(
                    404, "There is no division \(word), or several are called so; give the code.", parameter: "region")
            }
            if !divisions.contains(where: { $0.code == division.code }) { divisions.append(division) }
        }
        guard divisions.count <= 8 else {
            throw Problem(400, "At most 8 regions can be compared.", parameter: "region")
        }
        self.divisions = divisions
        kind = try Self.word(request, "kind", Indicator.Kind.self) ?? .level
        frequency = try Self.word(request, "by", PanelPeriod.Frequency.self) ?? .year
        years = try Self.years(request)
    }

    private static func word<Word: RawRepresentable & CaseIterable>(
        _ request: PortalRequest, _ name: String, _ type: Word.Type
    ) throws(Problem) -> Word? where Word.RawValue == String {
        guard let text = request.filled(name) else { return nil }
        guard let word = Word(rawValue: text) else {
            throw Problem(
                400, "\(name) is one of " + Word.allCases.map(\.rawValue).joined(separator: ", ") + ".", parameter: name
            )
        }
        return word
    }

    /// Years as 2018-2025 or 2024, the earlier first or not; nil where none are given.
    static func years(_ request: PortalRequest) throws(Problem) -> ClosedRange<Int>? {
        guard let text = request.filled("years") else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map {
            $0.utf8.count == 4 ? Int($0) : nil
        }
        guard (1...2).contains(parts.count), let first = parts[0], let last = parts[parts.count - 1],
            (1900...2200).contains(first), (1900...2200).contains(last)
        else { throw Problem(400, "years is a span such as 2018-2025, or a year.", parameter: "years") }
        return min(first, last)...max(first, last)
    }
}

/// The values of one measure over time, for regions side by side.
struct SeriesData {
    /// One value, or why there is none.
    struct Point {
        let period: PanelPeriod
        let label: String
        /// In the unit of the series; nil in a gap.
        let value: String?
        let number: Double?
        let standing: CellStanding
        let isFlagged: Bool
        /// The least and the greatest that is stated, where statements differ.
        let spread: ClosedRange<Double>?
        let indicator: IndicatorID?
        let source: PanelSource?
        let rivals: Int
    }

    /// One line of the chart.
    struct Line {
        let division: Division
        let isTarget: Bool
        let points: [Point]

        var hasValues: Bool { points.contains { $0.number != nil } }
    }

    let request: SeriesRequest
    /// The unit, with its magnitude word.
    let unit: String
    let lines: [Line]
    /// The panel that it was made of; nil where there is nothing.
    let panel: Panel?

    /// Reads and chooses, by the rules of panels.
    init(_ request: SeriesRequest, _ store: BulletinStore, _ names: PortalNames) throws {
        self.request = request
        var span = request.years
        if span == nil, request.isCode {
            let codes = request.divisions.flatMap { names.codes(of: $0.code) }
            span = try store.years(code: request.measure, divisions: codes)
        }
        guard !request.divisions.isEmpty, let years = span else {
            (unit, lines, panel) = ("", [], nil)
            return
        }
        let columns = [Indicator.Status.actual, .target].map { status in
            PanelColumn(
                measure: request.measure, isCode: request.isCode, title: request.title, kind: request.kind,
                status: status)
        }
        var wanted = PanelRequest(
            columns: columns, years: max(years.lowerBound, years.upperBound - 60)...years.upperBound)
        wanted.frequency = request.frequency
        wanted.regions = request.divisions
        wanted.looksForGaps = false
        wanted.checksArithmetic = false
        if let known = names.measures.measure(request.measure) {
            wanted.measureNames[request.measure] = known.names
            if let unit = known.unit, unit != "1" { wanted.measureUnits[request.measure] = unit }
        }
        let panel = try PanelMaker(store, names.divisions, wanted).make()
        self.panel = panel
        unit = panel.units[0].name
        var lines: [Line] = []
        for division in request.divisions {
            let place = names.divisions.successor(of: division).code
            var rows = panel.rows.filter { $0.region == place }
            // Of months and quarters those count that begin with the year, as bulletins state them.
            if request.frequency != .year {
                rows = rows.filter { $0.period.first == 1 || $0.period.first == $0.period.last }
            }
            for column in 0..<2 {
                let points = rows.map { row in Self.point(row, panel.cell(row, column), panel) }
                let line = Line(division: division, isTarget: column == 1, points: points)
                if line.hasValues || column == 0 { lines.append(line) }
            }
        }
        self.lines = lines
    }

    private static func point(_ row: PanelRow, _ cell: PanelCell?, _ panel: Panel) -> Point {
        let number = cell?.value.flatMap { Double($0) }
        let others = cell?.rivals.filter { $0.relation == .conflict }.map(\.candidate.number) ?? []
        let all = others + (number.map { [$0] } ?? [])
        let spread = others.isEmpty ? nil : all.min().flatMap { low in all.max().map { low...$0 } }
        return Point(
            period: row.period, label: row.period.label(panel.request.frequency),
            value: number == nil ? nil : cell?.value,
            number: number, standing: cell?.standing ?? .missing, isFlagged: cell?.isFlagged ?? false, spread: spread,
            indicator: cell?.chosen?.statement.id, source: cell?.chosen?.source, rivals: cell?.rivals.count ?? 0)
    }
}
