/// What the head of a row or column says: a measure or part of one, and how its figures are to be read.
struct Head: Equatable {
    /// What the figures are, as far as their heads tell.
    enum Kind: Equatable {
        /// A change in per cent, or as an amount.
        case change, amount
        case share, rank
        /// A level against 100.
        case index
        /// A level named after the plan that it is measured on.
        case completion
    }

    /// Which part of its division a figure is of.
    enum Extent: Equatable { case whole, own, part }

    /// The words that name something, without blanks, marks and all that the other fields hold.
    var text: [UInt32] = []
    /// The units in its brackets, in order.
    var units: [TableUnit] = []
    var kind: Kind?
    /// The base of a change, as the table of words has it.
    var base = ""
    /// The words that a plan or its fulfilment adds to the name.
    var suffix: [UInt32] = []
    /// Planned figures, where the head says so; done ones, where it says that.
    var isPlanned: Bool?
    /// Which version of the figures a budget's head names.
    var vintage: String?
    var extent: Extent?
    /// The words that tell a part of the division, for the name.
    var extentWords: [UInt32] = []
    var time = HeadTime()
    /// One of several that the row above sums up.
    var isAmong = false
    /// The rank of its outline number: 1 for 一、, 2 for （一）, 3 for 1.; 0 without one.
    var outline = 0
    var isTotal = false
    /// It only says that levels stand there.
    var isGeneric = false
    var isCorner = false
    var isOrdinal = false
    var isRemark = false
    var isUnit = false
    var isFormula = false
    /// Shares of the three industries stand in one cell.
    var isIndustries = false

    /// Whether it says nothing that figures need.
    var isBlank: Bool {
        text.isEmpty && units.isEmpty && kind == nil && suffix.isEmpty && isPlanned == nil && extent == nil
            && time.isEmpty && !isTotal && !isGeneric
    }
}
