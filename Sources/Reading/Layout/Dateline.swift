/// The words with which a report from a correspondent begins: 新华社北京1月5日电, 本报讯, 【海州晚报讯】, 海州网5月6日讯.
struct Dateline: Equatable {
    /// The agency or paper as printed; empty where it calls itself 本报 or nothing.
    let publisher: Range<Int>
    /// The day, where its year is printed.
    let day: String?
    /// One past the last word.
    let end: Int

    /// A dateline is not longer.
    private static let longest = 40

    /// The dateline that begins at `start`, after blanks and one opening bracket; nil where none does.
    static func read(_ s: [UInt32], at start: Int, end limit: Int, _ lexicon: Lexicon) -> Dateline? {
        var i = start
        while i < limit {
            if let tag = tag(s, at: i) {
                i = tag
            } else if Glyph.isBlank(s[i]) || isBracket(s[i]) || s[i] == 0x2A {
                i += 1
            } else {
                break
            }
        }
        let first = i
        let stop = min(limit, first + longest)
        var day: (range: Range<Int>, text: String?)?
        while i < stop {
            if let tag = tag(s, at: i) {
                i = tag
                continue
            }
            let c = s[i]
            if Glyph.endsClause(c) || c == 0x3001 || c == 0x201C { return nil }
            if c == 0x28 || c == 0xFF08 {
                // 央视网消息（新闻联播）： is caught below; 华夏网（记者…） is no dateline.
                return nil
            }
            let kind = lexicon[.datelineEnd].begins(s, at: i, end: limit)
            // 电 alone is the beginning of many words.
            if kind > 0, i > first || day != nil, day != nil || s[i] != 0x7535,
                stands(s, behind: i + kind, limit, kind: s[i], lexicon)
            {
                let names = first..<(day?.range.lowerBound ?? i)
                guard let publisher = publisher(s, names, hasDay: day != nil, lexicon) else { return nil }
                return Dateline(publisher: publisher, day: day?.text, end: i + kind)
            }
            if day == nil, let found = date(s, at: i) {
                day = found
                i = found.range.upperBound
                continue
            }
            i += 1
        }
        return nil
    }

    /// What a dateline ends with is set apart from the text behind it.
    private static func stands(_ s: [UInt32], behind i: Int, _ limit: Int, kind: UInt32, _ lexicon: Lexicon) -> Bool {
        guard i < limit else { return false }
        let c = s[i]
        // 消息 and 报道 are common words; 电 and 讯 behind a date or a name are not.
        if c == 0x28 || c == 0xFF08 || c == 0x3C || c == 0x2A || Glyph.isBlank(c) || Glyph.endsClause(c) || isBracket(c)
        {
            return true
        }
        return kind == 0x7535 || kind == 0x8BAF || lexicon[.behindDateline].begins(s, at: i, end: limit) > 0
    }

    /// The name in front of place and day; nil where the words are no dateline's.
    private static func publisher(_ s: [UInt32], _ names: Range<Int>, hasDay: Bool, _ lexicon: Lexicon) -> Range<Int>? {
        var (a, b) = (names.lowerBound, names.upperBound)
        while b > a, Glyph.isBlank(s[b - 1]) || isBracket(s[b - 1]) { b -= 1 }
        while a < b, Glyph.isBlank(s[a]) { a += 1 }
        let own = lexicon[.ownPaper].begins(s, at: a, end: b)
        if own > 0 { return a..<a }
        if a == b { return hasDay ? a..<a : nil }
        guard b - a <= 20, s[a..<b].allSatisfy({ Glyph.isHan($0) || Glyph.isLetter($0) || $0 == 0x20 || $0 == 0xB7 })
        else { return nil }
        if let end = Publisher.mediaName(s, a..<b, lexicon) { return a..<end }
        // A name that no word tells stands right in front of 讯.
        return !hasDay && b - a >= 3 && b - a <= 8 && lexicon[.noPaper].first(s, in: a..<b) == nil ? a..<b : nil
    }

    /// 1月5日, 5日, 八日, ７月３日 or a whole day.
    private static func date(_ s: [UInt32], at i: Int) -> (range: Range<Int>, text: String?)? {
        if let day = PrintedDay.read(s, at: i) { return (i..<day.end, day.text) }
        func isNumber(_ c: UInt32) -> Bool { Glyph.isDigit(c) || Glyph.digit(c) != nil || c == 0x5341 }
        guard isNumber(s[i]), i == 0 || !isNumber(s[i - 1]) else { return nil }
        var j = i
        while j < s.count, j - i < 3, isNumber(s[j]) { j += 1 }
        if j < s.count, s[j] == 0x6708 {
            j += 1
            let day = j
            while j < s.count, j - day < 3, isNumber(s[j]) { j += 1 }
            guard j > day else { return nil }
        }
        guard j < s.count, s[j] == 0x65E5 else { return nil }
        return (i..<(j + 1), nil)
    }

    /// The end of the tag that begins here, in Markdown with tags of HTML.
    private static func tag(_ s: [UInt32], at i: Int) -> Int? {
        s[i] == 0x3C ? InlineTag.read(s, at: i)?.end : nil
    }

    private static func isBracket(_ c: UInt32) -> Bool { c == 0x3010 || c == 0x3011 || c == 0x5B || c == 0x5D }

}
