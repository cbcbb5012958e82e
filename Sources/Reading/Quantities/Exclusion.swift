/// Why a numeral with or without a unit is no indicator. Every test looks at a bounded stretch of the text.
enum Exclusion {
    /// Nouns that only name points of the text's own: whatever counts them is a slogan count.
    private static let strict = WordTable<Bool>(
        WordTable<Bool>.words(
            """
            方针 方面 重点 规定 规划纲要 中全会 全会 会议 阶段 环节 层面 层次 维度 角度 关键 原则 要点 特点 特征 亮点 意识 自信 文明 大局 布局 理念 思想 \
            主义 规律 关系 因素 原因 特性 方向 途径 渠道 路径 抓手 突破口 着力点 切入点 主题 主线 板块 支柱 方阵 步骤 时期 不变 \
               百年 基本点 中心任务 战略 专题 新变化 挑战 机遇 趋势 态势 难点 痛点 堵点 短板 弱项 优势 \
                     不动摇 新突破 新台阶 新进展 新提升 新成效 新跨越 到底
            """, true))

    /// What is done on a visit, behind 两次 and the like.
    static let visits = WordTable<Bool>(
        WordTable<Bool>.words(
            "亲临 视察 来 赴 到 考察 作出 做出 主持 召开 听取 调研 深入 莅临 会见 致信 回信 强调 提及 写入 点赞 批示 登上 获得 被 荣获 蝉联 跨越 突破 跨过", true))

    /// Words that only points begin with (三个确保, 两个毫不动摇), when they stand right behind the classifier.
    private static let openings = WordTable<Bool>(
        WordTable<Bool>.words(
            """
            坚持 确保 必须 更加 着力 结合 统筹 维护 确立 到位 一批 一起 一体 一流 一律 一样 毫不动摇 面向 务必 严禁 不准 不得 不能 不让 不放松 不摘 没有 离不开 \
            实现 迈上 提升 带头 带动 引领 强化 突出 推进 翻番 同步 确定 做到 聚焦 围绕 转化 凡是 看齐 治理 全面 转变 转折 转型 增长 提高 突破 上升 下降 走在前列 代表
            """, true))

    /// First scalars of strict nouns that also qualify a thing (重点项目, 关键技术, 战略物资).
    private static let modifiers = ScalarSet("重关优战问主治新")

    /// Nouns that a bulletin counts as points or as things: points where the count is small or spelled out.
    private static let soft = WordTable<Bool>(
        WordTable<Bool>.words(
            """
            任务 工作 举措 措施 行动 工程 计划 改革 领域 行业 产业 体系 机制 制度 目标 难题 矛盾 政策 实事 大事 活动 战役 攻坚战 清单 红线 底线 主线 要求 内容 指标 条件 \
            纪律 精神 责任 模式 板块 生态 功能 市场 资源 支撑 工程建设 计划纲要 主攻方向 主导产业 支柱产业 特色产业 重点产业 传统产业 新兴产业 服务 保障 规划 方案 梯队 高地 \
            走廊 经济带 轴 极 核心 中心 枢纽 通道 循环 环境 要素 能力 关口 台阶 变量 增量 定位 使命 课题 选项 问题 矛盾纠纷 主体 群体
            """, true))

    /// Points that are things where words in front say which: 省级医疗中心, but not 两个中心.
    private static let built = WordTable<Bool>(WordTable<Bool>.words("中心 枢纽 通道 市场", true))

    /// Real bodies and things, which 个 counts even where the number is spelled out.
    private static let concrete = WordTable<Bool>(
        WordTable<Bool>.words(
            """
            市 县 区 省 州 盟 旗 国家 地区 城市 企业 项目 工厂 机组 医院 学校 村 乡 镇 单位 部门 机场 港口 油田 气田 矿 基地 站 园区 公司 团体 车间 港 码头 泊位 电厂 电站 水库 \
            实验室 平台 中心 品种 产品 民族 委员会 小组 代表团 支部 党组织 社区 街道 小区 院 所 馆 点 厂 店 开发区 经济特区 自治区 直辖市 试点 单项 奖 金牌 学科 专业 班 团 队 \
            国 岛 流域 断面 湖 河 灌区 景区 公园 商场 市场主体 合作社 家庭 农场 牧场 乡镇 行政村 自然村 组织 机构 院校 高校 大学 研究所 标准 专利 车站 枢纽 口岸 基金 协议 文件 案件
            """, true))

