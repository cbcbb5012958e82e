import BulletinModel
import Store

/// How a figure is cited: in words, after GB/T 7714 and for BibTeX.
struct Citation {
    private let stored: StoredIndicator
    private let context: PageContext

    init(_ stored: StoredIndicator, _ context: PageContext) {
        self.stored = stored
        self.context = context
    }

    /// The permanent link, at the host that was asked.
    var link: String {
        "http://" + (context.request.headers["host"] ?? "localhost") + PageContext.path(stored.indicator.id)
    }

    /// Where the document was taken from, where that is known, and the permanent link.
    private var path: String { [stored.url, link].compactMap(\.self).joined(separator: ", ") }

    private var title: String { stored.title ?? stored.headline ?? stored.source ?? context.m("common.unknown") }

    private var today: String { context.portal.contents.now().formatted(.iso8601.year().month().day()) }

    private var statement: String {
        let indicator = stored.indicator
        let parts = [
            indicator.region?.name, indicator.period.map(context.phrases.span), indicator.name,
            context.figures.value(indicator),
        ]
        return parts.compactMap { $0 }.joined(separator: " ")
    }

    /// One sentence.
    var text: String {
        context.m(
            "cite.sentence",
            [
                "figure": statement, "by": stored.publisher.map { $0 + context.m("cite.colon") } ?? "", "title": title,
                "published": stored.published.map(context.day) ?? context.m("common.undated"), "link": path,
            ])
    }

    /// GB/T 7714—2015, an electronic bulletin: 主要责任者. 题名[EB/OL]. (发布日期)[引用日期]. 获取路径.
    var gbt7714: String {
        let publisher = stored.publisher.map { $0 + ". " } ?? ""
        let published = stored.published.map { "(" + $0 + ")" } ?? ""
        return "\(publisher)\(title)[EB/OL]. \(published)[\(today)]. \(path)."
    }

    /// An entry of BibTeX; braces and backslashes of the document are left out, as they would end fields.
    var bibtex: String {
        func field(_ text: String) -> String {
            String(
                text.unicodeScalars.filter { !"{}\\".unicodeScalars.contains($0) && $0.value >= 0x20 }.map(
                    Character.init))
        }
        var lines = ["@misc{gongbao-\(stored.indicator.id.rawValue.prefix(12)),"]
        if let publisher = stored.publisher { lines.append("  author = {{\(field(publisher))}},") }
        lines.append("  title = {{\(field(title))}},")
        if let published = stored.published { lines.append("  year = {\(field(String(published.prefix(4))))},") }
        if let url = stored.url { lines.append("  url = {\(field(url))},") }
        lines.append("  note = {\(field(statement))},")
        lines.append("  howpublished = {\\url{\(link)}},")
        lines.append("  urldate = {\(today)}")
        return lines.joined(separator: "\n") + "\n}"
    }
}
