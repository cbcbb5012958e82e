import Dispatch
import Logging
import Testing
import TopicLog

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

    @Test("who asks before the start is told at the end, and who asks after it too")
    func told() {
        let around = around
        let worker = Worker(.sink, around) { () throws(Failure) in
            around.clock.wait(.seconds(600), unless: around.stop)
        }
        let told = DispatchSemaphore(value: 0)
        worker.whenEnded { _ in told.signal() }
        worker.start()
        #expect(told.wait(timeout: .now()) == .timedOut)
        worker.stop()
        _ = worker.wait()
        told.wait()
        worker.whenEnded { _ in told.signal() }
        told.wait()
        #expect(worker.wait() == nil)
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
        #expect(ending?.message.contains("sink worker") == true)
        gate.signal()
        _ = worker.wait()
    }

    @Test("while a document takes long the loop turns, so that nobody takes the worker for hung")
    func turning() {
        let turned = DispatchSemaphore(value: 0)
        let around = Surroundings(
            worker: "produce", logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            turned: { phase, _ in if phase == .processing { turned.signal() } })
        let result = around.queue.sync {
            around.turning(records: 1, bytes: 9) { tookOne in
                // The document ends only once the loop has turned over it.
                turned.wait()
                tookOne()
                return 7
            }
        }
        #expect(result == 7)
        #expect(around.board.snapshot.inFlightBytes == 9)
    }
}
