import Foundation
import Reading

/// Documents after GB/T 33190 (OFD) as plain text, page by page: pieces of text by their places on the page, those of one
/// height in one line, with blanks where the page has them, so that tables keep their columns.
struct FixedLayoutDocument {
    private typealias Piece = FixedLayoutContent.Piece

    private let files: [String: [UInt8]]

    /// The text of a package that holds one, a line feed between pages.
    static func text(_ package: Package, _ bounds: PackageBounds) throws(DecodeError) -> String {
        let files = try package.files { $0.hasSuffix(".xml") }
        let document = FixedLayoutDocument(files: files)
        var pages: [String] = []
        for root in try document.roots() {
            pages += try document.text(ofDocument: root)
        }
        let text = pages.joined(separator: "\n")
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw DecodeError(
                .documentNoText, "The document has no text: its pages are pictures. Read them with OCR first.")
        }
        return text
    }

    private func part(_ path: String) throws(DecodeError) -> XmlPull {
        guard let bytes = files[path] else {
            throw DecodeError(.documentDamaged, "The document is damaged: it has no \(path).")
        }
        return try XmlPull(bytes, path)
    }

    /// The documents that the package names.
    private func roots() throws(DecodeError) -> [String] {
        try elements("DocRoot", in: "OFD.xml").map { Self.resolve($0, beside: "OFD.xml") }
    }

    /// The texts of all elements of a name.
    private func elements(_ name: String, in path: String) throws(DecodeError) -> [String] {
        let xml = try part(path)
        var found: [String] = []
        var isOpen = false
        while let node = try xml.next() {
            switch node {
            case .start(name, let isEmpty):
                isOpen = !isEmpty
                if isOpen { found.append("") }
            case .end(name): isOpen = false
            case .text(let text) where isOpen:
                found[found.count - 1] += text.trimmingCharacters(in: .whitespacesAndNewlines)
            default: break
            }
        }
        return found
    }

    /// The text of each page of a document, with what its templates and drawings hold.
    private func text(ofDocument path: String) throws(DecodeError) -> [String] {
        let xml = try part(path)
        var (pages, templates, resources): ([String], [String: String], [String]) = ([], [:], [])
        var isInPages = false
        var isResource = false
        while let node = try xml.next() {
            switch node {
            case .start("Pages", _): isInPages = true
            case .end("Pages"): isInPages = false
            case .start("Page", _) where isInPages:
                if let place = xml.attribute("BaseLoc") { pages.append(Self.resolve(place, beside: path)) }
            case .start("TemplatePage", _):
                if let id = xml.attribute("ID"), let place = xml.attribute("BaseLoc") {
                    templates[id] = Self.resolve(place, beside: path)
                }
            case .start("PublicRes", let isEmpty), .start("DocumentRes", let isEmpty): isResource = !isEmpty
            case .end("PublicRes"), .end("DocumentRes"): isResource = false
            case .text(let place) where isResource:
                resources.append(Self.resolve(place.trimmingCharacters(in: .whitespacesAndNewlines), beside: path))
            default: break
            }
        }
        var drawings: [String: FixedLayoutContent] = [:]
        // What is said of fonts and pictures alone may be missing.
        for resource in resources where files[resource] != nil {
            _ = try FixedLayoutContent.read(try part(resource), drawings: &drawings)
        }
        var texts: [String] = []
        // Hundreds of pages may have one template.
        var known: [String: FixedLayoutContent] = [:]
        for page in pages {
            let content = try FixedLayoutContent.read(try part(page), drawings: &drawings)
            var pieces = try content.allPieces(drawings)
            for template in content.templates {
                guard let path = templates[template], files[path] != nil else { continue }
                if known[path] == nil { known[path] = try FixedLayoutContent.read(try part(path), drawings: &drawings) }
                if let under = known[path] { pieces += try under.allPieces(drawings) }
            }
            texts.append(Self.lines(pieces))
        }
        return texts
    }

    private static func resolve(_ path: String, beside file: String) -> String {
        if path.hasPrefix("/") { return String(path.drop { $0 == "/" }) }
        var steps = file.split(separator: "/").dropLast().map(String.init)
        for step in path.split(separator: "/") where step != "." {
            if step == ".." { _ = steps.popLast() } else { steps.append(String(step)) }
        }
        return steps.joined(separator: "/")
    }

    /// Lines from the top down; in each the pieces from the left, two blanks or more where a gap is wider than a character.
    private static func lines(_ pieces: [Piece]) -> String {
        let sorted = pieces.enumerated().sorted { ($0.element.y, $0.offset) < ($1.element.y, $1.offset) }.map(\.element)
        var lines: [[Piece]] = []
        for piece in sorted {
            if let first = lines.last?.first, abs(first.y - piece.y) < max(first.size, piece.size) * 0.4 {
                lines[lines.count - 1].append(piece)
            } else {
                lines.append([piece])
            }
        }
        var text = ""
        for line in lines {
            var end: Double?
            for piece in line.sorted(by: { $0.x < $1.x }) {
                if let end {
                    let gap = (piece.x - end) / max(0.1, piece.size)
                    if gap > 0.9 { text += String(repeating: " ", count: max(2, min(40, Int(gap * 2)))) }
                }
                text += piece.text
                end = piece.x + piece.width
            }
            text += "\n"
        }
        return text
    }
}
