/// Numerals without a printed unit that measure all the same.
enum QuantityImplied {
    private static let indexes = WordTable<Bool>(
        WordTable<Bool>.words("指数 系数 性别比 基尼系数 PMI CPI PPI 弹性系数 综合指数 景气指数", true))

    /// The implied unit, empty for an index; nil where the numeral is no quantity.
    static func unit(_ scalars: [UInt32], clause: Int, numeral: Numeral) -> String? {
        if numeral.hasMagnitude {
            return UnitImplied.unit(scalars, clause: clause, numeral: numeral.range)
                ?? (numeral.isSpelled || !numeral.hasPoint && numeral.magnitude < 4 ? nil : "")
        }
        guard numeral.hasPoint || numeral.wholeDigits >= 2 else { return nil }
        let end = numeral.range.upperBound
        guard end >= scalars.count || !NumeralScalars.isHan(scalars[end]) else { return nil }
        return Exclusion.contains(
            indexes, scalars, max(clause, numeral.range.lowerBound - 8)..<numeral.range.lowerBound) && numeral.hasPoint
            ? "" : nil
    }
}
