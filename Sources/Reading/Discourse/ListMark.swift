/// The mark with which an item of a list begins: 一、 （二） 3. ④ 五是 其六.
struct ListMark: Sendable, Equatable {
    /// How the mark is written; items of one list share it.
    enum Style: Sendable {
        /// 一、
        case outline
        /// （一）
        case bracketed
        /// 1. or 1、
        case digits
        /// (1)
        case bracketedDigits
        /// ①
        case circled
        /// 一是
        case first
        /// 其一
        case ofThem
    }

    /// How it is written.
    var style: Style
    /// Its number, from 1.
    var number: Int
    /// Where it stands, in scalars.
    var range: Range<Int>

    /// The mark at a scalar, with which a sentence or clause begins; nil where none stands there.
    static func read(_ s: [UInt32], at start: Int, end: Int) -> ListMark? {
        var i = start
        while i < end, Glyph.isBlank(s[i]) { i += 1 }
        guard i < end else { return nil }
        let c = s[i]
        if (0x2460...0x2473).contains(c) { return ListMark(style: .circled, number: Int(c) - 0x245F, range: i..<i + 1) }
        if c == 0xFF08 || c == 0x28 {
            guard let number = number(s, from: i + 1, end), number.end < end,
                s[number.end] == 0xFF09 || s[number.end] == 0x29
            else { return nil }
            return ListMark(
                style: number.isSpelled ? .bracketed : .bracketedDigits, number: number.value,
                range: i..<number.end + 1)
        }
        // 其一
        if c == 0x5176, let number = number(s, from: i + 1, end), number.isSpelled, number.value <= 10,
            number.end < end, !Glyph.isHan(s[number.end])
        {
            return ListMark(style: .ofThem, number: number.value, range: i..<number.end)
        }
        guard let number = number(s, from: i, end), number.end < end else { return nil }
        switch s[number.end] {
        case 0x3001:
            return ListMark(
                style: number.isSpelled ? .outline : .digits, number: number.value, range: i..<number.end + 1)
        case 0x2E, 0xFF0E:
            guard !number.isSpelled, number.end + 1 == end || !Glyph.isDigit(s[number.end + 1]) else { return nil }
            return ListMark(style: .digits, number: number.value, range: i..<number.end + 1)
        case 0x662F where number.isSpelled:  // 是
            return ListMark(style: .first, number: number.value, range: i..<number.end + 1)
        default: return nil
        }
    }

    /// A number up to 99 in one writing.
    private static func number(_ s: [UInt32], from start: Int, _ end: Int) -> (
        value: Int, end: Int, isSpelled: Bool
    )? {
        guard start < end else { return nil }
        var i = start
        var value = 0
        if Glyph.isDigit(s[i]) {
            while i < end, Glyph.isDigit(s[i]), i - start < 2 {
                value = value * 10 + Int(s[i]) - 0x30
                i += 1
            }
            return i < end && Glyph.isDigit(s[i]) ? nil : (value, i, false)
        }
        var unit = 0
        var tens = 0
        while i < end, i - start < 3 {
            if s[i] == 0x5341 {
                guard tens == 0 else { return nil }
                tens = max(unit, 1)
                unit = 0
            } else if let digit = Glyph.digit(s[i]), s[i] != 0x4E24 {
                guard unit == 0 else { return nil }
                unit = digit
            } else {
                break
            }
            i += 1
        }
        value = tens * 10 + unit
        return i > start && value > 0 ? (value, i, true) : nil
    }
}
