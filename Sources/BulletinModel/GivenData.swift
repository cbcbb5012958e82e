/// What somebody says of a bulletin that its bytes do not, or say wrongly: where it is from. It holds for the reading like
/// words that are printed, and goes before them.
public struct GivenData: Sendable, Hashable {
    /// Where it was taken from: an absolute `http` or `https` address.
    public private(set) var url: String?
    /// Its title.
    public private(set) var title: String?
    /// Who published it.
    public private(set) var publisher: String?
    /// The day of publication, `YYYY-MM-DD`.
    public private(set) var published: String?
    /// The division that it is about, as people call it or as a code of six digits.
    public private(set) var region: String?

    /// The most scalars of one of them; of an address twice as many.
    public static let longest = 1000
    /// The most bytes of ``init(parsing:)``.
    public static let mostBytes = 64 << 10

    /// What is not right about given data, as one sentence.
    public struct Problem: Error, Sendable, Equatable {
        /// The sentence, which begins with the field.
        public let message: String

        /// The field, and what it should be.
        public init(_ message: String) {
            self.message = message
        }
    }

    /// Nothing is said.
    public init() {}

    /// - Throws: ``Problem`` where one of them is not what it should be.
    public init(
        url: String? = nil, title: String? = nil, publisher: String? = nil, published: String? = nil,
        region: String? = nil
    ) throws(Problem) {
        self.url = url
        self.title = title
        self.publisher = publisher
        self.published = published
        self.region = region
        for (name, text) in members {
            let most = name == "url" ? 2 * Self.longest : Self.longest
            let scalars = text.unicodeScalars
            guard scalars.count <= most, scalars.contains(where: { !$0.properties.isWhitespace }),
                !scalars.contains(where: Self.isHidden)
            else { throw Problem("\(name): a line of 1 to \(most) characters.") }
        }
        if let url, !Self.isAddress(url) {
            throw Problem("url: an address that begins with http:// or https://, without a user's name or blanks.")
        }
        if let published, !MessageLimits.isDay(published) {
            throw Problem("published: a day as YYYY-MM-DD, not \(PlainName.shown(published)).")
        }
    }

    /// Reads a JSON object with any of the members `url`, `title`, `publisher`, `published` and `region`.
    ///
    /// - Throws: ``Problem`` where it is none, or has another member.
    public init(parsing bytes: [UInt8]) throws(Problem) {
        guard bytes.count <= Self.mostBytes, let value = try? JSONValue(parsing: bytes),
            case .object(let members) = value
        else { throw Problem("a JSON object is expected.") }
        var texts: [String: String] = [:]
        for member in members {
            guard Self.names.contains(member.name) else {
                throw Problem("\(PlainName.shown(member.name)): not one of \(Self.names.joined(separator: ", ")).")
            }
            if case .null = member.value { continue }
            guard case .string(let text) = member.value else { throw Problem("\(member.name): a string is expected.") }
            texts[member.name] = text
        }
        try self.init(
            url: texts["url"], title: texts["title"], publisher: texts["publisher"], published: texts["published"],
            region: texts["region"])
    }

    /// Whether nothing is said.
    public var isEmpty: Bool { self == GivenData() }

    /// The same data as canonical JSON, which ``init(parsing:)`` reads: the members that are said, in one order.
    public var json: String {
        var json = JSONWriter()
        json.beginObject()
        if let url { json.member("url", url) }
        if let title { json.member("title", title) }
        if let publisher { json.member("publisher", publisher) }
        if let published { json.member("published", published) }
        if let region { json.member("region", region) }
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// These data, and where they do not say something what others say.
    public func over(_ other: GivenData) -> GivenData {
        var data = other
        data.url = url ?? other.url
        data.title = title ?? other.title
        data.publisher = publisher ?? other.publisher
        data.published = published ?? other.published
        data.region = region ?? other.region
        return data
    }

    /// What holds for the documents in an archive or message of which this is said: all but the title.
    public var ofMembers: GivenData {
        var data = self
        data.title = nil
        return data
    }

    /// The same with a division's code instead of what people call it.
    public func with(regionCode code: String) -> GivenData {
        var data = self
        data.region = code
        return data
    }

    /// The members that are said, in one order.
    public var members: [(name: String, text: String)] {
        zip(Self.names, [url, title, publisher, published, region]).compactMap { name, text in text.map { (name, $0) } }
    }

    private static let names = ["url", "title", "publisher", "published", "region"]

    /// What is not seen, and what turns the order of what is: controls, formats, ends of lines.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
        default: false
        }
    }

    /// Whether a text is an address that may be shown as a link: `http` or `https`, a host without a user's name, and no
    /// character that ends an address where it is written.
    public static func isAddress(_ text: String) -> Bool {
        let rest = ["https://", "http://"].lazy.filter { text.lowercased().hasPrefix($0) }.first.map {
            text.dropFirst($0.count)
        }
        guard let rest, text.unicodeScalars.count <= 2 * longest else { return false }
        let host = rest.prefix { !"/?#".contains($0) }
        guard let first = host.unicodeScalars.first,
            first.properties.isAlphabetic || first.properties.numericType != nil || first == "[",
            !host.contains("@")
        else { return false }
        return !rest.unicodeScalars.contains {
            $0.properties.isWhitespace || isHidden($0) || "<>\"'`\\{}|^".unicodeScalars.contains($0)
        }
    }
}
