/// Tells what stands around a page's text (menus, paths, lists of links, imprints) by what it is: how much of it is
/// links, whether it has sentences, what its element means. The names of classes tell nothing.
struct HtmlFurniture {
    private let tree: HtmlTree
    /// For each element whether it belongs to what stands around, itself or one that it lies in.
    let isAround: [Bool]

    init(_ tree: HtmlTree) {
        self.tree = tree
        let root = tree.elements[0]
        var isAround = [Bool](repeating: false, count: tree.elements.count)
        for i in tree.elements.indices.dropFirst() {
            let element = tree.elements[i]
            isAround[i] = isAround[element.parent] || Self.isAround(element, root)
        }
        self.isAround = isAround
    }

    private static let containers: Set<String> = [
        "div", "ul", "ol", "dl", "menu", "section", "form", "td", "th", "fieldset", "center", "article", "p", "table",
        "blockquote", "dir", "main",
    ]

    private static func isAround(_ element: HtmlTree.Element, _ root: HtmlTree.Element) -> Bool {
        guard element.text > 0, !element.isUnseen else { return false }
        // Whatever it is called, what holds a good part of the page's sentences is its text.
        let isMain =
            root.sentences > 0
            ? element.sentences * 4 >= root.sentences && element.sentences > 0
            : element.text * 2 >= root.text && element.linked * 2 < element.text
        if isMain { return false }
        switch element.landmark {
        case .around: return true
        case .header where !element.hasHeading && element.sentences == 0: return true
        default: break
        }
        guard containers.contains(element.name), element.links >= 2, element.sentences == 0 else { return false }
        // The names in a table of figures may be links.
        return element.hasTable || element.name == "table"
            ? element.linked * 10 >= element.text * 7 : element.linked * 2 >= element.text
    }

    /// Whether a passage is an imprint: who keeps the page, under which licence.
    static func isImprint(_ s: [UInt32], _ lexicon: Lexicon) -> Bool {
        if s.count <= 60, lexicon[.viewCounter].first(s, in: s.indices) != nil { return true }
        return s.count <= 400 && lexicon[.imprint].first(s, in: s.indices) != nil
    }
}
