import BulletinModel

/// Why bytes could not be read as a bulletin.
public struct DecodeError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Whose fault it is, which decides what is done about it.
    public enum Cause: Sendable {
        /// The bytes are no bulletin that can be read.
        case bytes
        /// What reads them is not installed: a person must act, and the bytes are as good as before.
        case setup
        /// What reads them was kept from it: the same may go well later.
        case outage
    }

    /// A short stable word: `empty`, `not_text`, `invalid_encoding`, `pdf_encrypted` …
    public let code: String
    /// Whose fault it is.
    public let cause: Cause
    /// One plain sentence.
    public let message: String

    /// Bytes that are at fault, and become a dead letter.
    public init(_ code: DeadLetterCode, _ message: String) {
        self.init(code: code.rawValue, cause: .bytes, message)
    }

    /// What the bytes are not to blame for.
    public init(code: String, cause: Cause, _ message: String) {
        self.code = code
        self.cause = cause
        self.message = message
    }

    /// The sentence.
    public var description: String { message }
}
