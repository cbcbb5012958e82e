import BulletinModel
import Foundation
import Operations
import TopicLog
import Workers

/// What the operations endpoint shows of the workers in this process.
struct WorkerPages: Sendable {
    /// The workers' boards, looked at when somebody asks.
    let statuses: @Sendable () -> [WorkerStatus]
    /// The clock of the workers.
    let uptime: @Sendable () -> Duration
    /// From when on a worker is not well.
    let limits: HealthLimits
    /// What runs.
    let build: BuildInfo
    /// When the process started, in Unix time.
    let started: Double

    /// What runs.
    struct BuildInfo: Sendable {
        let version: String
        let engine: Int
        let lexicon: String
    }

    /// The page at a path.
    func page(_ path: String) -> HttpResponse? {
        switch path {
        case "/livez": live()
        case "/readyz": ready()
        case "/metrics": HttpResponse(.ok, contentType: MetricsPage.contentType, metrics().text)
        case "/": HttpResponse(.ok, "gongbao \(build.version)\n/livez\n/readyz\n/metrics\n")
        default: nil
        }
    }

    private func live() -> HttpResponse {
        let now = uptime()
        return answer("live", statuses().map { ($0, $0.stalled(at: now, limits).map { [$0] } ?? []) })
    }

    private func ready() -> HttpResponse {
        let now = uptime()
        return answer("ready", statuses().map { ($0, $0.reasons(at: now, limits)) })
    }

    private func answer(_ question: StaticString, _ workers: [(WorkerStatus, [HealthReason])]) -> HttpResponse {
        let isWell = workers.allSatisfy { $0.1.isEmpty }
        var json = JSONWriter(capacity: 512)
        json.beginObject()
        json.key(question)
        json.value(isWell)
        json.key("workers")
        json.beginArray()
        for (status, reasons) in workers {
            json.beginObject()
            json.member("worker", status.worker)
            json.member("phase", status.phase.rawValue)
            json.key("reasons")
            json.beginArray()
            for reason in reasons {
                json.beginObject()
                json.member("code", reason.code)
                json.member("reason", reason.reason)
                json.endObject()
            }
            json.endArray()
            json.endObject()
        }
        json.endArray()
        json.endObject()
        let body = String(decoding: json.bytes, as: UTF8.self) + "\n"
        return HttpResponse(isWell ? .ok : .unavailable, contentType: "application/json", body)
    }

    /// Everything that is measured, now.
    func metrics() -> MetricsPage {
        var page = MetricsPage()
        let now = uptime()
        for status in statuses() { add(status, at: now, to: &page) }
        page.add(.buildInfo, [build.version, "\(build.engine)", build.lexicon], 1)
        page.add(.processStart, [], started)
        let figures = ProcessFigures()
        if let seconds = figures.processorSeconds { page.add(.processorTime, [], seconds) }
        if let bytes = figures.residentBytes { page.add(.residentMemory, [], Double(bytes)) }
        if let files = figures.openFiles { page.add(.openFiles, [], Double(files)) }
        return page
    }

    private func add(_ status: WorkerStatus, at now: Duration, to page: inout MetricsPage) {
        let worker = status.worker
        func counts(_ metric: Metric, _ numbers: [String: Int]) {
            for (name, count) in numbers.sorted(by: { $0.key < $1.key }) {
                page.add(metric, [worker, name], Double(count))
            }
        }
        counts(.recordsIn, status.received)
        if worker == WorkerKind.sink.rawValue {
            for (kind, count) in status.emitted.sorted(by: { $0.key < $1.key }) {
                page.add(.rows, [kind], Double(count))
            }
            add(.endToEndLatency, [], status.latencies, &page)
            page.add(.incompleteBulletins, [worker], Double(status.incomplete))
        } else {
            counts(.recordsOut, status.emitted)
        }
        counts(.recordsSkipped, status.skipped)
        counts(.deadLetters, status.deadLetters)
        page.add(.rejected, [worker], Double(status.deadLetters.values.reduce(0, +)))
        counts(.retries, status.retries)
        page.add(.batchesDropped, [worker], Double(status.dropped))
        transactions("log", status.logTransactions)
        if worker == WorkerKind.sink.rawValue { transactions("database", status.databaseTransactions) }
        add(.batchRecords, [worker], status.batchSizes, &page)
        add(.batchDuration, [worker], status.batchTimes, &page)
        for part in BatchPart.allCases {
            if let seconds = status.partTimes[part] { page.add(.batchParts, [worker, part.rawValue], seconds) }
        }
        if worker == WorkerKind.produce.rawValue {
            page.add(.unreadableInputs, [worker], Double(status.unreadable))
        } else {
            page.add(.lostRecords, [worker], Double(status.lost))
            page.add(.rebalances, [worker], Double(status.rebalances))
            page.add(.assignedPartitions, [worker], Double(status.assigned.count))
        }
        if worker != WorkerKind.enrich.rawValue {
            page.add(.lastBulletin, [worker], Double(status.lastBulletin?.milliseconds ?? 0) / 1000)
        }
        for (partition, lag) in status.lag.sorted(by: { $0.key < $1.key }) {
            page.add(.consumerLag, [worker, partition.topic, "\(partition.partition)"], Double(lag))
        }
        page.add(.inFlightRecords, [worker], Double(status.inFlightRecords))
        page.add(.inFlightBytes, [worker], Double(status.inFlightBytes))
        page.add(.loopAge, [worker], (status.loopAge(at: now) / .milliseconds(1)).rounded() / 1000)
        page.add(.outage, [worker], status.trouble == nil ? 0 : 1)
        page.add(.ready, [worker], status.reasons(at: now, limits).isEmpty ? 1 : 0)

        func transactions(_ store: String, _ counts: TransactionCounts) {
            page.add(.transactions, [worker, store, "committed"], Double(counts.committed))
            page.add(.transactions, [worker, store, "aborted"], Double(counts.aborted))
        }
    }

    private func add(_ metric: Metric, _ labels: [String], _ distribution: Distribution, _ page: inout MetricsPage) {
        page.add(metric, labels, bounds: distribution.bounds, counts: distribution.counts, sum: distribution.sum)
    }
}
