/// Numbers inside expressions of time, and dates in digits.
extension CalendarReader {
    /// 0 to 99 in digits, 〇 to 三十一 in words, and the place behind it.
    func smallNumber(at i: Int) -> (Int, Int)? {
        if Glyph.isDigit(at(i)) {
            var j = i
            var value = 0
            while j - i < 2, Glyph.isDigit(at(j)) {
                value = value * 10 + Int(at(j) - 0x30)
                j += 1
            }
            return Glyph.isDigit(at(j)) ? nil : (value, j)
        }
        var j = i
        var tens = 0
        if at(j) == 0x5EFF || at(j) == 0x5345 {  // 廿 卅
            tens = at(j) == 0x5EFF ? 20 : 30
            j += 1
        } else if at(j) == 0x5341 {  // 十
            tens = 10
            j += 1
        } else if let digit = Glyph.digit(at(j)) {
            if at(j + 1) != 0x5341 {
                return Glyph.digit(at(j + 1)) != nil || Glyph.magnitude(at(j + 1)) != nil ? nil : (digit, j + 1)
            }
            tens = 10 * digit
            j += 2
        } else {
            return nil
        }
        if let digit = Glyph.digit(at(j)), digit > 0 { return (tens + digit, j + 1) }
        return Glyph.magnitude(at(j)) == nil ? (tens, j) : nil
    }

    /// Four digits of a year, Arabic or Chinese, and the place behind them.
    func yearDigits(at i: Int) -> (Int, Int)? {
        var value = 0
        let isArabic = Glyph.isDigit(at(i))
        for k in 0..<4 {
            guard Glyph.isDigit(at(i + k)) == isArabic,
                let digit = NumeralScalars.arabic(at(i + k)) ?? Glyph.digit(at(i + k)),
                at(i + k) != 0x4E24
            else { return nil }
            value = value * 10 + digit
        }
        guard (1840...2100).contains(value), !(isArabic && Glyph.isDigit(at(i + 4))) else { return nil }
        return (value, i + 4)
    }

    /// 2023年, 二〇二三年度, 民国7年 and the place behind it.
    func calendarYear(at i: Int) -> (Int, Int)? {
        let republic = table[.republic].begins(s, at: i)
        if republic > 0, let (value, end) = smallNumber(at: i + republic),
            case let word = table[.year].begins(s, at: end), word > 0
        {
            return (1911 + value, end + word)
        }
        guard let (value, end) = yearDigits(at: i) else { return nil }
        let j = skipBlank(end)
        let word = table[.year].begins(s, at: j)
        if word > 0 { return (value, j + word) }
        // 2019—2023年: the first of a span needs no 年.
        let dash = table[.to].begins(s, at: j)
        if dash > 0 {
            var k = j + dash
            if table[.to].begins(s, at: k) == 1, !Glyph.isHan(at(k)) { k += 1 }
            if let (last, close) = yearDigits(at: skipBlank(k)), last > value,
                table[.year].begins(s, at: skipBlank(close)) > 0
            {
                return (value, end)
            }
        }
        // 2018、2019年
        let and = table[.and].begins(s, at: end)
        if and > 0, let (last, close) = yearDigits(at: end + and), last > value, last - value < 10 {
            return table[.year].begins(s, at: skipBlank(close)) > 0 || table[.and].begins(s, at: close) > 0
                ? (value, end) : nil
        }
        return nil
    }

    /// 2011-03-16, 2011.3.16, 2011/3/16; 6.11 in （6.11—6.17）.
    func dotted(at i: Int) -> CalendarElement? {
        guard Glyph.isDigit(at(i)) else { return nil }
        if let (year, end) = yearDigits(at: i), [0x2D, 0x2F, 0x2E].contains(at(end)),
            let (month, next) = smallNumber(at: end + 1),
            (1...12).contains(month), at(next) == at(end), let (day, last) = smallNumber(at: next + 1),
            (1...31).contains(day)
        {
            let day = CalendarSense.Day(month: month, day: day)
            return CalendarElement(year: .named(year), from: day, to: day, grain: .day, end: last)
        }
        // Only where brackets hold nothing else.
        guard at(i - 1) == 0x28 || at(i - 1) == 0xFF08, let (a, end) = monthAndDay(at: i),
            case let dash = table[.to].begins(s, at: end), dash > 0, let (b, close) = monthAndDay(at: end + dash),
            a < b, at(close) == 0x29 || at(close) == 0xFF09
        else { return nil }
        return CalendarElement(from: a, to: b, grain: .part, end: close)
    }

    private func monthAndDay(at i: Int) -> (CalendarSense.Day, Int)? {
        guard let (month, end) = smallNumber(at: i), (1...12).contains(month), at(end) == 0x2E,
            let (day, last) = smallNumber(at: end + 1), (1...31).contains(day)
        else { return nil }
        return (CalendarSense.Day(month: month, day: day), last)
    }
}
