import Reading

/// Text documents and worksheets of OpenDocument (ISO/IEC 26300) as HTML. Cells are told as they are shown, which the
/// format stores. Tracked deletions, notes, annotations and hidden sheets are left out.
struct OpenDocument {
    private let bounds: PackageBounds
    private var writer = HtmlWriter()
    private var cells = 0
    private var hiddenStyles: Set<String> = []

    /// The HTML of a package that holds one.
    static func html(_ package: Package, _ bounds: PackageBounds) throws(DecodeError) -> String {
        let files = try package.files { ["content.xml", "meta.xml", "META-INF/manifest.xml"].contains($0) }
        if let manifest = files["META-INF/manifest.xml"], try isEncrypted(manifest) {
            throw DecodeError(.documentEncrypted, "The document is encrypted and cannot be read without its password.")
        }
        guard let content = files["content.xml"] else {
            throw DecodeError(.documentDamaged, "The document is damaged: it has no content.xml.")
        }
        var document = OpenDocument(bounds: bounds)
        if let meta = files["meta.xml"], let title = try CoreProperties.title(meta) { document.writer.title(title) }
        try document.blocks(try XmlPull(content, "content.xml"))
        return document.writer.finished()
    }

    private init(bounds: PackageBounds) {
        self.bounds = bounds
    }

    private static func isEncrypted(_ manifest: [UInt8]) throws(DecodeError) -> Bool {
        let xml = try XmlPull(manifest, "META-INF/manifest.xml")
        while let node = try xml.next() {
            if case .start("encryption-data", _) = node { return true }
        }
        return false
    }

    private static let left: Set = [
        "tracked-changes", "note", "annotation", "annotation-end", "shapes", "forms", "settings",
    ]

    private mutating func blocks(_ xml: XmlPull) throws(DecodeError) {
        var style = ""
        while let node = try xml.next() {
            guard case .start(let name, let isEmpty) = node else { continue }
            switch name {
            case "style": style = xml.attribute("name") ?? ""
            case "table-properties": if xml.attribute("display") == "false" { hiddenStyles.insert(style) }
            case "h" where !isEmpty:
                let level = xml.attribute("outline-level").flatMap(Int.init) ?? 1
                writer.heading(level, try paragraph(xml, "h"))
            case "p" where !isEmpty: writer.paragraph(try paragraph(xml, "p"))
            case "table" where !isEmpty:
                if hiddenStyles.contains(xml.attribute("style-name") ?? "") {
                    try xml.skip(isEmpty: false)
                    continue
                }
                let name = xml.attribute("name") ?? ""
                let isSheet = !name.isEmpty && !["Table", "表格", "Sheet", "工作表"].contains { name.hasPrefix($0) }
                let table = try table(xml, depth: 0)
                if isSheet, !table.isEmpty { writer.heading(2, HtmlWriter.escaped(name)) }
                try writer.table(table)
            case _ where Self.left.contains(name): try xml.skip(isEmpty: isEmpty)
            default: break
            }
        }
    }

    /// A paragraph or heading from its beginning on, as escaped HTML.
    private func paragraph(_ xml: XmlPull, _ element: String) throws(DecodeError) -> String {
        var inner = ""
        var depth = 1
        while let node = try xml.next() {
            switch node {
            case .start(let name, let isEmpty):
                if Self.left.contains(name) {
                    try xml.skip(isEmpty: isEmpty)
                    continue
                }
                switch name {
                case "s":
                    inner += String(repeating: " ", count: min(64, max(1, xml.attribute("c").flatMap(Int.init) ?? 1)))
                case "tab": inner += " "
                case "line-break": inner += "<br>"
                case element: if !isEmpty { depth += 1 }
                default: break
                }
            case .text(let text): inner += HtmlWriter.escaped(text)
            case .end(element):
                depth -= 1
                if depth == 0 { return inner }
            default: break
            }
        }
        return inner
    }

    private mutating func table(_ xml: XmlPull, depth: Int) throws(DecodeError) -> SpanTable {
        guard depth < 16 else {
            throw DecodeError(.documentTooDeep, "The document has tables in tables in tables.")
        }
        var table = SpanTable(most: bounds.cells - cells)
        var column = 0
        var isHead = false
        var isShown = true
        while let node = try xml.next() {
            switch node {
            case .start("table-header-rows", _): isHead = true
            case .end("table-header-rows"): isHead = false
            case .start("table-row", _):
                // Repeated rows are blank ones, or equal by chance; one of them tells all.
                isShown = (xml.attribute("visibility") ?? "visible") == "visible"
                table.beginRow()
                column = 0
            case .start("covered-table-cell", let isEmpty):
                column += Self.count(xml.attribute("number-columns-repeated"))
                try xml.skip(isEmpty: isEmpty)
            case .start("table-cell", let isEmpty):
                let repeated = Self.count(xml.attribute("number-columns-repeated"))
                let columns = Self.count(xml.attribute("number-columns-spanned"))
                let rows = Self.count(xml.attribute("number-rows-spanned"))
                let inner = isEmpty ? "" : try cell(xml, depth: depth)
                if isShown, !inner.isEmpty || columns > 1 || rows > 1 {
                    for i in 0..<min(repeated, 1024) {
                        try table.add(.init(inner: inner, columns: columns, rows: rows, isHead: isHead), at: column + i)
                    }
                }
                column += repeated
            case .start(let name, let isEmpty) where Self.left.contains(name): try xml.skip(isEmpty: isEmpty)
            case .end("table"):
                cells += table.count
                return table
            default: break
            }
        }
        return table
    }

    private mutating func cell(_ xml: XmlPull, depth: Int) throws(DecodeError) -> String {
        var lines: [String] = []
        while let node = try xml.next() {
            switch node {
            case .start("p", false): lines.append(try paragraph(xml, "p"))
            case .start("h", false): lines.append(try paragraph(xml, "h"))
            case .start("table", false): lines.append(try table(xml, depth: depth + 1).html())
            case .start(let name, let isEmpty) where Self.left.contains(name): try xml.skip(isEmpty: isEmpty)
            case .end("table-cell"): return lines.filter { !$0.isEmpty }.joined(separator: "<br>")
            default: break
            }
        }
        return lines.joined(separator: "<br>")
    }

    private static func count(_ text: String?) -> Int { min(16_384, max(1, text.flatMap(Int.init) ?? 1)) }
}
