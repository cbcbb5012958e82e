import BulletinModel

/// The A of 由A增加到B, which is of an earlier time than its B.
extension TimePass {
    /// The A of 由A增加到B.
    static func isOrigin(_ s: [UInt32], _ range: Range<Int>, clause: Int) -> Bool {
        guard let from = WordSet.origin.last(s, in: max(clause, range.lowerBound - 40)..<range.lowerBound) else {
            return false
        }
        // 从A增加到B、另一项达到C: what stands behind 到 is no origin.
        if WordSet.arrivals.first(s, in: from.at..<range.lowerBound) != nil { return false }
        var i = range.upperBound
        while i < s.count, i - range.upperBound < 24 {
            // 从A，提高到B
            if Glyph.endsClause(s[i]), !Glyph.isComma(s[i]) || WordSet.movedTo.begins(s, at: i + 1) == 0 { break }
            if s[i] == 0x5230 || s[i] == 0x81F3 { return true }
            if s[i] == 0x4E3A, WordSet.movedTo.ends(s, before: i, start: range.upperBound) > 0 { return true }
            i += 1
        }
        return false
    }

    /// The time that 从…的A names for its A.
    func origin(
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
}

extension WordSet {
    fileprivate static let arrivals = WordSet("到 至")
    /// In front of the 到 and 为 of 由A上升为B.
    fileprivate static let movedTo = WordSet("上升 提高 增加 下降 减少 降低 扩大 缩小 发展 调整 变")
    fileprivate static let yearBefore = WordSet("去年 上年")
    /// In front of the A of 由A增加到B.
    fileprivate static let origin = WordSet("由 从")
}
