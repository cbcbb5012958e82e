/// A word, number or sign of a passage.
struct Token: Sendable, Equatable {
    private let first: Int32
    private let last: Int32
    /// The word in the dictionary; -1 for numbers, letters, marks and characters that no table has.
    let entry: Int32
    /// What it is or does.
    let features: FeatureSet

    init(_ range: Range<Int>, entry: Int32, features: FeatureSet) {
        first = Int32(truncatingIfNeeded: range.lowerBound)
        last = Int32(truncatingIfNeeded: range.upperBound)
        self.entry = entry
        self.features = features
    }

    /// Its first scalar in the passage.
    var start: Int { Int(first) }
    /// One past its last scalar.
    var end: Int { Int(last) }
    /// Where it stands in the passage, in scalars.
    var range: Range<Int> { Int(first)..<Int(last) }
    /// How many scalars it has.
    var count: Int { Int(last - first) }

    /// Whether it has the feature.
    @inline(__always) func has(_ feature: Feature) -> Bool { features.contains(feature) }
    /// Whether it has one of the features.
    @inline(__always) func hasAny(_ set: FeatureSet) -> Bool { features.intersects(set) }
}
