import BulletinModel

/// What speaks for a name that no measure of the lexicon has: that its clause says nothing else, and how it ends.
struct NameEvidence {
    private let lexicon: Lexicon
    /// Words that end what is measured: 面积, 支出, 结余.
    private let measures: [WordSet]
    /// Words that link a name to its figure and say nothing of it.
    private let links: [WordSet]
    /// Words in front of a name that say where or when.
    private let leads: [WordSet]
    /// Units of things that are counted one by one.
    private let classifiers: WordSet

    /// Names of fewer characters say too little to tell that they are all.
    private static let shortestMeasure = 6
    private static let shortestChange = 4
    /// A clause that begins further in front says more than a name.
    private static let reach = 60

    init(_ lexicon: Lexicon) {
        self.lexicon = lexicon
        measures = [
            lexicon[.measureTail], lexicon[.amountNoun], lexicon[.balance], lexicon[.totalNoun], lexicon[.relational],
        ]
        links = [
            lexicon[.figureLink], lexicon[.figureDone], lexicon[.budgetDone], lexicon[.compareVerb],
            lexicon[.linking],
            lexicon.rises, lexicon.falls,
        ]
        leads = [lexicon[.clauseLead], lexicon[.calendarWord]]
        classifiers = lexicon[.itemUnit]
    }

    /// The rule that speaks for a name of the words in front of a figure; nil where none does.
    func rule(_ name: [UInt32], _ mention: Mention, in s: [UInt32]) -> Rule? {
        let q = mention.quantity
        guard name.count > 1, mention.kind != .rank, mention.kind != .share else { return nil }
        if lexicon.endsWithMeasure(name) { return .nameKin }
        guard isWhole(name, before: q.range.lowerBound, in: s) else { return nil }
        if mention.kind == .level, classifiers.contains(q.unit) { return .nameCounted }
        let shortest = mention.kind == .change ? Self.shortestChange : Self.shortestMeasure
        guard name.count >= shortest else { return nil }
        return measures.contains { $0.ends(name, before: name.count) > 1 } ? .nameClear : nil
    }

    /// Whether the clause in front of a figure holds the name, links, time and place, and nothing else.
    private func isWhole(_ name: [UInt32], before end: Int, in s: [UInt32]) -> Bool {
        var start = end
        while start > 0, end - start < Self.reach, !Glyph.endsClause(s[start - 1]), s[start - 1] != 0x3001 {
            start -= 1
        }
        let clause = s[start..<end].filter { $0 != 0x20 && $0 != 0x7684 }
        guard clause.count >= name.count,
            let at = (0...(clause.count - name.count)).last(where: {
                clause[$0..<($0 + name.count)].elementsEqual(name)
            })
        else { return false }
        return isLead(Array(clause[..<at])) && isLink(Array(clause[(at + name.count)...]))
    }

    private func isLead(_ s: [UInt32]) -> Bool {
        var i = ListMark.read(s, at: 0, end: s.count)?.range.upperBound ?? 0
        while i < s.count {
            let word = leads.reduce(0) { max($0, $1.begins(s, at: i)) }
            if word == 0, !Glyph.isDigit(s[i]), Glyph.isHan(s[i]), links.allSatisfy({ $0.begins(s, at: i) == 0 }) {
                return false
            }
            i += max(word, 1)
        }
        return true
    }

    private func isLink(_ s: [UInt32]) -> Bool {
        var i = 0
        while i < s.count {
            if s[i] == 0x28 || s[i] == 0xFF08, let close = s[i...].firstIndex(where: { $0 == 0x29 || $0 == 0xFF09 }) {
                i = close + 1
                continue
            }
            let word = links.reduce(0) { max($0, $1.begins(s, at: i)) }
            if word == 0 { return false }
            i += word
        }
        return true
    }
}
