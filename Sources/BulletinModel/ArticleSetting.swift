extension Article {
    /// What holds for a whole bulletin and is printed outside the article, or in its heading.
    public struct Setting: Sendable, Equatable, Codable {
        /// The bulletin's own title; nil where none is printed.
        public var title: String?
        /// The day of publication, `YYYY-MM-DD`; nil where the text does not tell.
        public var published: String?
        /// The publisher as printed; nil where the text does not tell.
        public var publisher: String?
        /// The day on which a report was given to a meeting, or adopted by it, `YYYY-MM-DD`; nil where none is
        /// printed.
        public var delivered: String?
        /// The document's number as printed, 〔2024〕12号 with what stands before it; nil where none is printed.
        public var number: String?
        /// The year that the title reports on; in a bulletin of several articles the only year that it prints. Nil
        /// where neither tells one.
        public var year: Int?
        /// The address that the user took the bulletin from; nil where none was given.
        public var url: String?
        /// The code of the division that the user said the bulletin is about, six digits; nil where none was given.
        public var region: String?
        /// Where each of these was found; what the user alone can tell has none.
        public var origins: Origins

        /// Gathers what is known; all of it may be missing.
        public init(
            title: String? = nil, published: String? = nil, publisher: String? = nil, delivered: String? = nil,
            number: String? = nil, year: Int? = nil, url: String? = nil, region: String? = nil,
            origins: Origins = Origins()
        ) {
            self.title = title
            self.published = published
            self.publisher = publisher
            self.delivered = delivered
            self.number = number
            self.year = year
            self.url = url
            self.region = region
            self.origins = origins
        }

        /// The day from which 今年 and 去年 are told: that of publication, else that of delivery.
        public var day: String? { published ?? delivered }
    }

    /// Where what a bulletin says of itself was found; nil for what was not found.
    public struct Origins: Sendable, Equatable, Codable {
        /// Where the title stands.
        public var title: Origin?
        /// Where the day of publication stands.
        public var published: Origin?
        /// Where the publisher stands.
        public var publisher: Origin?
        /// Where the document's number stands.
        public var number: Origin?

        /// Nothing was found.
        public init(
            title: Origin? = nil, published: Origin? = nil, publisher: Origin? = nil, number: Origin? = nil
        ) {
            self.title = title
            self.published = published
            self.publisher = publisher
            self.number = number
        }

        /// Whether nothing was found.
        public var isEmpty: Bool { self == Origins() }
    }

    /// A place in a bulletin that tells of the bulletin.
    public enum Origin: String, Sendable, Codable, CaseIterable {
        /// What a page or file says in fields that readers do not see.
        case metadata
        /// The fields above a Markdown text.
        case frontMatter = "front_matter"
        /// A heading, or the first line.
        case heading
        /// A line between the title and the text, with or without a label.
        case masthead
        /// The words with which a report from a correspondent begins.
        case dateline
        /// The last lines.
        case signature
        /// The name of the file, or what the user said.
        case given
    }
}
