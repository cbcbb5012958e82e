/// Tells places in an order (居全省第四位, 增幅全市第一) from ordinals in names (第二产业, 第七次普查).
enum QuantityRank {
    private static let contexts = WordTable<Bool>(
        WordTable<Bool>.words(
            """
            居 列 排 位 跃 升 全国 全省 全市 全区 全县 全州 全盟 全旗 全球 世界 亚洲 国内 省内 市内 区内 全行业 同类 增速 增幅 总量 数量 规模 均 名次 并列 西部 东部 中部 国际 \
            各省 各市 各地 城市 荣获 获得 夺得 取得 勇夺 东北 华东 华北 西南 西北 华中 华南 长三角 占比 指数 测评 考核 评比 评估 综合 成绩 继续 稳居 内地 我国 我省 我市 地区 率 量 额 价 度
            """, true))
    private static let slogans = WordTable<Bool>(
        WordTable<Bool>.words("安全 质量 预防 生命 民生 发展 客户 用户 群众 人民 生态 环保 服务 信誉 健康 生产", true), backward: true)
    private static let putting = WordTable<Bool>(
        WordTable<Bool>.words("放在 摆在 放到 摆到 置于 作为 当作 视为 列为", true))

    private static let placed = WordTable<Bool>(WordTable<Bool>.words("放在 摆在 放到 摆到 置于", true))

    /// One past the rank that an ordinal begins; nil where it is none.
    static func end(_ scalars: [UInt32], ordinal: Int, numeral: Range<Int>, clause: Int) -> Int? {
        let end = numeral.upperBound
        let next = end < scalars.count ? scalars[end] : 0x3002
        switch next {
        case 0x4F4D:  // 位
            return isPutFirst(scalars, before: ordinal, clause: clause) ? nil : end + 1
        case 0x540D:  // 名
            return hasContext(scalars, ordinal, clause) ? end + 1 : nil
        case 0x5927:  // 大: the rank of a country or a firm, with a noun behind
            return end + 1 < scalars.count && NumeralScalars.isHan(scalars[end + 1]) && !isSummit(scalars, end + 1)
                ? end : nil
        case 0x7684, 0x548C, 0x53CA, 0x6216: break  // 的 和 及 或
        default: if NumeralScalars.isHan(next) || NumeralScalars.isLetter(next) { return nil }
        }
        guard ordinal > clause, NumeralScalars.isHan(scalars[ordinal - 1]), hasContext(scalars, ordinal, clause),
            slogans.longest(in: scalars, endingAt: ordinal, limit: clause) == nil,
            !isPutFirst(scalars, before: ordinal, clause: clause)
        else { return nil }
        return end
    }

    /// 把…放在首位 names what comes first, no place that was reached.
    static func isPutFirst(_ scalars: [UInt32], before index: Int, clause: Int) -> Bool {
        // 把质量放在各项工作的首位: the thing may be named between.
        Exclusion.contains(putting, scalars, max(clause, index - 4)..<index)
            || index > 0 && scalars[index - 1] == 0x7684
                && Exclusion.contains(placed, scalars, max(clause, index - 12)..<index)
    }

    private static func hasContext(_ scalars: [UInt32], _ index: Int, _ clause: Int) -> Bool {
        Exclusion.contains(contexts, scalars, max(clause, index - 10)..<index)
    }

    /// 第十九大, 第二大街 are names.
    private static func isSummit(_ scalars: [UInt32], _ index: Int) -> Bool {
        [0x8857, 0x9053, 0x4F1A, 0x5802, 0x9986].contains(scalars[index])  // 街 道 会 堂 馆
    }
}
