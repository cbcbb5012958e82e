import BulletinModel

/// One expression of time in a passage, with the days that it means.
struct TimeExpression: Equatable {
    /// How far the expression reaches.
    enum Reach: Equatable {
        /// To what follows in the paragraph, until another expression.
        case paragraph
        /// To the end of its sentence (截至…).
        case sentence
    }

    /// Where it stands.
    let range: Range<Int>
    /// The days that it means; nil for a span of years whose end nothing tells (五年来).
    let period: Indicator.Period?
    /// How far it reaches.
    let reach: Reach
    /// Whether it names its year itself.
    let namesYear: Bool
}

/// What years the words 今年, 全年 and 年末 refer to.
struct YearContext: Equatable {
    /// The year of a heading, of the opening line, or the only one printed.
    var printed: Int?
    /// The year of publication.
    var published: Int?
}

/// Reads the expressions of time in a passage. References (比2019年, 较上年同期) are none.
struct TimeReader {
    private let s: [UInt32]
    private let context: YearContext

    init(_ scalars: [UInt32], context: YearContext) {
        s = scalars
        self.context = context
    }

    private func at(_ i: Int) -> UInt32 { i >= 0 && i < s.count ? s[i] : 0 }

    private static let reference = WordSet("比 较 与 同 于 自 超 从 由 跟 和去 对 高于 低于 好于")
    private static let seasons = WordSet("冬 春 夏 秋 入冬 入春 入夏 入秋 初 以来 的冬 的春")

    /// The expressions in `range`, in order.
    func read(in range: Range<Int>) -> [TimeExpression] {
        var found: [TimeExpression] = []
        var i = range.lowerBound
        var anchor = i
        while i < range.upperBound {
            if anchor <= i {
                anchor = i
                while anchor < range.upperBound, !Self.anchors.contains(s[anchor]) { anchor += 1 }
                if anchor == range.upperBound { break }
                if anchor - i > Self.farthest { i = anchor - Self.farthest }
            }
            guard mayBegin(s[i]), !Glyph.isDigit(at(i - 1)), let (expression, end) = expression(at: i) else {
                i += 1
                continue
            }
            if let expression, end <= range.upperBound { found.append(expression) }
            i = max(end, i + 1)
        }
        return found
    }

    /// One of these stands in every expression, at most `farthest` scalars behind its beginning.
    private static let anchors = ScalarSet("年月季五")
    private static let farthest = 20
    private static let beginnings = ScalarSet("0123456789〇零○一壹二贰两三叁四肆五伍六陆七柒八捌九玖今去前上本当全年“十下民未往「明后")

    private func mayBegin(_ c: UInt32) -> Bool { Self.beginnings.contains(c) }

