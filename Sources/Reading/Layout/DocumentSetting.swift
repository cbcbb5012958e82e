import BulletinModel

/// Reads what a bulletin says of itself: its title, its day, its publisher, its number, each with where it stands.
///
/// A day counts only where documents print their own: in fields above the text, under a label (发布时间：), on a line of its
/// own near the title, in a dateline, under the last line. A year of a plan or a comparison never does.
struct DocumentSetting {
    /// How many lines from the title on may hold a masthead, and how many from the end a signature.
    private static let masthead = 14
    private static let signature = 8
    /// A longer line is no masthead but text; its beginning may still be a dateline.
    static let longestLine = 120

    private let outline: Outline
    private var lexicon: Lexicon { outline.lexicon }
    private var setting = Article.Setting()
    /// The lines near the title, the title's own among them, without those of text.
    private let head: [Outline.Line]
    private let tail: [Outline.Line]
    /// The first lines of text.
    private let openings: [Outline.Line]

    /// What holds for the whole of this text.
    ///
    /// - Parameter page: what a page says in fields that readers do not see.
    static func read(
        _ outline: Outline, matter: FrontMatter? = nil, page: PageMetadata = PageMetadata(), form: Article.Form
    ) -> Article.Setting {
        let title = DocumentTitle.find(in: outline, page: page, form: form)
        var reader = DocumentSetting(outline, titleLine: title?.line)
        if let matter { reader.take(matter) }
        reader.take(page)
        if reader.setting.title == nil, let title {
            reader.setting.title = title.text
            reader.setting.origins.title = title.origin
        }
        if let publisher = title?.publisher, reader.setting.publisher == nil {
            reader.setting.publisher = publisher
            reader.setting.origins.publisher = title?.origin
        }
        reader.takeMasthead()
        reader.takeDateline()
        reader.takeSignature()
        reader.takeTitleDay()
        reader.setting.year = reader.setting.title.flatMap { reportedYear($0, outline.lexicon) }
        return reader.setting
    }

    private init(_ outline: Outline, titleLine: Int?) {
        self.outline = outline
        let lines = outline.lines
        let near = max(0, (titleLine ?? 0) - 8)..<min(lines.count, (titleLine ?? 0) + Self.masthead)
        var head: [Outline.Line] = []
        var openings: [Outline.Line] = []
        for k in near {
            if !Self.isText(outline.s, lines[k].body) {
                head.append(lines[k])
            } else if k >= titleLine ?? 0 {
                // What stands behind text is no masthead.
                openings.append(lines[k])
                break
            }
        }
        self.head = head
        self.openings = openings
        tail = Array(lines.suffix(Self.signature))
    }

    /// Whether a line is text: long, or a sentence.
    private static func isText(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        range.count > longestLine || range.count > 36 && s[range.upperBound - 1] == 0x3002
    }

    // MARK: Fields

    private mutating func take(_ matter: FrontMatter) {
        let s = outline.s
        if let title = matter.value(of: ["title", "headline"], in: s) {
            setting.title = Scalars.string(s[title])
            setting.origins.title = .frontMatter
        }
        if let date = matter.value(of: ["date", "published", "pubdate", "publishdate", "created"], in: s),
            let found = PrintedDay.first(s, in: date)
        {
            setting.published = found.day.text
            setting.origins.published = .frontMatter
        }
        if let source = matter.value(of: ["source", "publisher", "from", "site"], in: s),
            let name = Publisher.labelled(s, at: source.lowerBound, end: source.upperBound, lexicon)
        {
            setting.publisher = Scalars.string(s[name])
            setting.origins.publisher = .frontMatter
        }
    }

    private mutating func take(_ page: PageMetadata) {
        if setting.published == nil, let day = page.published {
            setting.published = day
            setting.origins.published = .metadata
        }
        if setting.publisher == nil, let source = page.source.map(Scalars.of),
            let name = Publisher.labelled(source, at: 0, end: source.count, lexicon)
        {
            setting.publisher = Scalars.string(source[name])
            setting.origins.publisher = .metadata
        }
    }

    // MARK: Masthead

    private mutating func takeMasthead() {
        let s = outline.s
        var later: String?
        var source: String?
        for line in head + openings.prefix(1) {
            // The beginning of a paragraph may have run into the masthead (发布时间：2024-05-18 全年…).
            let range = line.body.prefix(Self.longestLine)
            labels(in: range.startIndex..<range.endIndex, &later, &source)
        }
        if setting.publisher == nil, let source { set(publisher: source, .masthead) }
        for line in head {
            if let day = MastheadDay.read(s, line.body, lexicon) {
                switch day {
                case .published(let text) where setting.published == nil: set(published: text, .masthead)
                case .delivered(let text) where setting.delivered == nil: setting.delivered = text
                default: break
                }
            }
            if setting.number == nil, let number = DocumentNumber.read(s, line.body) {
                setting.number = Scalars.string(s[number])
                setting.origins.number = .masthead
            }
        }
        if setting.published == nil, let later { set(published: later, .masthead) }
        if setting.publisher == nil {
            for line in head where line.level == 0 && Publisher.isAuthority(s, line.body, lexicon) {
                set(publisher: Self.joined(s[line.body]), .masthead)
                break
            }
        }
    }

