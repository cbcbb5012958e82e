/// Finds where a document that holds several articles falls into them.
///
/// What begins an article: a headline over prose beside others of its level; a dateline with a headline over it; an item of
/// a digest. Chapters do not: their headings are numbered, or short, or stand under a title that is no masthead.
struct ArticleSplit {
    /// One article, in lines of the outline.
    struct Piece {
        /// The line of the headline; nil where none is printed.
        let headline: Int?
        /// The lines from the headline on.
        let lines: Range<Int>
        /// The label that holds for it.
        var section: Int?
    }

    /// Two articles at least, or none where a document is one.
    let pieces: [Piece]
    /// The line that names the whole; nil where none does.
    let masthead: Int?

    private static let none = ArticleSplit(pieces: [], masthead: nil)

    /// Looks for the articles of a document.
    ///
    /// - Parameter title: the title that a page tells of itself.
    static func find(in outline: Outline, title: String?) -> ArticleSplit {
        let finder = Finder(outline, title: title)
        return finder.byHeadings() ?? finder.byBoldLines() ?? finder.byTags() ?? finder.byDatelines()
            ?? finder.byNumbers() ?? none
    }

    /// The one headline under a masthead like 《早间新闻》 (20240518); nil where a document is not of that kind.
    static func headlineUnderMasthead(_ outline: Outline) -> (masthead: Int, headline: Int)? {
        let heads = outline.lines.indices.filter { outline.lines[$0].level > 0 && !outline.lines[$0].isAround }
        guard heads.count == 2, heads[1] == heads[0] + 1, outline.lines[heads[0]].level < outline.lines[heads[1]].level,
            Finder(outline, title: nil).isDigest(heads[0])
        else { return nil }
        return (heads[0], heads[1])
    }

    private struct Finder {
        let outline: Outline
        let title: String?
        let s: [UInt32]
        let lines: [Outline.Line]
        var lexicon: Lexicon { outline.lexicon }

        init(_ outline: Outline, title: String?) {
            self.outline = outline
            self.title = title
            s = outline.s
            lines = outline.lines
        }

        // MARK: Headings

        func byHeadings() -> ArticleSplit? {
            let heads = lines.indices.filter { lines[$0].level > 0 && !lines[$0].isAround }
            guard heads.count >= 2, let highest = heads.map({ lines[$0].level }).min() else { return nil }
            let top = heads.filter { lines[$0].level == highest }
            if top.count >= 2 { return split(at: top, under: nil) }
            // One heading over several: a masthead, or a title.
            guard heads[0] == top[0], let second = heads.dropFirst().map({ lines[$0].level }).min() else { return nil }
            let below = heads.filter { lines[$0].level == second }
            guard below.count >= 2, !lines[(top[0] + 1)..<below[0]].contains(where: isProse) else { return nil }
            return split(at: below, under: top[0])
        }

        private func split(at heads: [Int], under masthead: Int?) -> ArticleSplit? {
            var pieces: [Piece] = []
            var section: Int?
            var datelines = 0
            for (k, head) in heads.enumerated() {
                let end = k + 1 < heads.count ? heads[k + 1] : lines.count
                guard let first = (head + 1..<end).first(where: { isProse(lines[$0]) }) else {
                    // A heading without text names the part of the page that begins with it.
                    section = head
                    continue
                }
                if opensWithDateline(first) { datelines += 1 }
                pieces.append(Piece(headline: head, lines: head..<end, section: section))
            }
            guard pieces.count >= 2, pieces.count * 3 >= heads.count * 2 else { return nil }
            let chapters = pieces.count { $0.headline.map(isChapter) ?? true }
            if chapters * 2 >= pieces.count { return nil }
            if let masthead {
                guard isDigest(masthead) || datelines >= 2 else { return nil }
            } else if datelines < 2 {
                // A title or a first paragraph over them all.
                let above = 0..<heads[0]
                if above.contains(where: { isProse(lines[$0]) || (!lines[$0].isAround && isTitleOfWhole($0)) }) {
                    return nil
                }
                if let title, isReport(Scalars.of(title)) { return nil }
            }
            return ArticleSplit(pieces: pieces, masthead: masthead)
        }

        private func isTitleOfWhole(_ k: Int) -> Bool {
            lines[k].body.count >= 6 && DocumentTitle.isTitle(s, lines[k].body)
                && MastheadDay.read(s, lines[k].body, lexicon) == nil
        }

        private func isReport(_ title: [UInt32]) -> Bool {
            lexicon[.titleOfChapters].ends(title, before: title.count) > 0
        }

        /// Whether a heading is that of a chapter: 一、综合, （二）, 第三章, 农业.
        private func isChapter(_ k: Int) -> Bool {
            let body = lines[k].body
            let first = s[body.lowerBound]
            if first == 0x28 || first == 0xFF08 || first == 0x7B2C { return true }
            var i = body.lowerBound
            while i < body.upperBound, Glyph.isDigit(s[i]) || Glyph.digit(s[i]) != nil || s[i] == 0x5341 { i += 1 }
            if i > body.lowerBound, i < body.upperBound,
                s[i] == 0x3001 || s[i] == 0x2E || s[i] == 0xFF0E || Glyph.isBlank(s[i])
            {
                return true
            }
            return body.count <= 7 || lexicon[.chapterEnd].ends(s, before: body.upperBound, start: body.lowerBound) > 0
        }

        // MARK: Digests

