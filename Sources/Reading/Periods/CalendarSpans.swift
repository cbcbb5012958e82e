/// Counted years, plans, centuries, and what stands around an expression.
extension CalendarReader {
    /// 五年来, 过去五年, 近3年: so many years up to the one that is told of; 五年规划 and 两年平均 are none.
    func span(at i: Int) -> (CalendarToken?, Int)? {
        var j = i
        var head = 0
        while case let length = table[.spanHead].begins(s, at: j), length > 0, head < 12 {
            j += length
            head += length
        }
        guard let (count, digits) = smallNumber(at: j), (2...20).contains(count),
            case let year = table[.year].begins(s, at: digits), year == 1,
            table[.ahead].ends(s, before: i) == 0, table[.ahead].ends(s, before: j) == 0
        else { return nil }
        let end = digits + year
        let average = table[.spanAverage].begins(s, at: end)
        // 五年年均增长9%; 两年平均 leaves out an odd year.
        if count > 2 || head > 0, average > 0, head > 0 || count > 2 {
            return finish(simple(i..<end, .past(years: count), grain: .years))
        }
        let tail = table[.spanTail].begins(s, at: end)
        guard tail > 0 || head > 0 && table[.notSpan].begins(s, at: end) == 0 else { return nil }
        let isShort = tail == 1 && table[.and].begins(s, at: end) == 0
        return finish(simple(i..<(end + (isShort ? tail : 0)), .past(years: count), grain: .years))
    }

    /// 今后十年, 未来五年.
    func coming(at i: Int) -> (CalendarToken?, Int)? {
        let head = table[.futureHead].begins(s, at: i)
        guard head > 0, let (count, digits) = smallNumber(at: i + head), (2...20).contains(count),
            case let year = table[.year].begins(s, at: digits), year == 1
        else { return nil }
        return finish(simple(i..<(digits + year), .coming(years: count), grain: .years))
    }

    /// 20世纪80年代: no days of its own.
    func century(at i: Int) -> (CalendarToken?, Int)? {
        let head = table[.centuryHead].begins(s, at: i)
        return head > 0 ? (simple(i..<(i + head), .unknown), i + head) : nil
    }

    /// “十四五”, “七五”期间, “十三五”末.
    func plan(_ first: Int, _ word: Range<Int>, onlyQuoted: Bool) -> (CalendarToken?, Int)? {
        let isQuoted = Self.opening.contains(at(word.lowerBound - 1)) && Self.closing.contains(at(word.upperBound))
        if onlyQuoted, !isQuoted { return nil }
        if !isQuoted, NumeralScalars.chinese(at(word.upperBound)) != nil || Glyph.magnitude(at(word.upperBound)) != nil
        {
            return nil
        }
        let range = isQuoted ? (word.lowerBound - 1)..<(word.upperBound + 1) : word
        var token = CalendarToken(
            range: range, from: .init(year: .named(first), month: 1, day: 1),
            to: .init(year: .named(first + 4), month: 12, day: 31), grain: .years)
        token.isPlan = true
        let during = table[.during].begins(s, at: range.upperBound)
        let tail = range.upperBound + during
        let end = table[.end].begins(s, at: tail)
        if end > 0 {
            token.from = .init(year: .named(first + 4), month: 12, day: 31)
            token.to = token.from
            token.grain = .day
            token.range = range.lowerBound..<(tail + end)
        } else if during > 0 {
            token.range = range.lowerBound..<tail
        } else if table[.since].begins(s, at: tail) == 0 {
            token.role = .name
        }
        return finish(token)
    }

    private static let opening = ScalarSet("“「‘\"『")
    private static let closing = ScalarSet("”」’\"』")

    /// Takes note of the words around a token, and gives it with its end.
    func finish(_ token: CalendarToken) -> (CalendarToken?, Int)? {
        var token = token
        readBehind(&token)
        readFront(&token)
        return (token, token.range.upperBound)
    }

