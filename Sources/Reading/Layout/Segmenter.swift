import BulletinModel

/// Splits a bulletin into its articles.
///
/// A newspaper page shows itself by bylines (记者, 通讯员, 本报讯) under several headlines; other documents fall into
/// several where ``ArticleSplit`` finds them, else they are one, however many headings they have.
struct Segmenter {
    private typealias Line = Outline.Line

    private let text: DecodedText
    private let s: [UInt32]
    private let bulletin: BulletinID
    private let outline: Outline
    private let matter: FrontMatter?
    private let page: PageMetadata
    private let lines: [Line]
    private var lexicon: Lexicon { outline.lexicon }

    init(_ text: DecodedText, bulletin: BulletinID, _ lexicon: Lexicon) {
        self.text = text
        s = text.scalars
        self.bulletin = bulletin
        if text.form == .html {
            let read = HtmlLayout.page(s, lexicon)
            outline = Outline(page: read.blocks, lexicon)
            page = read.metadata
            matter = nil
        } else {
            matter = FrontMatter.read(s)
            outline = Outline(s, isMarkdown: text.form == .markdown, from: matter?.end ?? 0, lexicon)
            page = PageMetadata()
        }
        lines = outline.lines
    }

    /// The articles, in order; none only where there is no line of text.
    func articles() -> [Article] {
        guard let whole = span else { return [] }
        let setting = DocumentSetting.read(outline, matter: matter, page: page, form: text.form)
        if text.form != .html {
            let heads = lines.indices.filter { lines[$0].level > 0 }
            if heads.count >= 2,
                lines.contains(where: {
                    Byline.isLine(s, $0.body, lexicon) || Byline.inside(s, $0.body, lexicon) != nil
                })
            {
                // What stands at the top of a page is the title of its first article alone.
                var setting = setting
                (setting.title, setting.origins.title) = (nil, nil)
                let articles = newspaper(setting)
                if !articles.isEmpty { return articles }
            }
        }
        let split = ArticleSplit.find(in: outline, title: setting.title)
        if split.pieces.count >= 2 { return articles(of: split, setting) }
        return [single(whole, setting)]
    }

    /// All of the text from its first to its last mark; nil where it has none.
    private var span: Range<Int>? {
        if text.form == .html || matter != nil {
            guard let first = s.firstIndex(where: { !Glyph.isBlank($0) && $0 != 10 }),
                let last = s.lastIndex(where: { !Glyph.isBlank($0) && $0 != 10 })
            else { return nil }
            return first..<(last + 1)
        }
        guard let first = lines.first, let last = lines.last else { return nil }
        return first.body.lowerBound..<last.range.upperBound
    }

    private func single(_ span: Range<Int>, _ setting: Article.Setting) -> Article {
        var setting = setting
        var headline = setting.title
        if let found = ArticleSplit.headlineUnderMasthead(outline) {
            headline = string(lines[found.headline].body)
            setting.title = headline
        }
        return Article(
            bulletin: bulletin, ordinal: 1, headline: headline,
            byline: text.form == .html ? nil : byline(lines.indices), start: span.lowerBound, end: span.upperBound,
            text: text.string(span), form: text.form, setting: setting)
    }

    private func articles(of split: ArticleSplit, _ setting: Article.Setting) -> [Article] {
        var setting = setting
        setting.title = split.masthead.map { string(lines[$0].body) }
        if setting.title == nil { setting.origins.title = nil }
        if setting.title == nil {
            let years = DocumentSetting.years(outline.s, in: outline.s.indices)
            setting.year = years.count == 1 ? years.first : nil
        }
        // What the first article's dateline tells holds for that article.
        if split.masthead == nil, setting.origins.publisher == .dateline {
            (setting.publisher, setting.origins.publisher) = (nil, nil)
        }
        return split.pieces.enumerated().map { k, piece in
            let last = lines[piece.lines.upperBound - 1].range
            var start = outline.place(lines[piece.lines.lowerBound].range.lowerBound)
            let end = outline.place(last.upperBound - 1) + 1
            if text.form == .html {
                start = HtmlLayout.beginningOfTags(s, before: start)
            } else {
                start = lines[piece.lines.lowerBound].body.lowerBound
            }
            let headline = piece.headline.map { string(lines[$0].body) }
            let setting = DocumentSetting.with(datelineOf: piece.lines, in: outline, setting)
            return Article(
                bulletin: bulletin, ordinal: k + 1, headline: headline,
                section: piece.section.map { string(lines[$0].body) },
                byline: text.form == .html ? nil : byline(piece.lines), start: start, end: end,
                text: text.string(start..<end), form: text.form, setting: setting)
        }
    }

