import BulletinModel

/// Days of the calendar as records have them.
enum CalendarDay {
    /// How many days a month has.
    static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    /// `YYYY-MM-DD`; a day behind the month's last is the last.
    static func text(_ year: Int, _ month: Int, _ day: Int) -> String {
        let day = min(day, days(in: month, of: year))
        // Nearly every figure has two of them.
        return String(unsafeUninitializedCapacity: 10) { text in
            func put(_ n: Int, at i: Int) {
                text[i] = UInt8(0x30 + n / 10 % 10)
                text[i + 1] = UInt8(0x30 + n % 10)
            }
            put(year / 100, at: 0)
            put(year, at: 2)
            put(month, at: 5)
            put(day, at: 8)
            (text[4], text[7]) = (0x2D, 0x2D)
            return 10
        }
    }

    /// From the first day of a year to the last of another.
    static func years(_ first: Int, _ last: Int) -> Indicator.Period {
        Indicator.Period(start: text(first, 1, 1), end: text(last, 12, 31))
    }

    /// So many days before a day.
    static func before(_ year: Int, _ month: Int, _ day: Int, by count: Int) -> (year: Int, month: Int, day: Int) {
        var (y, m, d) = (year, month, day - count)
        while d < 1 {
            m -= 1
            if m < 1 { (y, m) = (y - 1, 12) }
            d += days(in: m, of: y)
        }
        return (y, m, d)
    }

    /// The same days of the year before.
    static func yearEarlier(_ period: Indicator.Period) -> Indicator.Period? {
        func shifted(_ day: String) -> String? {
            guard let year = Int(day.prefix(4)) else { return nil }
            // The last of February is its last day in any year.
            let rest = day.dropFirst(4) == "-02-29" ? "-02-28" : day.dropFirst(4)
            return "\(year - 1)\(rest)"
        }
        guard let start = shifted(period.start), let end = shifted(period.end) else { return nil }
        return Indicator.Period(start: start, end: end)
    }
}
