/// Amounts that say which things are counted, or where something is, and measure nothing.
extension QuantityScreen {
    /// Whether the figure defines: 3人制篮球场, 50米内, 超过100亿元的行业有6个, 8层以上住宅12栋, 高于50%时.
    func isDefinition(_ numeral: Numeral, _ found: UnitReader.Found) -> Bool {
        let (start, end) = (numeral.range.lowerBound, found.end)
        guard end < scalars.count else { return false }
        if isAmount(found), let word = tokens.longest(.definesBehind, startingAt: end),
            tokens[tokens.index(at: end)].range == word
        {
            return true
        }
        let behind = QuantityBound.behind(scalars, at: end, lexicon).flatMap { $0.bound == .about ? nil : $0.end }
        let front = QuantityBound.inFront(scalars, of: start, lexicon)
        guard behind != nil || front == .over || front == .under else { return false }
        let cursor = behind ?? end
        // 高于50%时: what would have to be so.
        if cursor < scalars.count, scalars[cursor] == 0x65F6, behind == nil,
            cursor + 1 >= scalars.count || !NumeralScalars.isHan(scalars[cursor + 1])
        {
            return true
        }
        return countsBehind(cursor, isMarked: behind != nil) || definesBody(cursor, found, isMarked: behind != nil)
    }

    private func isAmount(_ found: UnitReader.Found) -> Bool {
        switch found.unit.family {
        case .person, .count, .measure: true
        default: false
        }
    }

    /// 的…有6个, 以上住宅12栋: whether a count of what the figure defines follows.
    private func countsBehind(_ index: Int, isMarked: Bool) -> Bool {
        var cursor = index
        guard cursor < scalars.count else { return false }
        let hasParticle = scalars[cursor] == 0x7684  // 的
        if hasParticle { cursor += 1 } else if !isMarked { return false }
        var steps = 0
        while cursor < scalars.count, steps < 6 {
            let token = tokens[tokens.index(at: cursor)]
            if token.start != cursor { return false }
            if token.has(.numeral) || token.has(.digits) { return counts(at: cursor, isRight: steps == 0) }
            // Without 的 only nouns stand between: 5亿元以上新增就业300人 is two figures.
            guard NumeralScalars.isHan(scalars[cursor]), hasParticle || !token.has(.verb) || token.has(.noun),
                !token.hasAny([.conjunction, .adverb])
            else { return false }
            cursor = token.end
            steps += 1
        }
        return false
    }

    private func counts(at index: Int, isRight: Bool) -> Bool {
        guard let count = NumeralReader.read(scalars, at: index), !count.hasPoint,
            let unit = UnitReader.read(tokens, at: count.range.upperBound)
        else { return false }
        switch unit.unit.family {
        case .count, .person, .body: return true
        default: return false
        }
    }

    /// 20户以上自然村, 50层以下建筑: a count with a mark and the body that it defines.
    private func definesBody(_ index: Int, _ found: UnitReader.Found, isMarked: Bool) -> Bool {
        guard isMarked, index < scalars.count, found.unit.family == .count || found.unit.family == .person else {
            return false
        }
        return lexicon[.screenedBody].begins(scalars, at: index) > 0
    }
}
