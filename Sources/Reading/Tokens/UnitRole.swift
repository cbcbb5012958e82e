/// What the engine itself has a unit for, as the fourth column of `units.tsv` names it.
enum UnitRole: String, CaseIterable, Sendable {
    /// 元: what 3个亿 leaves out.
    case yuan
    /// 人民币: in front of an amount of 元.
    case renminbi
    /// 个: of a number right before what it counts.
    case counts
    /// 位: of every rank.
    case place
    /// 百分点: what 个 leaves out in a list.
    case points
    /// 倍: how many times.
    case times
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

/// A row of `units.tsv`.
struct UnitRow: Sendable {
    /// As printed.
    var word: String
    /// As records write it.
    var unit: Unit
    /// What the engine has it for.
    var roles: [UnitRole]
    /// Larger units that so many of it make.
    var larger: [(unit: String, count: Int)]
}

/// The units of `units.tsv` that the engine asks for by what it has them for.
struct UnitRoles: Sendable {
    /// How many of the smaller unit make the larger; nil where the table does not tell.
    func ratio(of smaller: String, in larger: String) -> ExactDecimal? { ratios[smaller]?[larger] }

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
    /// How many of a smaller unit make a larger one, by smaller and larger.
    private let ratios: [String: [String: ExactDecimal]]

    init(_ rows: [UnitRow]) {
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
        ratios = Dictionary(grouping: rows.filter { !$0.larger.isEmpty }, by: \.unit.text)
            .mapValues { rows in
                Dictionary(rows.flatMap(\.larger).map { ($0.unit, ExactDecimal(UInt128($0.count))) }) { $1 }
            }
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
