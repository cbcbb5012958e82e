/// The names of the four topics, which share a prefix.
public struct Topics: Sendable, Equatable {
    /// Bulletins as they arrived.
    public let bulletins: String
    /// Articles of the bulletins.
    public let articles: String
    /// Indicators of the articles, with closing records.
    public let indicators: String
    /// What could not be used.
    public let deadLetters: String

    /// Names the topics, `gongbao.bulletins` and so on with the prefix `gongbao.`.
    public init(prefix: String = "gongbao.") {
        bulletins = prefix + "bulletins"
        articles = prefix + "articles"
        indicators = prefix + "indicators"
        deadLetters = prefix + "dead-letters"
    }

    /// All four.
    public var all: [String] { [bulletins, articles, indicators, deadLetters] }
}
