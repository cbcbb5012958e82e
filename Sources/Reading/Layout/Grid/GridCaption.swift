/// Finds the lines above a table that belong to it: its title, its number, its unit.
enum GridCaption {
    /// The most scalars that a line of a caption has.
    private static let longest = 60
    /// What stands beside the unit and is no longer names a part, not the table.
    private static let shortest = 16
    /// The most lines.
    private static let most = 6

    /// The blocks with each table given the lines right before it that name it.
    ///
    /// Headings stay blocks, too: what they say holds for what else stands under them.
    static func attached(_ blocks: [Block], _ words: HeadWords) -> [Block] {
        guard blocks.contains(where: { if case .table = $0 { true } else { false } }) else { return blocks }
        var all: [Block] = []
        all.reserveCapacity(blocks.count)
        var unit: Passage?
        for block in blocks {
            if case .table(var grid) = block {
                grid.captions = take(from: &all, words)
                // A table that goes on, or one of a row of them, tells its unit once.
                if let own = grid.captions.last(where: { words.unitLabel($0.scalars) != nil }) {
                    unit = own
                } else {
                    grid.unitBefore = unit
                }
                all.append(.table(grid))
            } else {
                all.append(block)
            }
        }
        return all
    }

    private static func take(from blocks: inout [Block], _ words: HeadWords) -> [Passage] {
        var lines: [Passage] = []
        var taken = 0
        var hasTitle = false
        search: for block in blocks.reversed() where lines.count < most {
            let line: Passage
            var isHeading = false
            switch block {
            case .paragraph(let passage), .caption(let passage): line = passage
            case .heading(let passage, _):
                line = passage
                isHeading = true
            default: break search
            }
            guard let kind = kind(line.scalars, words) else { break }
            if kind == .title {
                if hasTitle { break }
                hasTitle = true
            }
            lines.append(line)
            if isHeading { break }
            taken += 1
        }
        blocks.removeLast(taken)
        return lines.reversed()
    }

    enum Kind { case title, number, unit }

    /// What a line says of the table under it; nil for prose.
    static func kind(_ s: [UInt32], _ words: HeadWords) -> Kind? {
        let parts = parts(s, words)
        if parts.count > 1 {
            let kinds = parts.map { kind(Array(s[$0]), words) }
            if kinds.contains(where: { $0 == nil }) { return nil }
            return zip(parts, kinds).contains { $0.count > shortest && $1 == .title } ? .title : .unit
        }
        guard s.count <= longest, let last = s.last, !Glyph.endsSentence(last), last != 0xFF1B, last != 0x3B else {
            return nil
        }
        if words.unitLabel(s) != nil, s.count <= 24 { return .unit }
        if words.isTableNumber(s) || s.allSatisfy({ Glyph.isDigit($0) || Glyph.isBlank($0) }) { return .number }
        if let label = words.lineLabel(s) { return label.isMeasure ? .title : .number }
        if s.contains(where: { $0 == 0x3002 || $0 == 0xFF1B }) { return nil }
        // A line that goes on behind its comma is a sentence.
        if s.contains(0xFF0C), last == 0xFF0C { return nil }
        return .title
    }

    /// The pieces of a line that tells the unit beside other things, set apart: 表二 … 单位：万元. Else all of it.
    static func parts(_ s: [UInt32], _ words: HeadWords) -> [Range<Int>] {
        let pieces = AlignedColumns.cells(s, s.indices)
        guard pieces.count > 1, pieces.count <= 4, s.count <= 300,
            pieces.contains(where: { words.unitLabel(Array(s[$0])) != nil })
        else { return [s.indices] }
        return pieces
    }
}