    /// The expression at `i` and where it ends; the expression is nil where it is only a
    /// reference or has no known days.
    private func expression(at i: Int) -> (TimeExpression?, Int)? {
        var j = i
        var year: Int?
        var endYear: Int?
        var namesYear = false
        if let (value, end) = plan(at: i) {
            if [0x672B, 0x5E95].contains(at(end)) {
                // “八五”末: a day. In front of 由 and 比 only what is compared with.
                let last = Self.day(value + 4, 12, 31)
                let day = Indicator.Period(start: last, end: last)
                return (
                    Self.reference.ends(s, before: i) > 0
                        ? nil : TimeExpression(range: i..<(end + 1), period: day, reach: .sentence, namesYear: true),
                    end + 1
                )
            }
            let period = Self.years(value, value + 4)
            let isName =
                Self.reference.ends(s, before: i) > 0
                || !(s[end..<min(s.count, end + 4)].contains(0x671F) || s[end..<min(s.count, end + 4)].contains(0x65F6))
            return (
                isName ? nil : TimeExpression(range: i..<end, period: period, reach: .paragraph, namesYear: true), end
            )
        }
        if let (count, end) = future(at: i) {
            let period = context.published.map {
                Self.years($0, $0 + count - 1)
            }
            return (TimeExpression(range: i..<end, period: period, reach: .paragraph, namesYear: false), end)
        }
        if let (count, end) = span(at: i) {
            // The years before the one in which it is told.
            let last = context.published.map { $0 - 1 } ?? context.printed
            let period = last.map { Self.years($0 - count + 1, $0) }
            return (TimeExpression(range: i..<end, period: period, reach: .paragraph, namesYear: false), end)
        }
        if let (value, end) = calendarYear(at: i) {
            (year, j, namesYear) = (value, end, true)
            // 2019—2023年 has been read as its end; 2019年至2023年 and 2019年—2023年 follow here.
            if [0x2014, 0x81F3, 0x2D, 0x5230, 0x7E].contains(at(j)) {
                var k = j
                while [0x2014, 0x2D, 0x7E].contains(at(k)) || (k == j && [0x81F3, 0x5230].contains(at(k))) { k += 1 }
                if let (second, end) = calendarYear(at: k), second > value { (endYear, j) = (second, end) }
            }
        } else if let (value, end) = yearRange(at: i) {
            (year, endYear, j, namesYear) = (value.0, value.1, end, true)
        } else if let (offset, end) = relativeYear(at: i) {
            j = end
            // 今年的冬春, 去年以来: no whole year.
            if Self.seasons.begins(s, at: end) > 0 { return (nil, end) }
            if let published = context.published {
                year = published + offset
            } else if let printed = context.printed {
                // A review of a year calls it 去年 and 上年; only its own words tell.
                year = offset == -2 ? printed - 2 : printed
            } else {
                return (nil, end)
            }
        }
        // 2010年以来: to the year that the text tells of.
        if let year, namesYear, endYear == nil, WordSet.since.begins(s, at: j) > 0 {
            let last = context.printed.map { max($0, year) } ?? context.published.map { $0 - 1 }
            guard let last, last > year, last - year <= 10 else { return (nil, j) }
            let period = Self.years(year, last)
            return (TimeExpression(range: i..<j, period: period, reach: .sentence, namesYear: false), j)
        }
        let isReference = Self.reference.ends(s, before: i) > 0
        if let year, let endYear {
            let period = Self.years(year, endYear)
            return (
                isReference ? nil : TimeExpression(range: i..<j, period: period, reach: .paragraph, namesYear: true), j
            )
        }
        let resolved = year ?? context.printed ?? context.published
        if let part = part(at: namesYear && at(j) == 0x20 ? j + 1 : j) {
            let end = part.end
            // 全年 and 年末 ask for a printed year; months take the year of publication, too.
            let needsPrinted = year == nil && part.needsPrintedYear
            guard let base = needsPrinted ? context.printed : resolved, !isReference else { return (nil, end) }
            let period = part.period(in: base)
            return (
                TimeExpression(
                    range: i..<end, period: period, reach: part.isPoint ? .sentence : .paragraph, namesYear: year != nil
                ), end
            )
        }
        guard let year else { return nil }
        // 为1985年的4.3倍: what is compared with.
        if WordSet.equals.ends(s, before: i) > 0, isMultiple(behind: j) { return (nil, j) }
        // 2010年以来, 去年同期: no days of their own.
        if isReference || WordSet.references.begins(s, at: j) > 0 { return (nil, j) }
        let period = Self.years(year, year)
        return (TimeExpression(range: i..<j, period: period, reach: .paragraph, namesYear: namesYear), j)
    }

    /// 的4.3倍, 的90%: what a year is only compared by.
    private func isMultiple(behind i: Int) -> Bool {
        guard at(i) == 0x7684 else { return false }
        var j = i + 1
        if [0x8FD1, 0x7EA6, 0x8D85].contains(at(j)) { j += 1 }
        let start = j
        while Glyph.isDigit(at(j)) || Glyph.digit(at(j)) != nil || at(j) == 0x2E || at(j) == 0x591A { j += 1 }
        return j > start && (at(j) == 0x500D || at(j) == 0x25)
    }

    // MARK: Years

