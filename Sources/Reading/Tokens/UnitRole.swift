/// What the engine itself has a unit for, as the fourth column of `units.tsv` names it.
enum UnitRole: String, CaseIterable, Sendable {
    /// 元: what 3个亿 leaves out.
    case yuan
    /// 位: of every rank.
    case place
    /// 百分点: what 个 leaves out in a list.
    case points
    /// 番: of 翻一番.
    case doubling
    /// 折: of a price.
    case discount
    /// 点: of an index.
    case indexPoint
    /// 人: of a bare number of persons.
    case impliesPersons
    /// 人次: of a bare number of visits.
    case impliesVisits
    /// 元: of a bare amount.
    case impliesMoney
    /// 户: of a bare number of households.
    case impliesHouseholds

    /// The words beside a bare number that imply the unit; nil for a role that words do not imply.
    var implying: Feature? {
        switch self {
        case .impliesPersons: .impliesPersons
        case .impliesVisits: .impliesVisits
        case .impliesMoney: .impliesMoney
        case .impliesHouseholds: .impliesHouseholds
        default: nil
        }
    }
}

/// The units of `units.tsv` that the engine asks for by what it has them for.
struct UnitRoles: Sendable {
    /// The spelling of a role's unit; empty where no row has the role.
    func text(_ role: UnitRole) -> String { units[role]?.text ?? "" }
    /// Percentage points.
    let points: Unit
    /// Points of an index.
    let indexPoint: Unit
    /// Every printed form of percentage points, in scalars.
    let pointsWords: [[UInt32]]
    /// The units of bare numbers, with the words that imply them.
    let implied: [(feature: Feature, unit: Unit)]
    /// Currencies by their signs.
    let currencies: [UInt32: String]
    private let units: [UnitRole: Unit]

    init(_ rows: [(word: String, unit: Unit, roles: [UnitRole])]) {
        var units: [UnitRole: Unit] = [:]
        var words: [[UInt32]] = []
        var currencies: [UInt32: String] = [:]
        for row in rows {
            for role in row.roles where units[role] == nil { units[role] = row.unit }
            if row.roles.contains(.points) { words.append(Scalars.of(row.word)) }
            if row.unit.family == .sign, let sign = row.word.unicodeScalars.first {
                currencies[sign.value] = row.unit.text
            }
        }
        self.units = units
        self.currencies = currencies
        pointsWords = words
        points = Unit(text: units[.points]?.text ?? "", family: .points)
        indexPoint = Unit(text: units[.indexPoint]?.text ?? "", family: .points)
        implied = UnitRole.allCases.compactMap { role in
            guard let feature = role.implying, let unit = units[role] else { return nil }
            return (feature, unit)
        }
    }
}
