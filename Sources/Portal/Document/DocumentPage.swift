import Messages
import BulletinModel
import Crypto
import Foundation
import Reading

/// One page that shows a document as it was read: each figure marked in place and coloured by confidence, its
/// reading on hover, on focus and in a list beside, and what is no figure greyed with the reason.
///
/// The page is whole: it has no script, asks nothing of any network, and its policy forbids both, so that it may
/// be kept for years, sent around and printed. All text of the document is escaped.
public struct DocumentPage {
    /// An article with what was read of it.
    public typealias Sheet = (article: Article, examination: Examination, blocks: [Block])

    private let file: String
    private let bulletin: BulletinID
    private let text: DecodedText?
    private let sheets: [SheetContent]
    private let link: (@Sendable (Indicator) -> String)?
    private let engine: EngineVersion
    private let phrases: Phrases

    /// Gathers what a page shows.
    ///
    /// - Parameters:
    ///   - file: what the document is called where it came from.
    ///   - text: the document's decoded text, which all places count in.
    ///   - sheets: its articles in order, each with its examination.
    public init(
        file: String, bulletin: BulletinID, text: DecodedText, sheets: [Sheet], engine: EngineVersion,
        language: Language
    ) {
        self.file = file
        self.bulletin = bulletin
        self.text = text
        self.sheets = sheets.map {
            SheetContent(
                article: $0.article, indicators: $0.examination.indicators, unresolved: $0.examination.unresolved,
                blocks: $0.blocks)
        }
        link = nil
        self.engine = engine
        phrases = Phrases(language: language)
    }

    /// A document as the portal shows it: with the indicators that are stored, and links to their own pages.
    ///
    /// - Parameter text: nil leaves out what stands between articles.
    init(
        file: String, bulletin: BulletinID, text: DecodedText?,
        sheets: [SheetContent], engine: EngineVersion,
        language: Language, link: @escaping @Sendable (Indicator) -> String
    ) {
        self.file = file
        self.bulletin = bulletin
        self.text = text
        self.sheets = sheets
        self.engine = engine
        self.link = link
        phrases = Phrases(language: language)
    }

    /// The page as UTF-8.
    public var bytes: [UInt8] { Array(html.utf8) }

    /// The page.
    public var html: String {
        let title = title ?? file
        var html = Html()
        html.literal("<!DOCTYPE html>\n")
        html.begin("html", ["lang": phrases.language.tag])
        html.literal("<head><meta charset=\"utf-8\">\n")
        html.begin("meta", ["http-equiv": "Content-Security-Policy", "content": Self.policy])
        html.literal("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        html.literal("<meta name=\"referrer\" content=\"no-referrer\">")
        html.literal("<meta name=\"color-scheme\" content=\"light dark\">\n")
        html.element("title", phrases.title(title))
        html.literal("\n<style>")
        html.literal(DocumentStyle.sheet)
        html.literal("</style></head>\n<body>")
        html.element("a", ["class": "skip", "href": "#text"], phrases.toText)
        head(title, &html)
        html.element("main", ["id": "text"]) { writeSheets(to: &$0) }
        html.element("footer", ["class": "colophon"]) { html in html.element("p", phrases.engine(engine)) }
        html.element("p", ["class": "strip", "aria-hidden": "true"], phrases.hint)
        html.literal("</body></html>\n")
        return html.markup
    }

    /// The articles, and what stands between them.
    private func writeSheets(to html: inout Html) {
        var firstFigure = 1
        var end = 0
        for (place, sheet) in sheets.enumerated() {
            between(end..<sheet.article.start, &html)
            end = max(end, sheet.article.end)
            ArticleSheet(
                sheet, number: place + 1, of: sheets.count,
                firstFigure: firstFigure, phrases: phrases, link: link
            ).write(to: &html)
            firstFigure += sheet.indicators.count
        }
        if let text { between(end..<text.scalars.count, &html) }
    }

