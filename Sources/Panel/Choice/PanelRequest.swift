import BulletinModel
import Reading

/// What a panel is to be of, and how its cells are to be chosen.
public struct PanelRequest: Sendable {
    /// The columns, in order.
    public var columns: [PanelColumn]
    /// The years, both ends included.
    public var years: ClosedRange<Int>
    /// How long its periods are.
    public var frequency = PanelPeriod.Frequency.year
    /// Only divisions of this level; nil is any that is stated.
    public var level: Division.Level?
    /// Only divisions that lie in one of these, or are one; empty is all.
    public var within: [Division] = []
    /// Only these divisions; empty is all.
    public var regions: [Division] = []
    /// Units by column or measure (`gdp`, `gdp:change`); else what suits the values.
    public var units: [String: String] = [:]
    /// The rounds of the accounts, the best first; nil stands for statements that do not tell. Others are not taken.
    public var vintages: [Indicator.Vintage?] = PanelRequest.usualVintages
    /// Whether statements of a level's own budget or body count (市本级).
    public var takesOwn = false
    /// Whether statements of a part that is no division count (开发区).
    public var takesPart = false
    /// Whether cells with a conflict stay empty.
    public var isStrict = false
    /// What people have set right.
    public var overrides: [PanelOverride] = []

    /// Whether gaps are looked for in the texts and among dead letters, which takes longer.
    public var looksForPassages = false
    /// Whether it is told at all why cells are empty.
    public var looksForGaps = true
    /// Whether the sources' own arithmetic is checked, which needs further columns.
    public var checksArithmetic = true
    /// The names of each measure, the usual one first, for what is looked for and shown.
    public var measureNames: [String: [String]] = [:]

    /// What measures are called where they are shown and ``measureNames`` has none, such as those of checks.
    public var titles: [String: String] = [:]

    /// The usual unit of each measure, without a magnitude word. Levels that are stated without a unit are not taken where
    /// there is one: nobody can tell whether they are in 元 or 亿元.
    public var measureUnits: [String: String] = [:]

    /// Columns over years.
    public init(columns: [PanelColumn], years: ClosedRange<Int>) {
        self.columns = columns
        self.years = years
    }

    /// Closed accounts, accounts opened again, first computations, what does not tell, and figures before the close; a
    /// budget counts for targets alone.
    public static let usualVintages: [Indicator.Vintage?] = [
        .final, .revised, .preliminary, nil, .flash, .budget, .adjusted,
    ]
}

/// A cell that a person has set right.
public struct PanelOverride: Sendable, Equatable {
    /// What the cell is to hold.
    public enum Value: Sendable, Equatable {
        /// A number in the column's unit, as a decimal string.
        case number(String)
        /// The value of an indicator.
        case indicator(IndicatorID)
    }

    /// The code of the region.
    public var region: String
    /// The period as tables name it.
    public var period: String
    /// The column's key, such as `gdp` or `gdp:change`.
    public var column: String
    /// What it is to hold.
    public var value: Value
    /// Who set it right.
    public var who: String
    /// When.
    public var when: String
    /// Why.
    public var why: String

    /// Puts a correction together.
    public init(
        region: String, period: String, column: String, value: Value, who: String, when: String, why: String
    ) {
        self.region = region
        self.period = period
        self.column = column
        self.value = value
        self.who = who
        self.when = when
        self.why = why
    }
}
