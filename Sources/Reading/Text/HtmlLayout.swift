import BulletinModel

/// Finds the blocks of an HTML document: what a reader sees, without navigation and the like.
struct HtmlLayout {
    private let s: [UInt32]
    private let base: Int
    private var blocks: [Block] = []
    private var scalars: [UInt32] = []
    private var origin: [Int] = []
    private var heading: Int?
    private var tables: [Grid] = []
    /// The element being left out and how many of its name are open inside it.
    private var dropped: (name: String, depth: Int)?

    /// A table while its rows come in.
    private struct Grid {
        var rows: [[Passage]] = []
        var row: [Passage]?
        var span = 1
        var headRows = 0
        var isHead = false
        var hasInner = false
    }

    private static let breaks: Set<String> = [
        "p", "div", "li", "ul", "ol", "br", "section", "article", "blockquote", "dd", "dt", "dl", "center", "hr", "tr",
        "table", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "title", "body", "main", "caption", "thead", "tbody",
        "ucapcontent", "form", "fieldset", "pre",
    ]
    private static let furniture: Set<String> = [
        "nav", "header", "footer", "aside", "title", "select", "button", "option", "label", "head",
    ]
    private static let furnitureWords = [
        "nav", "menu", "foot", "breadcrumb", "crumb", "copyright", "sidebar", "share", "toolbar", "position", "login",
    ].map(Scalars.of)
    private static let classMark = Scalars.of("class=")
    private static let idMark = Scalars.of("id=")
    private static let spanMark = Scalars.of("colspan=")
    private static let widest = 60

    /// The blocks of `text`, whose first scalar has the offset `base` in the decoded text.
    static func blocks(_ text: [UInt32], base: Int) -> [Block] {
        var layout = HtmlLayout(s: text, base: base)
        var tokenizer = HtmlTokenizer(text)
        while let token = tokenizer.next() { layout.take(token) }
        layout.flush()
        while !layout.tables.isEmpty { layout.closeTable() }
        return layout.blocks
    }

