/// What stands in one sentence, in whatever order: asked before a pattern is run, which costs much more.
struct SentenceWords {
    private var features = FeatureSet()
    /// One bit for each scalar, folded to twelve bits; a false yes costs one run.
    private var scalars = [UInt64](repeating: 0, count: 64)

    init(_ tokens: Tokens, _ range: Range<Int>) {
        features = tokens.features(in: range)
        for i in range {
            let c = tokens.s[i]
            scalars[Int(c >> 6 & 63)] |= 1 << UInt64(c & 63)
        }
    }

    /// Whether one of the things may stand here; false is certain.
    func has(_ need: Pattern.Need) -> Bool {
        features.intersects(need.features)
            || need.scalars.contains { scalars[Int($0 >> 6 & 63)] >> UInt64($0 & 63) & 1 != 0 }
    }
}
