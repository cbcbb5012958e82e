import Foundation
import Reading

/// Documents after GB/T 33190 (OFD) as plain text, page by page: pieces of text by their places on the page, those of one
/// height in one line, with blanks where the page has them, so that tables keep their columns.
struct FixedLayoutDocument {
    /// A piece of text with its place, in millimetres from the page's upper left corner.
    private struct Piece {
        let x: Double
        let y: Double
        let width: Double
        let size: Double
        let text: String
    }

    private let files: [String: [UInt8]]

    /// The text of a package that holds one, a line feed between pages.
    static func text(_ package: Package, _ bounds: PackageBounds) throws(DecodeError) -> String {
        let files = try package.files { $0.hasSuffix(".xml") }
        let document = FixedLayoutDocument(files: files)
        var pages: [String] = []
        for root in try document.roots() {
            for page in try document.pages(root) { pages.append(try document.text(ofPage: page)) }
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

    private func pages(_ document: String) throws(DecodeError) -> [String] {
        let xml = try part(document)
        var pages: [String] = []
        var isInPages = false
        while let node = try xml.next() {
            switch node {
            case .start("Pages", _): isInPages = true
            case .end("Pages"): isInPages = false
            case .start("Page", _) where isInPages:
                if let place = xml.attribute("BaseLoc") { pages.append(Self.resolve(place, beside: document)) }
            default: break
            }
        }
        return pages
    }

    private static func resolve(_ path: String, beside file: String) -> String {
        if path.hasPrefix("/") { return String(path.drop { $0 == "/" }) }
        var steps = file.split(separator: "/").dropLast().map(String.init)
        for step in path.split(separator: "/") where step != "." {
            if step == ".." { _ = steps.popLast() } else { steps.append(String(step)) }
        }
        return steps.joined(separator: "/")
    }

    private func text(ofPage path: String) throws(DecodeError) -> String {
        let xml = try part(path)
        var pieces: [Piece] = []
        var boundary: [Double] = []
        var matrix: [Double] = []
        var size = 3.0
        var isHidden = false
        var place: (x: Double, y: Double) = (0, 0)
        var deltas = ""
        var isCode = false
        while let node = try xml.next() {
            switch node {
            case .start("TextObject", _):
                boundary = Self.numbers(xml.attribute("Boundary") ?? "")
                matrix = Self.numbers(xml.attribute("CTM") ?? "")
                size = xml.attribute("Size").flatMap(Double.init) ?? 3
                isHidden = xml.attribute("Visible") == "false"
                place = (0, 0)
            case .start("TextCode", let isEmpty):
                // Where a code does not say its place, it goes on at that of the one before.
                place.x = xml.attribute("X").flatMap(Double.init) ?? place.x
                place.y = xml.attribute("Y").flatMap(Double.init) ?? place.y
                deltas = xml.attribute("DeltaX") ?? ""
                isCode = !isEmpty
            case .end("TextCode"): isCode = false
            case .text(let text) where isCode && !isHidden:
                let text = text.filter { !$0.isNewline }
                guard !text.allSatisfy(\.isWhitespace), boundary.count == 4 else { continue }
                let advance = Self.advance(deltas, count: text.count, size: size)
                let scale = matrix.count == 6 && matrix[0] > 0 ? matrix[0] : 1
                let x = matrix.count == 6 ? matrix[0] * place.x + matrix[2] * place.y + matrix[4] : place.x
                let y = matrix.count == 6 ? matrix[1] * place.x + matrix[3] * place.y + matrix[5] : place.y
                pieces.append(
                    Piece(
                        x: boundary[0] + x, y: boundary[1] + y, width: advance * scale, size: size * scale, text: text))
                guard pieces.count <= 200_000 else {
                    throw DecodeError(.documentTooLong, "A page of the document has more than 200,000 pieces of text.")
                }
            default: break
            }
        }
        return Self.lines(pieces)
    }

    /// The width of a text, by the distances between its characters: numbers, or `g n d` for n times d.
    private static func advance(_ deltas: String, count: Int, size: Double) -> Double {
        var width = 0.0
        var told = 0
        let words = deltas.split(whereSeparator: \.isWhitespace)
        var i = 0
        while i < words.count, told < count {
            if words[i] == "g", i + 2 < words.count, let times = Int(words[i + 1]), let each = Double(words[i + 2]) {
                width += Double(max(0, min(times, count))) * each
                told += max(0, min(times, count))
                i += 3
            } else {
                width += Double(words[i]) ?? size
                told += 1
                i += 1
            }
        }
        return width + Double(max(0, count - told)) * size
    }

    private static func numbers(_ text: String) -> [Double] {
        text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }.map { $0.isFinite ? $0 : 0 }
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
