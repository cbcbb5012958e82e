import ArgumentParser
import BulletinModel
import Foundation
import Operations
import Reading

/// How rows are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    /// Aligned columns for people.
    case table
    /// One JSON object a line.
    case jsonl
    /// Comma separated values after RFC 4180.
    case csv
}

/// `gongbao extract`: read and extract only; no log, no database.
struct ExtractCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract", abstract: "Prints the indicators of bulletins; stores nothing.")

    @Argument(help: "Bulletins to read; - or none is standard input.")
    var files: [String] = []

    @Option(help: "How to print them.")
    var format: OutputFormat = .table

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        let configuration = try options.load()
        let reader = DocumentReader(configuration, engine: Engine(lexicon: try LexiconFiles.load(configuration)))
        var output = StandardOutput()
        var rows: [[String]] = []
        let several = files.count > 1
        if format == .csv { output.line(Csv.line((several ? ["file"] : []) + IndicatorColumns.all)) }
        let wasRejected = reader.forEach(files) { name, articles in
            for indicator in articles.flatMap(reader.engine.extract) {
                switch format {
                case .jsonl: output.write(json: IndicatorLine(indicator, file: several ? name : nil).bytes)
                case .csv: output.line(Csv.line((several ? [name] : []) + IndicatorColumns.cells(indicator)))
                case .table: rows.append((several ? [name] : []) + IndicatorColumns.short(indicator))
                }
            }
            output.flush()
        }
        if format == .table {
            let heads = (several ? ["file"] : []) + IndicatorColumns.shortHeads
            let table = ColumnTable(heads, rightAligned: [heads.count - IndicatorColumns.shortHeads.count + 2])
            for line in table.lines(rows) { output.line(line) }
        }
        output.flush()
        if wasRejected { throw CommandFailure.someRejected }
    }
}

/// `gongbao segment`: the articles of bulletins, as JSON.
struct SegmentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "segment", abstract: "Prints the articles of bulletins as a JSON array.")

    @Argument(help: "Bulletins to read; - or none is standard input.")
    var files: [String] = []

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        let configuration = try options.load()
        let reader = DocumentReader(configuration, engine: Engine(lexicon: try LexiconFiles.load(configuration)))
        let several = files.count > 1
        var json = JSONWriter(capacity: 1 << 16)
        json.beginArray()
        let wasRejected = reader.forEach(files) { name, articles in
            for article in articles {
                json.beginObject()
                if several { json.member("file", name) }
                json.member("ordinal", article.ordinal)
                json.member("headline", article.headline)
                json.member("subheadline", article.subheadline)
                json.member("section", article.section)
                json.member("column", article.column)
                json.member("byline", article.byline)
                json.member("start", article.start)
                json.member("end", article.end)
                json.key("paragraphs")
                json.beginArray()
                for paragraph in reader.engine.paragraphs(of: article) { json.value(paragraph) }
                json.endArray()
                json.endObject()
            }
        }
        json.endArray()
        var output = StandardOutput()
        output.line(json: json.bytes)
        output.flush()
        if wasRejected { throw CommandFailure.someRejected }
    }
}

/// Reads documents one after the other and goes on when one is rejected.
struct DocumentReader {
    let engine: Engine
    private let limit: Int

    init(_ configuration: Configuration, engine: Engine) {
        self.engine = engine
        limit = configuration[Configuration.largest]
    }

    /// Hands on the name and the articles of each document; with no names those of standard
    /// input. What is rejected is told on standard error.
    ///
    /// - Returns: whether any was rejected.
    func forEach(_ arguments: [String], _ body: (String, [Article]) -> Void) -> Bool {
        var wasRejected = false
        for argument in arguments.isEmpty ? ["-"] : arguments {
            let document = Document(argument: argument)
            do {
                let bytes = try document.read(limit: limit)
                let text = try engine.decode(bytes)
                body(argument == "-" ? "stdin" : argument, engine.segment(text, bulletin: BulletinID(bytes: bytes)))
            } catch let refusal as Document.Refusal {
                ExitStatus.complain("\(argument) \(refusal.reason)")
                wasRejected = true
            } catch {
                ExitStatus.complain("\(document.name): \((error as? DecodeError)?.message ?? "\(error)")")
                wasRejected = true
            }
        }
        return wasRejected
    }
}
