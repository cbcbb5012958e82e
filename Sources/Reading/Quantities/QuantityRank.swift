/// Tells places in an order (居全省第四位, 增幅全市第一) from ordinals in names (第二产业, 第七次普查).
enum QuantityRank {

    /// One past the rank that an ordinal begins; nil where it is none.
    static func end(_ scalars: [UInt32], ordinal: Int, numeral: Range<Int>, clause: Int, _ lexicon: Lexicon) -> Int? {
        let end = numeral.upperBound
        let next = end < scalars.count ? scalars[end] : 0x3002
        switch next {
        case 0x4F4D:  // 位
            return isPutFirst(scalars, before: ordinal, clause: clause, lexicon) ? nil : end + 1
        case 0x540D:  // 名
            return hasContext(scalars, ordinal, clause, lexicon) ? end + 1 : nil
        case 0x5927:  // 大: the rank of a country or a firm, with a noun behind
            return end + 1 < scalars.count && NumeralScalars.isHan(scalars[end + 1]) && !isSummit(scalars, end + 1)
                ? end : nil
        case 0x7684, 0x548C, 0x53CA, 0x6216: break  // 的 和 及 或
        default: if NumeralScalars.isHan(next) || NumeralScalars.isLetter(next) { return nil }
        }
        guard ordinal > clause, NumeralScalars.isHan(scalars[ordinal - 1]),
            hasContext(scalars, ordinal, clause, lexicon),
            lexicon[.rankSlogan].longest(in: scalars, endingAt: ordinal, limit: clause) == nil,
            !isPutFirst(scalars, before: ordinal, clause: clause, lexicon)
        else { return nil }
        return end
    }

    /// 把…放在首位 names what comes first, no place that was reached.
    static func isPutFirst(_ scalars: [UInt32], before index: Int, clause: Int, _ lexicon: Lexicon) -> Bool {
        // 把质量放在各项工作的首位: the thing may be named between.
        Exclusion.contains(lexicon[.putsFirst], scalars, max(clause, index - 4)..<index)
            || index > 0 && scalars[index - 1] == 0x7684
                && Exclusion.contains(lexicon[.placesFirst], scalars, max(clause, index - 12)..<index)
    }

    private static func hasContext(_ scalars: [UInt32], _ index: Int, _ clause: Int, _ lexicon: Lexicon) -> Bool {
        Exclusion.contains(lexicon[.rankContext], scalars, max(clause, index - 10)..<index)
    }

    /// 第十九大, 第二大街 are names.
    private static func isSummit(_ scalars: [UInt32], _ index: Int) -> Bool {
        [0x8857, 0x9053, 0x4F1A, 0x5802, 0x9986].contains(scalars[index])  // 街 道 会 堂 馆
    }
}
