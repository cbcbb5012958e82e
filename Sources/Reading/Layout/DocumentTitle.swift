import BulletinModel

/// The title of a document: its first heading, what its page says, or its first lines.
struct DocumentTitle {
    let text: String
    let origin: Article.Origin
    /// The line of the outline that it is; nil where it is none.
    let line: Int?
    /// The publisher that stands behind the title in one line with it.
    var publisher: String?

    /// The longest title.
    static let longest = 80

    /// The title of a document; nil where none is printed.
    static func find(in outline: Outline, page: PageMetadata, form: Article.Form) -> DocumentTitle? {
        form == .html ? ofPage(outline, page) : ofText(outline)
    }

    // MARK: Text

    private static func ofText(_ outline: Outline) -> DocumentTitle? {
        let (s, lines, lexicon) = (outline.s, outline.lines, outline.lexicon)
        if let k = lines.firstIndex(where: { $0.level > 0 && !$0.isAround }) {
            return split(Scalars.string(s[lines[k].body]), line: k, lexicon)
        }
        var rest = 6
        for k in lines.indices.prefix(20) where rest > 0 {
            let body = lines[k].body
            if let original = originalTitle(s, body, lexicon) {
                return DocumentTitle(text: original, origin: .heading, line: k)
            }
            // The fields above a document may be many.
            if isField(s, body, lexicon) { continue }
            rest -= 1
            if isAround(s, body, lexicon) { continue }
            guard isTitle(s, body) else { return nil }
            var text = Scalars.string(s[body])
            // A title may take two lines.
            if k + 1 < lines.count, goesOn(s, body, lines[k + 1].body, lexicon) {
                text += Scalars.string(s[lines[k + 1].body].prefix { $0 != 0x2014 })
            }
            return split(text, line: k, lexicon)
        }
        return nil
    }

    /// What may stand above a title: the way through a site, file marks, numbers, days.
    private static func isAround(_ s: [UInt32], _ range: Range<Int>, _ lexicon: Lexicon) -> Bool {
        if s[range].contains(where: { $0 == 0x3E || $0 == 0xBB || $0 == 0x203A }), range.count <= 80 { return true }
        if lexicon[.markAbove].begins(s, at: range.lowerBound, end: range.upperBound) > 0, range.count <= 24 {
            return true
        }
        // 表 1-1
        if lexicon[.tableLabel].begins(s, at: range.lowerBound, end: range.upperBound) > 0, range.count <= 8,
            !s[range.dropFirst(2)].contains(where: Glyph.isHan)
        {
            return true
        }
        if MastheadDay.read(s, range, lexicon) != nil || DocumentNumber.read(s, range) != nil { return true }
        // 县财政局局长  王某
        if range.count <= 24, let post = lexicon[.post].last(s, in: range), post.at > range.lowerBound,
            post.at + post.length < range.upperBound, Glyph.isBlank(s[post.at + post.length])
        {
            return true
        }
        let word = lexicon[.meetingPaper].first(s, in: range)
        return word != nil && range.count <= 30
    }

    /// 索引号：… | 主题分类：…: a row of the fields that a site prints above a document.
    private static func isField(_ s: [UInt32], _ range: Range<Int>, _ lexicon: Lexicon) -> Bool {
        let places = Array(range.lazy.filter { !Glyph.isBlank(s[$0]) && s[$0] != 0x7C }.prefix(12))
        let compact = places.map { s[$0] }
        let label =
            [Cue.markAbove, .dayLabel, .laterLabel, .publisherLabel].map { lexicon[$0].begins(compact, at: 0) }.max()
            ?? 0
        guard label > 0, label < compact.count, case let last = places[label - 1] else { return false }
        let next = compact[label]
        if next == 0x3A || next == 0xFF1A { return true }
        // 附件 2023年决算表 is a title.
        let isApart = Glyph.isBlank(s[last + 1]) || s[last + 1] == 0x7C
        return label > 2 && (isApart || Glyph.isDigit(next) || Glyph.isLetter(next))
    }

