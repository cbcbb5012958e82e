import BulletinModel
import Foundation

/// What a check of the sources' own arithmetic found.
public struct CheckResult: Sendable {
    /// How it came out.
    public enum Outcome: String, Sendable, CaseIterable {
        /// Within rounding.
        case holds
        /// Beyond rounding, as happens where a base is revised or coverage differs.
        case differs
        /// Beyond what such causes explain: a figure is wrong, or is of something else.
        case fails
    }

    /// What was checked.
    public let name: ArithmeticCheck.Name
    /// The region's row.
    public let region: String
    /// The period.
    public let period: PanelPeriod
    /// The cells that took part, the one that is checked first.
    public let cells: [PanelKey]
    /// The checked value.
    public let stated: Double
    /// What the others make of it.
    public let computed: Double
    /// How it came out.
    public let outcome: Outcome
}

/// Arithmetic that the sources state themselves.
public enum ArithmeticCheck {
    /// What is checked.
    public enum Name: String, Sendable, CaseIterable {
        /// The parts add up to the total.
        case sum
        /// The change and the levels of two years agree.
        case growth
        /// The share is the part over the whole.
        case share
        /// The amount per head times the population is the amount.
        case perHead = "per_head"
    }

    /// Totals and their parts, by codes.
    private static let sums: [(total: String, parts: [String])] = [
        ("gdp", ["primary_value_added", "secondary_value_added", "tertiary_value_added"]),
        ("imports_exports", ["exports", "imports"]),
        ("general_public_revenue", ["tax_revenue", "non_tax_revenue"]),
    ]
    /// Measures whose growth is at the prices of the day, so that it must agree with the levels.
    private static let nominal: Set = [
        "general_public_revenue", "general_public_expenditure", "tax_revenue", "imports_exports", "exports", "imports",
        "retail_sales", "disposable_income_urban", "disposable_income_rural", "deposits", "loans",
    ]
    /// Amounts with their amount per head.
    private static let perHead: [(amount: String, perHead: String, people: String)] = [
        ("gdp", "gdp_per_capita", "resident_population")
    ]

    /// The columns that checks of these need beside them.
    static func needed(for columns: [PanelColumn]) -> [PanelColumn] {
        let levels = Set(columns.filter { $0.isCode && $0.kind == .level && $0.status == .actual }.map(\.measure))
        var codes: [String] = []
        for sum in sums where levels.contains(sum.total) || sum.parts.contains(where: levels.contains) {
            codes += [sum.total] + sum.parts
        }
        for one in perHead where levels.contains(one.amount) || levels.contains(one.perHead) {
            codes += [one.amount, one.perHead, one.people]
        }
        let changes = levels.filter(nominal.contains).sorted().map { PanelColumn(measure: $0, kind: .change) }
        return codes.map { PanelColumn(measure: $0) } + changes
    }

    /// Runs all checks and marks the cells that take part in one that fails.
    static func run(on panel: inout Panel) {
        var runner = CheckRunner(panel)
        for row in Set(panel.cells.keys.map { Place(region: $0.region, period: $0.period) }).sorted() {
            for sum in sums { runner.sum(sum.total, sum.parts, row.region, row.period) }
            for code in nominal.sorted() { runner.growth(code, row.region, row.period) }
            for one in perHead { runner.perHead(one.amount, one.perHead, one.people, row.region, row.period) }
            runner.shares(row.region, row.period)
        }
        for result in runner.results where result.outcome == .fails {
            for key in result.cells where panel.cells[key]?.failedChecks.contains(result.name.rawValue) == false {
                panel.cells[key]?.failedChecks.append(result.name.rawValue)
            }
        }
        panel.checks = runner.results.filter { $0.cells.contains { $0.column < panel.shown } }
    }

    private struct Place: Hashable, Comparable {
        let region: String
        let period: PanelPeriod

        static func < (a: Self, b: Self) -> Bool { (a.region, a.period) < (b.region, b.period) }
    }
}

/// Looks cells up and compares them.
private struct CheckRunner {
    private let panel: Panel
    private let levels: [String: Int]
    private let changes: [String: Int]
    private let shares: [(column: Int, part: Int)]
    private(set) var results: [CheckResult] = []

