import BulletinModel
import Foundation
import Reading
import Store

extension PageContext {
    static let listLength = 25

    /// All documents, those received last first.
    func documentsPage() throws -> PortalAnswer {
        let publisher = request["publisher"]
        let (rows, next) = try store.documents(
            after: try cursor(), publisher: publisher, limit: Self.listLength)
        return page(m("part.documents"), .documents, feed: "/feed.atom") { html in
            html.element("h1", m("part.documents"))
            if let publisher {
                html.element("p") { html in
                    html.text(m("documents.by"))
                    html.literal(" ")
                    printed(publisher.isEmpty ? m("publishers.untold") : publisher, &html)
                    html.literal(" · ")
                    html.element("a", ["href": "/documents"], m("documents.all"))
                }
            }
            guard !rows.isEmpty else { return html.element("p", ["class": "soft"], m("home.nothing")) }
            table(
                m("part.documents"),
                [
                    m("document.title"), m("document.publisher"), m("document.published"), m("document.received"),
                    m("document.figures"),
                ],
                right: [4], &html
            ) { html in
                for entry in rows {
                    html.element("tr") { html in
                        html.element("th", ["scope": "row"]) {
                            $0.element("a", ["href": Self.path(entry.id), "lang": "zh"], Self.title(entry))
                        }
                        html.element("td", ["lang": "zh"], entry.publisher ?? "–")
                        html.element("td", ["class": "nowrap"], entry.published.map(day) ?? "–")
                        html.element("td", ["class": "nowrap"], moment(entry.received))
                        html.element("td", ["class": "num"], figures.count(entry.indicators))
                    }
                }
            }
            if let next {
                var query = [(name: "after", value: Cursors.text(next))]
                if let publisher { query.append(("publisher", publisher)) }
                html.element("p", ["class": "more"]) {
                    $0.element("a", ["href": Escaped.link("/documents", query), "rel": "next"], m("common.next"))
                }
            }
        }
    }

    private func cursor() throws -> DocumentCursor? {
        guard let text = request.filled("after") else { return nil }
        return try Cursors.document(text)
    }

    /// A document with every figure marked.
    func documentPage(_ id: BulletinID) throws -> PortalAnswer {
        guard let entry = try store.document(id), let bulletin = try store.bulletin(id) else {
            throw Problem(404, "There is no document of this identifier.")
        }
        let articles = try store.wholeArticles(of: id)
        let version = portal.engine.engineVersion
        var sheets: [SheetContent] = []
        var read = version
        for article in articles {
            let stored = try store.storedIndicators(of: article.id)
            if let engine = stored.first?.engine { read = engine }
            // What is no figure is only told by the engine that read the rest.
            let isSame = stored.first.map { $0.engine == version } ?? true
            let unresolved =
                isSame && article.text.utf8.count < 400_000 ? portal.engine.examine(article).unresolved : []
            sheets.append(
                SheetContent(
                    article: article, indicators: stored.map(\.indicator), unresolved: unresolved,
                    blocks: portal.engine.blocks(of: article)))
        }
        let text = bulletin.bytes.count < 400_000 ? try? portal.engine.decode(bulletin.bytes) : nil
        let document = DocumentPage(
            file: bulletin.source, bulletin: id, text: text, sheets: sheets, engine: read, language: m.language,
            link: { Self.path($0.id) })
        return page(document.title ?? bulletin.source, .documents, style: "/document.css") { html in
            document.writeContent(to: &html) { html in
                html.element("p", ["class": "actions"]) { html in
                    html.element(
                        "a", ["href": Self.path(id) + "/original", "download": ""],
                        m("document.original", ["size": figures.count(max(1, entry.size / 1024))]))
                    html.literal(" ")
                    html.element("a", ["href": "/api/v1/documents/" + id.rawValue], "JSON")
                    html.literal(" ")
                    html.element(
                        "a",
                        ["href": Escaped.link("/api/v1/indicators", [("bulletin", id.rawValue), ("format", "csv")])],
                        "CSV")
                }
                html.element("p", ["class": "soft"], m("document.received-at", ["when": moment(entry.received)]))
            }
        }
    }

    /// The bytes as they came, to be saved and never shown.
    func original(_ id: BulletinID) throws -> PortalAnswer {
        guard let bulletin = try store.bulletin(id) else {
            throw Problem(404, "There is no document of this identifier.")
        }
        return .attachment(bulletin.source, "application/octet-stream", bulletin.bytes)
    }
}

/// Where lists go on, as a word in addresses.
enum Cursors {
    static func text(_ cursor: DocumentCursor) -> String { cursor.received + "_" + cursor.id.rawValue }

    static func text(_ cursor: IndicatorCursor) -> String { "\(cursor.article.rawValue)_\(cursor.place)" }

    static func document(_ text: String) throws(Problem) -> DocumentCursor {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 2, isDigest(parts[1], 64), parts[0].utf8.count <= 40 else { throw bad }
        return DocumentCursor(received: String(parts[0]), id: BulletinID(rawValue: String(parts[1])))
    }

    static func indicator(_ text: String) throws(Problem) -> IndicatorCursor {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 2, isDigest(parts[0], 32), let place = Int(parts[1]), place >= 0 else { throw bad }
        return IndicatorCursor(article: ArticleID(rawValue: String(parts[0])), place: place)
    }

    static func article(_ text: String) throws(Problem) -> ArticleID {
        guard isDigest(text[...], 32) else { throw bad }
        return ArticleID(rawValue: text)
    }

    static func isDigest(_ text: Substring, _ count: Int) -> Bool {
        text.utf8.count == count && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    private static var bad: Problem {
        Problem(400, "This is no place to go on from; take it from an earlier answer.", parameter: "after")
    }
}
