import BulletinModel

/// The headings over a paragraph, from the document down: each gives period and status to what stands under it
/// until one of its own level or a higher one.
struct Sections {
    /// What a heading says of what stands under it.
    struct Section: Equatable {
        /// 1 is the title's; ``plain`` for a line that has no number.
        var level: Int
        var period: Indicator.Period?
        /// The year that 全年 and 年末 mean.
        var year: Int?
        var status: Indicator.Status?
        /// The opening line under it has not been read.
        var isOpening = true
    }

    /// The level of a heading without a number: it stands under all that have one.
    static let plain = 9

    private(set) var stack: [Section]

    init(document: Section) { stack = [document] }

    /// What holds here.
    var current: Section {
        get { stack[stack.count - 1] }
        set { stack[stack.count - 1] = newValue }
    }

    var document: Section {
        get { stack[0] }
        set { stack[0] = newValue }
    }

    /// Enters a heading, which says of itself what is given; the rest comes from the section that it stands in.
    mutating func enter(level: Int, period: Indicator.Period?, status: Indicator.Status?) {
        var before: Section?
        while stack.count > 1, current.level >= level { before = stack.removeLast() }
        // A line without a number goes on with the one before where it says nothing else.
        let above = level == Self.plain ? before ?? current : current
        stack.append(
            Section(
                level: level, period: period ?? above.period,
                year: period.flatMap { Int($0.end.prefix(4)) } ?? above.year, status: status ?? above.status,
                isOpening: period == nil && above.period == nil))
    }
}

/// The number of a heading or point: 一、 （一） 1. （1） ①.
enum OutlineMark {
    /// Its level, 2 for the highest, and where it ends; nil where the text has none at its beginning.
    static func read(_ s: [UInt32]) -> (level: Int, end: Int)? {
        guard let first = s.first else { return nil }
        if (0x2460...0x2473).contains(first) { return (6, 1) }
        let isBracketed = first == 0x28 || first == 0xFF08
        var i = isBracketed ? 1 : 0
        let start = i
        let isArabic = i < s.count && Glyph.isDigit(s[i])
        while i < s.count, i - start < 3,
            isArabic ? Glyph.isDigit(s[i]) : Glyph.digit(s[i]) != nil || s[i] == 0x5341
        { i += 1 }
        guard i > start, i < s.count else { return nil }
        if isBracketed {
            guard s[i] == 0x29 || s[i] == 0xFF09 else { return nil }
            return (isArabic ? 5 : 3, i + 1)
        }
        guard s[i] == 0x3001 || isArabic && (s[i] == 0x2E || s[i] == 0xFF0E), i + 1 < s.count else { return nil }
        // 1.5亿元 is a number, 1、2月 a list of months.
        if isArabic, Glyph.isDigit(s[i + 1]) { return nil }
        return (isArabic ? 4 : 2, i + 1)
    }
}
