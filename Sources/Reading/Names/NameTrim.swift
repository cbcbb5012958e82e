/// Takes off the ends of a name what only links, and what only says when.
extension NamePass {
    func isReference(_ time: Range<Int>) -> Bool {
        time.lowerBound > 0 && [0x6BD4, 0x8F83].contains(s[time.lowerBound - 1])
    }

    func trimmed(_ start: Int, _ end: Int, _ mention: Mention?) -> (Int, Int) {
        var (a, b) = (start, end)
        while a < b {
            if let begin = span(before: b, start: a) {
                b = begin
                continue
            }
            var tail = lexicon[.linking].ends(s, before: b, start: a)
            if tail > 0, lexicon[.wholeWord].ends(s, before: b, start: a) > tail { break }
            if mention?.kind == .change {
                tail = max(
                    tail, lexicon.rises.ends(s, before: b, start: a),
                    lexicon.falls.ends(s, before: b, start: a)
                )
                // 增速比上年提高1个百分点: the rate itself is what moves.
                if mention?.quantity.form == .points, lexicon[.rateNoun].ends(s, before: b, start: a) == tail {
                    tail = 0
                }
            }
            if tail == 0, [0x20, 0x22, 0xFF08, 0x28, 0x3A, 0xFF1A, 0x3001, 0x201C].contains(s[b - 1]) { tail = 1 }
            // 生产总值[2]: a mark that leads to a note.
            if tail == 0, s[b - 1] == 0x5D || s[b - 1] == 0x3015,
                let open = s[a..<b].lastIndex(where: { $0 == 0x5B || $0 == 0x3014 }), open > a, b - open <= 5
            {
                tail = b - open
            }
            // 保费收入(含…): what stands in parentheses does not name.
            if tail == 0, s[b - 1] == 0x29 || s[b - 1] == 0xFF09,
                let open = s[a..<b].lastIndex(where: { $0 == 0x28 || $0 == 0xFF08 }), open > a
            {
                tail = b - open
            }
            if tail == 0 { break }
            b -= tail
        }
        while a < b {
            let head = lexicon[.linking].begins(s, at: a, end: b)
            if head > 0, lexicon[.wholeWord].begins(s, at: a, end: b) > head { break }
            if head > 0, head < b - a || !Glyph.isHan(s[a]) {
                a += head
            } else if a > 1, s[a - 1] == 0x201D || s[a - 1] == 0x300D || s[a - 1] == 0x4E94,
                case let tail = lexicon[.planTail].begins(s, at: a, end: b), tail > 1
            {
                a += tail  // “八五”时期: the plan itself was taken for the time that it is.
            } else if let end = span(at: a, end: b) ?? plan(at: a, end: b) ?? duration(at: a, end: b) {
                a = end
            } else if opensName(a, b) {
                break
            } else if !Glyph.isHan(s[a]), !Glyph.isLetter(s[a]), s[a] != 0x201C, s[a] != 0x300A, s[a] != 0x2B {
                a += 1
            } else {
                break
            }
        }
        return (a, b)
    }

    /// 五年来, 3年累计: behind a number of years at `a`; nil where none stands there.
    func span(at a: Int, end: Int) -> Int? {
        guard Glyph.isDigit(s[a]) || Glyph.digit(s[a]) != nil || s[a] == 0x5341 else { return nil }
        var i = a
        while i < end, i - a < 3, Glyph.isDigit(s[i]) || Glyph.digit(s[i]) != nil || s[i] == 0x5341 { i += 1 }
        guard i < end, s[i] == 0x5E74 else { return nil }
        i += 1
        if lexicon[.yearsInName].begins(s, at: i, end: end) > 0 { return nil }
        return i + lexicon[.behindYears].begins(s, at: i, end: end)
    }

    /// 20天时间, 个月时间: behind a duration that only tells how fast something was done.
    private func duration(at a: Int, end: Int) -> Int? {
        var i = a
        while i < end, i - a < 4, Glyph.isDigit(s[i]) { i += 1 }
        let unit = lexicon[.durationSpan].begins(s, at: i, end: end)
        return unit > 0 && i + unit < end ? i + unit : nil
    }

    /// “八五”期间: behind a five-year plan that only tells when; nil where none stands at `a`.
    func plan(at a: Int, end: Int) -> Int? {
        guard s[a] == 0x201C || s[a] == 0x5341 || s[a] == 0x300C, let plan = FiveYearPlan.read(s, at: a), plan.end < end
        else {
            return nil
        }
        let tail = lexicon[.planTail].begins(s, at: plan.end, end: end)
        return tail > 0 ? plan.end + tail : nil
    }

    /// The same at the end of a name: where such a number begins.
    func span(before b: Int, start: Int) -> Int? {
        var i = b
        i -= lexicon[.behindYears].ends(s, before: i, start: start)
        guard i > start + 2, s[i - 1] == 0x5E74 else { return nil }
        i -= 1
        var digits = 0
        while i > start + 1, digits < 3, Glyph.isDigit(s[i - 1]) || Glyph.digit(s[i - 1]) != nil || s[i - 1] == 0x5341 {
            i -= 1
            digits += 1
        }
        // The last digits of 1979年 are no number of years.
        guard digits > 0, !Glyph.isDigit(s[i - 1]), Glyph.digit(s[i - 1]) == nil else { return nil }
        return i - lexicon[.beforeYears].ends(s, before: i, start: start)
    }

    /// 15岁以上人口…: a number with which a name may open.
    func opensName(_ a: Int, _ b: Int) -> Bool {
        guard Glyph.isDigit(s[a]) else { return false }
        var i = a
        while i < b, Glyph.isDigit(s[i]) || s[i] == 0x2D || s[i] == 0x2014 || s[i] == 0x81F3 { i += 1 }
        return lexicon[.numberNoun].begins(s, at: i, end: b) > 0
    }
}
