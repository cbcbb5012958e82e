import ArgumentParser
import Foundation
import Operations
import Store

/// `gongbao status`: workers, lag, rates, the last bulletin and dead letters on one screen.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Shows workers, lag, rates, the last bulletin and dead letters on one screen.",
        discussion: """
            Workers are asked at their operations endpoints: those of this machine, and those that \
            --at names. Log and database are the configured ones; nothing is changed.
            """)

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Operations endpoint of a worker elsewhere; may be repeated.", valueName: "host:port"))
    var at: [String] = []

    @OptionGroup var watching: WatchOptions
    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        let configuration = try options.load()
        let addresses = try WorkerAddresses.all(configuration, further: at)
        let lagReader = Result { try LagReader(configuration) }
        defer { try? lagReader.get().close() }
        // Rates need two looks: the first is not shown.
        var last = EndpointReading.ask(addresses, within: .seconds(2))
        if !last.isEmpty { Thread.sleep(until: Date(timeIntervalSinceNow: 1)) }
        var lookedAt = ContinuousClock.now - .seconds(1)
        try watching.show { _ in
            var picture = StatusPicture()
            picture.before = Dictionary(last.map { ($0.address, $0.metrics) }) { $1 }
            let now = ContinuousClock.now
            picture.endpoints = EndpointReading.ask(addresses, within: .seconds(2))
            picture.seconds = lookedAt.duration(to: now) / .seconds(1)
            lookedAt = now
            last = picture.endpoints
            picture.lags = lags(configuration, lagReader)
            picture.store = store(configuration)
            return picture.lines
        }
    }

    private func lags(
        _ configuration: Configuration, _ reader: Result<LagReader, any Error>
    ) -> Result<[GroupLag], any Error> {
        let isEmbedded = configuration[Configuration.brokers].isEmpty
        let path = LogOpener.embeddedLogPath(configuration)
        if isEmbedded, !FileManager.default.fileExists(atPath: path) { return .success([]) }
        return Result { try reader.get().read() }
    }

    private func store(_ configuration: Configuration) -> Result<StatusPicture.StoreSummary, any Error>? {
        let address = Result { try LogOpener.database(configuration) }
        if case .success(.file(let path)) = address, !FileManager.default.fileExists(atPath: path) { return nil }
        return Result {
            let store = try BulletinStore(reading: address.get())
            defer { store.close() }
            return .init(
                path: store.location, counts: try store.counts(), newest: try store.newestReceipt(),
                deadLetters: try store.deadLetterCounts())
        }
    }
}
