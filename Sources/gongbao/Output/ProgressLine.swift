import Dispatch
import Foundation
import Logging
import Operations
import Synchronization
import Workers

/// Shows how far workers are: one line that changes on a terminal, else a message every now
/// and then for each worker that went on.
final class ProgressLine: Sendable {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let timer = Mutex<(any DispatchSourceTimer)?>(nil)
    private let began = ContinuousClock.now
    private let logger: Logger
    private let told = Mutex<[String: WorkerStatus]>([:])

    /// Where there is no terminal, messages go to the logger.
    init(_ logger: Logger) {
        self.logger = logger
    }

    /// Begins to show what `statuses` tells.
    func start(_ statuses: @escaping @Sendable () -> [WorkerStatus]) {
        let interval: DispatchTimeInterval = isTerminal ? .milliseconds(250) : .seconds(30)
        timer.withLock { timer in
            let source = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "gongbao.progress"))
            source.schedule(deadline: .now() + interval, repeating: interval)
            source.setEventHandler { [self] in isTerminal ? show(statuses()) : tell(statuses()) }
            source.resume()
            timer = source
        }
    }

    /// Shows nothing more and leaves the terminal's line clean.
    func finish() {
        timer.withLock {
            $0?.cancel()
            $0 = nil
        }
        if isTerminal { StandardStreams.error("\r\u{1B}[K") }
    }

    private func show(_ statuses: [WorkerStatus]) {
        let line = Self.line(statuses, elapsed: began.duration(to: .now))
        StandardStreams.error("\r\u{1B}[K" + Terminal.safe(line))
    }

    /// What has changed since it was told last; an idle worker says nothing.
    private func tell(_ statuses: [WorkerStatus]) {
        for status in statuses {
            let last = told.withLock { $0.updateValue(status, forKey: status.worker) }
            guard last?.received != status.received || last?.emitted != status.emitted else { continue }
            guard status.batches > 0 else { continue }
            logger.info(
                "progress",
                metadata: [
                    "worker": "\(status.worker)", "records.in": "\(status.received.values.reduce(0, +))",
                    "records.out": "\(status.emitted.values.reduce(0, +))",
                    "records.rejected": "\(status.deadLetters.values.reduce(0, +))",
                    "records.lag": "\(status.lag.values.reduce(0, +))",
                ])
        }
    }

    /// Counts of what went through, the rate of the busiest worker, the lag, and trouble.
    static func line(_ statuses: [WorkerStatus], elapsed: Duration) -> String {
        var parts: [String] = []
        let seconds = max(0.001, Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18)
        for status in statuses {
            let received = status.received.values.reduce(0, +)
            let emitted = status.emitted.values.reduce(0, +)
            let skipped = status.skipped.values.reduce(0, +)
            let dead = status.deadLetters.values.reduce(0, +)
            let lag = status.lag.values.reduce(0, +)
            var text = "\(status.worker): \(received) in, \(emitted) out"
            if skipped > 0 { text += ", \(skipped) skipped" }
            if dead > 0 { text += ", \(dead) dead letters" }
            text += ", \(Int(Double(received) / seconds))/s"
            if lag > 0 { text += ", lag \(lag)" }
            if let trouble = status.trouble { text += " (\(trouble.message))" }
            parts.append(Say.text(text))
        }
        return parts.joined(separator: " | ")
    }
}
