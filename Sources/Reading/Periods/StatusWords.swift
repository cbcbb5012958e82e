import BulletinModel

/// Tells aims from results.
struct StatusWords {
    let lexicon: Lexicon
    var table: CalendarTable { lexicon.calendar }

    /// Whether a heading opens a part about aims or about results; nil where it says neither.
    func part(heading s: [UInt32]) -> Indicator.Status? {
        if table[.statusReviews].first(s, in: 0..<s.count) != nil { return .actual }
        return table[.statusPlans].first(s, in: 0..<s.count) != nil ? .target : nil
    }

    /// Where a sentence opens a part about aims (今年发展的主要预期目标是); nil where it does not.
    func aims(_ s: [UInt32], in range: Range<Int>) -> Int? {
        range.isEmpty ? nil : table[.statusOpeners].first(s, in: range)?.at ?? planned(s, in: range)
    }

    /// 1986年计划农业总产值增长…: where a sentence says what a year's plan was; nil where 计划 only names the plan.
    private func planned(_ s: [UInt32], in range: Range<Int>) -> Int? {
        guard let plan = table[.statusYearPlan].first(s, in: range), plan.at >= range.lowerBound + 4,
            plan.at + plan.length < range.upperBound
        else { return nil }
        let next = plan.at + plan.length
        let names = table[.statusPlanNames].begins(s, at: next) > 0 || !Glyph.isHan(s[next])
        return names || Glyph.digit(s[plan.at - 1]) == nil && !Glyph.isDigit(s[plan.at - 1]) ? nil : plan.at
    }

    /// 未来五年，要努力实现…：: whether a paragraph that ends with a colon opens a list of aims.
    func opensList(_ s: [UInt32]) -> Bool {
        let end = max(0, s.count - 80)..<s.count
        guard table[.statusReviews].first(s, in: s.indices) == nil else { return false }
        return table[.statusAims].first(s, in: end) != nil || status(s, in: end, part: nil) == .target
    }

    /// 预计2010年，…: where a sentence opens with what is expected and when; nil where it does not.
    func expects(_ s: [UInt32], from sentence: Int, to figure: Int) -> Int? {
        let length = table[.statusExpecting].begins(s, at: sentence, end: figure)
        // 预计2024年全县可实现…，…
        if length > 0,
            let year = CalendarReader(Array(s[(sentence + length)..<min(figure, sentence + length + 8)]), table)
                .tokens().first, year.range.lowerBound == 0, year.grain == .year
        {
            return sentence
        }
        guard length > 0, let comma = s[sentence..<min(figure, sentence + 12)].firstIndex(where: Glyph.isComma),
            comma > sentence + length, [0x5E74, 0x672B, 0x5E95].contains(s[comma - 1])
        else { return nil }
        return sentence
    }

    /// Whether a past year at `i` is what a sentence tells of, or is only compared with; nil where no
    /// past year stands there.
    func past(_ s: [UInt32], at i: Int, limit: Int) -> Bool? {
        guard table[.statusPastYears].begins(s, at: i, end: limit) > 0, i + 2 < s.count else { return nil }
        let compares = table[.statusCompareFront].ends(s, before: i) > 0
        let goesOn = table[.statusPastGoesOn].begins(s, at: i + 2) > 0
        return !compares && !goesOn
    }

    /// Whether what stands between two figures of a sentence goes on with the aim of the first.
    func goesOn(_ s: [UInt32], _ gap: Range<Int>) -> Bool {
        // What a bracket said ends with it.
        var depth = 0
        for i in gap {
            if s[i] == 0x28 || s[i] == 0xFF08 { depth += 1 }
            if s[i] == 0x29 || s[i] == 0xFF09 { depth -= 1 }
            if depth < 0 { return false }
        }
        return gap.count < 40 && table[.statusDone].first(s, in: gap) == nil && !gap.contains { s[$0] == 0xFF1B }
    }

