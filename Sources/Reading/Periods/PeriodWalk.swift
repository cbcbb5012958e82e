import BulletinModel

/// Walks along a paragraph from figure to figure and keeps which time holds: each expression has a lifetime, and
/// where it ends, the one below it holds again.
struct PeriodWalk {
    /// How long an expression holds.
    enum Lifetime: Int, Equatable {
        /// To the end of its clause: 上年同期28亿元.
        case clause
        /// To the end of its sentence: 截至11月底, 目前.
        case sentence
        /// To the end of the paragraph or the next of its kind.
        case paragraph
    }

    /// An expression that holds.
    struct Held {
        var token: CalendarToken
        var period: Indicator.Period?
        var lifetime: Lifetime
        /// Where the bracket ends in which it stands; nil outside.
        var bracket: Int?
    }

    let s: [UInt32]
    let tokens: [CalendarToken]
    let calendar: CalendarTable
    private(set) var context: CalendarContext
    /// What the headings tell.
    let section: Indicator.Period?
    private var stack: [Held] = []
    /// The end of month or year that stocks of later sentences have, too.
    private(set) var stock: Indicator.Period?
    private(set) var sentence = 0
    private(set) var clause = 0
    private var place = 0
    private var next = 0
    /// The times in front of A of 从A到B in this sentence.
    private(set) var origin: Indicator.Period?
    /// Brackets that close again, by their first scalar and their end.
    private let brackets: [Range<Int>]
    private let isChronicle: Bool

    init(
        _ s: [UInt32], _ tokens: [CalendarToken], _ calendar: CalendarTable, _ context: CalendarContext,
        section: Indicator.Period?, goesOn before: PeriodWalk?
    ) {
        self.s = s
        self.tokens = tokens
        self.calendar = calendar
        self.context = before?.context ?? context
        self.section = section
        self.context.last = before?.context.last ?? section
        brackets = tokens.isEmpty ? [] : Self.brackets(s)
        // Days at the heads of several sentences: each holds up to the next.
        isChronicle =
            tokens.count { token in
                token.isPoint && !token.isUpTo && token.form == .days && token.role == .period
                    && (token.range.lowerBound == 0 || Glyph.endsSentence(s[token.range.lowerBound - 1]))
            } > 1
        if let before {
            stack = before.stack.filter { $0.lifetime == .paragraph }.map {
                var held = $0
                held.token.range = -1 ..< -1
                held.bracket = nil
                return held
            }
            stock = before.stock
        }
    }

    /// The expression that holds.
    var held: Held? { stack.last }

    /// Goes on to a figure.
    mutating func advance(to figure: Int) {
        while place < figure {
            let c = s[place]
            place += 1
            if Glyph.endsSentence(c) {
                endSentence(place)
            } else if Glyph.endsClause(c) {
                clause = place
            }
        }
        readTokens(before: figure)
        while let top = stack.last,
            top.bracket.map({ $0 <= figure }) == true
                || top.lifetime == .clause && top.token.range.upperBound <= clause
        { stack.removeLast() }
    }

    /// A plan's time holds for the aims of its sentence alone: it never becomes the text's.
    mutating func endWithSentence() {
        guard let top = stack.last, top.lifetime == .paragraph, top.token.range.lowerBound >= sentence,
            top.token.isPlan || top.token.grain == .years
                || top.token.namedYear.map({ $0 > context.published?.year ?? context.printed ?? $0 }) ?? false
        else { return }
        stack[stack.count - 1].lifetime = .sentence
    }

    /// Reads what is left behind the last figure.
    mutating func finish() {
        for token in tokens[next...] { note(token) }
        next = tokens.count
        endSentence(s.count)
    }

    private mutating func endSentence(_ at: Int) {
        readTokens(before: at)
        (sentence, clause, origin) = (at, at, nil)
        // 其中… goes on with the sentence before.
        let goesOn = calendar[.part].begins(s, at: at) > 0
        while let top = stack.last, top.lifetime != .paragraph {
            if top.token.endsStock { stock = top.period }
            if goesOn, top.lifetime == .sentence { break }
            stack.removeLast()
        }
    }

    private mutating func readTokens(before figure: Int) {
        while next < tokens.count, tokens[next].range.lowerBound < figure {
            defer { next += 1 }
            push(tokens[next], at: figure)
        }
    }

