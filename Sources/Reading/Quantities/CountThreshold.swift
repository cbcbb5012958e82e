/// A mark that those counted have passed: 191家企业营业收入超百亿元 counts firms, and 百亿元 says which.
enum CountThreshold {

    /// The body that is counted, which begins at `index`, with what it is to have passed up to the mark at
    /// `mark`; nil where nothing of the kind stands there.
    static func read(_ s: [UInt32], at index: Int, mark: Int, _ lexicon: Lexicon) -> (
        body: Range<Int>, condition: Range<Int>
    )? {
        guard mark > index + 2, mark - index <= 22 else { return nil }
        var verb: Int?
        for i in stride(from: mark - 1, through: max(index, mark - 3), by: -1)
        where lexicon[.passes].longest(in: s, at: i, limit: mark)?.length == mark - i { verb = i }
        guard let verb, s[index..<mark].allSatisfy({ NumeralScalars.isHan($0) }) else { return nil }
        // 41个城市超过200万辆: the body alone, and what it has passed.
        if lexicon[.passesMark].longest(in: s, at: verb, limit: mark)?.length == mark - verb {
            for start in index..<min(verb, index + 8) {
                guard let body = lexicon[.thresholdBody].longest(in: s, at: start, limit: verb) else { continue }
                let end = start + body.length
                return (index..<end, end..<mark)
            }
        }
        for i in index..<verb {
            guard lexicon[.thresholdMeasure].longest(in: s, at: i, limit: verb)?.length == verb - i else { continue }
            // The body ends where the measure begins.
            for start in index..<i
            where lexicon[.thresholdBody].longest(in: s, at: start, limit: i)?.length == i - start {
                return (index..<i, i..<mark)
            }
        }
        return nil
    }
}