    /// What a page of the portal shows of the document: facts, legend, text.
    func writeContent(to html: inout Html, facts: (inout Html) -> Void) {
        head(title ?? file, &html, facts: facts)
        html.element("div", ["id": "text"]) { writeSheets(to: &$0) }
        html.element("p", ["class": "strip", "aria-hidden": "true"], phrases.hint)
    }

    /// Nothing may be loaded, sent or run; only this very style sheet applies.
    private static let policy: String = {
        let digest = Data(SHA256.hash(data: Data(DocumentStyle.sheet.description.utf8))).base64EncodedString()
        return "default-src 'none'; style-src 'sha256-\(digest)'; base-uri 'none'; form-action 'none'"
    }()

    /// The document's own title, or the headline of its only article.
    var title: String? {
        sheets.lazy.compactMap(\.article.setting.title).first
            ?? (sheets.count == 1 ? sheets.first?.article.headline : nil)
    }

    private func head(_ title: String, _ html: inout Html, facts more: (inout Html) -> Void = { _ in }) {
        let indicators = sheets.flatMap(\.indicators)
        let leftOut = sheets.reduce(0) { $0 + $1.unresolved.count }
        let setting = sheets.first?.article.setting
        html.element("header", ["class": "head"]) { html in
            if link == nil { html.element("p", ["class": "product"], phrases.product) }
            html.element("h1", ["lang": "zh"], title)
            html.element("dl", ["class": "facts"]) { html in
                func fact(_ name: String, _ value: String?) {
                    html.element("div") { html in
                        html.element("dt", name)
                        html.element("dd", ["class": value == nil ? "none" : nil], value ?? phrases.notTold)
                    }
                }
                fact(phrases.publisher, setting?.publisher)
                fact(phrases.published, setting?.published.map(phrases.day))
                if let url = setting?.url {
                    html.element("div") { html in
                        html.element("dt", phrases.address)
                        html.element("dd") {
                            $0.element("a", ["href": url, "rel": "nofollow noopener noreferrer"], url)
                        }
                    }
                }
                fact(phrases.file, file)
                fact(phrases.identifier, String(bulletin.rawValue.prefix(16)) + "…")
            }
            more(&html)
            html.element(
                "p", ["class": "counts"],
                phrases.counts(articles: sheets.count, figures: indicators.count, leftOut: leftOut))
            legend(indicators, leftOut, &html)
        }
    }

    private func legend(_ indicators: [Indicator], _ leftOut: Int, _ html: inout Html) {
        var counts: [Sureness: Int] = [:]
        for indicator in indicators { counts[Sureness(indicator.confidence), default: 0] += 1 }
        html.element("section", ["class": "legend", "aria-label": phrases.legend]) { html in
            html.element("ul") { html in
                for sureness in Sureness.allCases {
                    html.element("li") { html in
                        html.element("span", ["class": "key \(sureness.rawValue)"], "123")
                        html.element("b", phrases.name(sureness))
                        html.element("span", phrases.range(sureness))
                        html.element("span", ["class": "many"], "\(counts[sureness] ?? 0)")
                    }
                }
                html.element("li") { html in
                    html.element("span", ["class": "key out"], "123")
                    html.element("span", phrases.leftOutLegend)
                    html.element("span", ["class": "many"], "\(leftOut)")
                }
            }
        }
    }

    /// What stands in the text between articles. Markup is not shown.
    private func between(_ range: Range<Int>, _ html: inout Html) {
        guard let text, text.form != .html, range.lowerBound < range.upperBound else { return }
        let words = text.string(range).split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        // What is left of a heading's or a table's markup says nothing.
        let lines = words.filter { $0.contains { $0.isLetter || $0.isNumber } }
        guard !lines.isEmpty else { return }
        html.element("aside", ["class": "between", "aria-label": phrases.outside]) { html in
            html.element("p", ["class": "label"], phrases.outside)
            for line in lines { html.element("p", ["lang": "zh"], line) }
        }
    }
}
