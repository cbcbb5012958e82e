import BulletinModel

/// Tells aims from results.
enum StatusWords {
    private static let strong = WordSet(
        "力争 预算赤字 赤字拟 预期目标 目标是 目标为 预期 预计 确保 争取 拟 要实现 要达到 要完成 下一步 有望 打算 计划到 计划扩大 计划实施 计划新 计划建设 计划完成 计划安排 预算安排")
    private static let compared = WordSet("超年度目标 超年度计划 超预期目标 占年初预算 占年度预算 占年度调整预算 比年初计划 占预算")

    private static let plans = WordSet(
        "工作安排 目标任务 主要目标 工作部署 重点工作 工作建议 预期目标 工作打算 下一步 今后 工作思路 发展目标 总体部署 主要任务 工作任务 预算草案 工作计划 发展计划 奋斗目标 计划任务 规划目标 任务与指标 今年工作 明年工作 收支预算 预算安排 收支计划"
    )
    private static let reviews = WordSet("回顾 决算 工作情况 完成情况 执行情况 成就 新绩 总结 成效 运行情况")

    /// Whether a heading opens a part about aims or about results; nil where it says neither.
    static func part(heading s: [UInt32]) -> Indicator.Status? {
        if reviews.first(s, in: 0..<s.count) != nil { return .actual }
        return plans.first(s, in: 0..<s.count) != nil ? .target : nil
    }

    /// Where a sentence opens a part about aims (今年发展的主要预期目标是); nil where it does not.
    static func aims(_ s: [UInt32], in range: Range<Int>) -> Int? {
        range.isEmpty ? nil : WordSet.openers.first(s, in: range)?.at ?? planned(s, in: range)
    }

    /// 1986年计划农业总产值增长…: where a sentence says what a year's plan was; nil where 计划 only names the plan.
    private static func planned(_ s: [UInt32], in range: Range<Int>) -> Int? {
        guard let plan = WordSet.yearPlan.first(s, in: range), plan.at >= range.lowerBound + 4,
            plan.at + plan.length < range.upperBound
        else { return nil }
        let next = plan.at + plan.length
        let names = WordSet.planNames.begins(s, at: next) > 0 || !Glyph.isHan(s[next])
        return names || Glyph.digit(s[plan.at - 1]) == nil && !Glyph.isDigit(s[plan.at - 1]) ? nil : plan.at
    }

    /// 未来五年，要努力实现…：: whether a paragraph that ends with a colon opens a list of aims.
    static func opensList(_ s: [UInt32]) -> Bool {
        let end = max(0, s.count - 80)..<s.count
        guard reviews.first(s, in: s.indices) == nil else { return false }
        return WordSet.aims.first(s, in: end) != nil || status(s, in: end, part: nil) == .target
    }

    /// 预计2010年，…: where a sentence opens with what is expected and when; nil where it does not.
    static func expects(_ s: [UInt32], from sentence: Int, to figure: Int) -> Int? {
        let length = WordSet.expecting.begins(s, at: sentence, end: figure)
        guard length > 0, let comma = s[sentence..<min(figure, sentence + 12)].firstIndex(where: Glyph.isComma),
            comma > sentence + length, [0x5E74, 0x672B, 0x5E95].contains(s[comma - 1])
        else { return nil }
        return sentence
    }

    /// Whether a past year at `i` is what a sentence tells of, or is only compared with; nil where no
    /// past year stands there.
    static func past(_ s: [UInt32], at i: Int, limit: Int) -> Bool? {
        guard WordSet.pastYears.begins(s, at: i, end: limit) > 0, i + 2 < s.count else { return nil }
        let compares = WordSet.compareFront.ends(s, before: i) > 0
        let goesOn = WordSet.pastGoesOn.begins(s, at: i + 2) > 0
        return !compares && !goesOn
    }

    private static let done = WordSet("已 了 上年 去年 比 较 同比 实际 目前 达到 完成 实现 累计 超过 现 仅 是 由 从")

    /// Whether what stands between two figures of a sentence goes on with the aim of the first.
    static func goesOn(_ s: [UInt32], _ gap: Range<Int>) -> Bool {
        gap.count < 40 && done.first(s, in: gap) == nil && !gap.contains { s[$0] == 0xFF1B }
    }

    /// 预计完成5亿元，同比增长3%: whether only words of change stand between a figure and the next.
    static func onlyChanges(_ s: [UInt32], _ gap: Range<Int>) -> Bool {
        guard gap.count <= 10, let first = gap.first, Glyph.isComma(s[first]) || s[first] == 0x3001 else {
            return false
        }
        var i = first + 1
        while i < gap.upperBound {
            var length = WordSet.yearOnYear.begins(s, at: i, end: gap.upperBound)
            // 比2006年
            if length == 0, s[i] == 0x6BD4, i + 5 < gap.upperBound, s[i + 5] == 0x5E74,
                s[(i + 1)..<(i + 5)].allSatisfy({ Glyph.isDigit($0) || Glyph.digit($0) != nil })
            {
                length = 6
            }
            if length == 0 {
                length = max(
                    ClauseWords.rises.begins(s, at: i, end: gap.upperBound),
                    ClauseWords.falls.begins(s, at: i, end: gap.upperBound))
            }
            if length == 0 { return false }
            i += length
        }
        return true
    }

