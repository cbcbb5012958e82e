/// An administrative division, as the table of divisions has it for some years.
public struct Division: Sendable, Hashable {
    /// Where a division stands in the order of divisions.
    public enum Level: String, Sendable, CaseIterable {
        /// China.
        case country
        /// A province, autonomous region or city under the central government.
        case province
        /// A prefecture-level city, prefecture, league.
        case prefecture
        /// A county, district, county-level city, banner.
        case county
    }

    /// The six digits of GB/T 2260.
    public let code: String
    /// The official name.
    public let name: String
    /// The first and the last year in which code and name held; 0 and 9999 where they are open.
    public let years: ClosedRange<Int>
    /// Where it stands.
    public let level: Level

    init(_ region: Region) {
        code = String(region.code)
        name = region.name
        years = region.years
        level =
            switch region.level {
            case .country: .country
            case .province: .province
            case .prefecture: .prefecture
            case .county: .county
            }
    }

    /// Whether it is the division of that code or lies in it; the country holds all.
    public func lies(in code: String) -> Bool {
        if code == "100000" { return true }
        let prefix = code.hasSuffix("0000") ? code.prefix(2) : code.hasSuffix("00") ? code.prefix(4) : code[...]
        return self.code.hasPrefix(prefix)
    }
}

/// All divisions of the table and how they follow one another.
public struct Divisions: Sendable {
    /// In the order of the table.
    public let all: [Division]
    private let byCode: [String: [Int]]
    private let byStem: [String: [Int]]
    /// How names end that are also known without it.
    private let endings: [String]

    /// The divisions of a lexicon.
    public init(_ lexicon: Lexicon) {
        all = lexicon.regions.regions.map(Division.init)
        var byCode: [String: [Int]] = [:]
        var byStem: [String: [Int]] = [:]
        endings = lexicon.words(.divisionStem)
        for (place, division) in all.enumerated() {
            byCode[division.code, default: []].append(place)
            byStem[Self.stem(division, endings), default: []].append(place)
        }
        self.byCode = byCode
        self.byStem = byStem
    }

    /// The division of a code in a year; nil where the code did not hold then.
    public func division(_ code: String, in year: Int) -> Division? {
        byCode[code]?.lazy.map { all[$0] }.first { $0.years.contains(year) }
    }

    /// The divisions of a year, in the order of the table.
    public func divisions(in year: Int) -> [Division] { all.filter { $0.years.contains(year) } }

    /// The divisions that are called so, or whose name without its last word is so (洛阳), in the order of the table.
    public func named(_ name: String) -> [Division] {
        let official = all.filter { $0.name == name }
        return official.isEmpty
            ? (byStem.keys.filter { $0.dropFirst(2) == name }.flatMap { byStem[$0] ?? [] }).sorted().map { all[$0] }
            : official
    }

    /// What became of a division: the one that has its code from the year after its last or, in the same province, the
    /// one that begins with its name in that year; itself where it still is or nothing is known to follow. One that was
    /// there before took it in and is not its successor.
    public func successor(of division: Division) -> Division {
        var division = division
        while division.years.upperBound < 9999 {
            let next = division.years.upperBound + 1
            let follows =
                self.division(division.code, in: next)
                ?? byStem[Self.stem(division, endings)]?.lazy.map { all[$0] }.first {
                    $0.years.lowerBound == next && $0.level == division.level
                }
            guard let follows else { return division }
            division = follows
        }
        return division
    }

    /// The province's digits and the name without 市, 县, 地区 and the like.
    private static func stem(_ division: Division, _ endings: [String]) -> String {
        var name = division.name[...]
        for ending in endings where name.count > ending.count + 1 && name.hasSuffix(ending) {
            name = name.dropLast(ending.count)
            break
        }
        return String(division.code.prefix(2) + name)
    }
}
