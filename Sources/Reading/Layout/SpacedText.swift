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
        if inside >= Self.least { return without(blanksBetween: { Self.joins($0) || Self.joins($1) }) }
        // 2024 年 1 月: blanks that only give figures air. Several in a row set columns apart.
        let isSet = scalars.indices.dropLast().contains {
            scalars[$0] == 9 || scalars[$0] == 0x20 && scalars[$0 + 1] == 0x20
        }
        return isSet ? self : without(blanksBetween: Self.airs)
    }

    /// The passage without the blanks between two scalars of which this holds.
    private func without(blanksBetween isApart: (UInt32, UInt32) -> Bool) -> Passage {
        func isDropped(_ i: Int) -> Bool {
            scalars[i] == 0x20 && i > 0 && i + 1 < scalars.count && isApart(scalars[i - 1], scalars[i + 1])
        }
        guard let first = scalars.indices.first(where: isDropped) else { return self }
        var (kept, places) = (Array(scalars[..<first]), Array(origin[..<first]))
        kept.reserveCapacity(scalars.count)
        places.reserveCapacity(scalars.count)
        for i in first..<scalars.count where !isDropped(i) {
            kept.append(scalars[i])
            places.append(origin[i])
        }
        return Passage(scalars: kept, origin: places)
    }

    /// An ideograph beside a digit, or beside what closes a number.
    private static func airs(_ before: UInt32, _ behind: UInt32) -> Bool {
        Glyph.isHan(before) && Glyph.isDigit(behind)
            || Glyph.isHan(behind) && (Glyph.isDigit(before) || before == 0x25 || before == 0x2030)
    }

    /// Characters beside which a blank says nothing in such text.
    private static func joins(_ c: UInt32) -> Bool { Glyph.isHan(c) || Glyph.endsClause(c) || c == 0x3001 || c == 0x20 }
}

extension Block {
    /// The block with its words closed up; tables as they are, since blanks may set their columns apart.
    var closedUp: Block {
        switch self {
        case .heading(let passage, let level): .heading(passage.closedUp, level: level)
        case .paragraph(let passage): .paragraph(passage.closedUp)
        case .item(let passage): .item(passage.closedUp)
        case .caption(let passage): .caption(passage.closedUp)
        case .table: self
        }
    }
}
