import Foundation
import Operations
import Synchronization
import Workers

/// Tells the service manager of the workers in this process, from their own loops: a loop that
/// hangs says nothing, and the watchdog then ends the process.
final class ServiceReport: Sendable {
    private struct State {
        var starting: Set<String> = []
        var running: Set<String> = []
        var turned: Set<String> = []
        var isReady = false
        var isStopping = false
        var fed: Duration?
        var status = ""
    }
    private let state = Mutex(State())
    private let send: @Sendable ([String]) -> Void
    private let every: Duration

    /// Reports through `send`, once in `every` at most unless there is news.
    init(every: Duration, send: @escaping @Sendable ([String]) -> Void) {
        self.every = every
        self.send = send
    }

    /// The report to the service manager that started this process; nil where none asked.
    static func fromEnvironment() -> ServiceReport? {
        guard let notifier = SystemdNotifier(environment: ProcessInfo.processInfo.environment) else { return nil }
        // A quarter of what the watchdog allows leaves room for a slow turn.
        let every = notifier.watchdog.map { min($0 / 4, .seconds(10)) } ?? .seconds(10)
        return ServiceReport(every: every) { notifier.send($0) }
    }

    /// A worker that the service is not complete without; to be told before it starts.
    func expect(_ worker: String) {
        state.withLock {
            $0.starting.insert(worker)
            $0.running.insert(worker)
        }
    }

    /// The workers were told to stop, or one has failed and the others follow; told once.
    func stopping() {
        let isFirst = state.withLock { state in
            defer { state.isStopping = true }
            return !state.isStopping
        }
        if isFirst { send(["STOPPING=1", "STATUS=" + Say.text("finishing the batches")]) }
    }

    /// A worker's loop turned. The watchdog is fed once all loops have turned since last time.
    ///
    /// Ready means that no loop is still opening what it works on; one that waits out an outage
    /// is at work.
    func turned(_ worker: String, _ phase: WorkerStatus.Phase, at uptime: Duration) {
        let message: [String] = state.withLock { state in
            var message: [String] = []
            if phase == .stopped { state.running.remove(worker) } else { state.turned.insert(worker) }
            if phase != .starting { state.starting.remove(worker) }
            if !state.isReady, !state.isStopping, state.starting.isEmpty, !state.running.isEmpty, phase != .leaving {
                state.isReady = true
                message.append("READY=1")
            }
            let isDue = state.fed.map { uptime - $0 >= every } ?? true
            if isDue, state.turned.isSuperset(of: state.running), !state.running.isEmpty {
                state.turned = []
                state.fed = uptime
                message.append("WATCHDOG=1")
            }
            let status = "STATUS=\(worker): \(phase.rawValue)"
            if !message.isEmpty, status != state.status {
                state.status = status
                message.append(status)
            }
            return message
        }
        if !message.isEmpty { send(message) }
    }
}
