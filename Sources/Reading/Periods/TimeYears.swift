/// Years in a text: of the calendar, told from the present one, counted, and of a plan.
extension TimeReader {
    /// 的4.3倍, 的90%: what a year is only compared by.
    func isMultiple(behind i: Int) -> Bool {
        guard at(i) == 0x7684 else { return false }
        var j = i + 1
        if [0x8FD1, 0x7EA6, 0x8D85].contains(at(j)) { j += 1 }
        let start = j
        while Glyph.isDigit(at(j)) || Glyph.digit(at(j)) != nil || at(j) == 0x2E || at(j) == 0x591A { j += 1 }
        return j > start && (at(j) == 0x500D || at(j) == 0x25)
    }

    /// 2023年, 二〇二三年, 民国7年 and the place after 年.
    func calendarYear(at i: Int) -> (Int, Int)? {
        if at(i) == 0x6C11, at(i + 1) == 0x56FD, let (value, end) = integer(at: i + 2, most: 2), at(end) == 0x5E74 {
            return (1911 + value, end + 1)
        }
        if let (value, end) = integer(at: i, most: 4), end == i + 4, (1840...2100).contains(value) {
            // OCR sets a space in front of 年.
            let year = at(end) == 0x20 ? end + 1 : end
            if at(year) == 0x5E74 { return (value, year + 1) }
        }
        var value = 0
        for k in 0..<4 {
            guard let digit = Glyph.digit(at(i + k)), !Glyph.isDigit(at(i + k)), at(i + k) != 0x4E24 else { return nil }
            value = value * 10 + digit
        }
        return at(i + 4) == 0x5E74 && (1840...2100).contains(value) ? (value, i + 5) : nil
    }

    /// 2019—2023年, 2019至2023年.
    func yearRange(at i: Int) -> ((Int, Int), Int)? {
        guard let (first, end) = integer(at: i, most: 4), end == i + 4, (1840...2100).contains(first) else {
            return nil
        }
        var j = end
        while [0x2014, 0x2D, 0x7E, 0xFF5E, 0x301C, 0x2013, 0x81F3, 0x5230].contains(at(j)), j - end < 3 { j += 1 }
        guard j > end, let (second, last) = calendarYear(at: j), second > first else { return nil }
        return ((first, second), last)
    }

    private static let relatives: [(word: [UInt32], offset: Int)] = [
        ("今年", 0), ("本年", 0), ("明年", 1), ("去年", -1), ("前年", -2), ("上年", -1),
        ("过去的一年", -1), ("过去一年", -1),
    ].map { (Scalars.of($0.0), $0.1) }

    static let carried = WordSet("结转 结余 滚存 末结余 终结余")

    func relativeYear(at i: Int) -> (Int, Int)? {
        for (word, offset) in Self.relatives where at(i) == word[0] && s[i...].starts(with: word) {
            // 去年 and 上年 are told from a printed year only where that year is the present one.
            // 上年结转 names what is carried over.
            let end = i + word.count
            guard at(end) != 0x5EA6, Self.carried.begins(s, at: end) == 0 else { return nil }
            return (offset, end)
        }
        return nil
    }

    private static let spanEnds = WordSet("来 间 累计 共 中 以来 分别 工作回顾 政府工作回顾 的工作回顾")
    private static let averages = WordSet("年均 平均 共平均")
    private static let spanHeads = WordSet("过去 近 这 前 最近 刚刚过去的 过去的 本届政府 本届政府的")

    /// 五年来, 过去五年, 近3年: how many years, and where it ends; 五年规划 and 两年平均 are none.
    func span(at i: Int) -> (Int, Int)? {
        guard !Glyph.isDigit(at(i - 1)), let (count, end) = number(at: i), (2...20).contains(count),
            at(end) == 0x5E74
        else { return nil }
        let tail = Self.spanEnds.begins(s, at: end + 1)
        let isHeaded = Self.spanHeads.ends(s, before: i) > 0 && WordSet.ahead.ends(s, before: i) == 0
        // 五年年均增长9%; 两年平均 is a way to leave out an odd year and no span.
        if count > 2, Self.averages.begins(s, at: end + 1) > 0 { return (count, end + 1) }
        guard tail > 0 || isHeaded && Self.notSpans.begins(s, at: end + 1) == 0 else { return nil }
        return (count, end + 1 + (tail == 1 && at(end + 1) != 0x5171 ? tail : 0))
    }

    private static let futures = WordSet("今后 未来 往后")

    /// 今后十年, 未来五年: how many years from the one in which it is told, and where it ends.
    func future(at i: Int) -> (Int, Int)? {
        let head = Self.futures.begins(s, at: i)
        guard head > 0, let (count, end) = number(at: i + head), (2...20).contains(count), at(end) == 0x5E74 else {
            return nil
        }
        return (count, end + 1)
    }

    private static let notSpans = WordSet("平均 年均 规划 计划 行动 期 制 级 一 前 末 初 底")

    /// “十三五”期间, “七五”: the first year of a five-year plan.
    func plan(at i: Int) -> (Int, Int)? { FiveYearPlan.read(s, at: i).map { ($0.firstYear, $0.end) } }
}

extension WordSet {
    /// In front of how much sooner something was done.
    static let ahead = WordSet("提前 提早")
}
