import BulletinModel

/// Bound words in front of, inside and behind a figure.
enum QuantityBound {
    private enum Front: Sendable { case bound(Indicator.Bound), guardWord }

    private static let front = WordTable<Front>(
        WordTable<Front>.words(
            "约 约为 约有 约占 约达 约合 约可 约计 大约 大约有 大概 大致 大体 近 将近 接近 接近于 逼近 趋近 临近 迫近 几近 几乎 贴近 稳定在约 ≈ ~",
            .bound(.about))
            + WordTable<Front>.words(
                """
                超 超过 超过了 超出 超越 突破 突破了 首破 破 逾 多于 大于 高于 不低于 不少于 不小于 不低於 不下于 不下 不亚于 不弱于 至少 最少 起码 远超 均超 首超 已超 率超 量超 \
                > ≥ 已过 跨过 越过 略高于 略超 再超 双超 均破 再破 大于等于 大于或等于 跨越 冲破
                """, .bound(.over))
            + WordTable<Front>.words(
                """
                不足 不到 未到 未达 未达到 不超 不超过 未超 未超过 未突破 不突破 低于 略低于 少于 小于 不高于 不大于 不多于 最多 至多 顶多 < ≤ 小于等于 小于或等于 降到不足 \
                不得超过 不得高于 不得多于 均低于 均不足 不满 未满 尚不足 仅不足
                """, .bound(.under))
            + WordTable<Front>.words("不得低于 不得少于 均不低于 均不少于", .bound(.over))
            + WordTable<Front>.words(
                """
                附近 最近 邻近 远近 新近 就近 靠近 亲近 相近 临近期 赶超 反超 高超 节约 条约 签约 履约 合约 集约 预约 公约 制约 契约 违约 缔约 特约 续约 解约 隐约 简约 \
                高出 多出 打破 攻破 侦破 爆破 查破 共破 告破 侦破了 破获 立案破 满足 不满足
                """, .guardWord), backward: true)

    /// Verbs that may stand between a bound word and the numeral (近 is said of 近达 and of 约占 alike).
    private static let links = WordTable<Bool>(
        WordTable<Bool>.words(
            "了 为 达 达到 达到了 有 于 在 至 到 是 占 共 共有 达成 占到 保持在 稳定在 控制在 于约 人民币 提高 增长 增加 下降 减少 上升 降低 征收 增加收入 增收 安排", true),
        backward: true)

    private static let behind = WordTable<Indicator.Bound>(
        WordTable<Indicator.Bound>.words("以上 之上 及以上 和以上 或以上 开外 有余 余 多 強 （含）以上 (含)以上", .over)
            + WordTable<Indicator.Bound>.words("以下 之下 及以下 以内 之内 或以下 及以内 (含)以下 (含)以内 以里 不到 不足 封顶", .under)
            + WordTable<Indicator.Bound>.words("左右 上下 前后 上下浮动 的样子", .about))

    /// What the words in front say; nil where there are none.
    static func inFront(_ scalars: [UInt32], of index: Int) -> Indicator.Bound? {
        if let whole = ofWhole(scalars, before: index) { return whole }
        var cursor = index
        for _ in 0..<3 {
            if cursor > 0, NumeralScalars.isSpace(scalars[cursor - 1]) { cursor -= 1 }
            if let match = front.longest(in: scalars, endingAt: cursor) {
                guard case .bound(let bound) = match.value else { return nil }
                return bound
            }
            guard let link = links.longest(in: scalars, endingAt: cursor), cursor < index || link.length > 0 else {
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
    static func behind(_ scalars: [UInt32], at index: Int) -> (bound: Indicator.Bound, end: Int)? {
        let cursor = NumeralReader.skipSpaces(scalars, from: index)
        guard let match = behind.longest(in: scalars, at: cursor) else { return nil }
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
        return (match.value, end)
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

    private static let targets = WordTable<Bool>(
        WordTable<Bool>.words("目标 水平 平均 平均数 平均值 增速 预期 计划 任务 警戒线 红线 底线 标准 要求 基数 指标", true))

    /// Whether 的 and a named target or other figure follow, so that 高于 and its like compare.
    static func comparesWithTarget(_ scalars: [UInt32], behind index: Int) -> Bool {
        guard index < scalars.count, scalars[index] == 0x7684 else { return false }
        var cursor = index + 1
        while cursor < scalars.count, cursor < index + 9, NumeralScalars.isHan(scalars[cursor]) {
            if targets.longest(in: scalars, at: cursor) != nil { return true }
            cursor += 1
        }
        return false
    }
}
