/// The unit of a numeral that is set straight against the noun it counts (1400万农业转移人口).
enum UnitImplied {
    /// The longest noun that begins at a place and implies a unit, with that unit.
    private static func noun(_ s: [UInt32], at i: Int, limit: Int? = nil, _ lexicon: Lexicon) -> (
        length: Int, unit: String
    )? {
        var found: (length: Int, unit: String)?
        for (feature, unit) in lexicon.unitRoles.implied {
            let length = lexicon[feature].begins(s, at: i, end: limit)
            if length > found?.length ?? 0 { found = (length, unit.text) }
        }
        return found
    }

    /// The unit told by the noun right behind, else by the subject before; nil where neither tells.
    static func unit(_ scalars: [UInt32], clause: Int, numeral: Range<Int>, _ lexicon: Lexicon) -> String? {
        var cursor = numeral.upperBound
        let limit = min(scalars.count, cursor + 9)
        while cursor < limit, NumeralScalars.isHan(scalars[cursor]) {
            if let match = noun(scalars, at: cursor, lexicon) { return match.unit }
            cursor += 1
        }
        var found: String?
        cursor = max(clause, numeral.lowerBound - 14)
        // 贫困人口由…2亿减少到…5000万: the subject of both stands in front of the first.
        let far = max(clause, numeral.lowerBound - 40)
        if let from = scalars[far..<cursor].firstIndex(where: { $0 == 0x7531 || $0 == 0x4ECE }),
            scalars[from..<numeral.lowerBound].contains(where: { $0 == 0x5230 || $0 == 0x81F3 })
        {
            cursor = far
        }
        while cursor < numeral.lowerBound {
            if let match = noun(scalars, at: cursor, limit: numeral.lowerBound, lexicon) {
                found = match.unit
                cursor += match.length
            } else {
                cursor += 1
            }
        }
        return found
    }
}