    /// Scalars that end a noun phrase: verbs of the clause, particles, conjunctions.
    private static let phraseEnds = ScalarSet("是为有的得已均都全等和及与在被将要以并又也则到从对使让就之其、，。；：！？,;:!?()（）“”‘’《》〈〉—-~|\n\t ")

    /// Whether the noun behind a classifier names points of the text, not things.
    ///
    /// - Parameters:
    ///   - isSmall: The count is spelled out or below ten.
    ///   - isListed: The points stand before the count (…等3个阶段).
    static func countsPoints(_ scalars: [UInt32], at index: Int, isSmall: Bool, isListed: Bool) -> Bool {
        let limit = min(scalars.count, index + 10)
        if openings.longest(in: scalars, at: index) != nil { return true }
        // 学校20万所。下一阶段…: the next sentence says nothing of what was counted.
        if index < scalars.count, Glyph.endsSentence(scalars[index]) { return false }
        // 2个项目列入计划: what is counted stands right behind, and is a thing.
        if !isListed, let thing = concrete.longest(in: scalars, at: index), thing.length > 1 { return false }
        var cursor = index
        while cursor < limit, cursor == index || !phraseEnds.contains(scalars[cursor]) {
            if let match = strict.longest(in: scalars, at: cursor),
                (cursor == index && !modifiers.contains(scalars[cursor])) || endsPhrase(scalars, cursor + match.length)
            {
                return true
            }
            if isSmall || isListed, let match = soft.longest(in: scalars, at: cursor),
                endsPhrase(scalars, cursor + match.length),
                isListed || cursor < index + 2 || built.longest(in: scalars, at: cursor) == nil
            {
                return true
            }
            cursor += 1
        }
        return false
    }

    private static let measures = WordTable<Bool>(
        WordTable<Bool>.words("产量 产值 增加值 销量 销售量 销售额 价格 进口量 出口量 进口额 出口额 库存 消费量", true))

    /// 10种有色金属产量为80万吨: whether the kinds counted only say what the measure behind them is of.
    static func qualifiesMeasure(_ scalars: [UInt32], at index: Int) -> Bool {
        var cursor = index
        while cursor < min(scalars.count, index + 14), NumeralScalars.isHan(scalars[cursor]) {
            if let measure = measures.longest(in: scalars, at: cursor), cursor > index {
                var end = cursor + measure.length
                while end < scalars.count, end < cursor + 8, links.contains(scalars[end]) { end += 1 }
                return end < scalars.count && NumeralScalars.arabic(scalars[end]) != nil
            }
            cursor += 1
        }
        return false
    }

    private static let links = ScalarSet("为达到约共计合超过近分别同比增长下降")

    /// Whether a real body or thing is counted.
    static func countsThings(_ scalars: [UInt32], at index: Int) -> Bool {
        let limit = min(scalars.count, index + 12)
        var cursor = index
        while cursor < limit, !phraseEnds.contains(scalars[cursor]) {
            if let match = concrete.longest(in: scalars, at: cursor), cursor > index || match.length > 0 { return true }
            cursor += 1
        }
        return false
    }

    private static func endsPhrase(_ scalars: [UInt32], _ index: Int) -> Bool {
        index >= scalars.count || phraseEnds.contains(scalars[index]) || !NumeralScalars.isHan(scalars[index])
    }

    /// Place names and fixed words that begin with a numeral and a unit scalar.
    static let spelledWords = WordTable<Bool>(
        WordTable<Bool>.words(
            """
            三次产业 一次产业 二次产业 两次产业 五台山 五台县 三台县 七台河 六盘水 六盘山 三门峡 三门县 三门湾 五家渠 三元区 三元里 三元桥 三元坊 三角 三角洲 四平市 六安 六枝 五位一体 三位一体 四位一体 一二三产 二三产业 三五成群 \
            四方 八方 三方 五方 多方 四面八方 四面 三面 两面 八面 四处 二线 一线 三线 四线 五线 二级 一级 三级 四级 五级 六级 七级 八级 十级 三人行 三部曲 三部委 两部委 两院 三院 三项制度 \
            三家分晋 百家争鸣 百家姓 十里 八里 三里 五里 七里 二里 九里 四里 六里 十家堡 四门 八门 三品 三品一标 三班倒 三座大山 三只松鼠 三户 两弹 五位一体 七台 八角 五角 六角 十字 十方 \
                    四季 三天 七匹狼 九州 三通 四通 八达 百货 千方百计 十分 两张皮 三张清单 五张清单 四张清单 两条腿 一条龙 三条红线 三道红线 两个轮子 百闻 \
            四大 三大 五大 六大 七大 八大 九大 十大 两大 二十四节气 三度 两度 再度 二度 四度 一度 三轮车 两轮 三轮 四轮 二轮 六边形 三边 三段式 四段 三顿 千层 三层 两层 双层 五金 三口之家 四口之家
            """, true))

