import TopicLog

/// How many rejected records a worker takes for bad data; more are taken for a broken
/// deployment, which must not turn a whole topic into dead letters.
public struct DeadLetterBounds: Sendable, Equatable {
    /// Rejected records in a row, at least 1.
    public let inARow: Int
    /// Rejected records among the last ``window``, in percent, 1 to 100; 100 is no bound.
    public let share: Int
    /// Over how many records the share is taken, at least 1. Fewer records stop nothing.
    public let window: Int

    /// Gathers the bounds; what is out of range becomes the nearest that is in it.
    public init(inARow: Int = 1000, share: Int = 50, window: Int = 10_000) {
        self.inARow = max(1, inARow)
        self.share = min(100, max(1, share))
        self.window = max(1, window)
    }
}

/// Counts rejected records, in a row and among the last ones.
struct DeadLetterLimit: Equatable {
    private let bounds: DeadLetterBounds
    private var row = 0
    /// A bit for each of the last records, as a ring: whether it was rejected.
    private var ring: [UInt64]
    private var next = 0
    private var isFull = false
    private var rejected = 0

    init(_ bounds: DeadLetterBounds) {
        self.bounds = bounds
        ring = Array(repeating: 0, count: (bounds.window + 63) / 64)
    }

    /// Adds a batch's results in input order: whether each was rejected.
    ///
    /// - Throws: a failure of kind `setup` when a bound is passed; the batch must then not be
    ///   committed.
    mutating func add(_ rejections: some Sequence<Failure?>) throws(Failure) {
        for rejection in rejections {
            note(rejection != nil)
            guard let rejection else {
                row = 0
                continue
            }
            row += 1
            guard row <= bounds.inARow else {
                throw Self.failure(
                    "More than \(bounds.inARow) records in a row", rejection, raise: "dead-letters.in-a-row")
            }
            // In whole numbers, so that exactly the share is still allowed.
            guard !isFull || rejected * 100 <= bounds.share * bounds.window else {
                throw Self.failure(
                    "\(rejected) of the last \(bounds.window) records", rejection, raise: "dead-letters.share")
            }
        }
    }

    private mutating func note(_ isRejected: Bool) {
        let bit: UInt64 = 1 << UInt64(next % 64)
        if ring[next / 64] & bit != 0 { rejected -= 1 }
        if isRejected {
            ring[next / 64] |= bit
            rejected += 1
        } else {
            ring[next / 64] &= ~bit
        }
        next += 1
        if next == bounds.window {
            next = 0
            isFull = true
        }
    }

    private static func failure(_ records: String, _ last: Failure, raise key: String) -> Failure {
        Failure(
            .setup, code: "dead_letter_limit",
            "\(records) were rejected, the last because: \(last.message) The worker stops before it rejects a whole "
                + "topic; correct the cause, or raise \(key).")
    }
}
