import BulletinModel

/// When, against what, and whether it happened: what the context says of a mention.
public struct Timing: Sendable, Equatable {
    /// Where the period was told.
    public enum Source: Sendable {
        /// In the figure's own clause, earlier in its sentence, or earlier in its paragraph.
        case clause, sentence, paragraph
        /// In a heading, the title, the opening line, or by the bulletin's own day.
        case heading
        /// In a table's heads or caption.
        case table
    }

    /// The days that the figure covers.
    public var period: Indicator.Period?
    /// Where they were told, where they were.
    public var source = Source.heading
    /// What a change is measured against.
    public var base: Indicator.Base?
    /// Result or aim.
    public var status: Indicator.Status
}

/// Carries years from title, headings, opening lines and sentences to the mentions under them.
public struct TimePass {
    private var context: YearContext
    /// The period of figures that have no date of their own.
    private var standing: Indicator.Period?
    private var part: Indicator.Status?
    private var isOpening = true
    /// The year with which the paragraph in front of a list opened.
    private var lead: Indicator.Period?
    private let publishedDay: String?
    /// The words of a clause further away from a figure say nothing of it.
    private static let reach = 120
    /// The period with which the first sentences open, which a headline over them sums up.
    private var summed: Indicator.Period?
    /// The time with which the last piece of a long paragraph ended.
    private var running: TimeExpression?

    private static let periodTitles = WordSet("公报 统计 简况 概况 年鉴 主要数据 回顾 总结 运行情况 工作情况 发展情况 完成情况 执行情况")
    private static let stocks = WordSet("年末 年底")

    /// Begins with what is known of the whole bulletin.
    public init(setting: Article.Setting, blocks: [Block]) {
        publishedDay = setting.published
        context = YearContext(printed: nil, published: setting.published.flatMap { Int($0.prefix(4)) })
        if let title = setting.title.map({ Scalars.withPlainDigits(Scalars.of($0)) }),
            let year = Self.only(Self.years(title))
        {
            if Self.periodTitles.first(title, in: 0..<title.count) != nil {
                context.printed = year
                standing = Self.whole(year)
            } else if context.published == nil {
                context.published = year
            }
        }
        summed = Self.summed(blocks, context: context)
        if context.printed == nil {
            var years: Set<Int> = []
            for passage in blocks.flatMap(Self.passages) where years.count < 2 {
                years.formUnion(Self.years(passage.scalars))
            }
            if let year = Self.only(Array(years)), context.published == nil { context.printed = year }
        }
    }

    private static func passages(_ block: Block) -> [Passage] {
        switch block {
        case .heading(let passage, _), .paragraph(let passage), .item(let passage), .caption(let passage): [passage]
        case .table(let table): (table.caption.map { [$0] } ?? []) + (table.rows.first ?? [])
        }
    }

    private static func summed(_ blocks: [Block], context: YearContext) -> Indicator.Period? {
        for passage in blocks.prefix(6).flatMap(passages) {
            let s = passage.scalars
            guard s.count > 30, s.contains(where: Glyph.endsSentence) else { continue }
            let times = TimeReader(s, context: context).read(in: 0..<min(s.count, 60))
            return times.first { time in time.period.map { $0.start != $0.end } == true }?.period
        }
        return nil
    }

    private static func only(_ years: [Int]) -> Int? {
        let distinct = Set(years)
        return distinct.count == 1 ? distinct.first : nil
    }

    private static func whole(_ year: Int) -> Indicator.Period {
        TimeReader.years(year, year)
    }

    /// The calendar years printed in a text.
    private static func years(_ s: [UInt32]) -> [Int] {
        TimeReader(s, context: YearContext()).read(in: 0..<s.count).filter(\.namesYear).compactMap {
            $0.period.flatMap { $0.start.prefix(4) == $0.end.prefix(4) ? Int($0.start.prefix(4)) : nil }
        }
    }

    /// Takes note of a heading: its year holds for what stands under it.
    public mutating func enter(heading passage: Passage, level: Int) {
        let s = passage.scalars
        if let status = StatusWords.part(heading: s) { part = status }
        lead = nil
        guard level > 1 else { return }
        guard let time = TimeReader(s, context: context).read(in: 0..<s.count).first else {
            // 一、工作回顾: the section's own opening line may tell its year.
            if standing == nil, s.first.map({ Glyph.digit($0) != nil }) == true { isOpening = true }
            return
        }
        standing = time.period
        isOpening = false
        guard let period = time.period else { return }
        context.printed = Int(period.end.prefix(4))
    }

