import ArgumentParser
import BulletinModel
import Foundation
import Operations
import Store

extension IndicatorQuery.Order: ExpressibleByArgument {}

/// `gongbao query`: indicators from the database.
struct QueryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query", abstract: "Prints indicators from the database.",
        discussion: """
            With --history it prints what two or more bulletins say of the same measure, region and period, the \
            earlier first: a later value does not replace an earlier one but stands beside it, linked with it. A \
            bulletin that was taken from the same address as an earlier one supersedes it.
            """)

    @OptionGroup var filter: IndicatorFilter

    @Option(help: "reading, period, value, name or code.")
    var order: IndicatorQuery.Order = .reading

    @Flag(help: "Begins with the last.")
    var descending = false

    @Option(help: "How many at most; 0 is all.")
    var limit = 0

    @Flag(help: "What several bulletins say of one thing, with dates, sources and links.")
    var history = false

    @Flag(help: "With --history: only where a later bulletin states another value.")
    var revised = false

    @Option(help: "How to print them.")
    var format: OutputFormat = .table

    @Flag(help: "Begins CSV with a byte order mark, which Excel needs for Chinese.")
    var bom = false

    @OptionGroup var options: ConfigurationOptions

    func validate() throws {
        if limit < 0 { throw ValidationError("--limit must be 0 or more.") }
        if revised && !history { throw ValidationError("--revised goes with --history.") }
    }

    func run() throws {
        let configuration = try options.load()
        let store = try BulletinStore(reading: LogOpener.database(configuration))
        defer { store.close() }
        let queries = try filter.queries(store, configuration, order: order, descending: descending)
        if history { return try printHistory(store, queries) }
        var output = StandardOutput()
        var rows: [[String]] = []
        if format == .csv {
            output.line((bom ? "\u{FEFF}" : "") + Csv.line(["source"] + IndicatorColumns.all + IndicatorColumns.around))
        }
        var left = limit
        for query in queries {
            var query = query
            if limit > 0 { query.limit = left }
            try store.forEachIndicator(query) { stored in
                left -= 1
                let source = stored.source ?? ""
                switch format {
                case .jsonl: output.write(json: IndicatorLine(stored.indicator, file: source, url: stored.url).bytes)
                case .csv:
                    output.line(
                        Csv.line(
                            [source] + IndicatorColumns.cells(stored.indicator) + IndicatorColumns.around(stored)))
                case .table:
                    let region = stored.indicator.region?.name ?? ""
                    rows.append(IndicatorColumns.short(stored.indicator) + [region, source])
                }
            }
            if limit > 0, left <= 0 { break }
        }
        if format == .table {
            let table = ColumnTable(IndicatorColumns.shortHeads + ["region", "source"], rightAligned: [2], widest: 36)
            for line in table.lines(rows) { output.line(line) }
        }
        output.flush()
    }

    private func printHistory(_ store: BulletinStore, _ queries: [IndicatorQuery]) throws {
        var output = StandardOutput()
        var history = HistoryOutput(format, former: try store.supersessions())
        var left = limit == 0 ? Int.max : limit
        history.begin(&output)
        for query in queries {
            try store.forEachSeries(query) { series in
                guard left > 0, !revised || series.isRevised else { return }
                left -= 1
                history.add(series, &output)
            }
        }
        history.end(&output)
        output.flush()
    }
}
