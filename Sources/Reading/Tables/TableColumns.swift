/// The columns of a part of a table: what names its rows, what tells their units, what holds figures.
struct TableColumns {
    /// A column of figures.
    struct Column {
        let index: Int
        /// What its heads say, the outermost first.
        var path: [Head]
        /// The innermost head as printed.
        var leaf: Passage
        /// The name that its heads make.
        var name: [UInt32] = []
        var place: TablePlaces.Place?
        /// The times that its heads tell, the innermost first.
        var times: [HeadTime] = []
        /// Whether its figures are planned, where the heads say so.
        var isPlanned: Bool?
        /// The head that says what kind of figures they are.
        var kindHead: Head?
        /// The unit of the levels that its changes are of.
        var levelUnit: TableUnit?
    }

    /// Columns that stand beside the same names of rows; a table set in two halves has two.
    struct Panel {
        /// The columns that name the rows.
        var stubs: [Int] = []
        var unit: Int?
        var columns: [Column] = []
        /// What the head of the rows' names says.
        var corner: [Head] = []
    }

    private let grid: Grid
    private let contents: [CellReader.Content]
    private let lexicon: Lexicon
    private var words: HeadWords { lexicon.heads }
    private let part: TablePart

    init(_ grid: Grid, _ contents: [CellReader.Content], _ part: TablePart, _ lexicon: Lexicon) {
        self.grid = grid
        self.contents = contents
        self.part = part
        self.lexicon = lexicon
    }

    /// How many rows of a column are looked at to tell what it holds.
    private static let sample = 400

    private struct Counts {
        var numbers = 0
        var years = 0
        var texts = 0
        var units = 0
        var missing = 0
        /// Whole numbers that count up by one.
        var isCounting = true
        var last: Int?
    }

    /// The panels, from the left.
    func read() -> [Panel] {
        var heads: [Int: Head] = [:]
        let body = part.body.count > Self.sample ? Array(part.body.prefix(Self.sample)) : part.body
        var panels: [Panel] = []
        var panel = Panel()
        for index in 0..<grid.columnCount {
            let cells = path(of: index)
            let path = cells.map { cell in
                if let known = heads[cell] { return known }
                let head = HeadReader.read(grid.cells[cell].passage.scalars, lexicon)
                heads[cell] = head
                return head
            }
            let counts = count(index, body)
            let leaf = path.last ?? Head()
            if path.contains(where: \.isRemark) || leaf.isFormula { continue }
            let isUnit =
                leaf.isUnit && !leaf.isCorner && counts.units * 2 >= counts.texts
                || counts.units > 0 && counts.units >= counts.texts && counts.numbers == 0
            if isUnit, counts.numbers == 0 {
                panel.unit = index
                continue
            }
            if leaf.isOrdinal, counts.numbers >= counts.texts { continue }
            let isCorner = path.contains(where: \.isCorner)
            let filled = counts.numbers + counts.texts
            let isName: Bool
            if panel.columns.isEmpty {
                let isNumbers = counts.numbers > 0 && counts.numbers >= counts.texts
                if isNumbers, panel.stubs.isEmpty {
                    // Years name rows, and 1 2 3 in front of names only count them.
                    if counts.years == counts.numbers, counts.texts == 0, counts.years > 0 || isCorner {
                        isName = true
                    } else if counts.isCounting, counts.numbers > 1, grid.columnCount > 2,
                        !isCorner || leaf.text.isEmpty,
                        isNamed(index + 1, body)
                    {
                        continue
                    } else {
                        isName = isCorner && counts.texts > 0
                    }
                } else {
                    isName = !isNumbers && filled > 0 || isNumbers && counts.years == counts.numbers && isCorner
                }
            } else {
                isName =
                    counts.texts > counts.numbers && (isCorner || counts.numbers == 0 && counts.texts * 2 > body.count)
            }
            if isName {
                if !panel.columns.isEmpty {
                    panels.append(panel)
                    panel = Panel()
                }
                panel.stubs.append(index)
                panel.corner += path
            } else if filled + counts.missing > 0 {
                let passage = cells.last.map { grid.cells[$0].passage } ?? Passage(scalars: [], origin: [])
                panel.columns.append(Column(index: index, path: path, leaf: passage))
            }
        }
        if !panel.columns.isEmpty { panels.append(panel) }
        return panels
    }

