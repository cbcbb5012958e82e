import Foundation
import Operations
import Synchronization

/// How far a replay is, on standard error: one line that changes on a terminal, and at the end a
/// sentence. Several threads may tell it what they read.
final class ReplayProgress: Sendable {
    private struct Counts {
        var records = 0
        var sent = 0
        var done: Int64 = 0
        var shown: ContinuousClock.Instant
    }

    private let total: Int64
    private let began = ContinuousClock.now
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let counts: Mutex<Counts>

    init(total: Int64) {
        self.total = total
        counts = Mutex(Counts(shown: began))
    }

    /// Notes a batch: how many records were read, how many of them went on, and how many offsets
    /// are behind it that were not before.
    func show(records count: Int, sent chosen: Int, done: Int64) {
        counts.withLock { counts in
            counts.records += count
            counts.sent += chosen
            counts.done += done
            let now = ContinuousClock.now
            guard isTerminal, counts.shown.duration(to: now) > .milliseconds(250) else { return }
            counts.shown = now
            let share = total > 0 ? counts.done * 100 / total : 100
            write(
                "\r\u{1B}[K"
                    + Say.text("replay: \(counts.records) records, \(share) %, \(rate(counts.records, now)) records/s"))
        }
    }

    /// Says what it came to.
    func finish() {
        let now = ContinuousClock.now
        let (records, sent) = counts.withLock { ($0.records, $0.sent) }
        let seconds = began.duration(to: now) / .seconds(1)
        let time = String(format: "%.2f", seconds)
        let part = sent == records ? "" : ", sent \(sent)"
        write(
            (isTerminal ? "\r\u{1B}[K" : "")
                + Say.text("Read \(records) records\(part) in \(time) s, \(rate(records, now)) records/s.") + "\n")
    }

    private func rate(_ records: Int, _ now: ContinuousClock.Instant) -> Int {
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