    /// Whether a line can be a title: short, and no sentence, row or label.
    static func isTitle(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        guard (2...longest).contains(range.count), let first = range.first, let last = range.last else { return false }
        if s[last] == 0x3002 || s[last] == 0xFF1B || s[last] == 0xFF0C || s[last] == 0xFF1A || s[last] == 0x3A {
            return false
        }
        // 一、综合 heads a part.
        if Glyph.digit(s[first]) != nil || s[first] == 0x5341 || s[first] == 0xFF08 || s[first] == 0x28 {
            var i = first
            while i < range.upperBound,
                Glyph.digit(s[i]) != nil || s[i] == 0x5341 || s[i] == 0xFF08 || s[i] == 0x28 || s[i] == 0xFF09
                    || s[i] == 0x29
            {
                i += 1
            }
            if i < range.upperBound, s[i] == 0x3001 || i > first && closesNumber(s[i - 1]) { return false }
        }
        if s[first] == 0x7C || s[last] == 0x7C { return false }
        guard s[range].contains(where: { Glyph.isHan($0) || Glyph.isLetter($0) }) else { return false }
        // Several sentences are text.
        return !s[range].contains(0x3002) && s[range].count { Glyph.isComma($0) } <= 2
    }

    private static func closesNumber(_ c: UInt32) -> Bool { c == 0xFF09 || c == 0x29 }

    /// 关于…执行情况 and 和…草案的报告 on the next line.
    private static func goesOn(_ s: [UInt32], _ line: Range<Int>, _ next: Range<Int>, _ lexicon: Lexicon) -> Bool {
        guard next.count <= 60, isTitle(s, next) else { return false }
        // 草案的报告——2024年1月9日在…: the report's title ends before the dash.
        let dash = next.first { s[$0] == 0x2014 } ?? next.upperBound
        let next = next.lowerBound..<dash
        let joins = lexicon[.titleJoint].begins(s, at: next.lowerBound, end: next.upperBound) > 0
        let opens = lexicon[.titleOpening].begins(s, at: line.lowerBound, end: line.upperBound) > 0
        let isWhole = lexicon[.titleEnd].ends(s, before: line.upperBound, start: line.lowerBound) > 0
        return (joins || opens && !isWhole)
            && lexicon[.titleEnd].ends(s, before: next.upperBound, start: next.lowerBound) > 0
    }

    /// 原标题：甲 来源：乙
    private static func originalTitle(_ s: [UInt32], _ range: Range<Int>, _ lexicon: Lexicon) -> String? {
        // 标 题 : | 甲 |
        var from = range.lowerBound
        var front: [UInt32] = []
        while from < range.upperBound, front.count < 4, front.last != 0x3A, front.last != 0xFF1A {
            if !Glyph.isBlank(s[from]), s[from] != 0x7C { front.append(s[from]) }
            from += 1
        }
        guard lexicon[.titleLabel].begins(front, at: 0) == front.count, !front.isEmpty else { return nil }
        while from < range.upperBound, Glyph.isBlank(s[from]) || s[from] == 0x7C { from += 1 }
        let label = s[from..<range.upperBound].firstIndex(of: 0x7C) ?? range.upperBound
        let end = lexicon[.behindTitle].first(s, in: from..<label)?.at ?? label
        let title = s[from..<end].drop(while: Glyph.isBlank).reversed().drop(while: Glyph.isBlank).reversed()
        return title.count >= 2 ? Scalars.string(Array(title)) : nil
    }

    /// The title without the site's or publisher's name behind it.
    private static func split(_ text: String, line: Int?, _ lexicon: Lexicon) -> DocumentTitle {
        let (title, behind) = TitleTail.cut(TitleFront.cut(text, lexicon), lexicon)
        let tail = behind.map(Scalars.of)
        let isAuthority = tail.map { Publisher.isAuthority($0, $0.indices, lexicon) } ?? false
        return DocumentTitle(text: title, origin: .heading, line: line, publisher: isAuthority ? behind : nil)
    }

    // MARK: Pages

