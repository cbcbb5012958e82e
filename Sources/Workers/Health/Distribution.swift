/// Observations counted in buckets, for histograms.
public struct Distribution: Sendable, Equatable {
    /// Upper ends of the buckets, ascending; one more bucket takes what is beyond.
    public let bounds: [Double]
    /// Observations in each bucket, the last beyond all bounds.
    public private(set) var counts: [Int]
    /// The sum of all observations.
    public private(set) var sum = 0.0

    /// Empty buckets.
    public init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    /// How many observations there were.
    public var count: Int { counts.reduce(0, +) }

    /// Counts an observation; what is no number is left out.
    public mutating func observe(_ value: Double) {
        guard value.isFinite else { return }
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        sum += value
    }

    /// Counts a time in seconds; one before zero, as clocks of two machines give, is zero.
    public mutating func observe(_ time: Duration) { observe(max(0, Double(time.milliseconds) / 1000)) }

    /// Buckets for the records of a batch.
    static let sizes = Distribution(bounds: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000])
    /// Buckets for the seconds that a batch takes.
    static let times = Distribution(bounds: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60])
    /// Buckets for the seconds from receipt to row, which an outage may make days.
    static let latencies = Distribution(
        bounds: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 21_600, 86_400])
}
