/// Figures that a page sets in several paragraphs: the number in one, its unit in the next, as large type on a panel.
enum SplitFigure {
    /// The number and the unit behind it as one passage; nil where they are not such a pair.
    static func joined(_ number: Passage, _ unit: Passage, _ lexicon: Lexicon) -> Passage? {
        guard isNumber(number.scalars[...]), let first = unit.scalars.first, unit.scalars.count <= 40,
            lexicon.scalars(.splitUnit).contains(first), let last = number.origin.last, let next = unit.origin.first,
            last < next
        else { return nil }
        return Passage(scalars: number.scalars + unit.scalars, origin: number.origin + unit.origin)
    }

    /// Whether a line ends inside a number of prose that the next goes on with: 增长6. and 2%, 人口12 and 万人.
    static func goesOn(_ s: [UInt32], _ line: Range<Int>, _ next: Range<Int>, _ lexicon: Lexicon) -> Bool {
        guard line.count >= 4, let last = line.last, let first = next.first else { return false }
        if isInsideNumber(s, line, next) { return true }
        let isDigit = Glyph.isDigit(s[last])
        let isPoint = s[last] == 0x2E || s[last] == 0x2C
        let isPart =
            isDigit
            ? lexicon.scalars(.splitUnit).contains(s[first]) : Glyph.isDigit(s[first]) && (isPoint || s[last] == 0x2D)
        guard isPart, isDigit || Glyph.isDigit(s[last - 1]) || s[last] == 0x2D else { return false }
        // Cells of a table stand in lines of their own.
        return s[line].contains { Glyph.isComma($0) || $0 == 0x3002 } || s[line].count(where: Glyph.isHan) >= 6
    }

    /// Whether no number ends here: 1,2 and 34.5万元, 38 and .5亿元.
    private static func isInsideNumber(_ s: [UInt32], _ line: Range<Int>, _ next: Range<Int>) -> Bool {
        guard Glyph.isDigit(s[line.upperBound - 1]), s[line].contains(where: Glyph.isHan),
            s[next].contains(where: Glyph.isHan)
        else { return false }
        let head = s[next].prefix(while: Glyph.isDigit).count
        if head == 0 { return next.count >= 3 && s[next.lowerBound] == 0x2E && Glyph.isDigit(s[next.lowerBound + 1]) }
        // A mark of thousands has three digits behind it.
        let tail = line.reversed().prefix { Glyph.isDigit(s[$0]) }.count
        let mark = line.upperBound - tail - 1
        return tail + head == 3 && mark > line.lowerBound && s[mark] == 0x2C && Glyph.isDigit(s[mark - 1])
    }

    /// Whether a paragraph is a name without any mark, as it stands over a large figure.
    static func isName(_ passage: Passage) -> Bool {
        (2...24).contains(passage.scalars.count) && passage.scalars.allSatisfy { Glyph.isHan($0) || Glyph.isLetter($0) }
    }

    private static func isNumber(_ s: ArraySlice<UInt32>) -> Bool {
        (1...16).contains(s.count) && s.contains(where: Glyph.isDigit)
            && s.allSatisfy { Glyph.isDigit($0) || $0 == 0x2E || $0 == 0x2C || $0 == 0x2D || $0 == 0x20 }
    }

}
