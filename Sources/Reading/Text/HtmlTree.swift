/// The elements of a page as a browser nests them, with what each holds.
///
/// Not a whole tree of the standard: what text a reader sees, in which order, in which elements, is told by implied end
/// tags, scopes and void elements alone. Nothing recurses, and nesting beyond a bound is read flat.
struct HtmlTree {
    /// What happens on the way through the source.
    enum Event {
        case open(Int)
        case close(Int)
        /// Text between tags; character references are not yet read.
        case text(Range<Int>, parent: Int)
        /// An element that has no content: `<br>`.
        case void(String, parent: Int)
    }

    /// One element with what its content adds up to.
    struct Element {
        let name: String
        /// The start tag; empty where the parser added the element.
        let tag: Range<Int>
        let parent: Int
        /// Whether readers do not see it: head, scripts, controls, `hidden`, `display: none`.
        let isUnseen: Bool
        /// What its role or name says that it is to the page.
        let landmark: Landmark
        /// Marks that readers see, and those of them in links.
        var text = 0
        var linked = 0
        var links = 0
        /// How many sentences end outside links.
        var sentences = 0
        var hasHeading = false
        var hasTable = false
    }

    enum Landmark { case none, around, header }

    private(set) var elements: [Element] = [
        Element(name: "", tag: 0..<0, parent: -1, isUnseen: false, landmark: .none)
    ]
    private(set) var events: [Event] = []
    private let s: [UInt32]
    /// The open elements, outermost first.
    private var stack: [Int] = [0]
    private var links = 0

    /// Browsers nest no deeper.
    private static let deepest = 400

    /// Reads a page, or a fragment of one.
    init(_ s: [UInt32]) {
        self.s = s
        var tokenizer = HtmlTokenizer(s)
        while let token = tokenizer.next() {
            switch token {
            case .text(let range): text(range)
            case .open(let name, let range, _): open(name, range)
            case .close(let name): close(name)
            }
        }
        while stack.count > 1 { pop() }
    }

    // MARK: Text

    private mutating func text(_ range: Range<Int>) {
        // A day behind each link of a list makes no text of it: digits and marks of ASCII count for nothing.
        let marks = range.reduce(0) { $0 + (s[$1] > 0x40 && !Glyph.isBlank(s[$1]) ? 1 : 0) }
        let isPrinted = range.contains { s[$0] > 0x20 && !Glyph.isBlank(s[$0]) }
        if isPrinted, let head = stack.firstIndex(where: { elements[$0].name == "head" }),
            !Self.ofHead.contains(elements[stack[stack.count - 1]].name)
        {
            pop(to: head)
        }
        let top = stack[stack.count - 1]
        events.append(.text(range, parent: top))
        guard !elements[top].isUnseen else { return }
        elements[top].text += marks
        if links > 0 {
            elements[top].linked += marks
        } else {
            elements[top].sentences += range.count { Glyph.endsSentence(s[$0]) && s[$0] != 10 }
        }
    }

    // MARK: Tags

    private mutating func open(_ name: String, _ tag: Range<Int>) {
        switch name {
        case "html", "body", "frameset":
            if name == "body", let head = lastIndex(of: ["head"], until: []) { pop(to: head) }
            return
        case "head" where stack.count > 1: return
        default: break
        }
        if !Self.ofHead.contains(name), name != "head", let head = lastIndex(of: ["head"], until: []) { pop(to: head) }
        imply(before: name)
        if Self.voids.contains(name) {
            events.append(.void(name, parent: stack[stack.count - 1]))
            return
        }
        push(name, tag)
    }

    /// Closes what the standard closes in front of this start tag.
    private mutating func imply(before name: String) {
        if Self.closesParagraph.contains(name), let p = lastIndex(of: ["p"], until: Self.buttonScope) { pop(to: p) }
        switch name {
        case "h1", "h2", "h3", "h4", "h5", "h6":
            if Self.headings.contains(elements[stack[stack.count - 1]].name) { pop() }
        case "li":
            if let item = lastIndex(of: ["li"], until: Self.listScope) { pop(to: item) }
        case "dt", "dd":
            if let item = lastIndex(of: ["dt", "dd"], until: Self.listScope) { pop(to: item) }
        case "a":
            if let link = lastIndex(of: ["a"], until: Self.cellScope) { pop(to: link) }
        case "option", "optgroup":
            if elements[stack[stack.count - 1]].name == "option" { pop() }
        case "td", "th":
            if let cell = lastIndex(of: ["td", "th", "caption"], until: ["table"]) { pop(to: cell) }
        case "tr":
            if let row = lastIndex(of: ["tr", "caption"], until: ["table"]) { pop(to: row) }
        case "tbody", "thead", "tfoot", "caption", "colgroup":
            if let part = lastIndex(of: ["tbody", "thead", "tfoot", "caption", "colgroup"], until: ["table"]) {
                pop(to: part)
            }
        default: break
        }
    }

