/// Reads a run of Arabic digits with thousands separators and a decimal point, whole or broken by OCR.
struct DigitReader {
    /// More digits than this make a code.
    static let maximumDigits = 30

    private let scalars: [UInt32]
    /// The first scalar not consumed.
    private(set) var position: Int
    /// Digits before the decimal point.
    private(set) var wholeDigits = 0
    /// A decimal point was read.
    private(set) var hasPoint = false
    /// A thousands separator was read.
    private(set) var isGrouped = false

    init(scalars: [UInt32], start: Int) {
        self.scalars = scalars
        position = start
    }

    /// The value; nil for a code (too many digits) or a dotted series (1.2.3, 2023.1.24).
    mutating func read() -> ExactDecimal? {
        var coefficient: UInt128 = 0
        var digits = 0
        var places = 0
        func take(_ digit: Int) {
            if digits < Self.maximumDigits { coefficient = coefficient * 10 + UInt128(digit) }
            digits += 1
        }
        while position < scalars.count, let digit = NumeralScalars.arabic(scalars[position]) {
            take(digit)
            position += 1
        }
        if digits <= 3, coefficient > 0 {
            let spaced = NumeralScalars.endOfSpacedGroups(scalars, from: position)
            while position < spaced {
                for offset in 1...3 { take(NumeralScalars.arabic(scalars[position + offset]) ?? 0) }
                position += 4
                isGrouped = true
            }
            while let group = groupStart() {
                for offset in 0..<3 { take(NumeralScalars.arabic(scalars[group + offset]) ?? 0) }
                position = group + 3
                isGrouped = true
            }
        }
        wholeDigits = digits
        if let fraction = fractionStart() {
            hasPoint = true
            position = fraction
            while position < scalars.count, let digit = NumeralScalars.arabic(scalars[position]) {
                take(digit)
                places += 1
                position += 1
            }
            var dotted = false
            while position + 1 < scalars.count, scalars[position] == 0x2E,
                NumeralScalars.arabic(scalars[position + 1]) != nil
            {
                dotted = true
                position += 2
                while position < scalars.count, NumeralScalars.arabic(scalars[position]) != nil { position += 1 }
            }
            if dotted { return nil }
        }
        return digits <= Self.maximumDigits ? ExactDecimal(coefficient, exponent: -places) : nil
    }

    /// The first of exactly three digits behind a separator: `,026` or, broken, `, 026`.
    private func groupStart() -> Int? {
        guard position < scalars.count, scalars[position] == 0x2C || scalars[position] == 0xFF0C else { return nil }
        var cursor = position + 1
        if cursor < scalars.count, NumeralScalars.isSpace(scalars[cursor]) { cursor += 1 }
        guard cursor + 3 <= scalars.count else { return nil }
        for offset in 0..<3 where NumeralScalars.arabic(scalars[cursor + offset]) == nil { return nil }
        if cursor + 3 < scalars.count, NumeralScalars.arabic(scalars[cursor + 3]) != nil { return nil }
        return cursor
    }

    /// The first digit behind a decimal point; 。 counts between few digits where a percent sign or
    /// magnitude follows, which no sentence end does.
    private func fractionStart() -> Int? {
        guard position + 1 < scalars.count else { return nil }
        let scalar = scalars[position]
        if NumeralScalars.isPoint(scalar) {
            if NumeralScalars.arabic(scalars[position + 1]) != nil { return position + 1 }
            if scalar == 0x2E, NumeralScalars.isSpace(scalars[position + 1]), closesAsFigure(from: position + 2) {
                return position + 2
            }
            return nil
        }
        if scalar == 0x3002, wholeDigits <= 3, closesAsFigure(from: position + 1) { return position + 1 }
        return nil
    }

    /// One or two digits and then %, ‰, 万 or 亿.
    private func closesAsFigure(from index: Int) -> Bool {
        var cursor = index
        while cursor < scalars.count, cursor < index + 3, NumeralScalars.arabic(scalars[cursor]) != nil { cursor += 1 }
        guard cursor > index, cursor - index <= 2, cursor < scalars.count else { return false }
        switch scalars[cursor] {
        case 0x25, 0xFF05, 0x2030, 0x4E07, 0x4EBF: return true  // % ％ ‰ 万 亿
        default: return false
        }
    }
}
