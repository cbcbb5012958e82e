import BulletinModel

/// Bound words in front of, inside and behind a figure.
enum QuantityBound {

    private static let fronts: [(Feature, Indicator.Bound?)] = [
        (.boundAbout, .about), (.boundOver, .over), (.boundUnder, .under), (.boundGuard, nil),
    ]
    private static let backs: [(Feature, Indicator.Bound)] = [
        (.behindAbout, .about), (.behindOver, .over), (.behindUnder, .under),
    ]

    /// The longest word of these features that ends before a place, and the bound that it tells.
    private static func longest(
        _ features: [(Feature, Indicator.Bound?)], _ scalars: [UInt32], before index: Int, _ lexicon: Lexicon
    ) -> (length: Int, bound: Indicator.Bound?)? {
        var found: (length: Int, bound: Indicator.Bound?)?
        for (feature, bound) in features {
            let length = lexicon[feature].ends(scalars, before: index)
            if length > found?.length ?? 0 { found = (length, bound) }
        }
        return found
    }

    /// The longest word of these features that begins at a place, and the bound that it tells.
    private static func longest(
        _ features: [(Feature, Indicator.Bound)], _ scalars: [UInt32], at index: Int, _ lexicon: Lexicon
    ) -> (length: Int, bound: Indicator.Bound)? {
        var found: (length: Int, bound: Indicator.Bound)?
        for (feature, bound) in features {
            let length = lexicon[feature].begins(scalars, at: index)
            if length > found?.length ?? 0 { found = (length, bound) }
        }
        return found
    }

    /// What the words in front say; nil where there are none.
    static func inFront(_ scalars: [UInt32], of index: Int, _ lexicon: Lexicon) -> Indicator.Bound? {
        if let whole = ofWhole(scalars, before: index) { return whole }
        var cursor = index
        for _ in 0..<3 {
            if cursor > 0, NumeralScalars.isSpace(scalars[cursor - 1]) { cursor -= 1 }
            if let match = longest(fronts, scalars, before: cursor, lexicon) { return match.bound }
            guard let link = lexicon[.boundLink].longest(in: scalars, endingAt: cursor),
                cursor < index || link.length > 0
            else {
                return nil
            }
            // Verbs of change are no link on their own: 超过增长 says nothing of the numeral.
            cursor -= link.length
        }
        return nil
    }

    /// 约占总支出的74%: a bound in front of the whole that a part is of.
    private static func ofWhole(_ scalars: [UInt32], before index: Int) -> Indicator.Bound? {
        guard index > 3, scalars[index - 1] == 0x7684 else { return nil }
        var i = index - 2
        while i > 0, index - i < 24, NumeralScalars.isHan(scalars[i]) {
            // 约占
            if scalars[i] == 0x5360 { return scalars[i - 1] == 0x7EA6 ? .about : nil }
            i -= 1
        }
        return nil
    }

    /// The words behind and where they end; nil where there are none.
    static func behind(_ scalars: [UInt32], at index: Int, _ lexicon: Lexicon) -> (bound: Indicator.Bound, end: Int)? {
        let cursor = NumeralReader.skipSpaces(scalars, from: index)
        guard let match = longest(backs, scalars, at: cursor, lexicon) else { return nil }
        let end = cursor + match.length
        let first = scalars[cursor]
        if match.length == 1 {
            // 多 and 余 behind a unit close the figure; before a noun they belong to another word.
            guard
                !(first == 0x4F59 || first == 0x591A) || end >= scalars.count || !NumeralScalars.isHan(scalars[end])
                    || scalars[end] == 0x7684
            else { return nil }
        }
        if first == 0x4E0D, end < scalars.count, NumeralScalars.isHan(scalars[end]) { return nil }
        return (match.bound, end)
    }

    /// One bound for all words said of a figure; words that contradict each other give `about`.
    static func combined(_ bounds: [Indicator.Bound?]) -> Indicator.Bound {
        var result: Indicator.Bound?
        for case let bound? in bounds {
            if let known = result, known != bound { return .about }
            result = bound
        }
        return result ?? .exact
    }

    /// Whether 的 and a named target or other figure follow, so that 高于 and its like compare.
    static func comparesWithTarget(_ scalars: [UInt32], behind index: Int, _ lexicon: Lexicon) -> Bool {
        guard index < scalars.count, scalars[index] == 0x7684 else { return false }
        var cursor = index + 1
        while cursor < scalars.count, cursor < index + 9, NumeralScalars.isHan(scalars[cursor]) {
            if lexicon[.namedTarget].longest(in: scalars, at: cursor) != nil { return true }
            cursor += 1
        }
        return false
    }
}
