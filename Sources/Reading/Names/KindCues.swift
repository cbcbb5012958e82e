/// Words from which the kind and sign of the figure behind them are read.
enum KindCues {
    /// What a word says.
    enum Cue: Sendable, Equatable {
        /// A rise (增长) or fall (下降) by what follows.
        case change(negative: Bool)
        /// A noun for a rate of change (增速, 降幅): its value is a change however it is linked.
        case rate(negative: Bool)
        /// A movement to what follows (提高到): its kind is that of the subject.
        case arrival
        /// A part of a whole (占, 比重).
        case share
        /// A rate, degree or proportion, whose value is a level.
        case level
        /// More or less by what follows, where something is compared with (比上年多).
        case adjective(negative: Bool)
        /// Less than something named (低于全国): the sign of points, no change of an amount.
        case below
        /// Something to compare with (同比, 比上年).
        case comparison
        /// A word that contains the letters of another cue and is none (增加值).
        case neutral
    }

    /// Cues by word; the longest match counts.
    static let table = WordTable<Cue>(
        words(rises, .change(negative: false)) + words(falls, .change(negative: true))
            + words(riseNouns, .rate(negative: false))
            + words(fallNouns, .rate(negative: true)) + words(arrivals, .arrival) + words(shares, .share)
            + words(levels, .level)
            + words("高 多 快 长 大 早", .adjective(negative: false)) + words("少 低 慢 短 小", .adjective(negative: true))
            + words(behinds, .below) + words(comparisons, .comparison) + words(neutrals, .neutral))

    private static func words(_ list: String, _ cue: Cue) -> [(word: String, value: Cue)] {
        WordTable<Cue>.words(list, cue)
    }

