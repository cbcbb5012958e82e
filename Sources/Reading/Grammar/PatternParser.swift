/// Reads the language of patterns.
///
/// | written | meets |
/// | --- | --- |
/// | `@` | the figure at hand; exactly once |
/// | `#` | another figure |
/// | other characters | themselves; `，` meets `,` too, and so on for `；`, `：`, `（`, `）` |
/// | `<a\|b>` | the longest word with one of the features |
/// | `^` `^^` `$` | where a clause begins, where a sentence begins, where a clause ends |
/// | `~` `~~` | as few characters as needed of the clause, of the sentence |
/// | `.` `\d` | one character of the clause, one digit |
/// | `( … )` | the same, captured |
/// | `[ a \| b ]` | one of the alternatives |
/// | `?` `*` `+` `{m,n}` | how often what stands in front |
/// | `!x` | nothing, where the element `x` does not stand |
///
/// Blanks between elements mean nothing.
struct PatternParser {
    private indirect enum Node {
        case step(Pattern.Step)
        /// A step that meets words with one of the features.
        case words(Pattern.Step, FeatureSet)
        case sequence([Node])
        case choice([Node])
        case times(Node, Int, Int, lazy: Bool)
        case capture(Int, Node)
        case not(Node)
        case target
    }

    private let s: [UInt32]
    private let words: (Feature) -> WordSet
    private var i = 0
    private var captures = 0
    private var weight = 0
    private var leavesSentence = false

    /// The pattern that a text means; `words` gives the words that have a feature.
    ///
    /// - Throws: ``PatternError``.
    static func parse(_ text: String, words: @escaping (Feature) -> WordSet) throws(PatternError) -> Pattern {
        var parser = PatternParser(s: Scalars.of(text), words: words)
        guard case .sequence(let nodes) = try parser.sequence(closing: nil) else { throw parser.wrong("is empty") }
        guard let at = nodes.firstIndex(where: { if case .target = $0 { true } else { false } }),
            nodes.count(where: { if case .target = $0 { true } else { false } }) == 1
        else { throw parser.wrong("needs one @ outside brackets") }
        var left: [Pattern.Step] = []
        var right: [Pattern.Step] = []
        for node in nodes[..<at].reversed() { emit(node, backward: true, &left) }
        for node in nodes[(at + 1)...] { emit(node, backward: false, &right) }
        let needs = parser.leavesSentence ? [] : nodes.flatMap { Self.needs($0) }
        return Pattern(left: left + [.done], right: right + [.done], specificity: parser.weight, needs: needs)
    }

    private init(s: [UInt32], words: @escaping (Feature) -> WordSet) {
        self.s = s
        self.words = words
    }

    private func wrong(_ what: String) -> PatternError { PatternError(message: "the pattern \(what)") }

    // MARK: - Reading

    private mutating func sequence(closing: UInt32?) throws(PatternError) -> Node {
        var choices: [Node] = []
        var nodes: [Node] = []
        while i < s.count {
            let c = s[i]
            if c == closing {
                i += 1
                return choices.isEmpty ? .sequence(nodes) : .choice(choices + [.sequence(nodes)])
            }
            if c == 0x20 {
                i += 1
            } else if c == 0x7C, closing != nil {  // |
                i += 1
                choices.append(.sequence(nodes))
                nodes = []
            } else {
                nodes.append(try repeated(try element()))
            }
        }
        guard closing == nil else { throw wrong("has a bracket that does not close") }
        return .sequence(nodes)
    }

    private mutating func element() throws(PatternError) -> Node {
        let c = s[i]
        i += 1
        switch c {
        case 0x40: return .target  // @
        case 0x23:  // #
            weight += 1
            return .step(.figure)
        case 0x2E: return .step(.inClause)  // .
        case 0x24: return .step(.clauseEnd)  // $
        case 0x5E:  // ^
            guard i < s.count, s[i] == 0x5E else { return .step(.clauseStart) }
            i += 1
            return .step(.sentenceStart)
        case 0x7E:  // ~
            guard i < s.count, s[i] == 0x7E else { return .times(.step(.inClause), 0, .max, lazy: true) }
            i += 1
            return .times(.step(.inSentence), 0, .max, lazy: true)
        case 0x5C:  // \\
            guard i < s.count, s[i] == 0x64 else { throw wrong("has a \\ that is no \\d") }
            i += 1
            return .step(.digit)
        case 0x21:  // !
            guard i < s.count else { throw wrong("ends with !") }
            return .not(try element())
        case 0x28:  // (
            captures += 1
            let number = captures
            guard number <= Pattern.captures else { throw wrong("has more than \(Pattern.captures) captures") }
            return .capture(number, try sequence(closing: 0x29))
        case 0x5B: return try sequence(closing: 0x5D)  // [
        case 0x3C: return try feature()  // <
        case 0x29, 0x5D, 0x3E, 0x2A, 0x2B, 0x3F, 0x7B, 0x7D: throw wrong("has a stray \(Scalars.string([c]))")
        default: return .step(.literal(literal(from: c)))
        }
    }

