/// A part of a grid that has heads of its own: lines that name it, head rows, rows of figures.
struct TablePart {
    /// The lines above, in the grid or before it, from the top.
    var captions: [Passage]
    /// Rows that head the columns, from the top.
    var heads: [Int] = []
    /// Rows of figures and rows that name groups of them, in order.
    var body: [Int] = []
}

/// Tells which rows of a grid are titles, heads, figures and notes.
struct TableParts {
    private let grid: Grid
    private let words: HeadWords
    private let contents: [CellReader.Content]

    /// What a row is, seen alone.
    private enum Row {
        case blank
        /// One text, across the table or alone in it.
        case line(Int)
        /// Figures, or marks for missing ones, beside a name.
        case figures
        /// Several texts, or years.
        case texts
        /// Numbers or formulas of columns.
        case numbering
        case note
    }

    init(_ grid: Grid, _ contents: [CellReader.Content], _ words: HeadWords) {
        self.grid = grid
        self.contents = contents
        self.words = words
    }

    /// The parts of the grid, from the top; the cells that belong to none go to `left`.
    func read(left: (Int) -> Void) -> [TablePart] {
        var parts: [TablePart] = []
        var part = TablePart(captions: grid.captions)
        var lines: [Int] = []
        for row in 0..<grid.rowCount {
            switch kind(of: row) {
            case .blank: continue
            case .note:
                if part.body.isEmpty { lines.append(row) } else { grid.cells(in: row).forEach(left) }
            case .numbering:
                grid.cells(in: row).forEach(left)
            case .line:
                if part.heads.isEmpty, part.body.isEmpty {
                    lines.append(row)
                } else if part.body.isEmpty {
                    part.heads.append(row)
                } else {
                    lines.append(row)
                }
            case .texts:
                if part.body.isEmpty {
                    part.captions += lines.flatMap(passages)
                    lines = []
                    part.heads.append(row)
                } else if !repeats(row, part) {
                    // Heads again: another table in the same grid.
                    parts.append(part)
                    part = TablePart(captions: lines.isEmpty ? part.captions : lines.flatMap(passages))
                    lines = []
                    part.heads.append(row)
                }
            case .figures:
                if part.heads.isEmpty {
                    part.captions += lines.flatMap(passages)
                } else {
                    part.body += lines
                }
                lines = []
                part.body.append(row)
            }
        }
        if !part.body.isEmpty { parts.append(part) }
        for row in lines { grid.cells(in: row).forEach(left) }
        return parts
    }

    private func passages(_ row: Int) -> [Passage] {
        grid.cells(in: row).map { grid.cells[$0].passage }.filter { !$0.scalars.isEmpty }
    }

    /// Whether a row has the heads of the part once more, as on a page that goes on with a table.
    private func repeats(_ row: Int, _ part: TablePart) -> Bool {
        part.heads.contains { head in
            (0..<max(grid.width(of: row), grid.width(of: head))).allSatisfy {
                grid.cell(row, $0)?.passage.scalars ?? [] == grid.cell(head, $0)?.passage.scalars ?? []
            }
        }
    }

    private func kind(of row: Int) -> Row {
        let cells = grid.cells(in: row).filter { contents[$0] != .empty }
        guard let first = cells.first else { return .blank }
        if cells.count == 1 {
            switch contents[first] {
            case .number where grid.cells[first].columns.lowerBound > 0: return .figures
            case .text, .number, .missing, .structure:
                return isNote(grid.cells[first].passage.scalars) ? .note : .line(first)
            case .empty: return .blank
            }
        }
        if isNote(grid.cells[first].passage.scalars), cells.count <= 2 { return .note }
        if isNumbering(cells) { return .numbering }
        let rest = cells.dropFirst(grid.cells[first].columns.lowerBound == 0 ? 1 : 0)
        var (figures, years, missing, texts) = (0, 0, 0, 0)
        for cell in rest {
            switch contents[cell] {
            case .number(let number): if isYear(number) { years += 1 } else { figures += 1 }
            case .structure: figures += 1
            case .missing: missing += 1
            case .text: texts += 1
            case .empty: break
            }
        }
        let heads = cells.count { grid.cells[$0].isHead }
        if figures > 0 { return heads == cells.count && texts > figures ? .texts : .figures }
        // 2019 2020 2021 beside each other are heads, unless they stand under heads already.
        if years > 1 || years > 0 && texts == 0 && missing == 0 { return years >= texts ? .texts : .figures }
        if years > 0 { return texts > 0 ? .texts : .figures }
        if missing > 0, texts <= missing + 1 { return .figures }
        if cells.count == 2, isTitleBeside(cells, row) { return .line(first) }
        return .texts
    }

    private func isYear(_ number: CellReader.Number) -> Bool {
        guard !number.isAmount, !number.isNegative, number.unit == nil, number.digits == 4,
            let year = number.value.whole
        else { return false }
        return (1949...2060).contains(year)
    }

    /// 表二十五 beside 单位：万元, or a title in two cells: no heads.
    private func isTitleBeside(_ cells: [Int], _ row: Int) -> Bool {
        let passages = cells.map { grid.cells[$0].passage.scalars }
        if passages.contains(where: { words.unitLabel($0) != nil }) { return true }
        let covered = cells.reduce(0) { $0 + grid.cells[$1].columns.count }
        return grid.columnCount > 3 && covered == grid.columnCount
            && cells.contains { grid.cells[$0].columns.count > 3 }
            && !words.isWhole(HeadReader.folded(passages[0]), .corner)
    }

    /// A B C=A+B and 1 2 3: what numbers the columns.
    private func isNumbering(_ cells: [Int]) -> Bool {
        let first = HeadReader.folded(grid.cells[cells[0]].passage.scalars)
        if words.isWhole(first, .formula) { return true }
        let rest = cells.dropFirst(contents[cells[0]] == .text ? 1 : 0)
        guard rest.count >= 2 else { return false }
        var next: Int?
        var letters = 0
        for cell in rest {
            let s = HeadReader.folded(grid.cells[cell].passage.scalars)
            if case .number(let number) = contents[cell], !number.isAmount, let value = number.value.whole, value < 60 {
                if let next, value != next { return false }
                next = value + 1
            } else if s.count <= 12, let start = s.first, Glyph.isLetter(start) || Glyph.isDigit(start),
                s.allSatisfy({
                    Glyph.isLetter($0) || Glyph.isDigit($0)
                        || [0x3D, 0x2B, 0x2D, 0x2F, 0x28, 0x29, 0x25, 0xD7].contains($0)
                }),
                s.count == 1 || s.contains(0x3D)
            {
                letters += 1
                next = next.map { $0 + 1 }
            } else {
                return false
            }
        }
        return letters > 0 || cells.count > rest.count && rest.count >= 3 && next == rest.count + 1
    }

    private func isNote(_ cell: [UInt32]) -> Bool {
        let s = HeadReader.folded(cell)
        let word = words.begins(s, at: 0, .note)
        if word > 0, word < s.count {
            if s[word - 1] == 0x3A || s[word] == 0x3A { return true }
            if Glyph.isDigit(s[word]) || s[word] == 0x28 { return true }
        }
        return s.count > 60 || s.last == 0x3002 && s.count > 20
    }
}