    /// The page's own heading; the site's `<title>` only where it has none.
    private static func ofPage(_ outline: Outline, _ page: PageMetadata) -> DocumentTitle? {
        let (s, lines, lexicon) = (outline.s, outline.lines, outline.lexicon)
        let named = page.title.map { Scalars.withPlainDigits(Scalars.of($0)) }
        let cut = page.pageTitle.map { TitleTail.cut(TitleFront.cut($0, lexicon), site: page.site, lexicon) }
        let short = cut.map { Scalars.withPlainDigits(Scalars.of($0.0)) }
        func line(of title: [UInt32]?) -> Int? {
            guard let title, title.count >= 4 else { return nil }
            return lines.firstIndex { s[$0.body].elementsEqual(title) }
                ?? lines.firstIndex {
                    // Blanks and line ends inside a title differ.
                    $0.body.count <= title.count + 12 && same(s[$0.body], title[...])
                }
        }
        if let page = page.title {
            let k = line(of: named)
            return DocumentTitle(text: page, origin: .metadata, line: k, publisher: publisher(cut?.1, lexicon))
        }
        if let k = line(of: short), let cut {
            return DocumentTitle(text: cut.0, origin: .heading, line: k, publisher: publisher(cut.1, lexicon))
        }
        if let cut, isDocument(Scalars.of(cut.0), lexicon) {
            return DocumentTitle(text: cut.0, origin: .metadata, line: nil, publisher: publisher(cut.1, lexicon))
        }
        for level in 1...2 {
            let heads = lines.indices.filter {
                lines[$0].level == level && !lines[$0].isAround && isTitle(s, lines[$0].body)
            }
            if let k = heads.first, level == 1 || heads.count == 1 {
                return DocumentTitle(text: Scalars.string(s[lines[k].body]), origin: .heading, line: k)
            }
        }
        for k in lines.indices.prefix(40) where !lines[k].isRow {
            if let original = originalTitle(s, lines[k].body, lexicon) {
                return DocumentTitle(text: original, origin: .heading, line: k)
            }
            // 某某公报 on a line of its own above its day.
            if !lines[k].isAround, isTitle(s, lines[k].body), lines[k].body.count >= 8,
                lexicon[.titleEnd].ends(s, before: lines[k].body.upperBound, start: lines[k].body.lowerBound) > 0
            {
                return DocumentTitle(text: Scalars.string(s[lines[k].body]), origin: .heading, line: k)
            }
        }
        if cut.map({ isSite($0.0, lexicon) }) ?? true, let k = overDay(outline, lexicon) {
            return DocumentTitle(text: Scalars.string(s[lines[k].body]), origin: .heading, line: k)
        }
        // Without a name of its own a page is read as a text is: its first lines tell what it is.
        guard let cut, !cut.0.isEmpty else { return lines.contains(where: \.isRow) ? nil : ofText(outline) }
        return DocumentTitle(text: cut.0, origin: .metadata, line: nil, publisher: publisher(cut.1, lexicon))
    }

    /// Whether a page's name is that of the site alone.
    private static func isSite(_ title: String, _ lexicon: Lexicon) -> Bool {
        let name = Scalars.of(title)
        return name.isEmpty || lexicon[.siteEnd].ends(name, before: name.count) > 0
            || Publisher.isAuthority(name, name.indices, lexicon)
    }

    /// The line right above that of the day, as pages without headings have their title.
    private static func overDay(_ outline: Outline, _ lexicon: Lexicon) -> Int? {
        let (s, lines) = (outline.s, outline.lines)
        for k in lines.indices.prefix(60)
        where !lines[k].isRow && !lines[k].isAround && lines[k].body.count >= 8 && isTitle(s, lines[k].body)
            && MastheadDay.read(s, lines[k].body, lexicon) == nil
        {
            let below = lines[(k + 1)..<min(lines.count, k + 3)]
            if below.contains(where: { MastheadDay.read(s, $0.body, lexicon) != nil }) { return k }
        }
        return nil
    }

    /// Whether a page's name is that of a document, not of a site: 海州市2024年统计公报.
    private static func isDocument(_ s: [UInt32], _ lexicon: Lexicon) -> Bool {
        lexicon[.titleEnd].ends(s, before: s.count) > 0
            && (s.contains(where: Glyph.isDigit) || lexicon[.titleOpening].begins(s, at: 0) > 0)
    }

    private static func publisher(_ tail: String?, _ lexicon: Lexicon) -> String? {
        guard let tail, case let s = Scalars.of(tail), Publisher.isAuthority(s, s.indices, lexicon) else { return nil }
        return tail
    }

    /// Whether two titles are the same but for their blanks.
    private static func same(_ a: ArraySlice<UInt32>, _ b: ArraySlice<UInt32>) -> Bool {
        a.lazy.filter { !Glyph.isBlank($0) }.elementsEqual(b.lazy.filter { !Glyph.isBlank($0) })
    }
}

