import Foundation
import Operations
import Synchronization
import Testing
import TopicLog

@testable import Workers
@testable import gongbao

@Suite("Operations pages")
struct WorkerPagesTests {
    private func pages(_ statuses: [WorkerStatus], uptime: Duration = .seconds(1)) -> WorkerPages {
        WorkerPages(
            statuses: { statuses }, uptime: { uptime }, limits: HealthLimits(stalledAfter: .seconds(60), lag: 10),
            build: .init(version: "1.2.3", engine: 4, lexicon: "ab"), started: 1000)
    }

    private func worker(_ name: String, _ change: (inout WorkerStatus) -> Void = { _ in }) -> WorkerStatus {
        var status = WorkerStatus(worker: name)
        status.phase = .waiting
        change(&status)
        return status
    }

    @Test("probes answer 200 when all is well, and 503 with reasons when not")
    func probes() throws {
        let well = pages([worker("enrich"), worker("sink")])
        #expect(well.page("/livez")?.status == .ok && well.page("/readyz")?.status == .ok)
        let behind = pages([worker("enrich"), worker("sink") { $0.lag = [TopicPartition("t", 0): 11] }])
        #expect(behind.page("/livez")?.status == .ok)
        let answer = try #require(behind.page("/readyz"))
        #expect(answer.status == .unavailable && answer.contentType == "application/json")
        struct Body: Decodable {
            struct Worker: Decodable {
                struct Reason: Decodable { let code, reason: String }
                let worker, phase: String
                let reasons: [Reason]
            }
            let ready: Bool
            let workers: [Worker]
        }
        let body = try JSONDecoder().decode(Body.self, from: Data(answer.body.utf8))
        #expect(!body.ready && body.workers.map(\.worker) == ["enrich", "sink"])
        #expect(body.workers.map { $0.reasons.map(\.code) } == [[], ["lag"]])
        #expect(pages([worker("sink")], uptime: .seconds(61)).page("/livez")?.status == .unavailable)
        #expect(well.page("/nothing") == nil)
    }

    @Test("every metric that is declared has a value once everything has happened")
    func complete() {
        func busy(_ name: String) -> WorkerStatus {
            worker(name) {
                $0.received = ["t": 1]
                $0.emitted = ["t": 2]
                $0.skipped = ["known": 3]
                $0.deadLetters = ["bad": 4]
                $0.retries = ["down": 5]
                $0.partTimes = [.prepare: 0.5]
                $0.lag = [TopicPartition("t", 7): 8]
                $0.lastBulletin = Timestamp(milliseconds: 1500)
            }
        }
        let text = pages([busy("produce"), busy("enrich"), busy("sink")]).metrics().text
        for metric in Metric.all { #expect(text.contains("# TYPE \(metric.name) "), "\(metric.name)") }
        for line in [
            #"gongbao_records_out_total{worker="enrich",topic="t"} 2"#, #"gongbao_rows_total{kind="t"} 2"#,
            #"gongbao_dead_letters_total{worker="sink",code="bad"} 4"#, #"gongbao_rejected_total{worker="produce"} 4"#,
            #"gongbao_consumer_lag{worker="sink",topic="t",partition="7"} 8"#,
            #"gongbao_last_bulletin_timestamp_seconds{worker="sink"} 1.5"#,
            #"gongbao_build_info{version="1.2.3",engine="4",lexicon="ab"} 1"#,
            #"gongbao_loop_age_seconds{worker="enrich"} 1"#, #"gongbao_ready{worker="enrich"} 1"#,
        ] {
            #expect(text.split(separator: "\n").contains(Substring(line)), "\(line)")
        }
    }

    @Test("counters that alerts look at are there from the start")
    func zeros() {
        let text = pages(["produce", "enrich", "sink"].map { worker($0) }).metrics().text
        for name in ["gongbao_rejected_total", "gongbao_batches_dropped_total", "gongbao_outage"] {
            for worker in ["produce", "enrich", "sink"] {
                #expect(text.contains("\(name){worker=\"\(worker)\"} 0\n"))
            }
        }
    }

    @Test("a running pipeline tells how it is, where it was asked to")
    func running() throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        try FileManager.default.createDirectory(at: place.appending(path: "inbox"), withIntermediateDirectories: true)
        let (process, _, errors) = try Program.start([
            "run", "--watch", "--inbox", place.appending(path: "inbox").path, "--data", place.path, "--set",
            "operations.listen=127.0.0.1:0",
        ])
        defer {
            process.terminate()
            process.waitUntilExit()
            try? FileManager.default.removeItem(at: errors.deletingLastPathComponent())
        }
        func wait<T>(_ body: () throws -> T?) throws -> T? {
            let timer = DispatchSemaphore(value: 0)
            for _ in 0..<200 {
                if let found = try body() { return found }
                _ = timer.wait(timeout: .now() + .milliseconds(100))
            }
            return nil
        }
        let port = try #require(
            try wait {
                let text = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
                return text.firstMatch(of: /"http.address":"127.0.0.1:(\d+)"/).map { String($0.1) }
            })
        let number = try #require(Int(port))
        let live = HttpClient.get("/livez", host: "127.0.0.1", port: number, within: .seconds(20))
        #expect(live?.status == 200 && live?.body.contains(#""live":true"#) == true)
        let metrics = HttpClient.get("/metrics", host: "127.0.0.1", port: number, within: .seconds(20))
        #expect(metrics?.body.contains("gongbao_loop_age_seconds{worker=\"sink\"}") == true)
    }
}
