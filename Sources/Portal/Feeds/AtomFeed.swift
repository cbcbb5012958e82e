import BulletinModel
import Foundation
import Store

extension PageContext {
    /// An Atom feed of the figures of the documents received last, by the filters of the interface: each new or revised
    /// value is an entry.
    func feed() throws -> PortalAnswer {
        let known = Endpoint.filters
        for (name, value) in request.query {
            guard let parameter = known.first(where: { $0.name == name }) else {
                throw Problem(400, "There is no parameter \(name).", parameter: name)
            }
            if let fault = parameter.fault(value) { throw Problem(400, fault, parameter: name) }
        }
        let rows = try latest(try filter())
        let base = "http://" + (request.headers["host"] ?? "localhost")
        let own = base + Escaped.link("/feed.atom", request.query)
        var xml = Html()
        xml.literal("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        xml.begin("feed", ["xmlns": "http://www.w3.org/2005/Atom", "xml:lang": m.language.tag])
        xml.element("title", m("feed.title"))
        xml.element("id", own)
        xml.element("updated", rows.first?.received ?? "1970-01-01T00:00:00Z")
        xml.literal("<link rel=\"self\" type=\"application/atom+xml\"")
        xml.attribute("href", own)
        xml.literal("/>\n<author><name>gongbao</name></author>\n")
        for stored in rows { entry(stored, base, &xml) }
        xml.end("feed")
        return PortalAnswer(200, "application/atom+xml; charset=utf-8", Array(xml.markup.utf8))
    }

    private static let entries = 60

    /// The figures of the latest documents that the query takes.
    private func latest(_ query: IndicatorQuery) throws -> [StoredIndicator] {
        var rows: [StoredIndicator] = []
        var after: DocumentCursor?
        // A filter that nothing meets must not go through all documents there are.
        for _ in 0..<4 where rows.count < Self.entries {
            let (documents, next) = try store.documents(after: after, limit: 50)
            for document in documents where rows.count < Self.entries && document.indicators > 0 {
                var one = query
                one.bulletin = document.id.rawValue
                rows += try store.page(one, limit: Self.entries).rows
            }
            guard let next else { break }
            after = next
        }
        return Array(rows.prefix(Self.entries))
    }

    private func entry(_ stored: StoredIndicator, _ base: String, _ xml: inout Html) {
        let indicator = stored.indicator
        let place = [indicator.region?.name, indicator.period.map(phrases.span)].compactMap { $0 }.joined(
            separator: " ")
        xml.element("entry") { xml in
            xml.element("title", "\(place) \(indicator.name) \(figures.value(indicator))".trimmingBlanks)
            xml.element("id", base + Self.path(indicator.id))
            xml.literal("<link rel=\"alternate\" type=\"text/html\"")
            xml.attribute("href", base + Self.path(indicator.id))
            xml.literal("/>")
            xml.element("updated", stored.received ?? "1970-01-01T00:00:00Z")
            xml.element(
                "summary",
                [stored.publisher, stored.title ?? stored.headline, stored.published.map(day)].compactMap { $0 }
                    .joined(separator: " · "))
        }
        xml.literal("\n")
    }
}
