/// The names of those who publish: authorities and papers.
enum Publisher {
    /// The longest name.
    private static let longest = 40

    /// Whether a line is the name of an authority and nothing else: 海州市统计局, 海州市统计局 国家统计局海州调查队.
    static func isAuthority(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        guard (4...longest).contains(range.count) else { return false }
        var part = range.lowerBound
        var names = 0
        for i in range.lowerBound...range.upperBound {
            let isEnd = i == range.upperBound
            guard isEnd || Glyph.isBlank(s[i]) || s[i] == 0x3001 else { continue }
            if i > part {
                guard i - part >= 3, isOneAuthority(s, part..<i) else { return false }
                names += 1
            }
            part = i + 1
        }
        return names > 0 && names <= 3
    }

    private static func isOneAuthority(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        s[range].allSatisfy { Glyph.isHan($0) || $0 == 0xB7 }
            && WordSet.authorities.ends(s, before: range.upperBound, start: range.lowerBound) > 0
            && WordSet.noAuthorities.first(s, in: range) == nil
    }

    /// Where the name of a paper, agency or site ends that a stretch begins with; nil where it does not.
    static func mediaName(_ s: [UInt32], _ range: Range<Int>) -> Int? {
        // 新华社北京: what follows an agency's name is the place.
        let agency = WordSet.agencies.begins(s, at: range.lowerBound, end: range.upperBound)
        if agency > 0 { return range.lowerBound + agency }
        var end: Int?
        for i in range {
            let word = WordSet.media.begins(s, at: i, end: range.upperBound)
            if word > 0, i + word - range.lowerBound >= 3 { end = max(end ?? 0, i + word) }
        }
        return end
    }

    /// The name that a label like 来源： leads to, from `start` on; nil where it leads to none.
    static func labelled(_ s: [UInt32], at start: Int, end: Int) -> Range<Int>? {
        var a = start
        while a < end, Glyph.isBlank(s[a]) || s[a] == 0x2D || s[a] == 0x2014 || opens(s[a]) { a += 1 }
        var b = a
        while b < end, b - a < longest, isPart(s[b]) {
            // 来源：海州日报作者：王: the next label ends a name.
            if b > a, WordSet.labels.begins(s, at: b, end: end) > 0 { break }
            b += 1
        }
        while b > a, s[b - 1] == 0xB7 || s[b - 1] == 0x2D { b -= 1 }
        guard b - a >= 2, !WordSet.nobody.contains(Array(s[a..<b])), s[a..<b].contains(where: Glyph.isHan) else {
            return nil
        }
        return a..<b
    }

    private static func isPart(_ c: UInt32) -> Bool {
        Glyph.isHan(c) || Glyph.isLetter(c) || c == 0xB7 || c == 0xFF08 || c == 0xFF09 || c == 0x26 || c == 0x201C
            || c == 0x201D || c == 0x2D
    }

    private static func opens(_ c: UInt32) -> Bool { c == 0x300A || c == 0x201C || c == 0x3010 || c == 0x5B }
}

extension WordSet {
    /// How the names of authorities end.
    fileprivate static let authorities = WordSet(
        """
        统计局 财政局 财政厅 财政部 调查队 调查总队 人民政府 办公厅 办公室 委员会 发展和改革委 局 厅 银行 管理中心 \
        服务中心 融媒体中心 总署 总局 部 研究院 人大常委会 政府
        """)
    fileprivate static let noAuthorities = WordSet("关于 报告 公报 通知 情况 全部 局部 内部 干部 工作 格局 布局 部署 结局 开局 大局 全局")
    fileprivate static let agencies = WordSet("新华社 中新社 新华网 中新网 人民网 央视网 光明网 中国网 法新社 路透社 中通社")
    /// How the names of papers, stations and sites end.
    fileprivate static let media = WordSet(
        "社 网 报 日报 晚报 时报 商报 早报 导报 电视台 广播电台 电台 在线 客户端 新闻 融媒 融媒体 融媒体中心 频道 周刊 财经 杂志 新闻网 广播网")
    /// What stands behind a publisher in one line with it.
    fileprivate static let labels = WordSet(
        """
        发布时间 发布日期 发布 时间 日期 作者 责任编辑 编辑 责编 记者 通讯员 浏览 阅读 点击 访问 字体 字号 打印 分享 本文 来源 \
        收藏 关闭 视力保护 文章来源 信息来源 摄影 供稿 审核 录入 撰稿
        """)
    /// What stands in a publisher's place and names none.
    fileprivate static let nobody = WordSet("本站 本网 本站原创 本网站 原创 网络 互联网 转载 本报 其他 未知 综合 网络转载 本站讯")
}
