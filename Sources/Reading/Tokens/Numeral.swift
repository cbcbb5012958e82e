/// One number as written, without its unit.
struct Numeral: Sendable, Equatable {
    /// What the writing says about the kind of number.
    enum Form: Sendable { case number, fraction }

    /// Where it stands in the folded scalars.
    var range: Range<Int>
    /// Its value, or the lower end where the writing itself spans a range (三四百). For a
    /// fraction (百分之五, 三分之一, 1/4) the value in per cent.
    var value: ExactDecimal
    /// The upper end of a range inside the writing; else nil.
    var upper: ExactDecimal?
    /// A minus sign or 负 is printed.
    var isNegative = false
    /// 余, 多 or 几 inside says that it is more.
    var isSurplus = false
    /// Number or fraction.
    var form = Form.number
    /// Begins with Chinese characters rather than digits.
    var isSpelled = false
    /// Begins with 百 千 万 亿 and names no digit (百亿).
    var isBareMagnitude = false
    /// The power of ten of the large magnitude words that close it (3万 → 4), which a range or a list shares.
    var magnitude = 0
    /// Has any magnitude word behind digits (3.5万, 5千), so that it is a quantity even without a unit.
    var hasMagnitude = false
    /// How many digits are printed before the decimal point of an Arabic numeral.
    var wholeDigits = 0
    /// Has a decimal point.
    var hasPoint = false
    /// Digits are set in groups of three.
    var isGrouped = false
}