    private func readBehind(_ token: inout CalendarToken) {
        let end = token.range.upperBound
        let (a, j) = (token.range.lowerBound, skipBlank(end))
        func extend(_ length: Int) { token.range = a..<(j + length) }
        if case let length = table[.stop].begins(s, at: j), length > 0, token.form == .days, !token.isPoint {
            token.isUpTo = true
            return extend(length)
        }
        // 上年结转 names what is carried over.
        if table[.carried].begins(s, at: j) > 0, case .relative = token.from.year, token.grain == .year {
            token.role = .name
            return
        }
        if case let length = table[.same].begins(s, at: j), length > 0 {
            token.isSame = true
            return extend(length)
        }
        if case let length = table[.since].begins(s, at: j), length > 0, token.grain != .years || token.isPlan {
            token.form = .since
            return extend(length)
        }
        if case let length = table[.firstDay].begins(s, at: j), length > 0, case .festival = token.form {
            token.isFirstDay = true
            return extend(length)
        }
        if case let length = table[.open].begins(s, at: j), length > 0, !token.isPoint || length > 1 {
            token.form = .unknown
            return extend(length)
        }
        if token.grain == .day, table[.dateline].begins(s, at: j) > 0, !Glyph.isHan(at(j + 1)) || at(j) == 0x8BAF {
            token.isDateline = true
            token.role = .name
        }
        if table[.prices].begins(s, at: j) > 0 || isGround(j) || isMark(token, j) { token.role = .reference }
    }

    /// 恢复到2019年水平, 10年来最高: a time that only says how much something is.
    private func isMark(_ token: CalendarToken, _ j: Int) -> Bool {
        if case .past = token.form {
            let tail = table[.spanTail].begins(s, at: j)
            return table[.recordBehind].begins(s, at: j) > 0 || table[.recordBehind].begins(s, at: j + tail) > 0
        }
        return token.form == .days && token.namedYear != nil && table[.levelBehind].begins(s, at: j) > 0
    }

    private func readFront(_ token: inout CalendarToken) {
        var a = token.range.lowerBound
        if at(a - 1) == 0x20 { a -= 1 }
        if table[.upTo].ends(s, before: a) > 0 {
            token.isUpTo = true
            return
        }
        if table[.reference].ends(s, before: a) > 0 || isCompared(before: a) {
            if token.role != .name || token.isPlan { token.role = .reference }
            return
        }
        if table[.equals].ends(s, before: a) > 0, isMultiple(behind: token.range.upperBound) {
            token.role = .reference
            return
        }
        // 以2020年为100
        if table[.basis].ends(s, before: a) > 0, table[.equals].begins(s, at: token.range.upperBound) > 0 {
            token.role = .reference
            return
        }
        // 从1978年到1982年 is a span.
        if token.role == .period, token.form != .since, token.from.year == token.to.year, token.grain != .part,
            table[.from].ends(s, before: a) > 0
        {
            token.role = .origin
        }
        if case .past = token.form, isComparedSpan(before: a) { token.role = .reference }
    }

    /// 的4.3倍, 的90%: what a year is only compared by.
    private func isMultiple(behind i: Int) -> Bool {
        guard at(i) == 0x7684 else { return false }
        var j = i + 1
        if table[.about].begins(s, at: j) > 0 { j += table[.about].begins(s, at: j) }
        let start = j
        while Glyph.isDigit(at(j)) || NumeralScalars.chinese(at(j)) != nil || NumeralScalars.isPoint(at(j))
            || at(j) == 0x70B9 || at(j) == 0x9EDE || at(j) == 0x5341 || at(j) == 0x591A
        { j += 1 }
        return j > start && (at(j) == 0x500D || at(j) == 0x25) || table[.percent].begins(s, at: j) > 0
    }

    /// 在1992年较快增长的基础上，…: the year only says from where things went on.
    private func isGround(_ i: Int) -> Bool {
        let limit = min(s.count, i + 20)
        guard i < limit, let end = s[i..<limit].firstIndex(where: Glyph.endsClause) else { return false }
        return table[.ground].ends(s, before: end, start: i) > 0
    }

    /// 比解放前的前十七年总和: years before some time that a clause compares with.
    private func isComparedSpan(before i: Int) -> Bool {
        guard table[.first].begins(s, at: i) > 0 else { return false }
        var a = i
        while a > 0, i - a < 16, !Glyph.endsClause(s[a - 1]) {
            a -= 1
            if table[.reference].begins(s, at: a, end: i) > 0 { return true }
        }
        return false
    }

    /// 比历史最高水平的1979年: whether 比 and what describes the year stand in front of it.
    private func isCompared(before i: Int) -> Bool {
        guard i > 3, s[i - 1] == 0x7684 else { return false }
        var a = i - 2
        while a > 0, i - a < 12, Glyph.isHan(s[a]) {
            if s[a] == 0x6BD4 || s[a] == 0x8F83, s[a - 1] != 0x540C, s[a + 1] != 0x4F8B, s[a + 1] != 0x91CD {
                return true
            }
            a -= 1
        }
        return false
    }
}
