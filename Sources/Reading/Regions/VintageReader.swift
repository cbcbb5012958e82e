import BulletinModel

/// Reads of which round of the accounts figures are.
///
/// In accounts each amount is told by the word of its clause that is nearest in front: 年初预算, 调整为, 实际完成,
/// 决算; a figure without one goes on with the one before it in its sentence, the first one has what its section is of
/// (预算草案, 预算安排). A rate of completion and a change belong to what was done. Elsewhere 初步核算 holds for its
/// paragraph, and 快报 for the whole text.
struct VintageReader {
    let isAccount: Bool
    /// What was done is of this round in the whole text (决算, 快报).
    let document: Indicator.Vintage?
    /// What 初步核算 in the paragraph says.
    private var paragraph: Indicator.Vintage?
    /// What the table at hand says of what was done.
    private var done: Indicator.Vintage?

    init(isAccount: Bool, document: Indicator.Vintage?) {
        self.isAccount = isAccount
        self.document = document
    }

    /// Words that say a round, or that something was done.
    private static let words: FeatureSet = [
        .flashWord, .preliminaryWord, .budgetWord, .adjustedWord, .finalWord, .revisedWord, .executionWord,
    ]

    /// What a heading or the opening of a numbered paragraph says for all that stands under it: nil where it says
    /// nothing, else the round, which may be none.
    func section(_ tokens: Tokens, _ discourse: Discourse, isHeading: Bool) -> Indicator.Vintage?? {
        guard isAccount, isHeading || tokens.s.count <= 40, let sentence = discourse.sentences.first else { return nil }
        let range = sentence.range.lowerBound..<min(sentence.range.upperBound, sentence.range.lowerBound + 40)
        func has(_ feature: Feature) -> Bool { tokens.lexicon[feature].first(tokens.s, in: range) != nil }
        // 预算调整方案（草案）: what was adjusted says so itself.
        if has(.adjustedWord) { return nil }
        let isPlan = has(.budgetSection)
        let isDone = has(.executionSection) || has(.finalWord)
        guard isPlan != isDone else { return nil }
        if isPlan { return .some(.budget) }
        // 二、2024年上半年预算执行情况 in a report on 2023年决算 is of no round.
        return .some(!has(.finalWord) && isPartOfYear(tokens, range) ? nil : document)
    }

    /// Whether a heading names a part of a year.
    private func isPartOfYear(_ tokens: Tokens, _ range: Range<Int>) -> Bool {
        CalendarReader(Array(tokens.s[range]), tokens.lexicon.calendar).tokens().contains {
            $0.role == .period && ($0.grain == .part || $0.grain == .month)
        }
    }

    /// The rounds of the mentions of a passage, in order. `section` is what the sections above say.
    mutating func read(
        _ mentions: [Mention], _ tokens: Tokens, _ discourse: Discourse, _ timings: [Timing],
        section: Indicator.Vintage??, marks: PlaceMarks
    ) -> [Indicator.Vintage?] {
        guard isAccount else { return plain(mentions, tokens, timings) }
        let isPlan = section == .some(.budget)
        let document = isPlan ? document : section ?? document
        let standing = isPlan ? Indicator.Vintage.budget : document
        var rounds: [Indicator.Vintage?] = []
        rounds.reserveCapacity(mentions.count)
        var carried = standing
        var sentence = -1
        var from = 0
        for (i, mention) in mentions.enumerated() {
            let range = mention.quantity.range
            let here = discourse.sentenceIndex(at: range.lowerBound)
            if here != sentence {
                sentence = here
                carried = standing
                from = discourse.sentences[here].range.lowerBound
            }
            let lead = min(from, range.lowerBound)..<range.lowerBound
            let told = told(range, lead, mention, tokens, isPlan: isPlan, document: document)
            let round = told ?? (isOf(lead, tokens) && !isPlan ? document : carried)
            rounds.append(round)
            // 比上年决算数 in front of a change is what it is compared with.
            if told != nil || mention.kind == .level { carried = round }
            from = range.upperBound
            if i + 1 < mentions.count, marks[tokens.index(at: min(from, tokens.s.count - 1))] == .close { continue }
        }
        return rounds
    }

    /// 为预算的, 完成年初预算12亿元的: what follows is of what was done.
    private func isOf(_ lead: Range<Int>, _ tokens: Tokens) -> Bool {
        var end = lead.upperBound
        while end > lead.lowerBound, Glyph.isBlank(tokens.s[end - 1]) { end -= 1 }
        return end > lead.lowerBound && tokens[tokens.index(at: end - 1)].has(.ofWord)
    }

