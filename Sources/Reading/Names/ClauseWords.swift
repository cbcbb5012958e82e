/// Words that the name pass leaves out, keeps or turns around.
enum ClauseWords {
    /// Left out at the end and the beginning of a name: verbs that only link, adverbs, words
    /// of time and of the bulletin's own region.
    static let linking = WordSet(
        """
        增到 减到 增为 基本 基本上 双双 但 但是 不过 只是 而且 然而 一直 连年 历年 以上、 左右、 以内、 以下、 现在 提前 提前实现 本世纪末 定为 目标定为 预期目标定为 定在 设定为 确定为 设定在 按照规定 按规定 拟按 按 当月 当季 大大 明显 显著 大幅 大幅度 小幅 略 远 一举 再次 累计达 累计达到 实现 完成 达到 达 为 共 有 累计 全年 共有 约 近 超 超过 突破 已 已经 共计 达到了 完成了 实现了 约为 分别 分别为 \
        分别达到 分别达 均 都 普遍 就 也 则 又 再 将 要 包括 创纪录 创历史 空前 按照 约可 约计 同比上年 同比去年 力争 确保 预计 预期 其中 同时 此外 目前 拥有 现拥有 共拥有 截至 截止 仅 同比 环比 比上年 较上年 比上年末 \
        较上年同期 较上年末 比去年末 较去年末 比上季末 较上季末 比上月末 较上月末 比去年 比去年同期 较去年 较去年同期 与上年相比 比年初 较年初 每 平均 的 了 在 到 至 由 从 和 与 及 以及 等 逾 不低于 \
        不少于 不超过 至少 接近 保持 稳定 稳定在 保持在 控制在 按可比价格计算 按不变价计算 按不变价格计算 按可比价计算 同口径 名义 实际 可 \
        仍 还 并 且 而 是 加上 当年 全市 全省 全区 全县 全国 全州 全旗 全镇 全疆 全村 全乡 全街道 全矿 全厂 我市 我省 我区 我县 我国 我州 本市 本省 本区 本县 顺利 进一步 又有 \
        初步 成功 大力 积极 着力 稳步 继续 不断 努力 全面 有效 持续 深入 扎实 加快 推动 推进 降至 降到 提高到 提升到 增加到 增长到 涨到 上升到 \
        下降到 发展到 扩大到 上升至 提高至 下降至 增加至 增至 升至 升到 减少到 减少至 缩短到 缩短至 压缩到 压缩至 调整到 扩大至 回落到 \
        回落至 收窄至 跃升至 攀升至 提升至 增长至 高达 多达 居 位居 稳居 各类 每平方公里 每平方千米 每平方米 每立方米 人均每月 人均每年 每人每月 每人每年 每人每天 折合 折合人民币 约合 相当于 每月 每人 每年 每户 每亩 其 该 高质量 滚动 强力 未 不足 不到 低于 高于 大约 \
        缩小至 缩小到 收窄到 扩大为 增加为 提高为 上升为 下降为 降为 增为 减为 升为 调整为 延长到 延长至 恢复到 恢复至 改善到 改善至 回升到 回升至 拓展到 拓展至 扩展到 扩展至 \
        扩至 缩至 缩减到 缩减至 压降至 压减到 压减至 下滑至 放缓至 减至 减到 跌至 跌到 涨至 提至 提到 上涨到 上涨至 降低到 降低至 跃升到 攀升到 \
        接连 相继 先后 历史性 虽然 尽管 净 一是 二是 三是 四是 五是 六是 七是 八是 九是 十是 日前 近日 昨日 据统计 据悉 据了解 首次 首超 首破 率先 年均 位于 都位于 均位于 等于 将等于 预计将 转为 变动为 卖到 跌到 全境 全境内 现价 该地 短短几年 主动 预期目标 争取 计划 安排 拟 逐步 各种 近期 境内共有 合计
        """)
    /// Words that begin or end like a linking word and are none.
    static let whole = WordSet(
        """
        基本养老 基本医疗 基本支出 基本公共 基本农田 基本建设 基本民生 基本工资 基本药物 基本殡葬 基本财力 基本户 可利用 可开发 可开采 可供 可使用 居民 居住 居家 居委会 可再生 可支配 可持续 可比 可用 惠及 普及 涉及 提及 到位 到期 到账 到校 在校 在校生 在建 在册 在岗 在职 在读 在园 在库 在营 在研 在籍 在线 \
        脱贫攻坚 脱贫人口 脱贫县 脱贫地区 脱贫户 脱贫村 脱贫劳动力 竣工验收 签约仪式 发展中 提升工程 改造工程 提升行动 投入产出 但丁 \
        每万人 每十万人 每千人 每百户 每百人 每百元 每千名 每万名 每千户 每万户 人均 户均 亩均 \
        强降雨 强降雪 强降温 降雨 降水 降雪 \
        共济 共管 共保 共治 共用 \
        下达 到达 抵达 传达 直达 送达 \
        为民 为主 为辅 由于 有效 有机 有色 有线 有限 有轨 有害 有关 有偿 和谐 和田 将军 就业 就医 就读 就地 就学 就诊 再生 再就业 再贷款 再保险 再制造 再融资 其他 其它 约束 \
        共享 共有产权 共同 共建 共青 共产 共富 达标 达产 达州 达茂 均衡 均价 都市 都江堰 从业 平均收入 平均亩产 平均工资 平均价 平均受教育年限 平均预期寿命 平均海拔 平均气温 平均浓度 平均收购价 并购 并网 \
        要素 要求 要道 计划生育 计划内 计划外 计划单列市 安排就业 积极性 积极分子 持续期 全面小康 全面推开 深入推进 实际利用 实际使用 实际到位 实际控制 实际投资 实际完成 占地 占用 \
        国有 公有 私有 自有 持有 保有 现有 特有 稀有 拥有 所有 占有 认为 行为 作为 人为 存在 所在 实在 附近 就近 邻近 \
        高等 平等 上等 中等 初等 优等 同等 机械 至少 保持率 保持水土 保持面积 稳定就业 稳定器 稳定脱贫 目前 且末 而立 该校 仍然 还本 还款 还贷 还迁 还林 还湿 还草 已建 已签 又好 也门 \
        首次公开 首次就业 首次创业 推动力 加快度 名义工资 等级 等外 等值 等效 未成年 未婚 未利用 未就业 未参保 高于 低于 高质 其余 顺利通过 成功率 大力士 有效期 有效发明 有效灌溉 有效投资 有效注册 有效商标 有效需求 有效供给 超额 超长期 \
        共建 在学 在训 在编 在聘 在京 在津 在冀 在晋 在蒙 在辽 在吉 在黑 在沪 在苏 在浙 在皖 在闽 在赣 在鲁 在豫 在鄂 在湘 在粤 在桂 在琼 在渝 在川 在黔 在滇 在藏 在陕 在甘 在青 在宁 在新 \
        新开工 参与 净土 净利 净化 净收入 净资产 净出口 净流 净值 净增 收获 捕获 缴获 方向 定向 导向 面向 双向 单向 流向 动向 向日葵 兼并 并轨 加快度 \
        条约 合约 公约 契约 节约 预约 签约 成都 首都 古都 干将 需要 主要 纪要 摘要 规则 原则 守则 准则 细则 发达 参与 饱和 总和 报到 签到 自由 理由 服从 许可 认可 合并 定居 安居 旧居 邻居 \
        公共 总共产党 中共 年均气温 年均降水量 年均降雨量 年均浓度 年均收入 年均产值 年均日照 经济增长 目标责任 \
        突破性 实现率 完成率 达标率 为农 为老 约定 约谈 近海 近岸 近视 近零 近郊 超高清 超级 超限 超市 超低 超算 由此 从事 从教 与会 及时 及格 及以上 及其 以及 以来 到达
        """)
    /// What makes a change come about, in front of what changes.
    static let causing = WordSet("带动 拉动 推动 促进 促使 使 致使 使得 导致")
    /// What becomes of people counted, right behind the figure.
    static let fates = WordSet("受益 脱贫 受灾 死亡 遇难 失踪 受伤 参保 就业 失业 返乡 落户 参加 获奖 入选 获批 报名")
    /// What says that something moved, behind its noun.
    static let moving = WordSet(
        "逐步 不断 进一步 持续 稳步 大幅 明显 显著 快速 继续 有所 逐年 较快 平稳 实现翻倍 实现翻番 成倍增长 翻了 增长很快 增长较快 增长迅速 发展很快 发展较快 发展迅速 迅速 再创 迈上 再上 又上 实现新 创历史 创新高 稳定增长 保持 从无到有 从小到大 由小到大 由弱到强"
    )
    /// What goes with a number of years, behind and in front of it.
    static let yearEnds = WordSet("来 间 中 内 以来 多来 累计 共 期间 合计")
    static let beforeYears = WordSet("连续 过去 近 这 最近 已连续 未来 前 后")
    /// What makes a number of years part of a name: 五年期贷款, 九年义务教育.
    static let afterYears = WordSet("期 制 级 义务 规划 行动 计划 以上 以下 一 生 均 末 初 底")
    /// What makes a number the beginning of a name: 65岁以上人口, 5A级景区.
    static let numberNouns = WordSet("岁 种 类 大类 A级 A景区 G D打印 个月以上 年期 周岁 公里以上 万元以上 亿元以上 千瓦以上 级以上 天以上")
    /// Nouns that need no noun of the head of their list.
    static let complete = WordSet("赤字 顺差 逆差 盈余 资金 基金 总计 合计 结余 下年 限额 人口 劳动力 耕地 林地 草地 总收入 总支出 投入 借款 贷款 存款 税费 补贴 工资 补助 能力")
    /// What stands before 的 and only describes the noun behind it.
    static let describing = WordSet(
        "级 型 类 性 以上 以下 千瓦 亿元 万元 规模 重点 特色 不同 新型 全新 主要 大型 中型 小型 各类 相关 优质 急需 在建 新建 国有 省属 市属 区属")
    /// What a part is measured with.
    static let sharing = WordSet("占比 占 所占 比重")
    /// What stands before a verb of placing and belongs to it: 稳居, 均居, 跃居.
    static let beforePlacing = ScalarSet("稳位均跃高名都提上攀仍继续保持")
    /// What 均 makes an average of: 年均, 人均, 平均.
    static let averages = ScalarSet("年人户日月亩平季次单每")
    /// When something was that has changed since.
    static let origins = WordSet("去年 上年 前年 原来 过去 最初 年初 上个 改革开放初 建国初 五年前 十年前 三年前 当初 解放初 一九 二〇")
    /// Words of a class that share the words behind them: 城镇和农村人均住房面积.
    static let classes = WordSet(
        "城镇 城市 农村 乡村 城乡 中央 地方 省级 市级 县级 男性 女性 国有 民营 集体 个体 公办 民办 东部 中部 西部 铁路 公路 水路 水运 民航 航空 国内 国际 境内 境外 入境 第一 第二 第三 一 二 三 本科 专科 工业 农业 商业 服务业 居民 非居民 生产 生活 新建 二手 小学 初中 高中 一般 专项 短期 中长期 人民币 外币 外资 内资"
    )
    /// What someone is taken into or given, whose object tells the figure: 3个站入选国家名单.
    static let taking = WordSet(
        "入选 获评 获批 纳入 列入 获得 荣获 跻身 进入 上榜 通过 达到 获 开展 实行 推行 接入 加入 参与 升为 晋升为 被认定为 被评为 被确定为 被列为 被列入 被授予 被命名为")
    /// What is done for those named behind 为 and 给, who do not name the figure.
    static let giving = WordSet(
        "减税降费 减税 降费 减免 减负 退税 发放 解决 提供 办理 补贴 资助 救助 让利 追回 挽回 追讨 追索 节约 节省 支付 投放 清退 落实 新增 争取 申请 协调 配备 安装")
    /// Marks that a figure passes, behind it: 突破500亿元大关.
    static let marks = WordSet("大关 关口 台阶 门槛 整数关 整数关口 关")
    /// What a figure reaches and no name: 实现11.51万亿元的历史新高.
    static let heights = WordSet("高度 新高 大关 关口 高位 高点 水平 规模 目标 任务 历史最高 增长 增幅 增速 涨幅 降幅 佳绩 好成绩 台阶")
    /// Places in front of a rank.
    static let rankPlaces = WordSet("世界 全球 全国 全省 全市 全区 全县 亚洲 国内 国际 世界上 全国同类 同类 中部 西部 东部 中西部 全行业 同行业")
    /// Nouns with which a phrase behind a figure may end though it holds a verb: 服务业扩大开放综合试点.
    static let closing = WordSet(
        "试点 工程 项目 行动 计划 基地 中心 园区 平台 示范区 试验区 企业 机构 方案 政策 措施 制度 办法 条例 规划 站 室 所 馆 园 院 线 车间 工厂 景区 小区 试验 实验室 体系 联盟 办法 文件 法案 活动 场次"
    )
    /// Verbs at which a noun ends only where no noun closes the phrase behind them.
    static let softStops = WordSet("扩大 推进 推动 提升 改善 促进 发展 提高 增加 带动 调整 缩短 压缩 建设 保护 改革 保障")
    /// Verbs that stay in a name in front of the noun behind the figure.
    static let actions = WordSet(
        """
        新增 新建 续建 扩建 改造 新改建 新建改建 改扩建 新建改造 建成 开工 竣工 投产 培育 引进 培育引进 建设 实施 开展 办理 落实 发放 解决 打造 入选 获评 进驻 \
        新进驻 新设 设立 建立 创建 新开工 投入 争取 举办 接待 惠及 带动 帮助 认定 备案 授权 受理 审结 起诉 查处 侦办 立案侦办 查办 修建 整治 治理 疏浚 改善 完工 种植 \
        销售 生产 出口 进口 引入 吸引 撬动 减免 补助 资助 救助 安置 转移 搬迁 拆除 复垦 绿化 加装 安装 启用 开通 开行 签约 新签 到位 储备 交付 \
        新交付 新培育 新认定 新建成 新改造 完善 扩大 盘活 处置 化解 清偿 兑现 征收 注册 登记 新登记 入驻 新入驻 推广 出台 制定 修订 下放 取消 \
        移交 削减 攻克 获批 获得 荣获 命名 挂牌 组建 成立 选派 派出 培训 招聘 招录 引导 支持 扶持 提请审议 审议 通过 维修 更新 购置 配备 添置 \
        推出 促成 形成 揭牌 发布 遴选 征集 调解 修复 打通 铺设 抽检 检测 检查 惩处 暂扣 取缔 移送 规范 抓拍 签下 接到 收缴 打击 引育 招引 承接 承办 主办 走访 慰问 救治 运送 输送 修改 废止 应对 抵御 战胜 远销 覆盖 辐射 遍及 通达 增发 发行 下达 拨付 统筹 加密 新辟 缔结 签署 结成 启动 谋划 签订 达成 收购 投放 储存 出栏 存栏 发生 死亡 破获 抓获 打掉 排查 清理 关停 淘汰 压减 购买 抽调 调派 出动 拿出 增产 净增 发送 增投 开垦 收购 捐赠 赠送 运输
        """)
    /// Words behind a noun that turn to the front of its name: 78个项目竣工 is 竣工项目.
    static let completions = WordSet(
        """
        竣工 开工 投产 建成 投运 投用 开业 落地 签约 获批 完工 通车 投入运行 投入使用 建成投用 开工建设 竣工投产 建成投产 入选 获评 上市 \
        上线运行 上线 落成 启用 开馆 投入运营 建成运营 开通 开通运营 试运行 试运营 封顶 贯通 合龙 并网 并网发电 整改 销号 办结 \
        改造提升 受益 脱贫 参赛 达产 量产 获奖 立项 开园 复产 复工 入库 交付 揭牌 挂牌 接入 通过验收 出列 摘帽 脱贫摘帽 脱贫出列 脱贫退出 退出
        """)
    /// Adverbs between a noun and what becomes of it.
    static let adverbs = WordSet("新 顺利 按期 全部 全面 有力 相继 如期 陆续 成功 已 已经 正式 加快 集中 均 都 先后 完成 实现 通过 整体 提前 部分 超额 分批 同步")
    /// Where a noun behind a figure ends.
    static let stops = WordSet(
        """
        户均 人均 亩均 帮助 追回 挽回 追讨 加强 强化 深化 用于 投向 大幅 大幅度 明显 显著 缔结 签署 予以 给予 解决 摆脱 受益 脱贫 享受 竣工 开工 投产 完成 实现 达到 获评 入选 建成 投入 有力 按期 全面 顺利 纳入 通过 获得 建立 初具 中有 为 是 在 已 共 被 将 得到 均 都 正 成为 进入 参加 \
        共有 进展 进行 超额 整体改造 整体搬迁 提前 集中开工 集中签约 集中竣工 集中投产 发放 下放 办理 推广 落户 提供 开展 加快 全覆盖 整县 并 由 向 获 参赛 相继 陆续 如期 全部 签约 落地 开业 投用 投运 拉动 带动 惠及 可 用于 左右 比 较 同比 增长 下降 占 居 推进 推动 的 提高 增加 降 涨 升 减少 上升 扩大 压缩 缩短 发展 调整 达 到 至 提升 上涨 回落 下调 上调 分别
        """)
    /// A bare aspect: the name is the parent's.
    static let aspects = WordSet(
        """
        提升幅度 改善幅度 增长幅度 提高幅度 下降幅度 总量 总数 总额 规模 量 总规模 总值 增速 增幅 涨幅 降幅 升幅 增量 数量 总投资额
        """)
    /// Measures that mean nothing without what they are of.
    static let bare = WordSet(
        """
        吞吐量 招生 市值 总市值 产值 总产值 增加值 产量 总产量 投资 总投资 营收 营业收入 销售收入 收入 营业额 销售额 利润 税收 面积 产能 贷款 存款 人口 完成率 \
        开工率 订单 销售订单 税金 销量 出口额 进口额 完成投资 资本 从业人员 户数 资金 利税 支出 投入 案值 总产能 产销量 涉案金额 \
        库容 装机容量 总装机容量 总产 亩产 单产 存栏 出栏 存栏量 出栏量 创汇 花费 总花费 旅游收入 综合收入 门票收入 职工 员工 成员 净值 原值 协议资金 年税收 年销售收入 拟建面积
        """)
    /// Measures that say only what of a thing is told, which may be of any thing that stands before.
    static let relational = WordSet(
        """
        金额 合同金额 协议金额 总资产 资产总额 产能 全长 总长 总里程 里程 长度 占地 占地面积 建筑面积 总建筑面积 均价 单价 平均单价 批发价 节约资金 资金节约 节约率 资金节约率 实际采购资金 实际采购金额 采购金额 采购资金 采购预算资金 总花费 容量 年产值 总规模 总装机 总库容 平均亩产 海拔 最高点海拔 拟建面积 拟建建筑面积
        """)
    /// 辖4镇: what is governed is the unit itself.
    static let governing = WordSet("辖 下辖 管辖 现辖 共辖 辖区 设 下设 辖有")
    /// Rates that tell what they are of.
    static let wholeRates = WordSet(
        """
        失业率 出生率 死亡率 城镇化率 自然增长率 利润率 赤字率 就业率 入学率 升学率 森林覆盖率 入园率 毛入园率 毛入学率 贫困发生率 不良率 不良贷款率 贡献率 增值率 产销率 绿化率 林木绿化率 调查失业率 登记失业率
        """)
    /// Where the topic of a sentence ends.
    static let topicEnds = WordSet(
        "投产 建成 获 取得 通车 开工 落地 向 在 对 由 被 将 已 持续 不断 进一步 稳步 加快 实现 完成 达 增长 下降 保持 有 共 累计 更 也 成 为 是 全年 同比 总 前 去年 今年 运行 快速 蓬勃 呈 实行 受 因 经 虽 自 从 与 使 发展 态势 形势 势头 增势 走势 涨势 势强 企稳 回升 回暖 向好 强劲"
    )
    /// What topics end with.
    static let topicNouns = WordSet(
        "产业 行业 企业 园区 活动 项目 公司 工业 农业 旅游 消费 板块 集群 市场 基地 类 业 养殖 种植 果蔬 贸易 经济 银行 医药 制药 集团 合作社 景区 电商 工程 公路 铁路 高速 快速路 大桥 隧道 水库 大道 机场 港 电站 医院 学校"
    )
    /// Verbs in front of a project that a name does not keep.
    static let pushing = WordSet("重点推进 加快推进 积极争取 重点做好 推进 争取 确保 抓好 加快 完成 实施 启动 推动 支持 促进 及 和 与")
    /// Verbs that place something in an order.
    static let placing = WordSet(
        "居 位居 稳居 提升到 提升至 上升到 上升至 上升为 跃升到 跃升为 攀升至 前移至 前进到 排名 排 列 位列 名列 跃居 升至 排在 排位 跃升至 升到 保持 均居 并列 高居 排全")
    /// Nouns that say what is measured, for parts of a list that leave theirs out.
    static let tails = WordSet(
        """
        总收入 总支出 总产量 原保险保费收入 保费收入 进出口总额 进出口总值 进出口额 进出口 价格 投资额 交易额 成交额 总值 营业收入 销售收入 发电量 总产 赔款及给付 利税 可支配收入 消费支出 用电量 种植面积 播种面积 销售面积 产量 总产值 产值 增加值 投资 收入 支出 \
        出口额 进口额 出口 进口 总额 余额 面积 人口 浓度 里程 客运量 货运量 周转量 吞吐量 出栏 存栏 装机 装机容量 完成率 开工率 增加值率 消费量 \
        进口量 出口量 销售量 交易量 成交量 接待量 捕捞量 排放量 用水量 供水量 用气量 采购量 消费额 订货额 供应量 储量 贷款余额 存款余额 销售额 零售额 贸易额 利润 税收 赔付支出 存栏量 出栏量 存栏数 出栏数 饲养量 亩产 单产 结转 GDP 水耗 电耗 能耗 上市公司 业务量 业务收入 保有量 用户 拥有量 参保人数 债务 债券 率 数 额 量 值
        """)
    /// Nouns that the last of several coordinated names says for all, beside ``tails``.
    static let sharedNouns = WordSet(
        "案件 警情 事故 标准 人数 起数 户数 数量 比例 比重 规模 总量 指数 增速 增幅 总花费 花费 营收 利润总额 参保率 覆盖率 贫困发生率 运营里程 通车里程 增加值增速 就业 保险 贷款 存款 存款余额 贷款余额 温度 水平 成本 密度 强度 水质"
    )
    /// Words behind coordinated names that belong to the noun they share: 交通、水利领域投资额.
    static let sharedHeads = WordSet("领域 行业 产业 企业 项目 产品 地区 部门 类")
    /// Words that hold two groups, with what they stand for.
    static let pairs: [(word: String, parts: [String])] = [
        ("城乡居民", ["城镇居民", "农村居民"]), ("城乡低保", ["城市低保", "农村低保"]), ("城乡", ["城镇", "农村"]),
        ("三次产业", ["第一产业", "第二产业", "第三产业"]), ("一二三产业", ["第一产业", "第二产业", "第三产业"]),
        ("存贷款", ["存款", "贷款"]), ("客货运", ["客运", "货运"]), ("客货", ["客", "货"]), ("收支", ["收入", "支出"]),
        ("产销", ["产", "销"]), ("中小学", ["中学", "小学"]), ("男女", ["男", "女"]), ("牛羊", ["牛", "羊"]),
    ]
    /// What a figure fulfils and no name: 完成预算的98%.
    static let goals = WordSet("预算 目标 计划 任务 预算数 计划数 目标任务 预期目标")
    /// What stands before such a word and belongs to it.
    static let goalHeads = WordSet(
        """
        年初 年度 全年 调整 调整后 变动 当年 年 年度调整 年初确定 既定 收入 支出
        """)
    /// Words that only compare and name nothing.
    static let void = WordSet(
        """
        水平 平均水平 全国平均 全国平均水平 全省平均 全省平均水平 左右 同期 去年同期 去年同期相 时序进度 序时进度 去年投资时序进度 \
        用 者合计 三者合计 两者合计 二者合计 合计 者之和 两项合计 三项合计 项合计 以上合计 上年 人民币 扣除价格因素 扣除物价因素 \
        剔除价格因素 扣除价格上涨因素 年 执行数 预计执行数 决算数 实际执行数 预计数 完成数 实际完成数 预算执行数
        """)
    /// Verbs with which a measure passes a mark, behind its noun: 总产值跨上千亿元台阶.
    static let passing = WordSet(
        "两次跨越 三次跨越 多次跨越 两次突破 三次突破 多次突破 先后跨越 连续迈上 接连迈上 连续跨越 接连跨越 连续跨过 迈上 跨上 跃上 站上 登上 迈过 跨过 跨越 突破 首次突破 接连突破 持续攀升 连续上台阶 再上"
    )
    /// Rates of change that a change in points is of: 增速比上年提高1个百分点.
    static let rateNouns = WordSet("增速 增幅 涨幅 降幅 升幅 跌幅")
    /// Classes of a statistical list, which take the measure of their head: 采矿业增长2%.
    static let listed = WordSet("类 业 企业 产业 行业 门类 产品 地区 商品 品")
    /// Verbs and nouns of a rise, which a change's name does not keep.
    static let rises = WordSet(
        """
        超收 超支 增长 增加 提高 上升 上涨 提升 增 升 翻 翻了 扩大 增收 增产 增支 增幅 涨幅 增长率 增速 上调 增进 多 高出 高于 增长速度 同比增 增长约 \
        净增 净增加 净增长 攀升 回升 扩容 跃升 提速 涨 增多 快 高 延长 大增 猛增 激增 骤增 剧增 同增 双增 略增 微增 再增 递增 飙升 抬升 走高 反弹 上扬 加大 增值 上浮 增盈
        """)
    /// Verbs and nouns of a fall.
    static let falls = WordSet(
        """
        短收 下降 减少 降低 回落 下跌 减 降 缩短 压缩 压减 减支 减产 缩小 收窄 降幅 少 精简 下滑 下调 减收 减亏 萎缩 低于 跌 跌幅 缩减 \
        削减 少收 减幅 下浮 减征 裁减 负增长 锐减 骤减 剧减 递减 略降 微降 双降 放缓 减缓 走低 下挫 缩水 缩窄 大减 大降 低
        """)
}
