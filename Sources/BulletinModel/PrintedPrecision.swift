import Foundation

/// How precisely a number is printed.
public enum PrintedPrecision {
    /// How far apart two neighbouring numbers are at the precision that is printed: 10 million for 386.5亿元.
    ///
    /// - Parameters:
    ///   - value: the value that was read, magnitudes multiplied out.
    ///   - quote: the numeral as printed.
    public static func resolution(of value: String, printed quote: String) -> Double {
        let number = abs(Double(value) ?? 0)
        var digits = ""
        var decimals: Int?
        for scalar in quote.unicodeScalars {
            switch scalar.value {
            case 0x30...0x39, 0xFF10...0xFF19:
                digits.append(Character(Unicode.Scalar(UInt8(scalar.value & 0xF) + 0x30)))
                decimals = decimals.map { $0 + 1 }
                continue
            case 0x2E where !digits.isEmpty && decimals == nil, 0xFF0E where !digits.isEmpty && decimals == nil:
                decimals = 0
                digits.append(".")
                continue
            case 0x2C, 0xFF0C, 0x20, 0xA0, 0x202F, 0x2009: if !digits.isEmpty { continue }
            default: break
            }
            if !digits.isEmpty { break }
        }
        if let printed = Double(digits), printed != 0, number != 0 {
            return number / printed * pow(10, -Double(decimals ?? 0))
        }
        return resolution(of: value)
    }

    /// The same of a number whose print is not at hand: that of its last digit that is no zero.
    public static func resolution(of value: String) -> Double {
        if let point = value.firstIndex(of: ".") {
            return pow(10, -Double(value.distance(from: point, to: value.endIndex) - 1))
        }
        let zeros = value.reversed().prefix { $0 == "0" }.count
        return pow(10, Double(zeros == value.count ? 0 : zeros))
    }
}
