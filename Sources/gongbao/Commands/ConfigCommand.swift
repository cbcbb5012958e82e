import ArgumentParser
import Operations

/// `gongbao config`: look at the configuration and check it.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Checks the configuration, or prints the reference file.",
        subcommands: [Check.self, Reference.self])

    struct Reference: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints every setting with its default, as a configuration file.")

        func run() {
            print(Configuration.reference, terminator: "")
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Validates the configuration, then the broker and the database, and changes nothing.")

        @OptionGroup var options: ConfigurationOptions

        func run() throws {
            _ = try options.load()
        }
    }
}
