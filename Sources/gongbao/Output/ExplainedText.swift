import BulletinModel
import Messages
import Reading

/// How readings came about, and what became none, in lines for people.
enum ExplainedText {
    /// The lines of one indicator.
    static func lines(_ indicator: Indicator, _ trace: Trace) -> [String] {
        var lines = ["\(indicator.quote) — \(indicator.name)"]
        let value = indicator.valueTo.map { "\(indicator.value)–\($0)" } ?? indicator.value
        let unit = indicator.unit.isEmpty ? Say.text("without unit") : indicator.unit
        let period = IndicatorColumns.period(indicator.period)
        let facts = [
            "\(value) \(unit)", Say.word("cell", indicator.kind.rawValue), indicator.base.map { Say.base($0.rawValue) },
            Say.word("cell", indicator.bound.rawValue), Say.word("cell", indicator.status.rawValue),
        ]
        lines.append(label("reads as") + facts.compactMap(\.self).joined(separator: Messages.current("table.comma")))
        lines.append(label("passage") + marked(trace))
        for rule in trace.rules { lines.append(label(String(rule.family)) + Say.text(words(rule))) }
        for (i, candidate) in trace.names.enumerated() {
            lines.append(label(i == 0 ? "named by" : "not") + "\(candidate.rule): \(candidate.name)")
        }
        var told: Set<RuleField> = []
        for proposal in trace.proposals {
            let head = told.insert(proposal.field).inserted ? "\(proposal.field.rawValue) by" : "not"
            lines.append(label(head) + "\(proposal.rule): \(proposal.value)")
        }
        if !period.isEmpty { lines.append(label("period") + period) }
        if let region = indicator.region {
            lines.append(label("region") + region.name + (region.code.map { " (\($0))" } ?? ""))
        }
        if let scope = indicator.scope { lines.append(label("scope") + Say.word("cell", scope.rawValue)) }
        if let vintage = indicator.vintage { lines.append(label("vintage") + Say.word("cell", vintage.rawValue)) }
        if let code = indicator.code { lines.append(label("code") + code) }
        lines.append(label("confidence") + "\(indicator.confidence)")
        return lines
    }

    /// A line of the table of what is unresolved, as ``unresolvedHeads``.
    static func cells(_ article: Article, _ unresolved: Unresolved) -> [String] {
        [
            "\(article.ordinal)", "\(unresolved.start)", "\(unresolved.end)", unresolved.text,
            unresolved.reason.rawValue, unresolved.passage,
        ]
    }

    /// The columns of the table of what is unresolved.
    static let unresolvedHeads = ["article", "start", "end", "as printed", "reason", "passage"]

    /// Some of the passage, with the figure in brackets.
    private static func marked(_ trace: Trace) -> String {
        let scalars = Array(trace.passage.unicodeScalars)
        guard let figure = trace.figure, figure.upperBound <= scalars.count else { return trace.passage }
        func text(_ range: Range<Int>) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[range.clamped(to: scalars.indices)])
            return String(view)
        }
        let (start, end) = (max(0, figure.lowerBound - 40), min(scalars.count, figure.upperBound + 20))
        return (start > 0 ? "…" : "") + text(start..<figure.lowerBound) + "【" + text(figure) + "】"
            + text(figure.upperBound..<end) + (end < scalars.count ? "…" : "")
    }

    /// What a line tells of, in the language of the process, as wide as twelve cells.
    private static func label(_ english: String) -> String {
        let word = Say.word("label", english)
        return "  " + word + String(repeating: " ", count: max(1, 12 - ColumnTable.width(word)))
    }

    private static func words(_ rule: Rule) -> String {
        switch rule {
        case .numeralDigits: "printed in digits"
        case .numeralSpelled: "spelled out"
        case .numeralMixed: "digits with magnitude words"
        case .numeralRepaired: "blanks, line breaks or a wrong point inside were mended"
        case .quantityAmount: "a count or amount"
        case .quantityRatio: "a percentage or fraction"
        case .quantityPoints: "a difference of percentages"
        case .quantityMultiple: "a multiple"
        case .quantityRank: "a place in an order"
        case .unitPrinted: "stands behind the numeral"
        case .unitListed: "stands behind the last number of the list"
        case .unitSign: "told by the sign in front"
        case .unitImplied: "implied by the noun beside the numeral"
        case .unitTable: "told by the table's column, head or caption"
        case .unitNone: "there is none"
        case .kindLevel: "an amount, count or rate"
        case .kindChange: "a rise or fall"
        case .kindShare: "a part of a whole"
        case .kindRank: "a place in an order"
        case .nameFront: "stands in front of the figure"
        case .nameBehind: "stands behind the figure"
        case .nameParent: "taken from an earlier clause, in whole or part"
        case .nameList: "shared with the other members of a list"
        case .nameTable: "the head of the table's row"
        case .nameRule: "found by a row of rules/name.tsv"
        case .nameCarried: "nothing names it: it goes on with the figure before, or the headline"
        case .nameKnown: "a measure that the lexicon knows"
        case .nameKin: "it ends with a measure that the lexicon knows"
        case .nameClear: "its clause holds nothing else, and it ends with what is measured"
        case .nameCounted: "its clause holds nothing but what is counted"
        case .nameSame: "the same as that of the figure which this one is told with"
        case .periodClause: "told in the figure's clause"
        case .periodSentence: "told earlier in the sentence"
        case .periodParagraph: "told in an earlier sentence of the paragraph"
        case .periodHeading: "that of the heading, the opening line or the bulletin's day"
        case .periodTable: "told by the table's heads or caption"
        case .periodNone: "none is told"
        case .doubtLongName: "the name is longer than names are"
        case .doubtShortName: "the name has one character"
        case .doubtOddName: "the name has marks or particles that names hardly have"
        case .doubtCrowded: "many figures stand before it in the same sentence"
        case .doubtTableName: "the heads of its row and column name no measure that is known as one"
        case .doubtTableRow: "the row's name was completed by a row above it, or by the table's title"
        case .textRecognised: "recognised from a picture, and as sure as its words at most"
        case .doubtTableUnit: "nothing in the table tells its unit for sure"
        }
    }
}
