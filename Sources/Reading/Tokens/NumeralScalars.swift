/// What single scalars mean inside numerals.
enum NumeralScalars {
    /// The value of an ASCII digit, else nil.
    static func arabic(_ scalar: UInt32) -> Int? {
        scalar >= 0x30 && scalar <= 0x39 ? Int(scalar) - 0x30 : nil
    }

    /// The value of a Chinese digit, plain or financial, simplified or traditional; else nil.
    static func chinese(_ scalar: UInt32) -> Int? {
        switch scalar {
        case 0x3007, 0x96F6, 0x25CB: 0  // 〇 零 ○
        case 0x4E00, 0x58F9: 1  // 一 壹
        case 0x4E8C, 0x4E24, 0x8D30, 0x8CB3, 0x5169: 2  // 二 两 贰 貳 兩
        case 0x4E09, 0x53C1, 0x53C3: 3  // 三 叁 參
        case 0x56DB, 0x8086: 4  // 四 肆
        case 0x4E94, 0x4F0D: 5  // 五 伍
        case 0x516D, 0x9646, 0x9678: 6  // 六 陆 陸
        case 0x4E03, 0x67D2: 7  // 七 柒
        case 0x516B, 0x634C: 8  // 八 捌
        case 0x4E5D, 0x7396: 9  // 九 玖
        default: nil
        }
    }

    /// The power of ten of a magnitude word: 十 百 千 as 1 2 3, 万 亿 兆 as 4 8 12; else nil.
    static func magnitude(_ scalar: UInt32) -> Int? {
        switch scalar {
        case 0x5341, 0x62FE: 1  // 十 拾
        case 0x767E, 0x4F70: 2  // 百 佰
        case 0x5343, 0x4EDF: 3  // 千 仟
        case 0x4E07, 0x842C: 4  // 万 萬
        case 0x4EBF, 0x5104: 8  // 亿 億
        case 0x5146: 12  // 兆
        default: nil
        }
    }

    /// Whether the digit is written in a form that also serves in ordinary words (financial 陆 伍 拾).
    static func isFinancial(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x58F9, 0x8D30, 0x53C1, 0x8086, 0x4F0D, 0x9646, 0x67D2, 0x634C, 0x7396, 0x62FE, 0x4F70, 0x4EDF,
            0x8CB3, 0x53C3, 0x9678:
            true
        default: false
        }
    }

    /// 廿 and 卅 as 2 and 3 tens; nil for anything else.
    static func tens(_ scalar: UInt32) -> Int? {
        switch scalar {
        case 0x5EFF: 2
        case 0x5345: 3
        case 0x534C: 4
        default: nil
        }
    }

    /// The end of groups of three digits with blanks or apostrophes between (1 234 567); `end` where none follow.
    /// Only where a point, a percent sign or a word closes the number, as columns of numbers are set so, too.
    static func endOfSpacedGroups(_ s: [UInt32], from end: Int) -> Int {
        // 0 486.6: no number begins with a nought and goes on in groups.
        var first = end
        while first > 0, arabic(s[first - 1]) != nil { first -= 1 }
        guard first < end, s[first] != 0x30 else { return end }
        var cursor = end
        while cursor + 3 < s.count, isGap(s[cursor]), arabic(s[cursor + 1]) != nil, arabic(s[cursor + 2]) != nil,
            arabic(s[cursor + 3]) != nil, cursor + 4 >= s.count || arabic(s[cursor + 4]) == nil
        {
            cursor += 4
        }
        guard cursor > end, cursor < s.count else { return end }
        let next = s[cursor]
        return isPoint(next) || next == 0x25 || isHan(next) || isLetter(next) ? cursor : end
    }

    private static func isGap(_ scalar: UInt32) -> Bool { isSpace(scalar) || scalar == 0x27 || scalar == 0x2019 }

    /// A decimal point inside a run of digits, as typeset or as OCR gives it: . · • ‧ ・.
    static func isPoint(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x2E, 0xB7, 0x2022, 0x2027, 0x30FB, 0x2219, 0xFF0E: true
        default: false
        }
    }

    /// 余 餘 多 来: roughly that many and some more.
    static func isSurplus(_ scalar: UInt32) -> Bool {
        scalar == 0x4F59 || scalar == 0x9918 || scalar == 0x591A
    }

    /// 几 幾: a digit left open.
    static func isOpenDigit(_ scalar: UInt32) -> Bool { scalar == 0x51E0 || scalar == 0x5E7E }

    /// A dash or hyphen in any of its typeset forms.
    static func isDash(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x2D, 0x2010...0x2015, 0x2212, 0xFF0D, 0x2500, 0xFE63: true
        default: false
        }
    }

    /// ~ or its wide forms.
    static func isTilde(_ scalar: UInt32) -> Bool {
        scalar == 0x7E || scalar == 0xFF5E || scalar == 0x301C || scalar == 0x223C
    }

    /// A space that may stand inside a numeral or before its unit.
    static func isSpace(_ scalar: UInt32) -> Bool {
        scalar == 0x20 || scalar == 0x3000 || scalar == 0xA0 || scalar == 0x2009
    }

    /// An ASCII letter.
    static func isLetter(_ scalar: UInt32) -> Bool {
        (scalar >= 0x41 && scalar <= 0x5A) || (scalar >= 0x61 && scalar <= 0x7A)
    }

    /// A Chinese character, as opposed to punctuation, digits and letters.
    static func isHan(_ scalar: UInt32) -> Bool {
        (scalar >= 0x4E00 && scalar <= 0x9FFF) || (scalar >= 0x3400 && scalar <= 0x4DBF) || scalar == 0x3007
            || (scalar >= 0x20000 && scalar <= 0x3FFFF)
    }
}
