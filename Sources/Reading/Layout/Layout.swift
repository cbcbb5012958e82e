import BulletinModel

/// Finds the blocks of an article: headings, paragraphs with their breaks joined, tables.
public enum Layout {
    /// One line of the text without the blanks around it.
    private struct Line {
        let range: Range<Int>
        let blankBefore: Bool
    }

    /// The blocks of an article, in order; origins count in the bulletin's decoded text.
    public static func blocks(of article: Article) -> [Block] { blocks(of: article, Scalars.of(article.text)) }

    /// The same, of an article whose scalars are at hand.
    static func blocks(of article: Article, _ text: [UInt32]) -> [Block] {
        if article.form == .html { return HtmlLayout.blocks(text, base: article.start) }
        let text = Scalars.withPlainDigits(text)
        var blocks: [Block] = []
        var start = 0
        if let matter = FrontMatter.read(text) {
            if let title = matter.value(of: ["title", "headline"], in: text) {
                blocks.append(.heading(fold(text, [title], article.start), level: 1))
            }
            start = matter.end
        }
        guard article.form == .markdown else {
            append(lines(text, from: start, isMarkdown: false), text, article.start, to: &blocks)
            return blocks
        }
        // Tables of HTML in Markdown are read as pages have them.
        while start < text.count {
            let table = MarkupTable.first(in: text, from: start)
            let end = table?.lowerBound ?? text.count
            append(lines(text, from: start, to: end, isMarkdown: true), text, article.start, to: &blocks)
            guard let table else { break }
            blocks += HtmlLayout.blocks(Array(text[table]), base: article.start + table.lowerBound)
            start = table.upperBound
        }
        return blocks
    }

    /// Adds the blocks that lines make.
    private static func append(_ lines: [Line], _ text: [UInt32], _ base: Int, to blocks: inout [Block]) {
        var i = 0
        var cells = CellRun()
        while i < lines.count {
            if let (table, next) = flattened(lines, from: i, text, base, &cells) {
                append(table, to: &blocks, isHeadline)
                i = next
                continue
            }
            if let (table, next) = markdown(lines, from: i, text, base) {
                append(table, to: &blocks) { $0.scalars.count < 40 && TableUnit.find(in: $0.scalars) != nil }
                i = next
                continue
            }
            if let (table, next) = aligned(lines, from: i, text, base) {
                append(table, to: &blocks, isHeadline)
                i = next
                continue
            }
            if let (table, next) = growth(lines, from: i, text, base) {
                append(table, to: &blocks, isHeadline)
                i = next
                continue
            }
            let line = lines[i]
            if let (level, body) = heading(text, line.range) {
                blocks.append(.heading(fold(text, [body], base), level: level))
                i += 1
                continue
            }
            var pieces = [line.range]
            while i + 1 < lines.count, continues(text, pieces, lines[i + 1]) {
                i += 1
                pieces.append(lines[i].range)
            }
            blocks.append(.paragraph(fold(text, pieces, base)))
            i += 1
        }
    }

    /// Whether a paragraph may name a table: short, and no sentence.
    private static func isHeadline(_ passage: Passage) -> Bool {
        passage.scalars.count < 40 && passage.scalars.last.map(Glyph.endsSentence) == false
    }

    /// Adds a table; the paragraph before it becomes its caption where it can be one.
    private static func append(_ table: Table, to blocks: inout [Block], _ isCaption: (Passage) -> Bool) {
        var table = table
        if case .paragraph(let passage)? = blocks.last, table.caption == nil, isCaption(passage) {
            blocks.removeLast()
            table.caption = passage
        }
        blocks.append(.table(table))
    }

    /// A passage that stands on its own as a heading or a paragraph, by its outline number.
    static func block(of passage: Passage) -> Block {
        if let (level, _) = heading(passage.scalars, passage.scalars.indices) { return .heading(passage, level: level) }
        return .paragraph(passage)
    }

    /// Whether a paragraph is prose: it ends as sentences end, and is no list item.
    static func isProse(_ passage: Passage) -> Bool {
        guard let first = passage.scalars.first, let last = passage.scalars.last else { return false }
        if [0x25CF, 0x2022, 0x2D, 0x2A, 0x25A0].contains(first) { return false }
        return Glyph.endsSentence(last)
            || [0x201D, 0x300B, 0xFF09, 0x29, 0x2026].contains(last) && passage.scalars.count > 24
    }

