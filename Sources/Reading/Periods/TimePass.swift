import BulletinModel

/// Tells of each figure when it was, against what, and whether it happened, by what holds at its place:
/// document ▸ section ▸ paragraph ▸ sentence ▸ clause, read forward.
public struct TimePass {
    private let lexicon: Lexicon
    var calendar: CalendarTable { lexicon.calendar }
    private var words: StatusWords { StatusWords(lexicon: lexicon) }
    /// What is known of years apart from the paragraph at hand.
    var context: CalendarContext
    var sections: Sections
    /// A paragraph that ended with a colon opened a list of aims, whose members are paragraphs.
    private var opensAims = false
    /// The year with which the paragraph in front of a list opened.
    private var lead: Indicator.Period?
    /// The period with which the first sentences open, which a headline over them sums up.
    private var summed: Indicator.Period?
    /// What the last piece of a long paragraph left.
    private var running: PeriodWalk?

    /// Begins with what is known of the whole bulletin.
    init(setting: Article.Setting, blocks: [Block], lexicon: Lexicon) {
        self.lexicon = lexicon
        let calendar = lexicon.calendar
        context = CalendarContext(published: setting.day.flatMap { CalendarContext.PublishedDay($0) })
        sections = Sections(document: Sections.Section(level: 1))
        let head = TitlePeriod(setting: setting, blocks: blocks, calendar: calendar, context)
        context = head.context
        sections.document.period = head.period
        sections.document.year = context.printed
        summed = head.summed
    }

    /// The period of figures that have no date of their own.
    var standing: Indicator.Period? { sections.current.period }

    /// Takes note of a heading: its year and what it announces hold for what stands under it.
    public mutating func enter(heading passage: Passage, level: Int) {
        guard level > 1 else {
            if let status = words.part(heading: passage.scalars) { sections.document.status = status }
            return
        }
        let outline = OutlineMark.read(passage.scalars)?.level
        enter(line: passage.scalars, level: outline ?? min(level, Sections.plain - 1), isOutline: outline != nil)
    }

    private mutating func enter(line s: [UInt32], level: Int, isOutline: Bool) {
        opensAims = false
        lead = nil
        running = nil
        let tokens = CalendarReader(s, calendar).tokens()
        // “十三五”成就
        let plan = tokens.first.flatMap { s.count <= Self.shortHeading && $0.isPlan && $0.role == .name ? $0 : nil }
        let time = tokens.first { $0.role == .period && $0.form != .unknown } ?? plan
        let period = time.flatMap { $0.period(in: context, calendar) }
        sections.enter(level: level, period: period, status: words.part(heading: s))
        context.printed = sections.current.year ?? context.printed
    }

    /// A heading that names no more than a plan and what its part tells.
    private static let shortHeading = 14

    /// What holds for the tables here: the period of figures without one, the year, and whether they are aims.
    var table: (standing: Indicator.Period?, year: Int?, status: Indicator.Status?) {
        (standing, context.printed ?? context.published?.year, sections.current.status)
    }

    /// The timing of each mention of a passage, in order.
    public mutating func read(_ mentions: [Mention], in passage: Passage) -> [Timing] {
        read(mentions, in: passage, CalendarReader(passage.scalars, calendar).tokens(), goesOn: false)
    }

    /// The same for a piece of a long paragraph; `goesOn` where it is not the first.
    mutating func read(
        _ mentions: [Mention], in passage: Passage, _ tokens: [CalendarToken], goesOn: Bool, rules: FieldRules? = nil
    ) -> [Timing] {
        let s = passage.scalars
        let isHeading = !goesOn && mentions.isEmpty && openSection(tokens, s)
        if isHeading { return [] }
        if !goesOn { openParagraph(tokens, s, firstFigure: mentions.first?.quantity.range.lowerBound) }
        if mentions.isEmpty, let last = s.last, last == 0xFF1A || last == 0x3A { opensAims = words.opensList(s) }
        let part = sections.current.status ?? (opensAims ? .target : nil)
        let isHeadline = sections.stack.count == 1 && standing == nil && tokens.isEmpty && s.count <= 60
        let section = lead ?? standing ?? (isHeadline ? summed : nil)
        var walk = PeriodWalk(s, tokens, calendar, context, section: section, goesOn: goesOn ? running : nil)
        var timings: [Timing] = []
        timings.reserveCapacity(mentions.count)
        var statusWalk = SentenceWalk(lexicon)
        for i in mentions.indices {
            let timing = TimeReading(mentions, i, timings, part: part, section: section, rules, lexicon)
                .read(&walk, &statusWalk)
            timings.append(timing)
        }
        walk.finish()
        running = walk
        if let month = walk.context.month { context.month = month }
        context.toldDay = walk.context.toldDay
        context.eventDay = walk.context.eventDay
        return timings
    }

    /// A line that only names a part of the text: it opens a section. Whether it is one.
    private mutating func openSection(_ tokens: [CalendarToken], _ s: [UInt32]) -> Bool {
        guard let last = s.last, s.count <= 48, !Glyph.endsSentence(last), last != 0xFF1B, last != 0x3B,
            !s.contains(where: { $0 == 0xFF0C || $0 == 0x3002 })
        else { return false }
        let outline = OutlineMark.read(s)
        let names = words.part(heading: s) != nil
        let isTime = tokens.first.map { $0.range == s.indices && $0.form == .days && !$0.isPoint } ?? false
        let dates = isTime || tokens.contains { $0.role == .period && $0.grain != .day && $0.namedYear != nil }
        guard outline != nil || names || dates else { return false }
        // A line of a table or a caption that has a day is none; neither is the day of the bulletin.
        if outline == nil, !names, tokens.contains(where: { $0.grain == .day }) { return false }
        // The title itself has told what it tells.
        if sections.stack.count == 1, outline == nil, calendar[.report].ends(s, before: s.count) > 0 { return false }
        enter(line: s, level: outline?.level ?? Sections.plain, isOutline: outline != nil)
        return true
    }

