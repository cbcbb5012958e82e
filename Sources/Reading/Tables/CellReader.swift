import BulletinModel

/// Reads what a table's cell holds: a number as accountants print it, the shares of a structure, nothing, or words.
enum CellReader {
    /// A number in a cell.
    struct Number: Equatable {
        /// The digits, the sign and what is printed with them, in the cell's passage.
        var range: Range<Int>
        var value: ExactDecimal
        var isNegative = false
        /// The upper end of a range.
        var upper: ExactDecimal?
        /// The unit behind it.
        var unit: TableUnit?
        /// It has the sign of a place in an order.
        var isRank = false
        var bound = Indicator.Bound.exact
        /// Whether its digits are grouped, or it has a decimal point: no year and no code looks so.
        var isAmount = false
        /// How many digits it has in front of the point.
        var digits = 0
    }

    /// What a cell holds.
    enum Content: Equatable {
        case empty
        /// A mark in place of a number.
        case missing
        case number(Number)
        /// a:b:c, the parts of a whole.
        case structure([Number])
        case text
    }

    private static let longest = 40

    /// What a cell holds.
    static func read(_ s: [UInt32], _ lexicon: Lexicon) -> Content {
        var range = s.indices
        while let first = range.first, Glyph.isBlank(s[first]) { range = range.dropFirst() }
        while let last = range.last, Glyph.isBlank(s[last]) || HeadReader.isNoteMark(s[last]) {
            range = range.dropLast()
        }
        guard !range.isEmpty else { return .empty }
        guard range.count <= longest else { return .text }
        if s[range].allSatisfy({ isMissing($0) }) { return .missing }
        guard s[range].contains(where: Glyph.isDigit) else { return .text }
        if let number = number(s, range, lexicon) { return .number(number) }
        if let parts = structure(s, range) { return .structure(parts) }
        return .text
    }

    /// - — – … / × and blanks, alone.
    private static func isMissing(_ c: UInt32) -> Bool {
        NumeralScalars.isDash(c) || Glyph.isBlank(c) || [0x2026, 0x2F, 0xD7, 0x2E, 0x22EF, 0x25, 0xB7].contains(c)
    }

    // MARK: Numbers

    private static func number(_ s: [UInt32], _ whole: Range<Int>, _ lexicon: Lexicon) -> Number? {
        var range = whole
        var result = Number(range: whole, value: .zero)
        func drop(_ count: Int = 1) { range = (range.lowerBound + count)..<range.upperBound }
        // Words and signs of a bound in front.
        if let first = range.first {
            switch s[first] {
            case 0x3E, 0x2265, 0xFF1E, 0x2267:
                result.bound = .over
                drop()
            case 0x3C, 0x2264, 0xFF1C, 0x2266:
                result.bound = .under
                drop()
            case 0x7EA6, 0x8FD1:
                result.bound = .about
                drop()
            default: break
            }
        }
        // 第3位
        if let first = range.first, s[first] == 0x7B2C {
            result.isRank = true
            drop()
        }
        var hasBracket = false
        if let first = range.first, s[first] == 0x28 || s[first] == 0xFF08, let last = range.last,
            s[last] == 0x29 || s[last] == 0xFF09
        {
            hasBracket = true
            range = (first + 1)..<last
        }
        let start = result.bound == .exact && !result.isRank ? whole.lowerBound : range.lowerBound
        while let first = range.first {
            if NumeralScalars.isDash(s[first]) || s[first] == 0x2193 || s[first] == 0x25B2 || s[first] == 0x25B3
                || s[first] == 0x25BC || s[first] == 0x8D1F
            {
                result.isNegative = true
            } else if s[first] != 0x2B, s[first] != 0x2191, !Glyph.isBlank(s[first]) {
                break
            }
            drop()
        }
        guard let (value, end, digits, isAmount) = digits(s, range) else { return nil }
        result.value = value
        result.digits = digits
        result.isAmount = isAmount
        if hasBracket { result.isNegative.toggle() }
        var i = end
        let limit = range.upperBound
        // 5—6, 5%—6%
        var j = i
        if j < limit, s[j] == 0x25 { j += 1 }
        if j < limit, NumeralScalars.isDash(s[j]) || NumeralScalars.isTilde(s[j]), !result.isNegative {
            while j < limit, NumeralScalars.isDash(s[j]) || NumeralScalars.isTilde(s[j]) { j += 1 }
            if let (upper, behind, _, _) = self.digits(s, j..<limit), value.isLess(than: upper) {
                result.upper = upper
                i = behind
            }
        }
        while i < limit, Glyph.isBlank(s[i]) { i += 1 }
        var last = i
        if i < limit, s[i] == 0x2193 || s[i] == 0x2191 {
            result.isNegative = s[i] == 0x2193
            i += 1
            last = i
        }
        if i < limit, s[i] == 0x25 || s[i] == 0x2030 {
            result.unit = TableUnit(power: 0, unit: Scalars.string([s[i]]))
            i += 1
            last = i
        } else if i < limit, let (unit, behind) = unit(s, i..<limit, lexicon) {
            result.unit = unit
            i = behind
            last = i
        }
        if let (bound, length) = bound(s, i, limit) {
            result.bound = bound
            i += length
        }
        while i < limit, Glyph.isBlank(s[i]) || HeadReader.isNoteMark(s[i]) { i += 1 }
        guard i == limit else { return nil }
        if hasBracket { last = whole.upperBound }
        if last == i, i < whole.upperBound { last = i }
        result.range = start..<max(last, end)
        return result
    }

