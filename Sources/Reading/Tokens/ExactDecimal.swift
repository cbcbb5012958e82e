/// A non-negative decimal number held exactly: a whole coefficient times a power of ten.
///
/// Values in bulletins are written, never computed with binary fractions, so that `430.4亿` is
/// `43040000000` to the last digit. Operations return nil instead of losing a digit.
struct ExactDecimal: Sendable, Equatable {
    /// All digits as one whole number.
    private(set) var coefficient: UInt128
    /// The power of ten that the coefficient is multiplied by.
    private(set) var exponent: Int

    static let zero = ExactDecimal(0)

    /// A number in lowest form: no trailing zeros in the coefficient, exponent 0 for zero.
    init(_ coefficient: UInt128, exponent: Int = 0) {
        var rest = coefficient
        var power = exponent
        if rest == 0 {
            power = 0
        } else if rest <= UInt128(UInt64.max) {
            var small = UInt64(truncatingIfNeeded: rest)
            while small % 10 == 0 {
                small /= 10
                power += 1
            }
            rest = UInt128(small)
        } else {
            while rest % 10 == 0 {
                rest /= 10
                power += 1
            }
        }
        self.coefficient = rest
        self.exponent = power
    }

    var isZero: Bool { coefficient == 0 }

    /// Whether there is no digit behind the decimal point.
    var isWhole: Bool { exponent >= 0 }

    /// Whether the number is 1, 10, 100 and so on.
    var isPowerOfTen: Bool { coefficient == 1 && exponent >= 0 }

    /// The number as `Int` where it is whole and small enough.
    var whole: Int? {
        guard exponent >= 0, exponent < 18, coefficient < 1_000_000_000_000_000_000 else { return nil }
        var result = Int(coefficient)
        for _ in 0..<exponent {
            let (product, overflow) = result.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            result = product
        }
        return result
    }

    /// The number times ten to the power given.
    func scaled(by power: Int) -> ExactDecimal {
        isZero ? self : ExactDecimal(coefficient, exponent: exponent + power)
    }

    /// The sum; nil where it does not fit.
    func adding(_ other: ExactDecimal) -> ExactDecimal? {
        if isZero { return other }
        if other.isZero { return self }
        let lowest = min(exponent, other.exponent)
        guard let left = Self.raised(coefficient, by: exponent - lowest),
            let right = Self.raised(other.coefficient, by: other.exponent - lowest)
        else { return nil }
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? nil : ExactDecimal(sum, exponent: lowest)
    }

    /// This number as a percentage of `whole`, rounded half up to two decimals, exact where
    /// `whole` is a power of ten; nil for nothing or where it does not fit.
    func percentage(of whole: ExactDecimal) -> ExactDecimal? {
        if whole.isZero { return nil }
        if whole.coefficient == 1 { return scaled(by: 2 - whole.exponent) }
        let lowest = min(exponent, whole.exponent)
        guard let part = Self.raised(coefficient, by: exponent - lowest + 5),
            let total = Self.raised(whole.coefficient, by: whole.exponent - lowest)
        else { return nil }
        return ExactDecimal((part / total + 5) / 10, exponent: -2)
    }

    /// Ascending order; numbers too far apart to compare digit by digit are ordered by magnitude.
    func isLess(than other: ExactDecimal) -> Bool {
        let lowest = min(exponent, other.exponent)
        guard let left = Self.raised(coefficient, by: exponent - lowest) else { return false }
        guard let right = Self.raised(other.coefficient, by: other.exponent - lowest) else { return true }
        return left < right
    }

    /// Plain decimal notation without exponent or trailing zeros.
    var text: String {
        if exponent > -9, exponent < 16, coefficient < 1_000_000_000_000_000 { return shortText }
        let digits = String(coefficient)
        if exponent >= 0 { return isZero ? "0" : digits + String(repeating: "0", count: exponent) }
        let places = -exponent
        if digits.utf8.count > places {
            let cut = digits.index(digits.endIndex, offsetBy: -places)
            return digits[..<cut] + "." + digits[cut...]
        }
        return "0." + String(repeating: "0", count: places - digits.utf8.count) + digits
    }

    /// The same for most numbers, which have few digits.
    private var shortText: String {
        var rest = UInt64(truncatingIfNeeded: coefficient)
        var digits = 1
        var power: UInt64 = 10
        while power <= rest {
            power *= 10
            digits += 1
        }
        let places = max(0, -exponent)
        let zeros = max(0, exponent)
        let end = places > 0 ? max(digits, places + 1) + 1 : digits + zeros
        return String(unsafeUninitializedCapacity: end) { text in
            for i in (0..<end).reversed() {
                if i >= end - zeros {
                    text[i] = 0x30
                } else if places > 0, i == end - 1 - places {
                    text[i] = 0x2E
                } else {
                    text[i] = UInt8(0x30 + rest % 10)
                    rest /= 10
                }
            }
            return end
        }
    }

    private static func raised(_ value: UInt128, by power: Int) -> UInt128? {
        guard power <= 38 else { return nil }
        var result = value
        for _ in 0..<power {
            let (product, overflow) = result.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            result = product
        }
        return result
    }
}
