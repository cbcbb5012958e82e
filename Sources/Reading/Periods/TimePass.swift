import BulletinModel

/// Carries years from title, headings, opening lines and sentences to the mentions under them.
public struct TimePass {
    var context: YearContext
    /// The period of figures that have no date of their own.
    var standing: Indicator.Period?
    private var part: Indicator.Status?
    /// A paragraph that ended with a colon opened a list of aims, whose members are paragraphs.
    private var opensAims = false
    private var isOpening = true
    /// The year with which the paragraph in front of a list opened.
    var lead: Indicator.Period?
    private let publishedDay: String?
    /// The words of a clause further away from a figure say nothing of it.
    static let reach = 120
    /// The period with which the first sentences open, which a headline over them sums up.
    private var summed: Indicator.Period?
    /// The time with which the last piece of a long paragraph ended.
    private var running: TimeExpression?

    private static let periodTitles = WordSet("公报 统计 简况 概况 年鉴 主要数据 回顾 总结 运行情况 工作情况 发展情况 完成情况 执行情况 决算")
    private static let higher = WordSet("高于 低于 超过 超出 超")
    private static let reports = WordSet("报告 的报告 草案 草案） 决议 通知")
    private static let drafts = WordSet("草案 计划安排 工作安排 安排意见")

    /// Begins with what is known of the whole bulletin.
    public init(setting: Article.Setting, blocks: [Block]) {
        publishedDay = setting.day
        context = YearContext(printed: nil, published: setting.day.flatMap { Int($0.prefix(4)) })
        if let title = setting.title.map({ Scalars.withPlainDigits(Scalars.of($0)) }) {
            begin(with: title)
            if standing == nil, Self.years(title).isEmpty, let rest = Self.restOfTitle(blocks) { begin(with: rest) }
        }
        summed = Self.summed(blocks, context: context)
        if context.printed == nil {
            var years: Set<Int> = []
            for passage in blocks.flatMap(Self.passages) where years.count < 2 {
                years.formUnion(Self.years(passage.scalars))
            }
            if context.published == nil {
                if let year = Self.only(Array(years)) { context.printed = year }
                // What another article of the bulletin prints.
                if years.isEmpty, setting.title == nil, let year = setting.year { context.printed = year }
            }
        }
    }

    /// Takes note of what the title says of the time.
    private mutating func begin(with title: [UInt32]) {
        let years = Self.years(title)
        let isReview = Self.periodTitles.first(title, in: title.indices) != nil
        if isReview, Self.drafts.first(title, in: title.indices) != nil, let next = years.max() {
            // 1990年预算执行情况和1991年预算草案的报告: told in the year of the draft, first of the year before.
            if context.published == nil { context.published = next }
            standing = Self.whole(next - 1)
        } else if let year = Self.only(years) {
            if isReview {
                context.printed = year
                standing = Self.partOfYear(title) ?? Self.whole(year)
            } else if context.published.map({ $0 > year + 1 }) ?? true {
                // A page that shows an old report may carry its own day.
                context.published = year
            }
        }
    }

    /// 2023年1—10月运行情况, 2024年一季度…: the part of a year that a title names alone; nil for other titles.
    private static func partOfYear(_ title: [UInt32]) -> Indicator.Period? {
        let times = TimeReader(title, context: YearContext()).read(in: title.indices)
        guard times.count == 1, times[0].namesYear, let period = times[0].period, period.start != period.end,
            !isWholeYear(period)
        else { return nil }
        return period
    }

