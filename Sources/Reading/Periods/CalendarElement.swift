/// One date without what it goes with: a year, a part of one, a month, a day.
struct CalendarElement {
    var year = CalendarToken.Year.open
    var from = CalendarSense.Day(month: 1, day: 1)
    var to = CalendarSense.Day(month: 12, day: 31)
    var grain = CalendarToken.Grain.year
    /// Only a year that the text prints will do.
    var isPrinted = false
    var hasHours = false
    /// 民国: the years of a span go on being counted so.
    var isRepublic = false
    var members: [CalendarToken.Member] = []
    /// The word of a holiday.
    var festival: String?
    var end: Int
}

extension CalendarReader {
    /// The date at `i`; behind the first of a span its year or month may be left out.
    func element(at i: Int, within first: CalendarElement? = nil) -> CalendarElement? {
        if let dotted = dotted(at: i) { return dotted }
        var year = CalendarToken.Year.open
        var j = i
        if let (value, end) = calendarYear(at: i) {
            (year, j) = (.named(value), end)
        } else if first?.isRepublic == true, let (value, digits) = smallNumber(at: i),
            case let word = table[.year].begins(s, at: digits), word > 0
        {
            return CalendarElement(year: .named(1911 + value), isRepublic: true, end: digits + word)
        } else if case (let length, let sense)? = table.heads.longest(in: s, at: i) {
            if case .relativeYear(let offset) = sense {
                (year, j) = (.relative(offset), i + length)
                // 今年冬春: no whole year.
                if case .season? = table.heads.longest(in: s, at: j)?.value { return nil }
            }
            if case .sameYear = sense { (year, j) = (.same, i + length) }
        }
        let hasYear = j > i
        if let first, !hasYear, first.grain == .day, let day = lastDay(at: i, of: first) { return day }
        if var part = part(at: hasYear ? skipBlank(j) : i, behindYear: hasYear) {
            part.year = year
            for k in part.members.indices { (part.members[k].from.year, part.members[k].to.year) = (year, year) }
            return part
        }
        guard hasYear else { return nil }
        return CalendarElement(year: year, isRepublic: table[.republic].begins(s, at: i) > 0, end: j)
    }

    /// 至23日 behind 7月21日.
    private func lastDay(at i: Int, of first: CalendarElement) -> CalendarElement? {
        guard let (day, end) = smallNumber(at: i), (1...31).contains(day),
            case let word = table[.day].begins(s, at: skipBlank(end)), word > 0
        else { return nil }
        var last = CalendarElement(end: skipBlank(end) + word)
        last.from = CalendarSense.Day(month: first.from.month, day: day)
        last.to = last.from
        last.grain = .day
        return last
    }

    /// A part of a year.
    func part(at i: Int, behindYear: Bool) -> CalendarElement? {
        if behindYear {
            // 2023年末, 2023年初
            let end = table[.end].begins(s, at: i)
            if end == 1 { return point(12, 31, i, i + 1) }
            if end == 0, table[.beginning].begins(s, at: i) == 1 { return point(1, 1, i, i + 1) }
        }
        if let (length, sense) = table.heads.longest(in: s, at: i) {
            switch sense {
            case .part(let from, let to, let isPrinted):
                let end = i + length
                if from == to {
                    // 年初预算 is no day; 年初余额 is.
                    guard var point = point(from.month, from.day, i, end) else { return nil }
                    point.isPrinted = isPrinted && !behindYear
                    return point
                }
                var element = CalendarElement(from: from, to: to, grain: .part, end: end)
                element.isPrinted = isPrinted && !behindYear
                if from.month == 1, to.month == 12 { element.grain = .year }
                // 上半年末
                if table[.end].begins(s, at: end) == 1 { return ending(element, end + 1) }
                return element
            case .festival(let days):
                // 春运工作专班 is a body.
                if table[.notFestival].begins(s, at: i + length) > 0 { return nil }
                var element = CalendarElement(grain: .part, end: i + length)
                element.festival = days.word
                return element
            default: break
            }
        }
        if let found = firstMonths(at: i) { return found }
        let ordinal = table[.ordinal].begins(s, at: i)
        return numbered(at: i + ordinal, isOrdinal: ordinal > 0)
    }

