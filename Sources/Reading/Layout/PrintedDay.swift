/// Reads the days that documents print of themselves, in all the ways in which they are printed.
///
/// Only whole days with their year: 2024-05-18, 2024/5/18, 2024.5.18, 2024年5月18日, 二〇二四年五月十八日, 20240518,
/// `Sat, 18 May 2024 08:00:00 GMT` and `May 18, 2024`. Blanks may stand between the parts.
struct PrintedDay: Equatable {
    /// `YYYY-MM-DD`.
    let text: String
    /// One past its last scalar.
    let end: Int

    /// The day that begins at `start`, in scalars with plain digits; nil where none does.
    static func read(_ s: [UInt32], at start: Int) -> PrintedDay? {
        guard start < s.count else { return nil }
        if start > 0, Glyph.isDigit(s[start]), Glyph.isDigit(s[start - 1]) { return nil }
        if Glyph.isDigit(s[start]) { return compact(s, at: start) ?? numbered(s, at: start) ?? dayFirst(s, at: start) }
        if Glyph.isLetter(s[start]) { return english(s, at: start) }
        return Glyph.digit(s[start]) != nil ? spelled(s, at: start) : nil
    }

    /// The first day that begins in `range`, with its place.
    static func first(_ s: [UInt32], in range: Range<Int>) -> (start: Int, day: PrintedDay)? {
        for i in range {
            if let day = read(s, at: i) { return (i, day) }
        }
        return nil
    }

    // MARK: Forms

    /// 2024年5月18日, 2024-05-18, 2024/5/18, 2024.5.18.
    private static func numbered(_ s: [UInt32], at start: Int) -> PrintedDay? {
        var i = start
        guard let year = number(s, &i, most: 4), let first = separator(s, &i, han: Han.year) else { return nil }
        guard let month = number(s, &i, most: 2), let second = separator(s, &i, han: Han.month), first == second else {
            return nil
        }
        // 2024-05-1809:30: a page whose day and hour are cells of their own.
        let isGlued =
            first != Han.year && i + 4 < s.count && s[i..<(i + 4)].allSatisfy(Glyph.isDigit) && s[i + 4] == 0x3A
        if isGlued {
            let day = Int(s[i] - 0x30) * 10 + Int(s[i + 1] - 0x30)
            return made(year, month, day, end: i + 2)
        }
        guard let day = number(s, &i, most: 2) else { return nil }
        var j = i
        skipBlanks(s, &j)
        if first == Han.year {
            // 日, as a newspaper's masthead also 号.
            guard j < s.count, s[j] == Han.day || s[j] == Han.numberDay else { return nil }
            i = j + 1
        } else if i < s.count, s[i] == first || Glyph.isDigit(s[i]) {
            // 2024.5.18.3 is no day.
            return nil
        }
        return made(year, month, day, end: i)
    }

    /// 20240518, with no digit beside it.
    private static func compact(_ s: [UInt32], at start: Int) -> PrintedDay? {
        var i = start
        while i < s.count, i - start < 9, Glyph.isDigit(s[i]) { i += 1 }
        guard i - start == 8 else { return nil }
        let value = s[start..<i].reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return made(value / 10_000, value / 100 % 100, value % 100, end: i)
    }

    /// 二〇二四年五月十八日.
    private static func spelled(_ s: [UInt32], at start: Int) -> PrintedDay? {
        var i = start
        var year = 0
        while i < s.count, i - start < 4, let digit = Glyph.digit(s[i]) {
            year = year * 10 + digit
            i += 1
        }
        guard i - start == 4, i < s.count, s[i] == Han.year else { return nil }
        i += 1
        guard let month = counted(s, &i), i < s.count, s[i] == Han.month else { return nil }
        i += 1
        guard let day = counted(s, &i), i < s.count, s[i] == Han.day else { return nil }
        return made(year, month, day, end: i + 1)
    }

