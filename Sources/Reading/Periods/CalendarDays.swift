import BulletinModel

/// The days that an expression means where it stands.
extension CalendarToken {
    /// The days in this context; nil where nothing tells them.
    func period(in context: CalendarContext, _ table: CalendarTable) -> Indicator.Period? {
        guard let days = days(context, table) else { return nil }
        if isSame {
            if case .days = form, from.month == 1, to.month == 12, case .relative = from.year {
                // 上年同期: the days told before, a year earlier.
                return context.last.flatMap(CalendarDay.yearEarlier) ?? nil
            }
            if grain == .year, let last = context.last, let year = Int(days.end.prefix(4)),
                let known = Int(last.end.prefix(4)), known > year
            {
                return Self.shifted(last, by: year - known)
            }
        }
        return isUpTo ? Indicator.Period(start: days.end, end: days.end) : days
    }

    private static func shifted(_ period: Indicator.Period, by years: Int) -> Indicator.Period? {
        var shifted: Indicator.Period? = period
        for _ in 0..<min(50, abs(years)) { shifted = shifted.flatMap(CalendarDay.yearEarlier) }
        return shifted
    }

    /// The days of the members of a list.
    func memberPeriods(in context: CalendarContext) -> [Indicator.Period?] {
        if !members.isEmpty { return members.map { Self.period(from: $0.from, to: $0.to, self, context) } }
        // 2018—2020年分别: each year.
        guard form == .days, grain == .years, case .named(let first) = from.year, case .named(let last) = to.year,
            last - first < 12
        else { return [] }
        return (first...last).map { CalendarDay.years($0, $0) }
    }

    private func days(_ context: CalendarContext, _ table: CalendarTable) -> Indicator.Period? {
        switch form {
        case .days: return Self.period(from: from, to: to, self, context)
        case .unknown: return nil
        case .past(let count):
            // The years before the one in which it is told.
            var last = context.published.map { $0.year - 1 } ?? context.printed
            // 五年来 at the end of the last year of a five-year plan: those of the plan.
            if let day = context.published, count == 5, day.month >= 10, day.year % 5 == 0 { last = day.year }
            return last.map { CalendarDay.years($0 - count + 1, $0) }
        case .coming(let count): return context.published.map { CalendarDay.years($0.year, $0.year + count - 1) }
        case .since: return since(context)
        case .month(let offset):
            guard let day = context.published, day.month > 0 else { return nil }
            let months = day.year * 12 + day.month - 1 + offset
            return Self.months(months / 12, months % 12 + 1, months % 12 + 1)
        case .quarter(let offset):
            guard let day = context.published, day.month > 0 else { return nil }
            let quarters = day.year * 4 + (day.month - 1) / 3 + offset
            let last = quarters % 4 * 3 + 3
            return Self.months(quarters / 4, last - 2, last)
        case .day(let offset):
            guard let day = context.published, day.month > 0 else { return nil }
            let told = CalendarDay.before(day.year, day.month, day.day, by: -offset)
            let text = CalendarDay.text(told.year, told.month, told.day)
            return Indicator.Period(start: text, end: text)
        case .sameMonth:
            guard let last = context.last, last.start.prefix(7) <= last.end.prefix(7) else { return nil }
            return Indicator.Period(start: last.end.prefix(7) + "-01", end: last.end)
        case .sameDay:
            if let last = context.last, last.start == last.end { return last }
            return context.toldDay.map { Indicator.Period(start: $0, end: $0) }
        case .festival(let word):
            guard let year = Self.year(from.year, self, context), let days = table.festival(word, in: year) else {
                return nil
            }
            let start = CalendarDay.text(year, days.from.month, days.from.day)
            return Indicator.Period(
                start: start, end: isFirstDay ? start : CalendarDay.text(year, days.to.month, days.to.day))
        }
    }

    /// 今年以来 up to the day of the bulletin, 2016年以来 up to the year that the text tells of.
    private func since(_ context: CalendarContext) -> Indicator.Period? {
        guard let first = Self.year(from.year, self, context) else { return nil }
        guard grain == .year || grain == .years else {
            // 7月20日以来: up to the day told last, else that of the bulletin.
            let published = context.published.flatMap { day in
                day.month > 0 && grain == .day ? CalendarDay.text(day.year, day.month, day.day) : nil
            }
            guard from.month > 0, let end = context.last?.end ?? context.toldDay ?? published,
                case let start = CalendarDay.text(first, from.month, from.day), start < end
            else { return nil }
            return Indicator.Period(start: start, end: end)
        }
        if let day = context.published, day.month > 0, day.year == first {
            return Indicator.Period(
                start: CalendarDay.text(first, 1, 1), end: CalendarDay.text(first, day.month, day.day))
        }
        if let last = context.last, last.end.prefix(4) == "\(first)", last.start < last.end, grain == .year {
            return Indicator.Period(start: CalendarDay.text(first, 1, 1), end: last.end)
        }
        guard case .named = from.year, let last = context.printed, last > first, last - first <= 10 else { return nil }
        return CalendarDay.years(first, last)
    }

    private static func months(_ year: Int, _ first: Int, _ last: Int) -> Indicator.Period {
        Indicator.Period(start: CalendarDay.text(year, first, 1), end: CalendarDay.text(year, last, 31))
    }

    private static func period(
        from: Moment, to: Moment, _ token: CalendarToken, _ context: CalendarContext
    ) -> Indicator.Period? {
        guard var first = year(from.year, token, context), var last = year(to.year, token, context) else { return nil }
        var (from, to) = (from, to)
        if from.month == 0 {
            guard let month = month(of: from.day, context) else { return nil }
            from.month = month.month
            first = month.year ?? first
        }
        if to.month == 0 {
            to.month = from.month
            last = first
        }
        if case .open = from.year, context.year == nil, context.printed == nil, let day = context.published,
            day.month > 0, from.month > day.month, token.grain != .year
        {
            // 12月 in a text of January.
            (first, last) = (first - 1, last - 1)
        }
        return Indicator.Period(
            start: CalendarDay.text(first, from.month, from.day), end: CalendarDay.text(last, to.month, to.day))
    }

    /// The month of a bare day, with its year where that is known with it.
    private static func month(of day: Int, _ context: CalendarContext) -> (month: Int, year: Int?)? {
        if let month = context.month { return (month, nil) }
        guard let published = context.published, published.month > 0 else { return nil }
        if day <= published.day { return (published.month, published.year) }
        return published.month > 1 ? (published.month - 1, published.year) : (12, published.year - 1)
    }

    private static func year(_ year: Year, _ token: CalendarToken, _ context: CalendarContext) -> Int? {
        switch year {
        case .named(let year): return year
        case .relative(let offset):
            if let published = context.published { return published.year + offset }
            // A review of a year calls it 去年 and 上年; only its own words tell.
            guard let printed = context.printed else { return nil }
            return offset == -2 ? printed - 2 : offset > 0 ? printed + offset : printed
        case .same: return context.year ?? context.last.flatMap { Int($0.end.prefix(4)) } ?? context.printed
        case .open:
            if let year = context.year ?? context.printed { return year }
            return token.needsPrintedYear ? nil : context.published?.year
        }
    }
}
