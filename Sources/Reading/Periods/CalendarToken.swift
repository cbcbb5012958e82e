import BulletinModel

/// One expression of time in a passage: what it says, which may still lack its year.
struct CalendarToken: Equatable, Sendable {
    /// A year as it is told.
    enum Year: Equatable, Sendable {
        /// 2023年.
        case named(Int)
        /// 去年 is -1.
        case relative(Int)
        /// 同年.
        case same
        /// None is told.
        case open
    }

    /// First or last day, as far as it is told.
    struct Moment: Equatable, Sendable {
        var year: Year
        /// 0 where the month is that of an earlier expression (23日).
        var month: Int
        /// Up to the month's last.
        var day: Int
    }

    /// What kind of time it is.
    enum Form: Equatable, Sendable {
        /// Days from one moment to another.
        case days
        /// So many years up to the one that is told of (五年来), or from it on (今后五年).
        case past(years: Int)
        case coming(years: Int)
        /// From a moment to the present (今年以来, 2016年以来).
        case since
        /// 上月, 本季度, 昨日: told from the day of the bulletin.
        case month(Int)
        case quarter(Int)
        case day(Int)
        /// 当月, 当日.
        case sameMonth
        case sameDay
        /// A holiday, by its word.
        case festival(String)
        /// No days: 目前, 2020年以前.
        case unknown
    }

    /// How it stands in its sentence.
    enum Role: Equatable, Sendable {
        /// Days that something covers.
        case period
        /// What is only compared with or counted from: 比2019年, 2020年不变价, 在2019年的基础上.
        case reference
        /// In front of the A of 从A到B.
        case origin
        /// Part of a name: 《2021年工作方案》, “十四五”规划.
        case name
    }

    /// How fine it is.
    enum Grain: Int, Comparable, Sendable {
        case years, year, part, month, day
        static func < (a: Grain, b: Grain) -> Bool { a.rawValue < b.rawValue }
    }

    /// Where it stands.
    var range: Range<Int>
    var form = Form.days
    var from: Moment
    var to: Moment
    var grain: Grain
    var role = Role.period
    /// 截至 in front: its last day counts.
    var isUpTo = false
    /// A year will do only if the text prints it: 全年, 年末.
    var needsPrintedYear = false
    /// 同期 behind: the days of the period told before, a year earlier.
    var isSame = false
    /// Hours behind a day make it a period (0—24时).
    var hasHours = false
    /// 第一天 behind a holiday.
    var isFirstDay = false
    /// The days are those of a five-year plan.
    var isPlan = false
    /// 电, 讯 behind: when and where a report was sent, not what its figures cover.
    var isDateline = false
    /// The members of a list (2007年和2012年, 一、二季度); empty for others.
    var members: [Member] = []

    /// One member of a list.
    struct Member: Equatable, Sendable {
        var from: Moment
        var to: Moment
    }

    /// The year that it names itself.
    var namedYear: Int? {
        if case .named(let year) = to.year { return year }
        return nil
    }

    /// Whether it says when something was, so that no name has it.
    var placesInTime: Bool { role == .period && from.year != .same }

    /// Whether it tells a single day.
    var isPoint: Bool { isUpTo || form == .days && from == to && grain == .day }
    /// Whether that day ends a month, quarter or year.
    var endsMonth: Bool { isPoint && form == .days && to.day == 31 }
}

/// What is known of years and days around an expression.
struct CalendarContext: Equatable, Sendable {
    /// The year of a heading, of the opening line, or the only one printed.
    var printed: Int?
    /// The day of publication; month and day are 0 where only its year is known.
    var published: PublishedDay?
    /// The year and month that an expression before told.
    var year: Int?
    var month: Int?
    /// The days of the expression before.
    var last: Indicator.Period?
    /// The single day told last, in whatever paragraph.
    var toldDay: String?
    /// The day of an event that was told of last.
    var eventDay: String?

    /// A day of publication, as far as it is known.
    struct PublishedDay: Equatable, Sendable {
        var year: Int
        var month = 0
        var day = 0

        /// Of `YYYY-MM-DD`.
        init?(_ text: String) {
            let parts = text.split(separator: "-").map { Int($0) }
            guard let first = parts.first, let year = first else { return nil }
            self.year = year
            if parts.count == 3, let month = parts[1], let day = parts[2] { (self.month, self.day) = (month, day) }
        }

        init(year: Int) { self.year = year }
    }
}
