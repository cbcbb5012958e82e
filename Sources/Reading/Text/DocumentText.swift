/// Makes text of documents that are none by themselves (office formats, messages …), for the engine, which knows nothing
/// of their formats.
///
/// As with ``PdfText``, the bulletin stays the document's own bytes, and records name what made its text.
public struct DocumentText: Sendable {
    /// What makes the text of these bytes, with its version; nil where they are of none of its formats.
    public let decoder: @Sendable ([UInt8]) -> String?
    /// The text of bytes that ``decoder`` names something for.
    public let text: @Sendable ([UInt8]) throws(DecodeError) -> DecodedText
    /// The documents that stand in bytes; none of a single document.
    public let members: @Sendable ([UInt8]) throws(DecodeError) -> [[UInt8]]

    /// Names what tells the version and what makes the text.
    public init(
        decoder: @escaping @Sendable ([UInt8]) -> String?,
        text: @escaping @Sendable ([UInt8]) throws(DecodeError) -> DecodedText,
        members: @escaping @Sendable ([UInt8]) throws(DecodeError) -> [[UInt8]] = { _ in [] }
    ) {
        self.members = members
        self.decoder = decoder
        self.text = text
    }
}
