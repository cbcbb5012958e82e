import ArgumentParser
import BulletinModel
import Foundation
import Operations
import Panel
import Reading
import Store

extension PanelPeriod.Frequency: ExpressibleByArgument {}
extension Division.Level: ExpressibleByArgument {}

/// `gongbao panel`: region × period × measure.
struct PanelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "panel", abstract: "Makes a panel: one row a region and period, one column a measure.",
        discussion: """
            Each cell holds one statement, chosen by a fixed order of rules: the whole region before what is unclear; sure \
            readings before doubtful ones; the number itself before about or over it; the round of the accounts (final, \
            revised, preliminary, what does not tell, flash); usual prices; the region's own publisher; communiqué, final \
            accounts, work report, news; what more bulletins state; the later published; the more precise. Statements that \
            differ beyond rounding and ought to agree are a conflict, and flagged. The tables beside the panel name the \
            statement behind each cell, its rivals, the sources' own arithmetic, and why cells are empty.

            A measure is a code or a name (gdp, 地区生产总值), with what is wanted of it behind colons: gdp:change, \
            gdp:change:target, tertiary_value_added:share, retail_sales:change:nominal.
            """)

    @Option(help: "A measure by code or name, with its kind and status behind colons; may be repeated.")
    var measure: [String] = []

    @Option(help: ArgumentHelp("The years, as 2018-2025 or 2024.", valueName: "years"))
    var years: String

    @Option(help: "How long periods are: year, quarter or month.")
    var by: PanelPeriod.Frequency = .year

    @Option(help: "Only divisions of this level: country, province, prefecture or county.")
    var level: Division.Level?

    @Option(help: "Only divisions in this one, by name or code; may be repeated.")
    var within: [String] = []

    @Option(help: "Only this division, by name or code; may be repeated.")
    var region: [String] = []

    @Option(help: ArgumentHelp("The unit of a column, as gdp=亿元; may be repeated.", valueName: "column=unit"))
    var unit: [String] = []

    @Option(help: "Rounds of the accounts, the best first, with commas between; none is what does not tell.")
    var vintage: String?

    @Flag(help: "Also takes figures of a level's own budget or body alone (市本级).")
    var own = false

    @Flag(help: "Also takes figures of parts that are no division (开发区).")
    var part = false

    @Flag(help: "Leaves cells with a conflict empty.")
    var strict = false

    @Option(
        help: ArgumentHelp(
            "Corrections: a CSV file with region, period, measure, value or indicator, who, when, why.",
            valueName: "file"))
    var overrides: String?

    @Flag(help: "One row a cell.")
    var long = false

    @Flag(help: "Also looks into texts and dead letters for what is missing, and prints what to look for.")
    var gaps = false

    @Flag(
        inversion: .prefixedNo, help: "Whether CSV files begin with a byte order mark, which Excel needs for Chinese.")
    var bom = true

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Where to, by ending: .xlsx .csv .parquet .dta .sdmx.csv or a directory; else the terminal.",
            valueName: "path"))
    var output: String?

    @Option(
        help: ArgumentHelp("An earlier panel's directory; tells which cells changed since.", valueName: "directory"))
    var since: String?

    @OptionGroup var options: ConfigurationOptions

    func validate() throws {
        if measure.isEmpty { throw ValidationError("Give at least one --measure, such as gdp or 地区生产总值.") }
        if let output, PanelFormat(path: output) == nil {
            throw ValidationError(
                "\(output) has no known ending; use .xlsx, .csv, .parquet, .dta, .sdmx.csv, or a directory.")
        }
        _ = try span()
        _ = try vintages()
    }

    func run() throws {
        let configuration = try options.load()
        let names = PanelNames(try LexiconFiles.load(configuration), try MeasureFiles.measures(configuration))
        let request = try request(names)
        let store = try BulletinStore(reading: LogOpener.database(configuration))
        defer { store.close() }
        let panel: Panel
        do {
            panel = try PanelMaker(store, names.divisions, request).make()
        } catch let error as PanelError {
            throw CommandFailure.usedWrongly(error.message + ".")
        }
        try warnOfUnknown(panel, names)
        let earlier = try since.map(PanelChanges.earlier)
        if let output {
            let written = try PanelFiles.write(panel, to: output, long: long, mark: bom)
            let places =
                written.files.count > 2
                ? "\(written.files.count) files of \(output)" : written.files.joined(separator: " and ")
            Say.line("\(panel.rows.count) rows in \(places)" + (written.changed == 0 ? ", as before." : "."))
        } else {
            PanelScreen.show(long ? PanelTables(panel, .current).cells : PanelTables(panel, .current).wide)
        }
        if gaps { PanelScreen.showGaps(panel) }
        if let earlier { PanelScreen.showChanges(PanelChanges(from: earlier, to: PanelTables(panel, .current).cells)) }
        Say.line(PanelScreen.counts(panel))
    }

    /// A name that no table has may be a bulletin's own; one that nothing states is a mistake.
    private func warnOfUnknown(_ panel: Panel, _ names: PanelNames) throws {
        for (place, column) in panel.columns.prefix(panel.shown).enumerated() where !column.isCode {
            guard !panel.cells.keys.contains(where: { $0.column == place }) else { continue }
            let near = names.nearestMeasures(column.measure)
            throw CommandFailure.usedWrongly(
                "no measure is called \(column.measure), and no bulletin states one of that name"
                    + (near.isEmpty ? "." : "; did you mean \(Say.list(near))?"))
        }
    }

    private func request(_ names: PanelNames) throws -> PanelRequest {
        var columns: [PanelColumn] = []
        for text in measure {
            do throws(PanelError) {
                let column = try PanelColumn(text, resolve: names.measure)
                if !columns.contains(column) { columns.append(column) }
            } catch {
                throw CommandFailure.usedWrongly(error.message + ".")
            }
        }
        var request = PanelRequest(columns: columns, years: try span())
        request.frequency = by
        request.level = level
        request.within = try within.map(names.division)
        request.regions = try region.map(names.division)
        request.vintages = try vintages()
        request.takesOwn = own
        request.takesPart = part
        request.isStrict = strict
        request.looksForPassages = gaps
        if let overrides { request.overrides = try PanelFiles.overrides(overrides) }
        for known in names.measures.measures { request.titles[known.code] = known.name }
        for column in columns where column.isCode {
            guard let known = names.measures.measure(column.measure) else { continue }
            request.measureNames[column.measure] = known.names
            if let unit = known.unit, unit != "1" { request.measureUnits[column.measure] = unit }
        }
        for text in unit {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw CommandFailure.usedWrongly("--unit \(text) is no COLUMN=UNIT, such as gdp=亿元.")
            }
            let column = parts[0].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let code = names.measure(column[0])?.code ?? column[0]
            let key = ([code] + column.dropFirst()).joined(separator: ":")
            guard columns.contains(where: { $0.key == key || $0.measure == key }) else {
                throw CommandFailure.usedWrongly("--unit \(text) is of no column of the panel.")
            }
            request.units[key] = parts[1]
        }
        return request
    }

    private func span() throws -> ClosedRange<Int> {
        let parts = years.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(parts.count), let first = parts[0], let last = parts[parts.count - 1],
            (1900...2200).contains(first), (first...2200).contains(last)
        else { throw ValidationError("--years \(years) is no span of years; write it as 2018-2025 or 2024.") }
        return first...last
    }

    private func vintages() throws -> [Indicator.Vintage?] {
        guard let vintage else { return PanelRequest.usualVintages }
        return try vintage.split(separator: ",").map { word in
            if word == "none" { return nil }
            guard let known = Indicator.Vintage(rawValue: String(word)) else {
                let all = Indicator.Vintage.allCases.map(\.rawValue) + ["none"]
                throw ValidationError("--vintage \(word) is none of \(Say.list(all)).")
            }
            return known
        }
    }
}
