import BulletinModel

/// Puts together what the passes say of each figure of an article.
struct IndicatorCollector {
    private(set) var indicators: [Indicator] = []
    private(set) var traces: [Trace] = []
    private(set) var unresolved: [Unresolved] = []
    /// Whether it keeps how indicators came about, and what became none.
    let examines: Bool
    /// Whether it has as many indicators as it takes.
    var isFull: Bool { indicators.count >= most }
    private let most: Int
    private let article: Article
    private let text: [UInt32]
    /// The text as it was read; what is told of it is in the forms that it prints.
    private let readable: ReadableText
    private let lexicon: Lexicon
    private var repetitions = Repetitions()
    private var evidence: RuleFinder
    private let names: NameEvidence
    /// Behind a figure, a change of the same begins within so many characters.
    private static let next = 14

    init(
        _ article: Article, _ text: [UInt32], _ readable: ReadableText, lexicon: Lexicon, examines: Bool,
        most: Int = .max
    ) {
        self.article = article
        self.readable = readable
        self.lexicon = lexicon
        self.examines = examines
        self.most = most
        self.text = text
        evidence = RuleFinder(isMarkup: article.form == .html)
        names = NameEvidence(lexicon)
        // Prose has about a figure in so many scalars; moving those at hand costs more than a few too many places.
        indicators.reserveCapacity(min(1_000, text.count / 64))
    }

    /// Adds a figure once for each of its names. `span` counts in the decoded text; one that
    /// does not lie in the article shows no place and is left out.
    mutating func add(
        _ mention: Mention, at span: Range<Int>, _ naming: Naming, _ timing: Timing, _ placing: Placing,
        in surroundings: Surroundings, doubts: [Rule] = []
    ) {
        guard !isFull, let quote = quote(span) else { return }
        let q = mention.quantity
        var rules = evidence.rules(mention, naming, timing, in: surroundings, width: span.count) + doubts
        let ofAll = rules.count
        for name in naming.names {
            let repetition = repetitions.next(span)
            let words = Scalars.of(name)
            let code = lexicon.code(words)
            // A figure whose clause names nothing goes on with the figure before it.
            let shown =
                name.isEmpty
                ? indicators.last?.name ?? article.headline ?? quote
                : readable.printed(name)
            rules.removeLast(rules.count - ofAll)
            RuleFinder.append(ofName: words, isKnown: code != nil, lexicon, to: &rules)
            if code == nil, naming.rule == nil, naming.source == .front, case .prose(let passage) = surroundings,
                let rule = names.rule(words, mention, in: passage.scalars)
            {
                rules.append(rule)
            }
            // 支出9亿元，增长5%: the change is as sure as the amount.
            var sure: Double?
            if mention.kind == .change, naming.source == .parent, naming.rule == nil, let last = indicators.last,
                last.name == shown, (0...Self.next).contains(span.lowerBound - last.end)
            {
                rules.append(.nameSame)
                sure = last.confidence
            }
            var confidence = sure ?? lexicon.confidence.of(rules)
            if let scan = article.scan {
                rules.append(.textRecognised)
                if sure == nil { confidence = (confidence * Double(scan.percent(of: span))).rounded() / 100 }
            }
            indicators.append(
                Indicator(
                    article: article.id, bulletin: article.bulletin, articleOrdinal: article.ordinal,
                    start: span.lowerBound, end: span.upperBound, repetition: repetition, quote: quote, name: shown,
                    value: mention.value, valueTo: mention.valueTo,
                    unit: readable.printed(q.unit), kind: mention.kind,
                    base: timing.base, bound: q.bound, status: timing.status, period: timing.period, code: code,
                    region: placing.region, scope: placing.scope, vintage: placing.vintage,
                    confidence: confidence, rules: rules.map(\.rawValue)))
            if examines {
                let words = surroundings.words(of: q.range)
                traces.append(
                    Trace(
                        passage: words.passage, figure: words.figure, rules: rules, names: naming.candidates,
                        proposals: mention.proposals + timing.proposals))
            }
        }
    }

    /// Notes the figures of a passage that are no indicators.
    mutating func leave(_ screened: [Screened], of passage: Passage) {
        guard !screened.isEmpty else { return }
        for figure in screened {
            let span = passage.span(figure.range)
            guard let text = quote(span) else { continue }
            let around = (max(0, figure.range.lowerBound - 24)..<(figure.range.upperBound + 12))
                .clamped(to: passage.scalars.indices)
            unresolved.append(
                Unresolved(
                    start: span.lowerBound, end: span.upperBound, text: text, reason: figure.reason,
                    passage: Scalars.string(passage.scalars[around])))
        }
    }

    /// Notes a table's cell that has digits and is no figure.
    mutating func leave(_ cell: Passage) {
        leave([Screened(range: cell.scalars.indices, reason: .table)], of: cell)
    }

    /// What stands at a place of the decoded text; nil where it does not lie in the article.
    private func quote(_ span: Range<Int>) -> String? {
        guard span.lowerBound >= article.start, span.upperBound <= article.start + text.count else { return nil }
        return Scalars.string(text[(span.lowerBound - article.start)..<(span.upperBound - article.start)])
    }
}

/// Counts how often a span has been read.
///
/// Figures mostly come in reading order, where a span that begins behind all others is new; only
/// what comes out of that order is looked up.
private struct Repetitions {
    private var inOrder: [(span: Range<Int>, count: Int)] = []
    private var counts: [Range<Int>: Int] = [:]
    /// Where the spans so far end.
    private var end = 0

    /// How often the span was read before; now it is read once more.
    mutating func next(_ span: Range<Int>) -> Int {
        if let last = inOrder.last, last.span == span {
            inOrder[inOrder.count - 1].count += 1
            return last.count
        }
        if span.lowerBound >= end {
            end = span.upperBound
            inOrder.append((span, 1))
            return 0
        }
        for known in inOrder { counts[known.span] = known.count }
        inOrder.removeAll()
        let before = counts[span, default: 0]
        counts[span] = before + 1
        return before
    }
}
