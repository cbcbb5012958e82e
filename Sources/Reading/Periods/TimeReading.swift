import BulletinModel

/// Reads when one figure of a paragraph was, with all that was read before it.
struct TimeReading {
    let mentions: [Mention]
    let i: Int
    let timings: [Timing]
    /// What headings and lists say of the status.
    let part: Indicator.Status?
    /// What headings say of the period.
    let section: Indicator.Period?
    let rules: FieldRules?
    let lexicon: Lexicon

    init(
        _ mentions: [Mention], _ i: Int, _ timings: [Timing], part: Indicator.Status?, section: Indicator.Period?,
        _ rules: FieldRules?, _ lexicon: Lexicon
    ) {
        self.rules = rules
        self.lexicon = lexicon
        (self.mentions, self.i, self.timings, self.part, self.section) = (mentions, i, timings, part, section)
    }

    /// The words of a clause further away from a figure say nothing of it.
    private static let reach = 120

    func read(_ walk: inout PeriodWalk, _ status: inout SentenceWalk) -> Timing {
        let mention = mentions[i]
        let range = mention.quantity.range
        let start = range.lowerBound
        walk.advance(to: start)
        status.advance(to: start, in: walk.s)
        defer { walk.lastFigure = start }
        let s = walk.s
        let sentence = walk.sentence
        let clause = max(walk.clause, start - Self.reach)
        let before = i > 0 && mentions[i - 1].quantity.range.lowerBound >= sentence ? timings.last : nil
        let last = i > 0 ? mentions[i - 1].quantity.range.upperBound : 0
        var told = self.status(&status, clause: clause, before: before, s)
        let held = walk.held.flatMap { walk.carries($0) && !isPastEvent($0, walk, clause) ? $0 : nil }
        // 今后五年, 2030年 in a text of 2026.
        if let held, held.token.role == .period, isComing(held, walk) { told = .target }
        if told == .target, part == nil { walk.endWithSentence() }
        var period = self.period(held, walk, told)
        var isOwn = held.map { $0.token.range.lowerBound >= clause } ?? false
        if Self.isOrigin(s, range, clause: clause, walk.calendar) {
            // A date of its own holds even where its clause has another for the later end.
            let own = origin(walk, clause: clause, of: held?.period ?? section)
            if own != nil || !isOwn || spans(held) { (period, isOwn) = (own, true) }
        } else if spans(held), Self.isArrival(s, range, clause: clause, walk.calendar), let last = period?.end.prefix(4)
        {
            period = Int(last).map { CalendarDay.years($0, $0) }
        }
        if let each = RespectiveTimes.period(of: i, among: mentions, walk) { period = each }
        // 比1979年的453亿元，增长4倍: of the year that is compared with.
        let compared = mention.kind == .level ? walk.comparedPeriod(before: start, from: clause) : nil
        let beside =
            before != nil && mentions[i - 1].kind == .level
            ? walk.comparedPeriod(before: mentions[i - 1].quantity.range.lowerBound, from: sentence) : nil
        if let compared {
            period = compared
            told = .actual
        }
        // 出栏20万头，增长3%: what only goes on with a figure covers its days.
        if mention.kind == .change, let before, beside == nil, !isOwn, goesOn(s, last..<start, walk.calendar) {
            period = before.period
        }
        // 为年度预算41亿元的100.6%: the budget itself is an aim.
        let isBudget =
            mention.kind == .level && range.upperBound < s.count && s[range.upperBound] == 0x7684
            && walk.calendar[.budget].ends(s, before: start, start: clause) > 0
        if isBudget { told = .target }
        let isAim =
            mention.kind == .change && mention.quantity.form == .ratio
            && QuantityBound.comparesWithTarget(s, behind: range.upperBound, lexicon)
            && walk.calendar[.higher].first(s, in: clause..<start) != nil
        if isAim { told = .target }
        var proposals: [Proposal] = []
        if let said = said(.status, told: told.rawValue, before), let value = Indicator.Status(rawValue: said.value) {
            told = value
            proposals = said.proposals
        }
        status.wasAim = isAim || isBudget
        var base: Indicator.Base? =
            mention.kind == .change
            ? BaseWords(table: walk.calendar).base(
                s, sentence: sentence, clause: clause, floor: i > 0 ? last : clause, at: start,
                over: span(held, period), beside: beside, isAim: isAim) : nil
        if mention.kind == .change {
            let own = (last > clause ? last : clause)..<start
            if base == .yearOnYear, walk.calendar[.baseYearStart].first(s, in: own) != nil {
                // 比年初增加: a year's growth only where the year is over.
                base = period.map { $0.end.hasSuffix("-12-31") } ?? true ? .yearOnYear : .other
            } else if base == .yearOnYear, let before, mentions[i - 1].kind == .change, let same = before.base,
                goesOn(s, last..<start, walk.calendar), own.count <= 8,
                walk.calendar[.baseYearly].first(s, in: own) == nil, walk.calendar[.baseThan].first(s, in: own) == nil
            {
                // 较年初预算减少9万元，下降5%: the same told twice.
                base = same
            }
        }
        if base == .annualAverage, let years = averaged(period, walk) { period = years }
        // 比2023年增长 in what covers 2024 is against the year before.
        if case .since(let year)? = base, let days = period, days.start.prefix(4) == days.end.prefix(4),
            Int(days.end.prefix(4)) == year + 1
        {
            base = .yearOnYear
        }
        if let words = base, let said = said(.base, told: words.rawValue, before) {
            base = Indicator.Base(rawValue: said.value)
            proposals += said.proposals
        }
        return Timing(
            period: period, source: source(held, walk, clause: clause), base: base, status: told, proposals: proposals)
    }

