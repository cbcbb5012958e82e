import ArgumentParser
import Dispatch
import Foundation
import Operations
import Portal
import Synchronization
import Workers

/// `gongbao serve`: the portal and the interface over the database, which they only read.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "The portal: pages and an interface over the database, read only.",
        discussion: """
            Pages in Chinese and English, /api/v1 for programs, /feed.atom, and SDMX at /sdmx. It runs beside workers and \
            runs, changes nothing, and answers this machine alone unless there is a token file (portal.token-file) or a \
            proxy that admits people (portal.proxy-header).
            """)

    @Option(help: ArgumentHelp("Where it listens; else portal.listen.", valueName: "host:port"))
    var listen: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Operations endpoint of a worker elsewhere; may be repeated.", valueName: "host:port"))
    var at: [String] = []

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        let configuration = try options.load()
        let site = try PortalSite(
            configuration, listen: listen, endpoints: try WorkerAddresses.all(configuration, further: at))
        defer { site.store.close() }
        let service = SystemdNotifier(environment: ProcessInfo.processInfo.environment)
        try PortalRunner(site, configuration).run { port in
            service?.send(["READY=1", "STATUS=listening"])
            Say.line("The portal is at http://\(ListenAddress.at(host: site.host, port: port).text)/")
            StandardOutput.finish()
        }
        service?.send(["STOPPING=1"])
    }
}

/// Runs a portal's server from code that is not asynchronous.
final class PortalRunner: Sendable {
    private let site: PortalSite
    private let server: PortalServer
    private let task = Mutex<Task<Void, Never>?>(nil)

    init(_ site: PortalSite, _ configuration: Configuration) {
        self.site = site
        server = PortalServer(
            site.portal, host: site.host, port: site.port, logger: configuration.logger("gongbao.portal"))
    }

    /// Serves until SIGTERM or SIGINT.
    func run(listening: @escaping @Sendable (Int) -> Void) throws {
        try wait(untilSignal: true, listening: listening)
    }

    /// Serves beside workers until ``stop()``.
    ///
    /// - Returns: the port, once it listens.
    /// - Throws: ``CommandFailure`` where the address cannot be used.
    func start() throws -> Int {
        let started = DispatchSemaphore(value: 0)
        let outcome = Mutex<Result<Int, any Error>?>(nil)
        let running = Task { [server] in
            do {
                try await server.run(untilSignal: false) { port in
                    outcome.withLock { $0 = .success(port) }
                    started.signal()
                }
            } catch {
                outcome.withLock { if $0 == nil { $0 = .failure(error) } }
            }
            started.signal()
        }
        task.withLock { $0 = running }
        started.wait()
        switch outcome.withLock({ $0 }) {
        case .success(let port): return port
        case .failure(let error as PortalListenError): throw CommandFailure.failed(error.description)
        case .failure(let error): throw error
        case nil: throw CommandFailure.failed("the portal ended before it listened.")
        }
    }

    /// Ends it.
    func stop() { task.withLock { $0 }?.cancel() }

    private func wait(untilSignal: Bool, listening: @escaping @Sendable (Int) -> Void) throws {
        let ended = DispatchSemaphore(value: 0)
        let failure = Mutex<(any Error)?>(nil)
        Task { [server] in
            do { try await server.run(untilSignal: untilSignal, listening: listening) } catch {
                failure.withLock { $0 = error }
            }
            ended.signal()
        }
        ended.wait()
        if let error = failure.withLock({ $0 }) {
            throw (error as? PortalListenError).map { CommandFailure.failed($0.description) } ?? error
        }
    }
}