    /// 左右 以上 以下 以内 behind a number.
    private static func bound(_ s: [UInt32], _ i: Int, _ limit: Int) -> (Indicator.Bound, Int)? {
        guard i + 1 < limit else { return nil }
        switch (s[i], s[i + 1]) {
        case (0x5DE6, 0x53F3), (0x4E0A, 0x4E0B): return (.about, 2)
        case (0x4EE5, 0x4E0A): return (.over, 2)
        case (0x4EE5, 0x4E0B), (0x4EE5, 0x5185): return (.under, 2)
        default: return nil
        }
    }

    /// Digits with marks of thousands and one point: 1,234.5, 1 234, 12.
    private static func digits(_ s: [UInt32], _ range: Range<Int>) -> (ExactDecimal, Int, Int, Bool)? {
        var coefficient: UInt128 = 0
        var places = 0
        var count = 0
        var whole = 0
        var group = 0
        var isGrouped = false
        var sawPoint = false
        var i = range.lowerBound
        while i < range.upperBound {
            let c = s[i]
            if Glyph.isDigit(c) {
                guard count < 36 else { return nil }
                coefficient = coefficient * 10 + UInt128(c - 0x30)
                count += 1
                group += 1
                if sawPoint { places += 1 } else { whole += 1 }
            } else if !sawPoint, count > 0, isSeparator(c), i + 1 < range.upperBound {
                var j = i + 1
                while j < range.upperBound, Glyph.isBlank(s[j]) || isComma(s[j]) && !isComma(c) { j += 1 }
                var length = 0
                while j + length < range.upperBound, Glyph.isDigit(s[j + length]) { length += 1 }
                // 3 456 and 3,456: groups of three, the first one shorter or as long.
                guard length == 3, isGrouped ? group == 3 : group <= 3 else { break }
                isGrouped = true
                group = 0
                i = j
                continue
            } else if !sawPoint, count > 0, c == 0x2E || c == 0xB7 || c == 0x2022, i + 1 < range.upperBound,
                Glyph.isDigit(s[i + 1])
            {
                if isGrouped, group != 3 { return nil }
                sawPoint = true
            } else {
                break
            }
            i += 1
        }
        guard count > 0, !isGrouped || sawPoint || group == 3 else { return nil }
        return (ExactDecimal(coefficient, exponent: -places), i, whole, isGrouped || sawPoint)
    }

    private static func isComma(_ c: UInt32) -> Bool { c == 0x2C || c == 0xFF0C || c == 0x27 || c == 0x2019 }
    private static func isSeparator(_ c: UInt32) -> Bool { isComma(c) || Glyph.isBlank(c) }

    /// The unit that stands behind a number, up to a bound or the end.
    private static func unit(_ s: [UInt32], _ range: Range<Int>, _ lexicon: Lexicon) -> (TableUnit, Int)? {
        var i = range.lowerBound
        var power = 0
        while i < range.upperBound, let more = Glyph.magnitude(s[i]), !TableUnit.isThousandUnit(s, i) {
            power += more
            i += 1
        }
        guard i < range.upperBound, let found = UnitReader.read(s, at: i, lexicon), found.end <= range.upperBound,
            !found.half
        else {
            return power > 0 && i == range.upperBound ? (TableUnit(power: power, unit: ""), i) : nil
        }
        switch found.unit.family {
        case .calendar, .age, .rating, .none: return nil
        case .time where s[i] == 0x5E74 || s[i] == 0x6708 || s[i] == 0x65E5: return nil
        default: return (TableUnit(power: power, unit: found.unit.text), found.end)
        }
    }

    // MARK: Structures

    /// 5.8:41.6:52.6
    private static func structure(_ s: [UInt32], _ range: Range<Int>) -> [Number]? {
        var parts: [Number] = []
        var i = range.lowerBound
        while true {
            while i < range.upperBound, Glyph.isBlank(s[i]) { i += 1 }
            guard i < range.upperBound, let (value, end, digits, isAmount) = digits(s, i..<range.upperBound) else {
                return nil
            }
            parts.append(
                Number(range: i..<end, value: value, isAmount: isAmount, digits: digits))
            i = end
            while i < range.upperBound, Glyph.isBlank(s[i]) { i += 1 }
            if i == range.upperBound { break }
            guard s[i] == 0x3A || s[i] == 0xFF1A || s[i] == 0x2236 else { return nil }
            i += 1
        }
        return parts.count >= 2 ? parts : nil
    }
}
