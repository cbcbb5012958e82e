import BulletinModel
import Messages

extension PageContext {
    /// The guide's list of pages.
    func guidePage() -> PortalAnswer {
        page(m("part.guide"), .guide) { html in
            html.element("h1", m("part.guide"))
            html.element("p", ["class": "lead"], m("guide.lead"))
            html.element("ol", ["class": "guide-list"]) { html in
                for each in GuidePage.all(m.language) {
                    html.element("li") { $0.element("a", ["href": "/guide/" + each.name], each.title) }
                }
            }
        }
    }

    /// A page of the guide, with those before and behind it.
    func guidePage(_ name: String) throws -> PortalAnswer {
        let pages = GuidePage.all(m.language)
        guard let place = pages.firstIndex(where: { $0.name == name }) else {
            throw Problem(404, "There is no page \(request.rawPath).")
        }
        return page(pages[place].title, .guide) { html in
            html.element("nav", ["class": "crumbs", "aria-label": m("part.guide")]) {
                $0.element("a", ["href": "/guide"], m("part.guide"))
            }
            html.element("article", ["class": "guide"]) { Markdown(pages[place].text).write(to: &$0) }
            html.element("nav", ["class": "actions", "aria-label": m("guide.more")]) { html in
                if place > 0 {
                    html.element(
                        "a", ["rel": "prev", "href": "/guide/" + pages[place - 1].name], "← " + pages[place - 1].title)
                }
                if place + 1 < pages.count {
                    html.element(
                        "a", ["rel": "next", "href": "/guide/" + pages[place + 1].name], pages[place + 1].title + " →")
                }
            }
        }
    }
}