    /// Takes note of the years and days that a token tells, for those behind it.
    private mutating func note(_ token: CalendarToken) {
        if token.isDateline {
            if token.from.month > 0 { context.month = token.from.month }
            return
        }
        guard token.role == .period else { return }
        if let period = token.period(in: context, calendar) {
            context.last = period
            if period.start == period.end, token.grain == .day, token.form == .days {
                context.toldDay = period.end
                if isOfEvent(token) { context.eventDay = period.end }
            }
            if token.form == .days, token.grain == .month || token.grain == .day || token.to.day < 28,
                token.to.month > 0
            {
                context.month = token.to.month
            }
        }
        guard token.form == .days, token.grain != .years, token.to.year != .open else { return }
        if let year = token.namedYear ?? token.period(in: context, calendar).flatMap({ Int($0.end.prefix(4)) }) {
            context.year = year
        }
    }

    private mutating func push(_ token: CalendarToken, at figure: Int) {
        if token.role == .origin { origin = token.period(in: context, calendar) }
        guard token.role == .period else { return note(token) }
        let period = token.period(in: context, calendar)
        note(token)
        if token.range.upperBound <= figure, let held, repeats(token, period, held) { return }
        let bracket = brackets.last { $0.contains(token.range.lowerBound) && !holdsAlone($0, token) }
        let lifetime = lifetime(of: token)
        let below = bracket == nil ? lifetime : .clause
        while let top = stack.last, top.lifetime.rawValue <= below.rawValue, bracket == nil || top.bracket != nil {
            if top.token.endsStock { stock = nil }
            stack.removeLast()
        }
        if bracket == nil, lifetime == .paragraph { stock = nil }
        stack.append(Held(token: token, period: period, lifetime: lifetime, bracket: bracket?.upperBound))
    }

    private func lifetime(of token: CalendarToken) -> Lifetime {
        if token.isSame { return .clause }
        if token.form == .unknown || token.form == .since || isPassing(token) { return .sentence }
        // 分季度看，一季度…，二季度…。: of the whole again behind it.
        if token.grain > .year, calendar[.byParts].begins(s, at: sentence) > 0 { return .clause }
        if token.isPoint { return token.hasHours || isChronicle && !token.isUpTo ? .paragraph : .sentence }
        return .paragraph
    }

    /// Whether a time still holds in the sentence that begins at `sentence`.
    ///
    /// One of an earlier sentence that stated no figure holds only where that sentence began with
    /// it and it is no single month or day: an event is told so, not a period.
    func carries(_ held: Held) -> Bool {
        let start = held.token.range.lowerBound
        guard start >= 0, start < sentence else { return true }
        if hasFigures(behind: held) {
            // 2019年10月公布的名录: a month or day inside a clause is of its sentence alone.
            return held.token.grain < .month || start == 0 || Glyph.endsClause(s[start - 1]) || held.token.hasHours
                || Self.opens(start, s, calendar, from: Self.start(s, before: start, Glyph.endsClause))
        }
        let own = Self.start(s, before: start, Glyph.endsSentence)
        // 报告指出，2007年全市…。: a year at the head of a clause of the paragraph's first sentence.
        let opensClause =
            (own == 0 || calendar[.ground].ends(s, before: start - 1, start: own) > 0) && held.token.namedYear != nil
            && start > 0 && Glyph.isComma(s[start - 1]) && held.period.map(Self.isWholeYears) != false
        guard opensClause || start - own <= 3 || Self.opens(start, s, calendar, from: own) else { return false }
        guard let period = held.period else { return true }
        return period.start.prefix(7) != period.end.prefix(7) || held.token.hasHours || isChronicle
    }

    /// Whether a figure stood in the sentence of a time, behind it.
    private func hasFigures(behind held: Held) -> Bool { held.token.range.lowerBound < lastFigure }
    /// Where the last figure stood.
    var lastFigure = -1

    /// “七五”时期，…。五年间…: whether a number of years only says again how many the plan before has;
    /// 截至2023年底，…在2023年首次…: or a year inside a clause which year the day before is of.
    private func repeats(_ token: CalendarToken, _ period: Indicator.Period?, _ before: Held) -> Bool {
        if before.token.isPoint, token.grain == .year, token.form == .days, before.token.range.lowerBound >= sentence,
            let end = before.period?.end, end.prefix(4) == period?.end.prefix(4), token.range.lowerBound > 0,
            !Glyph.endsClause(s[token.range.lowerBound - 1])
        {
            return true
        }
        guard before.token.namedYear != nil, case .past(let count) = token.form,
            let plan = before.period, Self.isWholeYears(plan), let first = Int(plan.start.prefix(4)),
            let last = Int(plan.end.prefix(4))
        else { return false }
        return last - first + 1 == count
    }

