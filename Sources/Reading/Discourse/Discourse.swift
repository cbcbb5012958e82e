/// The sentences and clauses of a passage: the one definition of where they end.
struct Discourse: Sendable {
    /// The sentences, in order; blank ones left out.
    private(set) var sentences: [Sentence] = []
    /// The clauses: of each sentence first those outside of brackets in order, then those in brackets.
    private(set) var clauses: [Clause] = []
    /// For each token the innermost clause and the sentence, by index.
    private var clauseOf: [Int32]
    private var sentenceOf: [Int32]
    /// What each token does to the text's parts.
    private let roles: [Role]
    private let tokens: Tokens

    /// What a token does to the parts of the text.
    private enum Role: UInt8 {
        case inside, sentenceEnd, comma, semicolon, colon, open, close
    }

    /// A bracket that is further away from its partner is a slip of the pen.
    private static let longestBracket = 240
    /// A longer quotation is speech, whose sentences are the text's own.
    private static let longestQuote = 40
    private static let deepest = 4

    /// The parts of a passage. `figures` are the places of its figures in scalars, in order.
    init(_ tokens: Tokens, figures: [Range<Int>] = []) {
        self.tokens = tokens
        roles = Self.roles(tokens)
        clauseOf = Array(repeating: 0, count: tokens.count + 1)
        sentenceOf = Array(repeating: 0, count: tokens.count + 1)
        var start = 0
        for i in 0...tokens.count where i == tokens.count || roles[i] == .sentenceEnd {
            add(start..<i)
            start = i + 1
        }
        if clauses.isEmpty { addEmpty() }
        for i in clauses.indices { clauses[i].figures = Self.indices(of: figures, in: clauses[i].range) }
        for i in sentences.indices { sentences[i].figures = Self.indices(of: figures, in: sentences[i].range) }
    }

    // MARK: - Asking

    /// The index of the innermost clause at a scalar; a mark belongs to the clause that it ends.
    func clauseIndex(at scalar: Int) -> Int { Int(clauseOf[tokens.index(at: scalar)]) }

    /// The index of the sentence at a scalar; a mark belongs to the sentence that it ends.
    func sentenceIndex(at scalar: Int) -> Int { Int(sentenceOf[tokens.index(at: scalar)]) }

    /// The innermost clause at a scalar.
    func clause(at scalar: Int) -> Clause { clauses[clauseIndex(at: scalar)] }

    /// The sentence at a scalar.
    func sentence(at scalar: Int) -> Sentence { sentences[sentenceIndex(at: scalar)] }

    /// Whether the mark at a scalar ends a sentence.
    func isSentenceEnd(_ scalar: Int) -> Bool {
        scalar >= tokens.s.count || roles[tokens.index(at: scalar)] == .sentenceEnd
    }

    /// Whether the mark at a scalar ends a clause.
    func isClauseEnd(_ scalar: Int) -> Bool {
        if scalar >= tokens.s.count { return true }
        switch roles[tokens.index(at: scalar)] {
        case .inside, .open, .close: return false
        default: return true
        }
    }

    // MARK: - Roles

    private static func roles(_ tokens: Tokens) -> [Role] {
        var roles = [Role](repeating: .inside, count: tokens.count)
        var i = 0
        while i < tokens.count {
            let token = tokens[i]
            defer { i += 1 }
            guard token.count == 1, token.has(.mark) else { continue }
            let c = tokens.s[token.start]
            switch c {
            case 0x3002, 0xFF01, 0xFF1F, 0x21, 0x3F, 0x0A: roles[i] = .sentenceEnd
            case 0x2E: if isFullStop(tokens, i) { roles[i] = .sentenceEnd }
            case 0xFF0C, 0x2C: roles[i] = .comma
            case 0xFF1B, 0x3B: roles[i] = .semicolon
            case 0xFF1A, 0x3A, 0x2236: if !isRatio(tokens, i) { roles[i] = .colon }
            case 0x300A, 0x201C, 0x300C, 0x300E:
                // Titles and short quotations are words, whatever marks they hold.
                if let end = closing(tokens, i, c) { i = end }
            default: break
            }
        }
        pairBrackets(tokens, &roles)
        return roles
    }

