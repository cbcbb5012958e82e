/// A message as pieces: text, and places that the program fills.
struct Template: Sendable {
    /// A place.
    struct Place: Sendable, Equatable {
        /// What may stand there.
        enum Kind: String, Sendable {
            /// Anything, verbatim: a name, a path, what was printed.
            case verbatim
            /// Digits.
            case number
            /// A sentence or words of the catalogue, or nothing.
            case text
        }

        /// Its name.
        let name: String
        /// What may stand there.
        let kind: Kind
        /// Words that depend on the number of that name: for 1, and for others.
        let words: (one: String, many: String)?

        /// What stands between the braces.
        init(_ text: Substring) {
            if let mark = text.firstIndex(of: "?") {
                let halves = text[text.index(after: mark)...].split(
                    separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                name = String(text[..<mark])
                kind = .verbatim
                words = (String(halves.first ?? ""), halves.count > 1 ? String(halves[1]) : "")
            } else {
                let halves = text.split(separator: ":", maxSplits: 1)
                name = String(halves.first ?? "")
                kind = halves.count > 1 ? Kind(rawValue: String(halves[1])) ?? .verbatim : .verbatim
                words = nil
            }
        }

        static func == (left: Self, right: Self) -> Bool {
            left.name == right.name && left.kind == right.kind && (left.words == nil) == (right.words == nil)
        }
    }

    /// A piece.
    enum Piece: Sendable {
        case literal(String)
        case place(Place)
    }

    /// Its pieces in order.
    let pieces: [Piece]

    /// Takes a message apart.
    init(_ text: String) {
        var pieces: [Piece] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { pieces.append(.literal(String(rest[..<open]))) }
            pieces.append(.place(Place(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.literal(String(rest))) }
        self.pieces = pieces
    }

    /// The message with its places filled.
    func filled(_ value: (Place) -> String) -> String {
        pieces.map { piece in
            switch piece {
            case .literal(let text): text
            case .place(let place): value(place)
            }
        }.joined()
    }

    /// A message with its places filled by name.
    static func filled(_ text: String, _ value: (String) -> String) -> String {
        Template(text).filled { place in
            guard let words = place.words else { return value(place.name) }
            return value(place.name) == "1" ? words.one : words.many
        }
    }
}
