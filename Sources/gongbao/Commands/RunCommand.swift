import ArgumentParser
import BulletinModel
import Foundation
import Operations
import Store
import Workers

/// Where a producer's inputs come from, as options say.
struct InputOptions: ParsableArguments {
    @Argument(help: "Bulletins to read, documents, archives or messages; - is standard input.")
    var files: [String] = []

    @Option(
        help: ArgumentHelp(
            "Also reads the files that are named in this one, one a line or with zero bytes between; - is standard input.",
            valueName: "file"))
    var filesFrom: String?

    @Option(help: ArgumentHelp("Directory that is read for bulletins, with those in it.", valueName: "dir"))
    var inbox: String?

    @Flag(help: "Keeps reading what arrives in the inbox, until stopped.")
    var watch = false

    @Option(
        help: ArgumentHelp(
            "Moves files of the inbox here, with the directories that they lie in, once they are stored.",
            valueName: "dir"))
    var moveTo: String?

    @Flag(
        help: ArgumentHelp(
            "What is said of bulletins that are known already holds from now on, where it is something else; without it "
                + "it is kept beside what holds."))
    var restate = false

    @Option(
        help: ArgumentHelp(
            "Takes only files of the inbox that a pattern such as *.docx or 2024/*/*.pdf fits; may be repeated.",
            valueName: "pattern"))
    var match: [String] = []

    @OptionGroup(title: "What the bulletins do not say") var given: GivenOptions
    @OptionGroup var scans: ScanOptions

    /// The source of these inputs.
    func source(_ configuration: Configuration) throws -> @Sendable () -> any InputSource {
        let files = try NamedFiles.all(files, from: filesFrom)
        let configured = configuration[Configuration.inbox]
        let inbox = inbox ?? (files.isEmpty && !configured.isEmpty ? configured : nil)
        if watch && inbox == nil {
            throw CommandFailure.usedWrongly("--watch needs a directory to watch; give it with --inbox.")
        }
        if moveTo != nil && inbox == nil {
            throw CommandFailure.usedWrongly("--move-to moves files of an inbox; give it with --inbox.")
        }
        if !match.isEmpty && inbox == nil {
            throw CommandFailure.usedWrongly("--match chooses files of an inbox; give it with --inbox.")
        }
        let largest = configuration[Configuration.largest]
        let settle = configuration[Configuration.settle]
        let given = try given.beside(configuration)
        let said = try given.data()
        let (watch, moveTo, match) = (watch, moveTo, match)
        return {
            var sources: [any InputSource] = []
            var paths: [String] = []
            for file in files {
                if file == "-" {
                    if !paths.isEmpty { sources.append(FileInputs(paths, largest: largest, given: given)) }
                    paths = []
                    sources.append(StandardInput(largest: largest, given: said))
                } else {
                    paths.append(file)
                }
            }
            if !paths.isEmpty { sources.append(FileInputs(paths, largest: largest, given: given)) }
            if let inbox {
                let settings = InboxSettings(
                    path: inbox, watches: watch, largest: largest, settle: settle, moveTo: moveTo, given: given,
                    patterns: match)
                sources.append(InboxInputs(settings))
            }
            return sources.count == 1 ? sources[0] : ChainedInputs(sources)
        }
    }
}

