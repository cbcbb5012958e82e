/// What a place in an order is of where the sentence says in which order it is.
extension NamePass {
    /// 在县域经济竞争力排名中，我县位列第3位: what is ranked, with the word for the order; nil where the
    /// sentence tells none.
    func contest(before place: Int) -> String? {
        var start = place
        while start > 0, place - start < 80, !Glyph.endsSentence(s[start - 1]) { start -= 1 }
        guard let order = WordSet.orders.last(s, in: start..<place) else { return nil }
        let end = order.at + order.length - 1
        var a = order.at
        while a > start, !Glyph.endsClause(s[a - 1]) { a -= 1 }
        if let opening = WordSet.openings.first(s, in: a..<order.at) { a = opening.at + opening.length }
        for time in times where time.lowerBound <= a && time.upperBound > a && time.upperBound < end {
            a = time.upperBound
        }
        a += WordSet.fields.begins(s, at: a, end: order.at)
        guard order.at - a >= 2, order.at - a <= 24 else { return nil }
        return Scalars.string(s[a..<end].filter { $0 != 0x7684 })
    }
}

extension WordSet {
    /// Orders, with the word that places something in them.
    fileprivate static let orders = WordSet("排名中 排序中 评比中 评价中 排行中 考核中 测评中 测试中 排行榜中 榜单中 评选中 评估中 调查中")
    fileprivate static let openings = WordSet("在")
    /// Among whom: regions are no part of a name.
    fileprivate static let fields = WordSet("全国 全省 全市 全区 全县 全球 世界 全省的 全国的 全市的")
}
