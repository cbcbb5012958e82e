import Foundation
import Reading

/// Text documents of Office Open XML (ECMA-376 part 1, WordprocessingML) as HTML: headings by style or outline level,
/// paragraphs, tables with their spans, raised and lowered text. Deleted and hidden text is left out; so is the numbering
/// that Word computes, headers, footers, comments and notes.
struct WordDocument {
    private let bounds: PackageBounds
    private var levels: [String: Int] = [:]
    private var writer = HtmlWriter()

    /// The HTML of a package that holds one.
    static func html(
        _ package: Package, _ bounds: PackageBounds, _ leftOut: inout LeftOut
    ) throws(DecodeError) -> String {
        let wanted: Set = ["word/document.xml", "word/styles.xml", "docProps/core.xml"]
        let files = try package.files { wanted.contains($0) }
        guard let body = files["word/document.xml"] else {
            throw DecodeError(.documentDamaged, "The document is damaged: it has no word/document.xml.")
        }
        var document = WordDocument(bounds: bounds)
        if let properties = files["docProps/core.xml"], let title = try CoreProperties.title(properties) {
            document.writer.title(title)
        }
        if let styles = files["word/styles.xml"] { try document.read(styles: styles) }
        let xml = try XmlPull(body, "word/document.xml")
        try document.blocks(xml, until: nil)
        // A picture that is part of the text names its file.
        leftOut.pictures = String(decoding: body, as: UTF8.self).components(separatedBy: "<a:blip ").count - 1
        return document.writer.finished()
    }

    private init(bounds: PackageBounds) {
        self.bounds = bounds
    }

    /// Which styles are headings, by name or by outline level.
    private mutating func read(styles: [UInt8]) throws(DecodeError) {
        let xml = try XmlPull(styles, "word/styles.xml")
        var style = ""
        while let node = try xml.next() {
            guard case .start(let name, _) = node else { continue }
            switch name {
            case "style": style = xml.attribute("styleId") ?? ""
            case "name":
                let name = (xml.attribute("val") ?? "").lowercased()
                if name == "title" { levels[style] = 1 }
                if name.hasPrefix("heading "), let level = Int(name.dropFirst(8)) { levels[style] = level }
            case "outlineLvl":
                if let level = xml.attribute("val").flatMap(Int.init), level < 9 { levels[style] = level + 1 }
            default: break
            }
        }
    }

    /// Reads blocks up to the end of an element, nil for all, and writes them.
    private mutating func blocks(_ xml: XmlPull, until end: String?) throws(DecodeError) {
        while let node = try xml.next() {
            switch node {
            case .start("p", false):
                let (inner, level) = try paragraph(xml)
                if let level { writer.heading(level, inner) } else { writer.paragraph(inner) }
            case .start("tbl", false): try writer.table(table(xml, depth: 0))
            case .start(let name, let isEmpty) where Self.left.contains(name): try xml.skip(isEmpty: isEmpty)
            case .end(let name) where name == end: return
            default: break
            }
        }
    }

    /// Elements whose content is no running text; a fallback says again what stands before it.
    private static let left: Set = [
        "Fallback", "del", "moveFrom", "sectPr", "tblPr", "tblGrid", "instrText", "annotationRef", "footnoteReference",
        "endnoteReference", "delText", "pict",
    ]

    /// One paragraph from its beginning on: escaped HTML, and its level where it is a heading.
    private func paragraph(_ xml: XmlPull) throws(DecodeError) -> (inner: String, level: Int?) {
        var inner = ""
        var level: Int?
        var open = ""
        var isHidden = false
        var depth = 1
        func close() {
            if !open.isEmpty { inner += "</\(open)>" }
            open = ""
        }
        while let node = try xml.next() {
            switch node {
            case .start(let name, let isEmpty):
                if Self.left.contains(name) {
                    try xml.skip(isEmpty: isEmpty)
                    continue
                }
                switch name {
                case "p": if !isEmpty { depth += 1 }
                case "pStyle": level = xml.attribute("val").flatMap { levels[$0] } ?? level
                case "outlineLvl": if let own = xml.attribute("val").flatMap(Int.init), own < 9 { level = own + 1 }
                case "r":
                    close()
                    isHidden = false
                case "vertAlign":
                    let to = ["superscript": "sup", "subscript": "sub"][xml.attribute("val") ?? ""] ?? ""
                    if to != open {
                        close()
                        open = to
                        if !open.isEmpty { inner += "<\(open)>" }
                    }
                case "vanish": isHidden = xml.attribute("val") != "0" && xml.attribute("val") != "false"
                case "t" where !isEmpty:
                    let text = try self.text(xml, "t")
                    if !isHidden { inner += HtmlWriter.escaped(text) }
                case "tab": inner += " "
                case "br", "cr": inner += "<br>"
                case "noBreakHyphen": inner += "-"
                default: break
                }
            case .end("p"):
                depth -= 1
                if depth == 0 {
                    close()
                    return (inner, level)
                }
                inner += "<br>"
            default: break
            }
        }
        close()
        return (inner, level)
    }

    private func text(_ xml: XmlPull, _ element: String) throws(DecodeError) -> String {
        var text = ""
        while let node = try xml.next() {
            switch node {
            case .text(let more): text += more
            case .end(element): return text
            default: break
            }
        }
        return text
    }

    /// A table from its beginning on. One within a cell is set there as its rows' text.
    private func table(_ xml: XmlPull, depth: Int) throws(DecodeError) -> SpanTable {
        guard depth < 16 else {
            throw DecodeError(.documentTooDeep, "The document has tables in tables in tables.")
        }
        var table = SpanTable(most: bounds.cells)
        var column = 0
        var isHead = false
        while let node = try xml.next() {
            switch node {
            case .start("tr", _):
                table.beginRow()
                column = 0
                isHead = false
            case .start("gridBefore", _): column += min(64, max(0, xml.attribute("val").flatMap(Int.init) ?? 0))
            case .start("tblHeader", _): isHead = xml.attribute("val") != "0" && xml.attribute("val") != "false"
            case .start("tc", false):
                let (inner, columns, goesOn) = try cell(xml, depth: depth)
                if goesOn {
                    table.extendDown(column: column)
                } else {
                    try table.add(.init(inner: inner, columns: columns, isHead: isHead), at: column)
                }
                column += columns
            case .start(let name, let isEmpty) where Self.left.contains(name): try xml.skip(isEmpty: isEmpty)
            case .end("tbl"): return table
            default: break
            }
        }
        return table
    }

    private func cell(_ xml: XmlPull, depth: Int) throws(DecodeError) -> (inner: String, columns: Int, goesOn: Bool) {
        var lines: [String] = []
        var columns = 1
        var goesOn = false
        while let node = try xml.next() {
            switch node {
            case .start("gridSpan", _): columns = min(1024, max(1, xml.attribute("val").flatMap(Int.init) ?? 1))
            case .start("vMerge", _): goesOn = (xml.attribute("val") ?? "continue") == "continue"
            case .start("p", false): lines.append(try paragraph(xml).inner)
            case .start("tbl", false): lines.append(try table(xml, depth: depth + 1).html())
            case .start(let name, let isEmpty) where Self.left.contains(name): try xml.skip(isEmpty: isEmpty)
            case .end("tc"): return (lines.filter { !$0.isEmpty }.joined(separator: "<br>"), columns, goesOn)
            default: break
            }
        }
        return (lines.joined(separator: "<br>"), columns, goesOn)
    }
}
