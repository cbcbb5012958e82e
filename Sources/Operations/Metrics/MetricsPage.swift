/// The values of all metrics at one moment, and their text for Prometheus (format 0.0.4).
///
/// Values are gathered when somebody asks, from what the workers note anyway, so that
/// measuring costs them nothing and there is one truth.
public struct MetricsPage: Sendable {
    private var samples: [Metric: [Sample]] = [:]

    private struct Sample {
        let labels: [String]
        let value: Value
    }

    private enum Value {
        case number(Double)
        case buckets(bounds: [Double], counts: [Int], sum: Double)
    }

    /// An empty page.
    public init() {}

    /// Adds a counter's or gauge's value, with the values of its labels in their order.
    public mutating func add(_ metric: Metric, _ labels: [String] = [], _ value: Double) {
        precondition(labels.count == metric.labels.count && metric.kind != .histogram, metric.name)
        samples[metric, default: []].append(Sample(labels: labels, value: .number(value)))
    }

    /// Adds a histogram: the upper ends of its buckets without infinity, the observations in
    /// each (not cumulated, one more for what is beyond) and their sum.
    public mutating func add(
        _ metric: Metric, _ labels: [String] = [], bounds: [Double], counts: [Int], sum: Double
    ) {
        precondition(labels.count == metric.labels.count && metric.kind == .histogram, metric.name)
        precondition(counts.count == bounds.count + 1, metric.name)
        samples[metric, default: []].append(
            Sample(labels: labels, value: .buckets(bounds: bounds, counts: counts, sum: sum)))
    }

    /// The content type of ``text``.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// The page; metrics without values are left out.
    public var text: String {
        var out = ""
        for metric in Metric.all {
            guard let all = samples[metric] else { continue }
            out += "# HELP \(metric.name) \(Self.escaped(metric.help, quotes: false))\n"
            out += "# TYPE \(metric.name) \(metric.kind.rawValue)\n"
            for sample in all { Self.write(sample, of: metric, to: &out) }
        }
        return out
    }

    private static func write(_ sample: Sample, of metric: Metric, to out: inout String) {
        let pairs = zip(metric.labels, sample.labels).map { ($0, $1) }
        switch sample.value {
        case .number(let number):
            out += "\(metric.name)\(braces(pairs)) \(Self.number(number))\n"
        case .buckets(let bounds, let counts, let sum):
            var total = 0
            for (bound, count) in zip(bounds.map(Self.number) + ["+Inf"], counts) {
                total += count
                out += "\(metric.name)_bucket\(braces(pairs + [("le", bound)])) \(total)\n"
            }
            out += "\(metric.name)_sum\(braces(pairs)) \(Self.number(sum))\n"
            out += "\(metric.name)_count\(braces(pairs)) \(total)\n"
        }
    }

    private static func braces(_ pairs: [(String, String)]) -> String {
        if pairs.isEmpty { return "" }
        return "{" + pairs.map { "\($0)=\"\(escaped($1, quotes: true))\"" }.joined(separator: ",") + "}"
    }

    /// Whole numbers without a fraction, others with the fewest digits that give them back.
    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return Int64(exactly: value).map(String.init) ?? "\(value)"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": out.append(contentsOf: "\\\\".unicodeScalars)
            case "\n": out.append(contentsOf: "\\n".unicodeScalars)
            case "\"" where quotes: out.append(contentsOf: "\\\"".unicodeScalars)
            default: out.append(scalar)
            }
        }
        return String(out)
    }
}
