/// Reads one numeral at a place: Arabic, spelled out, financial, mixed with magnitude words,
/// fractions, surplus (余 多 几) and neighbouring digits (三四百).
///
/// Reading costs time in proportion to what it consumes, and it consumes at most
/// ``maximumLength`` scalars of spelled or mixed writing.
enum NumeralReader {
    /// Longer writings are codes or noise, not numbers.
    static let maximumLength = 48

    /// The numeral that begins at `index`; nil where none does. A sign is part of it, a unit is not.
    static func read(_ scalars: [UInt32], at index: Int) -> Numeral? {
        scan(scalars, at: index).numeral
    }

    /// Like ``read(_:at:)``, with the place up to which nothing else can begin a numeral.
    static func scan(_ scalars: [UInt32], at index: Int) -> (numeral: Numeral?, end: Int) {
        var start = index
        var negative = false
        if start < scalars.count, isSign(scalars[start]) {
            negative = scalars[start] != 0x2B
            start += 1
        }
        guard start < scalars.count else { return (nil, start) }
        var parser = NumeralParser(scalars: scalars, start: start, upper: false)
        guard parser.parse() else { return (nil, max(parser.position, start + 1)) }
        guard var numeral = parser.numeral() else { return (nil, max(parser.position, start + 1)) }
        if parser.sawNeighbours {
            var second = NumeralParser(scalars: scalars, start: start, upper: true)
            if second.parse(), let other = second.numeral(), numeral.value.isLess(than: other.value) {
                numeral.upper = other.value
            }
        }
        if let whole = fraction(scalars, after: numeral) { numeral = whole }
        if negative { numeral.isNegative.toggle() }
        numeral.range = index..<numeral.range.upperBound
        return (numeral, max(parser.position, numeral.range.upperBound))
    }

    /// A dash, 负, + or ▲, which stands for a fall in budget papers.
    static func isSign(_ c: UInt32) -> Bool {
        c == 0x8D1F || c == 0x8CA0 || c == 0x2B || c == 0x25B2 || NumeralScalars.isDash(c)
    }

    /// Where the numeral at hand is the lower part of a fraction (三分之一, 百分之五) or the upper
    /// part of one set with a stroke (1/4), the whole fraction in per cent; nil where it is none.
    private static func fraction(_ scalars: [UInt32], after numeral: Numeral) -> Numeral? {
        var cursor = skipSpaces(scalars, from: numeral.range.upperBound)
        guard cursor < scalars.count else { return nil }
        if scalars[cursor] == 0x53C8 { return mixed(scalars, whole: numeral, from: cursor + 1) }
        if scalars[cursor] == 0x2F || scalars[cursor] == 0x2044 {
            guard cursor == numeral.range.upperBound, !numeral.isSpelled, !numeral.hasPoint, numeral.wholeDigits <= 3,
                cursor + 1 < scalars.count, NumeralScalars.arabic(scalars[cursor + 1]) != nil
            else { return nil }
            var parser = NumeralParser(scalars: scalars, start: cursor + 1, upper: false)
            guard parser.parse(), let whole = parser.numeral(), whole.wholeDigits <= 3, !whole.hasPoint,
                !whole.hasMagnitude,
                numeral.value.isLess(than: whole.value), !numeral.value.isZero,
                !isStroke(scalars, whole.range.upperBound),
                let share = numeral.value.percentage(of: whole.value)
            else { return nil }
            return Numeral(
                range: numeral.range.lowerBound..<whole.range.upperBound, value: share, form: .fraction,
                isSpelled: false,
                wholeDigits: numeral.wholeDigits)
        }
        // 分之
        guard scalars[cursor] == 0x5206 else { return nil }
        cursor = skipSpaces(scalars, from: cursor + 1)
        guard cursor < scalars.count, scalars[cursor] == 0x4E4B else { return nil }
        cursor = skipSpaces(scalars, from: cursor + 1)
        var negative = false
        if cursor < scalars.count, scalars[cursor] == 0x8D1F || scalars[cursor] == 0x8CA0 {
            negative = true
            cursor += 1
        }
        var lower = NumeralParser(scalars: scalars, start: cursor, upper: false)
        guard cursor < scalars.count, lower.parse(), let part = lower.numeral(),
            let share = part.value.percentage(of: numeral.value)
        else { return nil }
        var upperShare: ExactDecimal?
        if lower.sawNeighbours {
            var second = NumeralParser(scalars: scalars, start: cursor, upper: true)
            if second.parse() { upperShare = second.numeral()?.value.percentage(of: numeral.value) }
        }
        return Numeral(
            range: numeral.range.lowerBound..<part.range.upperBound, value: share, upper: upperShare,
            isNegative: negative,
            isSurplus: part.isSurplus, form: .fraction, isSpelled: true)
    }

    /// 一又二分之一: the whole and the fraction behind 又, in per cent.
    private static func mixed(_ scalars: [UInt32], whole: Numeral, from index: Int) -> Numeral? {
        let start = skipSpaces(scalars, from: index)
        var parser = NumeralParser(scalars: scalars, start: start, upper: false)
        guard start < scalars.count, parser.parse(), let below = parser.numeral(),
            var result = fraction(scalars, after: below), result.form == .fraction,
            let sum = result.value.adding(whole.value.scaled(by: 2))
        else { return nil }
        result.value = sum
        result.range = whole.range.lowerBound..<result.range.upperBound
        return result
    }

    private static func isStroke(_ scalars: [UInt32], _ index: Int) -> Bool {
        index < scalars.count && (scalars[index] == 0x2F || NumeralScalars.isDash(scalars[index]))
    }

    static func skipSpaces(_ scalars: [UInt32], from index: Int) -> Int {
        var cursor = index
        while cursor < scalars.count, cursor < index + 3, NumeralScalars.isSpace(scalars[cursor]) { cursor += 1 }
        return cursor
    }
}
