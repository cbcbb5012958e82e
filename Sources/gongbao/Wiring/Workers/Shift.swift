import Dispatch
import Foundation
import Operations
import Synchronization
import Workers

/// Runs workers until they have ended: answers signals, shows progress, ends all when one
/// fails.
final class Shift: Sendable {
    private let workers: [Worker]
    private let deadline: Duration
    private let output: LogOutput
    private let service: ServiceReport?
    private let interrupts = Mutex(0)

    /// These workers, with the time that a stop may take and the log of messages as configured;
    /// the service manager is told when they stop.
    init(_ workers: [Worker], _ configuration: Configuration, service: ServiceReport? = nil) {
        self.workers = workers
        self.service = service
        deadline = configuration[Configuration.stopDeadline]
        output = configuration.logOutput
    }

    /// Starts the workers and waits for all of them.
    ///
    /// With `inTurn` each worker's end lets the next one end, too, once it has caught up.
    ///
    /// - Throws: ``CommandFailure`` with the sentence of the worker that failed first.
    func run(inTurn: Bool) throws {
        let progress = ProgressLine(output.logger("gongbao.progress"))
        let timer = DispatchSource.makeTimerSource()
        timer.schedule(deadline: .now() + .seconds(10), repeating: .seconds(10))
        timer.setEventHandler { [output] in output.tellSuppressed(all: false) }
        timer.resume()
        defer {
            timer.cancel()
            output.tellSuppressed(all: true)
        }
        let signals = [SIGINT, SIGTERM].map(source)
        defer { signals.forEach { $0.cancel() } }
        // Before its start a worker counts as ended.
        workers.forEach { $0.start() }
        for (worker, next) in zip(workers, workers.dropFirst()) where inTurn {
            worker.whenEnded { ending in if ending == nil { next.drain() } }
        }
        let others = workers
        for worker in workers {
            worker.whenEnded { [service] ending in
                guard ending != nil else { return }
                service?.stopping()
                others.forEach { $0.stop() }
            }
        }
        progress.start { [workers] in workers.map(\.status) }
        let failures = workers.compactMap { $0.wait() }
        progress.finish()
        if let failure = failures.first {
            throw CommandFailure.failed(failure.message)
        }
        let rejected = workers.contains { worker in
            worker.kind == .produce && (!worker.status.deadLetters.isEmpty || worker.status.unreadable > 0)
        }
        if rejected { throw CommandFailure.someRejected }
    }

    /// The first signal lets the workers finish their batches, the second ends them at once.
    private func source(_ number: Int32) -> any DispatchSourceSignal {
        // Ignoring the signal first would throw away one that is pending since the start.
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler { [self] in
            let count = interrupts.withLock { count in
                count += 1
                return count
            }
            if count > 1 {
                workers.forEach { $0.stopNow() }
                DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(1)) { _exit(128 + number) }
                return
            }
            DispatchQueue.global().async { [self] in end() }
        }
        source.resume()
        return source
    }

    private func end() {
        service?.stopping()
        workers.forEach { $0.stop() }
        let late = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: workers.count) { index in
            if let failure = workers[index].stop(within: deadline), failure.code == "stop_deadline" {
                late.withLock { $0.append(failure.message) }
            }
        }
        let reasons = late.withLock { $0 }
        guard !reasons.isEmpty else { return }
        reasons.forEach { ExitStatus.complain($0) }
        _exit(ExitStatus.failed.rawValue)
    }
}