    private static func lines(
        _ s: [UInt32], from start: Int, to end: Int? = nil, isMarkdown: Bool
    ) -> [Line] {
        var lines: [Line] = []
        var i = start
        let end = end ?? s.count
        var blank = false
        while i <= end {
            var j = i
            var next = i
            while j < end, s[j] != 10 {
                if isMarkdown, s[j] == 0x3C, let tag = InlineTag.read(s, at: j), tag.breaksLines {
                    next = tag.end
                    break
                }
                j += 1
            }
            var (a, b) = (i, j)
            while a < b, Glyph.isBlank(s[a]) { a += 1 }
            while b > a, Glyph.isBlank(s[b - 1]) { b -= 1 }
            if a < b {
                lines.append(Line(range: a..<b, blankBefore: blank))
                blank = false
            } else {
                blank = true
            }
            i = next > i ? next : j + 1
        }
        return withoutPageNumbers(lines, s)
    }

    private static func withoutPageNumbers(_ lines: [Line], _ s: [UInt32]) -> [Line] {
        var kept: [Line] = []
        kept.reserveCapacity(lines.count)
        for i in lines.indices {
            if PageNumber.isLine(s, lines[i].range) || JumpLine.isLine(s, lines[i].range) { continue }
            if i > 0, i + 1 < lines.count,
                PageNumber.isBare(s, lines[i].range, between: lines[i - 1].range, and: lines[i + 1].range)
            {
                continue
            }
            kept.append(lines[i])
        }
        return kept
    }

    private static func heading(_ s: [UInt32], _ range: Range<Int>) -> (Int, Range<Int>)? {
        if let mark = AtxHeading.read(s, range) { return (mark.level, mark.body) }
        if isPart(s, range) { return (2, range) }
        // 一、2018年工作回顾
        guard range.count <= 40, !Glyph.endsSentence(s[range.upperBound - 1]),
            Glyph.digit(s[range.lowerBound]) != nil
                || s[range.lowerBound] == 0x5341
        else { return nil }
        var j = range.lowerBound
        while j < range.upperBound, Glyph.digit(s[j]) != nil || s[j] == 0x5341 { j += 1 }
        return j < range.upperBound && s[j] == 0x3001 ? (2, range) : nil
    }

    private static let closers = ScalarSet("，,、。）)”》；")

    /// 二〇〇八年工作回顾, 过去五年的工作: a line that opens a part of a report by its years alone.
    private static func isPart(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        guard (6...24).contains(range.count), s[range].allSatisfy({ !Glyph.endsClause($0) }) else { return false }
        let line = Array(s[range])
        guard WordSet.reports.ends(line, before: line.count) == 0,
            WordSet.partNames.first(line, in: line.indices) != nil
        else {
            return false
        }
        if WordSet.partOpeners.begins(line, at: 0) > 0 { return true }
        return opensWithYear(line)
            || WordSet.lookingBack.ends(line, before: line.count) > 0
                && ([0x8FC7, 0x8FD1, 0x524D].contains(line[0])
                    || Glyph.digit(line[0]) != nil && line[1] == 0x5E74)
    }

    /// 2008年, 二〇〇八年
    private static func opensWithYear(_ line: [UInt32]) -> Bool {
        guard line.count > 4, line[4] == 0x5E74 else { return false }
        return line.prefix(4).allSatisfy { Glyph.isDigit($0) || Glyph.digit($0) != nil }
    }

    /// Whether a line goes on with the paragraph before: a break inside a sentence.
    private static func continues(_ s: [UInt32], _ pieces: [Range<Int>], _ line: Line) -> Bool {
        let before = pieces[pieces.count - 1]
        let last = s[before.upperBound - 1]
        let first = s[line.range.lowerBound]
        if SplitFigure.goesOn(s, before, line.range) { return true }
        if closers.contains(first) { return true }
        if Glyph.endsClause(last) && last != 0xFF0C && last != 0x2C { return false }
        if [0x201D, 0x300B, 0xFF09, 0x29, 0x2026, 0x3011, 0x2A].contains(last) { return false }
        if [0x23, 0x7C, 0x2D, 0x2A, 0x25CF, 0x2022, 0x3E, 0x2014, 0x28, 0xFF08].contains(first) { return false }
        if heading(s, line.range) != nil { return false }
        // A title has no comma; only prose goes on in the next line.
        // A line that fills its column as the one that began the paragraph does is in the middle of it.
        let isFull = pieces.count > 1 && before.count + 3 >= pieces[0].count
        let isProse = isFull || before.count >= 40 || s[before].contains { $0 == 0xFF0C || $0 == 0x2C || $0 == 0x3002 }
        return isProse && before.count >= 12
            && (Glyph.isHan(last) || Glyph.isDigit(last) || last == 0xFF0C || last == 0x3001
                || last == 0x2C || last == 0x25 || last == 0xFF08 || last == 0x28)
            || last == 0xFF08 || last == 0x3001
    }