    /// Gives what a column leaves out: what a change, share or rank is of, and of when, is told by the column of levels
    /// to its left; of several years it is the last one.
    static func complete(_ columns: inout [Column]) {
        var levels: [Int] = []
        for i in columns.indices {
            let column = columns[i]
            guard let kind = column.kindHead?.kind, kind != .index else {
                // A new measure begins; years and plans of the same one stand side by side.
                if let last = levels.last, columns[last].name != column.name || columns[last].kindHead != nil {
                    levels = []
                }
                if i > 0, columns[i - 1].kindHead != nil { levels = levels.filter { columns[$0].name == column.name } }
                // 上年同期 beside 1—5月: the same months.
                if let last = levels.last, isBefore(column), !column.times.contains(where: { $0.part != nil }),
                    let part = columns[last].times.lazy.compactMap(\.part).first
                {
                    var time = HeadTime()
                    time.part = part
                    columns[i].times.append(time)
                }
                levels.append(i)
                continue
            }
            let group = column.path.dropLast().last
            var beside = levels.filter { group == nil || columns[$0].path.dropLast().last == group }
            guard !beside.isEmpty else { continue }
            let own = beside.filter { !isBefore(columns[$0]) }
            if !own.isEmpty { beside = own }
            func year(_ k: Int) -> Int { columns[k].times.compactMap { $0.lastYear ?? $0.year }.first ?? 0 }
            let latest = beside.map(year).max() ?? 0
            let last =
                beside.last { year($0) == latest && columns[$0].isPlanned != true }
                ?? beside.last { year($0) == latest }
            guard let last else { continue }
            columns[i].levelUnit = columns[last].path.reversed().first { !$0.units.isEmpty }?.units.first
            if column.name.isEmpty { columns[i].name = columns[last].name }
            if column.times.isEmpty { columns[i].times = columns[last].times }
            if column.isPlanned == nil, kind != .completion { columns[i].isPlanned = columns[last].isPlanned }
            if column.place == nil { columns[i].place = columns[last].place }
        }
    }

    /// Whether a column is of the year before: 上年同期.
    private static func isBefore(_ column: Column) -> Bool { column.times.contains { ($0.offset ?? 0) < 0 } }

    /// Whether a column holds the names of rows.
    private func isNamed(_ index: Int, _ body: [Int]) -> Bool {
        guard index < grid.columnCount else { return false }
        let counts = count(index, body)
        return counts.texts > counts.numbers && counts.units < counts.texts
    }

    private func count(_ index: Int, _ body: [Int]) -> Counts {
        var counts = Counts()
        for row in body {
            guard let cell = grid.index(row, index) else { continue }
            switch contents[cell] {
            case .empty: continue
            case .missing: counts.missing += 1
            case .structure: counts.numbers += 1
            case .text:
                counts.texts += 1
                if TableUnit.cell(grid.cells[cell].passage.scalars, lexicon) != nil { counts.units += 1 }
            case .number(let number):
                counts.numbers += 1
                let value = number.isAmount || number.unit != nil ? nil : number.value.whole
                if let value, number.digits == 4, (1949...2060).contains(value) { counts.years += 1 }
                if let value, counts.last.map({ value == $0 + 1 || value == $0 }) ?? (value <= 1) {
                    counts.last = value
                } else {
                    counts.isCounting = false
                }
            }
        }
        return counts
    }

    /// The cells that head a column, the outermost first, each once.
    private func path(of index: Int) -> [Int] {
        var path: [Int] = []
        for (level, row) in part.heads.enumerated() {
            var cell = grid.index(row, index).flatMap { contents[$0] == .empty ? nil : $0 }
            if cell == nil { cell = grid.hasSpans ? beside(row, index, level) : open(row, index, level) }
            guard let cell, path.last != cell else { continue }
            // The same words once more say nothing new.
            if let last = path.last, grid.cells[last].passage.scalars == grid.cells[cell].passage.scalars { continue }
            path.append(cell)
        }
        return path
    }

    /// The head to the left that reaches down to the figures, beside a cell left empty over what is among them:
    /// 投资额 and, lower, 住宅.
    private func beside(_ row: Int, _ index: Int, _ level: Int) -> Int? {
        guard level + 1 < part.heads.count, index > 0, let own = grid.index(row, index), contents[own] == .empty,
            let left = grid.index(row, index - 1), contents[left] != .empty, left != own,
            grid.cells[left].rows.count >= part.heads.count, grid.cells[left].columns.count == 1,
            part.heads[(level + 1)...].contains(where: { filled($0, index) }),
            !words.isWhole(HeadReader.folded(grid.cells[left].passage.scalars), .corner)
        else { return nil }
        return left
    }

    /// The head to the left whose cells to its right were left empty: it stands over them, too, where heads of their
    /// own follow below.
    private func open(_ row: Int, _ index: Int, _ level: Int) -> Int? {
        guard level + 1 < part.heads.count else { return nil }
        let below = part.heads[(level + 1)...]
        guard below.contains(where: { row in filled(row, index) }) else { return nil }
        var left = index - 1
        while left >= 0 {
            if let cell = grid.index(row, left), contents[cell] != .empty {
                // Names of rows do not head figures.
                let head = HeadReader.folded(grid.cells[cell].passage.scalars)
                return left == 0 && words.isWhole(head, .corner) ? nil : cell
            }
            left -= 1
        }
        return nil
    }

    private func filled(_ row: Int, _ index: Int) -> Bool {
        grid.index(row, index).map { contents[$0] != .empty } ?? false
    }
}