    /// Places and persons named by number and region (东北三省, 六盘水): regions that a spelled numeral counts in a name.
    static let regionClassifiers = ScalarSet("省市县区乡镇村州国院站店厂线面方点手口道门把根顶里分角部区层段片场")

    private static let measuredTime = WordTable<Bool>(
        WordTable<Bool>.words(
            """
            压缩 缩短 缩减 压减 减少 减至 减为 降至 降到 提速 节省 节约 提前 延长 最快 最短 最长 仅需 只需 仅用 只用 用时 耗时 费时 时限 时长 时间 期限 办结 审批 寿命 年限 中断 工期 工时 周期 \
            天数 时数 日数 小时数 无霜期 休假 产假 育儿假 陪产假 优良天 优良 达标 缩至 缩短到 缩短至 压缩至 压缩到 压缩为 平均 平均用时 停机 停电 运行 发电 利用 安全生产 无事故 日照 学制 保修 质保 库存可用 \
            支付能力 可支付 可用 周转 账期 通关 办理 拨付 有效期 保质期 服役 提升至 增至 延至 超期 拖期 达到 实现零报告 早 晚 快 慢
            """, true))

    private static let reductions = WordTable<Bool>(
        WordTable<Bool>.words("压缩 缩短 缩减 压减 减少到 减至 降至 降到 延长 提高到 增加到 提升到 提速", true))

    private static let placingTime = ScalarSet("近前后过历年今去本每第连这那用为来满从自在当同首上下未")

    /// Whether a length of time is a result and does not only place something.
    static func measuresTime(_ scalars: [UInt32], from start: Int, numeral: Int, end: Int) -> Bool {
        // 5年来, 3年行动, 2个月内, 3年期: the length places or names something.
        if end < scalars.count {
            switch scalars[end] {
            case 0x6765, 0x5185, 0x95F4, 0x540E, 0x524D, 0x671F, 0x5236, 0x5C11, 0x884C, 0x7EA7, 0x8BA1, 0x89C4, 0x653B,
                0x4E2D, 0x5708, 0x7D2F:
                return false  // 来 内 间 后 前 期 制 少 行 级 计 规 攻 中 圈 累
            default: break
            }
        }
        // 是增速最快的四年: what the years were like.
        if numeral > start, scalars[numeral - 1] == 0x7684, end > 0, scalars[end - 1] == 0x5E74 { return false }
        // 从20个工作日压缩至5个工作日
        if end < scalars.count, reductions.longest(in: scalars, at: end) != nil { return true }
        var cursor = max(start, numeral - 16)
        var found = false
        while cursor < numeral {
            if let match = measuredTime.longest(in: scalars, at: cursor, limit: numeral) {
                found = true
                cursor += match.length
            } else {
                cursor += 1
            }
        }
        if !found { return false }
        if numeral > start, placingTime.contains(scalars[numeral - 1]),
            !(scalars[numeral - 1] == 0x4E3A || scalars[numeral - 1] == 0x524D)
        {
            return scalars[numeral - 1] == 0x7528
        }
        return true
    }

    private static let lifeSpans = WordTable<Bool>(WordTable<Bool>.words("寿命 平均年龄 年龄中位数 期望寿命 人均寿命 健康寿命 初婚年龄", true))

    /// Whether years of age are a measured mean, not somebody's age or a condition.
    static func measuresAge(_ scalars: [UInt32], from start: Int, numeral: Int) -> Bool {
        contains(lifeSpans, scalars, max(start, numeral - 32)..<numeral)
    }

    private static let rain = WordTable<Bool>(
        WordTable<Bool>.words("雨 降水 蒸发 径流 积雪 沉降 水深 水位 潮位 雪深 胸径", true))

    /// Whether millimetres and centimetres measure rain or levels, not the size of a part.
    static func measuresSmallLength(_ scalars: [UInt32], from start: Int, numeral: Int) -> Bool {
        contains(rain, scalars, max(start, numeral - 16)..<numeral)
    }

    static func contains(_ table: WordTable<Bool>, _ scalars: [UInt32], _ range: Range<Int>) -> Bool {
        var cursor = range.lowerBound
        while cursor < range.upperBound {
            if table.longest(in: scalars, at: cursor, limit: range.upperBound) != nil { return true }
            cursor += 1
        }
        return false
    }
}
