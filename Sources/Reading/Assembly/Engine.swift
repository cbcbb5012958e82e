import BulletinModel

/// The reading engine: bytes to text to articles to indicators. Pure functions; safe to use
/// from many threads at once.
public struct Engine: Sendable {
    /// The version of the rules.
    public static let version = 8
    /// The rules for names: those of the lexicon.
    var nameRules: RuleTable
    /// The rules for kind, status and base: those of the lexicon.
    var fieldRules: [RuleField: RuleTable]
    private let lexicon: Lexicon
    private let pdf: PdfText?
    private let documents: DocumentText?
    private let scans: ScannedText?

    /// An engine with these tables.
    ///
    /// - Parameters:
    ///   - pdf: makes text of PDF files; without it they are no bulletins.
    ///   - scans: recognises pages that are pictures; without it they are no bulletins.
    ///   - documents: makes text of other programs' documents; without it they are no bulletins.
    public init(lexicon: Lexicon, pdf: PdfText? = nil, documents: DocumentText? = nil, scans: ScannedText? = nil) {
        self.scans = scans
        self.lexicon = lexicon
        nameRules = lexicon.names
        fieldRules = lexicon.fieldRules
        self.pdf = pdf
        self.documents = documents
    }

    /// What makes a reading.
    public var engineVersion: EngineVersion { EngineVersion(number: Self.version, lexicon: lexicon.digest) }

    /// The text of a bulletin's bytes.
    ///
    /// - Throws: ``DecodeError``.
    public func decode(_ bytes: [UInt8]) throws(DecodeError) -> DecodedText {
        if let pdf, PdfText.isPdf(bytes) {
            do throws(DecodeError) { return try PdfPages.decode(bytes, pdf) } catch {
                guard error.code == DeadLetterCode.pdfNoText.rawValue, let scans else { throw error }
                return try scans.decode(bytes)
            }
        }
        if ScannedText.isImage(bytes) {
            guard let scans else {
                throw DecodeError(.documentNoText, "The bulletin is a picture of a page. \(ScannedText.advice)")
            }
            return try scans.decode(bytes)
        }
        if let documents, documents.decoder(bytes) != nil { return try documents.text(bytes) }
        return try Decoder.decode(bytes)
    }

    /// What besides the engine makes the text of these bytes, with its version; nil where nothing does.
    /// Another version may give another text, and so other articles.
    ///
    /// - Throws: ``DecodeError`` where it is not installed.
    public func decoder(of bytes: [UInt8]) throws(DecodeError) -> String? {
        if let pdf, PdfText.isPdf(bytes) {
            let version = try pdf.version()
            guard let scans, !PdfPages.hasText(bytes, pdf) else { return version }
            return try version + ", " + scans.version()
        }
        if let scans, ScannedText.isImage(bytes) { return try scans.version() }
        return documents?.decoder(bytes)
    }

    /// The documents that stand in these bytes, an archive or a message; none of a single document.
    ///
    /// - Throws: ``DecodeError`` where they cannot be taken out.
    public func members(of bytes: [UInt8]) throws(DecodeError) -> [[UInt8]] { try documents?.members(bytes) ?? [] }

    /// The articles of a bulletin, in order; none only where there is nothing to read.
    ///
    /// - Parameter given: what the user says of it; its region is a code.
    public func segment(_ text: DecodedText, bulletin: BulletinID, given: GivenData = GivenData()) -> [Article] {
        articles(of: text, bulletin: bulletin).map { article in
            var article = article
            article.setting.take(given, lexicon)
            article.scan = text.scan?.part(article.start..<article.end)
            return article
        }
    }

    private func articles(of text: DecodedText, bulletin: BulletinID) -> [Article] {
        let readable = ReadableText(text.scalars, text.form, lexicon.variants)
        let read = DecodedText(scalars: readable.scalars, encoding: text.encoding, form: text.form)
        return Segmenter(read, bulletin: bulletin, lexicon).articles().map { readable.article($0, of: text) }
    }

    /// The blocks of an article, in order; origins count in the bulletin's decoded text.
    public func blocks(of article: Article) -> [Block] { Layout.blocks(of: article, Scalars.of(article.text), lexicon) }

    /// The paragraphs of prose of an article, column breaks joined. Headlines, inner headings,
    /// list items, captions and bylines are none.
    public func paragraphs(of article: Article) -> [String] {
        blocks(of: article).compactMap { block in
            guard case .paragraph(let passage) = block, Layout.isProse(passage) else { return nil }
            return passage.string
        }
    }

    /// The indicators of an article, in reading order; the quote of each is what stands at
    /// its place.
    public func extract(_ article: Article) -> [Indicator] { extract(article, atMost: .max) }

    /// The first indicators of an article, as many as `most` and a few more where one figure has several names:
    /// reading ends there, so that an article of nothing but figures costs no more memory than these.
    public func extract(_ article: Article, atMost most: Int) -> [Indicator] {
        collect(article, examines: false, most: most).indicators
    }

