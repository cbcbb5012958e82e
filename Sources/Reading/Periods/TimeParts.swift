import BulletinModel

/// Parts of a year in a text: halves, quarters, months and days.
extension TimeReader {
    /// A part of a year, by its first and last day.
    struct Part {
        let end: Int
        let from: (month: Int, day: Int)
        let to: (month: Int, day: Int)
        let isPoint: Bool
        let needsPrintedYear: Bool

        func period(in year: Int) -> Indicator.Period {
            let last = min(to.day, TimeReader.days(in: to.month, of: year))
            return Indicator.Period(
                start: TimeReader.day(year, from.month, min(from.day, TimeReader.days(in: from.month, of: year))),
                end: TimeReader.day(year, to.month, last))
        }
    }

    private static let words: [(word: [UInt32], from: (Int, Int), to: (Int, Int), needsPrinted: Bool)] = [
        ("前三季度", (1, 1), (9, 30), false), ("前3季度", (1, 1), (9, 30), false), ("一至三季度", (1, 1), (9, 30), false),
        ("上半年", (1, 1), (6, 30), false), ("下半年", (7, 1), (12, 31), false), ("后半年", (7, 1), (12, 31), false),
        ("前两个季度", (1, 1), (6, 30), false),
        ("一季度", (1, 1), (3, 31), false), ("1季度", (1, 1), (3, 31), false), ("首季", (1, 1), (3, 31), false),
        ("二季度", (4, 1), (6, 30), false), ("2季度", (4, 1), (6, 30), false), ("三季度", (7, 1), (9, 30), false),
        ("3季度", (7, 1), (9, 30), false), ("四季度", (10, 1), (12, 31), false), ("4季度", (10, 1), (12, 31), false),
        ("第一季度", (1, 1), (3, 31), false), ("第二季度", (4, 1), (6, 30), false), ("第三季度", (7, 1), (9, 30), false),
        ("第四季度", (10, 1), (12, 31), false), ("全年", (1, 1), (12, 31), true), ("年末", (12, 31), (12, 31), true),
        ("末", (12, 31), (12, 31), true), ("底", (12, 31), (12, 31), true), ("年底", (12, 31), (12, 31), true),
        ("年终", (12, 31), (12, 31), true), ("初", (1, 1), (1, 1), true), ("年初", (1, 1), (1, 1), true),
    ].map { (Scalars.of($0.0), $0.1, $0.2, $0.3) }

    func part(at i: Int) -> Part? {
        let follows = i > 0 && at(i - 1) == 0x5E74
        for (word, from, to, needs) in Self.words where at(i) == word[0] {
            if word.count == 1 && !follows { continue }
            guard i + word.count <= s.count, s[i..<(i + word.count)].elementsEqual(word) else { continue }
            let end = i + word.count
            if from == to, word.count == 2, Self.carried.begins(s, at: end) > 0 { return nil }
            // 年初预算, 年初计划: no day but what a plan is called.
            if from.0 == 1 && to.0 == 1 && from.1 == to.1 { return nil }
            return Part(
                end: end, from: from, to: to, isPoint: from == to, needsPrintedYear: needs)
        }
        // 前11个月
        if at(i) == 0x524D, let (count, digits) = number(at: i + 1), (1...12).contains(count),
            case let end = at(digits) == 0x20 ? digits + 1 : digits, at(end) == 0x4E2A, at(end + 1) == 0x6708
        {
            return months(1, count, end: end + 2)
        }
        guard let (first, digits) = number(at: i), (1...12).contains(first) else { return nil }
        // Some set a space between the number and its word: 11 月.
        let end = at(digits) == 0x20 && at(digits + 1) == 0x6708 ? digits + 1 : digits
        // “新十二月市”: a name that holds a month.
        if at(end) == 0x6708, at(i - 1) == 0x65B0 || at(end + 1) == 0x5E02 { return nil }
        if at(end) == 0x6708 {
            var j = end + 1
            if let (day, last) = number(at: j), (1...31).contains(day), at(last) == 0x65E5 || at(last) == 0x53F7 {
                if let (to, end) = lastDay(at: last + 1, from: Day(month: first, day: day)) {
                    return Part(
                        end: end, from: (first, day), to: (to.month, to.day), isPoint: false, needsPrintedYear: false)
                }
                return Part(
                    end: last + 1, from: (first, day), to: (first, day), isPoint: true, needsPrintedYear: false)
            }
            if at(j) == 0x4EFD { j += 1 }
            if at(j) == 0x5E95 || at(j) == 0x672B {
                return Part(
                    end: j + 1, from: (first, 31), to: (first, 31), isPoint: true, needsPrintedYear: false)
            }
            // 1月至8月
            if at(j) == 0x81F3 || at(j) == 0x2014 || at(j) == 0x5230 {
                var k = j
                while [0x81F3, 0x2014, 0x5230].contains(at(k)), k - j < 2 { k += 1 }
                if let (second, last) = number(at: k), second > first, second <= 12, at(last) == 0x6708 {
                    return months(first, second, end: last + 1)
                }
            }
            return months(first, first, end: j)
        }
        // 1—8月, 1至11月
        var k = end
        while [0x2014, 0x2D, 0x7E, 0x81F3, 0x5230, 0x2013, 0xFF5E].contains(at(k)), k - end < 3 { k += 1 }
        if k > end, let (second, digits) = number(at: k), second > first, second <= 12,
            case let last = at(digits) == 0x20 ? digits + 1 : digits, at(last) == 0x6708
        {
            return months(first, second, end: last + (at(last + 1) == 0x4EFD ? 2 : 1))
        }
        return nil
    }

    private struct Day {
        var month: Int
        var day: Int
    }

    /// 至6月30日, —12日 behind the first of a span of days: its last, and where it ends.
    private func lastDay(at i: Int, from first: Day) -> (Day, Int)? {
        var j = i
        while [0x81F3, 0x5230, 0x2014, 0x2D, 0x7E].contains(at(j)), j - i < 2 { j += 1 }
        guard j > i, let (value, end) = number(at: j) else { return nil }
        if at(end) == 0x65E5 {
            return value > first.day && value <= 31 ? (Day(month: first.month, day: value), end + 1) : nil
        }
        guard at(end) == 0x6708, (first.month...12).contains(value), let (day, last) = number(at: end + 1),
            at(last) == 0x65E5, (1...31).contains(day), value > first.month || day > first.day
        else { return nil }
        return (Day(month: value, day: day), last + 1)
    }

    private func months(_ first: Int, _ last: Int, end: Int) -> Part {
        Part(end: end, from: (first, 1), to: (last, 31), isPoint: false, needsPrintedYear: false)
    }

    static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    static func day(_ year: Int, _ month: Int, _ day: Int) -> String {
        func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
        guard (1000...9999).contains(year), (0...99).contains(month), (0...99).contains(day) else {
            return "\(year)-\(two(month))-\(two(day))"
        }
        // Nearly every figure has two of them.
        return String(unsafeUninitializedCapacity: 10) { text in
            func put(_ n: Int, at i: Int) {
                text[i] = UInt8(0x30 + n / 10)
                text[i + 1] = UInt8(0x30 + n % 10)
            }
            put(year / 100, at: 0)
            put(year % 100, at: 2)
            put(month, at: 5)
            put(day, at: 8)
            (text[4], text[7]) = (0x2D, 0x2D)
            return 10
        }
    }

    /// From the first day of a year to the last of another.
    static func years(_ first: Int, _ last: Int) -> Indicator.Period {
        Indicator.Period(start: day(first, 1, 1), end: day(last, 12, 31))
    }
}