    init(_ panel: Panel) {
        self.panel = panel
        func places(_ kind: Indicator.Kind) -> [String: Int] {
            let found = panel.columns.enumerated().filter {
                $0.element.kind == kind && $0.element.status == .actual && $0.element.prices == nil
                    && (kind != .change || $0.element.base == .yearOnYear)
            }
            return Dictionary(found.map { ($0.element.measure, $0.offset) }, uniquingKeysWith: { first, _ in first })
        }
        levels = places(.level)
        changes = places(.change)
        let levels = levels
        shares = places(.share).compactMap { measure, place in levels[measure].map { (place, $0) } }
            .sorted { $0.0 < $1.0 }
    }

    private struct Value {
        let key: PanelKey
        /// In plain units.
        let number: Double
        let resolution: Double
    }

    /// A cell's value in plain units; those that say no more than about or over, and doubtful readings, prove nothing.
    private func value(_ column: Int?, _ region: String, _ period: PanelPeriod) -> Value? {
        guard let column else { return nil }
        let key = PanelKey(region: region, period: period, column: column)
        guard let cell = panel.cells[key], let chosen = cell.chosen, chosen.statement.bound == .exact, !cell.isDoubtful
        else { return nil }
        let factor = panel.units[column].factor
        return Value(key: key, number: chosen.number * factor, resolution: chosen.resolution * factor)
    }

    mutating func sum(_ total: String, _ parts: [String], _ region: String, _ period: PanelPeriod) {
        guard let total = value(levels[total], region, period) else { return }
        let stated = parts.compactMap { value(levels[$0], region, period) }
        guard !stated.isEmpty, total.number > 0 else { return }
        let computed = stated.reduce(0) { $0 + $1.number }
        let rounding = 0.55 * (total.resolution + stated.reduce(0) { $0 + $1.resolution })
        // Parts that are not all there can only be too much.
        guard stated.count == parts.count || computed > total.number + rounding else { return }
        let difference = abs(total.number - computed)
        let outcome: CheckResult.Outcome =
            difference <= rounding + 0.0005 * total.number
            ? .holds : difference <= 0.01 * total.number ? .differs : .fails
        add(.sum, region, period, [total] + stated, total.number, computed, outcome)
    }

    mutating func growth(_ code: String, _ region: String, _ period: PanelPeriod) {
        let before = PanelPeriod(year: period.year - 1, first: period.first, last: period.last)
        guard let now = value(levels[code], region, period), let then = value(levels[code], region, before),
            let change = value(changes[code], region, period), then.number > 0, now.number > 0
        else { return }
        let computed = (now.number / then.number - 1) * 100
        let rounding =
            100 * (now.resolution / then.number + now.number * then.resolution / (then.number * then.number)) / 2
            + change.resolution
        let difference = abs(computed - change.number)
        let outcome: CheckResult.Outcome =
            difference <= rounding + 0.1 ? .holds : difference <= rounding + 8 ? .differs : .fails
        add(.growth, region, period, [change, now, then], change.number, computed, outcome)
    }

    mutating func perHead(
        _ amount: String, _ perHead: String, _ people: String, _ region: String, _ period: PanelPeriod
    ) {
        guard let amount = value(levels[amount], region, period), let head = value(levels[perHead], region, period),
            let people = value(levels[people], region, period), people.number > 0, head.number > 0
        else { return }
        let computed = amount.number / people.number
        let ratio = abs(computed / head.number - 1)
        add(
            .perHead, region, period, [head, amount, people], head.number, computed,
            ratio <= 0.03 ? .holds : ratio <= 0.12 ? .differs : .fails)
    }

    mutating func shares(_ region: String, _ period: PanelPeriod) {
        guard let whole = value(levels["gdp"], region, period), whole.number > 0 else { return }
        for (column, part) in shares where panel.columns[part].measure.hasSuffix("value_added") {
            guard let share = value(column, region, period), let part = value(part, region, period) else { continue }
            let computed = part.number / whole.number * 100
            let difference = abs(computed - share.number)
            add(
                .share, region, period, [share, part, whole], share.number, computed,
                difference <= share.resolution + 0.1 ? .holds : difference <= 2 ? .differs : .fails)
        }
    }

    private mutating func add(
        _ name: ArithmeticCheck.Name, _ region: String, _ period: PanelPeriod, _ values: [Value], _ stated: Double,
        _ computed: Double, _ outcome: CheckResult.Outcome
    ) {
        results.append(
            CheckResult(
                name: name, region: region, period: period, cells: values.map(\.key), stated: stated,
                computed: computed, outcome: outcome))
    }
}
