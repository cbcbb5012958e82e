/// How sure optical recognition was of a text: from each of some places on, in hundredths, up to the next of them.
public struct ScanQuality: Sendable, Equatable {
    /// A stretch of text that was recognised with one sureness.
    public struct Run: Sendable, Equatable {
        /// Where it begins, in scalars.
        public let start: Int
        /// 0 to 100.
        public let percent: Int

        /// Pairs the two.
        public init(start: Int, percent: Int) {
            self.start = start
            self.percent = min(100, max(0, percent))
        }
    }

    /// In the order of their places.
    public private(set) var runs: [Run] = []

    /// Nothing was recognised.
    public init() {}

    /// Goes on from a place with another sureness.
    public mutating func append(_ percent: Int, from start: Int) {
        guard runs.last?.percent != percent else { return }
        runs.append(Run(start: start, percent: percent))
    }

    /// The least sureness of a span; 100 where nothing is known of it.
    public func percent(of span: Range<Int>) -> Int {
        var least = 100
        for (place, run) in runs.enumerated() {
            let end = place + 1 < runs.count ? runs[place + 1].start : .max
            if run.start < span.upperBound, end > span.lowerBound { least = min(least, run.percent) }
        }
        return least
    }

    /// What holds in a span, in the same places.
    public func part(_ span: Range<Int>) -> ScanQuality {
        var part = ScanQuality()
        for run in runs where run.start < span.upperBound {
            if run.start <= span.lowerBound { part.runs = [] }
            part.runs.append(Run(start: max(run.start, span.lowerBound), percent: run.percent))
        }
        return part
    }

    /// `0:96 12:80`: places with hundredths.
    public var text: String { runs.map { "\($0.start):\($0.percent)" }.joined(separator: " ") }

    /// Reads ``text``; nil where it is none.
    public init?(_ text: String) {
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            let parts = word.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, let start = Int(parts[0]), let percent = Int(parts[1]), (0...100).contains(percent),
                start > runs.last?.start ?? -1, start <= MessageLimits.number
            else { return nil }
            runs.append(Run(start: start, percent: percent))
        }
    }
}
