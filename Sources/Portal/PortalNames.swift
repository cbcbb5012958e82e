import Messages
import Foundation
import Reading

/// The measures and divisions by what people write.
struct PortalNames: Sendable {
    let measures: MeasureTable
    let divisions: Divisions
    private let lexicon: Lexicon
    /// The codes that one place has had, by each of them.
    private let places: [String: [String]]
    private let byCode: [String: Division]

    init(_ lexicon: Lexicon, _ measures: MeasureTable) {
        self.lexicon = lexicon
        self.measures = measures
        divisions = Divisions(lexicon)
        var members: [String: Set<String>] = [:]
        var ends: [String: Set<String>] = [:]
        var byCode: [String: Division] = [:]
        for division in divisions.all {
            let end = divisions.successor(of: division).code
            members[end, default: []].insert(division.code)
            ends[division.code, default: []].insert(end)
            if division.years.upperBound >= byCode[division.code]?.years.upperBound ?? 0 {
                byCode[division.code] = division
            }
        }
        places = ends.mapValues { ends in
            Array(ends.reduce(into: Set<String>()) { $0.formUnion(members[$1] ?? []) }).sorted()
        }
        self.byCode = byCode
    }

    /// A measure by code or by any of its names.
    func measure(_ word: String) -> Measure? {
        measures.measure(word) ?? lexicon.code(word).flatMap(measures.measure)
    }

    /// The latest division of a code.
    func division(code: String) -> Division? { byCode[code] }

    /// All codes that the place of a code has had.
    func codes(of code: String) -> [String] { places[code] ?? [code] }

    /// A division by code or name; of several the one that holds the others, 吉林 the province before the city. Nil where
    /// there is none or nothing tells which.
    func division(_ word: String) -> Division? {
        if word.utf8.count == 6, let known = byCode[word] { return known }
        let found = divisions.named(word)
        let now = found.filter { $0.years.upperBound == 9999 }
        let left = now.isEmpty ? found : now
        if Set(left.map(\.code)).count == 1 { return left.last }
        let highest = left.filter { one in !left.contains { $0.code != one.code && one.lies(in: $0.code) } }
        return Set(highest.map(\.code)).count == 1 ? highest.last : nil
    }

    /// The division that a division lies in; nil for the country.
    func parent(of division: Division) -> Division? {
        switch division.level {
        case .country: nil
        case .province: byCode["100000"]
        case .prefecture: byCode[division.code.prefix(2) + "0000"]
        case .county: byCode[division.code.prefix(4) + "00"] ?? byCode[division.code.prefix(2) + "0000"]
        }
    }

    /// The divisions of today right below one.
    func children(of division: Division) -> [Division] {
        let below: [Division.Level] =
            switch division.level {
            case .country: [.province]
            case .province: [.prefecture]
            case .prefecture: [.county]
            case .county: []
            }
        return byCode.values.filter {
            $0.years.upperBound == 9999 && below.contains($0.level) && $0.code != division.code
                && $0.lies(in: division.code)
        }.sorted { $0.code < $1.code }
    }

    /// The name of a measure in a language; Chinese names are those of the table, English ones are made of the code.
    func title(_ code: String, _ language: Language) -> String {
        guard language == .english else { return measures.measure(code)?.name ?? code }
        if let title = Self.titles[code] { return title }
        let words = code.split(separator: "_").map(String.init)
        let spelled = words.enumerated().map { place, word in
            Self.short[word] ?? (place == 0 ? word.prefix(1).uppercased() + word.dropFirst() : word)
        }
        return spelled.joined(separator: " ")
    }

    private static let titles = [
        "imports_exports": "Imports and exports", "wholesale_retail_value_added": "Wholesale and retail value added",
        "gdp_per_capita": "GDP per capita", "disposable_income": "Disposable income per resident",
        "disposable_income_urban": "Disposable income, urban", "disposable_income_rural": "Disposable income, rural",
        "retail_sales": "Retail sales of consumer goods",
    ]
    private static let short = [
        "gdp": "GDP", "cpi": "CPI", "ppi": "PPI", "pm25": "PM2.5", "gov": "Government", "rd": "R&D",
    ]
}