    /// The day and the publisher that labels lead to; `later` is the day on which a document was made or changed, `source`
    /// whom it was taken from.
    private mutating func labels(in range: Range<Int>, _ later: inout String?, _ source: inout String?) {
        let s = outline.s
        var i = range.lowerBound
        while i < range.upperBound {
            let day = lexicon[.dayLabel].begins(s, at: i, end: range.upperBound)
            let made = lexicon[.laterLabel].begins(s, at: i, end: range.upperBound)
            let label = max(day, made)
            if label > 0, let found = Self.labelledDay(s, at: i + label, range.upperBound) {
                if day >= made {
                    if setting.published == nil { set(published: found.text, .masthead) }
                } else if later == nil {
                    later = found.text
                }
                i = found.end
                continue
            }
            let publisher = lexicon[.publisherLabel].begins(s, at: i, end: range.upperBound)
            if publisher > 0, setting.publisher == nil,
                let name = Self.colon(s, i + publisher, range.upperBound).map({
                    Publisher.labelled(s, at: $0, end: range.upperBound, lexicon)
                }) ?? Self.behindBlank(s, i + publisher, range.upperBound, lexicon)
            {
                set(publisher: Scalars.string(s[name]), .masthead)
                i = name.upperBound
                continue
            }
            let from = lexicon[.sourceLabel].begins(s, at: i, end: range.upperBound)
            // 数据来源：… under a table names who counted.
            let isOfFigures = from > 0 && lexicon[.figureSource].ends(s, before: i, start: range.lowerBound) > 0
            if from > 0, !isOfFigures, source == nil, let colon = Self.colon(s, i + from, range.upperBound),
                let name = Publisher.labelled(s, at: colon, end: range.upperBound, lexicon)
            {
                source = Scalars.string(s[name])
                i = name.upperBound
                // 来源：海州市统计局2024-05-18
                while i < range.upperBound, Glyph.isBlank(s[i]) { i += 1 }
                if i < range.upperBound, setting.published == nil, let found = PrintedDay.read(s, at: i) {
                    set(published: found.text, .masthead)
                    i = found.end
                }
                continue
            }
            i += max(1, label, publisher, from)
        }
    }

    private static func labelledDay(_ s: [UInt32], at i: Int, _ end: Int) -> PrintedDay? {
        var start = colon(s, i, end) ?? i
        // 发布日期 2024-05-18
        while start < end, Glyph.isBlank(s[start]) { start += 1 }
        guard start < end, let day = PrintedDay.read(s, at: start) else { return nil }
        return day
    }

    private static func colon(_ s: [UInt32], _ start: Int, _ end: Int) -> Int? {
        var i = start
        while i < end, Glyph.isBlank(s[i]) || s[i] == 0x3011 || s[i] == 0x5D { i += 1 }
        guard i < end, s[i] == 0x3A || s[i] == 0xFF1A else { return nil }
        i += 1
        // 发布时间：[2024-05-18]
        while i < end, Glyph.isBlank(s[i]) || s[i] == 0x7C || s[i] == 0x5B || s[i] == 0x3010 { i += 1 }
        return i
    }

    /// The name of an authority behind a blank: 发布机构 海州市财政局.
    private static func behindBlank(_ s: [UInt32], _ start: Int, _ end: Int, _ lexicon: Lexicon) -> Range<Int>? {
        guard start < end, Glyph.isBlank(s[start]) else { return nil }
        var a = start
        while a < end, Glyph.isBlank(s[a]) || s[a] == 0x7C { a += 1 }
        var b = a
        while b < end, Glyph.isHan(s[b]) { b += 1 }
        return Publisher.isAuthority(s, a..<b, lexicon) ? a..<b : nil
    }

    // MARK: Dateline and signature

    private mutating func takeDateline() {
        let s = outline.s
        for line in openings.prefix(1) + head where line.level == 0 {
            guard let dateline = Dateline.read(s, at: line.body.lowerBound, end: line.body.upperBound, lexicon) else {
                continue
            }
            if setting.published == nil, let day = dateline.day { set(published: day, .dateline) }
            if setting.publisher == nil, !dateline.publisher.isEmpty {
                set(publisher: Scalars.string(s[dateline.publisher]), .dateline)
            }
        }
    }