    /// The timing of a figure in a table with this caption and column head.
    public func timing(caption: Passage?, head: Passage, kind: Indicator.Kind) -> Timing {
        var period = standing
        var source = Timing.Source.heading
        for passage in [caption, head].compactMap({ $0 }) {
            let s = passage.scalars
            if let time = TimeReader(s, context: context).read(in: 0..<s.count).last, let days = time.period {
                (period, source) = (days, .table)
            }
        }
        if period == nil, let year = context.printed { period = Self.whole(year) }
        return Timing(
            period: period, source: source, base: kind == .change ? .yearOnYear : nil, status: part ?? .actual)
    }

    /// The timing of each mention of a passage, in order.
    public mutating func read(_ mentions: [Mention], in passage: Passage) -> [Timing] {
        read(mentions, in: passage, goesOn: false)
    }

    /// The same for a piece of a long paragraph; `goesOn` where it is not the first.
    mutating func read(_ mentions: [Mention], in passage: Passage, goesOn: Bool) -> [Timing] {
        let s = passage.scalars
        let times = TimeReader(s, context: context).read(in: 0..<s.count)
        if !goesOn { carryLead(times, s) }
        if isOpening, let first = times.first(where: { isPeriod($0, s) }), first.range.lowerBound < 40, s.count > 20 {
            // The opening line's period holds for the whole text.
            standing = first.period
            if context.printed == nil || first.namesYear {
                context.printed = first.period.flatMap { Int($0.end.prefix(4)) }
            }
        }
        if s.count > 30 { isOpening = false }
        var timings: [Timing] = []
        var next = 0
        // The time of the piece before holds here as it holds in its own later sentences.
        var current = goesOn ? running.map(Self.fromBefore) : nil
        defer { running = current?.reach == .paragraph ? current : nil }
        var walk = SentenceWalk()
        // The time that held before one that only dates a figure (提高到2025年的12%), and in which sentence.
        var passing: (sentence: Int, time: TimeExpression?)?
        for (i, mention) in mentions.enumerated() {
            let start = mention.quantity.range.lowerBound
            walk.advance(to: start, in: s)
            let sentence = walk.sentence
            let clause = max(walk.clause, start - Self.reach)
            if let time = current, time.reach == .sentence, time.range.lowerBound < sentence,
                Self.parts.begins(s, at: sentence) == 0
            {
                current = nil
            }
            if let before = passing, before.sentence < sentence {
                current = before.time
                passing = nil
            }
            while next < times.count, times[next].range.lowerBound < start {
                if carries(times[next], to: sentence, in: s) {
                    let isPassing = Self.isPassing(times[next], s)
                    if isPassing, passing == nil { passing = (sentence, current) }
                    if !isPassing { passing = nil }
                    current = times[next]
                }
                next += 1
            }
            if let time = current, time.range.upperBound <= clause, Self.isEvent(time, s) {
                current = i > 0 && mentions[i - 1].quantity.range.lowerBound > time.range.upperBound ? current : nil
            }
            let floor = i > 0 ? mentions[i - 1].quantity.range.upperBound : 0
            let told = walk.told(before: start, behind: floor, reach: clause, part: part, in: s)
            let isPast = walk.looksBack
            let before = i > 0 && mentions[i - 1].quantity.range.lowerBound >= sentence ? timings.last : nil
            let goesOn =
                before?.status == .target && !isPast && part != .target
                && (StatusWords.goesOn(s, mentions[i - 1].quantity.range.upperBound..<start)
                    || mention.kind == .change
                        && StatusWords.onlyChanges(s, mentions[i - 1].quantity.range.upperBound..<start))
            var status = told ?? (isPast ? .actual : goesOn ? .target : part) ?? .actual
            let isHeadline = isOpening && standing == nil && times.isEmpty && s.count <= 60
            let standing = lead ?? standing ?? (isHeadline ? summed : nil)
            var period = current.map(\.period) ?? (status == .target && !Self.isWholeYear(standing) ? nil : standing)
            // 目前 is a day that nothing tells.
            if let present = walk.present, current.map({ $0.range.lowerBound < present }) ?? true { period = nil }
            // What covers a year that was not over on the day of publication is an aim.
            if let publishedDay, let whole = period, Self.isWholeYear(whole), whole.end > publishedDay,
                whole.start <= publishedDay
            {
                status = .target
            }
            if Self.isFlow(s, sentence: sentence, at: start),
                let day = current?.period, day.start == day.end, day.end.hasSuffix("-12-31"), let standing,
                standing.end == day.end
            {
                period = standing
            }
            if Self.isOrigin(s, mention.quantity.range, clause: clause),
                current.map({ $0.range.lowerBound < clause }) ?? true
            {
                period = origin(s, mention.quantity.range, clause: clause, of: current?.period ?? standing)
            }
            // 出栏20万头，增长3%: what only goes on with a figure covers its days.
            if mention.kind == .change, let before, current.map({ $0.range.lowerBound < clause }) ?? true,
                Self.continues(s, mentions[i - 1].quantity.range.upperBound..<start)
                    || StatusWords.onlyChanges(s, mentions[i - 1].quantity.range.upperBound..<start)
            {
                period = before.period
            }
            let base =
                mention.kind == .change
                ? BaseWords.base(
                    s, sentence: sentence, clause: clause,
                    floor: i > 0 ? floor : clause, at: start,
                    over: span(current, period)) : nil
            let source = current.map { Self.source($0, sentence: sentence, clause: clause) } ?? .heading
            timings.append(Timing(period: period, source: source, base: base, status: status))
        }
        return timings
    }

