import BulletinModel
import Reading

/// The words of an article around those that were looked for.
struct Snippet {
    let before: String
    let found: String
    let after: String

    /// The first place where a text stands, blanks, widths and capitals aside; nil where it is only in the headline.
    init?(_ blocks: [Block], of text: String) {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        let found = ([text] + (words.count > 1 ? words : [])).lazy.compactMap { Self(blocks, word: $0) }.first
        guard let found else { return nil }
        self = found
    }

    private init?(_ blocks: [Block], word: String) {
        let wanted = Self.folded(word).map(\.scalar)
        guard !wanted.isEmpty else { return nil }
        for block in blocks {
            for passage in Self.passages(of: block) {
                let words = passage.string
                let folded = Self.folded(words)
                guard folded.count >= wanted.count else { continue }
                guard let place = Self.place(of: wanted, in: folded.map(\.scalar)) else { continue }
                let scalars = Array(words.unicodeScalars)
                let start = folded[place].offset
                let end = folded[place + wanted.count - 1].offset + 1
                let from = max(0, start - 42)
                let to = min(scalars.count, end + 64)
                before = (from > 0 ? "…" : "") + Self.string(scalars[from..<start])
                found = Self.string(scalars[start..<end])
                after = Self.string(scalars[end..<to]) + (to < scalars.count ? "…" : "")
                return
            }
        }
        return nil
    }

    private static func passages(of block: Block) -> [Passage] {
        switch block {
        case .heading(let passage, _), .paragraph(let passage), .item(let passage), .caption(let passage): [passage]
        case .table(let grid): grid.cells.map(\.passage)
        }
    }

    private static func folded(_ text: String) -> [(scalar: UInt32, offset: Int)] {
        var folded: [(scalar: UInt32, offset: Int)] = []
        for (offset, scalar) in text.unicodeScalars.enumerated() {
            var value = scalar.value
            if value <= 0x20 || value == 0xA0 || value == 0x3000 { continue }
            if (0xFF01...0xFF5E).contains(value) { value -= 0xFEE0 }
            if (0x41...0x5A).contains(value) { value += 0x20 }
            folded.append((value, offset))
        }
        return folded
    }

    private static func place(of wanted: [UInt32], in text: [UInt32]) -> Int? {
        guard text.count >= wanted.count else { return nil }
        return (0...(text.count - wanted.count)).first { start in
            text[start] == wanted[0] && text[start..<(start + wanted.count)].elementsEqual(wanted)
        }
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