    /// 2023年, 二〇二三年, 民国7年 and the place after 年.
    private func calendarYear(at i: Int) -> (Int, Int)? {
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
    private func yearRange(at i: Int) -> ((Int, Int), Int)? {
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
    ].map { (Scalars.of($0.0), $0.1) }

    private static let carried = WordSet("结转 结余 滚存 末结余 终结余")

    private func relativeYear(at i: Int) -> (Int, Int)? {
        for (word, offset) in Self.relatives where at(i) == word[0] && at(i + 1) == word[1] {
            // 去年 and 上年 are told from a printed year only where that year is the present one.
            // 上年结转 names what is carried over.
            guard at(i + 2) != 0x5EA6, Self.carried.begins(s, at: i + 2) == 0 else { return nil }
            return (offset, i + 2)
        }
        return nil
    }

    private static let spanEnds = WordSet("来 间 累计 共 中 以来")
    private static let spanHeads = WordSet("过去 近 这 前 最近 刚刚过去的 过去的 本届政府")

    /// 五年来, 过去五年, 近3年: how many years, and where it ends; 五年规划 and 两年平均 are none.
    private func span(at i: Int) -> (Int, Int)? {
        guard !Glyph.isDigit(at(i - 1)), let (count, end) = number(at: i), (2...20).contains(count),
            at(end) == 0x5E74
        else { return nil }
        let tail = Self.spanEnds.begins(s, at: end + 1)
        let isHeaded = Self.spanHeads.ends(s, before: i) > 0
        guard tail > 0 || isHeaded && Self.notSpans.begins(s, at: end + 1) == 0 else { return nil }
        return (count, end + 1 + (tail == 1 && at(end + 1) != 0x5171 ? tail : 0))
    }

    private static let futures = WordSet("今后 未来 往后")

    /// 今后十年, 未来五年: how many years from the one in which it is told, and where it ends.
    private func future(at i: Int) -> (Int, Int)? {
        let head = Self.futures.begins(s, at: i)
        guard head > 0, let (count, end) = number(at: i + head), (2...20).contains(count), at(end) == 0x5E74 else {
            return nil
        }
        return (count, end + 1)
    }

    private static let notSpans = WordSet("平均 年均 规划 计划 行动 期 制 级 一 前 末 初 底")

    /// “十三五”期间, “七五”: the first year of a five-year plan.
    private func plan(at i: Int) -> (Int, Int)? { FiveYearPlan.read(s, at: i).map { ($0.firstYear, $0.end) } }

    // MARK: Parts of a year

    private struct Part {
        let end: Int
        let from: (month: Int, day: Int)
        let to: (month: Int, day: Int)
        let isPoint: Bool
        let needsPrintedYear: Bool

        func period(in year: Int) -> Indicator.Period {
            let last = min(to.day, TimeReader.days(in: to.month, of: year))
            return Indicator.Period(
                start: TimeReader.day(year, from.month, min(from.day, TimeReader.days(in: from.month, of: year))),
                end: TimeReader.day(year, to.month, last))
        }
    }

    private static let words: [(word: [UInt32], from: (Int, Int), to: (Int, Int), needsPrinted: Bool)] = [
        ("前三季度", (1, 1), (9, 30), false), ("前3季度", (1, 1), (9, 30), false), ("一至三季度", (1, 1), (9, 30), false),
        ("上半年", (1, 1), (6, 30), false), ("下半年", (7, 1), (12, 31), false), ("后半年", (7, 1), (12, 31), false),
        ("前两个季度", (1, 1), (6, 30), false),
        ("一季度", (1, 1), (3, 31), false), ("1季度", (1, 1), (3, 31), false), ("首季", (1, 1), (3, 31), false),
        ("二季度", (4, 1), (6, 30), false), ("2季度", (4, 1), (6, 30), false), ("三季度", (7, 1), (9, 30), false),
        ("3季度", (7, 1), (9, 30), false), ("四季度", (10, 1), (12, 31), false), ("4季度", (10, 1), (12, 31), false),
        ("第一季度", (1, 1), (3, 31), false), ("第二季度", (4, 1), (6, 30), false), ("第三季度", (7, 1), (9, 30), false),
        ("第四季度", (10, 1), (12, 31), false), ("全年", (1, 1), (12, 31), true), ("年末", (12, 31), (12, 31), true),
        ("末", (12, 31), (12, 31), true), ("底", (12, 31), (12, 31), true), ("年底", (12, 31), (12, 31), true),
        ("年终", (12, 31), (12, 31), true), ("初", (1, 1), (1, 1), true), ("年初", (1, 1), (1, 1), true),
    ].map { (Scalars.of($0.0), $0.1, $0.2, $0.3) }

    private func part(at i: Int) -> Part? {
        let follows = i > 0 && at(i - 1) == 0x5E74
        for (word, from, to, needs) in Self.words where at(i) == word[0] {
            if word.count == 1 && !follows { continue }
            guard i + word.count <= s.count, s[i..<(i + word.count)].elementsEqual(word) else { continue }
            let end = i + word.count
            if from == to, word.count == 2, Self.carried.begins(s, at: end) > 0 { return nil }
            // 年初预算, 年初计划: no day but what a plan is called.
            if from.0 == 1 && to.0 == 1 && from.1 == to.1 { return nil }
            return Part(
                end: end, from: from, to: to, isPoint: from == to, needsPrintedYear: needs)
        }
        // 前11个月
        if at(i) == 0x524D, let (count, digits) = number(at: i + 1), (1...12).contains(count),
            case let end = at(digits) == 0x20 ? digits + 1 : digits, at(end) == 0x4E2A, at(end + 1) == 0x6708
        {
            return months(1, count, end: end + 2)
        }
        guard let (first, digits) = number(at: i), (1...12).contains(first) else { return nil }
        // Some set a space between the number and its word: 11 月.
        let end = at(digits) == 0x20 && at(digits + 1) == 0x6708 ? digits + 1 : digits
        // “新十二月市”: a name that holds a month.
        if at(end) == 0x6708, at(i - 1) == 0x65B0 || at(end + 1) == 0x5E02 { return nil }
        if at(end) == 0x6708 {
            var j = end + 1
            if let (day, last) = number(at: j), (1...31).contains(day), at(last) == 0x65E5 || at(last) == 0x53F7 {
                if let (to, end) = lastDay(at: last + 1, from: Day(month: first, day: day)) {
                    return Part(
                        end: end, from: (first, day), to: (to.month, to.day), isPoint: false, needsPrintedYear: false)
                }
                return Part(
                    end: last + 1, from: (first, day), to: (first, day), isPoint: true, needsPrintedYear: false)
            }
            if at(j) == 0x4EFD { j += 1 }
            if at(j) == 0x5E95 || at(j) == 0x672B {
                return Part(
                    end: j + 1, from: (first, 31), to: (first, 31), isPoint: true, needsPrintedYear: false)
            }
            // 1月至8月
            if at(j) == 0x81F3 || at(j) == 0x2014 || at(j) == 0x5230 {
                var k = j
                while [0x81F3, 0x2014, 0x5230].contains(at(k)), k - j < 2 { k += 1 }
                if let (second, last) = number(at: k), second > first, second <= 12, at(last) == 0x6708 {
                    return months(first, second, end: last + 1)
                }
            }
            return months(first, first, end: j)
        }
        // 1—8月, 1至11月
        var k = end
        while [0x2014, 0x2D, 0x7E, 0x81F3, 0x5230, 0x2013, 0xFF5E].contains(at(k)), k - end < 3 { k += 1 }
        if k > end, let (second, digits) = number(at: k), second > first, second <= 12,
            case let last = at(digits) == 0x20 ? digits + 1 : digits, at(last) == 0x6708
        {
            return months(first, second, end: last + (at(last + 1) == 0x4EFD ? 2 : 1))
        }
        return nil
    }

    private struct Day {
        var month: Int
        var day: Int
    }

    /// 至6月30日, —12日 behind the first of a span of days: its last, and where it ends.
    private func lastDay(at i: Int, from first: Day) -> (Day, Int)? {
        var j = i
        while [0x81F3, 0x5230, 0x2014, 0x2D, 0x7E].contains(at(j)), j - i < 2 { j += 1 }
        guard j > i, let (value, end) = number(at: j) else { return nil }
        if at(end) == 0x65E5 {
            return value > first.day && value <= 31 ? (Day(month: first.month, day: value), end + 1) : nil
        }
        guard at(end) == 0x6708, (first.month...12).contains(value), let (day, last) = number(at: end + 1),
            at(last) == 0x65E5, (1...31).contains(day), value > first.month || day > first.day
        else { return nil }
        return (Day(month: value, day: day), last + 1)
    }

    private func months(_ first: Int, _ last: Int, end: Int) -> Part {
        Part(end: end, from: (first, 1), to: (last, 31), isPoint: false, needsPrintedYear: false)
    }

    /// A small number in digits or Chinese (1 to 31) and the place behind it.
    private func number(at i: Int) -> (Int, Int)? {
        if let found = integer(at: i, most: 2) { return found }
        // Reading a numeral costs more than a look at what may begin one.
        let first = at(i)
        guard ScalarRole.of(first) == .numeral || first == 0x25CB || NumeralReader.isSign(first) else { return nil }
        guard let numeral = NumeralReader.read(s, at: i), numeral.isSpelled, let value = numeral.value.whole,
            value <= 31
        else { return nil }
        return (value, numeral.range.upperBound)
    }

    private func integer(at i: Int, most: Int) -> (Int, Int)? {
        var j = i
        var value = 0
        while j - i < most, Glyph.isDigit(at(j)) {
            value = value * 10 + Int(at(j) - 0x30)
            j += 1
        }
        return j > i && !Glyph.isDigit(at(j)) ? (value, j) : nil
    }

    static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    static func day(_ year: Int, _ month: Int, _ day: Int) -> String {
        func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
        guard (1000...9999).contains(year), (0...99).contains(month), (0...99).contains(day) else {
            return "\(year)-\(two(month))-\(two(day))"
        }
        // Nearly every figure has two of them.
        return String(unsafeUninitializedCapacity: 10) { text in
            func put(_ n: Int, at i: Int) {
                text[i] = UInt8(0x30 + n / 10)
                text[i + 1] = UInt8(0x30 + n % 10)
            }
            put(year / 100, at: 0)
            put(year % 100, at: 2)
            put(month, at: 5)
            put(day, at: 8)
            (text[4], text[7]) = (0x2D, 0x2D)
            return 10
        }
    }

    /// From the first day of a year to the last of another.
    static func years(_ first: Int, _ last: Int) -> Indicator.Period {
        Indicator.Period(start: day(first, 1, 1), end: day(last, 12, 31))
    }
}

extension WordSet {
    fileprivate static let since = WordSet("以来")
    fileprivate static let equals = WordSet("为 是 相当于 等于")
    /// Behind a time that is only referred to.
    fileprivate static let references = WordSet("以来 同期 以后 以前 度计划 起")
}
