import BulletinModel

/// Quarters that a clause lists for figures in the same order: 一、二、三季度分别增长5%、6%和7%.
enum QuarterList {
    /// The quarter of the last of these mentions; nil where its clause lists none for it.
    static func quarter(_ s: [UInt32], clause: Int, of mentions: ArraySlice<Mention>) -> Int? {
        guard let start = mentions.last?.quantity.range.lowerBound,
            let each = WordSet.each.last(s, in: max(clause, start - reach)..<start),
            let end = WordSet.quarters.last(s, in: max(clause, each.at - reach)..<each.at)
        else { return nil }
        let quarters = quarters(s, max(clause, each.at - reach)..<(end.at + end.length))
        let place = mentions.suffix(5).count { $0.quantity.range.lowerBound > each.at } - 1
        return quarters.count > 1 && quarters.indices.contains(place) ? quarters[place] : nil
    }

    /// How far a list may reach.
    private static let reach = 40

    /// The quarters of a list that ends here.
    private static func quarters(_ s: [UInt32], _ range: Range<Int>) -> [Int] {
        var quarters: [Int] = []
        var i = range.upperBound
        while i > range.lowerBound {
            i -= WordSet.quarters.ends(s, before: i, start: range.lowerBound)
            guard i > range.lowerBound, let number = NumeralScalars.arabic(s[i - 1]) ?? Glyph.digit(s[i - 1]),
                (1...4).contains(number)
            else { break }
            quarters.append(number)
            i -= 1
            if i > range.lowerBound, s[i - 1] == 0x7B2C { i -= 1 }
            guard i > range.lowerBound, [0x3001, 0x548C, 0x4E0E].contains(s[i - 1]) else { break }
            i -= 1
        }
        return quarters.reversed()
    }

    /// The days of a quarter.
    static func period(_ quarter: Int, of year: Int) -> Indicator.Period {
        let last = 3 * quarter
        return Indicator.Period(
            start: TimeReader.day(year, last - 2, 1),
            end: TimeReader.day(year, last, TimeReader.days(in: last, of: year)))
    }
}

extension WordSet {
    fileprivate static let each = WordSet("分别")
    fileprivate static let quarters = WordSet("季度")
}
