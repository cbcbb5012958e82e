/// What a page says of itself in fields that its readers do not see.
struct PageMetadata: Equatable {
    /// The title of the article (`ArticleTitle`, Open Graph, JSON-LD).
    var title: String?
    /// The day of publication, `YYYY-MM-DD`.
    var published: String?
    /// Whom the page was taken from (`ContentSource`).
    var source: String?
    /// The name of the site, which often stands in the page's `<title>` too.
    var site: String?
    /// The content of `<title>`.
    var pageTitle: String?

    private static let titles = ["articletitle", "og:title", "twitter:title"]
    private static let days = [
        "pubdate", "publishdate", "publishtime", "article:published_time", "og:release_date", "datepublished", "date",
        "dc.date",
    ]
    private static let sources = ["contentsource", "source", "og:article:author", "article:author", "mediaid"]
    private static let sites = ["sitename", "og:site_name"]
    /// Pages with more fields are read no further.
    private static let most = 400

    /// What the head of a page says.
    static func read(_ s: [UInt32]) -> PageMetadata {
        var fields: [String: [UInt32]] = [:]
        var page = PageMetadata()
        var tokenizer = HtmlTokenizer(s)
        var title: [UInt32]?
        var linked: LinkedData?
        var count = 0
        while count < most, let token = tokenizer.next() {
            switch token {
            case .open("meta", let range, _):
                count += 1
                let attributes = HtmlAttributes(s, range)
                guard let name = attributes["name"] ?? attributes["property"] ?? attributes["itemprop"],
                    let content = attributes["content"], !content.isEmpty
                else { continue }
                let key = Scalars.string(name).lowercased()
                if fields[key] == nil { fields[key] = content }
            case .open("title", _, _) where title == nil: title = []
            case .open("script", let range, _) where linked == nil:
                let kind = HtmlAttributes(s, range)["type"].map { Scalars.string($0).lowercased() }
                if kind == "application/ld+json" { linked = LinkedData(s, from: range.upperBound) }
            case .text(let range):
                if title?.isEmpty == true { title = HtmlEntity.decoded(s, range) }
            case .open("body", _, _), .open("h1", _, _): count = most
            default: break
            }
        }
        func first(_ names: [String]) -> [UInt32]? { names.lazy.compactMap { fields[$0] }.first }
        page.pageTitle = title.flatMap(line)
        page.site = first(sites).flatMap(line)
        page.title = (first(titles) ?? linked?.headline).flatMap(line)
        if let day = (first(days) ?? linked?.published).map(Scalars.withPlainDigits) {
            page.published = PrintedDay.first(day, in: day.indices)?.day.text
        }
        page.source = (first(sources) ?? linked?.publisher).flatMap(line)
        return page
    }

    /// The text in one line; nil where it is empty.
    private static func line(_ s: [UInt32]) -> String? {
        let words = s.split { $0 == 10 || Glyph.isBlank($0) }
        return words.isEmpty ? nil : words.map { Scalars.string($0) }.joined(separator: " ")
    }
}
