/// Text whose characters were set apart by blanks, as pages give that were laid out to a width (全 市 收 入 9 亿 元).
extension Passage {
    /// As many blanks between Chinese characters as make a passage one that was set apart.
    private static let least = 6

    /// The passage without the blanks that only set its characters apart; other passages as they are.
    var closedUp: Passage {
        var inside = 0
        for i in scalars.indices.dropFirst().dropLast() where scalars[i] == 0x20 {
            if Glyph.isHan(scalars[i - 1]), Glyph.isHan(scalars[i + 1]) { inside += 1 }
        }
        guard inside >= Self.least else { return self }
        var (kept, places) = ([UInt32](), [Int]())
        kept.reserveCapacity(scalars.count)
        places.reserveCapacity(scalars.count)
        for i in scalars.indices {
            let isApart =
                scalars[i] == 0x20 && i > 0 && i + 1 < scalars.count
                && (Self.joins(scalars[i - 1]) || Self.joins(scalars[i + 1]))
            if isApart { continue }
            kept.append(scalars[i])
            places.append(origin[i])
        }
        return Passage(scalars: kept, origin: places)
    }

    /// Characters beside which a blank says nothing in such text.
    private static func joins(_ c: UInt32) -> Bool { Glyph.isHan(c) || Glyph.endsClause(c) || c == 0x3001 || c == 0x20 }
}
