import BulletinModel

/// Ratios whose unit is a word of its own grammar: 三成, 七成六, 一半, 八折, 翻一番, 1个亿.
enum QuantityRatio {
    /// The quantity that the numeral and the word behind it form, with where it ends; nil where there is none.
    static func read(_ scalars: [UInt32], numeral: Numeral, _ lexicon: Lexicon) -> (quantity: Quantity, end: Int)? {
        let end = numeral.range.upperBound
        let index = NumeralReader.skipSpaces(scalars, from: end)
        guard index < scalars.count, numeral.form == .number else { return nil }
        switch scalars[index] {
        case 0x3A, 0xFF1A, 0x2236:  // : ： ∶
            guard index == end, !numeral.isSpelled, index + 1 < scalars.count, scalars[index + 1] == 0x31,
                index + 2 >= scalars.count || !isNumberLike(scalars[index + 2]),
                comparesParts(scalars, before: numeral.range.lowerBound)
            else { return nil }
            return make(numeral, index + 2, numeral.value.text, "", .amount)
        case 0x4E2A: return hundredMillions(scalars, numeral, index, lexicon)  // 个
        case 0x6210: return tenths(scalars, numeral, index, lexicon)  // 成
        case 0x6298:  // 折
            guard let tenths = numeral.value.whole ?? (numeral.hasPoint ? 9 : nil), tenths < 100,
                index + 1 >= scalars.count || !lexicon.scalars(.discountTail).contains(scalars[index + 1])
            else { return nil }
            return make(numeral, index + 1, numeral.value.text, lexicon.unit(.discount), .ratio)
        case 0x534A:  // 半
            guard numeral.value.whole == 1, numeral.isSpelled, index == end,
                index + 1 >= scalars.count || !lexicon.scalars(.halfTail).contains(scalars[index + 1])
            else { return nil }
            return make(numeral, index + 1, "50", "%", .ratio)
        case 0x756A:  // 番
            var before = numeral.range.lowerBound - 1
            if before >= 0, scalars[before] == 0x4E86 || scalars[before] == 0x8FD1 { before -= 1 }  // 了 近
            guard before >= 0, scalars[before] == 0x7FFB else { return nil }
            return make(numeral, index + 1, numeral.value.text, lexicon.unit(.doubling), .multiple)
        default: return nil
        }
    }

    private static func tenths(_ scalars: [UInt32], _ numeral: Numeral, _ index: Int, _ lexicon: Lexicon) -> (
        quantity: Quantity, end: Int
    )? {
        guard !numeral.hasMagnitude || numeral.value.whole == 10,
            let limit = numeral.value.isLess(than: ExactDecimal(11)) ? 11 : nil,
            limit > 0
        else { return nil }
        var end = index + 1
        var value = numeral.value
        if end < scalars.count {
            if lexicon.scalars(.tenthsTail).contains(scalars[end]) { return nil }
            let place = NumeralReader.skipSpaces(scalars, from: end)
            if place < scalars.count, let digit = NumeralScalars.chinese(scalars[place]), digit > 0, numeral.isSpelled,
                place + 1 >= scalars.count || NumeralScalars.magnitude(scalars[place + 1]) == nil,
                let more = value.adding(ExactDecimal(UInt128(digit), exponent: -1)),
                UnitReader.read(scalars, at: place + 1, lexicon) == nil
            {
                value = more
                end = place + 1
            } else if scalars[end] == 0x534A, let more = value.adding(ExactDecimal(5, exponent: -1)) {
                value = more  // 三成半
                end += 1
            }
        }
        let upper = numeral.upper?.scaled(by: 1).text
        var result = make(numeral, end, value.scaled(by: 1).text, "%", .ratio)
        result.quantity.valueTo = upper
        return result
    }

    private static func make(_ numeral: Numeral, _ end: Int, _ value: String, _ unit: String, _ form: Quantity.Form)
        -> (
            quantity: Quantity, end: Int
        )
    {
        (
            Quantity(
                range: numeral.range.lowerBound..<end, numeral: numeral.range, value: value, unit: unit, form: form),
            end
        )
    }

    /// 3个亿, 1.5个亿: money, with 元 left out; not 3个亿元村.
    private static func hundredMillions(
        _ scalars: [UInt32], _ numeral: Numeral, _ index: Int, _ lexicon: Lexicon
    ) -> (quantity: Quantity, end: Int)? {
        guard index + 1 < scalars.count, scalars[index + 1] == 0x4EBF, !numeral.hasMagnitude, !numeral.isSurplus,
            index + 2 >= scalars.count || ![0x5143, 0x7EA7, 0x5428, 0x65A4, 0x4EA9].contains(scalars[index + 2])
        else { return nil }
        return make(numeral, index + 2, numeral.value.scaled(by: 8).text, lexicon.unit(.yuan), .amount)
    }

    private static func isNumberLike(_ scalar: UInt32) -> Bool {
        NumeralScalars.arabic(scalar) != nil || NumeralScalars.isPoint(scalar) || scalar == 0x3A || scalar == 0x2236
    }

    /// Whether 收入比, 比例 and the like stand in front, and it is no score or time of day.
    private static func comparesParts(_ scalars: [UInt32], before index: Int) -> Bool {
        var cursor = index
        while cursor > 0, index - cursor < 24, !Glyph.endsSentence(scalars[cursor - 1]), scalars[cursor - 1] != 0xFF0C {
            cursor -= 1
            guard scalars[cursor] == 0x6BD4, cursor + 1 < scalars.count else { continue }
            // 比赛 and 比分 are scores.
            return scalars[cursor + 1] != 0x8D5B && scalars[cursor + 1] != 0x5206
        }
        return false
    }

}
