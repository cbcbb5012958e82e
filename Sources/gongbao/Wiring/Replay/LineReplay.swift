import Audit
import Dispatch
import Synchronization
import TopicLog

/// A replay to standard output, one line a record.
///
/// To write lines takes longer than a broker takes to send records, so partitions are read by two
/// readers at once. Lines stay whole, and those of a partition in order.
struct LineReplay {
    private static let readers = 2
    /// The log that is read.
    let source: any TopicLog
    /// The only key whose records are written; nil is all.
    let key: [UInt8]?
    /// Where the lines go.
    var output = JSONOutput()
    /// How many records one reader is enough for: another takes longer to connect than it saves.
    var few: Int64 = 50_000

    /// Writes a span.
    ///
    /// - Throws: the first thing that any reader throws; the others then end.
    func run(_ span: ReplaySpan) throws {
        let progress = ReplayProgress(total: span.count)
        let parts = span.count < few ? [span] : span.parts(Self.readers)
        let failure = Mutex<(any Error)?>(nil)
        DispatchQueue.concurrentPerform(iterations: parts.count) { part in
            do {
                try write(parts[part], progress) { failure.withLock { $0 != nil } }
            } catch {
                failure.withLock { $0 = $0 ?? error }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
        progress.finish()
    }

    private func write(
        _ span: ReplaySpan, _ progress: ReplayProgress, stop: () -> Bool
    ) throws {
        let lines = ReplayLines(to: output, key: key)
        let limit = BatchLimit(records: 20_000, bytes: 32 << 20, wait: .milliseconds(200))
        var sent = 0
        var before: Int64 = 0
        try span.visit(source, limit: limit, stop: stop, by: lines) { shown, done in
            progress.show(records: shown, sent: lines.count - sent, done: done - before)
            (sent, before) = (lines.count, done)
        }
        try lines.flush()
    }
}
