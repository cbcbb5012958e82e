/// Five-year plans by their names: “七五”, “十三五”, 十四五.
enum FiveYearPlan {
    /// The first year of the plan whose name begins at `i`, and where the name ends; nil where
    /// none does. Plans before the tenth are read in quotation marks only: 八五 alone is a number.
    static func read(_ s: [UInt32], at i: Int) -> (firstYear: Int, end: Int)? {
        func at(_ k: Int) -> UInt32 { k >= 0 && k < s.count ? s[k] : 0 }
        let isQuoted = at(i) == 0x201C || at(i) == 0x300C
        var j = i + (isQuoted ? 1 : 0)
        var number = 0
        if at(j) == 0x5341 {
            number = 10
            j += 1
            if at(j + 1) == 0x4E94, let digit = Glyph.digit(at(j)), !Glyph.isDigit(at(j)) {
                number += digit
                j += 1
            }
        } else if isQuoted, let digit = Glyph.digit(at(j)), (1...9).contains(digit), !Glyph.isDigit(at(j)) {
            number = digit
            j += 1
        }
        guard number > 0, at(j) == 0x4E94 else { return nil }
        j += 1
        if isQuoted {
            guard at(j) == 0x201D || at(j) == 0x300D else { return nil }
            j += 1
        } else if number == 10 {
            return nil  // 十五 alone is a number.
        }
        return (firstYear(number), j)
    }

    /// The first two ran from 1953 and 1958, the third from 1966, and each later one began where
    /// the one before it had ended.
    private static func firstYear(_ number: Int) -> Int {
        switch number {
        case 1: 1953
        case 2: 1958
        default: 1981 + (number - 6) * 5
        }
    }
}
