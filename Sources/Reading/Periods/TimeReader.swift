import BulletinModel

/// Reads the expressions of time in a passage. References (比2019年, 较上年同期) are none.
struct TimeReader {
    let s: [UInt32]
    private let context: YearContext

    init(_ scalars: [UInt32], context: YearContext) {
        s = scalars
        self.context = context
    }

    func at(_ i: Int) -> UInt32 { i >= 0 && i < s.count ? s[i] : 0 }

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
            if let expression, end <= range.upperBound {
                if found.isEmpty { found.reserveCapacity(4) }
                found.append(expression)
            }
            i = max(end, i + 1)
        }
        return found
    }

    /// One of these stands in every expression, at most `farthest` scalars behind its beginning.
    private static let anchors = ScalarSet("年月季五")
    private static let farthest = 20
    private static let beginnings = ScalarSet("0123456789〇零○一壹二贰两三叁四肆五伍六陆七柒八捌九玖今去前上本当全年“十下民未往「明后过")

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
            let tail = WordSet.planTails.begins(s, at: end)
            let isName =
                WordSet.equals.ends(s, before: i) > 0 && isMultiple(behind: end + tail)
                || Self.reference.ends(s, before: i) > 0
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
        let isReference = Self.refers(s, before: i)
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
        if isReference || WordSet.references.begins(s, at: j) > 0 || isGround(j) { return (nil, j) }
        let period = Self.years(year, year)
        return (TimeExpression(range: i..<j, period: period, reach: .paragraph, namesYear: namesYear), j)
    }

    /// 比2019年, 比历史最高水平的1979年: only compared with; 关于2019年 is not.
    private static func refers(_ s: [UInt32], before i: Int) -> Bool {
        let length = reference.ends(s, before: i)
        if length > 0 { return !(s[i - 1] == 0x4E8E && i > 1 && s[i - 2] == 0x5173) }
        return ComparedYear.isCompared(s, before: i)
    }

    /// 在1992年较快增长的基础上，…: the year only says from where things went on.
    private func isGround(_ i: Int) -> Bool {
        let limit = min(s.count, i + 20)
        guard let end = s[min(i, limit)..<limit].firstIndex(where: Glyph.endsClause) else { return false }
        return WordSet.grounds.ends(s, before: end, start: i) > 0
    }

    /// A small number in digits or Chinese (1 to 31) and the place behind it.
    func number(at i: Int) -> (Int, Int)? {
        if let found = integer(at: i, most: 2) { return found }
        // Reading a numeral costs more than a look at what may begin one.
        let first = at(i)
        guard ScalarRole.of(first) == .numeral || first == 0x25CB || NumeralReader.isSign(first) else { return nil }
        guard let numeral = NumeralReader.read(s, at: i), numeral.isSpelled, let value = numeral.value.whole,
            value <= 31
        else { return nil }
        return (value, numeral.range.upperBound)
    }

    func integer(at i: Int, most: Int) -> (Int, Int)? {
        var j = i
        var value = 0
        while j - i < most, Glyph.isDigit(at(j)) {
            value = value * 10 + Int(at(j) - 0x30)
            j += 1
        }
        return j > i && !Glyph.isDigit(at(j)) ? (value, j) : nil
    }
}

extension WordSet {
    fileprivate static let planTails = WordSet("期间 时期")
    fileprivate static let grounds = WordSet("的基础上 基础上")
    fileprivate static let since = WordSet("以来")
    fileprivate static let equals = WordSet("为 是 相当于 等于")
    /// Behind a time that is only referred to.
    fileprivate static let references = WordSet("以来 同期 以后 以前 度计划 起")
}
