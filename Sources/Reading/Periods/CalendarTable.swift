/// The words of time that `calendar.tsv` has: what begins an expression, and what stands in and around one.
///
/// A line has a word, its sense, features and a note, with tabs between; a word may have several lines. A sense is
/// one of ``Mark``, or a sense with values (`relative-year -1`, `part 01-01 06-30`), see ``CalendarSense``.
struct CalendarTable: Sendable {
    /// What a word says beside numbers and other times.
    enum Mark: String, CaseIterable, Sendable {
        case year = "mark-year", month = "mark-month", day = "mark-day", hour = "mark-hour", minute = "mark-minute"
        case quarter = "mark-quarter", months = "mark-months", quarters = "mark-quarters", century = "mark-century"
        case end, beginning, middle, dayPart = "day-part", monthTail = "month-tail", noDay = "no-day", dateline
        case to, and, ordinal, first, republic, within = "within-head", withinTail = "within-tail"
        case spanHead = "span-head", spanTail = "span-tail", spanAverage = "span-average", notSpan = "not-span"
        case futureHead = "future-head", ahead, during, centuryHead = "century"
        case since, open, stop, same, carried, prices, ground, planName = "plan-name", firstDay = "first-day"
        case upTo = "up-to", until, reference, equals, from, basis, stock, about, percent
        case flow, part = "goes-on", opener = "address", point, report, review, draft, higher, each, arrival, moved,
            becoming
        case than, yearTail = "year-tail", happening, gathering, attending, announcing, budget, accounts
        case levelBehind = "level-behind", recordBehind = "record-behind", twoYears = "two-years"
        case forecast, byParts = "by-parts", notFestival = "not-festival"
        case baseYearly = "base-yearly"
        case basePrevious = "base-previous"
        case baseYearStart = "base-year-start"
        case baseSequences = "base-sequences"
        case baseAverage = "base-average"
        case baseGoals = "base-goals"
        case baseBeyond = "base-beyond"
        case baseOthers = "base-others"
        case baseRateEnds = "base-rate-ends"
        case baseOwnPast = "base-own-past"
        case baseYearlyMeasures = "base-yearly-measures"
        case baseWholePlan = "base-whole-plan"
        case baseHigher = "base-higher"
        case baseRateOfOther = "base-rate-of-other"
        case baseOverBudget = "base-over-budget"
        case baseAllowed = "base-allowed"
        case baseReported = "base-reported"
        case baseCompareEnds = "base-compare-ends"
        case baseForecasts = "base-forecasts"
        case baseComparing = "base-comparing"
        case baseCompare = "base-compare"
        case baseYearsAgo = "base-years-ago"
        case baseThan = "base-than"
        case statusStrong = "status-strong"
        case statusCompared = "status-compared"
        case statusPlans = "status-plans"
        case statusReviews = "status-reviews"
        case statusDone = "status-done"
        case statusMoved = "status-moved"
        case statusPlanned = "status-planned"
        case statusObtained = "status-obtained"
        case statusOpeners = "status-openers"
        case statusPastYears = "status-past-years"
        case statusCompareFront = "status-compare-front"
        case statusPastGoesOn = "status-past-goes-on"
        case statusYearPlan = "status-year-plan"
        case statusPlanNames = "status-plan-names"
        case statusAims = "status-aims"
        case statusExpecting = "status-expecting"
        case statusYearOnYear = "status-year-on-year"
        case statusBudget = "status-budget", statusApproved = "status-approved", statusExecuted = "status-executed"
        case statusLifeSpan = "status-life-span"

        /// Its number in the order of the cases. An enumeration of strings is hashed by its string, which would cost
        /// more than what a set of words is asked for.
        var place: Int { withUnsafeBytes(of: self) { Int($0[0]) } }
    }

    private let marks: [WordSet]
    /// Words that begin an expression by themselves.
    let heads: WordTable<CalendarSense>
    /// Those among them that tell a time without a number.
    let words: [(word: String, sense: CalendarSense)]
    /// Holidays with days of their own in one year, by their word and year.
    private let festivals: [String: [CalendarSense]]

    /// Knows nothing.
    static let empty = CalendarTable(marks: Mark.allCases.map { _ in [] }, heads: [], festivals: [:])

    private init(marks: [[String]], heads: [(String, CalendarSense)], festivals: [String: [CalendarSense]]) {
        self.marks = marks.map { WordSet(words: $0) }
        self.heads = WordTable(heads.map { (word: $0.0, value: $0.1) })
        self.festivals = festivals
        words = heads.filter { $0.1 != .opener }.map { (word: $0.0, sense: $0.1) }
    }

    /// Reads the table.
    ///
    /// - Throws: ``LexiconError`` with the line that cannot be read.
    init(_ text: String) throws(LexiconError) {
        var marks = [[String]](repeating: [], count: Mark.allCases.count)
        var heads: [(String, CalendarSense)] = []
        var festivals: [String: [CalendarSense]] = [:]
        try TableLines.forEach(of: text) { (number, cells) throws(LexiconError) in
            guard cells.count >= 2, !cells[0].isEmpty, !cells[0].contains(" ") else {
                throw LexiconError(message: "calendar.tsv:\(number): needs a word and a sense with a tab between.")
            }
            if let mark = Mark(rawValue: cells[1]) {
                marks[mark.place].append(cells[0])
                if let opener = Self.openers[mark] { heads.append((cells[0], opener)) }
            } else if let sense = CalendarSense(cells[1], word: cells[0]) {
                if case .festival = sense { festivals[cells[0], default: []].append(sense) }
                heads.append((cells[0], sense))
            } else {
                throw LexiconError(message: "calendar.tsv:\(number): \(cells[1]) is no sense of a word of time.")
            }
        }
        self.init(marks: marks, heads: heads, festivals: festivals)
    }

    /// Marks whose words may begin an expression.
    private static let openers: [Mark: CalendarSense] = [
        .republic: .opener, .spanHead: .opener, .futureHead: .opener, .first: .opener, .centuryHead: .opener,
        .ordinal: .opener, .within: .opener,
    ]

    /// The words of a mark.
    subscript(_ mark: Mark) -> WordSet { marks[mark.place] }

    /// The days of a holiday in a year; nil where no line tells them.
    func festival(_ word: String, in year: Int) -> (from: CalendarSense.Day, to: CalendarSense.Day)? {
        var always: (from: CalendarSense.Day, to: CalendarSense.Day)?
        for case .festival(let days) in festivals[word] ?? [] {
            if days.year == year { return (days.from, days.to) }
            if days.year == nil { always = (days.from, days.to) }
        }
        return always
    }
}
