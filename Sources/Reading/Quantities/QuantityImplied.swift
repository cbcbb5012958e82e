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
        // 综合指数达到124: right behind its noun and what links them.
        if isIndex(scalars, clause, numeral), end >= scalars.count || Glyph.endsClause(scalars[end]) { return "" }
        return Exclusion.contains(
            indexes, scalars, max(clause, numeral.range.lowerBound - 8)..<numeral.range.lowerBound) && numeral.hasPoint
            ? "" : nil
    }

    private static func isIndex(_ scalars: [UInt32], _ clause: Int, _ numeral: Numeral) -> Bool {
        var i = numeral.range.lowerBound
        i -= WordSet.reaching.ends(scalars, before: i, start: clause)
        return WordSet.indexes.ends(scalars, before: i, start: clause) > 0
    }
}

extension WordSet {
    fileprivate static let reaching = WordSet("达到 达 为 升至 升到 上升到 提高到 降到 降至")
    fileprivate static let indexes = WordSet("综合指数 效益指数 价格指数 景气指数 发展指数 速度指数 效益综合指数 物价指数")
}