    private static let moved = WordSet(
        "提高到 提高至 提升到 提升至 降到 降至 降低到 下降到 降为 下调 上调 扩大到 扩大至 增加到 增至 调整 由 从 纳入 压缩 缩短 延长 减少 改为")

    /// Whether words in front of a figure speak of what is to come.
    private static func speaksOfAim(_ s: [UInt32], _ own: Range<Int>, _ part: Indicator.Status?) -> Bool {
        var i = own.lowerBound
        while let found = strong.first(s, in: i..<own.upperBound) {
            // 预期寿命 is a measure.
            let end = found.at + found.length
            // 争取上级资金5亿元: what was obtained.
            let isObtained =
                s[found.at] == 0x4E89
                && (part == .actual || WordSet.obtained.begins(s, at: end) > 0)
            if !isObtained, WordSet.lifeSpan.begins(s, at: end) == 0 { return true }
            i = end
        }
        // 2026年要新建…: 要 at the head of what is to be done, not in 主要 or 要素.
        for k in own where s[k] == 0x8981 {
            let isHead =
                k == own.lowerBound
                || [0x5E74, 0x6708, 0x5E95, 0x672B, 0x90FD, 0x8FD8, 0x4E5F, 0x5C31].contains(s[k - 1])
            if isHead, k + 1 < s.count, ![0x6C42, 0x7D20, 0x70B9, 0x4EF6, 0x9053, 0x95FB].contains(s[k + 1]) {
                return true
            }
        }
        i = own.lowerBound
        while let at = s[i..<own.upperBound].firstIndex(of: 0x5C06) {
            // 将标准提高到2300元 and 将2.8万亿元资金纳入…: what is moved, not what is to come.
            let isMoved = at + 1 == own.upperBound || moved.first(s, in: (at + 1)..<own.upperBound) != nil
            if !isMoved, at + 1 < s.count, ![0x519B, 0x9886, 0x8FD1].contains(s[at + 1]) { return true }
            i = at + 1
        }
        return false
    }

    /// What the words of a clause in front of a figure say; nil where they say nothing.
    static func status(_ s: [UInt32], in own: Range<Int>, part: Indicator.Status?) -> Indicator.Status? {
        if compared.first(s, in: own) != nil { return .actual }
        if WordSet.planned.ends(s, before: own.upperBound, start: own.lowerBound) > 0 { return .target }
        return speaksOfAim(s, own, part) ? .target : nil
    }
}

extension WordSet {
    /// Sums that a year's plan sets.
    fileprivate static let planned = WordSet("年度计划投资 年度投资计划 年计划投资 年度计划完成投资 年预计投资")
    fileprivate static let obtained = WordSet("上级 中央 国家 省级 省 各类 资金 专项 政策 债券 到 到位 项目")
    /// How a list of aims begins.
    fileprivate static let openers = WordSet(
        "主要预期目标是 预期目标是 预期目标为 主要目标是 总目标是 奋斗目标是 目标是 目标为： 目标： 预期目标： 报告建议 建议： 计划安排： 指标是： 指标为：")
    /// Years past.
    fileprivate static let pastYears = WordSet("去年 上年 前年")
    /// In front of a past year that is only compared with.
    fileprivate static let compareFront = WordSet("比 较 与 同 和 超 于 按 对")
    /// Behind a past year that is only referred to.
    fileprivate static let pastGoesOn = WordSet("结转 结余 同期 水平 基数 的基础 基础 底 末 度")
    fileprivate static let yearPlan = WordSet("年计划")
    /// Behind 计划 where it is the plan itself that is spoken of.
    fileprivate static let planNames = WordSet(
        "的 执行 完成 规定 指标 任务 目标 草案 要求 工作 报告 体制 经济 会议 期 生育 单列 数 内 外 总 和 与 及 以 中 为 是")
    fileprivate static let aims = WordSet("要努力 努力实现 目标是 目标为 目标： 要实现 要达到 力争实现 主要指标： 奋斗目标")
    fileprivate static let expecting = WordSet("预计 预期 预计到")
    fileprivate static let yearOnYear = WordSet("同比 比上年 较上年 比去年 较去年 分别 约 可比 按可比价格计算 按可比价计算 按可比口径计算")
    /// What makes 预期 a measure.
    fileprivate static let lifeSpan = WordSet("寿命")
}
