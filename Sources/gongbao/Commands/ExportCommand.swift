import ArgumentParser
import BulletinModel
import Foundation
import Glibc
import Store
import TopicLog

/// `gongbao export`: indicators from the database into a file, row by row.
struct ExportCommand: ParsableCommand {
    /// What is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        /// Comma separated values, with a file of column types beside them.
        case csv
        /// One JSON object a line.
        case jsonl
    }

    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes indicators from the database into a file.",
        discussion: """
            Rows are in reading order and go out as they are read, so that the size of the database does not \
            matter. The file appears under its name once it is complete. Beside FILE.csv, FILE.csv.schema.json \
            tells the type of each column, for programs that write Parquet or make tables. Text that a \
            spreadsheet would take for a formula has an apostrophe in front.
            """)

    @OptionGroup var filter: IndicatorFilter

    @Option(help: "csv or jsonl.")
    var format: Format = .csv

    @Option(help: ArgumentHelp("Where to; - is standard output.", valueName: "file"))
    var output = "-"

    @Flag(help: "Begins CSV with a byte order mark, which Excel needs for Chinese.")
    var bom = false

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        let configuration = try options.load()
        let store = try BulletinStore(reading: LogOpener.database(configuration))
        defer { store.close() }
        let queries = try filter.queries(store, configuration)
        if output == "-" {
            _ = try write(store, queries) { StandardOutput.emit($0) }
            return
        }
        let isStream = OutputFile.isStream(output)
        for name in ["", ".partial", ".schema.json"] { try OutputFile.requireReplaceable(output + name) }
        let partial = isStream ? output : output + ".partial"
        guard isStream || FileManager.default.createFile(atPath: partial, contents: nil),
            let file = FileHandle(forWritingAtPath: partial)
        else {
            throw CommandFailure.failed("\(partial) cannot be written; name a file in a directory that can be.")
        }
        let rows: Int
        do {
            rows = try write(store, queries) { try file.write(contentsOf: $0) }
            if !isStream { try file.synchronize() }
            try file.close()
        } catch {
            if !isStream { unlink(partial) }
            if error is Failure { throw error }
            throw CommandFailure.failed("\(output) was not written, the disk refused it: \(error.localizedDescription)")
        }
        if isStream { return }
        if format == .csv { try Data(ExportSchema.json).write(to: URL(filePath: output + ".schema.json")) }
        guard rename(partial, output) == 0 else {
            throw CommandFailure.failed("\(output) cannot be written: \(String(cString: strerror(errno))).")
        }
        Say.line("\(rows) indicators in \(output).")
    }

    /// Writes all rows and tells now and then how many; returns how many.
    private func write(
        _ store: BulletinStore, _ queries: [IndicatorQuery], _ put: ([UInt8]) throws -> Void
    ) throws -> Int {
        var buffer: [UInt8] = []
        var rows = 0
        var told = ContinuousClock.now
        if format == .csv {
            buffer += Array(
                ((bom ? "\u{FEFF}" : "") + Csv.line(["source"] + IndicatorColumns.all + IndicatorColumns.around) + "\n")
                    .utf8)
        }
        for query in queries {
            try store.forEachIndicator(query) { stored in
                let source = stored.source ?? ""
                switch format {
                case .csv:
                    buffer += Array(
                        (Csv.line([source] + IndicatorColumns.cells(stored.indicator) + IndicatorColumns.around(stored))
                            + "\n").utf8)
                case .jsonl: buffer += IndicatorLine(stored.indicator, file: source).bytes
                }
                rows += 1
                guard buffer.count >= 1 << 16 else { return }
                try put(buffer)
                buffer.removeAll(keepingCapacity: true)
                if told.duration(to: .now) >= .seconds(3) {
                    told = .now
                    ExitStatus.complain("exported \(rows) indicators so far")
                }
            }
        }
        try put(buffer)
        return rows
    }
}

/// The types of the exported columns, in the words of Apache Arrow's schemas.
enum ExportSchema {
    /// A JSON array with name, type and whether a cell may be empty, in the order of the columns.
    static var json: [UInt8] {
        let columns = ["source"] + IndicatorColumns.all + IndicatorColumns.around
        let lines = columns.map { name in
            #"  {"name":"\#(name)","type":"\#(types[name] ?? "utf8")","nullable":\#(nullable.contains(name))}"#
        }
        return Array(("[\n" + lines.joined(separator: ",\n") + "\n]\n").utf8)
    }

    private static let types = [
        "article": "int64", "start": "int64", "end": "int64", "value": "decimal128(38,10)",
        "value_to": "decimal128(38,10)", "period_start": "date32", "period_end": "date32", "confidence": "float64",
    ]
    private static let nullable: Set = [
        "source", "value_to", "base", "period_start", "period_end", "code", "region", "region_code", "title",
        "headline", "publisher", "published", "url", "scope", "vintage",
    ]
}