    /// 预计完成5亿元，同比增长3%: whether only words of change stand between a figure and the next.
    func onlyChanges(_ s: [UInt32], _ gap: Range<Int>) -> Bool {
        guard gap.count <= 10, let first = gap.first, Glyph.isComma(s[first]) || s[first] == 0x3001 else {
            return false
        }
        var i = first + 1
        while i < gap.upperBound {
            var length = table[.statusYearOnYear].begins(s, at: i, end: gap.upperBound)
            // 比2006年
            if length == 0, s[i] == 0x6BD4, i + 5 < gap.upperBound, s[i + 5] == 0x5E74,
                s[(i + 1)..<(i + 5)].allSatisfy({ Glyph.isDigit($0) || Glyph.digit($0) != nil })
            {
                length = 6
            }
            if length == 0 {
                length = max(
                    lexicon.rises.begins(s, at: i, end: gap.upperBound),
                    lexicon.falls.begins(s, at: i, end: gap.upperBound))
            }
            if length == 0 { return false }
            i += length
        }
        return true
    }

    /// Whether words in front of a figure speak of what is to come.
    private func speaksOfAim(_ s: [UInt32], _ own: Range<Int>, _ part: Indicator.Status?) -> Bool {
        var i = own.lowerBound
        while let found = table[.statusStrong].first(s, in: i..<own.upperBound) {
            // 预期寿命 is a measure.
            let end = found.at + found.length
            // 争取上级资金5亿元: what was obtained.
            let isObtained =
                s[found.at] == 0x4E89
                && (part == .actual || table[.statusObtained].begins(s, at: end) > 0)
            if !isObtained, table[.statusLifeSpan].begins(s, at: end) == 0 { return true }
            i = end
        }
        // 2026年要新建…: 要 at the head of what is to be done, not in 主要 or 要素.
        for k in own where s[k] == 0x8981 {
            let isHead =
                k == own.lowerBound
                || [0x5E74, 0x6708, 0x5E95, 0x672B, 0x90FD, 0x8FD8, 0x4E5F, 0x5C31].contains(s[k - 1])
            if isHead, k + 1 < s.count, ![0x6C42, 0x7D20, 0x70B9, 0x4EF6, 0x9053, 0x95FB].contains(s[k + 1]) {
                return true
            }
        }
        i = own.lowerBound
        while let at = s[i..<own.upperBound].firstIndex(of: 0x5C06) {
            // 将标准提高到2300元 and 将2.8万亿元资金纳入…: what is moved, not what is to come.
            let isMoved = at + 1 == own.upperBound || table[.statusMoved].first(s, in: (at + 1)..<own.upperBound) != nil
            if !isMoved, at + 1 < s.count, ![0x519B, 0x9886, 0x8FD1].contains(s[at + 1]) { return true }
            i = at + 1
        }
        return false
    }

    /// What the words of a clause in front of a figure say; nil where they say nothing.
    func status(_ s: [UInt32], in own: Range<Int>, part: Indicator.Status?) -> Indicator.Status? {
        if budget(s, in: own) { return .target }
        if table[.statusCompared].first(s, in: own) != nil { return .actual }
        if table[.statusPlanned].ends(s, before: own.upperBound, start: own.lowerBound) > 0 { return .target }
        return speaksOfAim(s, own, part) ? .target : nil
    }

    /// 年初预算为5亿元, 批准的…收入预算3亿元, 预算调整为7亿元: what was allowed, not what was done.
    private func budget(_ s: [UInt32], in own: Range<Int>) -> Bool {
        // Blanks between the characters of a page say nothing.
        var tail: [UInt32] = []
        var i = own.upperBound
        while i > own.lowerBound, tail.count < 12 {
            i -= 1
            if s[i] != 0x20 { tail.append(s[i]) }
        }
        tail.reverse()
        if table[.statusBudget].ends(tail, before: tail.count) > 0 {
            return table[.statusExecuted].ends(tail, before: tail.count) == 0
        }
        // 市人大批准的…一般公共预算收入为5亿元
        guard table[.statusApproved].first(s, in: own) != nil else { return false }
        return table[.statusExecuted].first(s, in: own) == nil
    }
}