    /// A number up to 39: 五, 十, 十八, 二十, 三十一.
    private static func counted(_ s: [UInt32], _ i: inout Int) -> Int? {
        var value = 0
        let start = i
        if i < s.count, let digit = Glyph.digit(s[i]) {
            value = digit
            i += 1
        }
        if i < s.count, s[i] == Han.ten {
            value = max(1, value) * 10
            i += 1
            if i < s.count, let digit = Glyph.digit(s[i]) {
                value += digit
                i += 1
            }
        }
        return i > start ? value : nil
    }

    /// `Sat, 18 May 2024` and `May 18, 2024`.
    private static func english(_ s: [UInt32], at start: Int) -> PrintedDay? {
        if start > 0, Glyph.isLetter(s[start - 1]) { return nil }
        var i = start
        guard let word = word(s, &i) else { return nil }
        skipMarks(s, &i)
        if let month = month(word) {
            guard let day = number(s, &i, most: 2) else { return nil }
            skipMarks(s, &i)
            guard let year = number(s, &i, most: 4) else { return nil }
            return made(year, month, day, end: i)
        }
        guard weekdays.contains(word), i > start + 3 else { return nil }
        return dayFirst(s, at: i)
    }

    /// `18 May 2024`.
    private static func dayFirst(_ s: [UInt32], at start: Int) -> PrintedDay? {
        var i = start
        guard let day = number(s, &i, most: 2) else { return nil }
        skipMarks(s, &i)
        guard let word = word(s, &i), let month = month(word) else { return nil }
        skipMarks(s, &i)
        guard let year = number(s, &i, most: 4) else { return nil }
        return made(year, month, day, end: i)
    }

    // MARK: Parts

    /// The day, where the calendar has it.
    private static func made(_ year: Int, _ month: Int, _ day: Int, end: Int) -> PrintedDay? {
        guard (1900...2100).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day <= lengths[month - 1] else { return nil }
        func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
        return PrintedDay(text: "\(year)-\(two(month))-\(two(day))", end: end)
    }

    private static func number(_ s: [UInt32], _ i: inout Int, most: Int) -> Int? {
        skipBlanks(s, &i)
        let first = i
        var value = 0
        while i < s.count, i - first < most, Glyph.isDigit(s[i]) {
            value = value * 10 + Int(s[i] - 0x30)
            i += 1
        }
        guard i > first, i == s.count || !Glyph.isDigit(s[i]) else { return nil }
        return value
    }

    /// 年 or 月, else one of the marks, which must be the same twice.
    private static func separator(_ s: [UInt32], _ i: inout Int, han: UInt32) -> UInt32? {
        if i < s.count, s[i] == 0x2D || s[i] == 0x2F || s[i] == 0x2E {
            i += 1
            return s[i - 1]
        }
        skipBlanks(s, &i)
        guard i < s.count, s[i] == han else { return nil }
        i += 1
        return Han.year
    }

    private static func skipBlanks(_ s: [UInt32], _ i: inout Int) {
        let first = i
        while i < s.count, i - first < 3, Glyph.isBlank(s[i]) { i += 1 }
    }

    private static func skipMarks(_ s: [UInt32], _ i: inout Int) {
        while i < s.count, Glyph.isBlank(s[i]) || s[i] == 0x2C || s[i] == 0x2E || s[i] == 0x2D { i += 1 }
    }

    private static func word(_ s: [UInt32], _ i: inout Int) -> String? {
        let first = i
        while i < s.count, i - first < 10, Glyph.isLetter(s[i]) { i += 1 }
        return i - first >= 3 ? Scalars.string(s[first..<i].map { $0 | 0x20 }) : nil
    }

    private static let weekdays: Set<String> = [
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday",
        "saturday", "sunday",
    ]
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    private static let longMonths = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    private static func month(_ word: String) -> Int? {
        (months.firstIndex(of: word) ?? longMonths.firstIndex(of: word)).map { $0 + 1 }
    }

    /// The words of a day.
    private enum Han {
        /// 年
        static let year: UInt32 = 0x5E74
        /// 月
        static let month: UInt32 = 0x6708
        /// 日
        static let day: UInt32 = 0x65E5
        /// 号
        static let numberDay: UInt32 = 0x53F7
        /// 十
        static let ten: UInt32 = 0x5341
    }
}
