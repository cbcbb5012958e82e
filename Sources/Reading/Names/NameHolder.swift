import BulletinModel

/// Whose a figure is that its own clause only calls by what is held: beds, staff, pupils, a place in an order.
extension NamePass {
    /// 卫生院300个，床位5万张: what an institution or a stage of schooling has, after the figure that tells whose
    /// it is; nil for other names.
    func owned(_ name: String, at place: Int) -> String? {
        guard let last, last.mention.kind != .rank, !subject.isEmpty else { return nil }
        let gap = last.mention.quantity.range.upperBound..<place
        guard gap.count < 16 else { return nil }
        let isSentence = !s[gap].contains(where: Glyph.endsSentence)
        let head = Scalars.of(subject)
        if isSentence || lexicon[.among].first(s, in: gap) != nil, lexicon[.halfTrade].contains(name) {
            // 民营企业进出口增长10%，其中，出口增长13%: of the same.
            let trade = lexicon[.wholeTrade].ends(head, before: head.count)
            let whose = withoutPlace(Scalars.string(head.dropLast(trade)), anyName: true)
            let words = Scalars.of(whose)
            let isAll = lexicon[.tradeOfAll].ends(words, before: words.count) > 0
            return trade > 0 && !whose.isEmpty && !isAll ? whose + name : nil
        }
        guard isSentence, lexicon[.held].contains(name) else { return nil }
        let tail = lexicon[.held].ends(head, before: head.count)
        if tail > 0 { return tail < head.count ? Scalars.string(head.dropLast(tail)) + name : nil }
        return lexicon[.institution].ends(head, before: head.count) > 0 ? subject + name : nil
    }

    /// 初中在校生2万人，招生7000人: what the same stage has besides what the figure before says it has; nil for other names.
    func heldToo(_ name: String, at place: Int) -> String? {
        let head = Scalars.of(subject)
        let tail = lexicon[.held].ends(head, before: head.count)
        return tail > 0 && tail < head.count ? owned(name, at: place) : nil
    }

    /// 高校招生人数900人，其中本科300人: a class takes what its whole has; nil for other names.
    func ofClass(_ name: [UInt32]) -> String? {
        guard lexicon[.classWord].begins(name, at: 0) == name.count else { return nil }
        let head = Scalars.of(subject)
        let tail = lexicon[.held].ends(head, before: head.count)
        return tail > 0 && tail < head.count ? Scalars.string(name + head.suffix(tail)) : nil
    }

    /// 东盟为我国第一大贸易伙伴: who holds the place, of whom what follows is told; nil for other places.
    func holder(of q: Quantity) -> String? {
        guard q.range.upperBound < s.count, s[q.range.upperBound] == 0x5927 else { return nil }
        let end = q.range.lowerBound - lexicon[.rankPlace].ends(s, before: q.range.lowerBound)
        guard let verb = s[max(0, end - 6)..<end].lastIndex(where: { $0 == 0x4E3A || $0 == 0x662F }) else { return nil }
        var a = verb
        while a > 0, verb - a < 12, Glyph.isHan(s[a - 1]) { a -= 1 }
        let (from, to) = trimmed(a, verb, nil)
        return (2...10).contains(to - from) ? Scalars.string(s[from..<to]) : nil
    }
}
