/// What a place in an order is of where the sentence says in which order it is.
extension NamePass {
    /// 在县域经济竞争力排名中，我县位列第3位: what is ranked, with the word for the order; nil where the
    /// sentence tells none.
    func contest(before place: Int) -> String? {
        var start = place
        while start > 0, place - start < 80, !Glyph.endsSentence(s[start - 1]) { start -= 1 }
        guard let order = lexicon[.contest].last(s, in: start..<place) else { return nil }
        let end = order.at + order.length - 1
        var a = order.at
        while a > start, !Glyph.endsClause(s[a - 1]) { a -= 1 }
        if let opening = lexicon[.contestOpening].first(s, in: a..<order.at) { a = opening.at + opening.length }
        for time in times where time.lowerBound <= a && time.upperBound > a && time.upperBound < end {
            a = time.upperBound
        }
        a += lexicon[.contestField].begins(s, at: a, end: order.at)
        guard order.at - a >= 2, order.at - a <= 24 else { return nil }
        return Scalars.string(s[a..<end].filter { $0 != 0x7684 })
    }
}
