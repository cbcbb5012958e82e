/// Which engine and which lexicon made a reading: enough to make it again.
///
/// Versions are ordered by `number` alone. A closing record with a greater number
/// replaces an article's indicators; one with a smaller number never does.
public struct EngineVersion: Sendable, Hashable, Codable {
    /// The version of the rules; raised whenever the same text can give another reading.
    public let number: Int
    /// SHA-256 (64 hexadecimal digits) of the lexicon tables.
    public let lexicon: String

    /// Pairs the rules' version with the lexicon's digest.
    public init(number: Int, lexicon: String) {
        self.number = number
        self.lexicon = lexicon
    }
}