    /// What the rules say of a field; nil where they say nothing. `before` is what the figure before says.
    private func said(
        _ field: RuleField, told: String, _ before: Timing?
    ) -> (value: String, proposals: [Proposal])? {
        let mention = mentions[i]
        return rules?.value(of: field, at: i, told: told) { key, value in
            switch key {
            case "kind": mention.kind.rawValue == value
            case "form": mention.quantity.form.rawValue == value
            case "unit": mention.quantity.unit == value
            case "last": before?.status.rawValue == value
            case "part": (part?.rawValue ?? "none") == value
            default: false
            }
        }
    }

    // MARK: Period

    private func period(_ held: PeriodWalk.Held?, _ walk: PeriodWalk, _ status: Indicator.Status) -> Indicator.Period? {
        let start = mentions[i].quantity.range.lowerBound
        let isFlow = walk.isFlow(at: start)
        if let stock = walk.stock, held == nil || held?.lifetime == .paragraph,
            held.map({ $0.token.range.lowerBound < walk.sentence }) ?? true
        {
            if continuesBefore(walk) { return timings[i - 1].period }
            if !isFlow { return stock }
        }
        guard let held else {
            if section == nil, status == .actual, let day = walk.eventDay(at: start) { return day }
            guard status == .target, let section else { return section }
            // 预计完成5亿元: a result that is expected is of the time that the text tells of.
            if PeriodWalk.isWholeYears(section), isForecast(walk) { return section }
            // An aim without a day is not of a year that is over.
            let isOver = walk.context.published.map { section.end.prefix(4) < "\($0.year)" } ?? false
            return PeriodWalk.isWholeYears(section) && (!isOver || part != nil) ? section : nil
        }
        // 年末…，出栏20万头: what flows through the year is not of its last day.
        if held.token.endsStock, !held.token.isUpTo, let day = held.period, day.end.hasSuffix("-12-31"), isFlow,
            section?.end == day.end || walk.context.year != nil, let year = Int(day.end.prefix(4))
        {
            return CalendarDay.years(year, year)
        }
        // 一季度末，全市出栏20万头: told from the year's first day on.
        if isFlow, held.token.endsStock, !held.token.isUpTo, walk.endsQuarter(held.token), let day = held.period {
            return Indicator.Period(start: day.end.prefix(4) + "-01-01", end: day.end)
        }
        // 1月14日，会议提出：确保…: an aim is not of the day on which it was set.
        if status == .target, held.token.isPoint, !held.token.endsStock, !held.token.hasHours { return nil }
        return held.period
    }

    /// Whether the sentence tells what is expected to have come.
    private func isForecast(_ walk: PeriodWalk) -> Bool {
        let start = mentions[i].quantity.range.lowerBound
        return walk.calendar[.forecast].first(walk.s, in: walk.sentence..<start) != nil
    }

    /// A change, share or rank right behind its figure.
    private func continuesBefore(_ walk: PeriodWalk) -> Bool {
        i > 0 && mentions[i].kind != .level && mentions[i - 1].quantity.range.lowerBound >= walk.sentence
    }

    /// Whether a time had not begun when the text was told.
    private func isComing(_ held: PeriodWalk.Held, _ walk: PeriodWalk) -> Bool {
        if case .coming = held.token.form { return true }
        guard let published = walk.context.published, let start = held.period?.start, let year = Int(start.prefix(4))
        else { return false }
        return year > published.year
    }

