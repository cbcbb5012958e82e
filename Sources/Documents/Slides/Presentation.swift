import Reading

/// Slides of Office Open XML (ECMA-376 part 1, PresentationML) as HTML: titles as headings, text as paragraphs, tables with
/// their spans. Hidden slides, notes and pictures are left out.
struct Presentation {
    private let bounds: PackageBounds
    private var writer = HtmlWriter()
    private var cells = 0

    /// The HTML of a package that holds one.
    static func html(_ package: Package, _ bounds: PackageBounds) throws(DecodeError) -> String {
        let files = try package.files {
            $0.hasPrefix("ppt/slides/slide") && $0.hasSuffix(".xml") || $0 == "ppt/presentation.xml"
                || $0 == "ppt/_rels/presentation.xml.rels" || $0 == "docProps/core.xml"
        }
        guard let show = files["ppt/presentation.xml"], let relations = files["ppt/_rels/presentation.xml.rels"] else {
            throw DecodeError(.documentDamaged, "The document is damaged: it has no ppt/presentation.xml.")
        }
        var presentation = Presentation(bounds: bounds)
        if let properties = files["docProps/core.xml"], let title = try CoreProperties.title(properties) {
            presentation.writer.title(title)
        }
        let targets = try Relations.targets(relations, of: "ppt/presentation.xml")
        let xml = try XmlPull(show, "ppt/presentation.xml")
        while let node = try xml.next() {
            // The attribute `id` is there twice: the slide's number, and the relation's, which is not a number.
            guard case .start("sldId", _) = node else { continue }
            guard let path = xml.attributes("id").compactMap({ targets[$0] }).first, let slide = files[path] else {
                continue
            }
            try presentation.read(try XmlPull(slide, path))
        }
        return presentation.writer.finished()
    }

    private init(bounds: PackageBounds) {
        self.bounds = bounds
    }

    private mutating func read(_ xml: XmlPull) throws(DecodeError) {
        var isTitle = false
        while let node = try xml.next() {
            switch node {
            case .start("sld", _): if ["0", "false"].contains(xml.attribute("show") ?? "") { return }
            case .start("sp", _): isTitle = false
            case .start("ph", _): isTitle = ["title", "ctrTitle"].contains(xml.attribute("type") ?? "")
            case .start("p", false):
                let inner = try paragraph(xml)
                if isTitle { writer.heading(2, inner) } else { writer.paragraph(inner) }
            case .start("tbl", false): try writer.table(table(xml))
            case .start("Fallback", let isEmpty): try xml.skip(isEmpty: isEmpty)
            default: break
            }
        }
    }

    private func paragraph(_ xml: XmlPull) throws(DecodeError) -> String {
        var inner = ""
        var isText = false
        var raised = ""
        while let node = try xml.next() {
            switch node {
            case .start("r", _): raised = ""
            case .start("rPr", _):
                let baseline = xml.attribute("baseline").flatMap(Int.init) ?? 0
                raised = baseline > 0 ? "sup" : baseline < 0 ? "sub" : ""
            case .start("t", let isEmpty): isText = !isEmpty
            case .start("br", _): inner += "<br>"
            case .end("t"): isText = false
            case .text(let text) where isText:
                let escaped = HtmlWriter.escaped(text)
                inner += raised.isEmpty ? escaped : "<\(raised)>\(escaped)</\(raised)>"
            case .end("p"): return inner
            default: break
            }
        }
        return inner
    }

    private mutating func table(_ xml: XmlPull) throws(DecodeError) -> SpanTable {
        var table = SpanTable(most: bounds.cells - cells)
        var column = 0
        while let node = try xml.next() {
            switch node {
            case .start("tr", _):
                table.beginRow()
                column = 0
            case .start("tc", let isEmpty):
                let columns = min(1024, max(1, xml.attribute("gridSpan").flatMap(Int.init) ?? 1))
                let rows = min(1024, max(1, xml.attribute("rowSpan").flatMap(Int.init) ?? 1))
                let isCovered = [xml.attribute("hMerge"), xml.attribute("vMerge")].contains {
                    ["1", "true"].contains($0 ?? "")
                }
                var lines: [String] = []
                var depth = isEmpty ? 0 : 1
                while depth > 0, let node = try xml.next() {
                    switch node {
                    case .start("p", false): lines.append(try paragraph(xml))
                    case .start(_, let isEmpty): depth += isEmpty ? 0 : 1
                    case .end: depth -= 1
                    case .text: break
                    }
                }
                if !isCovered {
                    let inner = lines.filter { !$0.isEmpty }.joined(separator: "<br>")
                    try table.add(.init(inner: inner, columns: columns, rows: rows), at: column)
                }
                column += 1
            case .end("tbl"):
                cells += table.count
                return table
            default: break
            }
        }
        return table
    }
}
