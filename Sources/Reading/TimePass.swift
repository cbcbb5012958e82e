import BulletinModel

/// When, against what, and whether it happened: what the context says of a mention.
public struct Timing: Sendable, Equatable {
    /// The days that the figure covers.
    public var period: Indicator.Period?
    /// What a change is measured against.
    public var base: Indicator.Base?
    /// Result or aim.
    public var status: Indicator.Status
}

/// Carries years from title, headings and sentences to the mentions under them.
public struct TimePass {
    private var headingYear: Int?
    private var passageYear: Int?
    private var published: Int?
    private var isPlan = false

    private static let plans = WordSet(
        "工作安排 目标任务 主要目标 工作部署 总体要求 重点工作 工作建议 预期目标 工作打算 下一步 今后 工作思路 发展目标 总体部署")
    private static let reviews = WordSet("回顾 工作情况 完成情况 执行情况 成就 新绩")
    private static let aims = WordSet("力争 预期 目标 计划 预计 确保 要实现 将 安排 拟 争取实现 不低于 规划 预算")

    /// Begins with what is known of the whole bulletin.
    public init(setting: Article.Setting, blocks: [Block]) {
        published = setting.published.flatMap { Int($0.prefix(4)) }
        if let title = setting.title, let year = Self.year(Scalars.of(title)) { headingYear = year }
    }

    /// Takes note of a heading.
    public mutating func enter(heading passage: Passage) {
        if let year = Self.year(passage.scalars) { headingYear = year }
        let s = passage.scalars
        if Self.plans.first(s, in: 0..<s.count) != nil { isPlan = true }
        if Self.reviews.first(s, in: 0..<s.count) != nil { isPlan = false }
    }

    private static func year(_ s: [UInt32]) -> Int? {
        var i = 0
        while i + 4 < s.count {
            if Glyph.isDigit(s[i]), i == 0 || !Glyph.isDigit(s[i - 1]) {
                let digits = s[i..<(i + 4)]
                if digits.allSatisfy(Glyph.isDigit), s[i + 4] == 0x5E74 {
                    let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
                    if (1900...2100).contains(value) { return value }
                }
            }
            i += 1
        }
        return nil
    }

    /// The timing of each mention of a passage, in order.
    public mutating func read(_ mentions: [Mention], in passage: Passage) -> [Timing] {
        let s = passage.scalars
        if let year = Self.year(Array(s.prefix(60))) { passageYear = year }
        var timings: [Timing] = []
        var scan = 0
        var current: Indicator.Period?
        for mention in mentions {
            var start = mention.quantity.range.lowerBound
            while start > 0, !Glyph.endsSentence(s[start - 1]) { start -= 1 }
            if start > scan { current = nil }
            if let found = Self.span(
                s, max(scan, start)..<mention.quantity.range.lowerBound, year: passageYear ?? headingYear)
            {
                current = found
            }
            scan = mention.quantity.range.upperBound
            var clause = mention.quantity.range.lowerBound
            while clause > start, !Glyph.endsClause(s[clause - 1]) { clause -= 1 }
            let status: Indicator.Status =
                isPlan || Self.aims.first(s, in: clause..<mention.quantity.range.lowerBound) != nil ? .target : .actual
            var period = current
            if period == nil, status == .actual, let year = headingYear ?? passageYear {
                period = Indicator.Period(start: "\(year)-01-01", end: "\(year)-12-31")
            }
            let base =
                mention.kind == .change ? Self.base(s, clause: clause, at: mention.quantity.range.lowerBound) : nil
            timings.append(Timing(period: period, base: base, status: status))
        }
        return timings
    }

    private static func span(_ s: [UInt32], _ range: Range<Int>, year: Int?) -> Indicator.Period? {
        var result: Indicator.Period?
        var i = range.lowerBound
        var year = year
        while i < range.upperBound {
            if i + 4 < s.count, s[i..<(i + 4)].allSatisfy(Glyph.isDigit), s[i + 4] == 0x5E74 {
                let value = s[i..<(i + 4)].reduce(0) { $0 * 10 + Int($1 - 0x30) }
                let isReference = i > 0 && [0x6BD4, 0x8F83, 0x81EA].contains(s[i - 1])
                if (1900...2100).contains(value), !isReference {
                    year = value
                    result = Indicator.Period(start: "\(value)-01-01", end: "\(value)-12-31")
                }
                i += 5
                continue
            }
            if let year, let (word, days) = Self.parts.first(where: { WordSet($0.0).begins(s, at: i) > 0 }) {
                result = Indicator.Period(start: "\(year)-\(days.0)", end: "\(year)-\(days.1)")
                i += word.count
                continue
            }
            i += 1
        }
        return result
    }

    private static let parts: [(String, (String, String))] = [
        ("前三季度", ("01-01", "09-30")), ("上半年", ("01-01", "06-30")), ("下半年", ("07-01", "12-31")),
        ("一季度", ("01-01", "03-31")), ("1季度", ("01-01", "03-31")), ("二季度", ("04-01", "06-30")),
        ("三季度", ("07-01", "09-30")), ("四季度", ("10-01", "12-31")), ("全年", ("01-01", "12-31")),
        ("年末", ("12-31", "12-31")), ("截至11月底", ("11-30", "11-30")), ("年底", ("12-31", "12-31")),
    ]

    private static func base(_ s: [UInt32], clause: Int, at end: Int) -> Indicator.Base {
        let range = clause..<end
        if WordSet("环比 比上月 较上月 比上季度 比上月末 比年初").first(s, in: range) != nil { return .previous }
        if WordSet("年均 年平均 两年平均").first(s, in: range) != nil { return .annualAverage }
        if WordSet("目标 计划 预算").first(s, in: range) != nil, WordSet("超 比").first(s, in: range) != nil { return .target }
        if WordSet("高于 低于 高出").first(s, in: range) != nil { return .other }
        var i = clause
        while i + 5 < end {
            if s[i] == 0x6BD4 || s[i] == 0x8F83, s[(i + 1)..<(i + 5)].allSatisfy(Glyph.isDigit), s[i + 5] == 0x5E74 {
                return .since(year: s[(i + 1)..<(i + 5)].reduce(0) { $0 * 10 + Int($1 - 0x30) })
            }
            i += 1
        }
        return .yearOnYear
    }
}
