/// Bytes that cannot be read as a bulletin.
public struct DecodeError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A short stable word: `empty`, `not_text`, `invalid_encoding`.
    public let code: String
    /// One plain sentence.
    public let message: String

    /// Puts an error together.
    public init(code: String, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The sentence.
    public var description: String { message }
}
