/// Numbers that stand together: the parts of a structure (5.8:41.6:52.6), a measure in two units (1小时30分).
extension QuantityReader {
    /// The most parts of a structure.
    private static let mostParts = 6

    /// Adds one share for each part of a structure that begins with the number at hand, and gives its end; nil
    /// where it is none: a score, a time of day, a scale.
    mutating func structure(_ first: Numeral) -> Int? {
        guard isPart(first) else { return nil }
        var parts = [first]
        var end = first.range.upperBound
        while parts.count < Self.mostParts, let next = nextPart(behind: end) {
            parts.append(next)
            end = next.range.upperBound
        }
        if parts.count == Self.mostParts, nextPart(behind: end) != nil {
            // More parts than anything has: no structure, and read no more than once.
            forget()
            screen(first.range.lowerBound..<end, .series)
            return end
        }
        guard parts.count > 1, end == scalars.count || UnitReader.read(tokens, at: end) == nil,
            let power = power(of: parts), parts.allSatisfy({ !$0.value.isZero }),
            parts.count > 2 && power == 0 || comparesParts(before: first.range.lowerBound)
        else { return nil }
        forget()
        for (i, part) in parts.enumerated() {
            quantities.append(
                Quantity(
                    range: part.range, numeral: part.range, value: part.value.scaled(by: power).text, unit: "%",
                    form: .ratio, part: Quantity.Part(index: i, count: parts.count)))
        }
        return end
    }

    private func isPart(_ numeral: Numeral) -> Bool {
        !numeral.isSpelled && !numeral.hasMagnitude && numeral.form == .number && !numeral.isNegative
    }

    private func nextPart(behind end: Int) -> Numeral? {
        var cursor = NumeralReader.skipSpaces(scalars, from: end)
        guard cursor + 1 < scalars.count, [0x3A, 0xFF1A, 0x2236].contains(scalars[cursor]) else { return nil }
        cursor = NumeralReader.skipSpaces(scalars, from: cursor + 1)
        guard cursor < scalars.count, NumeralScalars.arabic(scalars[cursor]) != nil,
            let next = NumeralReader.read(scalars, at: cursor), isPart(next)
        else { return nil }
        return next
    }

    /// 0 for parts of a hundred, 1 for parts of ten; nil for others.
    private func power(of parts: [Numeral]) -> Int? {
        var sum = ExactDecimal.zero
        for part in parts {
            guard let more = sum.adding(part.value) else { return nil }
            sum = more
        }
        if sum == ExactDecimal(10) { return 1 }
        return ExactDecimal(985, exponent: -1).isLess(than: sum) && sum.isLess(than: ExactDecimal(1015, exponent: -1))
            ? 0 : nil
    }

    /// Whether the clause speaks of a structure.
    private func comparesParts(before index: Int) -> Bool {
        lexicon[.structureNoun].last(scalars, in: max(clause, index - 24)..<index) != nil
    }

    /// Adds a measure that is told in a unit and a smaller one (2年3个月, 一石二斗) in the larger of both, and gives
    /// its end; nil where the number at hand begins none.
    mutating func compound(_ first: Numeral) -> Int? {
        guard first.form == .number, first.upper == nil, !first.isSurplus, !first.hasPoint,
            var found = UnitReader.read(tokens, at: first.range.upperBound), !found.half,
            found.unit.family == .time || found.unit.family == .measure || found.unit.family == .money,
            found.end < scalars.count, ScalarRole.of(scalars[found.end]) == .numeral,
            let second = NumeralReader.read(scalars, at: found.end), second.form == .number, !second.hasMagnitude,
            second.isSpelled == first.isSpelled, let below = UnitReader.read(tokens, at: second.range.upperBound),
            below.unit.only != 0x6708 || scalars[second.range.upperBound] == 0x4E2A,
            let ratio = lexicon.unitRoles.ratio(of: below.unit.text, in: found.unit.text),
            second.value.isLess(than: ratio), let share = second.value.percentage(of: ratio),
            let sum = first.value.adding(share.scaled(by: -2))
        else { return nil }
        var whole = first
        whole.value = sum
        found.end = below.end
        return finish(whole, nil, found)
    }
}
