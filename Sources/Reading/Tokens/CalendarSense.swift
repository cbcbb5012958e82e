/// What a word of `calendar.tsv` means.
enum CalendarSense: UInt8, CaseIterable, Sendable {
    /// 今年, 本年.
    case thisYear
    /// 去年, 上年.
    case lastYear
    /// 前年.
    case yearBeforeLast
    /// 明年.
    case nextYear
    /// 上半年.
    case firstHalf
    /// 下半年.
    case secondHalf
    /// 一季度.
    case firstQuarter
    /// 二季度.
    case secondQuarter
    /// 三季度.
    case thirdQuarter
    /// 四季度.
    case fourthQuarter
    /// 前三季度.
    case threeQuarters
    /// 年末, 年底.
    case yearEnd
    /// 月末.
    case monthEnd
    /// 同期.
    case samePeriod

    /// The sense of this name; nil where there is none.
    init?(_ name: String) {
        guard let sense = Self.allCases.first(where: { String(describing: $0) == name }) else { return nil }
        self = sense
    }
}
