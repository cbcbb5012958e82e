/// A place in front of a name: 尚义县总面积 is the 总面积 of a bulletin about that county.
extension NamePass {
    /// Behind the division with which the words from `a` begin, where it is the only one that clauses of
    /// the passage begin with and a measure follows; else `a`. Where divisions stand side by side they
    /// tell their figures apart.
    func behindPlace(_ a: Int, _ b: Int) -> Int {
        guard let end = place(at: a, limit: b), b - end >= 2, isMeasure(end, b) else { return a }
        let own = s[a..<end]
        var i = 0
        while i < s.count {
            if i != a, let other = place(at: i, limit: s.count), s[i..<other] != own { return a }
            while i < s.count, !Glyph.endsClause(s[i]), s[i] != 0x3001 { i += 1 }
            i += 1
        }
        return end
    }

    /// A name without the divisions in front: 会理县死亡 is 死亡, told of 会理县. The name of an institution keeps them.
    /// With `anyName` short names go, too (新疆外贸).
    func withoutPlace(_ name: String, anyName: Bool = false) -> String {
        let words = Scalars.of(name)
        var start = 0
        while start < words.count, let match = divisions.match(words, at: start), match.isOfficial || anyName,
            words.count - match.range.upperBound >= 2,
            lexicon[.institutionOfPlace].begins(words, at: match.range.upperBound) == 0
        {
            start = match.range.upperBound
        }
        return start == 0 ? name : Scalars.string(words[start...])
    }

    /// Behind the number of an outline (一、) with which a paragraph opens; else `a`.
    func afterOutline(_ a: Int, before end: Int) -> Int {
        guard a == 0 else { return a }
        if let mark = ListMark.read(s, at: 0, end: end), mark.style == .bracketed || mark.style == .bracketedDigits {
            return mark.range.upperBound
        }
        var i = a
        while i < min(end, 3), Glyph.digit(s[i]) != nil || s[i] == 0x5341 { i += 1 }
        return i > a && i < end && s[i] == 0x3001 ? i + 1 : a
    }

    private func isMeasure(_ a: Int, _ b: Int) -> Bool {
        lexicon[.measureNoun].ends(s, before: b, start: a) > 0 || lexicon[.extent].ends(s, before: b, start: a) > 0
    }

    /// Where the division's name ends that begins at `a`; nil where none does.
    private func place(at a: Int, limit: Int) -> Int? {
        guard lexicon[.cityPart].begins(s, at: a, end: limit) == 0 else { return nil }
        // A look at the table costs more than a look for the scalars that end such names.
        let near = a..<min(limit, a + 10)
        guard near.contains(where: { $0 > a && lexicon.scalars(.divisionEnd).contains(s[$0]) }),
            let match = divisions.match(s, at: a, limit: limit), match.isOfficial
        else { return nil }
        return match.range.upperBound
    }

}
