/// Reads the times that heads and titles tell, without what their table adds.
struct HeadTimeReader {
    private let s: [UInt32]
    private let words: HeadWords
    /// A head may be a bare year (2018); in a title four digits alone are a number.
    private let allowsBareYear: Bool

    init(_ scalars: [UInt32], _ words: HeadWords, allowsBareYear: Bool) {
        s = scalars
        self.words = words
        self.allowsBareYear = allowsBareYear
    }

    private func at(_ i: Int) -> UInt32 { i >= 0 && i < s.count ? s[i] : 0 }

    /// The time that begins at a place and one past its end; nil where none does.
    func read(at start: Int) -> (time: HeadTime, end: Int)? {
        var time = HeadTime()
        var i = start
        if let (year, last, end) = year(at: i) {
            (time.year, time.lastYear, i) = (year, last, end)
            if at(i - 1) == 0x5E74, at(i) == 0x672B || at(i) == 0x5E95 {  // 年末 年底
                time.part = .yearEnd
                return (time, i + 1)
            }
            if at(i - 1) == 0x5E74, at(i) == 0x521D, last == nil {  // 年初: the end of the year before
                time.year = year - 1
                time.part = .yearEnd
                return (time, i + 1)
            }
            if let (part, end) = part(at: i) {
                (time.part, i) = (part, end)
            } else if let (word, length) = word(at: i), word.year == 0, word.part != nil {
                time.part = word.part
                i += length
            } else if let (word, length) = word(at: i), word.year == -1, word.part == nil, at(i) == 0x540C {
                // 2023年同期: the same days of that year.
                i += length
            }
            return (time, i)
        }
        if let (part, end) = part(at: i) {
            time.part = part
            return (time, end)
        }
        if let (word, length) = word(at: i) {
            time.offset = word.year
            time.part = word.part
            i += length
            if time.part == nil, let (part, end) = part(at: i) { (time.part, i) = (part, end) }
            return (time, i)
        }
        return nil
    }

    private func word(at i: Int) -> (time: (year: Int?, part: HeadTime.Part?), length: Int)? {
        guard let match = words.begins(s, at: i), let word = match.value.first(where: { $0.role == .time }) else {
            return nil
        }
        switch word.value {
        case "0": return ((0, nil), match.length)
        case "-1": return ((-1, nil), match.length)
        case "-2": return ((-2, nil), match.length)
        case "-1end": return ((-1, .yearEnd), match.length)
        case "0end": return ((0, .yearEnd), match.length)
        case "0whole": return ((nil, .whole), match.length)
        case "month": return ((nil, .month), match.length)
        case "todate": return ((nil, .toDate), match.length)
        case "lastmonth": return ((nil, .lastMonth), match.length)
        default: return nil
        }
    }

    // MARK: Years

    private func year(at i: Int) -> (Int, Int?, Int)? {
        if let spelled = spelledYear(at: i) { return (spelled, nil, i + 5) }
        guard let year = digits(i, 4), (1900...2100).contains(year), !Glyph.isDigit(at(i - 1)), at(i - 1) != 0x2E,
            !Glyph.isLetter(at(i - 1))
        else { return nil }
        var j = i + 4
        if Glyph.isDigit(at(j)) { return nil }
        var last: Int?
        var k = at(j) == 0x5E74 ? j + 1 : j
        if isLink(at(k)) {
            while isLink(at(k)) { k += 1 }
            if let second = digits(k, 4), second > year, second <= 2100, !Glyph.isDigit(at(k + 4)) {
                last = second
                j = k + 4
            }
        }
        if at(j) == 0x5E74 {
            j += 1
            // 年度
            if at(j) == 0x5EA6 { j += 1 }
            return (year, last, j)
        }
        if last != nil { return (year, last, j) }
        // 2024.05, 2024-05
        if at(j) == 0x2E || at(j) == 0x2D || at(j) == 0x2F { return digits(j + 1, 2) == nil ? nil : (year, nil, j) }
        guard allowsBareYear else { return nil }
        return j == s.count || Glyph.isHan(at(j)) && j == i + 4 && !isUnitLike(at(j)) ? (year, nil, j) : nil
    }

    /// 万 个: what follows an amount and no year.
    private func isUnitLike(_ c: UInt32) -> Bool { Glyph.magnitude(c) != nil || c == 0x4E2A }

