/// The lines of a document with what their marks say: what articles and the facts of a document are told from.
///
/// Of plain text and Markdown the scalars are the document's own; of a page they are what a reader sees, and `origin`
/// leads back.
struct Outline {
    /// One line, or one block of a page.
    struct Line {
        /// The line without the blanks around it.
        let range: Range<Int>
        /// The level of a heading, 1 the highest; 0 for other lines.
        let level: Int
        /// The text without marks and emphasis at its ends.
        let body: Range<Int>
        /// Whether all of it is set in bold type.
        let isStrong: Bool
        /// Whether it is the row of a table.
        var isRow = false
        /// Whether it is made of links alone, or of what stands around a page's text.
        let isAround: Bool
    }

    /// The scalars, with plain digits.
    let s: [UInt32]
    let lines: [Line]
    /// The place of each scalar in the decoded text; nil where they are that text.
    private let origin: [Int]?
    let lexicon: Lexicon

    /// The lines of a text without markup, or in Markdown.
    init(_ text: [UInt32], isMarkdown: Bool, from start: Int = 0, _ lexicon: Lexicon) {
        self.lexicon = lexicon
        s = Scalars.withPlainDigits(text)
        origin = nil
        lines = Self.scan(s, from: start, isMarkdown: isMarkdown)
    }

    /// The blocks of a page.
    init(page blocks: [PageBlock], _ lexicon: Lexicon) {
        self.lexicon = lexicon
        var scalars: [UInt32] = []
        var origin: [Int] = []
        var lines: [Line] = []
        for block in blocks {
            let passage = block.passage
            guard !passage.scalars.isEmpty else { continue }
            let start = scalars.count
            scalars += passage.scalars
            origin += passage.origin
            let range = start..<scalars.count
            lines.append(
                Line(
                    range: range, level: block.level, body: range, isStrong: block.isStrong, isRow: block.isRow,
                    isAround: block.isAround))
            scalars.append(10)
            origin.append((origin.last ?? 0) + 1)
        }
        s = scalars
        self.origin = origin
        self.lines = lines
    }

    /// The place in the decoded text.
    func place(_ i: Int) -> Int { origin.map { $0[i] } ?? i }

    /// The text of a line.
    func text(_ line: Line) -> [UInt32] { Array(s[line.body]) }

    // MARK: Scanning

    private static func scan(_ s: [UInt32], from start: Int, isMarkdown: Bool) -> [Line] {
        var lines: [Line] = []
        var i = start
        while i < s.count {
            var j = i
            var next = s.count + 1
            while j < s.count, s[j] != 10 {
                if isMarkdown, s[j] == 0x3C, let tag = InlineTag.read(s, at: j), tag.breaksLines {
                    next = tag.end
                    break
                }
                j += 1
            }
            if let line = line(s, i..<j, isMarkdown: isMarkdown) { lines.append(line) }
            i = j < s.count && s[j] == 10 ? j + 1 : min(next, s.count)
        }
        return lines
    }

    private static func line(_ s: [UInt32], _ whole: Range<Int>, isMarkdown: Bool) -> Line? {
        var (a, b) = (whole.lowerBound, whole.upperBound)
        while a < b, Glyph.isBlank(s[a]) { a += 1 }
        while b > a, Glyph.isBlank(s[b - 1]) { b -= 1 }
        guard a < b else { return nil }
        // A line of marks alone is none.
        guard s[a..<b].contains(where: { $0 != 0x23 }) else { return nil }
        let heading = AtxHeading.read(s, a..<b)
        let level = heading?.level ?? 0
        var (from, to) = (heading?.body.lowerBound ?? a, b)
        guard isMarkdown else {
            return Line(range: a..<b, level: level, body: from..<to, isStrong: false, isAround: false)
        }
        // # 标题 #
        while level > 0, to > from, s[to - 1] == 0x23 || Glyph.isBlank(s[to - 1]) { to -= 1 }
        let isStrong = strip(s, &from, &to)
        guard from < to else { return nil }
        return Line(
            range: a..<b, level: level, body: from..<to, isStrong: isStrong, isAround: isLink(s, from..<to))
    }

    /// Takes emphasis and tags off both ends; whether the whole was bold.
    private static func strip(_ s: [UInt32], _ from: inout Int, _ to: inout Int) -> Bool {
        var isStrong = false
        while from < to {
            if to - from > 4, s[from] == 0x2A, s[from + 1] == 0x2A, s[to - 1] == 0x2A, s[to - 2] == 0x2A {
                // **甲**乙**丙** is not bold as a whole.
                let inner = (from + 2)..<(to - 2)
                guard !inner.dropLast().contains(where: { s[$0] == 0x2A && s[$0 + 1] == 0x2A }) else { return isStrong }
                (from, to) = (inner.lowerBound, inner.upperBound)
                isStrong = true
            } else if s[from] == 0x3C, let tag = InlineTag.read(s, at: from) {
                guard let close = tag.closing(s, from: tag.end, to: to) else {
                    from = tag.end
                    continue
                }
                guard close.upperBound == to else { return isStrong }
                isStrong = isStrong || tag.isBold
                (from, to) = (tag.end, close.lowerBound)
            } else if s[to - 1] == 0x3E, let tag = InlineTag.read(s, endingAt: to, from: from) {
                to = tag
            } else if Glyph.isBlank(s[from]) {
                from += 1
            } else if Glyph.isBlank(s[to - 1]) {
                to -= 1
            } else {
                break
            }
        }
        return isStrong
    }

    /// [查看原文](https://…): a link and nothing else.
    private static func isLink(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        guard range.count > 4, s[range.lowerBound] == 0x5B, s[range.upperBound - 1] == 0x29,
            let middle = range.first(where: { s[$0] == 0x5D })
        else { return false }
        return middle + 1 < range.upperBound && s[middle + 1] == 0x28
    }
}

/// One block of a page, as an outline has it.
struct PageBlock {
    let passage: Passage
    let level: Int
    let isStrong: Bool
    /// Whether it is the row of a table, its cells with a blank between.
    var isRow = false
    let isAround: Bool
}
