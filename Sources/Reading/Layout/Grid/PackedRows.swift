/// Puts right the rows of tables that programs took from pages: what covered several rows or columns is printed once,
/// the cells beside it move to the left, and what is missing is added at the end of the row.
struct PackedRows {
    /// A cell with its spans.
    struct Cell {
        var passage: Passage
        var columns = 1
        var rows = 1
    }

    private let lexicon: Lexicon

    private static let empty = Passage(scalars: [], origin: [])

    /// The rows with their cells where they belong.
    static func restored(_ rows: [[Passage]], _ lexicon: Lexicon) -> [[Cell]] {
        let reader = PackedRows(lexicon: lexicon)
        let rows = reader.shifted(reader.withoutGloss(rows))
        return reader.spanned(rows) ?? rows.map { $0.map { Cell(passage: $0) } }
    }

    private func filled(_ row: [Passage]) -> Int { (row.lastIndex { !$0.scalars.isEmpty } ?? -1) + 1 }

    private func content(_ cell: Passage) -> CellReader.Content { CellReader.read(cell.scalars, lexicon) }

    /// Whether a cell is a figure: a number, but no year.
    private func isFigure(_ cell: Passage) -> Bool {
        switch content(cell) {
        case .number: !TextGrids.isYear(cell.scalars, cell.scalars.indices)
        case .structure: true
        default: false
        }
    }

    /// The first row of figures.
    private func body(_ rows: [[Passage]]) -> Int? {
        rows.firstIndex { row in row.dropFirst().contains(where: isFigure) }
    }

    // MARK: Glosses

    /// Without the cells that only say in another language what those beside them do, where rows have lost cells.
    private func withoutGloss(_ rows: [[Passage]]) -> [[Passage]] {
        let glosses = rows.count { row in row.contains(where: isGloss) }
        guard glosses * 2 > rows.count else { return rows }
        let kept = rows.map { row in
            row.reduce(into: [Passage]()) { cells, cell in
                if isGloss(cell) { return }
                // （所） beside the name that it is the unit of.
                if let last = cells.last, !last.scalars.isEmpty, isBracket(cell), content(last) == .text {
                    cells[cells.count - 1] = Passage(
                        scalars: last.scalars + cell.scalars, origin: last.origin + cell.origin)
                } else {
                    cells.append(cell)
                }
            }
        }
        let widths = Set(kept.filter { row in row.contains(where: isFigure) }.map(filled))
        return widths.count == 1 ? kept.map { Array($0.prefix(max(filled($0), widths.first ?? 0))) } : rows
    }

    private func isGloss(_ cell: Passage) -> Bool {
        let s = cell.scalars
        return AlignedColumns.native(s, s.indices) == nil
    }

    private func isBracket(_ cell: Passage) -> Bool {
        guard let first = cell.scalars.first, let last = cell.scalars.last, cell.scalars.count <= 12 else {
            return false
        }
        return (first == 0x28 || first == 0xFF08) && (last == 0x29 || last == 0xFF09)
    }

    // MARK: Numbers of rows

    /// Heads that begin one column too far to the left, since the numbers of the rows have none.
    private func shifted(_ rows: [[Passage]]) -> [[Passage]] {
        guard let body = body(rows), body == 1, rows.count > 2, let head = rows.first, head.count > 2 else {
            return rows
        }
        let width = filled(head)
        let below = rows[1...].filter { filled($0) > 1 }
        guard width < head.count || below.allSatisfy({ filled($0) == width + 1 }) else { return rows }
        let isLonger = below.allSatisfy { row in
            guard filled(row) == width + 1, case .number(let number) = content(row[0]), number.digits <= 3,
                !number.isAmount
            else { return false }
            return row[1].scalars.contains(where: Glyph.isHan) && !isFigure(row[1])
        }
        guard isLonger else { return rows }
        var rows = rows
        rows[0] = [Self.empty] + head.prefix(width)
        return rows
    }

    // MARK: Spans

    /// Rows of heads whose lower ones lost what is above them; nil where none did.
    private func spanned(_ rows: [[Passage]]) -> [[Cell]]? {
        guard let body = body(rows), body >= 2 else { return nil }
        let width = rows[body...].map(filled).max() ?? 0
        // The titles stand above the first row of several heads.
        guard let top = rows[..<body].firstIndex(where: { filled($0) >= 2 }), top + 1 < body else { return nil }
        let upper = Array(rows[top].prefix(filled(rows[top])))
        let lower = rows[(top + 1)..<body].map { Array($0.prefix(filled($0))) }
        guard upper.count < width, let parts = lower.first?.count, parts >= 2, parts < width,
            lower.allSatisfy({ $0.count == parts }),
            (lower + [upper]).allSatisfy({ row in row.allSatisfy { !$0.scalars.isEmpty } }),
            let sizes = sizes(upper, lower[0], width)
        else { return nil }
        var all: [[Cell]] = rows[..<top].map { row in
            [Cell(passage: row.first ?? Self.empty, columns: width)]
        }
        var heads = [[Cell]](repeating: [], count: lower.count + 1)
        var next = 0
        for (head, size) in zip(upper, sizes) {
            if size.parts == 0 {
                heads[0].append(Cell(passage: head, rows: heads.count))
            } else {
                heads[0].append(Cell(passage: head, columns: size.parts + (size.hasTotal ? 1 : 0)))
                for (k, row) in lower.enumerated() {
                    if size.hasTotal { heads[k + 1].append(Cell(passage: Self.empty)) }
                    heads[k + 1] += row[next..<(next + size.parts)].map { Cell(passage: $0) }
                }
                next += size.parts
            }
        }
        all += heads
        all += rows[body...].map { row in
            filled(row) == 1 ? [Cell(passage: row[0], columns: width)] : row.map { Cell(passage: $0) }
        }
        return all
    }

    private struct Size {
        var parts = 0
        var hasTotal = false
    }

    /// How many of the lower heads stand under each of the upper ones; nil where they cannot be told.
    private func sizes(_ upper: [Passage], _ lower: [Passage], _ width: Int) -> [Size]? {
        let groups = upper.count - (width - lower.count)
        var sizes = [Size](repeating: Size(), count: upper.count)
        // 地区生产总值 over its own column and those of its parts.
        if groups == 0, upper.count > 1 {
            sizes[1] = Size(parts: lower.count, hasTotal: true)
            return sizes
        }
        guard groups >= 1, groups < upper.count || groups == upper.count - 1 else { return nil }
        var from = upper.count - groups
        // Several of a kind stand side by side.
        for start in 1..<max(2, upper.count) where start + groups <= upper.count && groups > 1 {
            let kinds = Set(upper[start..<(start + groups)].map { kind($0) })
            if kinds.count == 1 {
                from = start
                break
            }
        }
        let each = lower.count / groups
        for k in 0..<groups {
            sizes[from + k].parts =
                lower.count % groups == 0 ? each : k + 1 < groups ? 1 : lower.count - (groups - 1)
        }
        return sizes
    }

    /// Years are of one kind, and words of the same length.
    private func kind(_ cell: Passage) -> Int {
        let s = cell.scalars.filter { !Glyph.isBlank($0) }
        return TextGrids.isYear(s, s.indices) ? 0 : s.count
    }
}
