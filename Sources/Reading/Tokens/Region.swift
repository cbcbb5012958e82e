import BulletinModel

/// An administrative division as the table has it, for the years in which it was called so.
struct Region: Sendable, Equatable {
    /// Where a division stands in the order of divisions.
    enum Level: Int, Sendable, Comparable {
        case country, province, prefecture, county

        static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    }

    /// Six digits: province, prefecture, county; 100000 is the country.
    let code: Int
    /// The official name.
    let name: String
    /// The years in which code and name held.
    let years: ClosedRange<Int>
    /// The last scalars of the official name, which words like 全市 and 我县 repeat.
    let suffix: UInt32

    init(code: Int, name: String, years: ClosedRange<Int>) {
        self.code = code
        self.name = name
        self.years = years
        suffix = name.unicodeScalars.last?.value ?? 0
    }

    /// The country as a whole.
    static let countryCode = 100_000

    var level: Level {
        code == Self.countryCode ? .country : code % 10_000 == 0 ? .province : code % 100 == 0 ? .prefecture : .county
    }

    /// Whether it is `other` or lies in it; the country holds all.
    func lies(in other: Region) -> Bool {
        switch other.level {
        case .country: true
        case .province: level != .country && code / 10_000 == other.code / 10_000
        case .prefecture: code / 100 == other.code / 100
        case .county: code == other.code
        }
    }

    /// As indicators carry it.
    var place: Indicator.Region { Indicator.Region(name: name, code: String(code)) }
}
