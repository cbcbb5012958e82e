import BulletinModel

/// What title and first lines tell of the time of a whole bulletin.
struct TitlePeriod {
    private(set) var context: CalendarContext
    /// The period of all figures that have no date of their own; nil where the title tells none.
    private(set) var period: Indicator.Period?
    /// The period with which the first sentences open.
    private(set) var summed: Indicator.Period?
    private let calendar: CalendarTable

    init(setting: Article.Setting, blocks: [Block], calendar: CalendarTable, _ known: CalendarContext) {
        self.calendar = calendar
        context = known
        if let title = setting.title.map({ Scalars.withPlainDigits(Scalars.of($0)) }) {
            begin(with: title)
            if period == nil, years(title).isEmpty, let rest = restOfTitle(blocks) { begin(with: rest) }
        }
        summed = sum(blocks)
        if context.printed == nil, context.published == nil { findYear(blocks) }
    }

    /// The year of a text whose title and head tell none.
    private mutating func findYear(_ blocks: [Block]) {
        var found: Set<Int> = []
        var compared = 0
        var dateline: CalendarToken?
        var spans: [CalendarToken] = []
        var skipsYear = false
        for passage in blocks.lazy.flatMap(Self.passages) {
            let s = passage.scalars
            skipsYear = skipsYear || calendar[.twoYears].first(s, in: s.indices) != nil
            for token in CalendarReader(s, calendar).tokens() {
                if token.isDateline, dateline == nil, token.from.year == .open { dateline = token }
                if token.namedYear != nil, token.from.year != token.to.year, !token.isPlan { spans.append(token) }
                guard let year = token.namedYear, token.grain != .years, token.from.year == token.to.year else {
                    continue
                }
                if token.role == .period { found.insert(year) }
                // 比2016年全年: the year before the one that is told of.
                let isWhole =
                    token.isSame || token.grain == .year && token.range.upperBound - token.range.lowerBound > 5
                if token.role == .reference, isWhole { compared = max(compared, year) }
            }
        }
        // 比2019年同期…，两年平均…: told in 2021.
        let told = compared + (skipsYear ? 2 : 1)
        if compared > 0, dateline == nil, found.allSatisfy({ $0 < told }), found.count != 1 || skipsYear {
            context.published = .init(year: told)
        } else if found.count == 1, let year = found.first {
            // A dateline tells that 去年 is told from the year of the text.
            if dateline == nil { context.printed = year } else { context.published = .init(year: year) }
        } else if let day = dateline?.from, found.isEmpty || found.count > 1 {
            // 1月2日电 and a plan for 2000年9月至2001年9月: one year fits.
            let fitting = Set(spans.flatMap { Self.years(of: day, in: $0) })
            if fitting.count == 1, let year = fitting.first { context.published = .init(year: year) }
        }
    }

    private static func years(of day: CalendarToken.Moment, in span: CalendarToken) -> [Int] {
        guard case .named(let first) = span.from.year, case .named(let last) = span.to.year, last - first < 3 else {
            return []
        }
        return (first...last).filter { year in
            (year > first || (span.from.month, span.from.day) <= (day.month, day.day))
                && (year < last || (day.month, day.day) <= (span.to.month, span.to.day))
        }
    }

    /// Takes note of what the title says of the time.
    private mutating func begin(with title: [UInt32]) {
        let years = years(title)
        let isReview = calendar[.review].first(title, in: title.indices) != nil
        let distinct = Set(years)
        let isDraft =
            calendar[.draft].first(title, in: title.indices) != nil
            && (distinct.count > 1 || calendar[.accounts].first(title, in: title.indices) == nil)
            || distinct.count == 2 && distinct.min().map { distinct.contains($0 + 1) } == true
        if isReview, isDraft, let next = years.max() {
            // 1990年预算执行情况和1991年预算草案的报告: told in the year of the draft, first of the year before.
            if context.published == nil { context.published = .init(year: next) }
            period = CalendarDay.years(next - 1, next - 1)
            context.printed = next - 1
        } else if distinct.count == 1, let year = years.first {
            if isReview {
                context.printed = year
                period = partOfYear(title) ?? CalendarDay.years(year, year)
            } else if context.published.map({ $0.year > year + 1 }) ?? true {
                // A page that shows an old report may carry its own day.
                context.published = .init(year: year)
            }
        }
    }

    /// 2023年1—10月运行情况, 2024年一季度…: the part of a year that a title names alone; nil for other titles.
    private func partOfYear(_ title: [UInt32]) -> Indicator.Period? {
        let tokens = CalendarReader(title, calendar).tokens().filter { $0.role == .period }
        guard tokens.count == 1, tokens[0].namedYear != nil, !tokens[0].isPoint, tokens[0].grain > .year else {
            return nil
        }
        return tokens[0].period(in: context, calendar)
    }

    /// 某镇人民政府 over 2022年决算报告: the line behind the first that tells what the bulletin is; nil where none does.
    private func restOfTitle(_ blocks: [Block]) -> [UInt32]? {
        blocks.prefix(8).flatMap(Self.passages).map(\.scalars).first { s in
            s.count <= 40 && !s.contains(where: Glyph.endsClause) && !s.contains(0x3001)
                && calendar[.report].ends(s, before: s.count) > 0 && 1...2 ~= Set(years(s)).count
        }
    }

    private func sum(_ blocks: [Block]) -> Indicator.Period? {
        for passage in blocks.prefix(6).flatMap(Self.passages) {
            let s = passage.scalars
            guard s.count > 30, s.contains(where: Glyph.endsSentence) else { continue }
            let head = Array(s.prefix(60))
            let happens = calendar[.happening].first(s, in: s.indices) != nil
            return CalendarReader(head, calendar).tokens().first {
                $0.role == .period && $0.form != .unknown && (!$0.isPoint || happens || $0.hasHours || $0.isUpTo)
            }?.period(in: context, calendar)
        }
        return nil
    }

    /// The calendar years that a text names for what it tells.
    private func years(_ s: [UInt32]) -> [Int] {
        CalendarReader(s, calendar).tokens().compactMap { token in
            guard token.role == .period, token.grain != .years, let year = token.namedYear,
                token.from.year == token.to.year
            else { return nil }
            return year
        }
    }

    private static func passages(_ block: Block) -> [Passage] {
        switch block {
        case .heading(let passage, _), .paragraph(let passage), .item(let passage), .caption(let passage): [passage]
        case .table(let grid): grid.captions + grid.cells.prefix { $0.rows.lowerBound == 0 }.map(\.passage)
        }
    }
}
