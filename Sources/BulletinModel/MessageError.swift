/// Why bytes are not a message that this version understands.
public struct MessageError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong, as a short stable word for metrics and dead letters.
    public enum Code: String, Sendable, CaseIterable {
        /// Not JSON at all, or JSON that two readers could read differently.
        case brokenJSON = "broken_json"
        /// JSON without a `schema`, or with one that this version does not know.
        case unknownSchema = "unknown_schema"
        /// A field is missing, has the wrong type or a value that is not allowed.
        case badField = "bad_field"
        /// Fields contradict each other: an identifier that does not follow from the rest.
        case inconsistent
        /// There is no value to read.
        case missingValue = "missing_value"
    }

    /// What is wrong.
    public let code: Code
    /// Half a sentence that begins with a verb, for `"the record " + message`.
    public let message: String

    /// Puts an error together.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The half sentence.
    public var description: String { message }
}