    /// A single day at the beginning or end of a year.
    private func point(_ month: Int, _ day: Int, _ i: Int, _ end: Int) -> CalendarElement? {
        let isEnd = month == 12
        if table[.carried].begins(s, at: end) > 0 {
            // 年终结余 is what the year left; 年末滚存结余 is a stock.
            guard isEnd, s[end - 1] != Self.finish else { return nil }
        } else if !isEnd, month == 1, table[.stock].begins(s, at: end) == 0 {
            return nil
        }
        let day = CalendarSense.Day(month: month, day: day)
        return CalendarElement(from: day, to: day, grain: .day, end: end)
    }

    /// 终, of 年终.
    private static let finish: UInt32 = 0x7EC8

    /// The last day of a part.
    private func ending(_ element: CalendarElement, _ end: Int) -> CalendarElement {
        var element = element
        element.from = CalendarSense.Day(month: element.to.month, day: 31)
        element.to = element.from
        element.grain = .day
        element.end = end
        return element
    }

    private func months(_ first: Int, _ last: Int, _ end: Int) -> CalendarElement {
        CalendarElement(
            from: CalendarSense.Day(month: first, day: 1), to: CalendarSense.Day(month: last, day: 31),
            grain: first == last ? .month : .part, end: end)
    }

    /// 前三季度, 前11个月, 前7月, 前两个季度.
    private func firstMonths(at i: Int) -> CalendarElement? {
        let head = table[.first].begins(s, at: i)
        guard head > 0, let (count, digits) = smallNumber(at: i + head), count >= 1 else { return nil }
        let j = skipBlank(digits)
        let quarter = max(table[.quarters].begins(s, at: j), table[.quarter].begins(s, at: j))
        if quarter > 0 {
            guard count <= 4 else { return nil }
            let element = months(1, 3 * count, j + quarter)
            return table[.end].begins(s, at: element.end) == 1 ? ending(element, element.end + 1) : element
        }
        let month = max(table[.months].begins(s, at: j), table[.month].begins(s, at: j))
        guard month > 0, count <= 12 else { return nil }
        var element = months(1, count, j + month)
        element.grain = .part
        return element
    }

    /// 一季度, 1—3季度, 7月, 1—7月, 7、8月, 7月21日, 23日.
    private func numbered(at i: Int, isOrdinal: Bool) -> CalendarElement? {
        guard let (first, digits) = smallNumber(at: i), first <= 31 else { return nil }
        let j = skipBlank(digits)
        if case let word = table[.quarter].begins(s, at: j), word > 0, (1...4).contains(first) {
            let element = months(3 * first - 2, 3 * first, j + word)
            var quarter = element
            quarter.grain = .part
            return table[.end].begins(s, at: element.end) == 1 ? ending(element, element.end + 1) : quarter
        }
        if isOrdinal { return nil }
        if case let word = table[.month].begins(s, at: j), word > 0 {
            return (1...12).contains(first) ? month(first, i, j + word) : nil
        }
        if case let word = table[.day].begins(s, at: j), word > 0 {
            return bareDay(first, j, j + word)
        }
        return listed(first, at: i, behind: digits)
    }

    /// What stands behind a month.
    private func month(_ month: Int, _ i: Int, _ end: Int) -> CalendarElement? {
        // “新十二月市”: a name that holds a month.
        if at(i - 1) == 0x65B0 || at(end) == 0x5E02 { return nil }
        if let (day, digits) = smallNumber(at: skipBlank(end)), (1...31).contains(day) {
            let j = skipBlank(digits)
            let word = table[.day].begins(s, at: j)
            if word > 0 { return hours(self.day(month, day, j + word)) }
            // 7月21～23日
            if let (last, close) = dashedDay(at: j, after: day) {
                var span = self.day(month, day, close)
                span.to = CalendarSense.Day(month: month, day: last)
                span.grain = .part
                return span
            }
        }
        let point = table[.end].begins(s, at: end)
        if point == 1 { return ending(months(month, month, end), end + 1) }
        if case (let length, .tenDays(let which))? = table.heads.longest(in: s, at: end) {
            var element = months(month, month, end + length)
            element.from.day = 10 * which - 9
            element.to.day = which == 3 ? 31 : 10 * which
            element.grain = .part
            return element
        }
        return months(month, month, end + table[.monthTail].begins(s, at: end))
    }

    private func day(_ month: Int, _ day: Int, _ end: Int) -> CalendarElement {
        let day = CalendarSense.Day(month: month, day: day)
        return CalendarElement(from: day, to: day, grain: .day, end: end)
    }

