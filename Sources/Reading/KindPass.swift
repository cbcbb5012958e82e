import BulletinModel

/// Tells levels, changes, shares and ranks apart by the words in front of each quantity.
public enum KindPass {
    static let rises = WordSet(
        """
        增长 增加 提高 上升 上涨 提升 增 升 扩大 增收 增产 增支 增幅 涨幅 增长率 增速 上调 增进 多 高出 高于 增长速度 同比增 增长约 \
        攀升 回升 扩容 跃升 提速 涨 增多 快 高
        """)
    static let falls = WordSet(
        """
        下降 减少 降低 回落 下跌 减 降 缩短 压缩 压减 减支 减产 缩小 收窄 降幅 少 精简 下滑 下调 减收 减亏 萎缩 低于 跌 跌幅 缩减 \
        削减 少收 减幅 下浮 减征 裁减 负增长
        """)
    private static let fillers = WordSet("了 约 近 超 超过 达 达到 为 的 率 速度 幅度 速 将 逾 也 均 都 分别 各 近乎 至少 不低于 不超过 不少于 接近 突破 大约")
    private static let goals = WordSet("到 至 为 成")
    private static let shares = WordSet("占 占比 比重 份额 占有率")

    /// The mentions of the quantities of a passage.
    public static func read(_ quantities: [Quantity], in passage: Passage) -> [Mention] {
        let s = passage.scalars
        var mentions: [Mention] = []
        for (index, quantity) in quantities.enumerated() {
            let floor = index > 0 ? quantities[index - 1].range.upperBound : 0
            mentions.append(mention(quantity, s, floor: floor, previous: mentions.last))
        }
        return mentions
    }

    private static func mention(_ q: Quantity, _ s: [UInt32], floor: Int, previous: Mention?) -> Mention {
        if q.form == .rank { return Mention(quantity: q, kind: .rank, negative: false) }
        var clause = q.range.lowerBound
        while clause > floor, !Glyph.endsClause(s[clause - 1]), s[clause - 1] != 0x3001 { clause -= 1 }
        // The words right in front, fillers passed over.
        var i = q.range.lowerBound
        var reachedGoal = false
        while i > clause {
            let goal = goals.ends(s, before: i, start: clause)
            if goal > 0, s[i - 1] != 0x4E3A { reachedGoal = true }
            let length = max(goal, fillers.ends(s, before: i, start: clause))
            if length == 0 { break }
            i -= length
        }
        let down = falls.ends(s, before: i, start: clause)
        let up = rises.ends(s, before: i, start: clause)
        if down > 0 || up > 0, !reachedGoal {
            let isLevel = q.form == .amount && up == 0 && isReducingAction(s, verb: i - down, clause: clause)
            if !isLevel, q.form != .amount || isComparison(s, clause..<i) || hasSubject(s, clause..<(i - max(down, up)))
            {
                return Mention(quantity: q, kind: .change, negative: down > up)
            }
        }
        // A list that goes on with the same verb: 分别增长5.1%、4.3%和3%.
        if let previous, previous.kind == .change || previous.kind == .share, previous.quantity.form == q.form,
            joins(s, previous.quantity.range.upperBound..<q.range.lowerBound)
        {
            return Mention(quantity: q, kind: previous.kind, negative: previous.negative)
        }
        if q.form == .points { return Mention(quantity: q, kind: .change, negative: false) }
        if q.form == .ratio, shares.last(s, in: clause..<q.range.lowerBound) != nil,
            !rateName(s, before: q.range.lowerBound)
        {
            return Mention(quantity: q, kind: .share, negative: false)
        }
        return Mention(quantity: q, kind: q.form == .multiple ? .change : .level, negative: false)
    }

    private static func rateName(_ s: [UInt32], before i: Int) -> Bool {
        i > 0 && s[i - 1] == 0x7387
    }

    private static func joins(_ s: [UInt32], _ gap: Range<Int>) -> Bool {
        gap.count <= 2 && gap.allSatisfy { s[$0] == 0x3001 || s[$0] == 0x548C || s[$0] == 0x53CA || s[$0] == 0xFF0C }
            && !gap.isEmpty
    }

    /// Whether anything that can rise or fall stands in front of the verb.
    private static func hasSubject(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        range.count >= 2
    }

    private static func isComparison(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        WordSet("比 较 同比 环比 超").first(s, in: range) != nil
    }

    /// 减税降费, 裁军: the amount of an action that reduces, without anything that falls.
    private static func isReducingAction(_ s: [UInt32], verb: Int, clause: Int) -> Bool {
        verb == clause
    }
}
