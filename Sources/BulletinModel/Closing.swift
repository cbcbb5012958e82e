/// The record that closes an article's indicators in `gongbao.indicators`.
///
/// A reader of the topic that has seen `count` indicators of the article with this digest
/// since the previous closing record has all of them, and may replace what it held.
public struct Closing: Sendable, Equatable {
    /// The article whose indicators are complete.
    public let article: ArticleID
    /// The bulletin that the article is part of.
    public let bulletin: BulletinID
    /// How many indicators were written for it.
    public let count: Int
    /// SHA-256 over the indicators' message bytes, in order, each followed by a line feed.
    public let digest: String
    /// What made them.
    public let engine: EngineVersion

    /// Gathers what closes an article.
    public init(article: ArticleID, bulletin: BulletinID, count: Int, digest: String, engine: EngineVersion) {
        self.article = article
        self.bulletin = bulletin
        self.count = count
        self.digest = digest
        self.engine = engine
    }
}
