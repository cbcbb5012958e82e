/// Why a log could not do what it was asked.
///
/// The kind decides what the caller does; the message is one plain sentence for a person.
public struct LogError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What the caller should do about it.
    public enum Kind: String, Sendable, CaseIterable {
        /// An outage: nothing was written; the same call may succeed later.
        case transient
        /// The partitions are no longer ours: drop the batch and poll on.
        case lostAssignment
        /// A newer process with our transactional id, or our static member id, has taken over: stop.
        case fenced
        /// A wrong setting, a missing topic, a missing permission, a second owner: a person must act.
        case setup
        /// The log or the client is broken beyond a retry: stop the process, start it again.
        case fatal
    }

    /// What the caller should do about it.
    public let kind: Kind
    /// A short stable word for metrics and tests (`broker_down`, `locked`, `unknown_topic` …).
    public let code: String
    /// One plain sentence: what, where, what to do.
    public let message: String

    /// Puts an error together.
    public init(_ kind: Kind, code: String, _ message: String) {
        self.kind = kind
        self.code = code
        self.message = message
    }

    /// The sentence.
    public var description: String { message }
}
