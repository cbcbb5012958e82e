/// An exact decimal: `coefficient * 10^exponent`. Overflow makes nil, never a wrong number.
struct Decimal10: Sendable, Equatable {
    var coefficient: Int128
    var exponent: Int

    init(_ coefficient: Int128, exponent: Int = 0) {
        self.coefficient = coefficient
        self.exponent = exponent
    }

    /// The number times a power of ten.
    func scaled(by power: Int) -> Decimal10 {
        Decimal10(coefficient, exponent: exponent + power)
    }

    /// The sum; nil on overflow.
    static func + (a: Self, b: Self) -> Decimal10? {
        let exponent = min(a.exponent, b.exponent)
        guard let x = a.raised(to: exponent), let y = b.raised(to: exponent) else { return nil }
        let (sum, overflow) = x.addingReportingOverflow(y)
        return overflow ? nil : Decimal10(sum, exponent: exponent)
    }

    /// The quotient with at most two decimals, rounded half up; nil for a zero divisor.
    static func percentage(_ part: Self, of whole: Self) -> Decimal10? {
        let exponent = min(part.exponent, whole.exponent)
        guard let x = part.raised(to: exponent), let y = whole.raised(to: exponent), y > 0, x >= 0 else { return nil }
        let (product, overflow) = x.multipliedReportingOverflow(by: 20_000)
        guard !overflow else { return nil }
        return Decimal10((product / y + 1) / 2, exponent: -2)
    }

    private func raised(to lower: Int) -> Int128? {
        var result = coefficient
        guard exponent - lower <= 38 else { return coefficient == 0 ? 0 : nil }
        for _ in 0..<(exponent - lower) {
            let (product, overflow) = result.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            result = product
        }
        return result
    }

    /// The decimal string: no exponent, no trailing zeros after the point.
    var text: String {
        if coefficient == 0 { return "0" }
        var digits = String(coefficient.magnitude)
        if exponent >= 0 {
            digits += String(repeating: "0", count: exponent)
        } else {
            let places = -exponent
            if digits.count <= places { digits = String(repeating: "0", count: places - digits.count + 1) + digits }
            let point = digits.index(digits.endIndex, offsetBy: -places)
            var fraction = digits[point...]
            while fraction.last == "0" { fraction = fraction.dropLast() }
            digits = String(digits[..<point]) + (fraction.isEmpty ? "" : "." + fraction)
        }
        return coefficient < 0 ? "-" + digits : digits
    }
}