    private static func source(_ time: TimeExpression, sentence: Int, clause: Int) -> Timing.Source {
        time.range.lowerBound >= clause ? .clause : time.range.lowerBound >= sentence ? .sentence : .paragraph
    }

    /// A time that stands in an earlier piece.
    private static func fromBefore(_ time: TimeExpression) -> TimeExpression {
        TimeExpression(range: -1 ..< -1, period: time.period, reach: time.reach, namesYear: time.namesYear)
    }

    /// 从2020年的8%提高到2025年的12%: a year that dates its figure and holds for no later sentence.
    private static func isPassing(_ time: TimeExpression, _ s: [UInt32]) -> Bool {
        let (a, b) = (time.range.lowerBound, time.range.upperBound)
        guard a > 0, b < s.count, s[b] == 0x7684, b + 1 < s.count, Glyph.isDigit(s[b + 1]) else { return false }
        return [0x5230, 0x81F3, 0x4E3A].contains(s[a - 1])
    }

    /// 2005年5月18日开业，…: a day on which something happened, for what its own clause does not state.
    private static func isEvent(_ time: TimeExpression, _ s: [UInt32]) -> Bool {
        let (a, b) = (time.range.lowerBound, time.range.upperBound)
        guard a >= 0, b < s.count, let period = time.period, period.start == period.end, time.namesYear,
            s[b - 1] == 0x65E5, !Glyph.endsClause(s[b]), s[b] != 0x96F6
        else { return false }
        return WordSet.upTo.ends(s, before: a) == 0
    }

    /// Whether only words of change stand between a figure and the next.
    private static func continues(_ s: [UInt32], _ gap: Range<Int>) -> Bool {
        guard gap.count >= 2, gap.count <= 8, Glyph.isComma(s[gap.lowerBound]) || s[gap.lowerBound] == 0x3001 else {
            return false
        }
        return ClauseWords.rises.ends(s, before: gap.upperBound, start: gap.lowerBound + 1) == gap.count - 1
            || ClauseWords.falls.ends(s, before: gap.upperBound, start: gap.lowerBound + 1) == gap.count - 1
    }

    /// Takes note of the year with which a paragraph opens: it holds for the points of a list
    /// behind it (——…, 一是…), which have no heading of their own.
    private mutating func carryLead(_ times: [TimeExpression], _ s: [UInt32]) {
        if Self.points.begins(s, at: 0) > 0 { return }
        lead = nil
        guard let first = times.first, first.range.lowerBound <= 14, let period = first.period,
            Self.isWholeYear(period), first.namesYear, period.start.prefix(4) == period.end.prefix(4),
            period != standing,
            opens(first.range.lowerBound, s)
        else { return }
        lead = period
    }

    private static let points = WordSet("—— — ● ■ ◆ ★ • 一是 二是 三是 四是 五是 六是 七是 八是 九是 十是")
    private static let openers = WordSet("各位代表 同志们 刚刚 过去 的 回顾 总的看 回首 一年来 在 ， ！ 、")

    /// Whether only words of address and the like stand in front of a time.
    private func opens(_ end: Int, _ s: [UInt32], from start: Int = 0) -> Bool {
        var i = start
        while i < end {
            let length = Self.openers.begins(s, at: i, end: end)
            if length == 0 { return false }
            i += length
        }
        return true
    }

    /// The years that a change is told over, where they are several.
    private func span(_ time: TimeExpression?, _ period: Indicator.Period?) -> BaseWords.Span {
        if let period {
            return period.start.prefix(4) == period.end.prefix(4) ? .year : .years(from: Int(period.start.prefix(4)))
        }
        return time != nil && time?.period == nil ? .years(from: nil) : .year
    }

