/// From when on a worker counts as not well.
public struct HealthLimits: Sendable, Equatable {
    /// How long its loop may take for one turn.
    public let stalledAfter: Duration
    /// How many records it may have still to read, all partitions together; nil is any number.
    public let lag: Int64?

    /// Gathers the limits.
    public init(stalledAfter: Duration = .seconds(120), lag: Int64? = nil) {
        self.stalledAfter = stalledAfter
        self.lag = lag
    }
}

/// One thing that is said against a worker.
public struct HealthReason: Sendable, Equatable {
    /// A short stable word.
    public let code: String
    /// One plain sentence.
    public let reason: String
}

extension WorkerStatus {
    /// Why the process should be started again: the loop hangs, or has failed; nil when it
    /// turns. An outage is no reason, since a restart would not end it.
    public func stalled(at uptime: Duration, _ limits: HealthLimits) -> HealthReason? {
        if phase == .stopped {
            guard let trouble else { return nil }
            return HealthReason(code: trouble.code, reason: "The \(worker) worker stopped: \(trouble.message)")
        }
        let age = loopAge(at: uptime)
        guard age > limits.stalledAfter else { return nil }
        return HealthReason(
            code: "stalled",
            reason: "The loop of the \(worker) worker has not turned for \(age.components.seconds) s; it was "
                + "\(phase.rawValue) a batch of \(inFlightRecords) records.")
    }

    /// Everything that is said against the worker, the gravest first; none when it works.
    public func reasons(at uptime: Duration, _ limits: HealthLimits) -> [HealthReason] {
        var reasons = stalled(at: uptime, limits).map { [$0] } ?? []
        switch phase {
        case .starting where trouble == nil:
            reasons.append(HealthReason(code: "starting", reason: "The \(worker) worker is starting."))
        case .leaving:
            reasons.append(HealthReason(code: "stopping", reason: "The \(worker) worker is stopping."))
        case .stopped where trouble == nil:
            reasons.append(HealthReason(code: "stopped", reason: "The \(worker) worker has stopped."))
        default: break
        }
        if let trouble, phase != .stopped {
            reasons.append(
                HealthReason(
                    code: trouble.code, reason: "The \(worker) worker tries again after an outage: \(trouble.message)"))
        }
        let behind = lag.values.reduce(0, +)
        if let limit = limits.lag, behind > limit {
            reasons.append(
                HealthReason(
                    code: "lag",
                    reason: "The \(worker) worker has \(behind) records still to read, more than \(limit)."))
        }
        return reasons
    }
}
