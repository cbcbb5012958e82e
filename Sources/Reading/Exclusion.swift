/// What looks like a quantity and measures nothing: dates, names, slogans, codes, ages.
struct Exclusion {
    private let s: [UInt32]

    init(_ scalars: [UInt32]) {
        s = scalars
    }

    private func at(_ i: Int) -> UInt32 { i >= 0 && i < s.count ? s[i] : 0 }

    private static let rankWords = WordSet(
        "居 列 排 排名 位居 位列 名列 跃居 升至 跃升至 升到 排在 稳居 保持 均居 高居 排位 全省 全市 全国 世界 全球 亚洲 全区 全县 我国 我省 西部 增幅 增速 总量 并列")
    private static let motion = WordSet("由 从 自")
    private static let measuredTime = WordSet(
        "压缩 缩短 压减 最快 平均 寿命 时限 提速 提前 延长 缩减 节约 节省 减少 增加 中断 通行时间 用时 耗时 不超过 时间")
    private static let personNouns = WordSet(
        "人口 老年人 老人 下岗职工 农业转移人口 贫困人口 农村贫困人口 贫困群众 农民 居民 农民工 党员 学生 职工 群众 代表 干部 大学生 高校毕业生 劳动力 残疾人 退役军人")
    private static let sloganNouns = WordSet(
        "重点 方面 坚持 确保 更加 转变 结合 统一 一批 关键 环节 阶段 维度 层面 领域 问题 矛盾 原则 着力 抓手 行动 工程 战略 体系 机制 治理 任务 目标 文明 意识 服从 维护 自信 全面 提升 优化 突破 聚焦 强化"
    )

    /// Whether an ordinal without 位 is a place in an order.
    static func ranksWithoutUnit(_ s: [UInt32], ordinal i: Int, end: Int) -> Bool {
        guard end == s.count || Glyph.endsClause(s[end]) || s[end] == 0x3001 || s[end] == 0x29 || s[end] == 0xFF09
        else { return false }
        return rankWords.ends(s, before: i) > 0
    }

    /// Whether 由 or 从 stands in front, so that 到 and 至 move rather than span.
    static func isMotion(_ s: [UInt32], before i: Int) -> Bool {
        var j = i
        var steps = 0
        while j > 0, steps < 16, !Glyph.endsClause(s[j - 1]) {
            j -= 1
            steps += 1
            if motion.begins(s, at: j, end: i) > 0 { return true }
        }
        return false
    }

    /// Where reading goes on when the numeral is part of a name, a date or a code; nil when
    /// it may be a quantity.
    func skip(_ numeral: Numeral) -> Int? {
        let start = numeral.range.lowerBound
        let end = numeral.range.upperBound
        let before = at(start - 1)
        let after = at(end)
        let isAcronym = Glyph.isLetter(before) && Glyph.isLetter(at(start - 2)) && Glyph.isLetter(at(start - 3))
        if (Glyph.isLetter(before) && !isAcronym) || before == 0x2B || after == 0x2B { return end }
        if numeral.isChinese {
            // 一 before a classifier is a determiner; a Han character in front often makes a word.
            if end - start == 1, s[start] == 0x4E00, after != 0x6210, after != 0x500D, after != 0x756A { return end }
        }
        if Glyph.isLetter(after), UnitTable.standard.match(s, at: end) == nil { return end }
        switch after {
        case 0x5E74:  // 年
            return skipYears(numeral)
        case 0x6708:  // 月
            return end + 1
        case 0x65E5, 0x53F7:  // 日 号
            return end + 1
        case 0x65F6, 0x5C4A, 0x671F:  // 时 届 期
            return end + 1
        default: break
        }
        // 1—8月, 1至11月
        let dash = after == 0x2014 || after == 0x2D || after == 0x81F3 || after == 0x7E || after == 0x2013
        if dash {
            var j = end
            while at(j) == 0x2014 || at(j) == 0x2D || at(j) == 0x81F3 || at(j) == 0x7E || at(j) == 0x2013 { j += 1 }
            if let second = NumeralReader(s).read(at: j) {
                let next = at(second.range.upperBound)
                if next == 0x6708 || next == 0x65E5 || next == 0x5E74 { return second.range.upperBound + 1 }
            }
        }
        // 四次会议, 三次全会
        if after == 0x6B21, at(end + 1) == 0x4F1A || at(end + 1) == 0x5168 { return end + 1 }
        return nil
    }

    private func skipYears(_ numeral: Numeral) -> Int? {
        let end = numeral.range.upperBound
        return end + 1
    }

    /// The unit of a numeral that is set straight before or behind the persons it counts.
    func impliedUnit(_ numeral: Numeral) -> String? {
        let end = numeral.range.upperBound
        guard numeral.power >= 2 || numeral.isOpen else { return nil }
        for k in 0..<8 {
            if Glyph.endsClause(at(end + k)) || at(end + k) == 0x3001 || end + k >= s.count { break }
            if Self.personNouns.begins(s, at: end + k) > 0 { return "人" }
        }
        if end == s.count || Glyph.endsClause(at(end)) {
            var j = numeral.range.lowerBound
            var steps = 0
            while j > 0, steps < 10, !Glyph.endsClause(s[j - 1]) {
                j -= 1
                steps += 1
                if Self.personNouns.begins(s, at: j) > 0 { return "人" }
            }
        }
        return nil
    }

    /// Whether numeral and unit measure nothing.
    func isNoIndicator(_ numeral: Numeral, unit: QuantityPass.Unit) -> Bool {
        let start = numeral.range.lowerBound
        if unit.family == .time {
            if unit.unit == "岁" {
                return !precedes("寿命", start)
            }
            return !isMeasuredTime(before: start, end: unit.end)
        }
        if definesWhatIsCounted(from: unit.end) { return true }
        if numeral.isChinese, numeral.power < 2, numeral.upper == nil, !numeral.isOpen, unit.form == .amount,
            unit.family != .money || numeral.power == 0 || unit.unit == "分" || unit.unit == "角"
        {
            // 三个重点, 五项治理, 十分: small numbers in Chinese digits count points, not things.
            return true
        }
        guard unit.family == .count || unit.unit == "个" || unit.unit == "位" || unit.unit == "名" else { return false }
        if Self.sloganNouns.begins(s, at: unit.end) > 0, numeral.value.exponent == 0, numeral.value.coefficient < 20 {
            return true
        }
        return false
    }

    /// 投资5000万元以上项目, 4600元以下农户: a threshold that says what is counted.
    private func definesWhatIsCounted(from end: Int) -> Bool {
        guard at(end) == 0x4EE5, at(end + 1) == 0x4E0A || at(end + 1) == 0x4E0B else { return false }
        return Self.defined.begins(s, at: end + 2) > 0
    }

    private static let defined = WordSet("项目 企业 工业企业 的项目 的企业 低收入 农户 贫困户 的农户 群众 人员 产业 园区 工程 的工程 乡镇 村")

    private func precedes(_ word: String, _ i: Int) -> Bool {
        let scalars = Scalars.of(word)
        let from = max(0, i - 12)
        guard i - from >= scalars.count else { return false }
        for j in from...(i - scalars.count) where s[j..<(j + scalars.count)].elementsEqual(scalars) { return true }
        return false
    }

    private func isMeasuredTime(before i: Int, end: Int) -> Bool {
        var j = i
        var steps = 0
        while j > 0, steps < 8, !Glyph.endsClause(s[j - 1]) {
            j -= 1
            steps += 1
            if Self.measuredTime.begins(s, at: j, end: i) > 0 { return true }
        }
        return false
    }
}