    /// What the words in front of a figure say; nil where they say nothing.
    private func told(
        _ figure: Range<Int>, _ lead: Range<Int>, _ mention: Mention, _ tokens: Tokens, isPlan: Bool,
        document: Indicator.Vintage?
    ) -> Indicator.Vintage?? {
        // 由甲调整为乙: the first is the budget.
        if tokens.lexicon[.adjustedWord].begins(tokens.s, at: figure.upperBound) > 0 { return .some(.budget) }
        guard !lead.isEmpty, let word = nearest(lead, tokens) else { return nil }
        let isRate = isOf(lead, tokens) || mention.kind != .level
        if word.feature == .executionWord || word.feature == .doneWord {
            // 比上年执行数增长2% of a plan is the plan's.
            if isPlan && (isRate || word.feature != .doneWord) { return nil }
            return .some(document)
        }
        let isCompared = tokens.longest(.comparing, endingAt: word.range.lowerBound) != nil
        let isAdjacent = word.range.upperBound == figure.lowerBound
        if isCompared || isRate && !(isAdjacent && word.feature == .adjustedWord) {
            return isPlan ? nil : .some(done ?? document)
        }
        return Self.vintage(word.feature)
    }

    /// The word nearest in front that says a round, the longest that ends there. Its parts may belong to a measure's
    /// name (一般公共预算收入预算), so that it is looked for among the characters.
    private func nearest(_ lead: Range<Int>, _ tokens: Tokens) -> (feature: Feature, range: Range<Int>)? {
        var end = lead.upperBound
        while end > lead.lowerBound {
            var best: (feature: Feature, length: Int)?
            for feature in Self.order {
                let length = tokens.lexicon[feature].ends(tokens.s, before: end, start: lead.lowerBound)
                if length > best?.length ?? 0 { best = (feature, length) }
            }
            // 调整预算方案 is a paper.
            if let best, tokens.lexicon[.planPaper].begins(tokens.s, at: end) == 0 {
                return (best.feature, end - best.length..<end)
            }
            end -= 1
        }
        return nil
    }

    private static let order: [Feature] = [
        .doneWord, .executionWord, .revisedWord, .adjustedWord, .budgetWord, .finalWord, .flashWord, .preliminaryWord,
    ]

    private static func vintage(_ feature: Feature) -> Indicator.Vintage? {
        switch feature {
        case .revisedWord: .revised
        case .adjustedWord: .adjusted
        case .budgetWord: .budget
        case .finalWord: .final
        case .flashWord: .flash
        case .preliminaryWord: .preliminary
        default: nil
        }
    }

    private static func vintage(_ token: Token) -> Indicator.Vintage? {
        if token.has(.revisedWord) { return .revised }
        if token.has(.adjustedWord) { return .adjusted }
        if token.has(.budgetWord) { return .budget }
        if token.has(.finalWord) { return .final }
        if token.has(.flashWord) { return .flash }
        return token.has(.preliminaryWord) ? .preliminary : nil
    }

    // MARK: Other texts

    private mutating func plain(
        _ mentions: [Mention], _ tokens: Tokens, _ timings: [Timing]
    ) -> [Indicator.Vintage?] {
        var at = 0
        var told: Indicator.Vintage?
        let first = timings.first?.period
        return mentions.indices.map { i in
            let start = mentions[i].quantity.range.lowerBound
            if start > at {
                for k in tokens.indices(in: at..<start) where tokens[k].hasAny(Self.words) {
                    told = Self.vintage(tokens[k]).flatMap { $0 == .budget || $0 == .adjusted ? nil : $0 } ?? told
                }
                at = start
            }
            if let round = planned(before: start, tokens) { return round }
            if timings[i].status == .target { return nil }
            // 由上年的5.7:44.2:50.1调整为…: what was before is known.
            if let told, let period = timings[i].period, let first, period.end < first.start {
                return told == .preliminary ? document : told
            }
            return told ?? document
        }
    }

    /// 年初预算5亿元, 调整预算为6亿元: what the words right in front of a figure say; nil for others.
    private func planned(before figure: Int, _ tokens: Tokens) -> Indicator.Vintage? {
        guard figure > 0 else { return nil }
        var end = figure
        let last = tokens[tokens.index(at: end - 1)]
        // 为
        if last.end == end, last.end - last.start == 1, tokens.s[last.start] == 0x4E3A { end = last.start }
        if tokens.longest(.adjustedWord, endingAt: end) != nil { return .adjusted }
        return tokens.longest(.budgetWord, endingAt: end) != nil ? .budget : nil
    }

    // MARK: Tables

    /// The round of a cell: what its column says, else its row, its caption, its section.
    mutating func cell(_ heads: [Tokens?], section: Indicator.Vintage??) -> Indicator.Vintage? {
        for (place, tokens) in heads.enumerated() {
            guard let tokens else { continue }
            guard let first = tokens.all.first(where: { $0.hasAny(Self.words) }) else { continue }
            // 完成预算%, 占调整预算数%: of what was done.
            let isRate = tokens.s.contains(0x25) || tokens.all.contains { $0.has(.rateWord) }
            let round = Self.vintage(first)
            if place == 0, !isRate, round == .flash || round == .final, tokens.all.first?.has(.comparing) != true {
                done = round
            }
            if first.has(.executionWord) || isRate { return done ?? document }
            if let round { return round }
        }
        return section ?? document
    }

    /// Another table begins.
    mutating func beginTable() { done = nil }
}
