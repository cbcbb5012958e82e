/// One measured figure, with the place in the source that says so.
///
/// `start` and `end` count Unicode scalars of the bulletin's decoded text, and
/// `decodedText[start..<end]` is `quote`: an indicator that cannot show its place is
/// never emitted.
public struct Indicator: Sendable, Equatable {
    /// Derived from the article, the span and the repetition at that span.
    public let id: IndicatorID
    /// The article that states the figure.
    public let article: ArticleID
    /// The bulletin that the article is part of.
    public let bulletin: BulletinID
    /// Place of the article in its bulletin, from 1.
    public let articleOrdinal: Int
    /// First scalar of the quote in the decoded text.
    public let start: Int
    /// One past the last scalar of the quote.
    public let end: Int
    /// Place among the article's indicators with this very span, from 0.
    public let repetition: Int
    /// The numeral with its unit as printed, and nothing else.
    public let quote: String
    /// What is measured: the shortest phrase that tells a reader what the figure is.
    public var name: String
    /// Decimal string, magnitude words multiplied out, no exponent, no trailing zeros,
    /// negative for a fall.
    public var value: String
    /// Upper end of a stated range, else nil.
    public var valueTo: String?
    /// The unit as printed, without its magnitude word; empty where none is printed or implied.
    public var unit: String
    /// Whether the figure is an amount, a change, a part of a whole or a place in an order.
    public var kind: Kind
    /// What a change is measured against; nil for other kinds.
    public var base: Base?
    /// How the printed number bounds the true one.
    public var bound: Bound
    /// Whether it happened or is aimed at.
    public var status: Status
    /// The days that the figure covers; nil where the text does not allow a day range.
    public var period: Period?
    /// Canonical code of a known measure, as in `Config/lexicon/`; else nil.
    public var code: String?
    /// Where it was measured; nil where the text does not tell.
    public var region: Region?
    /// How much of its region the figure speaks of; nil for a single firm, project or event, or where it is unclear.
    public var scope: Scope?
    /// Which round of the accounts the figure is of; nil where the text says nothing.
    public var vintage: Vintage?
    /// How sure the reading is, 0 to 1.
    public var confidence: Double
    /// The rule families that took part in the reading, in the order in which they ran.
    public var rules: [String]

    /// Amount, change, share or rank.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// An amount, count or rate.
        case level
        /// A rise, fall or multiple against something.
        case change
        /// A part of a whole.
        case share
        /// A place in an order.
        case rank
    }

    /// How the printed number bounds the true one.
    public enum Bound: String, Sendable, Codable, CaseIterable {
        /// The number itself.
        case exact
        /// Near the number (约 左右 近).
        case about
        /// At least the number (超 突破 以上 余).
        case over
        /// At most the number (不足 以内 不超过).
        case under
    }

    /// Result or aim.
    public enum Status: String, Sendable, Codable, CaseIterable {
        /// It happened.
        case actual
        /// An aim, plan, forecast or requirement.
        case target
    }

    /// How much of its region a figure speaks of.
    public enum Scope: String, Sendable, Codable, CaseIterable {
        /// All of it (全市, 全省), or a measure that nothing narrows.
        case whole
        /// The budget or body of this level alone, without the levels below (市本级, 省级).
        case own
        /// A part that is no division (开发区, 市区, several districts together).
        case part
    }

    /// Which round of the accounts a figure is of.
    public enum Vintage: String, Sendable, Codable, CaseIterable {
        /// Before the accounts are closed (快报, 预计执行).
        case flash
        /// The first computation or count (初步核算, 初步统计).
        case preliminary
        /// The budget as proposed or approved (年初预算, 草案).
        case budget
        /// The budget as adjusted in its year (调整预算).
        case adjusted
        /// The closed accounts (决算, 最终核实).
        case final
        /// Closed accounts that were opened again (修订, 普查).
        case revised
    }

    /// What a change is measured against.
    public enum Base: Sendable, Hashable {
        /// The same period of the year before (同比, 比上年).
        case yearOnYear
        /// The period right before (环比, 比上月).
        case previous
        /// A plan, target or budget (超年度目标).
        case target
        /// The mean over several years (年均).
        case annualAverage
        /// A named year.
        case since(year: Int)
        /// Something else that the text names or leaves open.
        case other
    }

    /// A span of whole days, both ends included.
    public struct Period: Sendable, Hashable, Codable {
        /// First day, `YYYY-MM-DD`.
        public let start: String
        /// Last day, `YYYY-MM-DD`; equal to `start` for a stock at a point in time.
        public let end: String

        /// Both days as `YYYY-MM-DD`; the caller guarantees `start <= end`.
        public init(start: String, end: String) {
            self.start = start
            self.end = end
        }
    }

    /// An administrative division.
    public struct Region: Sendable, Hashable, Codable {
        /// The name as in the table of divisions (`洛阳市`).
        public let name: String
        /// The six-digit code of GB/T 2260; nil where the table has none.
        public let code: String?

        /// Pairs a name with its code.
        public init(name: String, code: String?) {
            self.name = name
            self.code = code
        }
    }

    /// Puts an indicator together and derives its identifier.
    public init(
        article: ArticleID, bulletin: BulletinID, articleOrdinal: Int, start: Int, end: Int, repetition: Int,
        quote: String, name: String, value: String, valueTo: String? = nil, unit: String, kind: Kind,
        base: Base? = nil, bound: Bound = .exact, status: Status = .actual, period: Period? = nil,
        code: String? = nil, region: Region? = nil, scope: Scope? = nil, vintage: Vintage? = nil,
        confidence: Double = 1, rules: [String] = []
    ) {
        self.id = IndicatorID(article: article, start: start, end: end, repetition: repetition)
        self.article = article
        self.bulletin = bulletin
        self.articleOrdinal = articleOrdinal
        self.start = start
        self.end = end
        self.repetition = repetition
        self.quote = quote
        self.name = name
        self.value = value
        self.valueTo = valueTo
        self.unit = unit
        self.kind = kind
        self.base = base
        self.bound = bound
        self.status = status
        self.period = period
        self.code = code
        self.region = region
        self.scope = scope
        self.vintage = vintage
        self.confidence = confidence
        self.rules = rules
    }
}

extension Indicator.Base: RawRepresentable {
    /// Reads `yoy`, `previous`, `target`, `annual_average`, `other` or `since:YYYY`.
    public init?(rawValue: String) {
        switch rawValue {
        case "yoy": self = .yearOnYear
        case "previous": self = .previous
        case "target": self = .target
        case "annual_average": self = .annualAverage
        case "other": self = .other
        default:
            guard rawValue.hasPrefix("since:"), let year = Int(rawValue.dropFirst(6)),
                (1...9999).contains(year)
            else { return nil }
            self = .since(year: year)
        }
    }

    /// The word used in messages, files and the database.
    public var rawValue: String {
        switch self {
        case .yearOnYear: "yoy"
        case .previous: "previous"
        case .target: "target"
        case .annualAverage: "annual_average"
        case .since(let year): "since:\(year)"
        case .other: "other"
        }
    }
}
