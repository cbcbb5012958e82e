/// Why something could not be done: by a log, a database or a worker.
///
/// The kind decides what the caller does; the message is one plain sentence for a person.
public struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
    /// What the caller should do about it.
    public enum Kind: String, Sendable, CaseIterable {
        /// The record or the input is bad: it goes to dead letters and work goes on.
        case data
        /// An outage: nothing was changed; the same call may succeed later. Workers try for ever,
        /// and report unhealthy meanwhile.
        case transient
        /// The partitions, or the database's progress in them, are someone else's now: drop the
        /// batch and go on with what is ours.
        case lostAssignment
        /// A newer process with our transactional id, or our static member id, has taken over: stop.
        case fenced
        /// A wrong setting, a missing topic, a missing permission, a second owner, tables of another
        /// version: a person must act, the worker stops with the sentence.
        case setup
        /// Broken beyond a retry within this process: the worker stops; start it again.
        case fatal
    }

    /// What the caller should do about it.
    public let kind: Kind
    /// A short stable word for metrics, dead letters and tests (`broker_down`, `locked`, `unknown_topic` …).
    public let code: String
    /// One plain sentence: what, where, what to do.
    public let message: String

    /// Puts a failure together.
    public init(_ kind: Kind, code: String, _ message: String) {
        self.kind = kind
        self.code = code
        self.message = message
    }

    /// Whether the same may be tried again after a while.
    public var isOutage: Bool { kind == .transient || kind == .lostAssignment }

    /// Whether the records that were to be read next are gone from the log, or are not those that stood there.
    public var isGone: Bool { ["offset_gone", "offset_out_of_range", "no_offset"].contains(code) }

    /// The sentence.
    public var description: String { message }
}
