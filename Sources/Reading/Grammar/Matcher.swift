/// The text around the figures of one passage, against which patterns are run.
///
/// A class, since every try of a pattern holds it.
final class RuleText {
    /// The passage in words.
    let tokens: Tokens
    /// Folded scalars of the passage.
    let s: [UInt32]
    /// The figures, in order.
    let figures: [Range<Int>]
    /// For each scalar the figure that it lies in; -1 for none.
    private let figure: [Int32]
    /// What stands in the sentence that was asked for last.
    private var asked: (range: Range<Int>, words: SentenceWords)?
    /// The rules of each table that may apply in that sentence, by the table's first row.
    private var open: [ObjectIdentifier: [TableRule]] = [:]

    /// More steps than these are no match: a pattern costs the same on any text.
    private static let longest = 4_000

    init(_ tokens: Tokens, figures: [Range<Int>]) {
        self.tokens = tokens
        let scalars = tokens.s
        s = scalars
        self.figures = figures
        var figure = [Int32](repeating: -1, count: scalars.count)
        for (k, range) in figures.enumerated() {
            for i in range.clamped(to: scalars.indices) { figure[i] = Int32(k) }
        }
        self.figure = figure
    }

    /// What stands in the sentence around a figure.
    func sentence(around index: Int) -> SentenceWords {
        let place = figures[index].lowerBound
        if let asked, asked.range.contains(place) { return asked.words }
        var (a, b) = (place, place)
        while a > 0, figure[a - 1] >= 0 || !Glyph.endsSentence(s[a - 1]) { a -= 1 }
        while b < s.count, figure[b] >= 0 || !Glyph.endsSentence(s[b]) { b += 1 }
        let words = SentenceWords(tokens, a..<b)
        asked = (a..<max(b, a + 1), words)
        open.removeAll(keepingCapacity: true)
        return words
    }

    /// The rules whose needed words all stand in the sentence of a figure, found once for all of its figures.
    func possible(_ rows: [TableRule], at index: Int) -> [TableRule] {
        guard let first = rows.first else { return [] }
        let words = sentence(around: index)
        if let known = open[ObjectIdentifier(first)] { return known }
        let found = rows.filter { rule in rule.pattern.needs.allSatisfy { words.has($0) } }
        open[ObjectIdentifier(first)] = found
        return found
    }

    /// How a pattern matched around a figure.
    struct Match {
        /// What the pattern captured, from its first capture on; nil where one met nothing.
        var captures: [Range<Int>?]
        /// Where the match begins and ends.
        var range: Range<Int>
    }

    /// The match of a pattern around a figure; nil where it does not stand there.
    func match(_ pattern: Pattern, at figure: Int) -> Match? {
        let range = figures[figure]
        var run = Run(text: self, own: Int32(figure), budget: Self.longest)
        guard let left = run.go(pattern.left, from: 0, at: range.lowerBound, backward: true),
            let right = run.go(pattern.right, from: 0, at: range.upperBound, backward: false)
        else { return nil }
        let captures = (1...Pattern.captures).map { number -> Range<Int>? in
            let (a, b) = (run.marks[number * 2], run.marks[number * 2 + 1])
            return a >= 0 && b >= a ? Int(a)..<Int(b) : nil
        }
        return Match(captures: captures, range: min(left, range.lowerBound)..<max(right, range.upperBound))
    }

    /// One try of a program, with the places that wait to be tried.
    private struct Run {
        let text: RuleText
        let own: Int32
        var budget: Int
        /// The ends of the captures; -1 for one that was not met.
        var marks = SIMD16<Int32>(repeating: -1)

        mutating func go(_ steps: [Pattern.Step], from start: Int, at place: Int, backward: Bool) -> Int? {
            var waiting: [(step: Int, place: Int, marks: SIMD16<Int32>)] = []
            var (step, i) = (start, place)
            while true {
                budget -= 1
                if budget < 0 { return nil }
                var next: Int?
                switch steps[step] {
                case .done: return i
                case .jump(let to):
                    step = to
                    continue
                case .split(let first, let second):
                    waiting.append((second, i, marks))
                    step = first
                    continue
                case .mark(let k):
                    marks[k] = Int32(i)
                    step += 1
                    continue
                case .not(let end):
                    let kept = marks
                    let stands = go(steps, from: step + 1, at: i, backward: backward) != nil
                    marks = kept
                    if !stands {
                        step = end
                        continue
                    }
                case .literal(let word): next = text.literal(word, at: text.skip(i, backward), backward)
                case .word(let set): next = text.word(set, at: text.skip(i, backward), backward)
                case .token(let set): next = text.token(set, at: text.skip(i, backward), backward)
                case .figure: next = text.figure(at: text.skip(i, backward), backward, own: own)
                case .digit: next = text.digit(text.skip(i, backward), backward)
                case .inClause: next = text.step(i, backward, inSentence: false)
                case .inSentence: next = text.step(i, backward, inSentence: true)
                case .clauseStart: next = text.startsClause(i) ? i : nil
                case .sentenceStart: next = text.startsSentence(i) ? i : nil
                case .clauseEnd: next = text.endsClause(i) ? i : nil
                }
                if let next {
                    i = next
                    step += 1
                } else if let last = waiting.popLast() {
                    (step, i, marks) = last
                } else {
                    return nil
                }
            }
        }
    }