    /// 某镇人民政府 over 2022年决算报告: the line behind the first that tells what the bulletin is; nil where none does.
    private static func restOfTitle(_ blocks: [Block]) -> [UInt32]? {
        blocks.prefix(3).flatMap(passages).map(\.scalars).first { s in
            s.count <= 40 && !s.contains(where: Glyph.endsClause) && !s.contains(0x3001)
                && WordSet.titleEnds.ends(s, before: s.count) > 0 && only(years(s)) != nil
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
        opensAims = false
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
        let isTitle =
            isOpening && s.count <= 60 && s.last.map(Glyph.endsSentence) == false
            && Self.reports.ends(s, before: s.count) > 0
        if isOpening, !isTitle, let first = times.first(where: { isPeriod($0, s) }), first.range.lowerBound < 40,
            s.count > 20
        {
            // The opening line's period holds for the whole text.
            // One that states no figure may tell of the years before the one it is about.
            let later =
                mentions.isEmpty && first.namesYear && s.last.map(Glyph.endsSentence) == true
                ? times.last {
                    $0.namesYear && Self.isWholeYear($0.period) && $0.period?.start ?? "" > first.period?.start ?? ""
                }
                : nil
            let told = later ?? first
            standing = told.period
            if context.printed == nil || told.namesYear {
                context.printed = told.period.flatMap { Int($0.end.prefix(4)) }
            }
        }
        if s.count > 30, !isTitle { isOpening = false }
        if mentions.isEmpty, let last = s.last, last == 0xFF1A || last == 0x3A { opensAims = StatusWords.opensList(s) }
        let part = part ?? (opensAims ? .target : nil)
        var timings: [Timing] = []
        timings.reserveCapacity(mentions.count)
        var next = 0
        // The time of the piece before holds here as it holds in its own later sentences.
        var current = goesOn ? running.map(Self.fromBefore) : nil
        defer { running = current?.reach == .paragraph ? current : nil }
        var walk = SentenceWalk()
        // The figure before is an aim that a result is compared with.
        var wasAim = false
        var wasBudget = false
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
                if carries(times[next], to: sentence, in: s), !Self.repeats(times[next], current) {
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
                before?.status == .target && !isPast && part != .target && !wasAim
                && (StatusWords.goesOn(s, mentions[i - 1].quantity.range.upperBound..<start)
                    || mention.kind == .change
                        && StatusWords.onlyChanges(s, mentions[i - 1].quantity.range.upperBound..<start))
            var status = told ?? (isPast ? .actual : goesOn ? .target : part) ?? .actual
            let isHeadline = isOpening && standing == nil && times.isEmpty && s.count <= 60
            let standing = lead ?? standing ?? (isHeadline ? summed : nil)
            var period = current.map(\.period) ?? (status == .target && !Self.isWholeYear(standing) ? nil : standing)
            // 目前 is a day that nothing tells.
            if let present = walk.present, current.map({ $0.range.lowerBound < present }) ?? true { period = nil }
            // What covers a year that was not over on the day of publication is an aim, but where it is looked back
            // upon: assemblies that meet in December hear of the year that ends.
            if part != .actual, let publishedDay, let whole = period, Self.isWholeYear(whole), whole.end > publishedDay,
                whole.start <= publishedDay, publishedDay.dropFirst(5) < "11"
            {
                status = .target
            }
            if let day = current?.period, day.start == day.end, day.end.hasSuffix("-12-31"), let standing,
                standing.end == day.end, Self.isFlow(s, sentence: sentence, at: start)
            {
                period = Self.whole(Int(day.end.prefix(4)) ?? 0)
            }
            if Self.isOrigin(s, mention.quantity.range, clause: clause) {
                // A date of its own holds even where its clause has another for the later end.
                let own = origin(s, mention.quantity.range, clause: clause, of: current?.period ?? standing)
                if own != nil || current.map({ $0.range.lowerBound < clause }) ?? true { period = own }
            }
            // 一、二季度分别增长5%和6%: each figure has the quarter in its place.
            if let quarter = QuarterList.quarter(s, clause: clause, of: mentions[...i]),
                let year = current?.period?.end.prefix(4),
                let year = Int(year)
            {
                period = QuarterList.period(quarter, of: year)
            }
            // 比1979年的453亿元，增长4倍: what follows is measured against the figure right before.
            let beside =
                before != nil && mentions[i - 1].kind == .level
                ? ComparedYear.read(s, sentence..<mentions[i - 1].quantity.range.lowerBound) : nil
            // 比1979年的453亿元，增长4倍: of the year that is compared with.
            if mention.kind == .level, let past = ComparedYear.read(s, clause..<start) {
                period = past
                status = .actual
            }
            // 出栏20万头，增长3%: what only goes on with a figure covers its days.
            if mention.kind == .change, let before, beside == nil,
                current.map({ $0.range.lowerBound < clause }) ?? true,
                Self.continues(s, mentions[i - 1].quantity.range.upperBound..<start)
                    || Self.compares(s, mentions[i - 1].quantity.range.upperBound..<start)
                    || StatusWords.onlyChanges(s, mentions[i - 1].quantity.range.upperBound..<start)
            {
                period = before.period
            }
            // 高于年初12%的目标3个百分点: the aim is a change as its result is.
            // 为年度预算41亿元的100.6%: the budget itself is an aim.
            if mention.kind == .level, WordSet.budgets.ends(s, before: start, start: clause) > 0,
                mention.quantity.range.upperBound < s.count, s[mention.quantity.range.upperBound] == 0x7684
            {
                status = .target
                wasBudget = true
            } else {
                wasBudget = false
            }
            let isAim =
                mention.kind == .change && mention.quantity.form == .ratio
                && QuantityBound.comparesWithTarget(s, behind: mention.quantity.range.upperBound)
                && Self.higher.first(s, in: clause..<start) != nil
            if isAim { status = .target }
            wasAim = isAim || wasBudget
            let base =
                mention.kind == .change
                ? BaseWords.base(
                    s, sentence: sentence, clause: clause,
                    floor: i > 0 ? floor : clause, at: start,
                    over: span(current, period),
                    beside: beside, isAim: isAim) : nil
            if base == .annualAverage,
                let years = averaged(
                    period,
                    over: timings.indices.suffix(Self.fewFigures).filter {
                        mentions[$0].quantity.range.lowerBound >= sentence
                    }.map { timings[$0] },
                    times[..<next].suffix(Self.fewFigures))
            {
                period = years
            }
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
            Self.isWholeYear(period), first.namesYear || period.start.prefix(4) != period.end.prefix(4),
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

extension WordSet {
    fileprivate static let budgets = WordSet(
        "完成年初预算数 完成年度预算数 完成预算数 完成年初预算 完成年度预算 完成预算 完成调整预算 完成调整预算数 为年度预算 为年初预算 为预算 为调整预算 占年度预算 占年初预算 占预算 为年度预算数 为预算数")
    fileprivate static let titleEnds = WordSet("报告 公报 草案 草案) 草案） 说明")
}
