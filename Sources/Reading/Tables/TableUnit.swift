/// A unit that the words of a table tell for its numbers: in brackets (产量（万吨）), or behind 单位：.
struct TableUnit: Equatable {
    /// The power of ten that numbers are in (4 for 万吨).
    let power: Int
    /// The unit without its magnitude; `%` for percentages.
    let unit: String

    /// The unit that a head, label or caption tells, and the brackets that hold it, where it is in some.
    static func find(in s: [UInt32], _ lexicon: Lexicon) -> (unit: TableUnit, bracket: Range<Int>?)? {
        for open in s.indices where isOpen(s[open]) {
            guard let close = s[open...].firstIndex(where: isClose) else { break }
            let start = behindLabel(s, open + 1, lexicon) ?? open + 1
            if let unit = parse(s[start..<close], lexicon) { return (unit, open..<(close + 1)) }
        }
        for at in s.indices where s[at] == lexicon.heads.first(.unitLabel).first {
            guard let start = behindLabel(s, at, lexicon) else { continue }
            let end = s[start...].firstIndex { isClose($0) || [0x3001, 0xFF0C, 0x2C, 0xFF1B, 0x3B].contains($0) }
            if let unit = parse(s[start..<(end ?? s.count)], lexicon) { return (unit, nil) }
        }
        return nil
    }

    /// What a cell of a column of units says, a unit that nobody knows included; nil for what is none.
    static func cell(_ cell: [UInt32], _ lexicon: Lexicon) -> TableUnit? {
        let s = HeadReader.folded(cell)
        guard !s.isEmpty, s.count <= 10 else { return nil }
        if let known = parse(s[...], lexicon) { return known }
        var i = 0
        var power = 0
        while i < s.count, let more = Glyph.magnitude(s[i]), i + 1 < s.count, !isThousandUnit(s, i) {
            power += more
            i += 1
        }
        // 元/吨 and the like, of two units.
        guard let stroke = s.firstIndex(of: 0x2F), stroke > i, parse(s[i..<stroke], lexicon) != nil else { return nil }
        return TableUnit(power: power, unit: Scalars.string(s[i...]))
    }

    /// The units of a list that is nothing else: 亿元、%.
    static func list(_ s: [UInt32], _ lexicon: Lexicon) -> [TableUnit] {
        var units: [TableUnit] = []
        for piece in s.split(whereSeparator: { [0x3001, 0xFF0C, 0x2C, 0xFF1B, 0x3B].contains($0) }) {
            guard let unit = parse(piece, lexicon) else { return [] }
            units.append(unit)
        }
        return units
    }

    /// The scalars of a unit that is all of a piece of text.
    private static func parse(_ piece: ArraySlice<UInt32>, _ lexicon: Lexicon) -> TableUnit? {
        var (i, end) = (piece.startIndex, piece.endIndex)
        while i < end, piece[i] == 0x20 { i += 1 }
        while end > i, piece[end - 1] == 0x20 { end -= 1 }
        guard i < end else { return nil }
        // 亿元人民币
        let currency = lexicon[.renminbi].ends(
            Array(piece), before: end - piece.startIndex, start: i - piece.startIndex)
        if currency < end - i { end -= currency }
        let s = Array(piece[i..<end])
        if s == [0x25] || s == [0xFF05] { return TableUnit(power: 0, unit: "%") }
        i = 0
        var power = 0
        while let more = Glyph.magnitude(s[i]), i + 1 < s.count, !isThousandUnit(s, i) {
            power += more
            i += 1
        }
        guard let found = UnitReader.read(s, at: i, lexicon), found.end == s.count else { return nil }
        return TableUnit(power: power, unit: Scalars.string(s[i...]))
    }

    /// Whether 千 is part of a unit's own name: 千瓦, 千米, 千克, 千升.
    static func isThousandUnit(_ s: [UInt32], _ i: Int) -> Bool {
        s[i] == 0x5343 && i + 1 < s.count && [0x74E6, 0x7C73, 0x514B, 0x5347].contains(s[i + 1])
    }

    /// One past 单位 and its colon, where they stand here.
    private static func behindLabel(_ s: [UInt32], _ at: Int, _ lexicon: Lexicon) -> Int? {
        let label = lexicon.heads.first(.unitLabel)
        guard at < s.count, !label.isEmpty, s[at...].starts(with: label) else { return nil }
        let colon = at + label.count
        return colon < s.count && [0xFF1A, 0x3A].contains(s[colon]) ? colon + 1 : nil
    }

    private static func isOpen(_ c: UInt32) -> Bool { c == 0xFF08 || c == 0x28 }
    private static func isClose(_ c: UInt32) -> Bool { c == 0xFF09 || c == 0x29 }
}
