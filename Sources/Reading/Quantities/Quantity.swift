import BulletinModel

/// A numeral with its unit, as the quantity pass sees it: what is counted and how is not
/// known yet.
public struct Quantity: Sendable, Equatable {
    /// What the numeral and its unit look like.
    public enum Form: String, Sendable {
        /// A count or amount with a unit (`430.4亿元`, `78个`).
        case amount
        /// A percentage, fraction, 成 or ‰ (`5.3%`, `三成`, `四分之一`).
        case ratio
        /// A difference of percentages (`34个百分点`, `2个千分点`).
        case points
        /// A multiple (`1.5倍`, `翻一番`).
        case multiple
        /// A place in an order (`第一位`, `首位`).
        case rank
    }

    /// Where its unit was found.
    public enum UnitSource: Sendable {
        /// Behind the numeral.
        case printed
        /// Behind the last number of its list (10、20和30万元).
        case listed
        /// A sign in front (￥100).
        case sign
        /// A noun beside the numeral (1400万农业转移人口).
        case implied
        /// A column, head or caption of a table.
        case table
    }

    /// A part of a structure (the second of 5.8:41.6:52.6).
    public struct Part: Sendable, Equatable {
        /// Which part it is, from 0.
        public var index: Int
        /// How many parts there are.
        public var count: Int
    }

    /// Where it stands in the passage's folded scalars: numeral and unit, nothing else.
    public var range: Range<Int>
    /// Where the numeral alone stands.
    public var numeral: Range<Int>
    /// Decimal string, never negative unless a sign is printed; magnitudes multiplied out.
    public var value: String
    /// Upper end of a stated range, else nil.
    public var valueTo: String?
    /// The unit without its magnitude word; empty where none is printed.
    public var unit: String
    /// Where the unit was found.
    public var unitSource: UnitSource
    /// What it looks like.
    public var form: Form
    /// What the words in front, inside and behind say.
    public var bound: Indicator.Bound

    /// Which part of a structure it is; nil for most.
    public var part: Part?

    /// Puts a quantity together.
    public init(
        range: Range<Int>, numeral: Range<Int>, value: String, valueTo: String? = nil, unit: String, form: Form,
        bound: Indicator.Bound = .exact, unitSource: UnitSource = .printed, part: Part? = nil
    ) {
        self.range = range
        self.numeral = numeral
        self.value = value
        self.valueTo = valueTo
        self.unit = unit
        self.form = form
        self.bound = bound
        self.unitSource = unitSource
        self.part = part
    }
}
