import BulletinModel

/// Finds the blocks of an HTML document: what a reader sees, without navigation and the like.
struct HtmlLayout {
    private let s: [UInt32]
    private let base: Int
    private let lexicon: Lexicon
    private var blocks: [Block] = []
    private var scalars: [UInt32] = []
    private var origin: [Int] = []
    private var heading: Int?
    private var tables: [Open] = []
    /// Where superscripts and subscripts that are open began.
    private var scripts: [(isSuper: Bool, start: Int)] = []
    /// How many elements of bold type are open, and how much of the passage they hold.
    private var bold = (open: 0, scalars: 0)
    /// Whether each block is set in bold type as a whole.
    private var strong: [Bool] = []

    /// A table while its rows come in.
    private struct Open {
        var grid = GridBuilder()
        /// Its cells, in case it only lays a page out.
        var cells: [Passage] = []
        var row = false
        var cell = false
        var span = (columns: 1, rows: 1)
        var isHead = false
        var hasInner = false
        /// How many cells hold a number, and how many more than a table's.
        var numbers = 0
        var long = 0
    }

    private static let breaks: Set<String> = [
        "p", "div", "li", "ul", "ol", "br", "section", "article", "blockquote", "dd", "dt", "dl", "center", "hr", "tr",
        "table", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "title", "body", "main", "caption", "thead", "tbody",
        "ucapcontent", "form", "fieldset", "pre",
    ]
    private static let spanMark = Scalars.of("colspan=")
    private static let rowsMark = Scalars.of("rowspan=")
    private static let widest = 120

    /// The blocks of `text`, whose first scalar has the offset `base` in the decoded text: what a reader sees, without
    /// menus, lists of links and imprints.
    static func blocks(_ text: [UInt32], base: Int, _ lexicon: Lexicon) -> [Block] {
        read(text, base: base, lexicon).blocks
    }

    /// The same, and beside them the passages that stand around the text and were left out.
    static func read(_ text: [UInt32], base: Int, _ lexicon: Lexicon) -> (blocks: [Block], left: [Passage]) {
        let parts = parts(text, base: base, lexicon)
        return (
            parts.filter { !$0.isAround }.map(\.block), parts.filter(\.isAround).flatMap { passages(of: $0.block) }
        )
    }

    /// The blocks of a page as an outline has them, and what it says of itself.
    static func page(_ text: [UInt32], _ lexicon: Lexicon) -> (blocks: [PageBlock], metadata: PageMetadata) {
        let blocks = parts(text, base: 0, lexicon).flatMap { part -> [PageBlock] in
            switch part.block {
            case .heading(let passage, let level):
                [PageBlock(passage: passage, level: level, isStrong: part.isStrong, isAround: part.isAround)]
            case .paragraph(let passage), .item(let passage), .caption(let passage):
                [PageBlock(passage: passage, level: 0, isStrong: part.isStrong, isAround: part.isAround)]
            case .table(let table):
                rows(of: table).map {
                    PageBlock(passage: row($0), level: 0, isStrong: false, isRow: true, isAround: part.isAround)
                }
            }
        }
        return (blocks, PageMetadata.read(text))
    }

    private struct Part {
        let block: Block
        let isStrong: Bool
        let isAround: Bool
    }

