import BulletinModel

/// The reading engine: bytes to text to articles to indicators. Pure functions; safe to use
/// from many threads at once.
public struct Engine: Sendable {
    /// The version of the rules.
    public static let version = 1
    private let lexicon: Lexicon

    /// An engine with these tables.
    public init(lexicon: Lexicon) {
        self.lexicon = lexicon
    }

    /// What makes a reading.
    public var engineVersion: EngineVersion { EngineVersion(number: Self.version, lexicon: lexicon.digest) }

    /// The text of a bulletin's bytes.
    ///
    /// - Throws: ``DecodeError``.
    public func decode(_ bytes: [UInt8]) throws(DecodeError) -> DecodedText {
        try Decoder.decode(bytes)
    }

    /// The articles of a bulletin, in order; none only where there is nothing to read.
    public func segment(_ text: DecodedText, bulletin: BulletinID) -> [Article] {
        Segmenter(text, bulletin: bulletin).articles()
    }

    /// The paragraphs of prose of an article, column breaks joined. Headlines, inner headings,
    /// list items, captions and bylines are none.
    public func paragraphs(of article: Article) -> [String] {
        Layout.blocks(of: article).compactMap { block in
            guard case .paragraph(let passage) = block, Layout.isProse(passage) else { return nil }
            return passage.string
        }
    }

    /// The indicators of an article, in reading order.
    public func extract(_ article: Article) -> [Indicator] {
        let text = Scalars.of(article.text)
        let blocks = Layout.blocks(of: article)
        var time = TimePass(setting: article.setting, blocks: blocks)
        var found: [Indicator] = []
        var seen: [Range<Int>: Int] = [:]
        func add(
            _ span: Range<Int>, _ name: String, _ q: Quantity, _ kind: Indicator.Kind, negative: Bool, _ timing: Timing
        ) {
            let quote = Scalars.string(text[(span.lowerBound - article.start)..<(span.upperBound - article.start)])
            let repetition = seen[span, default: 0]
            seen[span] = repetition + 1
            found.append(
                Indicator(
                    article: article.id, bulletin: article.bulletin, articleOrdinal: article.ordinal,
                    start: span.lowerBound, end: span.upperBound, repetition: repetition, quote: quote, name: name,
                    value: negative && q.value != "0" && !q.value.hasPrefix("-") ? "-" + q.value : q.value,
                    valueTo: q.valueTo, unit: q.unit,
                    kind: kind, base: timing.base, bound: q.bound, status: timing.status, period: timing.period,
                    code: lexicon.code(name)))
        }
        for block in blocks {
            switch block {
            case .heading(let passage, let level):
                time.enter(heading: passage, level: level)
                read(passage, &time, add)
            case .paragraph(let passage), .item(let passage), .caption(let passage):
                read(passage, &time, add)
            case .table(let table):
                TableReader.read(table) { span, name, quantity, kind, head in
                    let timing = time.timing(caption: table.caption, head: head, kind: kind)
                    add(span, name, quantity, kind, negative: false, timing)
                }
            }
        }
        return found
    }

    private func read(
        _ passage: Passage, _ time: inout TimePass,
        _ add: (Range<Int>, String, Quantity, Indicator.Kind, Bool, Timing) -> Void
    ) {
        let mentions = KindPass.read(QuantityPass.read(passage), in: passage)
        let names = NamePass.read(mentions, in: passage)
        let timings = time.read(mentions, in: passage)
        for (i, mention) in mentions.enumerated() {
            for name in names[i] {
                add(
                    passage.span(mention.quantity.range), name, mention.quantity, mention.kind, mention.negative,
                    timings[i])
            }
        }
    }
}
