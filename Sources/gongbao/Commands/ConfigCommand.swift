import ArgumentParser
import Foundation
import Operations
import Reading
import Store
import TopicLog

/// `gongbao config`: look at the configuration and check it.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Checks the configuration; prints the reference file and the tables of settings and metrics.",
        subcommands: [Check.self, Reference.self, Settings.self, Metrics.self])

    struct Reference: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints every setting with its default, as a configuration file.")

        func run() {
            print(Configuration.reference, terminator: "")
        }
    }

    struct Settings: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the table of all settings, in Markdown.")

        func run() {
            print(Configuration.table, terminator: "")
        }
    }

    struct Metrics: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the table of all metrics with their labels, in Markdown.")

        func run() {
            print(Metric.table, terminator: "")
        }
    }

    /// Validates the configuration, then the broker and the database, and changes nothing.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Validates the configuration, then the broker and the database, and changes nothing.")

        @OptionGroup var options: ConfigurationOptions

        func run() throws {
            let configuration = try options.load()
            print("configuration: in order")
            let lexicon = try LexiconFiles.load(configuration)
            print("lexicon: \(lexicon.digest)")
            let log = Result { try checkLog(configuration) }
            let database = Result { try checkDatabase(configuration) }
            try log.get()
            try database.get()
        }

        private func checkLog(_ configuration: Configuration) throws {
            let path = configuration[Configuration.data] + "/topics.sqlite"
            if configuration[Configuration.brokers].isEmpty, !FileManager.default.fileExists(atPath: path) {
                print("log: embedded, \(path) will be made")
                return
            }
            let site = try Site(configuration, logger: configuration.logger("gongbao"))
            defer { site.close() }
            let found = try site.log.admin.describe(site.topics.all)
            print("log: \(site.log.features.backend)")
            for topic in site.topics.all {
                guard let description = found.first(where: { $0.name == topic }) else {
                    print("  \(topic): missing; gongbao topics create makes it")
                    continue
                }
                print("  \(topic): \(description.partitions) partitions")
                let limit = description.configuration["max.message.bytes"].flatMap { Int($0) }
                if let limit, limit < site.largestRecord {
                    print("    max.message.bytes is \(limit); bulletins of producer.largest need \(site.largestRecord)")
                }
            }
        }

        private func checkDatabase(_ configuration: Configuration) throws {
            let path = LogOpener.databasePath(configuration)
            guard FileManager.default.fileExists(atPath: path) else {
                print("database: \(path) will be made")
                return
            }
            let store = try BulletinStore(reading: path)
            defer { store.close() }
            let counts = try store.counts()
            print("database: \(path), \(counts.bulletins) bulletins, \(counts.indicators) indicators")
        }
    }
}
