/// Capped exponential backoff with full jitter: the pause before attempt n is drawn evenly
/// from zero to `first * 2^(n-1)`, at most `longest`, so that workers that failed together
/// do not come back together.
public struct Backoff: Sendable, Equatable {
    /// Upper end of the first pause.
    public let first: Duration
    /// Upper end of any pause.
    public let longest: Duration

    /// Gathers the bounds; `longest` counts as at least `first`.
    public init(first: Duration = .milliseconds(200), longest: Duration = .seconds(30)) {
        self.first = max(first, .zero)
        self.longest = max(longest, self.first)
    }

    /// Upper end of the pause after the failed attempt `attempt` (from 1); never overflows.
    public func ceiling(after attempt: Int) -> Duration {
        let milliseconds = first.milliseconds
        let doublings = min(max(0, attempt - 1), 62)
        let (product, overflow) = milliseconds.multipliedReportingOverflow(by: Int64(1) << Int64(doublings))
        return overflow ? longest : min(longest, .milliseconds(product))
    }

    /// The pause after the failed attempt `attempt`, for a random number from 0 to 1.
    public func pause(after attempt: Int, random: Double) -> Duration {
        let share = random.isFinite ? min(1, max(0, random)) : 1
        return .milliseconds(Int64(Double(ceiling(after: attempt).milliseconds) * share))
    }
}
