/// Why a numeral with or without a unit is no indicator. Every test looks at a bounded stretch of the text.
enum Exclusion {

    /// Whether the noun behind a classifier names points of the text, not things.
    ///
    /// - Parameters:
    ///   - isSmall: The count is spelled out or below ten.
    ///   - isListed: The points stand before the count (…等3个阶段).
    static func countsPoints(_ scalars: [UInt32], at index: Int, isSmall: Bool, isListed: Bool, _ lexicon: Lexicon)
        -> Bool
    {
        let limit = min(scalars.count, index + 10)
        if lexicon[.pointOpening].longest(in: scalars, at: index) != nil { return true }
        // 学校20万所。下一阶段…: the next sentence says nothing of what was counted.
        if index < scalars.count, Glyph.endsSentence(scalars[index]) { return false }
        // 2个项目列入计划: what is counted stands right behind, and is a thing.
        if !isListed, let thing = lexicon[.concreteThing].longest(in: scalars, at: index), thing.length > 1 {
            return false
        }
        var cursor = index
        while cursor < limit, cursor == index || !ends(scalars[cursor], lexicon) {
            if let match = lexicon[.sloganNoun].longest(in: scalars, at: cursor),
                (cursor == index && !lexicon.scalars(.pointModifier).contains(scalars[cursor]))
                    || endsPhrase(scalars, cursor + match.length, lexicon)
            {
                return true
            }
            if isSmall || isListed, let match = lexicon[.softSloganNoun].longest(in: scalars, at: cursor),
                endsPhrase(scalars, cursor + match.length, lexicon),
                isListed || cursor < index + 2 || lexicon[.builtPoint].longest(in: scalars, at: cursor) == nil
            {
                return true
            }
            cursor += 1
        }
        return false
    }

    /// 10种有色金属产量为80万吨: whether the kinds counted only say what the measure behind them is of.
    static func qualifiesMeasure(_ scalars: [UInt32], at index: Int, _ lexicon: Lexicon) -> Bool {
        var cursor = index
        while cursor < min(scalars.count, index + 14), NumeralScalars.isHan(scalars[cursor]) {
            if let measure = lexicon[.countedMeasure].longest(in: scalars, at: cursor), cursor > index {
                var end = cursor + measure.length
                while end < scalars.count, end < cursor + 8, lexicon.scalars(.measureLink).contains(scalars[end]) {
                    end += 1
                }
                return end < scalars.count && NumeralScalars.arabic(scalars[end]) != nil
            }
            cursor += 1
        }
        return false
    }

    /// Whether a real body or thing is counted.
    static func countsThings(_ scalars: [UInt32], at index: Int, _ lexicon: Lexicon) -> Bool {
        let limit = min(scalars.count, index + 12)
        var cursor = index
        while cursor < limit, !ends(scalars[cursor], lexicon) {
            if let match = lexicon[.concreteThing].longest(in: scalars, at: cursor), cursor > index || match.length > 0
            {
                return true
            }
            cursor += 1
        }
        return false
    }

    /// Blanks and line ends end a phrase as its words do.
    private static func ends(_ scalar: UInt32, _ lexicon: Lexicon) -> Bool {
        scalar == 0x20 || scalar == 0x0A || scalar == 0x09 || lexicon.scalars(.phraseEnd).contains(scalar)
    }

    private static func endsPhrase(_ scalars: [UInt32], _ index: Int, _ lexicon: Lexicon) -> Bool {
        index >= scalars.count || ends(scalars[index], lexicon) || !NumeralScalars.isHan(scalars[index])
    }

    /// Whether a length of time is a result and does not only place something.
    static func measuresTime(_ scalars: [UInt32], from start: Int, numeral: Int, end: Int, _ lexicon: Lexicon) -> Bool {
        // 5年来, 3年行动, 2个月内, 3年期: the length places or names something.
        if end < scalars.count {
            switch scalars[end] {
            case 0x6765, 0x5185, 0x95F4, 0x540E, 0x524D, 0x671F, 0x5236, 0x5C11, 0x884C, 0x7EA7, 0x8BA1, 0x89C4, 0x653B,
                0x4E2D, 0x5708, 0x7D2F:
                return false  // 来 内 间 后 前 期 制 少 行 级 计 规 攻 中 圈 累
            default: break
            }
        }
        // 是增速最快的四年: what the years were like.
        if numeral > start, scalars[numeral - 1] == 0x7684, end > 0, scalars[end - 1] == 0x5E74 { return false }
        // 从20个工作日压缩至5个工作日
        if end < scalars.count, lexicon[.shortens].longest(in: scalars, at: end) != nil { return true }
        var cursor = max(start, numeral - 16)
        var found = false
        while cursor < numeral {
            if let match = lexicon[.measuredTime].longest(in: scalars, at: cursor, limit: numeral) {
                found = true
                cursor += match.length
            } else {
                cursor += 1
            }
        }
        if !found { return false }
        // 常年保持在320天以上
        if numeral > start + 1, scalars[numeral - 1] == 0x5728, lexicon[.stays].ends(scalars, before: numeral) > 0 {
            return true
        }
        if numeral > start, lexicon.scalars(.placesTime).contains(scalars[numeral - 1]),
            !(scalars[numeral - 1] == 0x4E3A || scalars[numeral - 1] == 0x524D)
        {
            return scalars[numeral - 1] == 0x7528
        }
        return true
    }

    /// Whether years of age are a measured mean, not somebody's age or a condition.
    static func measuresAge(_ scalars: [UInt32], from start: Int, numeral: Int, _ lexicon: Lexicon) -> Bool {
        contains(lexicon[.lifeSpan], scalars, max(start, numeral - 32)..<numeral)
    }

    /// Whether millimetres and centimetres measure rain or levels, not the size of a part.
    static func measuresSmallLength(_ scalars: [UInt32], from start: Int, numeral: Int, _ lexicon: Lexicon) -> Bool {
        contains(lexicon[.rainfall], scalars, max(start, numeral - 16)..<numeral)
    }

    static func contains(_ table: WordSet, _ scalars: [UInt32], _ range: Range<Int>) -> Bool {
        var cursor = range.lowerBound
        while cursor < range.upperBound {
            if table.longest(in: scalars, at: cursor, limit: range.upperBound) != nil { return true }
            cursor += 1
        }
        return false
    }
}