    private func dashedDay(at i: Int, after day: Int) -> (Int, Int)? {
        let dash = table[.to].begins(s, at: i)
        guard dash > 0, let (last, digits) = smallNumber(at: i + dash), last > day, last <= 31,
            case let word = table[.day].begins(s, at: skipBlank(digits)), word > 0
        else { return nil }
        return (last, skipBlank(digits) + word)
    }

    /// 23日: the month is that of a date before. 3日元, 10日均 and 15日内 are none.
    private func bareDay(_ value: Int, _ mark: Int, _ end: Int) -> CalendarElement? {
        guard (1...31).contains(value), s[mark] == 0x65E5, table[.noDay].begins(s, at: end) == 0 else { return nil }
        return hours(day(0, value, end))
    }

    /// 0—24时, （0—24时）, 10时30分, 凌晨 behind a day.
    private func hours(_ day: CalendarElement) -> CalendarElement {
        var day = day
        var j = skipBlank(day.end)
        j += table[.dayPart].begins(s, at: j)
        let isOpen = at(j) == 0x28 || at(j) == 0xFF08
        if isOpen { j += 1 }
        guard let (first, digits) = smallNumber(at: skipBlank(j)), first <= 24 else { return day }
        var k = digits
        let word = table[.hour].begins(s, at: k)
        k += word
        let dash = table[.to].begins(s, at: k)
        if dash > 0, let (last, end) = smallNumber(at: k + dash), last <= 24, last > first,
            case let hour = table[.hour].begins(s, at: end), hour > 0
        {
            let close = end + hour
            guard !isOpen || at(close) == 0x29 || at(close) == 0xFF09 else { return day }
            day.end = isOpen ? close + 1 : close
            day.hasHours = true
        } else if word > 0, !isOpen {
            if let (_, end) = smallNumber(at: k), case let minute = table[.minute].begins(s, at: end), minute > 0 {
                k = end + minute
            }
            day.end = k
        }
        return day
    }

    /// 1—7月, 1至11月份, 一至三季度, 7、8月, 一、二、三季度 by their first number.
    private func listed(_ first: Int, at i: Int, behind digits: Int) -> CalendarElement? {
        guard (1...12).contains(first) else { return nil }
        var numbers = [first]
        var j = digits
        let dash = table[.to].begins(s, at: skipBlank(j))
        if dash > 0 {
            var k = skipBlank(j) + dash
            if table[.to].begins(s, at: k) == 1, !Glyph.isHan(at(k)) { k += 1 }
            guard let (last, end) = smallNumber(at: skipBlank(k)), last > first else { return nil }
            j = skipBlank(end)
            return spanned(first, last, j)
        }
        while numbers.count < 6 {
            let and = table[.and].begins(s, at: j)
            // 1、2月… at the head of a line is an outline's number.
            guard and > 0, i > 0 || numbers.count > 1, let (next, end) = smallNumber(at: j + and),
                next > numbers[numbers.count - 1]
            else { break }
            numbers.append(next)
            j = end
        }
        guard numbers.count > 1 else { return nil }
        j = skipBlank(j)
        let quarter = max(table[.quarter].begins(s, at: j), table[.quarters].begins(s, at: j))
        let month = quarter > 0 ? 0 : max(table[.month].begins(s, at: j), table[.monthTail].begins(s, at: j))
        guard quarter > 0 || month > 0, let last = numbers.last, last <= (quarter > 0 ? 4 : 12) else { return nil }
        let width = quarter > 0 ? 3 : 1
        var element = months(width * first - width + 1, width * last, j + max(quarter, month))
        element.grain = .part
        element.members = numbers.map { n in
            let (from, to) = (width * n - width + 1, width * n)
            return CalendarToken.Member(
                from: CalendarToken.Moment(year: .open, month: from, day: 1),
                to: CalendarToken.Moment(year: .open, month: to, day: 31))
        }
        return element
    }

    private func spanned(_ first: Int, _ last: Int, _ j: Int) -> CalendarElement? {
        let quarter = table[.quarter].begins(s, at: j)
        if quarter > 0 {
            guard last <= 4 else { return nil }
            var element = months(3 * first - 2, 3 * last, j + quarter)
            element.grain = .part
            return element
        }
        let month = table[.month].begins(s, at: j)
        guard month > 0, last <= 12 else { return nil }
        let element = months(first, last, j + month)
        return table[.end].begins(s, at: element.end) == 1 ? ending(element, element.end + 1) : element
    }
}