    /// All that a reader sees, in the order of the source.
    private static func parts(_ text: [UInt32], base: Int, _ lexicon: Lexicon) -> [Part] {
        let tree = HtmlTree(text)
        let furniture = HtmlFurniture(tree)
        func parts(around: Bool) -> [Part] {
            var layout = HtmlLayout(s: text, base: base, lexicon)
            layout.walk(tree, furniture, around: around)
            return zip(layout.blocks, layout.strong).map { block, isStrong in
                let isImprint = passages(of: block).first.map { HtmlFurniture.isImprint($0.scalars, lexicon) } ?? false
                return Part(block: block, isStrong: isStrong, isAround: around || isImprint)
            }
        }
        let read = parts(around: false)
        let left = parts(around: true)
        guard !left.isEmpty else { return read }
        func place(_ part: Part) -> Int {
            passages(of: part.block).lazy.compactMap(\.origin.first).first ?? 0
        }
        return (read + left).map { (place($0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// Goes through what a reader sees: the text, or what stands around it.
    private mutating func walk(_ tree: HtmlTree, _ furniture: HtmlFurniture, around: Bool) {
        func isRead(_ i: Int) -> Bool { !tree.elements[i].isUnseen && furniture.isAround[i] == around }
        for event in tree.events {
            switch event {
            case .open(let i):
                if isRead(i) {
                    open(tree.elements[i].name, tree.elements[i].tag)
                } else if Self.breaks.contains(tree.elements[i].name) {
                    if isInCell { appendBlank() } else { flush() }
                }
            case .close(let i): if isRead(i) { close(tree.elements[i].name) }
            case .text(let range, let parent): if isRead(parent) { append(range) }
            case .void(let name, let parent): if isRead(parent) { open(name, 0..<0) }
            }
        }
        flush()
        while !tables.isEmpty { closeTable() }
        addStrong()
    }

    private static func passages(of block: Block) -> [Passage] {
        switch block {
        case .heading(let passage, _), .paragraph(let passage), .item(let passage), .caption(let passage): [passage]
        case .table(let table): rows(of: table).flatMap { $0 }.filter { !$0.scalars.isEmpty }
        }
    }

    private static func rows(of grid: Grid) -> [[Passage]] {
        (0..<grid.rowCount).map { row in grid.cells(in: row).map { grid.cells[$0].passage } }.filter { !$0.isEmpty }
    }

    /// The cells of a row in one line, a blank between.
    private static func row(_ cells: [Passage]) -> Passage {
        var (scalars, origin): ([UInt32], [Int]) = ([], [])
        for cell in cells where !cell.scalars.isEmpty && cell.origin[0] > origin.last ?? -1 {
            if let last = origin.last {
                scalars.append(0x20)
                origin.append(last)
            }
            scalars += cell.scalars
            origin += cell.origin
        }
        return Passage(scalars: scalars, origin: origin)
    }

    /// Where the tags begin that open right before a place in the source.
    static func beginningOfTags(_ s: [UInt32], before place: Int) -> Int {
        var start = place
        var i = place
        while i > 0 {
            if Glyph.isBlank(s[i - 1]) || s[i - 1] == 10 {
                i -= 1
                continue
            }
            guard s[i - 1] == 0x3E else { break }
            var j = i - 1
            while j > 0, i - j < 400, s[j] != 0x3C { j -= 1 }
            guard s[j] == 0x3C, j + 1 < s.count, Glyph.isLetter(s[j + 1]) else { break }
            (i, start) = (j, j)
        }
        return start
    }

    private init(s: [UInt32], base: Int, _ lexicon: Lexicon) {
        self.lexicon = lexicon
        self.s = s
        self.base = base
    }

    private mutating func open(_ name: String, _ range: Range<Int>) {
        switch name {
        case "sup", "sub": scripts.append((name == "sup", scalars.count))
        case "b", "strong": bold.open += 1
        default: break
        }
        guard Self.breaks.contains(name) else { return }
        switch name {
        case "table":
            flush()
            if !tables.isEmpty { tables[tables.count - 1].hasInner = true }
            // Tables within tables lay pages out; a handful is enough to tell.
            if tables.count < 16 { tables.append(Open()) }
        case "tr" where !tables.isEmpty:
            closeRow()
            tables[tables.count - 1].row = true
            tables[tables.count - 1].grid.beginRow()
        case "td", "th":
            guard !tables.isEmpty else { return flush() }
            closeCell()
            tables[tables.count - 1].row = true
            tables[tables.count - 1].cell = true
            tables[tables.count - 1].span = (count(Self.spanMark, range), count(Self.rowsMark, range))
            tables[tables.count - 1].isHead = name == "th"
        case "h1", "h2", "h3", "h4", "h5", "h6":
            flush()
            heading = Int(name.dropFirst())
        default:
            // Lines inside a cell are one cell.
            if isInCell { appendBlank() } else { flush() }
        }
    }

    private mutating func close(_ name: String) {
        switch name {
        case "sup", "sub": closeScript()
        case "b", "strong": bold.open -= 1
        default: break
        }
        guard Self.breaks.contains(name) else { return }
        switch name {
        case "table":
            if !tables.isEmpty { closeTable() } else { flush() }
        case "tr": if !tables.isEmpty { closeRow() } else { flush() }
        case "td", "th": if !tables.isEmpty { closeCell() } else { flush() }
        default: if isInCell { appendBlank() } else { flush() }
        }
    }

    private var isInCell: Bool {
        let last = tables.count - 1
        return last >= 0 && tables[last].row && !tables[last].hasInner
    }

    // MARK: Text

    private mutating func append(_ range: Range<Int>) {
        var i = range.lowerBound
        while i < range.upperBound {
            var value = HtmlEntity.Value(first: s[i], second: 0)
            let place = i
            i += 1
            if value.first == 0x26, let found = HtmlEntity.read(s, at: place, end: range.upperBound) {
                (value, i) = (found.value, found.end)
            }
            append(value.first, at: place)
            if value.second != 0 { append(value.second, at: place + 1) }
        }
    }

    private mutating func append(_ c: UInt32, at place: Int) {
        // Blanks of every width are folded to one, so none of them can begin a passage.
        let folded = Layout.folded(c)
        if folded <= 0x20 {
            // Marks without a width stand inside numbers and words.
            if folded != 0 { appendBlank(at: place) }
        } else {
            scalars.append(folded)
            origin.append(base + place)
            if bold.open > 0 { bold.scalars += 1 }
        }
    }

    /// A superscript is a unit's power, or the mark of a note, and no digit of the number before it.
    private mutating func closeScript() {
        guard let (isSuper, start) = scripts.popLast(), start <= scalars.count else { return }
        let text = scalars[start...].filter { $0 != 0x20 }
        guard let read = HtmlScript.read(text, behind: scalars[..<start], isSuper: isSuper) else {
            scalars.removeLast(scalars.count - start)
            origin.removeLast(origin.count - start)
            return
        }
        guard read.count == scalars.count - start else { return }
        scalars.replaceSubrange(start..., with: read)
    }

    /// One blank between words, none at the beginning.
    private mutating func appendBlank(at i: Int? = nil) {
        guard let last = scalars.last, last != 0x20, let place = i.map({ base + $0 }) ?? origin.last.map({ $0 + 1 }),
            place > origin[origin.count - 1]
        else { return }
        scalars.append(0x20)
        origin.append(place)
    }

    /// What has come in as a passage; blanks between Han characters are of the source's lines.
    private mutating func passage() -> Passage {
        var (kept, places): ([UInt32], [Int]) = ([], [])
        for k in scalars.indices {
            if scalars[k] == 0x20 {
                let isLast = k + 1 == scalars.count
                if isLast
                    || (!Glyph.isLetter(scalars[k - 1]) && !Glyph.isLetter(scalars[k + 1])
                        && !(Glyph.isDigit(scalars[k - 1]) && Glyph.isDigit(scalars[k + 1])))
                {
                    continue
                }
            }
            kept.append(scalars[k])
            places.append(origin[k])
        }
        scalars.removeAll(keepingCapacity: true)
        origin.removeAll(keepingCapacity: true)
        return DigitSpacing.joined(Passage(scalars: kept, origin: places))
    }

    private mutating func flush() {
        addStrong()
        defer { heading = nil }
        let isStrong = bold.scalars > 0 && bold.scalars >= scalars.count { $0 > 0x20 }
        bold.scalars = 0
        scripts = scripts.map { ($0.isSuper, 0) }
        let passage = passage()
        guard !passage.scalars.isEmpty else { return }
        if let heading {
            blocks.append(.heading(passage, level: heading))
        } else if case .paragraph(let before)? = blocks.last, let joined = SplitFigure.joined(before, passage, lexicon)
        {
            blocks[blocks.count - 1] = .paragraph(joined)
            joinName()
            return
        } else {
            blocks.append(Layout.block(of: passage, lexicon))
        }
        strong.append(isStrong)
    }

    /// The name over a figure that was put together belongs to it.
    private mutating func joinName() {
        guard blocks.count >= 2, case .paragraph(let name) = blocks[blocks.count - 2],
            case .paragraph(let figure) = blocks[blocks.count - 1], SplitFigure.isName(name)
        else { return }
        blocks.removeLast(2)
        strong.removeLast(2)
        blocks.append(
            .paragraph(Passage(scalars: name.scalars + figure.scalars, origin: name.origin + figure.origin)))
        strong.append(false)
    }

    /// Blocks that came in otherwise than as passages are not bold.
    private mutating func addStrong() {
        while strong.count < blocks.count { strong.append(false) }
    }

    // MARK: Tables

    private mutating func closeCell() {
        let last = tables.count - 1
        guard last >= 0, tables[last].row else { return flush() }
        guard !tables[last].hasInner else { return flush() }
        if !scalars.isEmpty || tables[last].cell {
            let cell = passage()
            let (span, isHead) = (tables[last].span, tables[last].isHead)
            tables[last].grid.add(cell, columns: span.columns, rows: span.rows, isHead: isHead)
            if !cell.scalars.isEmpty { tables[last].cells.append(cell) }
            if cell.scalars.count > Self.widest {
                tables[last].long += 1
            } else if cell.scalars.contains(where: Glyph.isDigit),
                TextGrids.isNumber(cell.scalars, cell.scalars.indices, lexicon)
            {
                tables[last].numbers += 1
            }
        }
        tables[last].cell = false
        tables[last].isHead = false
        tables[last].span = (1, 1)
    }

    private mutating func closeRow() {
        if !scalars.isEmpty || tables.last?.cell == true { closeCell() }
        guard !tables.isEmpty, tables[tables.count - 1].row else { return }
        tables[tables.count - 1].grid.endRow()
        tables[tables.count - 1].row = false
    }

    private mutating func closeTable() {
        closeRow()
        guard var table = tables.popLast() else { return }
        // A page's layout holds running text, a table of figures hardly any.
        let isData = !table.hasInner && table.numbers > 0 && table.long * 4 <= table.numbers + 2
        if isData, table.grid.rowCount >= 2, let grid = table.grid.grid(), grid.columnCount >= 2 {
            blocks.append(.table(grid))
        } else {
            for cell in table.cells { blocks.append(Layout.block(of: cell, lexicon)) }
        }
    }

    // MARK: Attributes

    private func count(_ name: [UInt32], _ range: Range<Int>) -> Int {
        guard range.count < 400 else { return 1 }
        let lower = s[range].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        guard let mark = find(name, in: lower) else { return 1 }
        var i = mark + name.count
        if i < lower.count, lower[i] == 0x22 || lower[i] == 0x27 { i += 1 }
        var value = 0
        while i < lower.count, Glyph.isDigit(lower[i]), value < 10_000 {
            value = value * 10 + Int(lower[i] - 0x30)
            i += 1
        }
        return max(1, value)
    }

    private func find(_ word: [UInt32], in text: [UInt32]) -> Int? {
        guard text.count >= word.count else { return nil }
        for i in 0...(text.count - word.count) where text[i] == word[0] {
            var k = 1
            while k < word.count, text[i + k] == word[k] { k += 1 }
            if k == word.count { return i }
        }
        return nil
    }
}