    static let rises = """
        增长 增加 提高 上升 上涨 提升 扩大 增收 增支 增产 增盈 增值 多收 多支 超收 超支 增 升 涨 加快 高出 净增 净增加 净增长 递增 猛增 激增 骤增 剧增 攀升 增多 增高 加大 \
        飙升 跃升 抬升 走高 上行 上浮 上调 反弹 回升 扩张 扩增 增加了 多增 同比多增 多于 延长 \
        增列 增亏 上扬 拉高 推高 涨价 提速 增肥 增重 新高 同增 再增 又增 均增 微增 略增 双增 稳增 大增 净流入增加 前移 前进 进位 晋升位次 跃升 增长了 提高了 上升了 上涨了 增至原来 
        """
    static let falls = """
        下降 减少 降低 回落 下跌 减支 减收 减产 减亏 少收 少支 短收 减 降 跌 放缓 收窄 压缩 压减 精简 缩减 缩短 削减 缩小 下滑 滑落 下挫 下行 走低 递减 锐减 骤减 剧减 衰减 萎缩 \
        负增长 下调 下浮 减幅达 降幅为 减少了 下降了 降低了 调减 核减 裁减 拉低 拖累 少增 同比少增 减缓 减轻 净减少 净减 净下降 降了 减了 少了 跌了 缩水 后移 后退 收缩 缩窄 跌去 退步 \
        贬值 减排 亏损增加 微降 略降 再降 又降 均降 双降 净流出 压降 压缩了 压减了 减弱 趋缓 
        """
    static let riseNouns = """
        增速 增幅 增长率 增长速度 涨幅 升幅 增长幅度 上涨幅度 提高幅度 上升幅度 增长目标 增长预期 年均增速 平均增速 复合增长率 增量比 加快幅度 增长水平
        """
    static let fallNouns = "降幅 跌幅 减幅 降低率 下降率 下降幅度 减少幅度 跌落幅度 降速 下跌幅度 回落幅度 下降速度 压减率 减少率 削减率 下降目标 降低幅度 缩减幅度"
    private static let arrivals = """
        增长到 增加到 提高到 上升到 上涨到 提升到 扩大到 增到 升到 涨到 发展到 增长至 增加至 提高至 上升至 上涨至 提升至 扩大至 增至 升至 涨至 扩至 扩大为 增加为 提高为 上升为 增为 升为 \
        下降到 减少到 降低到 回落到 降到 减到 跌到 下降至 减少至 降低至 回落至 降至 减至 跌至 压缩到 压缩至 压减到 压减至 精简到 精简至 缩短到 缩短至 缩减到 缩减至 缩小到 缩小至 收窄到 收窄至 降低为 \
        下降为 减少为 降为 减为 精简为 压缩为 缩短为 缩减为 调整到 调整为 调整至 下调至 下调到 上调至 上调到 放缓到 放缓至 加快到 加快至 改善到 改善至 达到了 恢复到 恢复至 跃升到 跃升至 跃升为 攀升到 攀升至 \
        延长到 延长至 延长为 抬升至 提到 压降至 压降到 压至 缩至 突破到 拓展到 拓展至 拓宽到 增补到 充实到 调高到 调低到 调高至 调低至 由原来 回升到 回升至 反弹至 下滑到 下滑至 下滑为 滑落至 增大到 增大至 翻到
        """
    private static let shares = "占 占比 比重 份额 占有率 市场份额 占到 占据 占全国 中有 约占 分别占 各占 占比重 占总 占比达 所占比重 所占比例 占比例"
    private static let levels = """
        率 自然增长率 人口自然增长率 比例 程度 进度 面 度 水平 占有量 成本 价格 单价 价 利率 税率 汇率 费率 收益率 贡献率 覆盖率 达标率 完成率 普及率 利用率 化率 合格率 满意率 满意度 参保率 入学率 指数 系数 缺口 赤字率 失业率 \
        增长贡献率 增长的贡献率 增长贡献 增长的贡献 毛利率 利润率 负债率 生产率 劳动生产率 出生率 死亡率 使用率 自给率 资金率 存款准备金率 准备金率 成活率 存活率 机械化率 森林覆盖率 城镇化率 城市化率 完好率 处理率 减免 补贴 补助
        """
    private static let behinds = "低于 少于 慢于 落后 落后于 差于 小于 不及 逊于 略低于 滞后 滞后于 弱于"
    private static let comparisons = """
        同比 环比 比上年 比去年 较上年 较去年 比上月 较上月 比上季度 较上季度 比上年同期 比去年同期 较上年同期 较去年同期 与上年同期相比 与去年同期相比 比同期 较同期 比年初 较年初 比上年末 较上年末 可比 \
        同口径 按可比价 比前年 较前年 比计划 比预算 比目标
        """
    private static let neutrals = """
        总增 总增率 增加值 增值税 增值电信 减税 减税降费 减排目标 减灾 减免税 减半 增长极 增长点 增长动力 增长方式 增长质量 升级 提升工程 提升行动 提升年 高速 高等 高新 高新技术 高标准 高质量 高铁 高中 高校 高层 高度 高效 高端 \
        高技术 高危 高龄 高原 高粱 高压 高值 高水平 高级 高考 高地 高于一切 最高 至高 多元 多数 多样 多种 多式 多个 多家 多项 多年 多次 多层 多万 众多 许多 很多 更多 最多 至多 多达 大多 多少 诸多 少数 少年 少儿 \
        少数民族 至少 最少 不少 不少于 减少到零 快速 快递 快件 最快 较快 愉快 尽快 快捷 又好又快 慢性 慢病 低保 低收入 低碳 最低 低空 低温 低压 低氟 不低于 不高于 不少 不多于 低产 长江 长期 长效 长远 校长 市长 县长 \
        长度 长城 长三角 长春 长沙 长安 长寿 特长 专长 擅长 队长 周长 延长线 里长 成长 上升通道 升学 升学率 晋升 公升 毫升 千升 推动力 降水 降雨 降尘 降解 霜降 迫降 投降 面积 方面 全面 面对 面向 层面 局面 页面 \
        度假 年度 季度 制度 高度重视 程度不同 力度 深度 广度 角度 态度 价值 评价 代价 价值链 超市 超标 超级 超大 超高 超额完成 高超 超前 超低 超限 超载 超高速 超过目标 占地 占地面积 占用 占用耕地 抢占 占领 强占 占压 \
        翻译 翻新 翻身 长者 家长 增强 增进 增添 增设 增派 增补 新增 减速带 减震 减员 减贫 降本 降本增效 降税 降费 降成本 涨价款 跌水 提升机 缩影 压缩机 压缩空气 少先队 生长 生长期 增殖 增容 增绿 提高班 拉动力
        """
}
