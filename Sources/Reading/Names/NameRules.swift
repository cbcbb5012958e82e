import BulletinModel

/// A name as it was found: pieces of the passage, of earlier names, of a rule. It is written when a figure has its name.
struct NameCandidate {
    /// A piece of a name.
    enum Piece: Equatable {
        /// Words of the passage.
        case words(Range<Int>)
        /// Words from elsewhere.
        case carried([UInt32])
    }

    /// In the order of the name; at most three.
    let pieces: [Piece]
    /// Which rule found it.
    let rule: TableRule

    /// The name, without blanks and 的.
    func text(_ s: [UInt32]) -> [UInt32] {
        pieces.flatMap { piece -> [UInt32] in
            switch piece {
            case .words(let range): s[range].filter { $0 != 0x20 && $0 != 0x7684 }
            case .carried(let words): words
            }
        }
    }
}

/// Runs the rules of `name.tsv` at one figure after the other.
struct NameRules {
    let text: RuleText
    private let rows: [TableRule]
    private let words: NameWords

    init(_ text: RuleText, _ table: RuleTable, _ lexicon: Lexicon) {
        self.text = text
        rows = table.rows
        words = NameWords(lexicon)
    }

    /// What the figure before is of, changes included.
    var current: [UInt32] = []
    /// What the last change is of.
    var changed: [UInt32] = []

    /// What the rules say of a figure, the best first.
    func candidates(
        _ index: Int, _ mention: Mention, _ scope: SubjectScope, behind: [UInt32]
    ) -> [NameCandidate] {
        let q = mention.quantity
        let matches = text.matches(rows, at: index) { key, value in
            switch key {
            case "kind": mention.kind.rawValue == value
            case "form": q.form.rawValue == value
            case "unit": q.unit == value
            case "part": q.part.map { "\($0.index + 1)/\($0.count)" } == value
            case "has": slot(Substring(value), scope, behind)?.isEmpty == false
            case "in": value == "note" ? !scope.heads.isEmpty : scope.head != nil
            case "same": value == "head" ? scope.head?.unit == q.unit : scope.subject?.unit == q.unit
            default: false
            }
        }
        return matches.compactMap { found in
            var pieces: [NameCandidate.Piece] = []
            for word in found.rule.take.split(separator: " ") {
                switch take(word, found.match, scope, behind) {
                case .piece(let piece): pieces.append(piece)
                case .nothing: continue
                case .missing: return nil
                }
            }
            return pieces.isEmpty ? nil : NameCandidate(pieces: pieces, rule: found.rule)
        }
    }

    private enum Taken {
        case piece(NameCandidate.Piece)
        /// A capture that met nothing.
        case nothing
        /// Something that is not there: the rule says nothing.
        case missing
    }

    /// What a word of `take` stands for: `'…'` for itself, `$1` for a capture (`$1:place` only tests that it is a
    /// division), anything else for what the scope holds under it.
    private func take(
        _ word: Substring, _ match: RuleText.Match, _ scope: SubjectScope, _ behind: [UInt32]
    ) -> Taken {
        if word.first == "'" { return .piece(.carried(Scalars.of(String(word.dropFirst().dropLast())))) }
        guard word.first == "$" else {
            guard let words = slot(word, scope, behind), !words.isEmpty else { return .missing }
            return .piece(.carried(words))
        }
        let parts = word.dropFirst().split(separator: ":")
        guard let number = parts.first.flatMap({ Int($0) }), (1...Pattern.captures).contains(number) else {
            return .missing
        }
        guard let range = match.captures[number - 1].map(trimmed), !range.isEmpty else {
            return parts.count > 1 ? .missing : .nothing
        }
        guard parts.count > 1 else { return .piece(.words(range)) }
        switch parts[1] {
        case "place": return isPlace(range) ? .nothing : .missing
        case "part": return isPart(range) ? .piece(.words(range)) : .missing
        default: return .missing
        }
    }

    /// Whether words only say which part of the head is told: 市级, 住宅, 保工资; not 税收收入, which needs no noun.
    private func isPart(_ range: Range<Int>) -> Bool {
        guard (1...10).contains(range.count), text.s[range].allSatisfy({ Glyph.isHan($0) || $0 == 0x20 }) else {
            return false
        }
        return !isPlace(range) && words.complete.ends(text.s, before: range.upperBound, start: range.lowerBound) == 0
            && words.actions.begins(text.s, at: range.lowerBound, end: range.upperBound) == 0
            && words.relational.ends(text.s, before: range.upperBound, start: range.lowerBound) == 0
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (a, b) = (range.lowerBound, range.upperBound)
        while a < b, text.s[a] == 0x20 { a += 1 }
        while b > a, text.s[b - 1] == 0x20 { b -= 1 }
        return a..<b
    }

    private func isPlace(_ range: Range<Int>) -> Bool {
        text.tokens.longest(.division, startingAt: range.lowerBound, notBehind: range.upperBound) == range
    }

    /// What a scope holds under a name.
    private func slot(_ name: Substring, _ scope: SubjectScope, _ behind: [UInt32]) -> [UInt32]? {
        switch name {
        case "planned": scope.planned
        case "subject": scope.subject?.name
        case "head": scope.head?.name
        case "wholeHead": scope.wholeHead
        case "headMeasure": scope.headMeasure
        case "topic": scope.topic
        case "current": current
        case "changed": changed
        case "object": scope.object
        case "counted": scope.counted
        case "behind": behind
        case "headOwner": scope.headOwner
        case "holder": scope.holder
        case "account": scope.account.map { $0.level + $0.body }
        case "body": scope.account?.body
        case "fund": scope.fund
        case "side": scope.account?.side
        default: nil
        }
    }
}
