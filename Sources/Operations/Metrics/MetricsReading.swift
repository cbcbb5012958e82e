/// The values that a metrics page tells, read back from its text.
public struct MetricsReading: Sendable, Equatable {
    /// One value with its labels.
    public struct Sample: Sendable, Equatable {
        /// The labels by name.
        public let labels: [String: String]
        /// The value.
        public let value: Double
    }

    private var samples: [String: [Sample]] = [:]

    /// Reads a page in Prometheus's text format; lines that are none of it are passed over.
    public init(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
            guard let (name, sample) = Self.sample(line) else { continue }
            samples[name, default: []].append(sample)
        }
    }

    /// The values of a metric whose labels have these values, among others.
    public func values(_ metric: Metric, _ labels: [String: String] = [:]) -> [Sample] {
        (samples[metric.name] ?? []).filter { sample in labels.allSatisfy { sample.labels[$0.key] == $0.value } }
    }

    /// The sum of these values; nil where there is none.
    public func sum(_ metric: Metric, _ labels: [String: String] = [:]) -> Double? {
        let found = values(metric, labels)
        return found.isEmpty ? nil : found.reduce(0) { $0 + $1.value }
    }

    private static func sample(_ line: Substring) -> (String, Sample)? {
        var rest = line
        let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") }
        guard !name.isEmpty else { return nil }
        rest = rest.dropFirst(name.count)
        var labels: [String: String] = [:]
        if rest.first == "{" {
            rest = rest.dropFirst()
            while rest.first != "}" {
                guard let (label, value) = Self.label(&rest) else { return nil }
                labels[label] = value
                if rest.first == "," { rest = rest.dropFirst() }
            }
            rest = rest.dropFirst()
        }
        guard let word = rest.split(separator: " ").first else { return nil }
        let value = word == "+Inf" ? Double.infinity : word == "-Inf" ? -Double.infinity : Double(word)
        return value.map { (String(name), Sample(labels: labels, value: $0)) }
    }

    private static func label(_ rest: inout Substring) -> (String, String)? {
        guard let equals = rest.firstIndex(of: "="), rest[rest.index(after: equals)...].first == "\"" else {
            return nil
        }
        let name = String(rest[..<equals])
        rest = rest[rest.index(equals, offsetBy: 2)...]
        var value = ""
        while let letter = rest.popFirst() {
            switch letter {
            case "\"": return (name, value)
            case "\\":
                guard let escaped = rest.popFirst() else { return nil }
                value.append(escaped == "n" ? "\n" : escaped)
            default: value.append(letter)
            }
        }
        return nil
    }
}
