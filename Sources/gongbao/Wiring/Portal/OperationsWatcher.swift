import Foundation
import Operations
import Portal
import Synchronization
import Workers

/// Asks workers and the log how they stand, for the portal.
final class OperationsWatcher: Sendable {
    private struct Look {
        var readings: [String: MetricsReading] = [:]
        var at: ContinuousClock.Instant?
    }
    private let configuration: Configuration
    private let addresses: [(host: String, port: Int)]
    private let last = Mutex(Look())
    /// One at a time: clients of a broker are made once and kept.
    private let lags = LagBoard()

    init(_ configuration: Configuration, _ addresses: [(host: String, port: Int)]) {
        self.configuration = configuration
        self.addresses = addresses
    }

    /// How workers and groups stand now; rates are since the last look.
    func picture() -> OperationsPicture {
        var picture = OperationsPicture()
        let now = ContinuousClock.now
        let endpoints = EndpointReading.ask(addresses, within: .seconds(1))
        let before = last.withLock { look in
            defer {
                look.readings = Dictionary(endpoints.map { ($0.address, $0.metrics) }, uniquingKeysWith: { $1 })
                look.at = now
            }
            return look
        }
        let seconds = before.at.map { $0.duration(to: now) / .seconds(1) }
        for endpoint in endpoints {
            for worker in endpoint.workers {
                let label = ["worker": worker]
                func value(_ metric: Metric) -> Double { endpoint.metrics.sum(metric, label) ?? 0 }
                func rate(_ metric: Metric) -> Double? {
                    guard let seconds, seconds > 0, let old = before.readings[endpoint.address] else { return nil }
                    return max(0, value(metric) - (old.sum(metric, label) ?? 0)) / seconds
                }
                picture.workers.append(
                    .init(
                        name: worker, address: endpoint.address,
                        state: value(.ready) == 1 ? "ready" : value(.outage) == 1 ? "outage" : "not ready",
                        rateIn: rate(.recordsIn), rateOut: worker == WorkerKind.sink.rawValue ? nil : rate(.recordsOut),
                        lag: Int(value(.consumerLag)), rejected: Int(value(.rejected)),
                        memory: Int((endpoint.metrics.sum(.residentMemory) ?? 0) / 1_048_576)))
            }
        }
        switch lags.read(configuration) {
        case .success(let lags): picture.groups = Self.groups(lags)
        case .failure(let error): picture.trouble = (error as? CommandFailure)?.message ?? "\(error)"
        }
        return picture
    }

    private static func groups(_ lags: [GroupLag]) -> [OperationsPicture.Group] {
        var groups: [OperationsPicture.Group] = []
        for lag in lags {
            let records = lag.marks.high - lag.marks.low
            if let known = groups.firstIndex(where: { $0.name == lag.group && $0.topic == lag.partition.topic }) {
                groups[known].records += records
                groups[known].lag += lag.records
            } else {
                groups.append(.init(name: lag.group, topic: lag.partition.topic, records: records, lag: lag.records))
            }
        }
        return groups
    }
}

/// Reads lag with one reader, made when it is first needed. `@unchecked Sendable` because the reader is only used with
/// the lock held.
private final class LagBoard: @unchecked Sendable {
    private let lock = NSLock()
    private var reader: LagReader?

    func read(_ configuration: Configuration) -> Result<[GroupLag], any Error> {
        lock.withLock {
            let isEmbedded = configuration[Configuration.brokers].isEmpty
            if isEmbedded, !FileManager.default.fileExists(atPath: LogOpener.embeddedLogPath(configuration)) {
                return .success([])
            }
            return Result {
                if reader == nil { reader = try LagReader(configuration) }
                return try reader?.read() ?? []
            }
        }
    }
}
