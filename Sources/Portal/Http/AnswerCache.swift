import Synchronization

/// Answers that were made of this state of the database: pages are asked for again and again between two batches.
final class AnswerCache: Sendable {
    private struct State {
        var answers: [String: (answer: PortalAnswer, used: Int)] = [:]
        var bytes = 0
        var clock = 0
        var revision = ""
    }
    private let state = Mutex(State())
    private let most: Int

    /// - Parameter bytes: how much is kept at most.
    init(bytes: Int) { most = bytes }

    /// The answer for a key in this state of the database; nil where it is not known.
    func answer(_ key: String, _ revision: String) -> PortalAnswer? {
        state.withLock { state in
            guard state.revision == revision, let known = state.answers[key] else { return nil }
            state.clock += 1
            state.answers[key]?.used = state.clock
            return known.answer
        }
    }

    /// Keeps an answer, and lets go of those that were not used for longest.
    func keep(_ answer: PortalAnswer, _ key: String, _ revision: String) {
        guard answer.body.count < most / 8 else { return }
        state.withLock { state in
            if state.revision != revision { state = State(revision: revision) }
            state.clock += 1
            if let old = state.answers.updateValue((answer, state.clock), forKey: key) {
                state.bytes -= old.answer.body.count
            }
            state.bytes += answer.body.count
            guard state.bytes > most else { return }
            for (key, old) in state.answers.sorted(by: { $0.value.used < $1.value.used }) {
                state.answers[key] = nil
                state.bytes -= old.answer.body.count
                if state.bytes <= most * 3 / 4 { break }
            }
        }
    }
}

/// A value that is made anew when it is older than a while; whoever asks meanwhile gets the old one, and nobody waits
/// but the first.
final class Lasting<Value: Sendable>: Sendable {
    private struct State {
        var value: Value?
        var made: Duration = .zero
        var isMaking = false
    }
    private let state = Mutex(State())
    private let lasts: Duration
    private let uptime: @Sendable () -> Duration
    private let make: @Sendable () throws -> Value
    private let later: @Sendable (@escaping @Sendable () -> Void) -> Void

    init(
        _ lasts: Duration, uptime: @escaping @Sendable () -> Duration,
        later: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void,
        _ make: @escaping @Sendable () throws -> Value
    ) {
        self.lasts = lasts
        self.uptime = uptime
        self.later = later
        self.make = make
    }

    /// The value, which may be a little old.
    func value() throws -> Value {
        let now = uptime()
        let (known, isOld) = state.withLock { state -> (Value?, Bool) in
            guard let value = state.value else { return (nil, true) }
            guard now - state.made >= lasts, !state.isMaking else { return (value, false) }
            state.isMaking = true
            return (value, true)
        }
        guard let known else {
            let value = try make()
            state.withLock { ($0.value, $0.made) = (value, now) }
            return value
        }
        if isOld {
            later { [self] in
                let value = try? make()
                state.withLock { state in
                    if let value { (state.value, state.made) = (value, now) }
                    state.isMaking = false
                }
            }
        }
        return known
    }
}
