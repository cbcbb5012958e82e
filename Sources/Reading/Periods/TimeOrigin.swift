import BulletinModel

/// The A of 由A增加到B, which is of an earlier time than its B, and the B of a pair.
extension TimeReading {
    /// Whether a figure is the A of 由A增加到B.
    static func isOrigin(_ s: [UInt32], _ range: Range<Int>, clause: Int, _ calendar: CalendarTable) -> Bool {
        guard let from = calendar[.from].last(s, in: max(clause, range.lowerBound - 40)..<range.lowerBound) else {
            return false
        }
        // 从A增加到B、另一项达到C: what stands behind 到 is no origin.
        if calendar[.arrival].first(s, in: from.at..<range.lowerBound) != nil { return false }
        var i = range.upperBound
        while i < s.count, i - range.upperBound < 24 {
            // 从A，提高到B
            if Glyph.endsClause(s[i]), !Glyph.isComma(s[i]) || calendar[.moved].begins(s, at: i + 1) == 0 { break }
            if s[i] == 0x5230 || s[i] == 0x81F3 { return true }
            if calendar[.becoming].begins(s, at: i) > 0,
                calendar[.moved].ends(s, before: i, start: range.upperBound) > 0
            {
                return true
            }
            i += 1
        }
        return false
    }

    /// Whether a figure is the B of 由A增加到B.
    static func isArrival(_ s: [UInt32], _ range: Range<Int>, clause: Int, _ calendar: CalendarTable) -> Bool {
        let arrival = max(
            calendar[.arrival].ends(s, before: range.lowerBound, start: clause),
            calendar[.becoming].ends(s, before: range.lowerBound, start: clause))
        guard arrival > 0 else { return false }
        return calendar[.from].last(s, in: max(clause, range.lowerBound - 40)..<range.lowerBound) != nil
    }

    /// The time that 从…的A names for its A.
    func origin(_ walk: PeriodWalk, clause: Int, of period: Indicator.Period?) -> Indicator.Period? {
        let start = mentions[i].quantity.range.lowerBound
        guard let from = walk.calendar[.from].last(walk.s, in: clause..<start) else { return nil }
        let token = walk.tokens.last { $0.range.lowerBound > from.at && $0.range.upperBound <= start }
        // 前11个月从去年的A增加到B: the same months of the year before.
        if let token, case .relative(-1) = token.from.year, token.grain == .year, let period,
            let earlier = CalendarDay.yearEarlier(period)
        {
            return earlier
        }
        if let token, token.role != .name { return token.period(in: walk.context, walk.calendar) }
        if let told = walk.origin { return told }
        // 1978年到1982年，由A增加到B
        if let held = walk.held, held.token.form == .days, held.token.grain == .years, !held.token.isPlan,
            case .named(let year) = held.token.from.year
        {
            return CalendarDay.years(year, year)
        }
        return nil
    }
}

extension PeriodWalk {
    /// The days of a year or plan that a figure is told of only to compare with: 比1979年的453亿元; nil for other words.
    func comparedPeriod(before figure: Int, from start: Int) -> Indicator.Period? {
        guard let token = tokens.last(where: { $0.range.upperBound <= figure }), token.role == .reference,
            token.range.lowerBound > start, token.namedYear != nil
        else { return nil }
        let front = token.range.lowerBound - calendar[.than].ends(s, before: token.range.lowerBound, start: start)
        guard front < token.range.lowerBound, front == start || Glyph.endsClause(s[front - 1]) || s[front - 1] == 0x3001
        else { return nil }
        var i = token.range.upperBound
        while i < figure {
            let length = max(
                calendar[.yearTail].begins(s, at: i, end: figure), calendar[.about].begins(s, at: i, end: figure))
            if length == 0 { return nil }
            i += length
        }
        return token.period(in: context, calendar)
    }
}

/// Times that a clause lists for figures in the same order: 一、二季度分别增长5%和6%, 2018—2020年分别为….
enum RespectiveTimes {
    /// The days of a figure that has its own in such a list; nil for others.
    static func period(of i: Int, among mentions: [Mention], _ walk: PeriodWalk) -> Indicator.Period? {
        guard walk.tokens.contains(where: { !$0.members.isEmpty || $0.grain == .years && $0.form == .days }) else {
            return nil
        }
        func follows(_ k: Int) -> Bool {
            let gap = mentions[k - 1].quantity.range.upperBound..<mentions[k].quantity.range.lowerBound
            return gap.count >= 1 && gap.count <= 4
                && gap.allSatisfy { c in
                    let c = walk.s[c]
                    return c == 0x3001 || c == 0x548C || c == 0x4E0E || c == 0x53CA || c == 0x20 || c == 0x7EA6
                        || c == 0x8FD1
                }
        }
        var first = i
        while first > 0, i - first < 12, follows(first) { first -= 1 }
        var last = i
        while last + 1 < mentions.count, last - first < 12, follows(last + 1) { last += 1 }
        let start = mentions[first].quantity.range.lowerBound
        guard last > first,
            let each = walk.calendar[.each].last(walk.s, in: max(walk.sentence, start - 24)..<start),
            let token = walk.tokens.last(where: {
                $0.range.upperBound <= each.at && $0.range.lowerBound >= walk.sentence && $0.role == .period
            })
        else { return nil }
        let periods = token.memberPeriods(in: walk.context)
        return periods.count == last - first + 1 ? periods[i - first] : nil
    }
}
