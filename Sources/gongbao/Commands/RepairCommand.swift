import ArgumentParser
import Audit
import BulletinModel
import Foundation
import Operations
import Store
import TopicLog
import Workers

/// `gongbao repair`: brings topics, archive and database to agree again.
struct RepairCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair",
        abstract: "Brings topics, archive and database to agree again after something was lost of one of them.",
        discussion: """
            The database takes up what the topics and the archive hold and it lacks; then articles and indicators \
            that follow from its bulletins and are nowhere are made again and written to the topics, from which the \
            sink takes them. Nothing is written twice, and a repair that was cut off is simply done again. Workers \
            may run meanwhile, except on the embedded log, which belongs to one process.
            """)

    @Option(help: ArgumentHelp("Directory of an archive to read from, too.", valueName: "directory"))
    var archive: String?

    @Flag(help: "Looks only, writes nothing, and ends with 1 where something is amiss.")
    var dryRun = false

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        let configuration = try options.load()
        let site = try Site(configuration, logger: configuration.briefLogger)
        defer { site.close() }
        let workforce = Workforce(site)
        let store = try workforce.openStore()
        defer { store.close() }
        let repair = Repair(
            site.log, archive: try archiveLog(configuration), store: store, reader: try workforce.reader(),
            topics: site.topics, enrichmentGroup: site.name("enrich"))
        let report = try repair.run(
            transactionalID: site.name("repair"),
            counts: {
                let counts = try store.counts()
                return [
                    "bulletins": counts.bulletins, "articles": counts.articles, "readings": counts.readings,
                    "dead letters": counts.deadLetters,
                ]
            }, isDry: dryRun)
        Say.line("Looked at \(report.records) records.")
        for (table, count) in report.rows.sorted(by: { $0.key < $1.key }) {
            Say.line(
                "The database " + (dryRun ? "lacks \(count) \(table)." : "lacked \(count) \(table), which it has now."))
        }
        if report.shortBulletins > 0 {
            Say.line("\(report.shortBulletins) bulletins have fewer articles than their records state.")
        }
        if report.shortReadings > 0 {
            Say.line("\(report.shortReadings) closing records have not all the indicators that they count.")
        }
        if report.articles > 0 {
            Say.line(
                dryRun
                    ? "\(report.articles) articles are nowhere and would be made again."
                    : "Made \(report.articles) articles again; enrichment takes them up.")
        }
        if report.readings > 0 {
            Say.line(
                dryRun
                    ? "The indicators of \(report.readings) articles are nowhere and would be made again."
                    : "Made the indicators of \(report.readings) articles again; the sink takes them up.")
        }
        report.notes.forEach { ExitStatus.complain($0) }
        if report.isClean { Say.line("Topics, archive and database agree.") }
        if dryRun && !report.isClean { throw ExitCode.failure }
    }

    /// The archive that was named, or that in its place, if there is one.
    private func archiveLog(_ configuration: Configuration) throws -> (any TopicLog)? {
        let directory = ArchiveFiles.directory(archive, configuration)
        guard archive != nil || FileManager.default.fileExists(atPath: directory + "/manifest") else { return nil }
        return ArchiveLog(try ArchiveReader(path: directory)) { ExitStatus.complain("\($0)") }
    }
}