    /// A point between two words, as some texts have for a full stop.
    private static func isFullStop(_ tokens: Tokens, _ i: Int) -> Bool {
        guard i > 0 else { return false }
        let before = tokens.s[tokens[i].start - 1]
        guard Glyph.isHan(before) || before == 0x25 || before == 0xFF09 || before == 0x29, !tokens[i - 1].has(.numeral)
        else { return false }
        guard i + 1 < tokens.count else { return true }
        let next = tokens.s[tokens[i + 1].start]
        return Glyph.isHan(next) || Glyph.isBlank(next) || next == 0xFF08 || next == 0x0A
    }

    /// 17.2:46.1, 10:30: a colon between digits.
    private static func isRatio(_ tokens: Tokens, _ i: Int) -> Bool {
        i > 0 && i + 1 < tokens.count && tokens[i - 1].has(.digits) && tokens[i + 1].has(.digits)
    }

    /// The token that closes a title or a short quotation without a full stop in it; nil where there is none.
    private static func closing(_ tokens: Tokens, _ open: Int, _ mark: UInt32) -> Int? {
        let close: UInt32 = mark == 0x300A ? 0x300B : mark == 0x201C ? 0x201D : mark + 1
        let start = tokens[open].start
        var i = open + 1
        while i < tokens.count, tokens[i].start - start <= longestQuote {
            let c = tokens.s[tokens[i].start]
            if c == close { return i }
            if c == 0x0A || c == mark || mark != 0x300A && Glyph.endsSentence(c) { return nil }
            i += 1
        }
        return nil
    }

    private static func pairBrackets(_ tokens: Tokens, _ roles: inout [Role]) {
        var open: [(token: Int, close: UInt32)] = []
        for i in 0..<tokens.count where tokens[i].count == 1 && tokens[i].has(.mark) {
            let c = tokens.s[tokens[i].start]
            if let close = closer(c) {
                if open.count < deepest { open.append((i, close)) }
            } else if let k = open.lastIndex(where: { $0.close == plain(c) }) {
                if tokens[i].start - tokens[open[k].token].start <= longestBracket {
                    roles[open[k].token] = .open
                    roles[i] = .close
                }
                open.removeSubrange(k...)
            } else if c == 0x0A {
                open.removeAll()
            }
        }
    }

    /// The bracket that closes one; half-width and full-width ones go together.
    private static func closer(_ c: UInt32) -> UInt32? {
        switch c {
        case 0x28, 0xFF08: 0x29
        case 0x5B, 0xFF3B: 0x5D
        case 0x3010: 0x3011
        case 0x3014: 0x3015
        default: nil
        }
    }

    private static func plain(_ c: UInt32) -> UInt32 {
        switch c {
        case 0xFF09: 0x29
        case 0xFF3D: 0x5D
        default: c
        }
    }

    // MARK: - Building

    /// Adds the sentence of these tokens. A full stop inside brackets does not end it, as it belongs to them.
    private mutating func add(_ range: Range<Int>) {
        guard range.contains(where: { !tokens[$0].has(.blank) }) else {
            note(range, clause: max(0, clauses.count - 1), sentence: max(0, sentences.count - 1))
            return
        }
        let first = clauses.count
        let sentence = sentences.count
        split(range, sentence: sentence, depth: 0, parent: nil)
        for i in range { sentenceOf[i] = Int32(sentence) }
        if range.upperBound <= tokens.count { sentenceOf[range.upperBound] = Int32(sentence) }
        sentences.append(
            Sentence(range: scalars(range), tokens: range, clauses: first..<clauses.count, figures: 0..<0))
    }

