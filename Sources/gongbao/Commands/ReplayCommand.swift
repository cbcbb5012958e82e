import ArgumentParser
import Audit

/// `gongbao replay`: reads topics again.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Reads topics again, from any offset or time, or from an archive.",
        discussion: """
            Committed records between --from and --to go to standard output, one JSON object a line, or \
            where an option says. Within a partition the order is kept. No group is joined and no offset \
            committed: the workers notice nothing.

            --from and --to take an offset, a time with its zone (2024-01-01T00:00+08:00), earliest or \
            latest. What stands at --to is not read any more; latest is the end as it is on start.

            Into topics, each batch (ten times batch.records) is one transaction, records keep partition, key, value, headers and \
            timestamp, and headers replay.origin.* tell where they stood; topics that are missing are \
            created. --verbatim leaves these headers out and wants empty topics, as when a new cluster \
            is filled from an archive:

              gongbao replay --archive DIR --topic all --verbatim --into-prefix gongbao. --brokers HOST:PORT

            A replay into topics that was ended in any way goes on with --resume, which reads in the \
            target what it has, so that each record stands there once. Nothing but the replay may write \
            to the target meanwhile.

            With --enrich articles are read with the present engine, and their indicators go on. \
            --into-database fills a new database, as the sink would.

            A segment of an archive that is missing or damaged is named and passed over; exit code 3 \
            says so.
            """)

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "The topic: bulletins, articles, indicators, dead-letters, any full name, or all; may be repeated.",
            valueName: "name"))
    var topic: [String]

    @Option(help: ArgumentHelp("Reads this archive instead of the log.", valueName: "dir"))
    var archive: String?

    @Option(help: ArgumentHelp("Where to begin.", valueName: "offset|time|earliest"))
    var from = "earliest"

    @Option(help: ArgumentHelp("Where to end.", valueName: "offset|time|latest"))
    var to = "latest"

    @Option(
        parsing: .singleValue, help: ArgumentHelp("Only this partition; may be repeated.", valueName: "number"))
    var partition: [Int32] = []

    @Option(help: ArgumentHelp("Only records with this key.", valueName: "text"))
    var key: String?

    @Flag(help: "Says how much would be read, and reads nothing.")
    var dryRun = false

    @Flag(help: "Reads articles with the present engine and sends their indicators on.")
    var enrich = false

    @Flag(
        help:
            "With --enrich, into the workers' own topic: articles that another engine or other tables have read are read again, and the sink replaces their figures."
    )
    var renew = false

    @Option(help: ArgumentHelp("Into this topic.", valueName: "name"))
    var intoTopic: String?

    @Option(help: ArgumentHelp("Into topics that begin with this instead of topics.prefix.", valueName: "prefix"))
    var intoPrefix: String?

    @Option(help: ArgumentHelp("Into a new database.", valueName: "file"))
    var intoDatabase: String?

    @Flag(help: "Copies records as they are, without headers that tell where they stood.")
    var verbatim = false

    @Flag(help: "Goes on where an earlier replay into the same topics ended, whatever ended it.")
    var resume = false

    @OptionGroup var options: ConfigurationOptions

    func validate() throws {
        for (name, text) in [("--from", from), ("--to", to)] where ReplayBound(text) == nil {
            throw ValidationError(
                "\(name) \(text): give an offset, earliest, latest, or a time with its zone, 2024-01-01T00:00+08:00.")
        }
        if [intoTopic, intoPrefix, intoDatabase].compactMap({ $0 }).count > 1 {
            throw ValidationError("Give one of --into-topic, --into-prefix and --into-database.")
        }
        if verbatim && (enrich || intoTopic == nil && intoPrefix == nil) {
            throw ValidationError(
                "--verbatim copies into topics; give --into-prefix or --into-topic, without --enrich.")
        }
        if renew
            && (!enrich || intoTopic != nil || intoPrefix != nil || intoDatabase != nil || archive != nil || resume)
        {
            throw ValidationError(
                "--renew goes with --enrich and --topic articles, and with no other target or source.")
        }
        if resume && intoTopic == nil && intoPrefix == nil {
            throw ValidationError("--resume goes on with a replay into topics; give --into-prefix or --into-topic.")
        }
        if intoTopic != nil && (topic.count > 1 || topic == ["all"]) {
            throw ValidationError("--into-topic takes one topic; --into-prefix takes several.")
        }
        if intoDatabase != nil && (enrich || key != nil) {
            throw ValidationError("--into-database takes no --enrich and no --key; enrich into a topic prefix first.")
        }
    }

    func run() throws {
        let configuration = try options.load()
        let replay = try Replay(self, configuration)
        defer { replay.close() }
        try replay.run()
    }
}
