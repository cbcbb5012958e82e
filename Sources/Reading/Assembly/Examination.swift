import BulletinModel

/// An article's indicators with how each came about, and every figure that became none.
public struct Examination: Sendable {
    /// The indicators, as ``Engine/extract(_:)`` gives them.
    public let indicators: [Indicator]
    /// How each came about; as many as there are indicators, in the same order.
    public let traces: [Trace]
    /// The figures that are no indicators, in reading order.
    public let unresolved: [Unresolved]
}

/// How one indicator came about.
public struct Trace: Sendable, Equatable {
    /// The words that were read, folded: a paragraph, or the heads that a table's cell has.
    public let passage: String
    /// Where the figure stands in the passage, in Unicode scalars; nil for a table's cell.
    public let figure: Range<Int>?
    /// What took part.
    public let rules: [Rule]
}

/// Where a figure stood: in prose or in a table.
enum Surroundings {
    case prose(Passage)
    case cell(row: Passage, head: Passage, caption: Passage?)

    /// The words, and the place of a figure among them.
    func words(of figure: Range<Int>) -> (passage: String, figure: Range<Int>?) {
        switch self {
        case .prose(let passage): return (passage.string, figure)
        case .cell(let row, let head, let caption):
            let heads = [caption, row, head].compactMap { $0?.string }.filter { !$0.isEmpty }
            return (heads.joined(separator: " | "), nil)
        }
    }
}
