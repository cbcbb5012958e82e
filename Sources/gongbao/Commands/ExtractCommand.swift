import ArgumentParser
import BulletinModel
import Foundation
import Operations
import Messages
import Portal
import Reading
import Workers

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

    @Argument(help: "Bulletins to read, documents, archives or messages; - or none is standard input.")
    var files: [String] = []

    @Option(
        help: ArgumentHelp(
            "Also reads the files that are named in this one, one a line or with zero bytes between; - is standard input.",
            valueName: "file"))
    var filesFrom: String?

    @Option(help: "How to print them.")
    var format: OutputFormat = .table

    @Flag(
        help: "Says of each indicator how it came about: the passage, the rules, where unit, name and period are from.")
    var explain = false

    @Flag(help: "Lists the figures that are no indicators instead, each with the reason.")
    var unresolved = false

    @Option(
        help: ArgumentHelp(
            "Writes one page that shows the document with each figure marked in place; - is standard output.",
            valueName: "file"))
    var html: String?

    @OptionGroup var given: GivenOptions
    @OptionGroup var scans: ScanOptions
    @OptionGroup var options: ConfigurationOptions

    func validate() throws {
        if html != nil && (explain || unresolved) {
            throw ValidationError("--html shows what --explain and --unresolved list; give it alone.")
        }
        if html != nil && files.count > 1 {
            throw ValidationError("--html writes the page of one document; give one file.")
        }
        if explain && unresolved { throw ValidationError("Give one of --explain and --unresolved.") }
        if explain && format != .table {
            throw ValidationError("--explain is for people; the JSON lines have its rules in the field rules.")
        }
    }

    func run() throws {
        let configuration = try options.load(scans.settings)
        let reader = DocumentReader(
            try NamedFiles.all(files, from: filesFrom), try given.beside(configuration), configuration,
            engine: try Engine.configured(configuration))
        if let html {
            guard !reader.isSeveral else {
                throw CommandFailure.usedWrongly(
                    "--html writes the page of one document, and this file holds several; unpack it and give one.")
            }
            if try writePage(reader, to: html) { throw CommandFailure.someRejected }
            return
        }
        var output = StandardOutput()
        let several = reader.isSeveral
        let wasRejected =
            if unresolved {
                try listUnresolved(reader, several, &output)
            } else if explain {
                try explainAll(reader, several, &output)
            } else {
                try list(reader, several, &output)
            }
        output.flush()
        if wasRejected { throw CommandFailure.someRejected }
    }

    /// The page of the one document.
    private func writePage(_ reader: DocumentReader, to path: String) throws -> Bool {
        var failure: (any Error)?
        let wasRejected = try reader.forEachDocument { name, bulletin, text, articles in
            let page = DocumentPage(
                file: name == "stdin" ? name : FileName.shown(FileName.last(name)), bulletin: bulletin, text: text,
                sheets: articles.map { ($0, reader.engine.examine($0), reader.engine.blocks(of: $0)) },
                engine: reader.engine.engineVersion,
                language: .current)
            if path == "-" { return StandardOutput.emit(page.bytes) }
            do { try OutputFile.write(page.bytes, to: path, "The page") } catch { failure = error }
        }
        if let failure { throw failure }
        return wasRejected
    }

    /// What is printed of one document.
    private struct Listed: Sendable {
        var json: [UInt8] = []
        var lines: [String] = []
        var rows: [[String]] = []
        /// Figures that are no indicators, where they are counted.
        var others = 0
        /// What is said of pages that were read badly.
        var poor: [String] = []
    }

    /// What is printed of one document's indicators.
    private static func listed(
        _ name: String, _ articles: [Article], _ engine: Engine, _ format: OutputFormat, _ several: Bool
    ) -> Listed {
        var listed = Listed()
        for article in articles {
            let indicators: [Indicator]
            // To say of each figure why it is none takes longer than to read the others.
            if format == .table || article.form == .html {
                let examination = engine.examine(article)
                listed.others += examination.unresolved.count
                if article.form == .html, examination.isPoor {
                    listed.poor.append(
                        "\(name): of \(examination.shown) figures that the page shows \(examination.read) were read; "
                            + "--unresolved lists the others.")
                }
                indicators = examination.indicators
            } else {
                indicators = engine.extract(article)
            }
            for indicator in indicators {
                switch format {
                case .jsonl: listed.json += JSONText.safe(IndicatorLine(indicator, file: several ? name : nil).bytes)
                case .csv:
                    listed.lines.append(Csv.line((several ? [name] : []) + IndicatorColumns.cells(indicator)))
                case .table: listed.rows.append((several ? [name] : []) + IndicatorColumns.short(indicator))
                }
            }
        }
        return listed
    }

    /// The indicators, and on standard error how many figures are none.
    private func list(_ reader: DocumentReader, _ several: Bool, _ output: inout StandardOutput) throws -> Bool {
        var rows: [[String]] = []
        var others = 0
        var poor = 0
        if format == .csv { output.line(Csv.line((several ? ["file"] : []) + IndicatorColumns.all)) }
        let (engine, format) = (reader.engine, format)
        let wasRejected = try reader.forEach {
            Self.listed($0, $1, engine, format, several)
        } then: { listed in
            for sentence in listed.poor { ExitStatus.complain(sentence) }
            poor += listed.poor.count
            others += listed.others
            rows += listed.rows
            output.write(listed.json)
            for line in listed.lines { output.line(line) }
            if !several { output.flush() }
        }
        if format == .table && !rows.isEmpty {
            let heads = (several ? ["file"] : []) + IndicatorColumns.shortHeads
            let table = ColumnTable(heads, rightAligned: [heads.count - IndicatorColumns.shortHeads.count + 2])
            for line in table.lines(rows) { output.line(line) }
        }
        output.flush()
        if format == .table && rows.isEmpty && !wasRejected { ExitStatus.complain("there are no indicators.") }
        if poor > 0 && several {
            ExitStatus.complain("\(poor) \(poor == 1 ? "page was" : "pages were") read to less than 60 %.")
        }
        if others > 0 && format == .table {
            ExitStatus.complain(
                "\(others) \(others == 1 ? "figure is no indicator" : "figures are no indicators") (dates, ordinals, codes …); "
                    + "--unresolved lists them.")
        }
        return wasRejected
    }

    private func explainAll(_ reader: DocumentReader, _ several: Bool, _ output: inout StandardOutput) throws -> Bool {
        let engine = reader.engine
        return try reader.forEach { name, articles in
            articles.flatMap { article in
                let examination = engine.examine(article)
                return zip(examination.indicators, examination.traces).flatMap { indicator, trace in
                    ((several ? [name] : []) + ExplainedText.lines(indicator, trace)).map(Terminal.safe) + [""]
                }
            }
        } then: { lines in
            for line in lines { output.line(line) }
        }
    }

    private func listUnresolved(
        _ reader: DocumentReader, _ several: Bool, _ output: inout StandardOutput
    ) throws -> Bool {
        let heads = (several ? ["file"] : []) + ExplainedText.unresolvedHeads
        var rows: [[String]] = []
        var counts: [String: Int] = [:]
        if format == .csv { output.line(Csv.line(heads)) }
        let engine = reader.engine
        let wasRejected = try reader.forEach { name, articles in
            (name, articles.map { ($0, engine.examine($0).unresolved) })
        } then: { name, articles in
            for (article, unresolved) in articles {
                for figure in unresolved {
                    counts[figure.reason.rawValue, default: 0] += 1
                    let cells = (several ? [name] : []) + ExplainedText.cells(article, figure)
                    switch format {
                    case .csv: output.line(Csv.line(cells))
                    case .table:
                        var shown = cells
                        shown[cells.count - 2] = Say.word("reason", figure.reason.rawValue)
                        rows.append(shown)
                    case .jsonl:
                        var json = JSONWriter()
                        json.beginObject()
                        if several { json.member("file", name) }
                        json.member("article", article.ordinal)
                        json.member("start", figure.start)
                        json.member("end", figure.end)
                        json.member("quote", figure.text)
                        json.member("reason", figure.reason.rawValue)
                        json.member("passage", figure.passage)
                        json.endObject()
                        output.line(json: json.bytes)
                    }
                }
            }
            output.flush()
        }
        if format == .table && !rows.isEmpty {
            for line in ColumnTable(heads, rightAligned: [several ? 1 : 0, several ? 2 : 1]).lines(rows) {
                output.line(line)
            }
        }
        output.flush()
        let total = counts.values.reduce(0, +)
        let list = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
            Say.tally($0.value, Say.word("reason", $0.key))
        }
        ExitStatus.complain(
            "\(total) \(total == 1 ? "figure is no indicator" : "figures are no indicators")"
                + (list.isEmpty ? "." : ": " + Say.list(list) + "."))
        return wasRejected
    }
}

