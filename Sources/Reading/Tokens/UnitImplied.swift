/// The unit of a numeral that is set straight against the noun it counts (1400万农业转移人口).
enum UnitImplied {
    private static let nouns = WordTable<String>(
        WordTable<String>.words(
            """
            人口 人员 人才 孩子 少年 家长 移民 群众 职工 员工 农民工 农民 居民 老人 老年人 老年 学生 儿童 妇女 青年 青少年 干部 党员 团员 官兵 军人 教师 医生 护士 患者 病人 毕业生 劳动力 市民 村民 游客 旅客 用工 \
            就业 失业 参保 从业人员 务工 残疾人 考生 新生 生源 招生 在校生 代表 委员 志愿者 网民 用户数 会员 移民 难民 婴儿 幼儿 贫困人口 低保对象 对象 大学生 技工 工人 农牧民 牧民 渔民 居民人口 技术人员 专家 民警
            """, "人")
            + WordTable<String>.words("人次 客流量 接待量 旅游人次 游客人次 旅客吞吐量", "人次")
            + WordTable<String>.words("资金 收入 支出 投资 产值 税收 利润 存款 贷款 财政收入 销售额 营业额 成交额 补贴 补助 奖金 国债 债券 总额 金额 增加值", "元")
            + WordTable<String>.words("农户 贫困户 住户 用户 市场主体 个体户 家庭", "户"))

    /// The unit told by the noun right behind, else by the subject before; nil where neither tells.
    static func unit(_ scalars: [UInt32], clause: Int, numeral: Range<Int>) -> String? {
        var cursor = numeral.upperBound
        let limit = min(scalars.count, cursor + 9)
        while cursor < limit, NumeralScalars.isHan(scalars[cursor]) {
            if let match = nouns.longest(in: scalars, at: cursor) { return match.value }
            cursor += 1
        }
        var found: String?
        cursor = max(clause, numeral.lowerBound - 14)
        // 贫困人口由…2亿减少到…5000万: the subject of both stands in front of the first.
        let far = max(clause, numeral.lowerBound - 40)
        if let from = scalars[far..<cursor].firstIndex(where: { $0 == 0x7531 || $0 == 0x4ECE }),
            scalars[from..<numeral.lowerBound].contains(where: { $0 == 0x5230 || $0 == 0x81F3 })
        {
            cursor = far
        }
        while cursor < numeral.lowerBound {
            if let match = nouns.longest(in: scalars, at: cursor, limit: numeral.lowerBound) {
                found = match.value
                cursor += match.length
            } else {
                cursor += 1
            }
        }
        return found
    }
}