    /// The same, with how each indicator came about, and with every figure that is none.
    public func examine(_ article: Article) -> Examination {
        var collector = collect(article, examines: true)
        if article.form == .html {
            for passage in HtmlLayout.read(Scalars.of(article.text), base: article.start, lexicon).left {
                for piece in passage.pieces {
                    let figures = QuantityPass.survey(Tokens(piece, lexicon)).quantities
                    collector.leave(figures.map { Screened(range: $0.range, reason: .navigation) }, of: piece)
                }
            }
        }
        return Examination(
            indicators: collector.indicators, traces: collector.traces,
            unresolved: collector.unresolved.sorted { $0.start < $1.start })
    }

    private func collect(_ article: Article, examines: Bool, most: Int = .max) -> IndicatorCollector {
        let printed = Scalars.of(article.text)
        let readable = ReadableText(printed, article.form, lexicon.variants)
        var collector = IndicatorCollector(
            article, printed, readable, lexicon: lexicon, examines: examines, most: most)
        let text = readable.scalars
        let article = readable.reading(of: article, lexicon.variants)
        let blocks = GridCaption.attached(Layout.blocks(of: article, text, lexicon), lexicon.heads).map(\.closedUp)
        var time = TimePass(setting: article.setting, blocks: blocks, lexicon: lexicon)
        var place = RegionPass(article, blocks: blocks, lexicon: lexicon)
        var scope = SubjectScope(NameWords(lexicon))
        for block in blocks {
            if collector.isFull { break }
            switch block {
            case .heading(let passage, let level):
                time.enter(heading: passage, level: level)
                place.enter(heading: passage, level: level)
                read(passage, isHeading: true, &time, &place, &scope, into: &collector)
            case .paragraph(let passage), .item(let passage), .caption(let passage):
                read(passage, isHeading: false, &time, &place, &scope, into: &collector)
            case .table(let table):
                read(table, time, &place, into: &collector)
            }
        }
        return collector
    }

    private func read(
        _ table: Grid, _ time: TimePass, _ place: inout RegionPass, into collector: inout IndicatorCollector
    ) {
        var setting = TableSetting(lexicon: lexicon, places: place.places)
        (setting.standing, setting.year, setting.status) = time.table
        var left: [Passage] = []
        place.beginTable()
        var vintages: [Int: Indicator.Vintage?] = [:]
        TableReader.read(table, setting, left: { left.append($0) }) { figure in
            let head = figure.head.origin.first ?? -1
            let vintage = vintages[head] ?? place.vintage(head: figure.head, caption: figure.caption)
            vintages[head] = .some(vintage)
            var placing = figure.placing
            placing.vintage = placing.vintage ?? vintage
            collector.add(
                Mention(quantity: figure.quantity, kind: figure.kind, negative: false), at: figure.span,
                Naming(names: [figure.name], source: .table), figure.timing, placing,
                in: .cell(row: figure.row, head: figure.head, caption: figure.caption), doubts: figure.doubts)
        }
        for cell in left { collector.leave(cell) }
    }

    private func read(
        _ passage: Passage, isHeading: Bool, _ time: inout TimePass, _ place: inout RegionPass,
        _ scope: inout SubjectScope,
        into collector: inout IndicatorCollector
    ) {
        scope.enterParagraph()
        if passage.scalars.count <= Passage.longest {
            return read(
                piece: passage, isHeading: isHeading, goesOn: false, &time, &place, &scope, into: &collector)
        }
        for (i, piece) in passage.pieces.enumerated() where !collector.isFull {
            read(
                piece: piece, isHeading: isHeading, goesOn: i > 0, &time, &place, &scope, into: &collector)
        }
    }

    private func read(
        piece passage: Passage, isHeading: Bool, goesOn: Bool,
        _ time: inout TimePass, _ place: inout RegionPass,
        _ scope: inout SubjectScope,
        into collector: inout IndicatorCollector
    ) {
        let tokens = Tokens(passage, lexicon)
        let quantities: [Quantity]
        if collector.examines {
            let survey = QuantityPass.survey(tokens)
            quantities = survey.quantities
            collector.leave(survey.screened, of: passage)
        } else {
            quantities = QuantityPass.read(tokens)
        }
        let text = RuleText(tokens, figures: quantities.map(\.range))
        let rules = FieldRules(text, fieldRules, examines: collector.examines)
        let mentions = KindPass.read(quantities, in: tokens, rules: rules)
        let times = CalendarReader(passage.scalars, lexicon.calendar).tokens()
        let namings = NamePass.read(
            mentions, in: passage, times: times.filter(\.placesInTime).map(\.range), tokens: tokens, text,
            rules: nameRules,
            examines: collector.examines,
            scope: &scope)
        let timings = time.read(mentions, in: passage, times, goesOn: goesOn, rules: rules)
        let discourse = Discourse(tokens, figures: mentions.map(\.quantity.range))
        let placings = place.read(mentions, in: tokens, discourse, timings, isHeading: isHeading, goesOn: goesOn)
        for (i, mention) in mentions.enumerated() {
            collector.add(
                mention, at: passage.span(mention.quantity.range), namings[i], timings[i], placings[i],
                in: .prose(passage))
        }
    }
}
