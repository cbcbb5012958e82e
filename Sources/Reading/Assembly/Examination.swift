import BulletinModel

/// An article's indicators with how each came about, and every figure that became none.
public struct Examination: Sendable {
    /// The indicators, as ``Engine/extract(_:)`` gives them.
    public let indicators: [Indicator]
    /// How each came about; as many as there are indicators, in the same order.
    public let traces: [Trace]
    /// The figures that are no indicators, in reading order.
    public let unresolved: [Unresolved]

    /// How many figures the text shows that measure something, as far as can be told: those that were read, and those
    /// without a unit, in long rows, unreadable, or left out with what stands around a page.
    public var shown: Int { read + unresolved.count { Self.lost.contains($0.reason) } }

    /// How many of them were read; one figure for several subjects counts once.
    public var read: Int { Set(indicators.map { $0.start..<$0.end }).count }

    /// Whether so few of five figures or more were read that a person should look: under 60 %.
    public var isPoor: Bool { shown >= 5 && read * 10 < shown * 6 }

    private static let lost: Set<Unresolved.Reason> = [.noUnit, .series, .unreadable, .navigation]
}

/// How one indicator came about.
public struct Trace: Sendable, Equatable {
    /// The words that were read, folded: a paragraph, or the heads that a table's cell has.
    public let passage: String
    /// Where the figure stands in the passage, in Unicode scalars; nil for a table's cell.
    public let figure: Range<Int>?
    /// What took part.
    public let rules: [Rule]
    /// The names that were proposed, the one that was taken first; empty where only one was thought of.
    public let names: [Naming.Candidate]
    /// What was proposed for kind, status and base where rules had a say, of each field the one that was taken first.
    public let proposals: [Proposal]
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
