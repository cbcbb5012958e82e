/// Reads the expressions of time in a passage: dates, years, spans, quarters, months, lists, plans, hours, 同期.
///
/// One reader for the whole engine: nothing else looks at 年. It knows no year but those that the words name;
/// what 今年 and 全年 mean is told by a ``CalendarContext`` afterwards.
struct CalendarReader {
    let s: [UInt32]
    let table: CalendarTable

    init(_ scalars: [UInt32], _ table: CalendarTable) {
        s = scalars
        self.table = table
    }

    @inline(__always) func at(_ i: Int) -> UInt32 { i >= 0 && i < s.count ? s[i] : 0 }

    /// The expressions of the passage, in order.
    func tokens() -> [CalendarToken] {
        var found: [CalendarToken] = []
        var i = 0
        // 《…》 names a paper.
        var titleEnd = 0
        while i < s.count {
            let c = s[i]
            if c == 0x300A, i >= titleEnd {
                titleEnd = s[i..<min(s.count, i + Self.longestTitle)].firstIndex(of: 0x300B) ?? i
            }
            guard mayBegin(c), !(isNumeral(c) && isInsideNumber(i)), let (token, end) = expression(at: i) else {
                i += 1
                continue
            }
            if var token {
                if i < titleEnd { token.role = .name }
                if found.isEmpty { found.reserveCapacity(8) }
                found.append(token)
            }
            i = max(end, i + 1)
        }
        return found
    }

    private static let longestTitle = 60

    @inline(__always) private func mayBegin(_ c: UInt32) -> Bool {
        Glyph.isDigit(c) || table.heads.mayBegin(c) || Glyph.digit(c) != nil || c == 0x5341 || c == 0x5EFF
    }

    private func isNumeral(_ c: UInt32) -> Bool { Glyph.isDigit(c) || Glyph.digit(c) != nil || c == 0x5341 }

    /// Whether the numeral at `i` goes on with one before it.
    private func isInsideNumber(_ i: Int) -> Bool {
        guard i > 0 else { return false }
        let before = s[i - 1]
        if Glyph.isDigit(s[i]) {
            // 5.12月 is no month; （6.11—6.17） is read from its beginning.
            return Glyph.isDigit(before) || before == 0x2E && i > 1 && Glyph.isDigit(s[i - 2])
        }
        return NumeralScalars.chinese(before) != nil || Glyph.magnitude(before) != nil || Glyph.isDigit(before)
    }

    /// One blank that typesetting leaves between a number and its word.
    @inline(__always) func skipBlank(_ i: Int) -> Int { at(i) == 0x20 ? i + 1 : i }

    /// The expression at `i` and where it ends; without a token where the words name no time that counts.
    private func expression(at i: Int) -> (CalendarToken?, Int)? {
        if let (length, sense) = table.heads.longest(in: s, at: i) {
            let end = i + length
            switch sense {
            case .plan(let first, let isQuoted): return plan(first, i..<end, onlyQuoted: isQuoted)
            case .vague:
                // 比历史最高的1979年 compares.
                return (table[.reference].ends(s, before: i) > 0 ? nil : simple(i..<end, .unknown), end)
            case .season: return (nil, end)
            case .festivalName:
                return table[.open].begins(s, at: end) > 0 ? (simple(i..<end, .unknown), end) : nil
            case .relativeMonth(let n): return month(n, i..<end)
            case .relativeQuarter(let n): return finish(simple(i..<end, .quarter(n), grain: .part))
            case .relativeDay(let n): return finish(simple(i..<end, .day(n), grain: .day))
            case .sameMonth: return finish(simple(i..<end, .sameMonth, grain: .month))
            case .sameDay: return finish(simple(i..<end, .sameDay, grain: .day))
            case .opener:
                if let found = span(at: i) ?? coming(at: i) ?? century(at: i) { return found }
                if table[.futureHead].begins(s, at: i) == length { return (simple(i..<end, .unknown), end) }
            case .relativeYear, .sameYear, .part, .tenDays, .festival: break
            }
        } else if let found = span(at: i) {
            return found
        }
        return dates(at: i)
    }