    // MARK: - Steps

    private func skip(_ i: Int, _ backward: Bool) -> Int {
        var i = i
        if backward {
            while i > 0, s[i - 1] == 0x20 { i -= 1 }
        } else {
            while i < s.count, s[i] == 0x20 { i += 1 }
        }
        return i
    }

    private func literal(_ word: [UInt32], at place: Int, _ backward: Bool) -> Int? {
        var i = place
        for c in word {
            i = skip(i, backward)
            if backward {
                guard i > 0, figure[i - 1] < 0, Self.same(s[i - 1], c) else { return nil }
                i -= 1
            } else {
                guard i < s.count, figure[i] < 0, Self.same(s[i], c) else { return nil }
                i += 1
            }
        }
        return i
    }

    /// Marks of ASCII stand for those of Chinese.
    private static func same(_ c: UInt32, _ wanted: UInt32) -> Bool {
        if c == wanted { return true }
        return switch wanted {
        case 0xFF0C: c == 0x2C
        case 0xFF1B: c == 0x3B
        case 0xFF1A: c == 0x3A
        case 0xFF08: c == 0x28
        case 0xFF09: c == 0x29
        default: false
        }
    }

    private func word(_ sets: [WordSet], at i: Int, _ backward: Bool) -> Int? {
        var longest = 0
        for set in sets { longest = max(longest, backward ? set.ends(s, before: i) : set.begins(s, at: i)) }
        guard longest > 0, figure[backward ? i - 1 : i] < 0 else { return nil }
        let (a, b) = backward ? (i - longest, i) : (i, i + longest)
        // 约 of 签约 and 有 of 所有 are no words.
        if longest == 1, !tokens.startsToken(a) || !tokens.startsToken(b), !isPhrase(at: a) { return nil }
        return backward ? a : b
    }

    /// 预算为, 调整为: what a budget says in several words is one token.
    private func isPhrase(at place: Int) -> Bool {
        s[place] == 0x4E3A && tokens[tokens.index(at: place)].hasAny([.budgetWord, .adjustedWord, .executionWord])
    }

    private func token(_ set: FeatureSet, at i: Int, _ backward: Bool) -> Int? {
        let at = backward ? i - 1 : i
        guard at >= 0, at < s.count, figure[at] < 0 else { return nil }
        let token = tokens[tokens.index(at: at)]
        guard token.hasAny(set) else { return nil }
        if backward { return token.end == i ? token.start : nil }
        return token.start == i ? token.end : nil
    }

    private func figure(at i: Int, _ backward: Bool, own: Int32) -> Int? {
        let k = backward ? (i > 0 ? figure[i - 1] : -1) : (i < s.count ? figure[i] : -1)
        guard k >= 0, k != own else { return nil }
        let range = figures[Int(k)]
        if backward { return range.upperBound == i ? range.lowerBound : nil }
        return range.lowerBound == i ? range.upperBound : nil
    }

    private func step(_ i: Int, _ backward: Bool, inSentence: Bool) -> Int? {
        let at = backward ? i - 1 : i
        guard at >= 0, at < s.count, !Glyph.endsSentence(s[at]) || figure[at] >= 0 else { return nil }
        if !inSentence, figure[at] >= 0 || Glyph.endsClause(s[at]) || Self.isBracket(s[at]) { return nil }
        return backward ? i - 1 : i + 1
    }

    private func digit(_ i: Int, _ backward: Bool) -> Int? {
        let at = backward ? i - 1 : i
        guard at >= 0, at < s.count, figure[at] < 0, Glyph.isDigit(s[at]) || Glyph.digit(s[at]) != nil else {
            return nil
        }
        return backward ? i - 1 : i + 1
    }

    private func startsClause(_ place: Int) -> Bool {
        let i = skip(place, true)
        return i == 0 || figure[i - 1] < 0 && (Glyph.endsClause(s[i - 1]) || s[i - 1] == 0xFF08 || s[i - 1] == 0x28)
    }

    private func startsSentence(_ place: Int) -> Bool {
        let i = skip(place, true)
        return i == 0 || figure[i - 1] < 0 && Glyph.endsSentence(s[i - 1])
    }

    private func endsClause(_ place: Int) -> Bool {
        let i = skip(place, false)
        return i == s.count || figure[i] < 0 && (Glyph.endsClause(s[i]) || s[i] == 0xFF09 || s[i] == 0x29)
    }

    private static func isBracket(_ c: UInt32) -> Bool { c == 0x28 || c == 0x29 || c == 0xFF08 || c == 0xFF09 }
}