/// `gongbao run`: producer, enrichment and sink in one process.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Reads bulletins into the database, the whole pipeline in one process.",
        discussion: """
            Without --watch it ends when everything is through and prints what is stored. Without \
            files it works on what the log still holds.
            """)

    @OptionGroup var inputs: InputOptions

    @Flag(help: "With --watch: also offers the portal, at portal.listen.")
    var serve = false

    @OptionGroup var gaps: GapOptions
    @OptionGroup var options: ConfigurationOptions

    func validate() throws {
        if serve, !inputs.watch {
            throw ValidationError("--serve goes with --watch; gongbao serve offers the portal alone.")
        }
    }

    func run() throws {
        let configuration = try options.load(inputs.scans.settings, isForPeople: !inputs.watch)
        let source = try inputs.source(configuration)
        let site = try Site(configuration, logger: configuration.logger("gongbao"))
        defer { site.close() }
        try site.createTopics()
        var workforce = Workforce(site)
        workforce.acceptsGaps = gaps.acceptGap
        let store = try workforce.openStore()
        defer { store.close() }
        let producer = try workforce.producer(source, restates: inputs.restate)
        let workers = [producer, try workforce.enrichment(), workforce.sink(store)]
        let endpoint = try OperationsEndpoint.open(
            configuration, command: Self._commandName, isService: inputs.watch, workers)
        defer { endpoint?.close() }
        let portal = serve ? try openPortal(configuration) : nil
        defer {
            portal?.runner.stop()
            portal?.site.store.close()
        }
        let shift = Shift(workers, configuration, service: workforce.service)
        let outcome = Result { try shift.run(inTurn: true) }
        try Self.report(producer.status, store)
        try outcome.get()
    }

    private func openPortal(_ configuration: Configuration) throws -> (runner: PortalRunner, site: PortalSite) {
        let site = try PortalSite(
            configuration, listen: nil, endpoints: try WorkerAddresses.all(configuration, further: []))
        let runner = PortalRunner(site, configuration)
        let port = try runner.start()
        configuration.logger("gongbao.portal").info(
            "the portal listens", metadata: ["http.address": "\(ListenAddress.at(host: site.host, port: port).text)"])
        return (runner, site)
    }

    private static func report(_ producer: WorkerStatus, _ store: BulletinStore) throws {
        let known = producer.skipped.values.reduce(0, +)
        let rejected = producer.deadLetters.values.reduce(0, +)
        let offered = producer.received.values.reduce(0, +) + producer.unreadable
        var taken = "Offered \(offered): \(max(0, offered - known - rejected - producer.unreadable)) new"
        taken += ", \(known) known already, \(rejected) rejected"
        if let kept = producer.skipped["kept"], kept > 0 {
            taken += " (with \(kept) something new was given, kept beside what holds; --restate makes it hold)"
        }
        if producer.unreadable > 0 { taken += ", \(producer.unreadable) not readable" }
        Say.line(taken + ".")
        for input in producer.refused {
            let name = PlainName.shown(input.name)
            Say.line("  " + (input.reason.hasPrefix(name) ? input.reason : "\(name): \(input.reason)"))
        }
        if producer.refused.count < rejected + producer.unreadable {
            Say.line("  … and others; gongbao deadletters list shows all.")
        }
        if rejected > 0 {
            Say.line("  What to do with each: gongbao deadletters list, then show with its id.")
        }
        let counts = try store.counts()
        Say.line(
            "Stored in \(store.location): \(counts.bulletins) bulletins, \(counts.articles) articles, "
                + "\(counts.indicators) indicators, \(counts.deadLetters) dead letters.")
    }
}

/// `gongbao produce`: the producer worker.
struct ProduceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "produce", abstract: "The producer worker: bulletins and their articles into the topics.")

    @OptionGroup var inputs: InputOptions
    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        let configuration = try options.load(inputs.scans.settings)
        let source = try inputs.source(configuration)
        try WorkerCommand.run(configuration, Self._commandName, isService: inputs.watch) {
            [try $0.producer(source, restates: inputs.restate)]
        }
    }
}

/// `gongbao enrich`: the enrichment worker.
struct EnrichCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrich", abstract: "The enrichment worker: indicators from the articles.")

    @Flag(help: "Ends at the log's end as it is on start.")
    var untilCaughtUp = false

    @OptionGroup var gaps: GapOptions
    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        try WorkerCommand.run(
            try options.load(), Self._commandName, isService: !untilCaughtUp, drains: untilCaughtUp, gaps
        ) {
            [try $0.enrichment()]
        }
    }
}

/// `gongbao sink`: the sink worker.
struct SinkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sink", abstract: "The sink worker: everything in the topics into the database.")

    @Flag(help: "Ends at the log's end as it is on start.")
    var untilCaughtUp = false

    @OptionGroup var gaps: GapOptions
    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        var store: BulletinStore?
        defer { store?.close() }
        try WorkerCommand.run(
            try options.load(), Self._commandName, isService: !untilCaughtUp, drains: untilCaughtUp, gaps
        ) {
            workforce in
            let opened = try workforce.openStore()
            store = opened
            return [workforce.sink(opened)]
        }
    }
}

/// What to do about records that are gone.
struct GapOptions: ParsableArguments {
    @Flag(
        help: ArgumentHelp(
            "Goes on without records that are gone from a topic, instead of stopping; they are counted as lost."))
    var acceptGap = false
}

/// What the commands of a single worker share.
enum WorkerCommand {
    /// Runs workers until they end; a service ends only when it is told to.
    static func run(
        _ configuration: Configuration, _ command: String, isService: Bool, drains: Bool = false,
        _ gaps: GapOptions? = nil, _ workers: (Workforce) throws -> [Worker]
    ) throws {
        let site = try Site(configuration, logger: configuration.logger("gongbao"))
        defer { site.close() }
        if !site.log.features.isShared { try site.createTopics() }
        var workforce = Workforce(site)
        workforce.acceptsGaps = gaps?.acceptGap ?? false
        let workers = try workers(workforce)
        if drains { workers.forEach { $0.drain() } }
        let endpoint = try OperationsEndpoint.open(configuration, command: command, isService: isService, workers)
        defer { endpoint?.close() }
        let shift = Shift(workers, configuration, service: workforce.service)
        try shift.run(inTurn: false)
    }
}
