import BulletinModel

/// Finds the blocks of an article: headings, paragraphs with their breaks joined, tables.
enum Layout {
    /// The blocks of an article with these scalars, in order; origins count in the bulletin's decoded text.
    static func blocks(of article: Article, _ text: [UInt32], _ lexicon: Lexicon) -> [Block] {
        if article.form == .html { return HtmlLayout.blocks(text, base: article.start, lexicon) }
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
            append(lines(text, from: start, isMarkdown: false, lexicon), text, article.start, lexicon, to: &blocks)
            return blocks
        }
        // Tables of HTML in Markdown are read as pages have them.
        while start < text.count {
            let table = MarkupTable.first(in: text, from: start)
            let end = table?.lowerBound ?? text.count
            append(
                lines(text, from: start, to: end, isMarkdown: true, lexicon), text, article.start, lexicon, to: &blocks)
            guard let table else { break }
            blocks += HtmlLayout.blocks(Array(text[table]), base: article.start + table.lowerBound, lexicon)
            start = table.upperBound
        }
        return blocks
    }

    /// Adds the blocks that lines make.
    private static func append(
        _ lines: [TextLine], _ text: [UInt32], _ base: Int, _ lexicon: Lexicon, to blocks: inout [Block]
    ) {
        var i = 0
        var grids = TextGrids(lines, text, base, lexicon)
        while i < lines.count {
            if let (grid, next) = grids.read(from: i) {
                // Heads that stood alone above came in as paragraphs.
                if let first = grid.cells.lazy.compactMap({ $0.passage.origin.first }).min() {
                    while case .paragraph(let passage)? = blocks.last, let place = passage.origin.first, place >= first
                    {
                        blocks.removeLast()
                    }
                }
                blocks.append(.table(grid))
                i = next
                continue
            }
            let line = lines[i]
            if let (level, body) = heading(text, line.range, lexicon) {
                blocks.append(.heading(fold(text, [body], base), level: level))
                i += 1
                continue
            }
            var pieces = [line.range]
            while i + 1 < lines.count, continues(text, pieces, lines[i + 1], lexicon) {
                i += 1
                pieces.append(lines[i].range)
            }
            blocks.append(.paragraph(fold(text, pieces, base)))
            i += 1
        }
    }

    /// A passage that stands on its own as a heading or a paragraph, by its outline number.
    static func block(of passage: Passage, _ lexicon: Lexicon) -> Block {
        if let (level, _) = heading(passage.scalars, passage.scalars.indices, lexicon) {
            return .heading(passage, level: level)
        }
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
        _ s: [UInt32], from start: Int, to end: Int? = nil, isMarkdown: Bool, _ lexicon: Lexicon
    ) -> [TextLine] {
        var lines: [TextLine] = []
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
                lines.append(TextLine(range: a..<b, blankBefore: blank))
                blank = false
            } else {
                blank = true
            }
            i = next > i ? next : j + 1
        }
        return withoutPageNumbers(lines, s, lexicon)
    }

    private static func withoutPageNumbers(_ lines: [TextLine], _ s: [UInt32], _ lexicon: Lexicon) -> [TextLine] {
        var kept: [TextLine] = []
        kept.reserveCapacity(lines.count)
        for i in lines.indices {
            if PageNumber.isLine(s, lines[i].range) || JumpLine.isLine(s, lines[i].range, lexicon) { continue }
            if i > 0, i + 1 < lines.count,
                PageNumber.isBare(s, lines[i].range, between: lines[i - 1].range, and: lines[i + 1].range)
            {
                continue
            }
            kept.append(lines[i])
        }
        return kept
    }

    private static func heading(_ s: [UInt32], _ range: Range<Int>, _ lexicon: Lexicon) -> (Int, Range<Int>)? {
        if let mark = AtxHeading.read(s, range) { return (mark.level, mark.body) }
        if isPart(s, range, lexicon) { return (2, range) }
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
    private static func isPart(_ s: [UInt32], _ range: Range<Int>, _ lexicon: Lexicon) -> Bool {
        guard (6...24).contains(range.count), s[range].allSatisfy({ !Glyph.endsClause($0) }) else { return false }
        let line = Array(s[range])
        guard lexicon[.titleOfWhole].ends(line, before: line.count) == 0,
            lexicon[.partName].first(line, in: line.indices) != nil
        else {
            return false
        }
        if lexicon[.partOpener].begins(line, at: 0) > 0 { return true }
        return opensWithYear(line)
            || lexicon[.lookingBack].ends(line, before: line.count) > 0
                && ([0x8FC7, 0x8FD1, 0x524D].contains(line[0])
                    || Glyph.digit(line[0]) != nil && line[1] == 0x5E74)
    }

    /// 2008年, 二〇〇八年
    private static func opensWithYear(_ line: [UInt32]) -> Bool {
        guard line.count > 4, line[4] == 0x5E74 else { return false }
        return line.prefix(4).allSatisfy { Glyph.isDigit($0) || Glyph.digit($0) != nil }
    }

    /// Whether a line goes on with the paragraph before: a break inside a sentence.
    private static func continues(_ s: [UInt32], _ pieces: [Range<Int>], _ line: TextLine, _ lexicon: Lexicon) -> Bool {
        let before = pieces[pieces.count - 1]
        let last = s[before.upperBound - 1]
        let first = s[line.range.lowerBound]
        if SplitFigure.goesOn(s, before, line.range, lexicon) { return true }
        if closers.contains(first) { return true }
        if Glyph.endsClause(last) && last != 0xFF0C && last != 0x2C {
            // A line as full as the one that began the paragraph may end with a sentence and go on; a new paragraph
            // is moved in, or has a mark in front.
            return pieces.count > 1 && before.count >= 24 && before.count + 1 >= pieces[0].count
                && before.count <= pieces[0].count + 2 && line.range.lowerBound == line.start(s) && !line.blankBefore
                && (Glyph.isHan(first) || Glyph.isDigit(first)) && heading(s, line.range, lexicon) == nil
                && !opensTable(s, line.range)
        }
        if [0x201D, 0x300B, 0xFF09, 0x29, 0x2026, 0x3011, 0x2A].contains(last) { return false }
        if [0x23, 0x7C, 0x2D, 0x2A, 0x25CF, 0x2022, 0x3E, 0x2014, 0x28, 0xFF08].contains(first) { return false }
        if heading(s, line.range, lexicon) != nil || opensTable(s, line.range) { return false }
        // 表二      单位：万元: words set apart are no prose, however long the line is.
        if hasGap(s, before) || hasGap(s, line.range) { return false }
        // A title has no comma; only prose goes on in the next line.
        // A line that fills its column as the one that began the paragraph does is in the middle of it.
        let isFull = pieces.count > 1 && before.count + 3 >= pieces[0].count
        let isProse = isFull || before.count >= 40 || s[before].contains { $0 == 0xFF0C || $0 == 0x2C || $0 == 0x3002 }
        return isProse && before.count >= 12
            && (Glyph.isHan(last) || Glyph.isDigit(last) || last == 0xFF0C || last == 0x3001
                || last == 0x2C || last == 0x25 || last == 0xFF08 || last == 0x28)
            || last == 0xFF08 || last == 0x3001
    }

    /// Whether several blanks part the words of a line.
    private static func hasGap(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        var blanks = 0
        for i in range {
            blanks = Glyph.isBlank(s[i]) ? blanks + (s[i] == 0x3000 ? 2 : 1) : 0
            if blanks >= 4 { return true }
        }
        return false
    }

    /// 表1 2024年…: the title of a table or figure.
    private static func opensTable(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        guard range.count > 3, range.count <= 60, [0x8868, 0x56FE].contains(s[range.lowerBound]) else { return false }
        var i = range.lowerBound + 1
        if Glyph.isBlank(s[i]) { i += 1 }
        return Glyph.isDigit(s[i])
            || Glyph.digit(s[i]) != nil && (Glyph.isBlank(s[i + 1]) || s[i + 1] == 0x3A || s[i + 1] == 0xFF1A)
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
}
