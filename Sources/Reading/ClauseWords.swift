/// Words that the name pass leaves out, keeps or turns around.
enum ClauseWords {
    /// Left out at the end and the beginning of a name: verbs that only link, adverbs, words
    /// of time and of the bulletin's own region.
    static let linking = WordSet(
        """
        实现 完成 达到 达 为 共 有 累计 全年 共有 约 近 超 超过 突破 已 已经 共计 达到了 完成了 实现了 约为 分别 分别为 \
        分别达到 分别达 均 都 就 也 则 又 再 将 要 力争 确保 预计 预期 其中 同时 此外 目前 截至 截止 仅 同比 环比 比上年 较上年 比上年末 \
        较上年同期 比去年 比去年同期 较去年 较去年同期 与上年相比 比年初 较年初 每 平均 的 了 在 到 至 由 从 和 与 及 以及 等 逾 不低于 \
        不少于 不超过 至少 接近 保持 稳定 稳定在 保持在 控制在 按可比价格计算 按不变价计算 按不变价格计算 按可比价计算 同口径 名义 实际 可 \
        仍 还 并 且 而 是 加上 当年 全市 全省 全区 全县 全国 全州 全旗 全镇 我市 我省 我区 我县 我国 我州 本市 本省 本区 本县 顺利 进一步 又有 \
        初步 成功 大力 积极 着力 稳步 继续 不断 努力 全面 有效 持续 深入 扎实 加快 推动 推进 降至 降到 提高到 提升到 增加到 增长到 涨到 上升到 \
        下降到 发展到 扩大到 上升至 提高至 下降至 增加至 增至 升至 升到 减少到 减少至 缩短到 缩短至 压缩到 压缩至 调整到 扩大至 回落到 \
        回落至 收窄至 跃升至 攀升至 提升至 增长至 高达 多达 居 位居 稳居 各类 每月 每人 每年 每户 每亩 其 该 高质量 滚动 强力 未 不足 不到 低于 高于 大约 \
        日前 近日 昨日 据统计 据悉 据了解 首次 首超 首破 率先 年均 主动 预期目标 争取 计划 安排 拟
        """)
    /// Verbs that stay in a name in front of the noun behind the figure.
    static let actions = WordSet(
        """
        新增 新建 改造 新改建 新建改建 改扩建 新建改造 建成 开工 竣工 投产 培育 引进 培育引进 建设 实施 开展 办理 落实 发放 解决 打造 入选 获评 进驻 \
        新进驻 新设 设立 创建 新开工 投入 争取 举办 接待 惠及 带动 帮助 认定 备案 授权 受理 审结 起诉 查处 修建 整治 治理 疏浚 改善 完工 种植 \
        销售 生产 出口 进口 引入 吸引 撬动 减免 补助 资助 救助 安置 转移 搬迁 拆除 复垦 绿化 加装 安装 启用 开通 开行 签约 新签 到位 储备 交付 \
        新交付 新培育 新认定 新建成 新改造 完善 扩大 盘活 处置 化解 清偿 兑现 征收 注册 登记 新登记 入驻 新入驻 拥有 推广 出台 制定 修订 下放 取消 \
        移交 削减 攻克 获批 获得 荣获 命名 挂牌 组建 成立 选派 派出 培训 招聘 招录 引导 支持 扶持 提请审议 审议 通过 维修 更新 购置 配备 添置 \
        启动 谋划 签订 达成 收购 投放 储存 出栏 存栏 发生 死亡 破获 抓获 打掉 排查 清理 关停 淘汰 压减
        """)
    /// Words behind a noun that turn to the front of its name: 78个项目竣工 is 竣工项目.
    static let completions = WordSet(
        """
        竣工 开工 投产 建成 投运 投用 开业 落地 签约 获批 完工 通车 投入运行 投入使用 建成投用 开工建设 竣工投产 建成投产 入选 获评 上市 \
        改造提升 复工 入库 交付 揭牌 挂牌 接入 通过验收
        """)
    /// Adverbs between a noun and what becomes of it.
    static let adverbs = WordSet("顺利 按期 全部 全面 有力 相继 如期 陆续 成功 已 已经 正式 加快 集中 均 都 先后 完成 实现 通过")
    /// Where a noun behind a figure ends.
    static let stops = WordSet(
        """
        竣工 开工 投产 完成 实现 达到 获评 入选 建成 投入 有力 按期 全面 顺利 纳入 通过 获得 为 是 在 已 共 被 将 得到 均 都 正 成为 进入 参加 \
        相继 陆续 如期 全部 签约 落地 开业 投用 投运 拉动 带动 惠及 可 用于 左右 比 较 同比 增长 下降 占 居 推进 推动 的 提高 增加 降 涨 升 减少 上升 扩大 压缩 缩短 发展 调整 达 到 至 提升 上涨 回落 下调 上调 分别
        """)
    /// A bare aspect: the name is the parent's.
    static let aspects: Set<String> = ["总量", "总数", "总额", "规模", "量", "总规模", "总值", "增速", "增幅", "数量", "总投资额"]
    /// Measures that mean nothing without what they are of.
    static let bare: Set<String> = [
        "产值", "总产值", "增加值", "产量", "总产量", "投资", "总投资", "营收", "营业收入", "收入", "营业额", "销售额", "利润", "税收", "面积",
        "产能", "贷款", "存款", "人口", "完成率", "开工率", "订单", "销售订单", "税金", "销量", "出口额", "进口额", "完成投资", "资本", "从业人员", "户数", "资金",
        "利税",
    ]
    /// Rates that tell what they are of.
    static let wholeRates: Set<String> = [
        "失业率", "出生率", "死亡率", "城镇化率", "自然增长率", "利润率", "赤字率", "就业率", "入学率", "升学率", "森林覆盖率", "入园率",
        "毛入园率", "毛入学率", "贫困发生率", "不良率", "不良贷款率", "贡献率", "增值率", "产销率", "绿化率", "林木绿化率", "调查失业率", "登记失业率",
    ]
    /// Where the topic of a sentence ends.
    static let topicEnds = WordSet(
        "向 在 对 由 被 将 已 持续 不断 进一步 稳步 加快 实现 完成 达 增长 下降 保持 有 共 累计 更 也 成 为 是 全年 同比 总 前 去年 今年 运行 快速 蓬勃 呈")
    /// What topics end with.
    static let topicNouns = WordSet(
        "产业 行业 企业 园区 活动 项目 公司 工业 农业 旅游 消费 板块 集群 市场 基地 类 业 养殖 种植 果蔬 贸易 经济 银行 医药 制药 集团 合作社 景区 电商")
    /// Verbs in front of a project that a name does not keep.
    static let pushing = WordSet("重点推进 加快推进 积极争取 重点做好 推进 争取 确保 抓好 加快 完成 实施 启动 推动 支持 促进 及 和 与")
    /// Verbs that place something in an order.
    static let placing = WordSet("居 位居 稳居 排名 排 列 位列 名列 跃居 升至 排在 排位 跃升至 升到 保持 均居 并列 高居 排全")
    /// Nouns that say what is measured, for parts of a list that leave theirs out.
    static let tails = WordSet(
        """
        原保险保费收入 保费收入 赔款及给付 可支配收入 消费支出 用电量 种植面积 播种面积 销售面积 产量 总产值 产值 增加值 投资 收入 支出 \
        出口额 进口额 出口 进口 总额 余额 面积 人口 浓度 里程 客运量 货运量 周转量 吞吐量 出栏 存栏 装机 装机容量 完成率 开工率 增加值率 消费量 \
        销售额 零售额 贸易额 利润 税收 赔付支出 存栏量 出栏量 结转 上市公司 业务量 业务收入 保有量 用户 拥有量 参保人数 率 数 额 量 值
        """)
    /// Verbs and nouns of a rise, which a change's name does not keep.
    static let rises = WordSet(
        """
        增长 增加 提高 上升 上涨 提升 增 升 扩大 增收 增产 增支 增幅 涨幅 增长率 增速 上调 增进 多 高出 高于 增长速度 同比增 增长约 \
        攀升 回升 扩容 跃升 提速 涨 增多 快 高
        """)
    /// Verbs and nouns of a fall.
    static let falls = WordSet(
        """
        下降 减少 降低 回落 下跌 减 降 缩短 压缩 压减 减支 减产 缩小 收窄 降幅 少 精简 下滑 下调 减收 减亏 萎缩 低于 跌 跌幅 缩减 \
        削减 少收 减幅 下浮 减征 裁减 负增长
        """)
}