    /// A day on which something was said is no period of its figures, unless 截至 stands before it.
    private func isPeriod(_ time: TimeExpression, _ s: [UInt32]) -> Bool {
        guard let period = time.period else { return true }
        return period.start != period.end || standing == nil && period.end.hasSuffix("-31")
            || WordSet.upTo.ends(s, before: time.range.lowerBound) > 0
    }

    private static let parts = WordSet("其中 按 分 从")

    /// Whether a time still holds in the sentence that begins at `sentence`.
    ///
    /// One of an earlier sentence that stated no figure holds only where that sentence began with
    /// it and it is no single month or day: an event is told so, not a period.
    private func carries(_ time: TimeExpression, to sentence: Int, in s: [UInt32]) -> Bool {
        if Self.isPriceYear(s, time.range.upperBound) { return false }
        guard time.range.lowerBound < sentence else { return true }
        let own = Self.start(s, before: time.range.lowerBound, Glyph.endsSentence)
        guard time.range.lowerBound - own <= 3 || opens(time.range.lowerBound, s, from: own) else { return false }
        guard let period = time.period else { return true }
        return period.start.prefix(7) != period.end.prefix(7)
    }

    /// 2010年不变价: the prices that a figure is counted in.
    private static func isPriceYear(_ s: [UInt32], _ end: Int) -> Bool {
        WordSet.priceYears.begins(s, at: end) > 0
    }

    private static let flows = WordSet("产量 出栏 产值 增加值 收入 支出 投资 销售 完成 实现 新增 出口 进口")

    /// Whether the words right in front name what flows through a year, not what stands at its end.
    private static func isFlow(_ s: [UInt32], sentence: Int, at end: Int) -> Bool {
        var i = end
        while i > sentence, end - i < 16, s[i - 1] != 0xFF1B, !Glyph.isComma(s[i - 1]) { i -= 1 }
        return flows.first(s, in: i..<end) != nil
    }

    private static func isWholeYear(_ period: Indicator.Period?) -> Bool {
        guard let period else { return true }
        return period.start.hasSuffix("-01-01") && period.end.hasSuffix("-12-31")
    }

    /// The A of 由A增加到B.
    private static func isOrigin(_ s: [UInt32], _ range: Range<Int>, clause: Int) -> Bool {
        guard let from = WordSet.origin.last(s, in: max(clause, range.lowerBound - 40)..<range.lowerBound) else {
            return false
        }
        // 从A增加到B、另一项达到C: what stands behind 到 is no origin.
        if WordSet.arrivals.first(s, in: from.at..<range.lowerBound) != nil { return false }
        var i = range.upperBound
        while i < s.count, i - range.upperBound < 24, !Glyph.endsClause(s[i]) {
            if s[i] == 0x5230 || s[i] == 0x81F3 { return true }
            i += 1
        }
        return false
    }

    /// The time that 从…的A names for its A.
    private func origin(
        _ s: [UInt32], _ range: Range<Int>, clause: Int, of period: Indicator.Period?
    ) -> Indicator.Period? {
        guard let from = WordSet.origin.last(s, in: clause..<range.lowerBound) else { return nil }
        // 前11个月从去年的A增加到B: the same months of the year before.
        if WordSet.yearBefore.begins(s, at: from.at + 1, end: range.lowerBound) > 0, let period,
            let earlier = Self.yearEarlier(period)
        {
            return earlier
        }
        let words = Array(s[(from.at + 1)..<range.lowerBound])
        return TimeReader(words, context: context).read(in: words.indices).first?.period
    }

    private static func yearEarlier(_ period: Indicator.Period) -> Indicator.Period? {
        func shifted(_ day: String) -> String? {
            guard let year = Int(day.prefix(4)) else { return nil }
            // The last of February is its last day in any year.
            let rest = day.dropFirst(4) == "-02-29" ? "-02-28" : day.dropFirst(4)
            return "\(year - 1)\(rest)"
        }
        guard let start = shifted(period.start), let end = shifted(period.end) else { return nil }
        return Indicator.Period(start: start, end: end)
    }

    private static func start(_ s: [UInt32], before i: Int, _ ends: (UInt32) -> Bool) -> Int {
        var j = i
        while j > 0, !ends(s[j - 1]) { j -= 1 }
        return j
    }
}

extension WordSet {
    fileprivate static let arrivals = WordSet("到 至")
    /// In front of a day up to which something is counted.
    fileprivate static let upTo = WordSet("截至 截止 截止到 至")
    /// Behind a year whose prices are used.
    fileprivate static let priceYears = WordSet("不变价 价格 可比价 底不变价")
    fileprivate static let yearBefore = WordSet("去年 上年")
    /// In front of the A of 由A增加到B.
    fileprivate static let origin = WordSet("由 从")
}
