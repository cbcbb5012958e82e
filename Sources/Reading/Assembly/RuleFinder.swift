import BulletinModel

/// Tells from a reading which rules took part in it.
struct RuleFinder {
    /// The bulletin is HTML, where markup inside a figure is no damage.
    let isMarkup: Bool
    /// Where the sentence at hand begins in its passage, and how many figures it had.
    private var sentence = (passage: -1, place: 0, figures: 0)

    init(isMarkup: Bool) {
        self.isMarkup = isMarkup
    }

    /// Figures in one sentence from which on names get lost among them.
    private static let crowd = 8
    /// Characters of a name from which on it is likely more than a name, and particles that hardly stand in one.
    private static let longestName = 20

    /// The rules of one reading but those of its name's own words. `width` is what the figure takes in the
    /// decoded text. Figures of a passage come in reading order.
    mutating func rules(
        _ mention: Mention, _ naming: Naming, _ timing: Timing, in surroundings: Surroundings, width: Int
    ) -> [Rule] {
        let q = mention.quantity
        var rules: [Rule] = []
        rules.reserveCapacity(11)
        switch surroundings {
        case .prose(let passage): rules.append(numeral(q, passage.scalars, width))
        case .cell: rules.append(.numeralDigits)
        }
        rules.append(Self.form(q.form))
        rules.append(Self.unit(q))
        rules.append(Self.kind(mention.kind))
        rules.append(naming.names.allSatisfy(\.isEmpty) ? .nameCarried : Self.name(naming))
        rules.append(Self.period(timing))
        if case .prose(let passage) = surroundings, isCrowded(q.range.lowerBound, passage) {
            rules.append(.doubtCrowded)
        }
        return rules
    }

    /// Adds the rules that a name's own words tell.
    static func append(ofName name: [UInt32], isKnown: Bool, _ lexicon: Lexicon, to rules: inout [Rule]) {
        if isKnown { rules.append(.nameKnown) }
        if name.count > longestName { rules.append(.doubtLongName) }
        if name.count == 1 { rules.append(.doubtShortName) }
        if name.contains(where: { $0 == 0x20 || lexicon.scalars(.oddInName).contains($0) }) {
            rules.append(.doubtOddName)
        }
    }

    private func numeral(_ q: Quantity, _ s: [UInt32], _ width: Int) -> Rule {
        let printed = s[q.numeral]
        let isBroken = printed.contains { $0 == 0x20 || $0 == 0x3002 } || (!isMarkup && width > q.range.count)
        if isBroken { return .numeralRepaired }
        guard printed.contains(where: Glyph.isDigit) else { return .numeralSpelled }
        return printed.contains(where: { Glyph.magnitude($0) != nil }) ? .numeralMixed : .numeralDigits
    }

    private mutating func isCrowded(_ place: Int, _ passage: Passage) -> Bool {
        let start = passage.origin.first ?? 0
        if sentence.passage != start || place < sentence.place { sentence = (start, 0, 0) }
        if passage.scalars[sentence.place..<place].contains(where: Glyph.endsSentence) { sentence.figures = 0 }
        sentence.place = place
        sentence.figures += 1
        return sentence.figures > Self.crowd
    }

    private static func form(_ form: Quantity.Form) -> Rule {
        switch form {
        case .amount: .quantityAmount
        case .ratio: .quantityRatio
        case .points: .quantityPoints
        case .multiple: .quantityMultiple
        case .rank: .quantityRank
        }
    }

    private static func unit(_ q: Quantity) -> Rule {
        switch q.unitSource {
        case _ where q.unit.isEmpty: .unitNone
        case .printed: .unitPrinted
        case .listed: .unitListed
        case .sign: .unitSign
        case .implied: .unitImplied
        case .table: .unitTable
        }
    }

    private static func kind(_ kind: Indicator.Kind) -> Rule {
        switch kind {
        case .level: .kindLevel
        case .change: .kindChange
        case .share: .kindShare
        case .rank: .kindRank
        }
    }

    private static func name(_ naming: Naming) -> Rule {
        naming.rule == nil ? name(naming.source) : .nameRule
    }

    private static func name(_ source: Naming.Source) -> Rule {
        switch source {
        case .front: .nameFront
        case .behind: .nameBehind
        case .parent: .nameParent
        case .list: .nameList
        case .table: .nameTable
        }
    }

    private static func period(_ timing: Timing) -> Rule {
        guard timing.period != nil else { return .periodNone }
        return switch timing.source {
        case .clause: .periodClause
        case .sentence: .periodSentence
        case .paragraph: .periodParagraph
        case .heading: .periodHeading
        case .table: .periodTable
        }
    }
}
