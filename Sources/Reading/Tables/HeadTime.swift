import BulletinModel

/// The time that a head, a row or a title tells; what it leaves out, its table tells.
struct HeadTime: Equatable {
    /// Which days of a year.
    enum Part: Equatable {
        /// From the first day of a month to the last day of another.
        case months(Int, Int)
        /// The last day of a month.
        case monthEnd(Int)
        /// One day.
        case day(Int, Int)
        /// The last day of the year.
        case yearEnd
        /// All of the year, whatever months the title tells.
        case whole
        /// The month up to which the table goes, that alone.
        case month
        /// From the year's beginning to that month.
        case toDate
        /// The month before it.
        case lastMonth
    }

    /// The year, the first one of several.
    var year: Int?
    /// The last one of several.
    var lastYear: Int?
    /// So many years from the table's own.
    var offset: Int?
    /// Which days of it.
    var part: Part?

    /// It stands in the title, not in a head of the figure's own.
    var isTitle = false

    var isEmpty: Bool { year == nil && offset == nil && part == nil }

    /// What a period says as a head would.
    init(_ period: Indicator.Period) {
        guard let first = Self.day(period.start), let last = Self.day(period.end) else { return }
        year = first.year
        if last.year != first.year {
            lastYear = last.year
        } else if period.start == period.end {
            part = last.month == 12 && last.day == 31 ? .yearEnd : .day(last.month, last.day)
        } else if !(first.month == 1 && first.day == 1 && last.month == 12 && last.day == 31) {
            part = .months(first.month, last.month)
        }
    }

    init() {}

    private static func day(_ text: String) -> (year: Int, month: Int, day: Int)? {
        let pieces = text.split(separator: "-").compactMap { Int($0) }
        return pieces.count == 3 ? (pieces[0], pieces[1], pieces[2]) : nil
    }

    /// The days that several heads tell together, the one nearest to the figure first; nil where they do not.
    ///
    /// - Parameter isFlow: what goes on through a period has the year where a title only says its end.
    static func period(_ times: [HeadTime], isFlow: Bool) -> Indicator.Period? {
        var year: Int?
        var lastYear: Int?
        var offset = 0
        var part: Part?
        var leaning: Part?
        for time in times {
            if year == nil {
                if let value = time.year {
                    (year, lastYear) = (value, time.lastYear)
                } else if let value = time.offset {
                    if offset == 0 { offset = value }
                }
            }
            if part == nil, let value = time.part {
                switch value {
                case .month, .toDate, .lastMonth: if leaning == nil { leaning = value }
                case .yearEnd where time.isTitle && isFlow: break
                case .whole: part = value
                default: part = value
                }
            }
        }
        guard let year else { return nil }
        if let leaning {
            guard case .months(_, let last) = part ?? .whole else {
                return leaning == .toDate ? whole(year + offset, year + offset) : nil
            }
            switch leaning {
            case .toDate: part = .months(1, last)
            case .lastMonth where last > 1: part = .months(last - 1, last - 1)
            case .lastMonth: return nil
            default: part = .months(last, last)
            }
        }
        if let lastYear { return whole(year, lastYear) }
        return period(part, of: year + offset)
    }

    private static func whole(_ first: Int, _ last: Int) -> Indicator.Period {
        Indicator.Period(start: text(first, 1, 1), end: text(last, 12, 31))
    }

    private static func period(_ part: Part?, of year: Int) -> Indicator.Period? {
        switch part {
        case nil, .whole: return whole(year, year)
        case .months(let first, let last):
            return Indicator.Period(start: text(year, first, 1), end: text(year, last, days(last, year)))
        case .monthEnd(let month):
            let day = text(year, month, days(month, year))
            return Indicator.Period(start: day, end: day)
        case .day(let month, let day):
            let day = text(year, month, min(day, days(month, year)))
            return Indicator.Period(start: day, end: day)
        case .yearEnd:
            let day = text(year, 12, 31)
            return Indicator.Period(start: day, end: day)
        case .month, .toDate, .lastMonth: return nil
        }
    }

    private static func text(_ year: Int, _ month: Int, _ day: Int) -> String {
        func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
        return "\(year)-\(two(month))-\(two(day))"
    }

    private static func days(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}
