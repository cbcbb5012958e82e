import ArgumentParser
import Foundation
import Operations
import Workers

/// The command line: parsing and wiring only.
struct Gongbao: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gongbao",
        abstract: "Streams Chinese official bulletins into indicators that anyone can audit.",
        discussion: """
            Exit codes: 0 done, 1 failed, 2 used wrongly, 3 some input rejected (the rest done).
            """,
        version: Product.version,
        subcommands: [
            RunCommand.self, ProduceCommand.self, EnrichCommand.self, SinkCommand.self, ExtractCommand.self,
            SegmentCommand.self, QueryCommand.self, ExportCommand.self, PanelCommand.self, MeasuresCommand.self,
            ServeCommand.self,
            TopicsCommand.self,
            StatusCommand.self,
            DeadLettersCommand.self,
            ConfigCommand.self, ManualCommand.self,
            ReplayCommand.self, RepairCommand.self, AuditCommand.self,
        ]
    )
}

/// What the product says of itself.
enum Product {
    /// The version that `--version` prints.
    static let version = "0.2.0"
}

@main
enum Main {
    static func main() {
        // A reader that goes away (`| head`) ends the program quietly, as it does other tools.
        signal(SIGPIPE, SIG_DFL)
        // Threads of libdispatch ask for priorities that most users may not have, and would tell the system's log
        // of each that they do not get. Read when it first logs, so that this is in time.
        setenv("LIBDISPATCH_LOG", "NO", 0)
        StandardStreams.holdPlaces()
        do {
            let arguments = try Say.settle(
                Array(FileName.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment)
            var command = try Gongbao.parseAsRoot(NamedFiles.shortened(arguments))
            try command.run()
            StandardOutput.finish()
        } catch {
            let status = ExitStatus.report(error)
            StandardOutput.finish()
            exit(status.rawValue)
        }
    }
}
