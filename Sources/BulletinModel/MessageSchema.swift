/// The messages that travel in topics, each with its version.
///
/// The word stands as `schema` in a JSON value and as `ce_type` in the headers; its JSON
/// Schema is `Config/schemas/<word>.json`. A version is raised when a reader of the former
/// one would misread the new; new optional fields do not raise it, and are left out where they have
/// nothing to say, so that the bytes of earlier messages can be made again.
public enum MessageSchema: String, Sendable, CaseIterable {
    /// The bytes of a bulletin; not JSON, so the word stands in the headers alone.
    case bulletin = "gongbao.bulletin.v1"
    /// One ``Article``.
    case article = "gongbao.article.v1"
    /// One ``Indicator``.
    case indicator = "gongbao.indicator.v1"
    /// One ``Closing``.
    case closing = "gongbao.closing.v1"

    /// The media type of the value.
    public var contentType: String {
        self == .bulletin ? "application/octet-stream" : "application/json"
    }
}
