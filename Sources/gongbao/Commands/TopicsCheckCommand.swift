import ArgumentParser
import EmbeddedLog
import Operations

extension TopicsCommand {
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reads the embedded log from end to end and says what of it is intact; changes nothing.")

        @OptionGroup var options: ConfigurationOptions

        func run() throws {
            let configuration = try options.load()
            guard configuration[Configuration.brokers].isEmpty else {
                throw CommandFailure.usedWrongly("topics check reads the embedded log; leave kafka.brokers empty.")
            }
            let path = LogOpener.embeddedLogPath(configuration)
            let report = try EmbeddedLog.check(path)
            let rows = report.partitions.map { found in
                [
                    found.partition.topic, "\(found.partition.partition)", "\(found.watermarks.low)",
                    "\(found.watermarks.high)", "\(found.intact)", Self.damage(found.damaged),
                ]
            }
            let heads = ["topic", "partition", "oldest", "next", "intact", "damaged offsets"]
            print(ColumnTable(heads, rightAligned: [1, 2, 3, 4]).lines(rows).joined(separator: "\n"))
            for problem in report.problems { Say.line(problem) }
            guard report.isIntact else {
                throw CommandFailure.failed(
                    "the embedded log \(path) is damaged; keep a copy of it, and offer the bulletins again to a new one."
                )
            }
        }

        private static func damage(_ ranges: [Range<Int64>]) -> String {
            let named = ranges.prefix(3).map { range in
                range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound - 1)"
            }
            let rest = ranges.count > 3 ? [" and \(ranges.count - 3) more"] : []
            return ranges.isEmpty ? "-" : (named + rest).joined(separator: ", ")
        }
    }
}