    /// Takes note of how a paragraph opens.
    private mutating func openParagraph(_ tokens: [CalendarToken], _ s: [UInt32], firstFigure: Int?) {
        let hasFigures = firstFigure != nil
        openRunIn(s, firstFigure: firstFigure)
        carryLead(tokens, s)
        let isText = s.count > 20 || s.last.map(Glyph.endsSentence) == true
        guard sections.current.isOpening, isText || hasFigures else { return }
        let isTitle =
            s.count <= 60 && s.last.map(Glyph.endsSentence) == false && calendar[.report].ends(s, before: s.count) > 0
        guard !isTitle else { return }
        if let first = tokens.first(where: { opensText($0, s) }), first.range.lowerBound < 40, isText {
            // The opening line's period holds for the whole text. One that states no figure may tell of the
            // years before the one it is about.
            var told = first
            if !hasFigures, first.namedYear != nil, s.last.map(Glyph.endsSentence) == true,
                let later = tokens.last(where: {
                    $0.role == .period && $0.grain == .year && ($0.namedYear ?? 0) > (first.namedYear ?? 0)
                })
            {
                told = later
            }
            let period = told.period(in: context, calendar)
            if told.namedYear != nil || told.grain != .year || context.printed != nil || told.form != .days {
                sections.current.period = period
                let year = period.flatMap { Int($0.end.prefix(4)) }
                if context.printed == nil || told.namedYear != nil {
                    context.printed = year
                    sections.current.year = year
                    // A communiqué's first section tells the year of all.
                    if sections.stack.count > 1, sections.document.period == nil, told.namedYear != nil,
                        sections.current.level < Sections.plain
                    {
                        sections.document.period = period
                        sections.document.year = year
                    }
                }
            }
        }
        if !hasFigures, standing == nil, let year = onlyYear(tokens) {
            sections.current.period = CalendarDay.years(year, year)
            sections.current.year = year
            context.printed = year
        }
        if hasFigures, s.count > 30 { sections.current.isOpening = false }
    }

    /// 4月21日，…。海州区2023年“成绩单”出炉。: the one year that an opening without figures names, where it is over or running
    /// on the day of the bulletin; nil for others.
    private func onlyYear(_ tokens: [CalendarToken]) -> Int? {
        guard let published = context.published?.year else { return nil }
        let years = Set(tokens.filter { $0.role == .period && $0.grain == .year }.compactMap(\.namedYear))
        guard years.count == 1, let year = years.first, published - 1...published ~= year else { return nil }
        return tokens.contains { $0.namedYear != nil && $0.grain != .year && $0.grain != .day } ? nil : year
    }

    /// （二）2026年预算安排。…: a point whose first sentence is its heading.
    private mutating func openRunIn(_ s: [UInt32], firstFigure: Int?) {
        guard let outline = OutlineMark.read(s) else { return }
        let end = s.prefix(outline.end + 40).firstIndex(where: Glyph.endsSentence)
        let line = end.map { Array(s[..<$0]) } ?? []
        let isHeading =
            !line.isEmpty && line.count < firstFigure ?? s.count - 1
            && !line.contains(where: { Glyph.isComma($0) || $0 == 0xFF1B || $0 == 0x25 })
        let level = outline.level
        if isHeading {
            enter(line: line, level: level, isOutline: true)
        } else if sections.current.level >= level {
            sections.enter(level: level, period: nil, status: nil)
            context.printed = sections.current.year ?? context.printed
        }
    }

    /// Whether a time at the head of a text is its period: a day on which something was said is none.
    private func opensText(_ token: CalendarToken, _ s: [UInt32]) -> Bool {
        guard token.role == .period, token.form != .unknown, !token.isSame else { return false }
        guard let period = token.period(in: context, calendar) else { return token.form == .days }
        // 3月21日6时，某县发生地震: what it brought is told in later paragraphs.
        if token.isPoint, let end = s[token.range.upperBound...].firstIndex(where: Glyph.endsSentence),
            calendar[.happening].first(s, in: token.range.upperBound..<end) != nil
        {
            return true
        }
        return period.start != period.end || token.isUpTo || token.hasHours
            || standing == nil && period.end.hasSuffix("-31")
    }

    /// Takes note of the year with which a paragraph opens: it holds for the points of a list
    /// behind it (——…, 一是…), which have no heading of their own.
    private mutating func carryLead(_ tokens: [CalendarToken], _ s: [UInt32]) {
        if calendar[.point].begins(s, at: 0) > 0 { return }
        lead = nil
        guard let first = tokens.first, first.role == .period, first.range.lowerBound <= 14,
            let period = first.period(in: context, calendar), PeriodWalk.isWholeYears(period),
            first.namedYear != nil || first.grain == .years, period != standing,
            PeriodWalk.opens(first.range.lowerBound, s, calendar)
        else { return }
        lead = period
    }
}
