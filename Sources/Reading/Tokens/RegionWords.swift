/// Words that tell of which place a figure is.
enum RegionWords {
    /// 全市, 我县, 本省, 市级: the division of that kind that the bulletin is about, by the last
    /// scalar of its official name.
    static let own: WordTable<UInt32> = {
        var words: [(word: String, value: UInt32)] = []
        for kind in "市省区县州盟旗" {
            let value = Scalars.of(String(kind))[0]
            for front in ["全", "我", "本"] { words.append((front + String(kind), value)) }
        }
        for (word, kind) in [
            ("全自治区", "区"), ("我自治区", "区"), ("全自治州", "州"), ("全自治县", "县"), ("全地区", "区"), ("市本级", "市"),
            ("省本级", "省"), ("县本级", "县"), ("区本级", "区"), ("州本级", "州"), ("市级", "市"), ("省级", "省"), ("县级", "县"),
        ] {
            words.append((word, Scalars.of(kind)[0]))
        }
        return WordTable(words)
    }()
    /// The country as its own bulletins call it, beside its names in the table.
    static let country = WordSet("全国 我国 国内生产总值 中央本级 中央一般公共预算 中央财政")
    /// Bodies of the whole country: who reports or publishes for it.
    static let nationalBodies = WordSet(
        """
        国务院 国家统计局 国家发展改革委 国家发展和改革委员会 国家 全国人民代表大会 全国人大 海关总署 财政部 商务部 教育部 民政部 司法部 交通运输部 \
        水利部 农业部 农业农村部 文化和旅游部 工业和信息化部 人力资源和社会保障部 人力资源社会保障部 自然资源部 生态环境部 住房和城乡建设部 科学技术部 科技部 \
        卫生健康委 中国人民银行 中国银行保险监督管理委员会 中国证券监督管理委员会 国资委 最高人民法院 最高人民检察院 新华社 人民日报 经济日报 中国政府网
        """)
    /// Divisions below the county have no code: their figures are of none in the table.
    static let below = WordSet("全镇 全乡 全村 全街道 全社区 我镇 我乡 我村 本镇 本村 全厂 全公司 全校 全园 全行 全集团 全系统 全球 全世界 世界")
    /// What may stand between a clause's beginning and the place that it tells of: time,
    /// links and prepositions of place.
    static let openings = WordSet(
        """
        截至 截止 到 至 末 底 初 去年 今年 当年 全年 上年 上半年 下半年 前三季度 一季度 二季度 三季度 四季度 第一季度 第二季度 第三季度 第四季度 \
        同期 其中 此外 目前 同时 另外 据统计 据悉 据初步核算 初步核算 经初步核算 据 初步统计 据初步统计 统计 海关统计 数据显示 显示 年 月 日 份 季度 \
        期间 时期 以来 五年来 一年来 过去五年 过去一年 我们 在 位于 对 来自 截至目前 近年来 年末 年底 月末 月底 累计 尤其是 特别是 例如 如 的 以
        """)
    /// Behind a name these make it part of another: a body, a road, a people.
    static let tails = WordSet(
        """
        大学 学院 中学 小学 银行 商业银行 农商行 农商银行 集团 公司 股份 路 街 大道 大街 机场 站 港区 大桥 高速 铁路 高铁 日报 晚报 晚会 籍 话 \
        菜 人 合作组织 奥运会 冬奥会 亚运会 世博会 会议 宣言 公约 协定 交易所 证券交易所 以外 之外 牌 牛肉面 烤鸭 海关 海事 检验检疫局 牡丹 茶 酒 \
        河 湖 江 山 湾 大厦 酒店 宾馆 医院 制造 技术 红军 起义 时间 户口 方面 等
        """)
    /// Behind a name, a few words on: it tells where a body is from, not where a figure is of.
    static let bodies = WordSet("集团 公司 股份 大学 学院 银行 研究院 研究所 协会 商会 医院 企业投资 客商 籍")
    /// Behind 全国 and 全省 these make a title or an order of it.
    static let orders = WordSet("首 第 最 前 唯一 先进 率先 排 领先 平均 同类 百强 十强 十大 各 重点 文明 卫生 劳动 五一 三八 人大 政协 示范")
    /// In front of 全省 these compare with it: the figure is of another place.
    static let comparing = WordSet("占 居 列 排 位居 高于 低于 比 较 与 和 于 超 超过 快于 好于 优于 在 为 是 跃居 位列 排名 领跑 领先 第 入选 全 到 向 由 从 获")

    /// Whether what stands before `i` is only a part of another name: a road, a body, its people.
    static func isPart(of s: [UInt32], behind i: Int) -> Bool {
        if tails.begins(s, at: i) > 0 { return true }
        var j = i
        while j < s.count, j - i < 12, Glyph.isHan(s[j]) || Glyph.isLetter(s[j]) { j += 1 }
        return bodies.first(s, in: i..<j) != nil
    }
}
