import Reading

/// Worksheets of Office Open XML (ECMA-376 part 1, SpreadsheetML) as HTML: each sheet that is shown is a heading with its
/// name and a table with its merged cells; numbers as their formats show them. Rows, columns and sheets that are hidden are
/// left out. A formula counts by the value that was stored with it; one without is shown as …, a missing value.
struct Workbook {
    private let package: Package
    private let bounds: PackageBounds
    private var strings: [String] = []
    private var formats = NumberFormats()
    private var leftOut = LeftOut()

    /// The HTML of a package that holds one.
    static func html(
        _ package: Package, _ bounds: PackageBounds, _ leftOut: inout LeftOut
    ) throws(DecodeError) -> String {
        var workbook = Workbook(package: package, bounds: bounds)
        defer { leftOut = workbook.leftOut }
        return try workbook.read()
    }

    private init(package: Package, bounds: PackageBounds) {
        self.package = package
        self.bounds = bounds
    }

    private mutating func read() throws(DecodeError) -> String {
        let files = try package.files {
            $0.hasPrefix("xl/") && $0.hasSuffix(".xml") && !$0.contains("/media/") || $0 == "xl/_rels/workbook.xml.rels"
                || $0 == "docProps/core.xml"
        }
        guard let book = files["xl/workbook.xml"] else {
            throw DecodeError(.documentDamaged, "The document is damaged: it has no xl/workbook.xml.")
        }
        if let shared = files["xl/sharedStrings.xml"] { strings = try Self.shared(shared) }
        if let styles = files["xl/styles.xml"] { formats = try NumberFormats(styles) }
        let targets =
            try files["xl/_rels/workbook.xml.rels"].map { bytes throws(DecodeError) in
                try Relations.targets(bytes, of: "xl/workbook.xml")
            } ?? [:]
        var writer = HtmlWriter()
        if let properties = files["docProps/core.xml"], let title = try CoreProperties.title(properties) {
            writer.title(title)
        }
        var cells = 0
        let xml = try XmlPull(book, "xl/workbook.xml")
        var uses1904 = false
        while let node = try xml.next() {
            guard case .start(let name, _) = node else { continue }
            if name == "workbookPr" { uses1904 = ["1", "true"].contains(xml.attribute("date1904") ?? "") }
            guard name == "sheet" else { continue }
            guard (xml.attribute("state") ?? "visible") == "visible" else {
                leftOut.hiddenSheets += 1
                continue
            }
            let title = xml.attribute("name") ?? ""
            guard let path = xml.attribute("id").flatMap({ targets[$0] }), let sheet = files[path] else { continue }
            var reader = Worksheet(strings: strings, formats: formats, uses1904: uses1904, most: bounds.cells - cells)
            let table = try reader.table(sheet, path)
            cells += table.count
            leftOut.formulas += reader.formulas
            if !Self.isDefault(title), !table.isEmpty { writer.heading(2, HtmlWriter.escaped(title)) }
            try writer.table(table)
        }
        return writer.finished()
    }

    /// Names that programs give to sheets tell nothing.
    static func isDefault(_ name: String) -> Bool {
        let lower = name.lowercased()
        return ["sheet", "工作表", "表"].contains {
            lower.hasPrefix($0) && lower.dropFirst($0.count).allSatisfy(\.isNumber)
        }
    }

    private static func shared(_ bytes: [UInt8]) throws(DecodeError) -> [String] {
        let xml = try XmlPull(bytes, "xl/sharedStrings.xml")
        var strings: [String] = []
        var text = ""
        var isText = false
        while let node = try xml.next() {
            switch node {
            case .start("si", let isEmpty):
                text = ""
                if isEmpty { strings.append("") }
            case .end("si"): strings.append(text)
            case .start("rPh", let isEmpty): try xml.skip(isEmpty: isEmpty)
            case .start("t", let isEmpty): isText = !isEmpty
            case .end("t"): isText = false
            case .text(let more) where isText: text += more
            default: break
            }
        }
        return strings
    }
}
