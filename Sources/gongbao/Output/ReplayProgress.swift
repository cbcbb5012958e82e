import Foundation
import Operations
import Synchronization

/// How far a replay is, on standard error: one line that changes on a terminal, and at the end a
/// sentence.
final class ReplayProgress {
    private let total: Int64
    private let began = ContinuousClock.now
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var shown: ContinuousClock.Instant
    private var records = 0
    private var sent = 0

    init(total: Int64) {
        self.total = total
        shown = began
    }

    /// Notes a batch: how many records were read, how many of them went on, and how many offsets
    /// are done by now.
    func show(records count: Int, sent chosen: Int, done: Int64) {
        records += count
        sent += chosen
        let now = ContinuousClock.now
        guard isTerminal, shown.duration(to: now) > .milliseconds(250) else { return }
        shown = now
        let share = total > 0 ? done * 100 / total : 100
        write("\r\u{1B}[Kreplay: \(records) records, \(share) %, \(rate(now)) records/s")
    }

    /// Says what it came to.
    func finish() {
        let now = ContinuousClock.now
        let seconds = began.duration(to: now) / .seconds(1)
        let time = String(format: "%.2f", seconds)
        let part = sent == records ? "" : ", sent \(sent)"
        write(
            (isTerminal ? "\r\u{1B}[K" : "") + "Read \(records) records\(part) in \(time) s, \(rate(now)) records/s.\n")
    }

    private func rate(_ now: ContinuousClock.Instant) -> Int {
        Int(Double(records) / max(0.001, began.duration(to: now) / .seconds(1)))
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}

/// A count that any thread may raise.
final class Counter: Sendable {
    private let number = Mutex(0)

    var value: Int { number.withLock { $0 } }

    func count() { number.withLock { $0 += 1 } }
}
