import ArgumentParser
import Audit
import Foundation
import Operations
import Reading

extension AuditCommand {
    struct Compare: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows what another lexicon, or this engine against what the topics hold, would change.",
            discussion: """
                With --lexicon every bulletin of the span is derived with the lexicon in use and with the one named. \
                Without it what this engine reads is compared with the readings in the topics, whatever engine made \
                them. Nothing is written.
                """)

        @Option(help: ArgumentHelp("Directory with the tables of the new lexicon.", valueName: "dir"))
        var lexicon: String?

        @OptionGroup var span: SpanOptions

        @Option(help: ArgumentHelp("Reads the archive in this directory instead of the log.", valueName: "dir"))
        var archive: String?

        @Option(help: "How many examples of each class.")
        var examples = 5

        @Option(help: "How to print the result.")
        var format: ReportFormat = .table

        @OptionGroup var options: ConfigurationOptions

        func validate() throws {
            if examples < 0 { throw ValidationError("--examples must be 0 or more.") }
        }

        func run() throws {
            let configuration = try options.load()
            let site = try AuditSite(configuration, archive: archive, withDatabase: false)
            defer { site.close() }
            guard let lexicon else { return try stored(site) }
            let new = Engine.reading(with: try LexiconFiles.lexicon(in: lexicon))
            var comparison = EngineComparison(examples: examples)
            try comparison.compare(
                site.source, topic: site.topics.bulletins, span.span, old: site.engine, new: new)
            if format == .json { return FileHandle.standardOutput.write(Data(comparison.json)) }
            for line in Self.lines(comparison) { Say.line(line) }
        }

        /// What the topics hold against this engine: an audit, of which the engines' differences are shown.
        private func stored(_ site: AuditSite) throws {
            let report = try Auditor(try site.subject(), deriver: Deriver(site.engine)).verify(
                span.span, words: span.words, memory: nil, now: site.now)
            if format == .json { return FileHandle.standardOutput.write(Data(report.json)) }
            for line in AuditTable.lines(report) { print(line) }
        }

        private static func lines(_ comparison: EngineComparison) -> [String] {
            var lines = [
                "Derived \(comparison.bulletins) bulletins, \(comparison.articles) articles twice; \(comparison.same) figures are read alike."
            ]
            if comparison.isEmpty { return lines + ["Nothing would change."] }
            let totals = EngineComparison.Change.allCases.map { "\(comparison.totals[$0] ?? 0) \($0.rawValue)" }
            lines.append(
                "In \(comparison.changedArticles) articles figures would change: " + Say.list(totals)
                    + ".")
            let fields = comparison.fields.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            if !fields.isEmpty {
                lines +=
                    [""]
                    + ColumnTable(["field", "changed"], rightAligned: [1]).lines(
                        fields.map { [$0.key, "\($0.value)"] })
            }
            for example in comparison.examples {
                lines += [
                    "",
                    "\(example.change.rawValue): \(example.indicator.name) \(example.indicator.quote) (\(example.source))",
                ]
                lines += example.fields.map { "    \($0.name): \($0.stored ?? "null") → \($0.expected ?? "null")" }
                if let passage = example.passage {
                    lines.append("    …\(passage.before)【\(passage.quote)】\(passage.after)…".replacing("\n", with: " "))
                }
            }
            return lines
        }
    }
}
