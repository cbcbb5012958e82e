import ArgumentParser
import BulletinModel
import Operations

/// `gongbao config`: look at the configuration and check it.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Checks the configuration; prints the tables of settings, metrics and dead letters.",
        subcommands: [Check.self, Reference.self, Settings.self, Metrics.self, Tables.self])

    struct Reference: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints every setting with its default, as a configuration file.")

        func run() {
            print(Say.document(Configuration.reference), terminator: "")
        }
    }

    struct Settings: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the table of all settings, in Markdown.")

        func run() {
            print(Say.document(Configuration.table), terminator: "")
        }
    }

    struct Metrics: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the table of all metrics with their labels, in Markdown.")

        func run() {
            print(Say.document(Metric.table), terminator: "")
        }
    }

    /// All tables as one page, for the file that is shipped.
    struct Tables: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the tables of settings, metrics and dead letters as one page, in Markdown.")

        /// The page.
        static var page: String {
            """
            # Settings

            Each can stand in the configuration file, in the environment, or on the command line as
            `--set key=value`; the later is the stronger.

            \(Configuration.table)
            # Metrics

            What `/metrics` of a running worker tells. Names and labels are kept from version to version.

            \(Metric.table)
            # Dead letters

            Why a record or an input was rejected: the header `dlq.code`, and the label `code` of
            `gongbao_dead_letters_total`.

            \(DeadLetterCode.table)
            """
        }

        func run() {
            print(Say.document(Self.page), terminator: "")
        }
    }

    /// Validates the configuration, then the broker and the database, and changes nothing.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Validates the configuration, then the broker and the database, and changes nothing.",
            discussion: """
                Tells partitions and settings of the topics, whether the groups may be used, and the \
                database with its schema. Whether transactions are permitted only a worker finds out: \
                to ask would take the transactional id away from who has it.
                """)

        @OptionGroup var options: ConfigurationOptions

        func run() throws {
            var check = ConfigurationCheck(try options.load()) { Say.line($0) }
            check.run()
            guard !check.problems.isEmpty else { return }
            check.problems.forEach { ExitStatus.complain($0) }
            throw CommandFailure(status: .failed, message: nil)
        }
    }
}
