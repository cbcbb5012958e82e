import Synchronization
import Testing

@testable import gongbao

@Suite struct ServiceReportTests {
    private final class Heard: Sendable {
        private let lines = Mutex<[String]>([])
        func add(_ more: [String]) { lines.withLock { $0 += more } }
        func count(_ line: String) -> Int { lines.withLock { $0.filter { $0 == line }.count } }
    }

    @Test("ready is told once, when every worker is past its start")
    func ready() {
        let heard = Heard()
        let report = ServiceReport(every: .seconds(10)) { heard.add($0) }
        ["enrich", "sink"].forEach(report.expect)
        report.turned("enrich", .starting, at: .zero)
        report.turned("enrich", .waiting, at: .zero)
        #expect(heard.count("READY=1") == 0)
        report.turned("sink", .backingOff, at: .zero)
        report.turned("sink", .waiting, at: .zero)
        #expect(heard.count("READY=1") == 1)
    }

    @Test("one loop that hangs starves the watchdog, whatever the others do")
    func hang() {
        let heard = Heard()
        let report = ServiceReport(every: .seconds(10)) { heard.add($0) }
        ["enrich", "sink"].forEach(report.expect)
        for worker in ["enrich", "sink"] { report.turned(worker, .waiting, at: .seconds(1)) }
        #expect(heard.count("WATCHDOG=1") == 1)
        for second in 2..<100 { report.turned("enrich", .waiting, at: .seconds(second)) }
        #expect(heard.count("WATCHDOG=1") == 1)
        report.turned("sink", .waiting, at: .seconds(100))
        #expect(heard.count("WATCHDOG=1") == 2)
        report.turned("sink", .stopped, at: .seconds(101))
        report.turned("enrich", .waiting, at: .seconds(120))
        #expect(heard.count("WATCHDOG=1") == 3)
    }

    @Test("that the workers stop is told once, and nothing is ready after it")
    func stopping() {
        let heard = Heard()
        let report = ServiceReport(every: .seconds(10)) { heard.add($0) }
        report.expect("enrich")
        report.stopping()
        report.stopping()
        report.turned("enrich", .waiting, at: .seconds(1))
        #expect(heard.count("STOPPING=1") == 1 && heard.count("READY=1") == 0)
        #expect(heard.count("WATCHDOG=1") == 1)
    }
}