    /// The blocks of a page as an outline has them, and what it says of itself.
    static func page(_ text: [UInt32]) -> (blocks: [PageBlock], metadata: PageMetadata) {
        let blocks = blocks(text, base: 0).flatMap { block -> [PageBlock] in
            switch block {
            case .heading(let passage, let level):
                [PageBlock(passage: passage, level: level, isStrong: false, isAround: false)]
            case .paragraph(let passage), .item(let passage), .caption(let passage):
                [PageBlock(passage: passage, level: 0, isStrong: false, isAround: false)]
            case .table(let table):
                table.rows.map { PageBlock(passage: row($0), level: 0, isStrong: false, isRow: true, isAround: false) }
            }
        }
        return (blocks, PageMetadata.read(text))
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

    private init(s: [UInt32], base: Int) {
        self.s = s
        self.base = base
    }

    private mutating func take(_ token: HtmlTokenizer.Token) {
        if let (name, depth) = dropped {
            switch token {
            case .open(name, _, false): dropped = (name, depth + 1)
            case .close(name): dropped = depth > 1 ? (name, depth - 1) : nil
            default: break
            }
            return
        }
        switch token {
        case .text(let range): append(range)
        case .open(let name, let range, let isClosed): open(name, range, isClosed)
        case .close(let name): close(name)
        }
    }

    private mutating func open(_ name: String, _ range: Range<Int>, _ isClosed: Bool) {
        if !isClosed,
            Self.furniture.contains(name) || (name == "div" || name == "ul" || name == "p") && isFurniture(range)
        {
            flush()
            dropped = (name, 1)
            return
        }
        guard Self.breaks.contains(name) else { return }
        switch name {
        case "table":
            flush()
            if !tables.isEmpty { tables[tables.count - 1].hasInner = true }
            // Tables within tables lay pages out; a handful is enough to tell.
            if tables.count < 16 { tables.append(Grid()) }
        case "tr" where !tables.isEmpty:
            closeRow()
            tables[tables.count - 1].row = []
        case "td", "th":
            guard !tables.isEmpty else { return flush() }
            closeCell()
            if tables[tables.count - 1].row == nil { tables[tables.count - 1].row = [] }
            tables[tables.count - 1].span = columns(range)
            if name == "th" { tables[tables.count - 1].isHead = true }
        case "h1", "h2", "h3", "h4", "h5", "h6":
            flush()
            heading = Int(name.dropFirst())
        default:
            // Lines inside a cell are one cell.
            if isInCell { appendBlank() } else { flush() }
        }
    }

    private mutating func close(_ name: String) {
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
        guard let grid = tables.last else { return false }
        return grid.row != nil && !grid.hasInner
    }

    // MARK: Text

    private mutating func append(_ range: Range<Int>) {
        var i = range.lowerBound
        while i < range.upperBound {
            var c = s[i]
            var next = i + 1
            if c == 0x26, let (value, end) = HtmlEntity.read(s, at: i, end: range.upperBound) {
                (c, next) = (value, end)
            }
            // Blanks of every width are folded to one, so none of them can begin a passage.
            let folded = Layout.folded(c)
            if folded <= 0x20 {
                appendBlank(at: i)
            } else {
                scalars.append(folded)
                origin.append(base + i)
            }
            i = next
        }
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
        return Passage(scalars: kept, origin: places)
    }

    private mutating func flush() {
        defer { heading = nil }
        let passage = passage()
        guard !passage.scalars.isEmpty else { return }
        if let heading {
            blocks.append(.heading(passage, level: heading))
        } else {
            blocks.append(Layout.block(of: passage))
        }
    }

    // MARK: Tables

    private mutating func closeCell() {
        let last = tables.count - 1
        guard last >= 0, tables[last].row != nil else { return flush() }
        guard !tables[last].hasInner else { return flush() }
        if !scalars.isEmpty || tables[last].row?.isEmpty == false || tables[last].span > 1 {
            let cell = passage()
            for _ in 0..<tables[last].span { tables[last].row?.append(cell) }
        }
        tables[last].span = 1
    }

    private mutating func closeRow() {
        if !scalars.isEmpty { closeCell() }
        // In place: a copy of the table for each row would cost the square of a long one.
        let last = tables.count - 1
        guard last >= 0, let row = tables[last].row else { return }
        if !row.isEmpty {
            tables[last].rows.append(row)
            let count = tables[last].rows.count
            if tables[last].isHead, tables[last].headRows == count - 1 { tables[last].headRows = count }
        }
        tables[last].row = nil
        tables[last].isHead = false
    }

    private mutating func closeTable() {
        closeRow()
        guard let grid = tables.popLast() else { return }
        let isData =
            !grid.hasInner && grid.rows.count >= 2 && grid.rows.contains { $0.count >= 2 }
            && grid.rows.allSatisfy { $0.allSatisfy { $0.scalars.count <= Self.widest } }
        if isData {
            blocks.append(.table(Table(caption: nil, rows: grid.rows, headRows: max(1, grid.headRows))))
        } else {
            for cell in grid.rows.flatMap({ $0 }) where !cell.scalars.isEmpty { blocks.append(Layout.block(of: cell)) }
        }
    }

    // MARK: Attributes

    private func isFurniture(_ range: Range<Int>) -> Bool {
        guard range.count < 400 else { return false }
        let lower = s[range].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        guard let mark = find(Self.classMark, in: lower) ?? find(Self.idMark, in: lower) else {
            return false
        }
        let attribute = Array(lower[mark...].prefix(60))
        return Self.furnitureWords.contains { find($0, in: attribute) != nil }
    }

    private func columns(_ range: Range<Int>) -> Int {
        guard range.count < 400 else { return 1 }
        let lower = s[range].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        guard let mark = find(Self.spanMark, in: lower) else { return 1 }
        var i = mark + 8
        if i < lower.count, lower[i] == 0x22 || lower[i] == 0x27 { i += 1 }
        var value = 0
        while i < lower.count, Glyph.isDigit(lower[i]), value < 100 {
            value = value * 10 + Int(lower[i] - 0x30)
            i += 1
        }
        return min(max(1, value), 30)
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