/// `gongbao segment`: the articles of bulletins, as JSON.
struct SegmentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "segment", abstract: "Prints the articles of bulletins as a JSON array.")

    @Argument(help: "Bulletins to read, documents, archives or messages; - or none is standard input.")
    var files: [String] = []

    @Option(
        help: ArgumentHelp(
            "Also reads the files that are named in this one, one a line or with zero bytes between; - is standard input.",
            valueName: "file"))
    var filesFrom: String?

    @OptionGroup var given: GivenOptions
    @OptionGroup var scans: ScanOptions
    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        let configuration = try options.load(scans.settings)
        let reader = DocumentReader(
            try NamedFiles.all(files, from: filesFrom), try given.beside(configuration), configuration,
            engine: try Engine.configured(configuration))
        let several = reader.isSeveral
        var json = JSONWriter(capacity: 1 << 16)
        json.beginArray()
        let engine = reader.engine
        let wasRejected = try reader.forEach { name, articles in
            (name, articles.map { ($0, engine.paragraphs(of: $0)) })
        } then: { name, articles in
            for (article, paragraphs) in articles {
                json.beginObject()
                if several { json.member("file", name) }
                json.member("ordinal", article.ordinal)
                json.member("headline", article.headline)
                json.member("subheadline", article.subheadline)
                json.member("section", article.section)
                json.member("column", article.column)
                json.member("byline", article.byline)
                json.member("title", article.setting.title)
                json.member("publisher", article.setting.publisher)
                json.member("published", article.setting.published)
                json.member("delivered", article.setting.delivered)
                json.member("number", article.setting.number)
                json.key("year")
                if let year = article.setting.year { json.value(year) } else { json.null() }
                if let url = article.setting.url { json.member("url", url) }
                if let region = article.setting.region { json.member("region", region) }
                json.object("origins") { article.setting.origins.write(to: &$0) }
                json.member("start", article.start)
                json.member("end", article.end)
                json.key("paragraphs")
                json.beginArray()
                for paragraph in paragraphs { json.value(paragraph) }
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
