/// Words that the name pass leaves out or keeps.
enum ClauseWords {
    /// Left out wherever they stand at the end or the beginning of a name.
    static let linking = WordSet(
        """
        实现 完成 达到 达 为 共 有 累计 全年 共有 约 近 超 超过 突破 已 已经 总计 共计 合计 达到了 完成了 实现了 约为 分别 分别为 \
        分别达到 均 都 就 也 则 又 再 将 要 力争 确保 预计 预期 其中 其中: 同时 此外 目前 截至 截止 仅 同比 环比 比上年 较上年 比上年末 \
        较上年同期 比去年 比去年同期 较去年 较去年同期 与上年相比 比年初 较年初 每 平均 的 了 在 到 至 由 从 和 与 及 以及 等 逾 不低于 \
        不少于 不超过 至少 左右 接近 保持 稳定 稳定在 保持在 控制在 位居 居 位列 列 排名 排 升至 增速 增长 按可比价格计算 按不变价计算 \
        按不变价格计算 同口径 名义 实际 可 仍 还 并 且 而 是 加上 其他 当年 上半年 下半年 前三季度 一季度 二季度 三季度 四季度 年末 年底 \
        年初 去年 今年 上年 本年 全市 全省 全区 全县 全国 全州 全旗 我市 我省 我区 我县 我国 我州 本市 本省 本区 本县 顺利 进一步 \
        新 又有 总投资 总 初步 成功 大力 积极 着力 稳步 继续 不断 努力 全面 有效 持续 深入 扎实 加快 推动 推进
        """)
    /// Verbs that stay in a name when they stand before the numeral.
    static let actions = WordSet(
        """
        新增 新建 改造 新改建 改扩建 建成 开工 竣工 投产 培育 引进 建设 实施 开展 办理 落实 发放 解决 打造 入选 获评 进驻 新设 设立 \
        创建 新开工 投入 争取 举办 接待 惠及 带动 帮助 认定 备案 授权 受理 审结 起诉 查处 修建 整治 治理 疏浚 改善 完工 种植 销售 生产 \
        出口 进口 引入 吸引 撬动 减免 补助 资助 救助 安置 转移 搬迁 拆除 复垦 绿化 造林 加装 安装 启用 开通 开行 签约 新签 到位 储备 \
        交付 新交付 新培育 新认定 新建成 新改造 完善 扩大 盘活 融资 助企融资 处置 化解 清偿 兑现 征收 退税 减税降费 发明 申请 注册 登记
        """)
    /// Nouns of place and time that a name does not keep in front.
    static let stops = WordSet("其中 其中, 同时 此外 另外 目前")
}
