/// A passage cut into words, with every word of the tables that stands in it.
struct Tokens: Sendable {
    /// The passage.
    let passage: Passage
    /// The tables.
    let lexicon: Lexicon
    /// The likeliest words, in order, without a gap.
    let all: [Token]
    private let edges: [Lattice.Edge]
    private let ending: [Int32]
    private let beginning: [Int32]
    /// For each scalar the index of the token that covers it; the count of tokens for the end.
    private let covering: [Int32]

    init(_ passage: Passage, _ lexicon: Lexicon) {
        let lattice = Lattice(passage.scalars, lexicon.dictionary)
        self.passage = passage
        self.lexicon = lexicon
        all = lattice.tokens
        edges = lattice.edges
        ending = lattice.ending
        beginning = lattice.beginning
        var covering = [Int32](repeating: Int32(lattice.tokens.count), count: passage.scalars.count + 1)
        for (i, token) in lattice.tokens.enumerated() {
            for scalar in token.range { covering[scalar] = Int32(i) }
        }
        self.covering = covering
    }

    /// The passage's folded scalars.
    var s: [UInt32] { passage.scalars }
    /// How many tokens there are.
    var count: Int { all.count }
    /// The token of an index.
    subscript(_ index: Int) -> Token { all[index] }

    /// The index of the token that covers a scalar; ``count`` for the end of the passage.
    func index(at scalar: Int) -> Int { Int(covering[scalar]) }

    /// The indices of the tokens that touch a range of scalars.
    func indices(in range: Range<Int>) -> Range<Int> {
        guard !range.isEmpty else { return index(at: range.lowerBound)..<index(at: range.lowerBound) }
        return index(at: range.lowerBound)..<(index(at: range.upperBound - 1) + 1)
    }

    /// Whether a token begins at the scalar, or the passage ends there.
    func startsToken(_ scalar: Int) -> Bool {
        scalar == s.count || all[index(at: scalar)].start == scalar
    }

    /// Whether a token ends right before the scalar.
    func endsToken(_ scalar: Int) -> Bool { startsToken(scalar) }

    // MARK: - Values

    /// The unit that the token is; nil where it is none.
    func unit(_ index: Int) -> Unit? { lexicon.unit(entry: all[index].entry) }

    /// The code of the measure that the token names; nil where it names none.
    func measure(_ index: Int) -> String? { lexicon.measure(entry: all[index].entry) }

    /// The divisions that the token may mean, as the region table numbers them; nil where it names none.
    func divisions(_ index: Int) -> [Int32]? { lexicon.divisions(entry: all[index].entry) }

    /// What the token means in the calendar; nil where it means nothing there.
    func calendar(_ index: Int) -> CalendarSense? { lexicon.calendar(entry: all[index].entry) }

    // MARK: - Words beyond the best path

    /// A word at a place.
    struct Word: Sendable, Equatable {
        /// Where it stands, in scalars.
        var range: Range<Int>
        /// Which word it is.
        var entry: Int32
    }

    /// The words that begin at a scalar and cut no token, the shortest first.
    func words(startingAt scalar: Int) -> [Word] {
        guard scalar < s.count, startsToken(scalar) else { return [] }
        return edges[Int(beginning[scalar])..<Int(beginning[scalar + 1])].filter { startsToken(Int($0.end)) }
            .map { Word(range: Int($0.start)..<Int($0.end), entry: $0.entry) }
    }

    /// The longest word with one of the features that begins at a scalar and cuts no token.
    func longest(anyOf set: FeatureSet, startingAt scalar: Int, notBehind limit: Int? = nil) -> Range<Int>? {
        guard scalar < s.count, startsToken(scalar) else { return nil }
        let limit = limit ?? s.count
        var found: Range<Int>?
        for k in Int(beginning[scalar])..<Int(beginning[scalar + 1]) {
            let edge = edges[k]
            let end = Int(edge.end)
            if end <= limit, end > found?.upperBound ?? 0, lexicon.dictionary.features(edge.entry).intersects(set),
                startsToken(end)
            {
                found = scalar..<end
            }
        }
        return found
    }

    /// The longest word with the feature that begins at a scalar and cuts no token.
    func longest(_ feature: Feature, startingAt scalar: Int, notBehind limit: Int? = nil) -> Range<Int>? {
        longest(anyOf: [feature], startingAt: scalar, notBehind: limit)
    }

    /// The longest word with one of the features that ends right before a scalar and cuts no token.
    func longest(anyOf set: FeatureSet, endingAt scalar: Int, notBefore limit: Int = 0) -> Range<Int>? {
        guard scalar > 0, startsToken(scalar) else { return nil }
        var found: Range<Int>?
        var k = ending[scalar]
        while k >= 0 {
            let edge = edges[Int(k)]
            let start = Int(edge.start)
            if start >= limit, start < found?.lowerBound ?? scalar,
                lexicon.dictionary.features(edge.entry).intersects(set), startsToken(start)
            {
                found = start..<scalar
            }
            k = edge.previous
        }
        return found
    }

    /// The longest word with the feature that ends right before a scalar and cuts no token.
    func longest(_ feature: Feature, endingAt scalar: Int, notBefore limit: Int = 0) -> Range<Int>? {
        longest(anyOf: [feature], endingAt: scalar, notBefore: limit)
    }

    /// The first word with the feature in a range of scalars, the longest one that begins there.
    func first(_ feature: Feature, in range: Range<Int>) -> Range<Int>? {
        for i in indices(in: range) where all[i].start >= range.lowerBound {
            if let found = longest(feature, startingAt: all[i].start, notBehind: range.upperBound) { return found }
        }
        return nil
    }

    /// The last word with the feature in a range of scalars, the longest one that ends there.
    func last(_ feature: Feature, in range: Range<Int>) -> Range<Int>? {
        for i in indices(in: range).reversed() where all[i].end <= range.upperBound {
            if let found = longest(feature, endingAt: all[i].end, notBefore: range.lowerBound) { return found }
        }
        return nil
    }

    /// The features of all words that begin in a range of scalars, those beside the best path among them.
    func features(in range: Range<Int>) -> FeatureSet {
        var features = FeatureSet()
        for i in indices(in: range) { features = features.union(all[i].features) }
        for k in Int(beginning[range.lowerBound])..<Int(beginning[range.upperBound]) {
            features = features.union(lexicon.dictionary.features(edges[k].entry))
        }
        return features
    }

    /// Whether a word with the feature stands in a range of scalars.
    func contains(_ feature: Feature, in range: Range<Int>) -> Bool { first(feature, in: range) != nil }

    /// The words of the best path with strokes between, for tests and traces.
    var text: String { all.map { Scalars.string(s[$0.range]) }.joined(separator: "|") }
}
