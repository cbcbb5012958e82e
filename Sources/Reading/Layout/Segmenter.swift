import BulletinModel

/// Splits a bulletin into its articles.
///
/// A newspaper page shows itself by bylines (记者, 通讯员, 本报讯) under several headlines;
/// any other document is one article, however many headings it has.
struct Segmenter {
    private struct Line {
        let range: Range<Int>
        /// The Markdown level of a heading, 0 for other lines.
        let level: Int
        /// The text without marks and emphasis.
        let body: Range<Int>
    }

    private let text: DecodedText
    private let s: [UInt32]
    private let bulletin: BulletinID
    private var lines: [Line] = []

    init(_ text: DecodedText, bulletin: BulletinID) {
        self.text = text
        s = text.scalars
        self.bulletin = bulletin
        lines = Self.lines(s)
    }

    /// The articles, in order; none only where there is no line of text.
    func articles() -> [Article] {
        guard let first = lines.first, let last = lines.last else { return [] }
        if text.form == .html { return [markup(first.range.lowerBound..<last.range.upperBound)] }
        let setting = DocumentSetting.read(s, title: title)
        let heads = lines.indices.filter { lines[$0].level > 0 }
        guard heads.count >= 2, lines.contains(where: { Byline.isLine(s, $0.body) || Byline.inside(s, $0.body) != nil })
        else {
            return [
                Article(
                    bulletin: bulletin, ordinal: 1, headline: title, byline: byline(lines.indices),
                    start: first.body.lowerBound,
                    end: last.range.upperBound, text: text.string(first.body.lowerBound..<last.range.upperBound),
                    form: text.form, setting: setting)
            ]
        }
        // What stands at the top of a page is the title of its first article alone.
        return page(Article.Setting(published: setting.published, publisher: setting.publisher))
    }

    /// An HTML page is one article; what it says of itself stands in its visible text.
    private func markup(_ range: Range<Int>) -> Article {
        let title = HtmlLayout.title(s)
        var visible: [UInt32] = []
        for block in HtmlLayout.blocks(s, base: 0) {
            guard case .heading(let passage, _) = block else {
                if case .paragraph(let passage) = block { visible += passage.scalars + [10] }
                continue
            }
            visible += passage.scalars + [10]
        }
        return Article(
            bulletin: bulletin, ordinal: 1, headline: title, start: range.lowerBound, end: range.upperBound,
            text: text.string(range), form: .html, setting: DocumentSetting.read(visible, title: title))
    }

    /// The first heading, or a short first line without a full stop.
    private var title: String? {
        guard let line = lines.first(where: { $0.level > 0 }) ?? lines.first else { return nil }
        guard line.level > 0 || (line.body.count <= 60 && !Glyph.endsSentence(s[line.body.upperBound - 1])) else {
            return nil
        }
        return text.string(line.body)
    }

    // MARK: Newspaper pages

    private struct Head {
        var section: String?
        var column: String?
        var headline: Int?
        var subheadline: Int?
        var level = 0
    }

    private func page(_ setting: Article.Setting) -> [Article] {
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
        for i in body where Byline.isLine(s, lines[i].body) { return text.string(lines[i].body) }
        for i in body {
            if let inside = Byline.inside(s, lines[i].body) { return text.string(inside) }
        }
        return nil
    }

    /// 洛阳·综合: the name of a page or a part of it.
    private func isSection(_ line: Line) -> Bool {
        guard line.body.count <= 10, !s[line.body].contains(where: { Glyph.endsClause($0) || $0 == 0x20 }) else {
            return false
        }
        if s[line.body].contains(0xB7), s[line.body].allSatisfy({ Glyph.isHan($0) || $0 == 0xB7 }) { return true }
        return line.level > 0 && Self.sections.ends(s, before: line.body.upperBound, start: line.body.lowerBound) > 0
    }

    private static let sections = WordSet("要闻 综合 新闻 时政 版 副刊 资讯 广告")

    /// A short label right above a longer headline.
    private func isColumn(_ line: Line, above next: Line) -> Bool {
        line.body.count <= 8 && next.body.count > line.body.count
            && s[line.body].allSatisfy { Glyph.isHan($0) || $0 == 0xB7 }
    }

    // MARK: Lines

    private static func lines(_ s: [UInt32]) -> [Line] {
        var lines: [Line] = []
        var i = 0
        while i < s.count {
            var j = i
            while j < s.count, s[j] != 10 { j += 1 }
            var (a, b) = (i, j)
            while a < b, Glyph.isBlank(s[a]) { a += 1 }
            while b > a, Glyph.isBlank(s[b - 1]) { b -= 1 }
            if a < b {
                var body = a
                while body < b, s[body] == 0x23 { body += 1 }
                let level = body - a
                while body < b, Glyph.isBlank(s[body]) { body += 1 }
                if body < b {
                    lines.append(Line(range: a..<b, level: min(level, 6), body: (level > 0 ? body : a)..<b))
                }
            }
            i = j + 1
        }
        return lines
    }
}