    private mutating func feature() throws(PatternError) -> Node {
        guard let close = s[i...].firstIndex(of: 0x3E) else { throw wrong("has a < that does not close") }
        let names = Scalars.string(s[i..<close]).split(separator: "|").map(String.init)
        i = close + 1
        weight += 1
        var (sets, tokens, all) = ([WordSet](), FeatureSet(), FeatureSet())
        for name in names {
            guard let feature = Feature(name) else { throw wrong("has the feature \(name), which no table knows") }
            all.insert(feature)
            // Parts of speech are told of tokens; words with features of ours may be longer than a token.
            if feature.rawValue < Feature.among.rawValue { tokens.insert(feature) } else { sets.append(words(feature)) }
        }
        if sets.isEmpty, !tokens.isEmpty { return .words(.token(tokens), all) }
        guard tokens.isEmpty, !sets.isEmpty else {
            throw wrong("has a <> that mixes parts of speech with other features")
        }
        return .words(.word(sets), all)
    }

    /// The word from `first` on up to a character that means something; a repetition takes all of it.
    private mutating func literal(from first: UInt32) -> [UInt32] {
        var word = [first]
        while i < s.count, s[i] > 0x7F, !Self.isMark(s[i]), !Self.isMark(first) {
            word.append(s[i])
            i += 1
        }
        weight += 1
        if word.contains(where: Glyph.endsSentence) { leavesSentence = true }
        return word
    }

    private static func isMark(_ c: UInt32) -> Bool { !Glyph.isHan(c) && c > 0x7F }

    private mutating func repeated(_ node: Node) throws(PatternError) -> Node {
        guard i < s.count else { return node }
        switch s[i] {
        case 0x3F: i += 1; return .times(node, 0, 1, lazy: false)
        case 0x2A: i += 1; return .times(node, 0, 32, lazy: false)
        case 0x2B: i += 1; return .times(node, 1, 32, lazy: false)
        case 0x7B:
            guard let close = s[i...].firstIndex(of: 0x7D) else { throw wrong("has a brace that does not close") }
            let bounds = Scalars.string(s[(i + 1)..<close]).split(separator: ",").compactMap { Int($0) }
            i = close + 1
            guard bounds.count == 2, bounds[0] >= 0, bounds[0] <= bounds[1], bounds[1] <= 64 else {
                throw wrong("has braces that do not hold two numbers up to 64")
            }
            return .times(node, bounds[0], bounds[1], lazy: true)
        default: return node
        }
    }

    // MARK: - What is needed

    /// What stands in the sentence wherever the node is met.
    private static func needs(_ node: Node) -> [Pattern.Need] {
        switch node {
        // Marks have two forms.
        case .step(.literal(let word)): word.filter(Glyph.isHan).map { Pattern.Need(scalars: [$0]) }
        case .step, .target, .not: []
        case .words(_, let features): [Pattern.Need(features: features)]
        case .sequence(let nodes): nodes.flatMap { needs($0) }
        case .capture(_, let node): needs(node)
        case .times(let node, let least, _, _): least > 0 ? needs(node) : []
        case .choice(let nodes):
            one(of: nodes.map { needs($0) })
        }
    }

    /// One thing of each choice; nothing where a choice needs nothing.
    private static func one(of choices: [[Pattern.Need]]) -> [Pattern.Need] {
        var any = Pattern.Need()
        for needs in choices {
            guard let need = needs.first else { return [] }
            any.features = any.features.union(need.features)
            any.scalars += need.scalars
        }
        return [any]
    }

    // MARK: - Writing steps

    private static func emit(_ node: Node, backward: Bool, _ out: inout [Pattern.Step]) {
        switch node {
        case .target: break
        case .step(.literal(let word)): out.append(.literal(backward ? word.reversed() : word))
        case .step(let step), .words(let step, _): out.append(step)
        case .sequence(let nodes):
            for node in backward ? nodes.reversed() : nodes { emit(node, backward: backward, &out) }
        case .choice(let nodes):
            var jumps: [Int] = []
            for (k, node) in nodes.enumerated() {
                guard k < nodes.count - 1 else {
                    emit(node, backward: backward, &out)
                    break
                }
                let split = out.count
                out.append(.split(split + 1, 0))
                emit(node, backward: backward, &out)
                jumps.append(out.count)
                out.append(.jump(0))
                out[split] = .split(split + 1, out.count)
            }
            for jump in jumps { out[jump] = .jump(out.count) }
        case .times(let node, let least, let most, let isLazy):
            for _ in 0..<least { emit(node, backward: backward, &out) }
            if most == .max {
                let split = out.count
                out.append(.split(0, 0))
                emit(node, backward: backward, &out)
                out.append(.jump(split))
                out[split] = isLazy ? .split(out.count, split + 1) : .split(split + 1, out.count)
                return
            }
            var splits: [Int] = []
            for _ in least..<max(least, most) {
                splits.append(out.count)
                out.append(.split(0, 0))
                emit(node, backward: backward, &out)
            }
            for split in splits { out[split] = isLazy ? .split(out.count, split + 1) : .split(split + 1, out.count) }
        case .capture(let number, let node):
            out.append(.mark(number * 2 + (backward ? 1 : 0)))
            emit(node, backward: backward, &out)
            out.append(.mark(number * 2 + (backward ? 0 : 1)))
        case .not(let node):
            let not = out.count
            out.append(.not(end: 0))
            emit(node, backward: backward, &out)
            out.append(.done)
            out[not] = .not(end: out.count)
        }
    }
}
