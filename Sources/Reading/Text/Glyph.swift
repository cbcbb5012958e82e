/// Classes of scalars that the passes ask for; all on folded scalars.
enum Glyph {
    /// ， and the comma of ASCII, which many texts have in its place.
    @inline(__always)
    static func isComma(_ c: UInt32) -> Bool { c == 0xFF0C || c == 0x2C }

    /// ASCII digits.
    @inline(__always) static func isDigit(_ c: UInt32) -> Bool { c &- 0x30 < 10 }

    /// ASCII letters.
    @inline(__always) static func isLetter(_ c: UInt32) -> Bool { (c | 0x20) &- 0x61 < 26 }

    /// Han ideographs of the basic planes.
    @inline(__always) static func isHan(_ c: UInt32) -> Bool {
        (0x4E00...0x9FFF).contains(c) || (0x3400...0x4DBF).contains(c) || c == 0x3007 || c >= 0x20000
    }

    /// What takes two places on a screen that gives a letter one: ideographs, their marks, full-width forms.
    @inline(__always) static func isWide(_ c: UInt32) -> Bool {
        c >= 0x2E80
            && (c < 0xD800 || (0xF900...0xFAFF).contains(c) || (0xFE30...0xFE6F).contains(c)
                || (0xFF01...0xFF60).contains(c) || (0xFFE0...0xFFE6).contains(c) || c >= 0x20000)
    }

    /// Blanks inside a line: spaces of every width, tab, carriage return, zero-width space, BOM.
    @inline(__always) static func isBlank(_ c: UInt32) -> Bool {
        c == 0x20 || c == 9 || c == 13 || c >= 0xA0 && isWideBlank(c)
    }

    private static func isWideBlank(_ c: UInt32) -> Bool {
        c == 0xA0 || c == 0x3000 || (0x2000...0x200B).contains(c) || c == 0x202F || c == 0x205F || c == 0xFEFF
    }

    /// Where a sentence ends.
    static func endsSentence(_ c: UInt32) -> Bool {
        c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x21 || c == 0x3F || c == 0x0A
    }

    /// Where a clause ends: a sentence's end, a comma, a semicolon, a colon.
    static func endsClause(_ c: UInt32) -> Bool {
        endsSentence(c) || c == 0xFF0C || c == 0x2C || c == 0xFF1B || c == 0x3B || c == 0xFF1A || c == 0x3A
    }

    /// The value of a Chinese digit, 大写 included; nil for anything else.
    static func digit(_ c: UInt32) -> Int? {
        switch c {
        case 0x3007, 0x96F6, 0x25CB: 0  // 〇 零 ○
        case 0x4E00, 0x58F9: 1  // 一 壹
        case 0x4E8C, 0x8D30, 0x4E24: 2  // 二 贰 两
        case 0x4E09, 0x53C1: 3  // 三 叁
        case 0x56DB, 0x8086: 4  // 四 肆
        case 0x4E94, 0x4F0D: 5  // 五 伍
        case 0x516D, 0x9646: 6  // 六 陆
        case 0x4E03, 0x67D2: 7  // 七 柒
        case 0x516B, 0x634C: 8  // 八 捌
        case 0x4E5D, 0x7396: 9  // 九 玖
        default: nil
        }
    }

    /// The power of ten of a magnitude word (十 百 千 万 亿, 大写 included); nil for anything else.
    static func magnitude(_ c: UInt32) -> Int? {
        switch c {
        case 0x5341, 0x62FE: 1  // 十 拾
        case 0x767E, 0x4F70: 2  // 百 佰
        case 0x5343, 0x4EDF: 3  // 千 仟
        case 0x4E07, 0x842C: 4  // 万 萬
        case 0x4EBF, 0x5104: 8  // 亿 億
        default: nil
        }
    }
}
