import Dispatch
import Logging
import Testing

@testable import Workers

@Suite("Workers")
struct WorkerTests {
    private let around = Surroundings(worker: "sink", logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })

    @Test("a worker ends when its loop does, and tells how")
    func ending() {
        let worker = Worker(.sink, around) { () throws(Failure) in
            throw Failure(.setup, code: "no_topic", "There is no topic.")
        }
        worker.start()
        #expect(worker.wait()?.code == "no_topic")
        #expect(worker.status.phase == .stopped)
        #expect(!worker.status.isHealthy)
    }

    @Test("a stop that comes before the deadline is no failure")
    func stopped() {
        let around = around
        let worker = Worker(.sink, around) { () throws(Failure) in
            around.clock.wait(.seconds(600), unless: around.stop)
        }
        worker.start()
        #expect(worker.stop(within: .seconds(60)) == nil)
    }

    @Test("a worker that does not end in time is named with what it was busy with")
    func deadline() {
        let around = around
        let gate = DispatchSemaphore(value: 0)
        let worker = Worker(.sink, around) { () throws(Failure) in
            around.turn(.committing, records: 7, bytes: 99)
            gate.wait()
        }
        worker.start()
        let ending = worker.stop(within: .milliseconds(20))
        #expect(ending?.code == "stop_deadline")
        #expect(ending?.reason.contains("sink worker") == true)
        gate.signal()
        _ = worker.wait()
    }
}