    /// Folds pieces of the text into one passage.
    static func fold(_ s: [UInt32], _ pieces: [Range<Int>], _ base: Int) -> Passage {
        let most = pieces.reduce(0) { $0 + $1.count }
        var scalars = Scalars.zeros(most)
        var origin = [Int](repeating: 0, count: most)
        var kept = 0
        for piece in pieces {
            var i = piece.lowerBound
            while i < piece.upperBound {
                var c = s[i]
                let place = i
                i += 1
                if c == 0x2A, (i < s.count && s[i] == 0x2A) || (place > 0 && s[place - 1] == 0x2A) { continue }
                if c == 0x3C, let tag = InlineTag.read(s, at: place), tag.end <= piece.upperBound {
                    i = tag.end
                    continue
                }
                if c == 0x26, let found = HtmlEntity.read(s, at: place, end: piece.upperBound) {
                    (c, i) = (found.value.first, found.end)
                }
                let folded = folded(c)
                // Marks without a width stand inside numbers and words.
                if folded == 0 { continue }
                scalars[kept] = folded
                origin[kept] = base + place
                kept += 1
            }
        }
        scalars.removeLast(most - kept)
        origin.removeLast(most - kept)
        return DigitSpacing.joined(Passage(scalars: scalars, origin: origin))
    }

    /// Full-width digits, letters, % and point to their half-width forms, blanks of every width to one, ideographs that
    /// stand twice in Unicode to the one that people type; 0 for what has no width and says nothing.
    static func folded(_ c: UInt32) -> UInt32 {
        // Nearly all are ideographs.
        if c &- 0x3001 < 0xC000 { return c }
        return switch c {
        case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF05, 0xFF0E, 0xFF0F, 0xFF0B, 0xFF0D, 0xFF41...0xFF5A: c - 0xFEE0
        case 0xFE6A: 0x25
        case 0x2212, 0x2010, 0x2011, 0x2012, 0xFE63: 0x2D
        case 0x3000, 0xA0, 0x2000...0x200A, 0x202F, 0x205F: 0x20
        case 0x200B...0x200D, 0x2060, 0xFEFF, 0xAD, 0xFE00...0xFE0F, 0x180E: 0
        case 0x2E80...0x2FDF, 0xF900...0xFAFF, 0x2F800...0x2FA1F: HanVariant.folded(c)
        default: c
        }
    }

    // MARK: Tables

    private static func markdown(_ lines: [Line], from start: Int, _ s: [UInt32], _ base: Int) -> (Table, Int)? {
        var i = start
        var rows: [[Passage]] = []
        var heads = 0
        // A blank line ends a table, and another begins behind it.
        while i < lines.count, isRow(s, lines[i].range), i == start || !lines[i].blankBefore {
            let range = lines[i].range
            if s[range].allSatisfy({ [0x7C, 0x2D, 0x3A, 0x20].contains($0) }) {
                heads = rows.count
            } else {
                var cells: [Passage] = []
                var from = range.lowerBound + (s[range.lowerBound] == 0x7C ? 1 : 0)
                for j in from..<range.upperBound where s[j] == 0x7C || j == range.upperBound - 1 {
                    var (a, b) = (from, s[j] == 0x7C ? j : j + 1)
                    while a < b, Glyph.isBlank(s[a]) { a += 1 }
                    while b > a, Glyph.isBlank(s[b - 1]) { b -= 1 }
                    cells.append(fold(s, [a..<b], base))
                    from = j + 1
                }
                rows.append(cells)
            }
            i += 1
        }
        guard rows.count >= 2 else { return nil }
        // Where rows do not begin with a mark, the empty corner of the head is lost with it.
        if s[lines[i - 1].range.lowerBound] != 0x7C, rows[0].count + 1 == rows[1].count {
            rows[0].insert(Passage(scalars: [], origin: []), at: 0)
        }
        return (Table(caption: nil, rows: rows, headRows: max(1, heads)), i)
    }

    /// | 甲 | 5 |, or 甲 | 5 | as programs set it that take text from pages.
    private static func isRow(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        if s[range.lowerBound] == 0x7C { return true }
        guard s[range.upperBound - 1] == 0x7C, range.count > 4 else { return false }
        return s[range].count { $0 == 0x7C } >= 2
    }

    /// A table whose columns are set apart by blanks: rows of as many cells as its head, each with a number.
    private static func aligned(_ lines: [Line], from start: Int, _ s: [UInt32], _ base: Int) -> (Table, Int)? {
        guard let head = AlignedColumns.row(s, lines[start].range), !head.contains(where: { isNumber(s, $0) }) else {
            return nil
        }
        var rows = [head]
        var i = start + 1
        while i < lines.count, let row = AlignedColumns.row(s, lines[i].range), row.count == head.count,
            row.dropFirst().contains(where: { isNumber(s, $0) })
        {
            rows.append(row)
            i += 1
        }
        guard rows.count >= 2 else { return nil }
        return (Table(caption: nil, rows: rows.map { $0.map { fold(s, [$0], base) } }, headRows: 1), i)
    }

