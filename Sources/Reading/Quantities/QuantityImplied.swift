/// Numerals without a printed unit that measure all the same.
enum QuantityImplied {

    /// The implied unit, empty for an index; nil where the numeral is no quantity.
    static func unit(_ scalars: [UInt32], clause: Int, numeral: Numeral, _ lexicon: Lexicon) -> String? {
        // 十, 四百 are parts of words as often as amounts.
        if numeral.isSpelled, numeral.value.isLess(than: ExactDecimal(1000)) { return nil }
        if numeral.hasMagnitude {
            return UnitImplied.unit(scalars, clause: clause, numeral: numeral.range, lexicon)
                ?? (numeral.isSpelled || !numeral.hasPoint && numeral.magnitude < 4 ? nil : "")
        }
        guard numeral.hasPoint || numeral.wholeDigits >= 2 else { return nil }
        let end = numeral.range.upperBound
        if comparesDimensionless(scalars, clause, numeral, lexicon) { return "" }
        guard end >= scalars.count || !NumeralScalars.isHan(scalars[end]) else { return nil }
        // 综合指数达到124: right behind its noun and what links them.
        if isIndex(scalars, clause, numeral, lexicon), end >= scalars.count || Glyph.endsClause(scalars[end]) {
            return ""
        }
        return Exclusion.contains(
            lexicon[.indexNoun], scalars, max(clause, numeral.range.lowerBound - 8)..<numeral.range.lowerBound)
            && numeral.hasPoint
            ? "" : nil
    }

    /// 收入比由2.61缩小至2.54, 满意度从84.7提升至89.6: a number without a unit behind a noun that measures without
    /// one, and behind it the end of the clause or a verb of change.
    private static func comparesDimensionless(
        _ scalars: [UInt32], _ clause: Int, _ numeral: Numeral, _ lexicon: Lexicon
    ) -> Bool {
        let (start, end) = (numeral.range.lowerBound, numeral.range.upperBound)
        guard numeral.hasPoint || numeral.wholeDigits > 1, !numeral.isSpelled,
            end >= scalars.count || Glyph.endsClause(scalars[end]) || scalars[end] == 0x3001
                || lexicon[.movesTo].begins(scalars, at: end) > 0,
            let noun = lexicon[.dimensionless].last(scalars, in: max(clause, start - 24)..<start)
        else { return false }
        // Right behind the noun, or behind a verb that links or moves it.
        let between = scalars[(noun.at + noun.length)..<start]
        if between.isEmpty || lexicon[.reaches].ends(scalars, before: start, start: noun.at + noun.length) > 0 {
            return true
        }
        return lexicon[.movesTo].ends(scalars, before: start, start: noun.at + noun.length) > 0
            || between.first == 0x4ECE || between.first == 0x7531
    }

    private static func isIndex(_ scalars: [UInt32], _ clause: Int, _ numeral: Numeral, _ lexicon: Lexicon) -> Bool {
        var i = numeral.range.lowerBound
        i -= lexicon[.reaches].ends(scalars, before: i, start: clause)
        return lexicon[.wholeIndex].ends(scalars, before: i, start: clause) > 0
    }
}
