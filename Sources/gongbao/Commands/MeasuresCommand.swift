import ArgumentParser
import BulletinModel
import Foundation
import Operations
import Reading
import Store
import TopicLog

/// `gongbao measures`: the measures that have codes.
struct MeasuresCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measures", abstract: "Lists the known measures with definition, unit, aliases and source.",
        discussion: """
            Where there is a database, each line says how many of its indicators have the code. Up to five measures \
            are printed with all that is known of them; csv and jsonl have everything of all.
            """)

    @Option(help: ArgumentHelp("Only measures with this in code, names or definition.", valueName: "text"))
    var search: String?

    @Option(help: "How to print them.")
    var format: OutputFormat = .table

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        let configuration = try options.load()
        let table = try MeasureFiles.measures(configuration)
        let measures = search.map(table.search) ?? table.measures
        if measures.isEmpty, let search {
            throw CommandFailure.usedWrongly(
                "no measure has \(search) in its code, names or definition" + MeasureFiles.hint(table.nearest(search)))
        }
        let counts = try Self.counts(LogOpener.database(configuration))
        var output = StandardOutput()
        switch format {
        case .jsonl: for measure in measures { output.line(json: Self.json(measure, counts)) }
        case .csv:
            output.line(Csv.line(Self.heads(counts)))
            for measure in measures { output.line(Csv.line(Self.cells(measure, counts))) }
        case .table where measures.count <= 5:
            for (place, measure) in measures.enumerated() {
                if place > 0 { output.line("") }
                for (head, cell) in zip(Self.heads(counts), Self.cells(measure, counts)) where !cell.isEmpty {
                    let head = Say.word("head", head)
                    let blanks = String(repeating: " ", count: max(1, 12 - ColumnTable.width(head)))
                    output.line(head + blanks + Terminal.safe(cell))
                }
            }
        case .table:
            let heads = ["code", "name", "unit", "kind"] + (counts == nil ? [] : ["indicators"]) + ["definition"]
            let rows = measures.map { measure in
                [
                    measure.code, measure.name, measure.unit ?? "",
                    measure.kind.map { Say.word("cell", $0.rawValue) } ?? "",
                ]
                    + (counts.map { ["\($0[measure.code] ?? 0)"] } ?? []) + [measure.definition ?? ""]
            }
            let table = ColumnTable(heads, rightAligned: counts == nil ? [] : [4], widest: 60)
            for line in table.lines(rows) { output.line(line) }
        }
        output.flush()
    }

    /// How many indicators have each code; nil where there is no database yet.
    private static func counts(_ address: StoreAddress) throws -> [String: Int]? {
        if case .file(let path) = address, !FileManager.default.fileExists(atPath: path) { return nil }
        let store: BulletinStore
        do {
            store = try BulletinStore(reading: address)
        } catch let error as Failure where error.code == "no_database" {
            return nil
        }
        defer { store.close() }
        return try store.codeCounts()
    }

    private static func heads(_ counts: [String: Int]?) -> [String] {
        ["code", "name", "aliases", "unit", "kind", "definition", "source"] + (counts == nil ? [] : ["indicators"])
    }

    private static func cells(_ measure: Measure, _ counts: [String: Int]?) -> [String] {
        [
            measure.code, measure.name, measure.aliases.joined(separator: ","), measure.unit ?? "",
            measure.kind?.rawValue ?? "", measure.definition ?? "", measure.source ?? "",
        ] + (counts.map { ["\($0[measure.code] ?? 0)"] } ?? [])
    }

    private static func json(_ measure: Measure, _ counts: [String: Int]?) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        measure.write(to: &json)
        if let counts { json.member("indicators", counts[measure.code] ?? 0) }
        json.endObject()
        return json.bytes
    }
}
