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
            WordSet.institutions.begins(words, at: match.range.upperBound) == 0
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
        ClauseWords.tails.ends(s, before: b, start: a) > 0 || WordSet.extents.ends(s, before: b, start: a) > 0
    }

    /// Where the division's name ends that begins at `a`; nil where none does.
    private func place(at a: Int, limit: Int) -> Int? {
        guard WordSet.parts.begins(s, at: a, end: limit) == 0 else { return nil }
        // A look at the table costs more than a look for the scalars that end such names.
        let near = a..<min(limit, a + 10)
        guard near.contains(where: { $0 > a && Self.divisionEnds.contains(s[$0]) }),
            let match = divisions.match(s, at: a, limit: limit), match.isOfficial
        else { return nil }
        return match.range.upperBound
    }

    private static let divisionEnds = ScalarSet("省市县区州盟旗")
}

extension WordSet {
    /// What makes a division's name a part of another name.
    fileprivate static let institutions = WordSet(
        "人民 银行 大学 第一 第二 第三 第四 第五 商业银行 农商 农村 医院 中医 电视台 博物馆 机场 火车 高铁 图书馆 中心 城区 至 — -")
    /// A part of any city, whose figures differ from the city's own.
    fileprivate static let parts = WordSet("市区 城区")
    /// What else measures a place, beside amounts.
    fileprivate static let extents = WordSet("长 宽 密度 率 海拔 气温 水平 占比 比重 总量 户数 人数")
}
