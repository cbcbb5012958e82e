import BulletinModel

/// A bulletin's text: what every offset in articles and indicators counts.
public struct DecodedText: Sendable, Equatable {
    /// How the bytes were encoded.
    public enum Encoding: String, Sendable {
        /// UTF-8, with or without a byte order mark.
        case utf8 = "UTF-8"
        /// UTF-16, little endian.
        case utf16LittleEndian = "UTF-16LE"
        /// UTF-16, big endian.
        case utf16BigEndian = "UTF-16BE"
        /// GB 18030, which contains GBK and GB 2312.
        case gb18030 = "GB18030"
    }

    /// How the text is marked up, as its articles tell it.
    public typealias Form = Article.Form

    /// The Unicode scalars, without a byte order mark.
    public let scalars: [UInt32]
    /// How the bytes were encoded.
    public let encoding: Encoding
    /// How the text is marked up.
    public let form: Form

    /// Wraps scalars; the caller guarantees that each is a Unicode scalar value.
    public init(scalars: [UInt32], encoding: Encoding, form: Form) {
        self.scalars = scalars
        self.encoding = encoding
        self.form = form
    }

    /// The text of a span, verbatim.
    public func string(_ span: Range<Int>) -> String {
        Scalars.string(scalars[span])
    }
}

/// Small helpers over arrays of Unicode scalar values.
public enum Scalars {
    /// The string of these scalars; values that are no scalar become U+FFFD.
    public static func string(_ scalars: some Sequence<UInt32>) -> String {
        var text = String.UnicodeScalarView()
        for value in scalars { text.append(Unicode.Scalar(value) ?? "\u{FFFD}") }
        return String(text)
    }

    /// The scalars of a string.
    public static func of(_ text: String) -> [UInt32] {
        text.unicodeScalars.map(\.value)
    }
}