    /// A token without moments of its own.
    func simple(_ range: Range<Int>, _ form: CalendarToken.Form, grain: CalendarToken.Grain = .year) -> CalendarToken {
        let none = CalendarToken.Moment(year: .open, month: 0, day: 0)
        return CalendarToken(range: range, form: form, from: none, to: none, grain: grain)
    }

    /// 上月, 本月底, 本月5日.
    private func month(_ offset: Int, _ range: Range<Int>) -> (CalendarToken?, Int)? {
        var token = simple(range, .month(offset), grain: .month)
        let end = table[.end].begins(s, at: range.upperBound)
        if end == 1 {
            token.range = range.lowerBound..<(range.upperBound + end)
            token.isUpTo = true
        }
        return finish(token)
    }

    /// Dates with what goes with them: a span, a list.
    private func dates(at i: Int) -> (CalendarToken?, Int)? {
        guard let first = element(at: i) else { return nil }
        var token = CalendarToken(
            range: i..<first.end, from: moment(first.year, first.from), to: moment(first.year, first.to),
            grain: first.grain)
        token.needsPrintedYear = first.isPrinted
        token.hasHours = first.hasHours
        token.members = first.members
        if let word = first.festival { token.form = .festival(word) }
        if let (last, end) = spanEnd(first) {
            token.range = i..<end
            token.to = last
            if first.grain == .year, last.month == 12, last.day == 31, last.year != first.year { token.grain = .years }
            if token.grain == .day || token.grain == .month { token.grain = .part }
            token.members = []
        } else if first.members.isEmpty, let (members, end) = list(first) {
            token.range = i..<end
            token.members = members
            // 6月和9月 are told of together, 2007年和2012年 of the last.
            token.from = members[first.grain == .month ? 0 : members.count - 1].from
            token.to = members[members.count - 1].to
        }
        return finish(token)
    }

    private func moment(_ year: CalendarToken.Year, _ day: CalendarSense.Day) -> CalendarToken.Moment {
        CalendarToken.Moment(year: year, month: day.month, day: day.day)
    }

    /// 至6月30日, —2023年, 到8月 behind a first date: the last moment and where it ends.
    private func spanEnd(_ first: CalendarElement) -> (CalendarToken.Moment, Int)? {
        var j = skipBlank(first.end)
        let dash = table[.to].begins(s, at: j)
        guard dash > 0, first.festival == nil else { return nil }
        j += dash
        // A dash is often printed twice.
        if table[.to].begins(s, at: j) == 1, !Glyph.isHan(at(j)) { j += 1 }
        j = skipBlank(j)
        guard let last = element(at: j, within: first) else { return nil }
        var moment = moment(last.year, last.to)
        if last.year == .open {
            guard first.grain != .year, last.grain.rawValue >= first.grain.rawValue || last.grain == .month,
                first.to < last.to || first.to == last.to && first.grain == .day
            else { return nil }
            moment.year = first.year
        } else if case .named(let a) = first.year, case .named(let b) = last.year {
            guard a < b || a == b && first.to < last.to else { return nil }
        } else if last.grain == .year, first.grain != .year {
            return nil
        }
        return (moment, last.end)
    }

    /// 和2012年 behind 2007年: the members of a list of years or months and where it ends.
    private func list(_ first: CalendarElement) -> ([CalendarToken.Member], Int)? {
        guard first.grain == .year || first.grain == .month else { return nil }
        var members = [member(first)]
        var end = first.end
        while members.count < 6 {
            let and = table[.and].begins(s, at: end)
            guard and > 0, let next = element(at: skipBlank(end + and)), next.grain == first.grain,
                first.grain == .month || next.year != .open
            else { break }
            var member = member(next)
            if next.year == .open { (member.from.year, member.to.year) = (first.year, first.year) }
            members.append(member)
            end = next.end
        }
        return members.count > 1 ? (members, end) : nil
    }

    private func member(_ element: CalendarElement) -> CalendarToken.Member {
        CalendarToken.Member(from: moment(element.year, element.from), to: moment(element.year, element.to))
    }
}
