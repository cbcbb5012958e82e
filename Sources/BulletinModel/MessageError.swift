/// Why bytes are not a message that this version understands.
public struct MessageError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong.
    public let code: DeadLetterCode
    /// Half a sentence that begins with a verb, for `"the record " + message`.
    public let message: String

    /// Puts an error together.
    public init(_ code: DeadLetterCode, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The half sentence.
    public var description: String { message }
}