    private func isPastEvent(_ held: PeriodWalk.Held, _ walk: PeriodWalk, _ clause: Int) -> Bool {
        guard held.token.range.upperBound <= clause, walk.isEvent(held.token) else { return false }
        return !(i > 0 && mentions[i - 1].quantity.range.lowerBound > held.token.range.upperBound)
    }

    /// 1978年到1982年，由A增加到B: years from one to another, not those of a plan.
    private func spans(_ held: PeriodWalk.Held?) -> Bool {
        guard let token = held?.token else { return false }
        return token.form == .days && token.grain == .years && !token.isPlan
    }

    private func source(_ held: PeriodWalk.Held?, _ walk: PeriodWalk, clause: Int) -> Timing.Source {
        guard let at = held?.token.range.lowerBound else { return .heading }
        return at >= clause ? .clause : at >= walk.sentence ? .sentence : .paragraph
    }

    /// Whether only words of change or comparison stand between a figure and the next.
    private func goesOn(_ s: [UInt32], _ gap: Range<Int>, _ calendar: CalendarTable) -> Bool {
        guard gap.count >= 2, let first = gap.first, Glyph.isComma(s[first]) || s[first] == 0x3001 else { return false }
        let change = max(
            lexicon.rises.ends(s, before: gap.upperBound, start: first + 1),
            lexicon.falls.ends(s, before: gap.upperBound, start: first + 1))
        if gap.count <= 8, change == gap.count - 1 { return true }
        if gap.count >= 6, gap.count <= 16, s[first + 1] == 0x6BD4, change > 0 { return true }
        return StatusWords(lexicon: lexicon).onlyChanges(s, gap)
    }

    /// The years that a change is told over, where they are several.
    private func span(_ held: PeriodWalk.Held?, _ period: Indicator.Period?) -> BaseWords.Span {
        if let period {
            return period.start.prefix(4) == period.end.prefix(4) ? .year : .years(from: Int(period.start.prefix(4)))
        }
        return held?.token.grain == .years ? .years(from: nil) : .year
    }

    /// Figures and times further away say nothing of an average.
    private static let fewFigures = 12

    /// The years that an average per year is taken over, where its own words tell only the last: since the year
    /// that the sentence compares with, or all that the paragraph or the heading tells of.
    private func averaged(_ period: Indicator.Period?, _ walk: PeriodWalk) -> Indicator.Period? {
        guard let period, PeriodWalk.isWholeYears(period), period.start.prefix(4) == period.end.prefix(4),
            let last = Int(period.end.prefix(4))
        else { return nil }
        for k in timings.indices.suffix(Self.fewFigures).reversed()
        where mentions[k].quantity.range.lowerBound >= walk.sentence {
            let timing = timings[k]
            if case .since(let year)? = timing.base, year < last { return CalendarDay.years(year + 1, last) }
            if timing.base == nil, let start = timing.period, PeriodWalk.isWholeYears(start),
                start.start.prefix(4) == start.end.prefix(4), let year = Int(start.end.prefix(4)), year < last
            {
                return CalendarDay.years(year + 1, last)
            }
        }
        let near = walk.tokens.prefix { $0.range.lowerBound < mentions[i].quantity.range.lowerBound }
            .suffix(Self.fewFigures).reversed().lazy.filter { $0.role == .period }
            .compactMap { $0.period(in: walk.context, walk.calendar) }
        return (Array(near) + [section].compactMap { $0 }).first {
            PeriodWalk.isWholeYears($0) && $0.end == period.end && $0.start < period.start
        }
    }

    // MARK: Status

    private func status(
        _ walk: inout SentenceWalk, clause: Int, before: Timing?, _ s: [UInt32]
    ) -> Indicator.Status {
        let start = mentions[i].quantity.range.lowerBound
        let last = i > 0 ? mentions[i - 1].quantity.range.upperBound : 0
        // 完成年初预算900万元的33.3%: a part of an aim that was reached is a result.
        if before?.status == .target, start == last + 1, s[last] == 0x7684, part != .target { return .actual }
        // 完成预算数95%: a rate of what was done.
        let isRate =
            mentions[i].quantity.form == .ratio && walk.words.table[.budget].ends(s, before: start, start: clause) > 0
        if isRate, part != .target { return .actual }
        let told = walk.told(before: start, behind: last, reach: clause, part: part, in: s)
        let isPast = walk.looksBack
        let goesOn =
            before?.status == .target && !isPast && part != .target && !walk.wasAim
            && (walk.words.goesOn(s, last..<start)
                || mentions[i].kind == .change && walk.words.onlyChanges(s, last..<start))
        walk.wasAim = false
        return told ?? (isPast ? .actual : goesOn ? .target : part) ?? .actual
    }
}