    /// Cuts tokens into clauses, then those in their brackets.
    private mutating func split(_ range: Range<Int>, sentence: Int, depth: Int, parent: Int?) {
        var brackets: [(inside: Range<Int>, clause: Int)] = []
        var start = range.lowerBound
        var opening: Clause.Border = depth > 0 ? .bracket : .sentence
        var i = range.lowerBound
        func border(_ i: Int) -> Clause.Border? {
            if i >= range.upperBound { return depth > 0 ? .bracket : i < tokens.count ? .sentence : .end }
            switch roles[i] {
            case .comma: return .comma
            case .semicolon: return .semicolon
            case .colon: return .colon
            case .sentenceEnd: return .sentence
            default: return nil
            }
        }
        while i <= range.upperBound {
            if i < range.upperBound, roles[i] == .open, let end = partner(of: i, in: range) {
                brackets.append((i + 1..<end, clauses.count))
                i = end + 1
                continue
            }
            guard let closing = border(i) else {
                i += 1
                continue
            }
            if (start..<i).contains(where: { !tokens[$0].has(.blank) }) {
                append(start..<i, sentence, depth, parent, opening, closing)
                opening = closing
            } else {
                note(start..<i, clause: max(0, clauses.count - 1), sentence: sentence)
                while let last = brackets.last, last.clause >= clauses.count { brackets.removeLast() }
            }
            start = i + 1
            i += 1
        }
        for bracket in brackets where depth < Self.deepest {
            split(bracket.inside, sentence: sentence, depth: depth + 1, parent: bracket.clause)
        }
    }

    private func partner(of open: Int, in range: Range<Int>) -> Int? {
        var depth = 0
        for i in open..<range.upperBound {
            if roles[i] == .open { depth += 1 }
            if roles[i] == .close {
                depth -= 1
                if depth == 0 { return i }
            }
        }
        return nil
    }

    private mutating func append(
        _ range: Range<Int>, _ sentence: Int, _ depth: Int, _ parent: Int?, _ opening: Clause.Border,
        _ closing: Clause.Border
    ) {
        var first = range.lowerBound
        while first < range.upperBound, tokens[first].has(.blank) { first += 1 }
        let item = ListMark.read(tokens.s, at: tokens[first].start, end: tokens[range.upperBound - 1].end)
        if let item {
            while first < range.upperBound, tokens[first].start < item.range.upperBound || tokens[first].has(.blank) {
                first += 1
            }
        }
        note(range, clause: clauses.count, sentence: sentence)
        clauses.append(
            Clause(
                range: scalars(range), tokens: range, figures: 0..<0, sentence: sentence, depth: depth, parent: parent,
                opening: opening, closing: closing, item: item,
                isAmong: first < range.upperBound && tokens[first].has(.among),
                respectively: range.first { tokens[$0].has(.respectively) }))
    }

    private mutating func note(_ range: Range<Int>, clause: Int, sentence: Int) {
        // The mark behind belongs to what it ends.
        for i in range.lowerBound...range.upperBound where i < clauseOf.count {
            clauseOf[i] = Int32(clause)
            sentenceOf[i] = Int32(sentence)
        }
    }

    /// Text without a word has one clause that holds nothing.
    private mutating func addEmpty() {
        let all = 0..<tokens.s.count
        sentences.append(Sentence(range: all, tokens: 0..<tokens.count, clauses: 0..<1, figures: 0..<0))
        clauses.append(
            Clause(
                range: all, tokens: 0..<tokens.count, figures: 0..<0, sentence: 0, depth: 0, parent: nil,
                opening: .sentence, closing: .end, item: nil, isAmong: false, respectively: nil))
    }

    private func scalars(_ range: Range<Int>) -> Range<Int> {
        guard !range.isEmpty else { return 0..<0 }
        return tokens[range.lowerBound].start..<tokens[range.upperBound - 1].end
    }

    /// The figures that begin in a range, by bisection.
    private static func indices(of figures: [Range<Int>], in range: Range<Int>) -> Range<Int> {
        func first(from scalar: Int) -> Int {
            var (low, high) = (0, figures.count)
            while low < high {
                let middle = (low + high) / 2
                if figures[middle].lowerBound < scalar { low = middle + 1 } else { high = middle }
            }
            return low
        }
        return first(from: range.lowerBound)..<first(from: range.upperBound)
    }
}
