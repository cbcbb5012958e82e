/// A line that tells a day and nothing else: that of publication, or that on which a report was delivered.
enum MastheadDay: Equatable {
    /// 2024年5月18日, 2024-05-18 10:30 来源：…
    case published(String)
    /// ——2024年1月9日在…会议上, （2024年1月9日…通过）
    case delivered(String)

    /// The longest such line.
    private static let longest = 90

    /// What a line tells; nil where it tells something else.
    static func read(_ s: [UInt32], _ line: Range<Int>, _ lexicon: Lexicon) -> MastheadDay? {
        guard line.count <= longest else { return nil }
        var i = line.lowerBound
        while i < line.upperBound, opens(s[i]) || Glyph.isBlank(s[i]) { i += 1 }
        let day: PrintedDay
        if let found = PrintedDay.read(s, at: i) {
            day = found
        } else if let found = PrintedDay.first(s, in: i..<min(line.upperBound, i + 24)),
            Publisher.isAuthority(s, trimmed(s, i..<found.start), lexicon)
                || lexicon[.post].first(s, in: i..<found.start) != nil
                || isPaper(s, trimmed(s, i..<found.start))
        {
            // 海州市财政局 2024年5月18日, 《海州日报》 2024-05-18
            day = found.day
        } else {
            return nil
        }
        guard day.end <= line.upperBound else { return nil }
        if day.end < line.upperBound, s[day.end] == 0x5728 { return .delivered(day.text) }
        let rest = afterTime(s, day.end..<line.upperBound)
        if lexicon[.meeting].first(s, in: rest) != nil { return .delivered(day.text) }
        if rest.isEmpty || s[rest].allSatisfy({ closes($0) || Glyph.isBlank($0) }) { return .published(day.text) }
        // 2024-05-18 来源：…, 2024年5月18日 星期六, 2024年5月18日发布
        if lexicon[.behindDay].begins(s, at: rest.lowerBound, end: rest.upperBound) > 0 { return .published(day.text) }
        return isPaper(s, rest) || Publisher.isAuthority(s, rest, lexicon) ? .published(day.text) : nil
    }

    /// 海州日报, 《海州日报》, 海州市人民政府网: a paper or site by the end of its name.
    private static func isPaper(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        guard (3...16).contains(range.count), let last = range.last else { return false }
        if s[last] == 0x300B { return s[range.lowerBound] == 0x300A }
        return (s[last] == 0x62A5 || s[last] == 0x7F51) && s[range].allSatisfy(Glyph.isHan)
    }

    private static func afterTime(_ s: [UInt32], _ range: Range<Int>) -> Range<Int> {
        var i = range.lowerBound
        // T10:30:00+08:00, 10:30, 10时30分
        while i < range.upperBound,
            Glyph.isBlank(s[i]) || Glyph.isDigit(s[i]) || s[i] == 0x3A || s[i] == 0xFF1A || s[i] == 0x54 || s[i] == 0x2B
                || s[i] == 0x65F6 || s[i] == 0x5206 || s[i] == 0x7C || s[i] == 0x2E || s[i] == 0x5A
        {
            i += 1
        }
        let zone = WordSet.zones.begins(s, at: i, end: range.upperBound)
        i += zone
        while i < range.upperBound, Glyph.isBlank(s[i]) || s[i] == 0x2C { i += 1 }
        return i..<range.upperBound
    }

    private static func trimmed(_ s: [UInt32], _ range: Range<Int>) -> Range<Int> {
        var end = range.upperBound
        while end > range.lowerBound, Glyph.isBlank(s[end - 1]) { end -= 1 }
        return range.lowerBound..<end
    }

    private static func opens(_ c: UInt32) -> Bool {
        c == 0x28 || c == 0xFF08 || c == 0x2014 || c == 0x2500 || c == 0x3010 || c == 0x5B || c == 0x2D
    }

    private static func closes(_ c: UInt32) -> Bool {
        c == 0x29 || c == 0xFF09 || c == 0x3011 || c == 0x5D || c == 0x2014
    }
}

extension WordSet {
    fileprivate static let zones = WordSet("GMT UTC CST")
}
