/// One line of a text that is no markup.
struct TextLine {
    /// The line without the blanks around it; never empty.
    let range: Range<Int>
    /// Whether a blank line stands before it.
    let blankBefore: Bool

    /// The pieces of a range that one blank or more sets apart.
    static func words(_ s: [UInt32], _ range: Range<Int>) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var i = range.lowerBound
        while i < range.upperBound {
            var j = i
            while j < range.upperBound, !Glyph.isBlank(s[j]) { j += 1 }
            if j > i { words.append(i..<j) }
            i = j + 1
        }
        return words
    }

    /// Where the line begins, blanks included.
    func start(_ s: [UInt32]) -> Int {
        var i = range.lowerBound
        while i > 0, s[i - 1] != 10 { i -= 1 }
        return i
    }
}

/// Finds the tables of a text that is no markup, whatever they are set with.
struct TextGrids {
    private let lines: [TextLine]
    private let s: [UInt32]
    private let base: Int
    private let lexicon: Lexicon
    private var cells: FlattenedGrid

    init(_ lines: [TextLine], _ s: [UInt32], _ base: Int, _ lexicon: Lexicon) {
        self.lexicon = lexicon
        self.lines = lines
        self.s = s
        self.base = base
        cells = FlattenedGrid(lines, s, base, lexicon)
    }

    /// The table that begins with a line, and the line behind it; nil where none does.
    mutating func read(from start: Int) -> (grid: Grid, next: Int)? {
        MarkdownGrid.read(lines, from: start, s, base, lexicon)
            ?? TabbedGrid.read(lines, from: start, s, base, lexicon)
            ?? AlignedGrid.read(lines, from: start, s, base, lexicon)
            ?? CsvGrid.read(lines, from: start, s, base, lexicon)
            ?? BarredGrid.read(lines, from: start, s, base, lexicon)
            ?? SpacedGrid.read(lines, from: start, s, base, lexicon)
            ?? RegularGrid.read(lines, from: start, s, base, lexicon)
            ?? GrowthTable.read(lines, from: start, s, base, lexicon)
            ?? AlignedGrid.read(lines, from: start, s, base, lexicon, byWideBlanks: true)
            ?? cells.read(from: start)
    }

    /// Whether a piece of a line is a number, or what stands in the place of one.
    static func isNumber(_ s: [UInt32], _ range: Range<Int>, _ lexicon: Lexicon) -> Bool {
        guard range.count <= 40, let first = range.first else { return false }
        // Most pieces begin with an ideograph.
        if Glyph.isHan(s[first]), s[first] != 0x7B2C, s[first] != 0x7EA6 { return false }
        switch CellReader.read(Layout.fold(s, [range], 0).scalars, lexicon) {
        case .number, .structure, .missing: return true
        case .empty, .text: return false
        }
    }

    /// Whether a piece is a year alone: 2019, 2019年.
    static func isYear(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        var range = range
        if let last = range.last, s[last] == 0x5E74 { range = range.dropLast() }
        while let last = range.last, Glyph.isBlank(s[last]) { range = range.dropLast() }
        guard range.count == 4, range.allSatisfy({ Glyph.isDigit(s[$0]) }) else { return false }
        let value = range.reduce(0) { $0 * 10 + Int(s[$1] - 0x30) }
        return (1949...2060).contains(value)
    }
}