    private mutating func close(_ name: String) {
        switch name {
        case "html", "body", "frameset": return
        case "p":
            // An end tag alone makes an empty paragraph.
            guard let p = lastIndex(of: ["p"], until: Self.buttonScope) else {
                events.append(.void("p", parent: stack[stack.count - 1]))
                return
            }
            pop(to: p)
        case "br": events.append(.void("br", parent: stack[stack.count - 1]))
        case "h1", "h2", "h3", "h4", "h5", "h6":
            if let heading = lastIndex(of: Self.headings, until: Self.cellScope) { pop(to: heading) }
        case "table", "tr", "tbody", "thead", "tfoot", "caption":
            if let part = lastIndex(of: [name], until: name == "table" ? [] : ["table"]) { pop(to: part) }
        case "td", "th":
            if let cell = lastIndex(of: ["td", "th"], until: ["table"]) { pop(to: cell) }
        default:
            // An end tag does not reach out of its cell; one of phrasing not out of its block.
            let bound = Self.blocks.contains(name) ? Self.cellScope : Self.cellScope.union(Self.blocks)
            if let same = lastIndex(of: [name], until: bound) { pop(to: same) }
        }
    }

    private mutating func push(_ name: String, _ tag: Range<Int>) {
        guard stack.count < Self.deepest else {
            events.append(.void(Self.blocks.contains(name) ? "div" : "wbr", parent: stack[stack.count - 1]))
            return
        }
        let parent = stack[stack.count - 1]
        var isUnseen = elements[parent].isUnseen || Self.unseen.contains(name)
        var landmark: Landmark = Self.around.contains(name) ? .around : name == "header" ? .header : .none
        if tag.count > name.utf8.count + 6 {
            let attributes = HtmlAttributes(s, tag)
            isUnseen = isUnseen || Self.isHidden(attributes)
            if let role = attributes["role"].map({ Scalars.string($0).lowercased() }), Self.roles.contains(role) {
                landmark = .around
            }
        }
        elements.append(Element(name: name, tag: tag, parent: parent, isUnseen: isUnseen, landmark: landmark))
        stack.append(elements.count - 1)
        events.append(.open(elements.count - 1))
        if name == "a" { links += 1 }
        if name == "table" { elements[parent].hasTable = true }
        if Self.headings.contains(name) { elements[parent].hasHeading = true }
    }

    private mutating func pop(to depth: Int) {
        while stack.count > depth { pop() }
    }

    private mutating func pop() {
        guard stack.count > 1, let top = stack.popLast() else { return }
        events.append(.close(top))
        let element = elements[top]
        if element.name == "a" {
            links -= 1
            if !element.isUnseen { elements[top].links += 1 }
        }
        guard !element.isUnseen else { return }
        elements[element.parent].text += element.text
        elements[element.parent].linked += element.linked
        elements[element.parent].links += elements[top].links
        elements[element.parent].sentences += element.sentences
        elements[element.parent].hasHeading = elements[element.parent].hasHeading || element.hasHeading
        elements[element.parent].hasTable = elements[element.parent].hasTable || element.hasTable
    }

    /// The depth of the innermost open element of these names, not beyond one that bounds their scope.
    private func lastIndex(of names: Set<String>, until bounds: Set<String>) -> Int? {
        var i = stack.count - 1
        while i > 0 {
            let name = elements[stack[i]].name
            if names.contains(name) { return i }
            if bounds.contains(name) { return nil }
            i -= 1
        }
        return nil
    }

    private static func isHidden(_ attributes: HtmlAttributes) -> Bool {
        if attributes.has("hidden") { return true }
        guard let style = attributes["style"] else { return false }
        let plain = Scalars.string(style.filter { !Glyph.isBlank($0) && $0 != 10 }).lowercased()
        return plain.contains("display:none") || plain.contains("visibility:hidden")
    }
}

// MARK: Names

extension HtmlTree {
    static let headings: Set<String> = ["h1", "h2", "h3", "h4", "h5", "h6"]
    static let voids: Set<String> = [
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
        "meta", "param", "source", "track", "wbr",
    ]
    /// What may stand in a head that nothing closes.
    private static let ofHead: Set<String> = [
        "title", "base", "link", "meta", "style", "script", "noscript", "template", "basefont", "bgsound", "noframes",
    ]
    private static let unseen: Set<String> = [
        "head", "title", "script", "style", "noscript", "template", "svg", "math", "iframe", "textarea", "select",
        "option",
        "button", "datalist", "object", "audio", "video", "canvas", "noframes", "noembed", "map",
    ]
    private static let around: Set<String> = ["nav", "footer", "aside", "menu"]
    private static let roles: Set<String> = [
        "navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "tablist", "toolbar",
        "dialog", "alert",
    ]
    private static let closesParagraph: Set<String> = [
        "address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "li",
        "listing", "main", "menu", "nav", "ol", "p", "plaintext", "pre", "search", "section", "summary", "table", "ul",
        "xmp", "dd", "dt",
    ]
    /// Elements that end tags of phrasing do not reach out of.
    private static let blocks: Set<String> = closesParagraph.union(["td", "th", "tr", "caption"]).subtracting(["hr"])
    private static let cellScope: Set<String> = ["table", "td", "th", "caption", "template", "object"]
    private static let buttonScope: Set<String> = cellScope.union(["button"])
    private static let listScope: Set<String> = blocks.subtracting(["li", "dd", "dt", "address", "div", "p"])
}
