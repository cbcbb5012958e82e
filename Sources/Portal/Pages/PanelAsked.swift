import BulletinModel
import Panel
import Reading
import Store

/// What is asked of the panel page and of the panel of the interface.
struct PanelAsked {
    let request: PanelRequest
    let isLong: Bool

    /// Reads measures, years, level, within, region, by, own, part, strict, long, unit and vintage, as the command
    /// takes them.
    ///
    /// - Throws: ``Problem`` for what is unknown.
    init(_ asked: PortalRequest, _ names: PortalNames) throws(Problem) {
        let words = asked.all("measure").flatMap { $0.split { ",，、 ".contains($0) }.map(String.init) }
        guard !words.isEmpty else { throw Problem(400, "Give a measure by code or name.", parameter: "measure") }
        var columns: [PanelColumn] = []
        for word in words {
            do throws(PanelError) {
                let column = try PanelColumn(word) { name in names.measure(name).map { ($0.code, $0.name) } }
                if !columns.contains(column) { columns.append(column) }
            } catch {
                throw Problem(400, error.message + ".", parameter: "measure")
            }
        }
        guard columns.count <= 24 else {
            throw Problem(400, "A panel here has at most 24 columns.", parameter: "measure")
        }
        guard let years = try SeriesRequest.years(asked) else {
            throw Problem(400, "Give the years, as 2018-2025 or 2024.", parameter: "years")
        }
        var request = PanelRequest(columns: columns, years: years)
        if let text = asked.filled("by") {
            guard let by = PanelPeriod.Frequency(rawValue: text) else {
                throw Problem(400, "by is year, quarter or month.", parameter: "by")
            }
            request.frequency = by
        }
        if let text = asked.filled("level") {
            guard let level = Division.Level(rawValue: text) else {
                throw Problem(400, "level is country, province, prefecture or county.", parameter: "level")
            }
            request.level = level
        }
        request.within = try Self.divisions(asked, "within", names)
        request.regions = try Self.divisions(asked, "region", names)
        request.takesOwn = try Self.flag(asked, "own")
        request.takesPart = try Self.flag(asked, "part")
        request.isStrict = try Self.flag(asked, "strict")
        isLong = try Self.flag(asked, "long")
        for column in columns where column.isCode {
            guard let known = names.measures.measure(column.measure) else { continue }
            request.measureNames[column.measure] = known.names
            if let unit = known.unit, unit != "1" { request.measureUnits[column.measure] = unit }
        }
        for text in asked.all("unit") {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, columns.contains(where: { $0.key == parts[0] || $0.measure == parts[0] }) else {
                throw Problem(400, "unit is COLUMN=UNIT, such as gdp=亿元, of a column of the panel.", parameter: "unit")
            }
            request.units[parts[0]] = parts[1]
        }
        for known in names.measures.measures { request.titles[known.code] = known.name }
        self.request = request
    }

    private static func flag(_ asked: PortalRequest, _ name: String) throws(Problem) -> Bool {
        switch asked[name] {
        case nil, "", "false": return false
        case "true": return true
        default: throw Problem(400, "\(name) is true or false.", parameter: name)
        }
    }

    private static func divisions(_ asked: PortalRequest, _ name: String, _ names: PortalNames) throws(Problem)
        -> [Division]
    {
        var divisions: [Division] = []
        for word in asked.all(name) {
            guard let division = names.division(word) else {
                throw Problem(
                    404, "There is no division \(word), or several are called so; give the code.", parameter: name)
            }
            divisions.append(division)
        }
        return divisions
    }

    /// Reads and chooses.
    func make(_ store: BulletinStore, _ names: PortalNames) throws -> Panel {
        do { return try PanelMaker(store, names.divisions, request).make() } catch let error as PanelError {
            throw Problem(400, error.message + ".")
        }
    }
}
