import Foundation
import Reading

/// What stands on a page of an OFD document, or in a drawing that pages refer to.
struct FixedLayoutContent {
    /// A piece of text with its place, in millimetres from the upper left corner of what it stands on.
    struct Piece {
        var x: Double
        var y: Double
        var width: Double
        var size: Double
        let text: String
    }

    /// Where a text or a drawing is put, and how it is scaled.
    struct Placement {
        /// The left and upper edge.
        private let corner: (x: Double, y: Double)
        private let matrix: [Double]

        /// Reads the attributes of the element that a reader stands at; nil where it has no place.
        init?(_ xml: XmlPull) {
            let boundary = Self.numbers(xml.attribute("Boundary") ?? "")
            guard boundary.count == 4 else { return nil }
            corner = (boundary[0], boundary[1])
            let matrix = Self.numbers(xml.attribute("CTM") ?? "")
            self.matrix = matrix.count == 6 ? matrix : [1, 0, 0, 1, 0, 0]
        }

        func placed(_ piece: Piece) -> Piece {
            var placed = piece
            placed.x = corner.x + matrix[0] * piece.x + matrix[2] * piece.y + matrix[4]
            placed.y = corner.y + matrix[1] * piece.x + matrix[3] * piece.y + matrix[5]
            let scale = matrix[0] > 0 ? matrix[0] : 1
            placed.width *= scale
            placed.size *= scale
            return placed
        }

        private static func numbers(_ text: String) -> [Double] {
            text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }.map { $0.isFinite ? $0 : 0 }
        }
    }

    private(set) var pieces: [Piece] = []
    /// Drawings of the document's resources that stand on it, by their identifiers.
    private(set) var drawings: [(id: String, placement: Placement)] = []
    /// Pages that lie under it, by their identifiers.
    private(set) var templates: [String] = []

    /// The most pieces of text of a page.
    static let most = 200_000

    /// Reads a part of a package: what stands on it as a page, and the drawings that it keeps as resources.
    static func read(
        _ xml: XmlPull, drawings: inout [String: FixedLayoutContent]
    ) throws(DecodeError) -> FixedLayoutContent {
        var page = FixedLayoutContent()
        var drawing: (id: String, content: FixedLayoutContent)?
        var placement: Placement?
        var size = 3.0
        var place: (x: Double, y: Double) = (0, 0)
        var deltas = ""
        var isCode = false
        while let node = try xml.next() {
            switch node {
            case .start("CompositeGraphicUnit", let isEmpty):
                if !isEmpty, let id = xml.attribute("ID") { drawing = (id, FixedLayoutContent()) }
            case .end("CompositeGraphicUnit"):
                if let drawing { drawings[drawing.id] = drawing.content }
                drawing = nil
            case .start("CompositeObject", _):
                guard let id = xml.attribute("ResourceID"), xml.attribute("Visible") != "false",
                    let placement = Placement(xml)
                else { continue }
                if drawing == nil {
                    page.drawings.append((id, placement))
                } else {
                    drawing?.content.drawings.append((id, placement))
                }
            case .start("Template", _):
                if let id = xml.attribute("TemplateID") { page.templates.append(id) }
            case .start("TextObject", _):
                placement = xml.attribute("Visible") == "false" ? nil : Placement(xml)
                size = xml.attribute("Size").flatMap(Double.init) ?? 3
                place = (0, 0)
            case .start("TextCode", let isEmpty):
                // Where a code does not say its place, it goes on at that of the one before.
                place.x = xml.attribute("X").flatMap(Double.init) ?? place.x
                place.y = xml.attribute("Y").flatMap(Double.init) ?? place.y
                deltas = xml.attribute("DeltaX") ?? ""
                isCode = !isEmpty
            case .end("TextCode"): isCode = false
            case .text(let text) where isCode:
                let text = text.filter { !$0.isNewline }
                guard let placement, !text.allSatisfy(\.isWhitespace) else { continue }
                let width = advance(deltas, count: text.count, size: size)
                let piece = placement.placed(Piece(x: place.x, y: place.y, width: width, size: size, text: text))
                if drawing == nil { page.pieces.append(piece) } else { drawing?.content.pieces.append(piece) }
                guard (drawing?.content ?? page).pieces.count <= most else { throw tooMany }
            default: break
            }
        }
        return page
    }

    /// Everything that stands here, drawings within drawings, too.
    func allPieces(_ known: [String: FixedLayoutContent]) throws(DecodeError) -> [Piece] {
        var steps = 0
        return try allPieces(known, depth: 0, &steps)
    }

    private func allPieces(
        _ known: [String: FixedLayoutContent], depth: Int, _ steps: inout Int
    ) throws(DecodeError) -> [Piece] {
        var all = pieces
        steps += pieces.count
        guard depth < 8 else { return all }
        for (id, placement) in drawings {
            steps += 1
            guard steps <= Self.most else { throw Self.tooMany }
            guard let drawing = known[id] else { continue }
            all += try drawing.allPieces(known, depth: depth + 1, &steps).map(placement.placed)
        }
        return all
    }

    private static var tooMany: DecodeError {
        DecodeError(.documentTooLong, "A page of the document has more than 200,000 pieces of text.")
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
}
