import Logging
import TopicLog

/// Counts the failed attempts of one outage, and tells of it once, then now and then with
/// a count, then once when it is over.
struct Outage {
    private let surroundings: Surroundings
    private var began: Duration = .zero
    private var told: Duration = .zero
    /// Failed attempts so far.
    private(set) var attempts = 0

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Notes a failed attempt. Returns how long to wait before the next.
    ///
    /// - Throws: the failure itself when it is none that a retry may cure.
    mutating func failed(_ error: any Error) throws(Failure) -> Duration {
        let failure = Failure(describing: error)
        guard failure.isOutage else { throw failure }
        attempts += 1
        surroundings.board.update {
            $0.trouble = failure
            $0.retries.count(failure.code)
        }
        let now = surroundings.clock.uptime
        if attempts == 1 {
            began = now
            told = now
            surroundings.logger.warning(
                "trying again after an outage",
                metadata: ["failure.code": "\(failure.code)", "failure.reason": "\(failure.message)"])
        } else if now - told >= .seconds(60) {
            told = now
            surroundings.logger.warning(
                "the outage goes on",
                metadata: [
                    "failure.code": "\(failure.code)", "failure.reason": "\(failure.message)",
                    "outage.attempts": "\(attempts)", "outage.seconds": "\((now - began).components.seconds)",
                ])
        }
        return surroundings.backoff.pause(after: attempts, random: surroundings.random())
    }

    /// Gives an outage up that a command has waited for long enough.
    ///
    /// - Parameter patience: how many attempts; nil never gives up.
    /// - Throws: the failure as one of `setup`.
    func requirePatience(_ patience: Int?, with error: any Error) throws(Failure) {
        guard let patience, attempts >= patience else { return }
        let failure = Failure(describing: error)
        throw Failure(
            .setup, code: failure.code,
            failure.message + " Given up after \(attempts) attempts; what is not done yet is done by the next run.")
    }

    /// Notes that an attempt succeeded.
    mutating func over() {
        guard attempts > 0 else { return }
        surroundings.board.update { $0.trouble = nil }
        surroundings.logger.notice(
            "the outage is over",
            metadata: [
                "outage.attempts": "\(attempts)",
                "outage.seconds": "\((surroundings.clock.uptime - began).components.seconds)",
            ])
        attempts = 0
    }

    /// Tries until it works or the worker is told to stop; nil when it was.
    ///
    /// - Parameter patience: after how many attempts to give up; nil never does.
    static func retrying<Result>(
        _ surroundings: Surroundings, patience: Int? = nil, _ body: () throws -> Result
    ) throws(Failure) -> Result? {
        var outage = Outage(surroundings)
        while true {
            let pause: Duration
            do {
                let result = try body()
                outage.over()
                return result
            } catch {
                pause = try outage.failed(error)
                try outage.requirePatience(patience, with: error)
            }
            if surroundings.stop.isStopping { return nil }
            surroundings.turn(.backingOff)
            surroundings.clock.wait(pause, unless: surroundings.stop)
        }
    }
}