    /// The setting of one article among several, with what its own dateline tells.
    static func with(datelineOf lines: Range<Int>, in outline: Outline, _ setting: Article.Setting) -> Article.Setting {
        guard setting.publisher == nil else { return setting }
        var setting = setting
        for line in outline.lines[lines.prefix(4)] where line.level == 0 {
            if let dateline = Dateline.read(
                outline.s, at: line.body.lowerBound, end: line.body.upperBound, outline.lexicon),
                !dateline.publisher.isEmpty
            {
                setting.publisher = Scalars.string(outline.s[dateline.publisher])
                setting.origins.publisher = .dateline
                break
            }
        }
        return setting
    }

    private mutating func takeSignature() {
        let s = outline.s
        var day: String?
        for (k, line) in tail.enumerated().reversed() {
            // What ends a paragraph (来源：海州网) counts like a line.
            let range = max(line.body.lowerBound, line.body.upperBound - 60)..<line.body.upperBound
            var source: String?
            var later: String?
            if setting.publisher == nil { labels(in: range, &later, &source) }
            if setting.publisher == nil, let source { set(publisher: source, .signature) }
            if setting.publisher == nil, k >= tail.count - 3, let name = credited(s, line.body) {
                set(publisher: name, .signature)
            }
            guard line.body.count <= 40 else { continue }
            if day == nil, setting.published == nil,
                case .published(let text)? = MastheadDay.read(s, line.body, lexicon)
            {
                day = text
                set(published: text, .signature)
                // The name stands above the day.
                if setting.publisher == nil, k > 0, Publisher.isAuthority(s, tail[k - 1].body, lexicon) {
                    set(publisher: Self.joined(s[tail[k - 1].body]), .signature)
                }
            }
        }
    }

    /// 海州日报记者 王某: the paper whose reporter signs.
    private func credited(_ s: [UInt32], _ range: Range<Int>) -> String? {
        let end = range.upperBound
        let start = max(range.lowerBound, end - 24)
        guard let role = lexicon[.reporter].last(s, in: start..<end), role.at + role.length < end,
            !s[(role.at + role.length)..<end].contains(where: { $0 == 0x3002 || $0 == 0xFF0C })
        else { return nil }
        var a = role.at
        while a > range.lowerBound, role.at - a < 12, Glyph.isHan(s[a - 1]) || Glyph.isLetter(s[a - 1]) { a -= 1 }
        guard a < role.at, let name = Publisher.mediaName(s, a..<role.at, lexicon), name == role.at else { return nil }
        return lexicon[.ownPaper].begins(s, at: a) > 0 ? nil : Scalars.string(s[a..<role.at])
    }

    /// 早报 (20240518), 一周要闻 2024-05-18: what comes out each day has its day in its title.
    private mutating func takeTitleDay() {
        guard setting.published == nil, let title = setting.title else { return }
        let s = Scalars.withPlainDigits(Scalars.of(title))
        guard let found = PrintedDay.first(s, in: s.indices) else { return }
        // 2024年5月18日在…会议上的讲话 is told by the masthead's rule.
        if found.start > 0 { set(published: found.day.text, .heading) }
    }

    /// The year that a title reports on: the earlier one of 2024年预算执行情况和2025年预算草案的报告. A report on the work of a
    /// government is named after the year in which it is given.
    static func reportedYear(_ title: String, _ lexicon: Lexicon) -> Int? {
        let s = Scalars.withPlainDigits(Scalars.of(title))
        let years = Self.years(s, in: s.indices)
        guard (1...2).contains(years.count), lexicon[.workReport].first(s, in: s.indices) == nil else { return nil }
        return years.min()
    }

    /// The calendar years printed in a stretch (2024年, 2024 年); three at most.
    static func years(_ s: [UInt32], in range: Range<Int>) -> Set<Int> {
        var years: Set<Int> = []
        var i = range.lowerBound
        while i < range.upperBound, years.count < 3 {
            guard Glyph.isDigit(s[i]) else {
                i += 1
                continue
            }
            let first = i
            var value = 0
            while i < range.upperBound, Glyph.isDigit(s[i]) {
                if i - first < 5 { value = value * 10 + Int(s[i] - 0x30) }
                i += 1
            }
            var behind = i
            while behind < range.upperBound, behind - i < 2, Glyph.isBlank(s[behind]) { behind += 1 }
            if i - first == 4, (1900...2100).contains(value), behind < range.upperBound, s[behind] == 0x5E74 {
                years.insert(value)
            }
        }
        return years
    }

    private mutating func set(published day: String, _ origin: Article.Origin) {
        setting.published = day
        setting.origins.published = origin
    }

    private mutating func set(publisher name: String, _ origin: Article.Origin) {
        setting.publisher = name
        setting.origins.publisher = origin
    }

    /// A name with one blank for each stretch of blanks.
    private static func joined(_ s: ArraySlice<UInt32>) -> String {
        s.split(whereSeparator: Glyph.isBlank).map { Scalars.string($0) }.joined(separator: " ")
    }
}
