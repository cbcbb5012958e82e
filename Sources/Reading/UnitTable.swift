/// The units and classifiers that bulletins count in, longest match first.
struct UnitTable: Sendable {
    /// What a unit counts, as far as later passes care.
    enum Family: Sendable {
        case money, count, person, measure, rate, time, rank
    }

    /// One unit at a place.
    struct Match: Sendable {
        /// Its length in scalars.
        let length: Int
        /// The unit as the guideline writes it.
        let unit: String
        /// What it counts.
        let family: Family
    }

    /// The table of all units.
    static let standard = UnitTable()

    private let words: [UInt32: [(scalars: [UInt32], unit: String, family: Family)]]

    private init() {
        var words: [UInt32: [(scalars: [UInt32], unit: String, family: Family)]] = [:]
        func add(_ list: String, _ family: Family) {
            for word in list.split(separator: " ") {
                let scalars = Scalars.of(String(word))
                words[scalars[0], default: []].append((scalars, String(word), family))
            }
        }
        add(
            """
            元 美元 欧元 英镑 日元 港元 港币 澳元 韩元 卢布 瑞士法郎 人民币 新台币 加元 新加坡元 角 分 \
            元/平方米 元/吨 元/人 元/月 元/斤 元/公斤 元/亩 元/千瓦时 元/立方米 元/天 元/年 元/小时 元/升
            """, .money)
        add("人 人次 名 位 万人次", .person)
        add(
            """
            个 家 户 套 所 部 条 项 件 座 台 辆 艘 架 只 头 匹 羽 头（羽） 头(羽) 尾 株 棵 盆 颗 粒 枚 张 份 册 本 篇 幅 \
            场 次 起 例 宗 笔 单 批 种 类 款 股 支 组 队 群 片 块 处 点 间 栋 幢 层 门 口 眼 根 把 盏 面 杆 桶 瓶 箱 袋 包 \
            盒 筒 卷 双 对 副 床 顶 件套 标箱 标准箱 重量箱 万标箱 个标箱 TEU 班 班次 列 节 航次 架次 人份 剂 剂次 针 例次 \
            人天 课时 学时 字 词 票 席 届 期 轮 门次 床位 张床 村 镇 县 省 市 国 校 站 档 宗地 院 孔 杯 朵 枝 捆 垛 车 趟 \
            车次 路 路次 代 道 杆 集 台次 台套 台(套) 台（套） 幅次 件次 人年 户次 家次 批次 场次 项次 道次 款次 单元 \
            亩次 丛 缕 滴 环 枪 发 片次 店 街 库 湖 河 馆 厅 部次 帧 页 卡 档次 P PFlops PFLOPS EFLOPS
            """, .count)
        add(
            """
            吨 公斤 千克 克 毫克 微克 斤 两 担 吨标准煤 吨标煤 标准煤 吨公里 人公里 吨海里 换算吨公里 克拉 盎司 磅 \
            公里 千米 米 厘米 毫米 微米 纳米 海里 里 华里 英里 延米 车道公里 线公里 皮长公里 芯公里 对公里 \
            平方米 平方公里 平方千米 平方厘米 公顷 亩 标准亩 建筑平方米 立方米 方 升 千升 毫升 公升 标准立方米 方米 \
            千瓦时 千瓦 瓦 兆瓦 吉瓦 千伏安 伏 千伏 度 焦耳 千焦 吉焦 大卡 千卡 摄氏度 ℃ °C 赫兹 兆赫 兆 GB TB MB PB \
            Gbps Mbps 分贝 马力 载重吨 总吨 净吨 综合吨 标台 兆瓦时 吉瓦时 亿千瓦时 比特 转 安 欧 帕 \
            吨/年 吨/日 吨/天 立方米/日 立方米/秒 立方米/人 平方米/人 公斤/亩 斤/亩 公里/小时 千米/小时 公斤/人 \
            微克/立方米 毫克/立方米 毫克/升 人/平方公里 克/千瓦时 吨标准煤/万元 千克标准煤 克标准煤 公斤标准煤 千瓦/小时 \
            个/立方厘米 张/千人 吨/公顷 公斤/公顷 ug/m3 μg/m3 µg/m3 μg/m³ m² km² m³ km
            """, .measure)
        add("年 岁 天 日 小时 分钟 秒 月 周 星期 季度 个工作日 工作日 毫秒 周岁 月龄", .time)
        add("% ‰", .rate)
        self.words = words.mapValues { $0.sorted { $0.scalars.count > $1.scalars.count } }
    }

    /// The longest unit that begins at `i`.
    func match(_ s: [UInt32], at i: Int) -> Match? {
        guard i < s.count, let candidates = words[s[i]] else { return nil }
        for (scalars, unit, family) in candidates where i + scalars.count <= s.count {
            var k = 1
            while k < scalars.count, s[i + k] == scalars[k] { k += 1 }
            if k == scalars.count { return Match(length: k, unit: unit, family: family) }
        }
        return nil
    }
}
