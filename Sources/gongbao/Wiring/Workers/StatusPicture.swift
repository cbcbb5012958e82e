import BulletinModel
import Dispatch
import Foundation
import Operations
import Store
import Synchronization
import Workers

/// What an operations endpoint told at one moment.
struct EndpointReading: Sendable {
    /// `HOST:PORT`.
    let address: String
    let metrics: MetricsReading

    /// Asks all addresses at once; who does not answer with metrics of gongbao is left out.
    static func ask(_ addresses: [(host: String, port: Int)], within time: Duration) -> [EndpointReading] {
        let found = Mutex<[Int: EndpointReading]>([:])
        DispatchQueue.concurrentPerform(iterations: addresses.count) { index in
            let (host, port) = addresses[index]
            guard let page = HttpClient.get("/metrics", host: host, port: port, within: time), page.status == 200 else {
                return
            }
            let reading = EndpointReading(
                address: ListenAddress.at(host: host, port: port).text, metrics: MetricsReading(page.body))
            guard reading.metrics.sum(.buildInfo) != nil else { return }
            found.withLock { $0[index] = reading }
        }
        return found.withLock { $0 }.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The workers of the process, in the order of the pipeline.
    var workers: [String] {
        let names = Set(metrics.values(.loopAge).compactMap { $0.labels["worker"] })
        let known = WorkerKind.allCases.map(\.rawValue)
        return known.filter(names.contains) + names.subtracting(known).sorted()
    }
}

/// What `gongbao status` shows: workers, groups and database on one screen.
struct StatusPicture {
    /// What the endpoints told, and what they told before.
    var endpoints: [EndpointReading] = []
    var before: [String: MetricsReading] = [:]
    /// The seconds between the two.
    var seconds: Double?
    /// How far the groups are, or why nobody knows.
    var lags: Result<[GroupLag], any Error> = .success([])
    /// What the database holds, or why nobody knows.
    var store: Result<StoreSummary, any Error>?

    /// What of the database is shown.
    struct StoreSummary {
        let path: String
        let counts: StoreCounts
        let newest: String?
        let deadLetters: [(worker: String, code: String, count: Int)]
    }

    /// The screen.
    var lines: [String] {
        var lines = workerLines + [""]
        switch lags {
        case .success(let lags): lines += lagLines(lags)
        case .failure(let error): lines.append("log: \(Self.sentence(error))")
        }
        lines.append("")
        switch store {
        case .success(let summary): lines += storeLines(summary)
        case .failure(let error): lines.append("database: \(Self.sentence(error))")
        case nil: lines.append("database: none yet")
        }
        return lines.map(Say.text)
    }

    private var workerLines: [String] {
        if endpoints.isEmpty { return ["workers: none answers on this machine; --at names others"] }
        var rows: [[String]] = []
        for endpoint in endpoints {
            for worker in endpoint.workers {
                let label = ["worker": worker]
                func now(_ metric: Metric) -> Double { endpoint.metrics.sum(metric, label) ?? 0 }
                func rate(_ metric: Metric) -> String {
                    guard let seconds, seconds > 0, let last = before[endpoint.address] else { return "-" }
                    // A counter that fell belongs to a process that was started again.
                    return Self.number(max(0, now(metric) - (last.sum(metric, label) ?? 0)) / seconds)
                }
                let state = now(.ready) == 1 ? "ready" : now(.outage) == 1 ? "outage" : "not ready"
                let memory = Int((endpoint.metrics.sum(.residentMemory) ?? 0) / 1_048_576)
                rows.append([
                    worker, endpoint.address, Say.word("cell", state), rate(.recordsIn),
                    worker == WorkerKind.sink.rawValue ? "-" : rate(.recordsOut), "\(Int(now(.consumerLag)))",
                    "\(Int(now(.rejected)))", "\(Self.number(now(.loopAge))) s", "\(memory) MiB",
                ])
            }
        }
        let heads = ["worker", "at", "state", "in per s", "out per s", "lag", "rejected", "loop age", "memory"]
        return ColumnTable(heads, rightAligned: [3, 4, 5, 6, 7, 8]).lines(rows)
    }

    private func lagLines(_ lags: [GroupLag]) -> [String] {
        if lags.isEmpty { return ["log: no topics yet"] }
        var totals: [String: (records: Int64, next: Int64, lag: Int64)] = [:]
        var order: [[String]] = []
        for lag in lags {
            let key = [lag.group, lag.partition.topic]
            if totals[key.joined(separator: "\t")] == nil { order.append(key) }
            var total = totals[key.joined(separator: "\t")] ?? (0, 0, 0)
            total.records += lag.marks.high - lag.marks.low
            total.lag += lag.records
            totals[key.joined(separator: "\t")] = total
        }
        let rows = order.map { key in
            let total = totals[key.joined(separator: "\t")] ?? (0, 0, 0)
            return key + ["\(total.records)", "\(total.lag)"]
        }
        return ColumnTable(["group", "topic", "offsets", "lag"], rightAligned: [2, 3]).lines(rows)
    }

    private func storeLines(_ summary: StoreSummary) -> [String] {
        let counts = summary.counts
        var lines = [
            "database: \(summary.path)",
            "  \(counts.bulletins) bulletins, \(counts.articles) articles, \(counts.indicators) indicators",
            "  last bulletin: \(summary.newest.map { "received \($0)" } ?? "none")",
        ]
        lines.append("  dead letters: \(counts.deadLetters == 0 ? "none" : "\(counts.deadLetters)")")
        if !summary.deadLetters.isEmpty {
            let rows = summary.deadLetters.map { [$0.worker, $0.code, "\($0.count)"] }
            lines += ColumnTable(["worker", "code", "count"], rightAligned: [2]).lines(rows).map { "    " + $0 }
        }
        return lines
    }

    private static func number(_ value: Double) -> String {
        value >= 10 || value == 0 ? "\(Int(value.rounded()))" : "\((value * 10).rounded() / 10)"
    }

    private static func sentence(_ error: any Error) -> String {
        (error as? CommandFailure)?.message ?? "\(error)"
    }
}