    /// The text of a line's part, without markup inside.
    private func string(_ range: Range<Int>) -> String {
        text.form == .markdown ? Layout.fold(s, [range], 0).string : Scalars.string(outline.s[range])
    }

    // MARK: Newspaper pages

    private struct Head {
        var section: String?
        var column: String?
        var headline: Int?
        var subheadline: Int?
        var level = 0
    }

    private func newspaper(_ setting: Article.Setting) -> [Article] {
        var articles: [Article] = []
        var section: String?
        var head = Head()
        var body: [Int] = []
        var i = 0
        func close() {
            if let article = article(head, section, body, ordinal: articles.count + 1, setting) {
                articles.append(article)
            }
            body = []
        }
        while i < lines.count {
            let isSection = isSection(lines[i])
            guard isSection || (lines[i].level > 0 && (head.headline == nil || lines[i].level <= head.level)) else {
                body.append(i)
                i += 1
                continue
            }
            close()
            var group: [Int] = []
            while i < lines.count, lines[i].level > 0 || (group.isEmpty && isSection) {
                if let first = group.last(where: { !self.isSection(lines[$0]) }),
                    lines[i].level > lines[first].level + 1
                {
                    break
                }
                group.append(i)
                i += 1
            }
            head = Head()
            if let mark = group.first, self.isSection(lines[mark]) {
                section = text.string(lines[mark].body)
                group.removeFirst()
            }
            if group.count >= 2, isColumn(lines[group[0]], above: lines[group[1]]) {
                head.column = text.string(lines[group[0]].body)
                group.removeFirst()
            }
            head.headline = group.first
            if group.count >= 2 { head.subheadline = group[1] }
            head.level = group.prefix(2).map { lines[$0].level }.max() ?? 0
            body = Array(group.dropFirst(2))
        }
        close()
        return articles
    }

    private func article(
        _ head: Head, _ section: String?, _ body: [Int], ordinal: Int, _ setting: Article.Setting
    ) -> Article? {
        guard let headline = head.headline else { return nil }
        let last = body.last ?? head.subheadline ?? headline
        let range = lines[headline].body.lowerBound..<lines[last].range.upperBound
        return Article(
            bulletin: bulletin, ordinal: ordinal, headline: text.string(lines[headline].body),
            subheadline: head.subheadline.map { text.string(lines[$0].body) }, section: section, column: head.column,
            byline: byline(body), start: range.lowerBound, end: range.upperBound, text: text.string(range),
            form: text.form, setting: setting)
    }

    private func byline(_ body: some Collection<Int>) -> String? {
        for i in body where Byline.isLine(s, lines[i].body, lexicon) { return text.string(lines[i].body) }
        for i in body {
            if let inside = Byline.inside(s, lines[i].body, lexicon) { return text.string(inside) }
        }
        return nil
    }

    /// 洛阳·综合: the name of a page or a part of it.
    private func isSection(_ line: Line) -> Bool {
        guard line.body.count <= 10, !s[line.body].contains(where: { Glyph.endsClause($0) || $0 == 0x20 }) else {
            return false
        }
        if s[line.body].contains(0xB7), s[line.body].allSatisfy({ Glyph.isHan($0) || $0 == 0xB7 }) { return true }
        return line.level > 0
            && lexicon[.sectionEnd].ends(s, before: line.body.upperBound, start: line.body.lowerBound) > 0
    }

    /// A short label right above a longer headline.
    private func isColumn(_ line: Line, above next: Line) -> Bool {
        line.body.count <= 8 && next.body.count > line.body.count
            && s[line.body].allSatisfy { Glyph.isHan($0) || $0 == 0xB7 }
    }
}
