import BulletinModel
import TopicLog

/// What an audit looked at and what it found.
public struct AuditReport: Sendable {
    /// How the offsets of one partition are accounted for.
    public struct Account: Sendable, Equatable {
        /// The partition.
        public let partition: TopicPartition
        /// The offsets of the span.
        public let offsets: Range<Int64>
        /// How many of them hold records.
        public internal(set) var records = 0
        /// How many are single offsets without data, as the marker of a transaction takes.
        public internal(set) var markers = 0
        /// How many stand in longer stretches without data: aborted or compacted records with
        /// their markers.
        public internal(set) var withoutData = 0
        /// How many are missing or cannot be read.
        public internal(set) var missing = 0
    }

    /// How many of each were held to what they follow from, and hold.
    public struct Counts: Sendable, Equatable {
        /// Bulletins whose bytes are what their identifiers say.
        public internal(set) var bulletins = 0
        /// Articles that follow from their bulletins.
        public internal(set) var articles = 0
        /// Articles whose indicators were derived again.
        public internal(set) var readings = 0
        /// Indicators that were derived again and are equal in every field.
        public internal(set) var indicators = 0
        /// Closing records that fit their indicators.
        public internal(set) var closings = 0
        /// Dead letters.
        public internal(set) var deadLetters = 0
        /// Rows of the database that are equal to their records.
        public internal(set) var rows = 0
        /// Readings of older engines that newer ones replaced.
        public internal(set) var superseded = 0
        /// Records that are no messages of ours, and were rejected as such by a worker.
        public internal(set) var rejected = 0
        /// Articles that enrichment, or rows that the sink, has not come to yet.
        public internal(set) var waiting = 0
        /// Bulletins whose derivation an earlier audit had done.
        public internal(set) var recalled = 0
    }

    /// An article with its figures, for the page.
    public struct Sheet: Sendable {
        /// The article as its bulletin gives it.
        public let article: Article
        /// Its indicators, derived.
        public let indicators: [Indicator]
        /// Where the bulletin came from.
        public let source: String
    }

    /// What was read: a log or an archive, and where.
    public internal(set) var source: String
    /// The database that was compared; nil for none.
    public internal(set) var database: String?
    /// The span in words.
    public internal(set) var span: String
    /// What derived.
    public internal(set) var engine: EngineVersion
    /// When the audit began.
    public internal(set) var began: Timestamp
    /// The partitions.
    public internal(set) var accounts: [Account] = []
    /// What holds.
    public internal(set) var counts = Counts()
    /// How many findings there are of each kind.
    public internal(set) var totals: [Finding.Kind: Int] = [:]
    /// The first findings, up to a limit.
    public internal(set) var findings: [Finding] = []
    /// What a reader should know besides, one sentence each.
    public internal(set) var notes: [String] = []
    /// Articles to be shown with their figures.
    public internal(set) var sheets: [Sheet] = []

    /// Whether everything holds.
    public var holds: Bool { totals.values.allSatisfy { $0 == 0 } }

    /// How many findings there are.
    public var differences: Int { totals.values.reduce(0, +) }

    static let mostFindings = 1000

    mutating func add(_ finding: Finding) {
        totals[finding.kind, default: 0] += 1
        if findings.count < Self.mostFindings { findings.append(finding) }
    }
}
