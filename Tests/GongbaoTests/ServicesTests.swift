import Foundation
import Glibc
import Store
import Testing

/// The three workers as services, each a process of its own that a service manager looks after.
@Suite("Services", .enabled(if: TestBroker.isThere, TestBroker.missing), .timeLimit(.minutes(4)))
struct ServicesTests {
    private let bulletin = """
        # 临江市2024年公报

        2024年，全市地区生产总值386.5亿元，比上年增长6.2%。

        """

    @Test("three workers report, feed the watchdog from their loops, survive its verdict, and stop when told")
    func lifecycle() throws {
        let broker = try TestBroker()
        defer { broker.stop() }
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let inbox = place.appending(path: "inbox")
        try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
        let limit = Duration.seconds(6)
        func service(_ command: [String]) throws -> TestService {
            let settings = ["--data", place.path, "--set", "operations.listen=off", "--set", "kafka.instance=1"]
            return try TestService(command + broker.options + settings, watchdog: limit)
        }
        let produce = ["produce", "--watch", "--inbox", inbox.path, "--set", "producer.settle=0ms"]
        var producer = try service(produce)
        let enrich = try service(["enrich"])
        let sink = try service(["sink"])
        defer { [producer, enrich, sink].forEach { $0.clear() } }

        for each in [producer, enrich, sink] {
            try #require(each.hears("READY=1", within: .seconds(60)), "\(each.heard) \(each.drainErrors())")
            #expect(each.heard.contains { $0.hasPrefix("STATUS=") })
            for _ in 0..<3 { #expect(each.hears("WATCHDOG=1", within: limit)) }
        }

        // What is logged cannot be written, so that the loop that logs it hangs.
        try producer.blockErrors()
        try Data([0xFF, 0xFF, 0x80]).write(to: inbox.appending(path: "bad.txt"))
        // The last turn of the loop may come just before.
        #expect(producer.starves() || producer.starves())
        #expect(!enrich.starves() && !sink.starves())
        // It was the loop and not the process: it goes on where it was.
        _ = producer.drainErrors()
        #expect(producer.hears("WATCHDOG=1", within: limit))

        try producer.blockErrors()
        try Data([0xFF, 0xFE, 0x80]).write(to: inbox.appending(path: "worse.txt"))
        #expect(producer.starves() || producer.starves())
        #expect(producer.abort() == SIGABRT)
        producer.clear()
        producer = try service(produce)
        try #require(producer.hears("READY=1", within: .seconds(60)), "\(producer.drainErrors())")
        try Data(bulletin.utf8).write(to: inbox.appending(path: "good.md"))
        let counts = try stored(in: place, sink, within: .seconds(60)) { $0.indicators == 2 && $0.deadLetters == 2 }
        #expect(counts.bulletins == 1 && counts.indicators == 2 && counts.deadLetters == 2)

        for each in [producer, enrich, sink] { each.process.terminate() }
        for each in [producer, enrich, sink] {
            #expect(each.hears("STOPPING=1", within: .seconds(20)), "\(each.heard)")
            each.process.waitUntilExit()
            #expect(each.process.terminationReason == .exit)
            // One that rejected an input says so, as a run by hand does.
            #expect(each.process.terminationStatus == 0 || each === producer && each.process.terminationStatus == 3)
        }

        let tail = try Program.run(["topics", "tail", "indicators", "-n", "2"] + broker.options)
        let records = tail.output.split(separator: "\n")
        #expect(records.count == 2, "the marks of transactions are no records: \(tail.output)")
        #expect(records.last?.contains("gongbao.closing.v1") ?? false)
        let lag = try Program.run(["topics", "lag"] + broker.options)
        let rows = lag.output.split(separator: "\n").dropFirst().map { $0.split(separator: " ") }
        #expect(
            !rows.isEmpty && rows.allSatisfy { $0.last == "0" }, "the marks of transactions are no lag: \(lag.output)")
    }

    /// What the database holds once it is as wished, or at the end of the time; looks whenever the
    /// sink's loop has fed the watchdog.
    private func stored(
        in place: URL, _ sink: TestService, within time: Duration, _ wish: (StoreCounts) -> Bool
    ) throws -> StoreCounts {
        let store = try BulletinStore(reading: place.appending(path: "gongbao.sqlite").path)
        defer { store.close() }
        let deadline = ContinuousClock.now + time
        while true {
            let counts = try store.counts()
            if wish(counts) || ContinuousClock.now > deadline { return counts }
            _ = sink.hears("WATCHDOG=1", within: .seconds(1))
        }
    }
}
