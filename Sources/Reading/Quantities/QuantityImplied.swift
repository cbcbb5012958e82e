/// Numerals without a printed unit that measure all the same.
enum QuantityImplied {

    /// The implied unit, empty for an index; nil where the numeral is no quantity.
    static func unit(_ scalars: [UInt32], clause: Int, numeral: Numeral, _ lexicon: Lexicon) -> String? {
        if numeral.hasMagnitude {
            return UnitImplied.unit(scalars, clause: clause, numeral: numeral.range, lexicon)
                ?? (numeral.isSpelled || !numeral.hasPoint && numeral.magnitude < 4 ? nil : "")
        }
        guard numeral.hasPoint || numeral.wholeDigits >= 2 else { return nil }
        let end = numeral.range.upperBound
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

    private static func isIndex(_ scalars: [UInt32], _ clause: Int, _ numeral: Numeral, _ lexicon: Lexicon) -> Bool {
        var i = numeral.range.lowerBound
        i -= lexicon[.reaches].ends(scalars, before: i, start: clause)
        return lexicon[.wholeIndex].ends(scalars, before: i, start: clause) > 0
    }
}