/// What stands in front of a title and is none of it: the number of a table or page, a place in parentheses.
enum TitleFront {
    /// The title alone.
    static func cut(_ text: String, _ lexicon: Lexicon) -> String {
        let s = Scalars.of(text)
        var i = 0
        let label = lexicon[.tableLabel].begins(s, at: 0)
        let start = label
        i = start
        while i < s.count, label > 0, Glyph.isBlank(s[i]) { i += 1 }
        let number = i
        while i < s.count, i - number < 4, isNumber(s[i]) { i += 1 }
        // 表2 …, 表九：…, 图表 2 • …; 27 海州市… has the number of its page.
        if i > start, i < s.count, label > 0 || Glyph.isBlank(s[i]) && i - start <= 3 {
            while i < s.count, isMark(s[i]) { i += 1 }
            // 2024 年 is a year, 5 月 a month.
            if s.count - i >= 4, s[i] != 0x5E74, s[i] != 0x6708,
                Glyph.isHan(s[i]) || Glyph.isDigit(s[i]) || Glyph.isLetter(s[i])
            {
                return withoutUnit(Array(s[i...]), lexicon)
            }
        }
        if s.first == 0x28 || s.first == 0xFF08, let close = s.firstIndex(where: { $0 == 0x29 || $0 == 0xFF09 }),
            close <= 9, s.count - close > 6, s[1..<close].allSatisfy(Glyph.isHan)
        {
            return Scalars.string(Array(s[(close + 1)...]))
        }
        return text
    }

    /// The title of a table without its unit: …（单位：亿元）.
    private static func withoutUnit(_ s: [UInt32], _ lexicon: Lexicon) -> String {
        guard s.last == 0x29 || s.last == 0xFF09,
            let open = s.lastIndex(where: { $0 == 0x28 || $0 == 0xFF08 }), open >= 4,
            lexicon[.titleUnit].first(s, in: (open + 1)..<s.count) != nil
        else { return Scalars.string(s) }
        return Scalars.string(Array(s[..<open]))
    }

    private static func isNumber(_ c: UInt32) -> Bool {
        Glyph.isDigit(c) || Glyph.digit(c) != nil || c == 0x5341 || c == 0x2D || c == 0x2E
    }

    private static func isMark(_ c: UInt32) -> Bool {
        Glyph.isBlank(c) || c == 0xFF1A || c == 0x3A || c == 0x2022 || c == 0xB7 || c == 0x3001
    }
}

/// What a site sets behind the title of a page: 海州市2024年统计公报-海州市统计局, …_海州市人民政府门户网站.
enum TitleTail {
    private static let marks: Set<UInt32> = [0x2D, 0x5F, 0x7C, 0x2014, 0x2013, 0xFF5C, 0xB7]
    private static let longest = 30

    /// The title and what stood behind it; nil for that where nothing did.
    static func cut(_ text: String, site: String? = nil, _ lexicon: Lexicon) -> (String, String?) {
        let s = Scalars.of(text)
        var title = s[...]
        var behind: String?
        for _ in 0..<3 {
            guard let mark = title.lastIndex(where: { marks.contains($0) }), mark > title.startIndex else { break }
            let tail = trimmed(title[(mark + 1)...])
            let name = Array(tail)
            let isSite =
                Scalars.string(tail) == site || Publisher.isAuthority(name, name.indices, lexicon)
                || lexicon[.siteEnd].ends(name, before: name.count) > 0 || lexicon[.rubric].contains(name)
            guard !tail.isEmpty, tail.count <= longest, isSite else { break }
            var front = title[..<mark]
            while let last = front.last, marks.contains(last) || Glyph.isBlank(last) { front.removeLast() }
            guard front.count >= 4 else { break }
            behind = behind ?? Scalars.string(tail)
            title = front
        }
        return (Scalars.string(trimmed(title)), behind)
    }

    private static func trimmed(_ s: ArraySlice<UInt32>) -> ArraySlice<UInt32> {
        var s = s
        while let first = s.first, Glyph.isBlank(first) || first == 10 { s.removeFirst() }
        while let last = s.last, Glyph.isBlank(last) || last == 10 { s.removeLast() }
        return s
    }
}