        /// Whether a line is the masthead of a digest: 《早间新闻》 (20240518), 一周快讯.
        func isDigest(_ k: Int) -> Bool {
            let body = lines[k].body
            var end = body.upperBound
            if let found = PrintedDay.first(s, in: body), found.start > body.lowerBound { end = found.start }
            while end > body.lowerBound, ArticleSplit.closesName(s[end - 1]) { end -= 1 }
            return lexicon[.digest].ends(s, before: end, start: body.lowerBound) > 0
        }

        /// Bold lines over prose, under the name of a digest.
        func byBoldLines() -> ArticleSplit? {
            guard let head = lines.indices.last(where: { lines[$0].level > 0 && isDigest($0) }) else { return nil }
            let bold = (head + 1..<lines.count).filter { k in
                lines[k].isStrong && lines[k].body.count >= 6 && DocumentTitle.isTitle(s, lines[k].body)
                    && k + 1 < lines.count && isProse(lines[k + 1])
            }
            return split(at: bold, in: lines.count, masthead: lines.indices.first { lines[$0].level > 0 })
        }

        private func split(at starts: [Int], in end: Int, masthead: Int?) -> ArticleSplit? {
            guard starts.count >= 2 else { return nil }
            let pieces = starts.enumerated().map { k, start in
                Piece(headline: start, lines: start..<(k + 1 < starts.count ? starts[k + 1] : end))
            }
            return ArticleSplit(pieces: pieces, masthead: masthead)
        }

        /// 甲市 | 昨日…: headlines that all begin with a word and a bar.
        func byTags() -> ArticleSplit? {
            let tagged = lines.indices.filter { k in
                let body = lines[k].body
                guard (8...60).contains(body.count), !s[body].contains(0x3002),
                    let bar = body.prefix(10).first(where: { ArticleSplit.isBar(s[$0]) }), bar - body.lowerBound >= 2,
                    !s[(bar + 1)..<body.upperBound].contains(where: ArticleSplit.isBar), k + 1 < lines.count
                else { return false }
                return isProse(lines[k + 1])
            }
            guard let first = tagged.first, first <= 2 else { return nil }
            return split(at: tagged, in: lines.count, masthead: nil)
        }

        /// Every item of a numbered digest is an article without a headline.
        func byNumbers() -> ArticleSplit? {
            guard lines.count >= 5, lines[0].body.count <= DocumentTitle.longest, isDigest(0),
                PrintedDay.first(s, in: lines[0].body) != nil
            else { return nil }
            var pieces: [Piece] = []
            for k in lines.indices.dropFirst() {
                var i = lines[k].body.lowerBound
                var number = 0
                while i < lines[k].body.upperBound, Glyph.isDigit(s[i]), number < 1000 {
                    number = number * 10 + Int(s[i] - 0x30)
                    i += 1
                }
                let isItem = i < lines[k].body.upperBound && (s[i] == 0x2E || s[i] == 0x3001 || s[i] == 0xFF0E)
                if isItem, number == pieces.count + 1 {
                    pieces.append(Piece(headline: nil, lines: k..<(k + 1)))
                } else if let last = pieces.last, !isItem {
                    pieces[pieces.count - 1] = Piece(headline: nil, lines: last.lines.lowerBound..<(k + 1))
                } else if isItem {
                    return nil
                }
            }
            return pieces.count >= 4 ? ArticleSplit(pieces: pieces, masthead: 0) : nil
        }

        // MARK: Datelines

        /// A paragraph that opens with a dateline, with the headline over it, behind other prose.
        func byDatelines() -> ArticleSplit? {
            guard let opening = lines.indices.first(where: { isProse(lines[$0]) }) else { return nil }
            var starts: [(line: Int, headline: Int?)] = []
            let firstOpens = opensWithDateline(opening)
            for k in lines.indices where k > opening && isProse(lines[k]) && opensWithDateline(k) {
                if !isProse(lines[k - 1]), lines[k - 1].body.count >= 6, DocumentTitle.isTitle(s, lines[k - 1].body),
                    !isChapter(k - 1)
                {
                    starts.append((k - 1, k - 1))
                } else if firstOpens, isProse(lines[k - 1]) {
                    starts.append((k, nil))
                }
            }
            guard !starts.isEmpty else { return nil }
            let headline = (0..<opening).first { DocumentTitle.isTitle(s, lines[$0].body) }
            starts.insert((0, headline), at: 0)
            let pieces = starts.indices.map { i in
                Piece(
                    headline: starts[i].headline,
                    lines: starts[i].line..<(i + 1 < starts.count ? starts[i + 1].line : lines.count))
            }
            return ArticleSplit(pieces: pieces, masthead: nil)
        }

        private func opensWithDateline(_ k: Int) -> Bool {
            Dateline.read(s, at: lines[k].body.lowerBound, end: lines[k].body.upperBound, lexicon) != nil
        }

        /// Whether a line is a paragraph of prose.
        private func isProse(_ line: Outline.Line) -> Bool {
            guard line.level == 0, !line.isAround else { return false }
            let body = line.body
            if s[body.lowerBound] == 0x7C { return false }
            return body.count > 60 || body.count >= 20 && s[body].contains(0x3002)
        }
    }
}

extension ArticleSplit {
    /// What may stand between the name of a digest and its day.
    fileprivate static func closesName(_ c: UInt32) -> Bool {
        Glyph.isBlank(c) || c == 0x300B || c == 0x28 || c == 0xFF08 || c == 0x29 || c == 0xFF09 || c == 0x3010
            || c == 0x3011
            || c == 0xB7 || c == 0x2014 || c == 0x2D
    }

    fileprivate static func isBar(_ c: UInt32) -> Bool { c == 0x7C || c == 0xFF5C || c == 0x4E28 }
}
