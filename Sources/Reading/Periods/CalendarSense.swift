/// What a word that begins an expression of time says, as the second cell of its line in `calendar.tsv` has it.
enum CalendarSense: Sendable, Equatable {
    /// A day of any year.
    struct Day: Sendable, Equatable, Comparable {
        var month: Int
        var day: Int
        static func < (a: Day, b: Day) -> Bool { (a.month, a.day) < (b.month, b.day) }
    }

    /// A holiday; without a year those of all years that have no line of their own.
    struct Festival: Sendable, Equatable {
        var word: String
        var from: Day
        var to: Day
        var year: Int?
    }

    /// `relative-year -1`: 去年.
    case relativeYear(Int)
    /// 同年, 当年: the year told last.
    case sameYear
    /// `relative-month -1`: 上月. `relative-quarter`, `relative-day` likewise.
    case relativeMonth(Int)
    case relativeQuarter(Int)
    case relativeDay(Int)
    /// 当月, 当日: the last month or day that was told.
    case sameMonth
    case sameDay
    /// `part 01-01 06-30`: days of a year; `printed` where only a year that the text prints will do.
    case part(from: Day, to: Day, printed: Bool)
    /// `ten-days 2`: 中旬 behind a month.
    case tenDays(Int)
    /// `festival 05-01 05-05 2025`.
    case festival(Festival)
    /// A holiday whose days nothing tells.
    case festivalName
    /// A season, no whole part of a year.
    case season
    /// `plan 2021`: a five-year plan by its first year; `isQuoted` where it counts in quotation marks alone.
    case plan(firstYear: Int, isQuoted: Bool)
    /// A time that no day tells: 目前.
    case vague
    /// Stands in front of a number: 过去, 前, 民国.
    case opener

    /// Reads a cell; nil where it is no sense.
    init?(_ cell: String, word: String) {
        let words = cell.split(separator: " ").map(String.init)
        guard let name = words.first else { return nil }
        let number = words.count > 1 ? Int(words[1]) : nil
        switch (name, words.count) {
        case ("relative-year", 2): guard let number else { return nil }; self = .relativeYear(number)
        case ("relative-month", 2): guard let number else { return nil }; self = .relativeMonth(number)
        case ("relative-quarter", 2): guard let number else { return nil }; self = .relativeQuarter(number)
        case ("relative-day", 2): guard let number else { return nil }; self = .relativeDay(number)
        case ("ten-days", 2): guard let number, (1...3).contains(number) else { return nil }; self = .tenDays(number)
        case ("plan", 2): guard let number else { return nil }; self = .plan(firstYear: number, isQuoted: false)
        case ("plan-quoted", 2): guard let number else { return nil }; self = .plan(firstYear: number, isQuoted: true)
        case ("part", 3...4), ("festival", 3...4):
            guard let from = Self.day(words[1]), let to = Self.day(words[2]), from <= to else { return nil }
            let last = words.count == 4 ? words[3] : nil
            if name == "part" {
                guard last == nil || last == "printed" else { return nil }
                self = .part(from: from, to: to, printed: last != nil)
            } else {
                guard last == nil || Int(last ?? "") != nil else { return nil }
                self = .festival(Festival(word: word, from: from, to: to, year: last.flatMap { Int($0) }))
            }
        case ("same-year", 1): self = .sameYear
        case ("same-month", 1): self = .sameMonth
        case ("same-day", 1): self = .sameDay
        case ("festival-name", 1): self = .festivalName
        case ("season", 1): self = .season
        case ("vague", 1): self = .vague
        default: return nil
        }
    }

    private static func day(_ text: String) -> Day? {
        let parts = text.split(separator: "-")
        guard parts.count == 2, let month = Int(parts[0]), let day = Int(parts[1]), (1...12).contains(month),
            (1...31).contains(day)
        else { return nil }
        return Day(month: month, day: day)
    }
}
