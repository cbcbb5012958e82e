import BulletinModel

/// What the words around a quantity say of its bound.
enum BoundWords {
    private static let aboutBefore = WordSet("约 近 大约 约为 约占 接近 将近 大致 大概 约达 近乎")
    private static let overBefore = WordSet(
        "超 超过 突破 逾 不低于 不少于 至少 高达 多达 不小于 超出 大于 最少 突破了 超过了 达到或超过 首破 跨越 迈过 冲破")
    private static let underBefore = WordSet("不足 不到 不超过 低于 少于 小于 未达 不高于 不多于 至多 最多 不大于 控制在")
    private static let aboutAfter = WordSet("左右 上下")
    private static let overAfter = WordSet("以上 及以上 有余 余 多")
    private static let underAfter = WordSet("以内 以下 之内 及以下 内")

    /// The bound of the quantity at `range`; `isOpen` when 余 or 多 stands inside it.
    static func bound(_ s: [UInt32], of range: Range<Int>, isOpen: Bool) -> Indicator.Bound {
        var start = range.lowerBound
        // Words that may stand between the bound word and the numeral.
        while start > 0, [0x4E86, 0x5230, 0x8FBE, 0x4E3A].contains(s[start - 1]) { start -= 1 }
        let end = range.upperBound
        var isAbout = aboutAfter.begins(s, at: end) > 0 || aboutBefore.ends(s, before: start) > 0
        var isOver = isOpen || overAfter.begins(s, at: end) > 0
        var isUnder = underAfter.begins(s, at: end) > 0
        if underBefore.ends(s, before: start) > 0 {
            isUnder = isUnder || !isControlled(s, before: start) || isUnder
        } else if overBefore.ends(s, before: start) > 0 {
            isOver = true
        }
        if compares(s, after: end) {
            isOver = isOpen
            isUnder = false
        }
        if isOver && (isAbout || isUnder) { isAbout = true }
        if isAbout { return .about }
        return isOver ? .over : isUnder ? .under : .exact
    }

    private static func isControlled(_ s: [UInt32], before i: Int) -> Bool {
        i >= 3 && s[(i - 3)..<i].elementsEqual(Scalars.of("控制在"))
    }

    /// 8%的预定目标: the figure compared with is exact.
    private static func compares(_ s: [UInt32], after i: Int) -> Bool {
        guard i < s.count, s[i] == 0x7684 else { return false }
        return WordSet("目标 预定目标 预期目标").begins(s, at: i + 1) > 0
    }
}
