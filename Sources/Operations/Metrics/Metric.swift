/// One thing that is measured, declared once: the page for Prometheus and the table of the
/// documentation both come from this value.
public struct Metric: Sendable, Hashable {
    /// How the values behave over time, as Prometheus calls it.
    public enum Kind: String, Sendable {
        /// Only grows while the process runs, from zero at its start.
        case counter
        /// Goes up and down.
        case gauge
        /// Observations counted in buckets, with their sum.
        case histogram
    }

    /// The name, with its unit at the end; counters end with `_total`.
    public let name: String
    /// How the values behave.
    public let kind: Kind
    /// One sentence that says what is measured.
    public let help: String
    /// The names of the labels, in the order in which values are given.
    public let labels: [String]

    private init(_ kind: Kind, _ name: String, _ labels: [String], _ help: String) {
        self.name = name
        self.kind = kind
        self.help = help
        self.labels = labels
    }

    static func counter(_ name: String, _ labels: [String] = [], _ help: String) -> Self {
        Self(.counter, name, labels, help)
    }

    static func gauge(_ name: String, _ labels: [String] = [], _ help: String) -> Self {
        Self(.gauge, name, labels, help)
    }

    static func histogram(_ name: String, _ labels: [String] = [], _ help: String) -> Self {
        Self(.histogram, name, labels, help)
    }
}
