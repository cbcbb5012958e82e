/// One piece of a bulletin that was written as a whole, as it travels in `gongbao.articles`.
///
/// Offsets count Unicode scalars of the bulletin's decoded text. The article carries its
/// stretch of that text verbatim, so that enrichment needs nothing else:
/// `text` is `decodedText[start..<end]`.
public struct Article: Sendable, Equatable {
    /// Derived from the bulletin and the span.
    public let id: ArticleID
    /// The bulletin that this is part of.
    public let bulletin: BulletinID
    /// Place among the bulletin's articles, from 1.
    public let ordinal: Int
    /// The main headline as printed, line breaks joined; nil where none is printed.
    public var headline: String?
    /// The second headline line (副题, 引题); nil where none is printed.
    public var subheadline: String?
    /// The section or page label that holds for this article (版面, 栏目组).
    public var section: String?
    /// The column label right above the headline (专栏).
    public var column: String?
    /// The printed names with their parentheses, without 本报讯.
    public var byline: String?
    /// First scalar of the article in the decoded text.
    public let start: Int
    /// One past the last scalar of the article in the decoded text.
    public let end: Int
    /// `decodedText[start..<end]`, verbatim.
    public let text: String
    /// How `text` is marked up.
    public let form: Form
    /// What the bulletin as a whole says about the time and place of its articles.
    public var setting: Setting
    /// How sure optical recognition was of the text, in places of the decoded text; nil where the text was read.
    public var scan: ScanQuality?

    /// How a text is marked up.
    public enum Form: String, Sendable, Codable, CaseIterable {
        /// Plain text.
        case plain
        /// Markdown.
        case markdown
        /// HTML; the text includes the markup.
        case html
    }

    /// Puts an article together and derives its identifier.
    ///
    /// The caller guarantees that `text` has `end - start` scalars.
    public init(
        bulletin: BulletinID, ordinal: Int, headline: String? = nil, subheadline: String? = nil,
        section: String? = nil, column: String? = nil, byline: String? = nil,
        start: Int, end: Int, text: String, form: Form = .plain, setting: Setting = Setting()
    ) {
        self.id = ArticleID(bulletin: bulletin, start: start, end: end)
        self.bulletin = bulletin
        self.ordinal = ordinal
        self.headline = headline
        self.subheadline = subheadline
        self.section = section
        self.column = column
        self.byline = byline
        self.start = start
        self.end = end
        self.text = text
        self.form = form
        self.setting = setting
    }
}