    /// 从2020年的8%提高到2025年的12%: a year that dates its figure and holds for no later sentence.
    private func isPassing(_ token: CalendarToken) -> Bool {
        let (a, b) = (token.range.lowerBound, token.range.upperBound)
        guard a > 0, b + 1 < s.count, s[b] == 0x7684, Glyph.isDigit(s[b + 1]) else { return false }
        return calendar[.arrival].ends(s, before: a) > 0
    }

    /// 2005年5月18日开业，…: a day on which something happened, for what its own clause does not state.
    func isEvent(_ token: CalendarToken) -> Bool {
        let end = token.range.upperBound
        // 于4月2日建成
        let isOn = token.range.lowerBound > 0 && s[token.range.lowerBound - 1] == 0x4E8E
        guard token.range.lowerBound >= 0, end < s.count, token.isPoint, token.form == .days,
            token.namedYear != nil || isOn, !token.isUpTo, !token.hasHours, token.to.day != 31 || s[end - 1] == 0x65E5
        else { return false }
        return !Glyph.endsClause(s[end])
    }

    /// 4月2日，某市举行开工仪式。: whether a day is that of an event that the article tells of, not of a press conference.
    private func isOfEvent(_ token: CalendarToken) -> Bool {
        let end = endOfSentence(from: token.range.upperBound)
        let own = token.range.upperBound..<end
        return calendar[.gathering].first(s, in: own) != nil && calendar[.announcing].first(s, in: own) == nil
    }

    /// The day of the event that the article told of, for a figure whose sentence goes on with it: 近百家企业参加。; nil
    /// for others.
    func eventDay(at figure: Int) -> Indicator.Period? {
        guard let day = context.eventDay,
            calendar[.attending].first(s, in: sentence..<endOfSentence(from: figure)) != nil
        else { return nil }
        return Indicator.Period(start: day, end: day)
    }

    private func endOfSentence(from start: Int) -> Int { s[start...].firstIndex(where: Glyph.endsSentence) ?? s.count }

    /// 二季度末.
    func endsQuarter(_ token: CalendarToken) -> Bool {
        token.range.lowerBound >= 0 && s[token.range].contains(0x5B63)
    }

    /// （2025年）: a bracket that holds nothing but the time tells it of what stands around it.
    private func holdsAlone(_ bracket: Range<Int>, _ token: CalendarToken) -> Bool {
        bracket.lowerBound + 1 == token.range.lowerBound && bracket.upperBound - 1 == token.range.upperBound
    }

    private static func brackets(_ s: [UInt32]) -> [Range<Int>] {
        var open: [Int] = []
        var found: [Range<Int>] = []
        for (i, c) in s.enumerated() {
            if c == 0x28 || c == 0xFF08 { open.append(i) }
            if c == 0x29 || c == 0xFF09, let start = open.popLast() { found.append(start..<(i + 1)) }
        }
        return found.sorted { $0.lowerBound < $1.lowerBound }
    }

    // MARK: What the words around tell

    /// Whether only words of address and the like stand in front of a time.
    static func opens(_ end: Int, _ s: [UInt32], _ calendar: CalendarTable, from start: Int = 0) -> Bool {
        var i = start
        while i < end {
            let length = calendar[.opener].begins(s, at: i, end: end)
            if length == 0 { return false }
            i += length
        }
        return true
    }

    static func isWholeYears(_ period: Indicator.Period) -> Bool {
        period.start.hasSuffix("-01-01") && period.end.hasSuffix("-12-31")
    }

    static func start(_ s: [UInt32], before i: Int, _ ends: (UInt32) -> Bool) -> Int {
        var j = i
        while j > 0, !ends(s[j - 1]) { j -= 1 }
        return j
    }

    /// Whether the words right in front name what flows through a year, not what stands at its end.
    func isFlow(at end: Int) -> Bool {
        var i = end
        while i > sentence, end - i < 16, s[i - 1] != 0xFF1B, !Glyph.isComma(s[i - 1]) { i -= 1 }
        return calendar[.flow].first(s, in: i..<end) != nil
    }
}

extension CalendarToken {
    /// A day that ends a month: stocks of later sentences have it, too.
    var endsStock: Bool { isPoint && form == .days && role == .period && (to.day >= 28 || isUpTo) }
}
