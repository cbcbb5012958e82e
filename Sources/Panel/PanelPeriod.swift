import BulletinModel

/// A period that a row of a panel is of.
public struct PanelPeriod: Sendable, Hashable, Comparable {
    /// How long the periods of a panel are.
    public enum Frequency: String, Sendable, CaseIterable {
        /// Years.
        case year
        /// Quarters, and the first quarters of a year together as bulletins state them.
        case quarter
        /// Months, and the first months of a year together.
        case month
    }

    /// The year.
    public let year: Int
    /// The first month, 1 to 12.
    public let first: Int
    /// The last month.
    public let last: Int

    /// A whole year.
    public init(year: Int) { (self.year, first, last) = (year, 1, 12) }

    init(year: Int, first: Int, last: Int) { (self.year, self.first, self.last) = (year, first, last) }

    /// The period that a statement's days are of: the days of the period, or for a stock its last day. Nil for others.
    init?(_ period: Indicator.Period, _ frequency: Frequency) {
        guard let start = Day(period.start), let end = Day(period.end) else { return nil }
        let isStock = start == end
        guard isStock || start.year == end.year, end.isLastOfMonth, isStock || start.day == 1 else { return nil }
        let year = end.year
        switch frequency {
        case .year:
            guard end.month == 12, isStock || start.month == 1 else { return nil }
            self.init(year: year)
        case .quarter:
            guard end.month % 3 == 0 else { return nil }
            if isStock {
                self.init(year: year, first: end.month - 2, last: end.month)
            } else {
                guard start.month == 1 || start.month == end.month - 2 else { return nil }
                self.init(year: year, first: start.month, last: end.month)
            }
        case .month:
            if isStock {
                self.init(year: year, first: end.month, last: end.month)
            } else {
                guard start.month == 1 || start.month == end.month else { return nil }
                self.init(year: year, first: start.month, last: end.month)
            }
        }
    }

    /// As tables name it: `2024`, `2024Q3`, `2024Q1-Q3`, `2024-09`, `2024-01/09`.
    public func label(_ frequency: Frequency) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        switch frequency {
        case .year: return "\(year)"
        case .quarter:
            let (from, to) = ((first + 2) / 3, last / 3)
            return from == to ? "\(year)Q\(to)" : "\(year)Q\(from)-Q\(to)"
        case .month: return first == last ? "\(year)-\(two(last))" : "\(year)-\(two(first))/\(two(last))"
        }
    }

    /// By year, then by the last month; of those that end together the shorter first.
    public static func < (a: Self, b: Self) -> Bool {
        (a.year, a.last, -a.first) < (b.year, b.last, -b.first)
    }

    private struct Day: Equatable {
        let year: Int
        let month: Int
        let day: Int

        init?(_ text: String) {
            let bytes = Array(text.utf8)
            guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
            func number(_ range: Range<Int>) -> Int? {
                var value = 0
                for byte in bytes[range] {
                    guard (0x30...0x39).contains(byte) else { return nil }
                    value = value * 10 + Int(byte - 0x30)
                }
                return value
            }
            guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
            (self.year, self.month, self.day) = (year, month, day)
        }

        var isLastOfMonth: Bool {
            switch month {
            case 2: day == (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28)
            case 4, 6, 9, 11: day == 30
            default: day == 31
            }
        }
    }
}
