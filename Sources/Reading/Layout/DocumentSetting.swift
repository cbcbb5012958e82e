import BulletinModel

/// Reads what a bulletin says of itself: its title, its day, its publisher.
enum DocumentSetting {
    private static let dayLabels = WordSet("发布时间 发布日期 发文日期 成文日期 时间 日期 来源时间")
    private static let publisherLabels = WordSet("来源 发布机构 发文机关 信息来源 发布单位 发文单位")
    /// How far into the text a masthead may reach.
    private static let masthead = 600

    /// What holds for the whole of this text.
    static func read(_ s: [UInt32], title: String?) -> Article.Setting {
        let s = Scalars.withPlainDigits(s)
        let head = 0..<min(s.count, masthead)
        var published: String?
        var publisher: String?
        var i = head.lowerBound
        while i < head.upperBound {
            let label = dayLabels.begins(s, at: i)
            if label > 0, published == nil, let colon = colon(s, i + label) { published = day(s, at: colon) }
            let source = publisherLabels.begins(s, at: i)
            if source > 0, publisher == nil, let colon = colon(s, i + source) { publisher = word(s, at: colon) }
            i += max(1, label, source)
        }
        return Article.Setting(title: title, published: published ?? signed(s), publisher: publisher)
    }

    private static func colon(_ s: [UInt32], _ i: Int) -> Int? {
        guard i < s.count, s[i] == 0x3A || s[i] == 0xFF1A else { return nil }
        var j = i + 1
        while j < s.count, s[j] == 0x20 || s[j] == 0x3000 { j += 1 }
        return j
    }

    private static func word(_ s: [UInt32], at i: Int) -> String? {
        var j = i
        while j < s.count, j - i < 30, Glyph.isHan(s[j]) || Glyph.isLetter(s[j]) { j += 1 }
        return j > i ? Scalars.string(s[i..<j]) : nil
    }

    /// A line of its own that is a day, or (2025年1月9日在…会议上).
    private static func signed(_ s: [UInt32]) -> String? {
        var i = 0
        let tail = max(0, s.count - 200)
        while i < s.count {
            let isNear = i < masthead || i >= tail
            if isNear, i == 0 || Self.opensDay(s[i - 1]), let day = day(s, at: i) {
                return day
            }
            i = i == masthead ? max(i + 1, tail) : i + 1
        }
        return nil
    }

    /// What may stand right in front of such a day: the line's beginning, a parenthesis, or the
    /// dash of a subtitle (——2026年1月20日在…会议上).
    private static func opensDay(_ c: UInt32) -> Bool { c == 10 || c == 0x28 || c == 0xFF08 || c == 0x2014 }

    /// 2011-03-16, 2011/3/16, 2011.3.16 or 2011年3月16日 as `YYYY-MM-DD`.
    static func day(_ s: [UInt32], at start: Int) -> String? {
        var i = start
        func number(_ most: Int) -> Int? {
            var value = 0
            let first = i
            while i < s.count, i - first < most, Glyph.isDigit(s[i]) {
                value = value * 10 + Int(s[i] - 0x30)
                i += 1
            }
            return i > first ? value : nil
        }
        func separator(_ han: UInt32) -> Bool {
            guard i < s.count, s[i] == han || s[i] == 0x2D || s[i] == 0x2F || s[i] == 0x2E else { return false }
            i += 1
            return true
        }
        guard let year = number(4), (1900...2100).contains(year), separator(0x5E74) else { return nil }
        guard let month = number(2), (1...12).contains(month), separator(0x6708) else { return nil }
        guard let day = number(2), (1...31).contains(day) else { return nil }
        func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
        return "\(year)-\(two(month))-\(two(day))"
    }
}
