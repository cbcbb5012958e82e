import BulletinModel

/// Over which years an average per year is told.
extension TimePass {
    /// Figures and times further away say nothing of an average.
    static let fewFigures = 12

    /// The years that an average per year is taken over, where its own words tell only the last: since the year
    /// that the sentence compares with, or all that the paragraph or the heading tells of.
    func averaged(
        _ period: Indicator.Period?, over timings: [Timing], _ times: ArraySlice<TimeExpression>
    ) -> Indicator.Period? {
        guard let period, Self.isWholeYear(period), period.start.prefix(4) == period.end.prefix(4),
            let last = Int(period.end.prefix(4))
        else { return nil }
        func years(from year: Int) -> Indicator.Period {
            Indicator.Period(start: "\(year)-01-01", end: period.end)
        }
        for timing in timings.reversed() {
            if case .since(let year)? = timing.base, year < last { return years(from: year + 1) }
            if timing.base == nil, let start = timing.period, Self.isWholeYear(start),
                start.start.prefix(4) == start.end.prefix(4), let year = Int(start.end.prefix(4)), year < last
            {
                return years(from: year + 1)
            }
        }
        let spans = times.reversed().lazy.compactMap(\.period) + [lead, standing].compactMap { $0 }
        return spans.first {
            Self.isWholeYear($0) && $0.end == period.end && $0.start < period.start
        }
    }
}
