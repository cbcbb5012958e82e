/// Reads stated ranges: 5%—5.5%, 8至10个, 3至5万人, 1986～1990年.
struct QuantityRange {
    var lower: Numeral
    var upper: Numeral
    var unit: UnitReader.Found?
    /// A range of years, months or days, or one with no unit, which places and does not measure.
    var isPlaceOrDate: Bool
    /// One past the range.
    var end: Int

    /// The range that a numeral, with the unit it may print itself, opens; nil where none does.
    static func read(_ tokens: Tokens, lower: Numeral, unit: UnitReader.Found?) -> QuantityRange? {
        let (scalars, lexicon) = (tokens.s, tokens.lexicon)
        let index = unit?.end ?? lower.range.upperBound
        guard let next = separator(scalars, at: index), next < scalars.count else { return nil }
        // —1—74.34%: a page number between the words.
        if lower.range.lowerBound > 0, NumeralScalars.isDash(scalars[lower.range.lowerBound - 1]), unit == nil,
            NumeralScalars.isDash(scalars[index])
        {
            return QuantityRange(lower: lower, upper: lower, unit: nil, isPlaceOrDate: true, end: next)
        }
        if lower.range.lowerBound > 0, opensChange(scalars[lower.range.lowerBound - 1]),
            !NumeralScalars.isDash(scalars[index])
        {
            return nil
        }
        guard ScalarRole.of(scalars[next]) == .numeral || NumeralScalars.isDash(scalars[next]),
            let upper = NumeralReader.read(scalars, at: next)
        else { return nil }
        let second = UnitReader.read(tokens, at: upper.range.upperBound)
        let end = second?.end ?? upper.range.upperBound
        let isTime =
            unit.map { $0.unit.family == .time || $0.unit.family == .calendar || $0.unit.family == .age } ?? false
        let isLength =
            second.map { lexicon[.lengthOfTime].contains($0.unit.text) } == true
            && !NumeralScalars.isHan(end < scalars.count ? scalars[end] : 0x3002)
        if second.map({ $0.unit.family == .time || $0.unit.family == .calendar }) == true, unit == nil || isTime,
            !isLength
        {
            return QuantityRange(lower: lower, upper: upper, unit: second, isPlaceOrDate: true, end: end)
        }
        var low = lower
        if lower.form != .fraction || upper.form != .fraction {
            guard let second else {
                // Two bare numbers: a code, a score, years without a unit.
                return unit == nil && !lower.hasMagnitude
                    ? QuantityRange(
                        lower: lower, upper: upper, unit: nil, isPlaceOrDate: true, end: codeEnd(scalars, end)) : nil
            }
            if let unit, unit.unit.text != second.unit.text { return nil }
            if unit == nil, lower.form == .fraction { return nil }
        }
        if unit == nil, upper.magnitude > 0, !lower.hasMagnitude,
            lower.value.isLess(than: upper.value.scaled(by: -upper.magnitude))
        {
            low.value = lower.value.scaled(by: upper.magnitude)
        }
        guard low.isNegative || low.value.isLess(than: upper.value) else {
            return unit == nil && NumeralScalars.isDash(scalars[index])
                ? QuantityRange(lower: low, upper: upper, unit: second, isPlaceOrDate: true, end: end) : nil
        }
        return QuantityRange(lower: low, upper: upper, unit: second, isPlaceOrDate: false, end: end)
    }

    /// 由 and 从 open a movement, not a range.
    private static func opensChange(_ scalar: UInt32) -> Bool { scalar == 0x7531 || scalar == 0x4ECE }

    /// One past the sign or word that joins two ends.
    private static func separator(_ scalars: [UInt32], at index: Int) -> Int? {
        let begin = NumeralReader.skipSpaces(scalars, from: index)
        guard begin < scalars.count else { return nil }
        let sign = scalars[begin]
        var cursor = begin + 1
        if NumeralScalars.isDash(sign) {
            if cursor < scalars.count, scalars[cursor] == sign, sign != 0x2D { cursor += 1 }  // ——
        } else if !NumeralScalars.isTilde(sign), sign != 0x81F3, sign != 0x5230 {
            return nil
        }
        return NumeralReader.skipSpaces(scalars, from: cursor)
    }

    /// Steps over the rest of a dashed code or date (2023-01-24).
    private static func codeEnd(_ scalars: [UInt32], _ index: Int) -> Int {
        var cursor = index
        while cursor < scalars.count,
            NumeralScalars.arabic(scalars[cursor]) != nil || NumeralScalars.isDash(scalars[cursor])
        { cursor += 1 }
        return cursor
    }
}
