import Foundation
import Logging
import Operations
import Reading
import Workers

/// The operations endpoint of a process with workers, where the configuration wants one.
enum OperationsEndpoint {
    /// Where each command listens unless told otherwise.
    static let ports = ["run": 9645, "produce": 9641, "enrich": 9642, "sink": 9643, "archive": 9644]

    /// The port of a command's instance: the first, or one without a name, has the usual port,
    /// and each further instance up to the ninth ten more; nil for other names.
    static func port(_ command: String, instance: String) -> Int? {
        guard let usual = ports[command] else { return nil }
        if instance.isEmpty { return usual }
        return Int(instance).flatMap { (1...9).contains($0) ? usual + 10 * ($0 - 1) : nil }
    }

    /// All ports at which workers of this machine may listen by themselves.
    static var localPorts: [Int] { ports.values.flatMap { port in (0..<9).map { port + 10 * $0 } }.sorted() }

    /// Listens as configured; nil where nothing is to listen.
    ///
    /// With `auto` only what runs until it is stopped listens, and a port that is taken is
    /// logged and done without; an address that was asked for must be usable.
    ///
    /// - Throws: ``CommandFailure`` when that address cannot be used.
    static func open(
        _ configuration: Configuration, command: String, isService: Bool, _ workers: [Worker]
    ) throws -> HttpServer? {
        let logger = configuration.logger("gongbao.operations")
        let asked = configuration[Configuration.listen]
        let (host, port): (String, Int)
        switch asked {
        case .off: return nil
        case .automatic:
            guard isService else { return nil }
            guard let usual = Self.port(command, instance: configuration[Configuration.instance]) else {
                logger.warning(
                    "there is no operations endpoint",
                    metadata: ["failure.reason": "auto knows ports for kafka.instance 1 to 9; set operations.listen."])
                return nil
            }
            (host, port) = ("127.0.0.1", usual)
        case .at(let askedHost, let askedPort): (host, port) = (askedHost, askedPort)
        }
        let pages = try pages(configuration, workers)
        do {
            let given = configuration[Configuration.hosts].split(separator: ",").map { $0.filter { !$0.isWhitespace } }
            let names = Set(given + [host, ProcessInfo.processInfo.hostName])
            let server = try HttpServer(host: host, port: port, names: names) { pages.page($0) }
            logger.info(
                "the operations endpoint listens",
                metadata: ["http.address": "\(ListenAddress.at(host: host, port: server.port).text)"])
            return server
        } catch let error as ListenError {
            guard asked == .automatic else { throw CommandFailure.failed(error.description) }
            logger.warning("there is no operations endpoint", metadata: ["failure.reason": "\(error.description)"])
            return nil
        }
    }

    private static func pages(_ configuration: Configuration, _ workers: [Worker]) throws -> WorkerPages {
        let lag = configuration[Configuration.lagLimit]
        let clock = SystemClock()
        return WorkerPages(
            statuses: { workers.map(\.status) }, uptime: { clock.uptime },
            limits: HealthLimits(
                stalledAfter: configuration[Configuration.stalledAfter], lag: lag == 0 ? nil : Int64(lag)),
            build: .init(
                version: Product.version, engine: Engine.version,
                lexicon: try LexiconFiles.load(configuration).digest),
            started: Double(clock.now.milliseconds) / 1000)
    }
}
