import BulletinModel
import TopicLog

/// Why something could not be done, with the class that decides what a worker does about it.
public struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The four classes of failure.
    public enum Kind: String, Sendable, CaseIterable {
        /// The record or the input is bad: it goes to dead letters and work goes on.
        case data
        /// An outage: the same is tried again, for ever, while the worker reports unhealthy.
        case transient
        /// A person must act: the worker stops with the sentence.
        case setup
        /// Broken beyond a retry within this process: the worker stops; start it again.
        case fatal
    }

    /// What to do about it.
    public let kind: Kind
    /// A short stable word for metrics, dead letters and tests.
    public let code: String
    /// One plain sentence: what, where, what to do.
    public let reason: String

    /// Puts a failure together.
    public init(_ kind: Kind, code: String, _ reason: String) {
        self.kind = kind
        self.code = code
        self.reason = reason
    }

    /// The failure that a log reports; a lost assignment counts as an outage here, because
    /// the loop has answered it before it asks.
    public init(_ error: LogError) {
        let kind: Kind =
            switch error.kind {
            case .transient, .lostAssignment: .transient
            case .setup: .setup
            case .fenced, .fatal: .fatal
            }
        self.init(kind, code: error.code, error.message)
    }

    /// The failure that a database reports.
    public init(_ error: StoreError) {
        let kind: Kind =
            switch error.kind {
            case .transient, .stale: .transient
            case .setup: .setup
            case .fatal: .fatal
            }
        self.init(kind, code: error.code, error.message)
    }

    /// The failure of a record whose value is no message of ours.
    public init(_ error: MessageError) {
        self.init(.data, code: error.code.rawValue, "The record \(error.message).")
    }

    /// The failure behind any error; one of unknown type is fatal, because nobody has
    /// thought about whether to go on is safe.
    public init(describing error: any Error) {
        switch error {
        case let error as Failure: self = error
        case let error as LogError: self.init(error)
        case let error as StoreError: self.init(error)
        case let error as MessageError: self.init(error)
        default: self.init(.fatal, code: "unexpected", "Unexpected error: \(error).")
        }
    }

    /// The sentence.
    public var description: String { reason }
}
