/// Why a database could not do what it was asked.
public struct StoreError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What the caller should do about it.
    public enum Kind: String, Sendable, CaseIterable {
        /// Locked, full, not reachable, not writable: nothing was changed; try again later.
        case transient
        /// Someone else has moved the progress: nothing was changed; read it again.
        case stale
        /// A person must act: another version's tables, a wrong path.
        case setup
        /// The database is damaged, or gongbao and its tables contradict each other.
        case fatal
    }

    /// What the caller should do about it.
    public let kind: Kind
    /// A short stable word (`locked`, `full`, `stale_progress` …).
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
