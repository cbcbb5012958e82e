import BulletinModel

/// Values with every field set, and with every optional field left out.
enum Samples {
    static let bulletin = BulletinID(bytes: Array("样本".utf8))
    static let text = "上半年，全市\"生产总值\"\n\t3012.5亿元\\同比增长5.3%。"
    static let full = Article(
        bulletin: bulletin, ordinal: 2, headline: "经济运行平稳", subheadline: "副题", section: "第1版", column: "要闻",
        byline: "（记者 甲）", start: 10, end: 10 + text.unicodeScalars.count, text: text,
        form: .markdown,
        setting: .init(title: "样报", published: "2024-07-20", publisher: "样报社"))
    static let bare = Article(bulletin: bulletin, ordinal: 1, start: 0, end: 1, text: "空")

    static let indicator = Indicator(
        article: full.id, bulletin: bulletin, articleOrdinal: 2, start: 23, end: 31, repetition: 1, quote: "3012.5亿元",
        name: "生产总值", value: "301250000000", valueTo: "301260000000", unit: "元", kind: .change,
        base: .since(year: 2019), bound: .over, status: .target,
        period: .init(start: "2024-01-01", end: "2024-06-30"), code: "gdp",
        region: .init(name: "洛阳市", code: "410300"), scope: .own, vintage: .final, confidence: 0.85,
        rules: ["unit", "name"])
    static let plain = Indicator(
        article: bare.id, bulletin: bulletin, articleOrdinal: 1, start: 0, end: 2, repetition: 0, quote: "三成", name: "",
        value: "30", unit: "%", kind: .share)
    static let closing = Closing(
        article: full.id, bulletin: bulletin, count: 1, digest: Closing.digest(of: [indicator.message()]),
        engine: EngineVersion(number: 7, lexicon: String(repeating: "ab", count: 32)))
}