    /// A table of amounts and their changes that is set as plain lines, two rows at least.
    private static func growth(_ lines: [Line], from start: Int, _ s: [UInt32], _ base: Int) -> (Table, Int)? {
        let head = lines[start].range
        guard let change = GrowthTable.head(s, head) else { return nil }
        let none = Passage(scalars: [], origin: [])
        let hasUnit =
            GrowthTable.tellsUnit(s, head) || start > 0 && GrowthTable.tellsUnit(s, lines[start - 1].range)
        var unit = none
        var rows: [[Passage]] = []
        var changes = 0
        var i = start + 1
        while i < lines.count {
            if GrowthTable.isNote(s, lines[i].range), !rows.isEmpty {
                i += 1
                continue
            }
            guard let row = GrowthTable.row(s, lines[i].range, hasUnit: hasUnit) else { break }
            func cell(_ range: Range<Int>?) -> Passage { range.map { fold(s, [$0], base) } ?? none }
            if row.change != nil { changes += 1 }
            if row.unit != nil { unit = GrowthTable.unitHead }
            rows.append([cell(row.name), cell(row.unit), cell(row.amount), cell(row.change)])
            i += 1
        }
        guard rows.count >= 2, changes >= 2 else { return nil }
        let heads = [none, unit, fold(s, [head.lowerBound..<change], base), fold(s, [head], base)]
        return (Table(caption: nil, rows: [heads] + rows, headRows: 1), i)
    }

    /// What is known of the lines ahead, so that no line is looked at again for each one before it.
    private struct CellRun {
        /// One past the lines that may be cells.
        var end = 0
        /// The next line that is a number; the run's end where there is none.
        var number = 0
    }

    /// More columns than this are no table that somebody printed.
    private static let mostColumns = 40

    /// A table flattened to one cell a line: heads, then rows of the same number of cells.
    private static func flattened(
        _ lines: [Line], from start: Int, _ s: [UInt32], _ base: Int, _ run: inout CellRun
    ) -> (Table, Int)? {
        if run.end <= start {
            run.end = start
            while run.end < lines.count, isCell(s, lines[run.end].range) { run.end += 1 }
            run.number = start
        }
        run.number = max(run.number, start)
        while run.number < run.end, !isNumber(s, lines[run.number].range) { run.number += 1 }
        let (end, k) = (run.end, run.number)
        guard end - start >= 6, k < end else { return nil }
        let before = k - start
        guard before > 0, before <= 3 * mostColumns else { return nil }
        var numbers = 0
        while numbers < mostColumns, k + numbers < end, isNumber(s, lines[k + numbers].range) { numbers += 1 }
        guard (before - numbers) % 2 == 0, before > numbers else { return nil }
        let labels = (before - numbers) / 2
        let width = labels + numbers
        var rows = [(start..<(start + width)).map { fold(s, [lines[$0].range], base) }]
        var i = start + width
        while i + width <= end, (i + labels..<i + width).allSatisfy({ isNumber(s, lines[$0].range) }) {
            rows.append((i..<(i + width)).map { fold(s, [lines[$0].range], base) })
            i += width
        }
        return rows.count >= 2 ? (Table(caption: nil, rows: rows, headRows: 1), i) : nil
    }

    private static func isCell(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        range.count <= 18 && !s[range].contains { $0 == 0x3002 || $0 == 0xFF0C || $0 == 0x23 || $0 == 0x7C }
    }

    private static func isNumber(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        s[range].contains(where: Glyph.isDigit)
            && s[range].allSatisfy {
                Glyph.isDigit($0) || [0x2E, 0x2C, 0x2D, 0x25, 0x2212, 0xFF0D, 0xFF05].contains($0)
            }
    }
}

extension WordSet {
    /// What names a part of a report.
    fileprivate static let partNames = WordSet(
        """
        工作安排 目标任务 主要目标 工作部署 重点工作 工作建议 预期目标 工作打算 下一步
        今后 工作思路 发展目标 总体部署 主要任务 工作任务 预算草案 工作计划 发展计划
        奋斗目标 计划任务 规划目标 任务与指标 今年工作 明年工作 收支预算 预算安排
        收支计划 回顾 决算 工作情况 完成情况 执行情况 成就 新绩 总结 成效 运行情况
        """)
    /// How the title of a whole document ends, not the heading of a part.
    fileprivate static let reports = WordSet("报告 公报 草案 讲话 通知 决议 说明 摘要 解读 （摘登） 会议")
    fileprivate static let lookingBack = WordSet("回顾")
    /// How such a heading opens where it prints no year.
    fileprivate static let partOpeners = WordSet("过去五年 过去的五年 过去四年 过去一年 过去的一年 五年来 今后五年 今年工作 今年的 明年的")
}