    private func spelledYear(at i: Int) -> Int? {
        guard at(i + 4) == 0x5E74 else { return nil }
        var value = 0
        for k in i..<(i + 4) {
            guard let digit = Glyph.digit(at(k)) else { return nil }
            value = value * 10 + digit
        }
        return (1900...2100).contains(value) ? value : nil
    }

    /// – — ~ 至 到
    private func isLink(_ c: UInt32) -> Bool {
        NumeralScalars.isDash(c) || NumeralScalars.isTilde(c) || c == 0x81F3 || c == 0x5230
    }

    private func digits(_ i: Int, _ count: Int) -> Int? {
        var value = 0
        for k in i..<(i + count) {
            guard Glyph.isDigit(at(k)) else { return nil }
            value = value * 10 + Int(at(k) - 0x30)
        }
        return value
    }

    // MARK: Parts of a year

    private func part(at start: Int) -> (HeadTime.Part, Int)? {
        var i = start
        let behindYear = i > 0 && at(i - 1) == 0x5E74 || i >= 4 && digits(i - 4, 4) != nil
        if behindYear, at(i) == 0x2E || at(i) == 0x2D || at(i) == 0x2F { return dotted(at: i + 1) }
        switch at(i) {
        case 0x4E0A where at(i + 1) == 0x534A && at(i + 2) == 0x5E74: return (.months(1, 6), i + 3)  // 上半年
        case 0x4E0B where at(i + 1) == 0x534A && at(i + 2) == 0x5E74: return (.months(7, 12), i + 3)  // 下半年
        case 0x51 where (0x31...0x34).contains(at(i + 1)):  // Q1
            let last = Int(at(i + 1) - 0x30) * 3
            return (.months(last - 2, last), i + 2)
        case 0x48 where at(i + 1) == 0x31: return (.months(1, 6), i + 2)  // H1
        default: break
        }
        let isFirst = at(i) == 0x524D  // 前
        if isFirst || at(i) == 0x7B2C { i += 1 }  // 第
        guard let (first, end) = number(at: i) else { return nil }
        i = end
        var last = first
        var isRange = false
        if isLink(at(i)) || at(i) == 0x3001 || at(i) == 0x6708 && isLink(at(i + 1)) {
            if at(i) == 0x6708 { i += 1 }
            while isLink(at(i)) || at(i) == 0x3001 { i += 1 }
            guard let (second, end) = number(at: i) else { return nil }
            (last, i, isRange) = (second, end, true)
        }
        if at(i) == 0x4E2A, isFirst { i += 1 }  // 前5个月
        if at(i) == 0x5B63 {  // 季度
            guard (1...4).contains(first), (1...4).contains(last), first <= last else { return nil }
            i += at(i + 1) == 0x5EA6 ? 2 : 1
            let from = isRange ? first : isFirst ? 1 : last
            if at(i) == 0x672B { return (.monthEnd(last * 3), i + 1) }  // 末
            return (.months(from * 3 - 2, last * 3), i)
        }
        guard at(i) == 0x6708, (1...12).contains(first), (1...12).contains(last), first <= last else { return nil }
        i += 1
        if at(i) == 0x4EFD { i += 1 }  // 份
        if at(i) == 0x672B || at(i) == 0x5E95 { return (.monthEnd(last), i + 1) }  // 末 底
        if !isRange, let (day, end) = number(at: i), at(end) == 0x65E5, (1...31).contains(day) {
            return (.day(last, day), end + 1)
        }
        return (.months(isFirst ? 1 : first, last), i)
    }

    /// 05 of 2024.05, and 05.31.
    private func dotted(at start: Int) -> (HeadTime.Part, Int)? {
        guard let (month, end) = number(at: start), (1...12).contains(month) else { return nil }
        if at(end) == 0x2E || at(end) == 0x2D || at(end) == 0x2F, let (day, last) = number(at: end + 1),
            (1...31).contains(day)
        {
            return (.day(month, day), last)
        }
        return (.months(month, month), end)
    }

    private func number(at i: Int) -> (Int, Int)? {
        var j = i
        var value = 0
        while j < i + 2, Glyph.isDigit(at(j)) {
            value = value * 10 + Int(at(j) - 0x30)
            j += 1
        }
        if j > i { return Glyph.isDigit(at(j)) ? nil : (value, j) }
        if at(i) == 0x5341 {  // 十, 十一, 十二
            if let digit = Glyph.digit(at(i + 1)), digit <= 2 { return (10 + digit, i + 2) }
            return (10, i + 1)
        }
        return Glyph.digit(at(i)).map { ($0, i + 1) }
    }
}
