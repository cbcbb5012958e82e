/// A stretch of the text that is read as one: a paragraph with its column breaks joined, a
/// heading, a list item, a table cell.
///
/// The scalars are folded for reading (full-width digits, letters, signs and spaces to
/// their half-width forms, line feeds of a joined break and markup left out); `origin`
/// leads each one back to the decoded text, so nothing that is read loses its place.
public struct Passage: Sendable, Equatable {
    /// Folded scalars.
    public let scalars: [UInt32]
    /// For each folded scalar its offset in the decoded text; strictly growing.
    public let origin: [Int]

    /// Pairs scalars with their places; both have the same count.
    public init(scalars: [UInt32], origin: [Int]) {
        precondition(scalars.count == origin.count)
        self.scalars = scalars
        self.origin = origin
    }

    /// The span in the decoded text of a non-empty range of this passage.
    public func span(_ range: Range<Int>) -> Range<Int> {
        origin[range.lowerBound]..<(origin[range.upperBound - 1] + 1)
    }

    /// The most that the passes read as one, so that what looks back along a sentence stays short
    /// whatever a bulletin holds.
    static let longest = 1200

    /// This passage, or where it is too long the pieces that it is read in: cut behind a sentence,
    /// else a clause, else anywhere but inside a number.
    var pieces: [Passage] {
        guard scalars.count > Self.longest else { return [self] }
        var pieces: [Passage] = []
        var start = 0
        while start < scalars.count {
            let end = min(scalars.count, start + Self.longest)
            let cut = end == scalars.count ? end : Self.cut(scalars, start + 1..<end)
            pieces.append(Passage(scalars: Array(scalars[start..<cut]), origin: Array(origin[start..<cut])))
            start = cut
        }
        return pieces
    }

    private static func cut(_ s: [UInt32], _ range: Range<Int>) -> Int {
        for ends in [Glyph.endsSentence, Glyph.endsClause] {
            if let last = s[range].lastIndex(where: ends) { return last + 1 }
        }
        return s[range].lastIndex { !Glyph.isDigit($0) && Glyph.digit($0) == nil } ?? range.upperBound
    }

    /// The folded text.
    public var string: String { Scalars.string(scalars) }
}

/// What an article is made of, in reading order.
public enum Block: Sendable, Equatable {
    /// A headline or inner heading; 1 is the highest level.
    case heading(Passage, level: Int)
    /// Prose.
    case paragraph(Passage)
    /// One item of a list.
    case item(Passage)
    /// A line under or over a picture or table.
    case caption(Passage)
    /// Rows and columns.
    case table(Grid)
}
