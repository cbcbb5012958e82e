import BulletinModel

/// Carries years from title, headings, opening lines and sentences to the mentions under them.
public struct TimePass {
    var context: YearContext
    /// The period of figures that have no date of their own.
    var standing: Indicator.Period?
    private var part: Indicator.Status?
    private var isOpening = true
    /// The year with which the paragraph in front of a list opened.
    private var lead: Indicator.Period?
    private let publishedDay: String?
    /// The words of a clause further away from a figure say nothing of it.
    static let reach = 120
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

    /// The years that a change is told over, where they are several.
    private func span(_ time: TimeExpression?, _ period: Indicator.Period?) -> BaseWords.Span {
        if let period {
            return period.start.prefix(4) == period.end.prefix(4) ? .year : .years(from: Int(period.start.prefix(4)))
        }
        return time != nil && time?.period == nil ? .years(from: nil) : .year
    }

    private static let parts = WordSet("其中 按 分 从")
}
