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
        if isSentence || WordSet.parts.first(s, in: gap) != nil, WordSet.trade.contains(name) {
            // 民营企业进出口增长10%，其中，出口增长13%: of the same.
            let trade = WordSet.wholeTrade.ends(head, before: head.count)
            let whose = withoutPlace(Scalars.string(head.dropLast(trade)), anyName: true)
            let words = Scalars.of(whose)
            let isAll = WordSet.allTrade.ends(words, before: words.count) > 0
            return trade > 0 && !whose.isEmpty && !isAll ? whose + name : nil
        }
        guard isSentence, WordSet.held.contains(name) else { return nil }
        let tail = WordSet.held.ends(head, before: head.count)
        if tail > 0 { return tail < head.count ? Scalars.string(head.dropLast(tail)) + name : nil }
        return WordSet.holders.ends(head, before: head.count) > 0 ? subject + name : nil
    }

    /// 初中在校生2万人，招生7000人: what the same stage has besides what the figure before says it has; nil for other names.
    func heldToo(_ name: String, at place: Int) -> String? {
        let head = Scalars.of(subject)
        let tail = WordSet.held.ends(head, before: head.count)
        return tail > 0 && tail < head.count ? owned(name, at: place) : nil
    }

    /// 高校招生人数900人，其中本科300人: a class takes what its whole has; nil for other names.
    func ofClass(_ name: [UInt32]) -> String? {
        guard ClauseWords.classes.begins(name, at: 0) == name.count else { return nil }
        let head = Scalars.of(subject)
        let tail = WordSet.held.ends(head, before: head.count)
        return tail > 0 && tail < head.count ? Scalars.string(name + head.suffix(tail)) : nil
    }

    /// 东盟为我国第一大贸易伙伴: who holds the place, of whom what follows is told; nil for other places.
    func holder(of q: Quantity) -> String? {
        guard q.range.upperBound < s.count, s[q.range.upperBound] == 0x5927 else { return nil }
        let end = q.range.lowerBound - ClauseWords.rankPlaces.ends(s, before: q.range.lowerBound)
        guard let verb = s[max(0, end - 6)..<end].lastIndex(where: { $0 == 0x4E3A || $0 == 0x662F }) else { return nil }
        var a = verb
        while a > 0, verb - a < 12, Glyph.isHan(s[a - 1]) { a -= 1 }
        let (from, to) = trimmed(a, verb, nil)
        return (2...10).contains(to - from) ? Scalars.string(s[from..<to]) : nil
    }
}

extension WordSet {
    /// What institutions have, which alone does not tell whose.
    fileprivate static let held = WordSet(
        "床位 床位数 卫生人员 卫生人员数 卫生技术人员 人员 招生 招生数 招生人数 在校生 在校生数 在校生人数 在校学生 毕业生 毕业生数 专任教师 教职工 在园幼儿 工作人员 职工 执业医师 注册护士 藏书")
    fileprivate static let holders = WordSet("院 医院 学校 小学 中学 初中 高中 幼儿园 中心 站 （站） 所 机构 馆 院校 高校 大学 学院")
    /// What makes 进出口 no one's in particular.
    fileprivate static let allTrade = WordSet("货物 货物贸易 外贸 对外 对外贸易 自营 海关 商品")
    fileprivate static let parts = WordSet("其中")
    fileprivate static let trade = WordSet("出口 进口")
    fileprivate static let wholeTrade = WordSet("进出口 进出口总值 进出口总额 进出口额 外贸进出口")
}
