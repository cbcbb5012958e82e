import BulletinModel

/// Puts together what the passes say of each figure of an article.
struct IndicatorCollector {
    private(set) var indicators: [Indicator] = []
    private let article: Article
    private let text: [UInt32]
    private let lexicon: Lexicon
    /// The span of the last figure, and how many were at it: passages follow each other in the text.
    private var last: (span: Range<Int>, count: Int) = (0..<0, 0)

    init(_ article: Article, lexicon: Lexicon) {
        self.article = article
        self.lexicon = lexicon
        text = Scalars.of(article.text)
    }

    /// Adds a figure once for each of its names. `span` counts in the decoded text; one that
    /// does not lie in the article shows no place and is left out.
    mutating func add(
        _ mention: Mention, at span: Range<Int>, _ naming: Naming, _ timing: Timing, _ region: Indicator.Region?
    ) {
        guard span.lowerBound >= article.start, span.upperBound <= article.start + text.count else { return }
        let quote = Scalars.string(text[(span.lowerBound - article.start)..<(span.upperBound - article.start)])
        let q = mention.quantity
        for name in naming.names {
            let repetition = last.span == span ? last.count : 0
            last = (span, repetition + 1)
            let code = lexicon.code(name)
            // A figure whose clause names nothing goes on with the figure before it.
            let shown = name.isEmpty ? indicators.last?.name ?? article.headline ?? quote : name
            indicators.append(
                Indicator(
                    article: article.id, bulletin: article.bulletin, articleOrdinal: article.ordinal,
                    start: span.lowerBound, end: span.upperBound, repetition: repetition, quote: quote, name: shown,
                    value: signed(q.value, mention.negative), valueTo: q.valueTo.map { signed($0, mention.negative) },
                    unit: q.unit, kind: mention.kind, base: timing.base, bound: q.bound, status: timing.status,
                    period: timing.period, code: code, region: region,
                    confidence: Confidence.of(naming.source, name: name, indicator: mention.kind, hasCode: code != nil),
                    rules: rules(mention, naming, timing)))
        }
    }

    private func signed(_ value: String, _ isNegative: Bool) -> String {
        isNegative && value != "0" && !value.hasPrefix("-") ? "-" + value : value
    }

    /// The rule families that took part, in the order in which they ran.
    private func rules(_ mention: Mention, _ naming: Naming, _ timing: Timing) -> [String] {
        var rules = ["quantity:\(mention.quantity.form.rawValue)", "kind:\(mention.kind.rawValue)"]
        rules.append("name:\(naming.source.rawValue)")
        if timing.period != nil { rules.append("period") }
        return rules
    }
}
