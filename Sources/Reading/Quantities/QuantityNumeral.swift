/// Where a numeral stands: its sign, whether it is a part of a name or code, and what it makes with what follows.
extension QuantityReader {
    mutating func numeral(at index: Int) -> Int {
        if let end = endOfWord(at: index) {
            forget()
            screen(index..<end, .name)
            return end
        }
        let start = signedStart(index)
        let scan = NumeralReader.scan(scalars, at: start)
        guard var lower = scan.numeral else {
            forget()
            if NumeralScalars.arabic(scalars[index]) != nil { screen(start..<scan.end, .unreadable) }
            return max(scan.end, index + 1)
        }
        takeRound(&lower)
        if isInsideName(lower) {
            forget()
            let end = skipCode(from: lower.range.upperBound)
            screen(start..<end, lower.isBareMagnitude ? .vague : .code)
            return end
        }
        if let end = structure(lower) ?? compound(lower) { return end }
        if let special = QuantityRatio.read(scalars, numeral: lower, lexicon) {
            forget()
            append(special.quantity, surplus: lower.isSurplus, numeral: lower)
            return special.end
        }
        var found =
            UnitReader.read(tokens, at: lower.range.upperBound)
            ?? UnitReader.indexPoints(scalars, behind: lower.range, lexicon)
        var upper: Numeral?
        if let range = QuantityRange.read(tokens, lower: lower, unit: found) {
            if range.isPlaceOrDate {
                forget()
                screen(start..<range.end, range.unit == nil ? .code : .date)
                return range.end
            }
            lower = range.lower
            upper = range.upper
            found = range.unit
        }
        return finish(lower, upper, found)
    }

    /// 一般, 三农, 五台山: the end of a word of the tables that a spelled number only begins; nil where none does.
    private func endOfWord(at index: Int) -> Int? {
        guard NumeralScalars.arabic(scalars[index]) == nil else { return nil }
        if let word = lexicon[.fixedNumberWord].longest(in: scalars, at: index) { return index + word.length }
        let token = tokens[tokens.index(at: index)]
        guard token.count > 1, !token.has(.numeral), !token.has(.unit) else { return nil }
        return token.end
    }

    /// 十来个, 30来家: 来 behind a round number, in front of what it counts.
    private func takeRound(_ numeral: inout Numeral) {
        let end = numeral.range.upperBound
        guard end + 1 < scalars.count, scalars[end] == 0x6765, numeral.form == .number, numeral.value.exponent > 0,
            !numeral.isSurplus, !numeral.isSpelled || numeral.hasMagnitude,
            NumeralReader.skipSpaces(scalars, from: end + 1) < scalars.count,
            lexicon.scalars(.countsRound).contains(scalars[NumeralReader.skipSpaces(scalars, from: end + 1)])
        else { return }
        numeral.range = numeral.range.lowerBound..<end + 1
        numeral.isSurplus = true
    }

    /// Includes a sign in front of the digits where it is one and no dash between words.
    private func signedStart(_ index: Int) -> Int {
        guard index > 0, NumeralScalars.arabic(scalars[index]) != nil else {
            return index > 0 && isNegativeWord(index - 1) ? index - 1 : index
        }
        let sign = scalars[index - 1]
        if sign == 0x8D1F { return isNegativeWord(index - 1) ? index - 1 : index }
        if sign == 0x25B2 {  // ▲: a fall, as budget papers have it; at a line's head the mark of an item
            return index > 1 && NumeralScalars.isHan(scalars[index - 2]) ? index - 1 : index
        }
        if sign == 0x8D1F || sign == 0x2D, index > 1, isNegative(before: index - 1) { return index - 1 }
        guard sign == 0x2D || sign == 0x2212 || sign == 0x2013 || sign == 0x2B || sign == 0xFF0D else { return index }
        if index == 1 { return 0 }
        let before = scalars[index - 2]
        if sign == 0x2B { return NumeralScalars.isHan(before) || NumeralScalars.isSpace(before) ? index - 1 : index }
        switch before {
        case 0x20, 0x28, 0xFF08, 0x2C, 0xFF0C, 0x3001, 0x3A, 0xFF1A, 0x3B, 0xFF1B, 0x7C, 0x548C, 0x4E3A, 0x957F, 0x662F,
            0x5230, 0x81F3,
            0x4F4E, 0x6E29, 0x8FBE, 0x5728, 0x901F, 0x5E45, 0x964D, 0x7387, 0x6570, 0x503C, 0x91CF, 0x989D, 0x3002:
            return index - 1
        default: return index
        }
    }

    /// 负 as a word of its own, not the end of one (减负1000亿元).
    private func isNegativeWord(_ index: Int) -> Bool {
        scalars[index] == 0x8D1F && tokens[tokens.index(at: index)].count == 1
            && (index == 0 || !lexicon[.burdenEnd].mayEnd(scalars[index])
                || lexicon[.burdenEnd].ends(scalars, before: index + 1) == 0)
    }

    /// Whether a hyphen right before digits is their sign: behind a noun, not behind a number or its unit (10万-20万).
    private func isNegative(before index: Int) -> Bool {
        guard index > 0, NumeralScalars.isHan(scalars[index - 1]) else { return false }
        let before = tokens[tokens.index(at: index - 1)]
        if before.hasAny([.numeral, .unit, .timeWord, .calendarWord]) { return false }
        return before.count > 1 || before.hasAny([.verb, .noun, .preposition])
    }

    /// Codes, versions, formulas, vague counts and the base of a rate (每10万人).
    private func isInsideName(_ numeral: Numeral) -> Bool {
        let start = numeral.range.lowerBound
        let end = numeral.range.upperBound
        if isOutline(numeral) { return true }
        if end < scalars.count {
            let next = scalars[end]
            if next == 0x2B, end + 1 < scalars.count, !NumeralScalars.isSpace(scalars[end + 1]) { return true }
        }
        guard start > 0 else { return false }
        let previous = scalars[start - 1]
        switch previous {
        case 0x6BCF: return true  // 每
        case 0x6570, 0x51E0, 0x5E7E:  // 数十, 几百; but 天数316天
            return numeral.isSpelled && (numeral.isBareMagnitude || NumeralScalars.magnitude(scalars[start]) != nil)
        case 0x4E0A, 0x597D, 0x6210: return numeral.isBareMagnitude  // 上 好 成
        case 0x2B: return true
        case 0x2F: return start > 1 && NumeralScalars.arabic(scalars[start - 2]) != nil
        default: break
        }
        var cursor = start - 1
        if NumeralScalars.isSpace(previous), start > 2, scalars[start - 2] == 0x4D, scalars[start - 3] == 0x50 {
            return true
        }  // PM 2.5
        if NumeralScalars.isDash(previous), cursor > 0 { cursor -= 1 }
        guard NumeralScalars.isLetter(scalars[cursor]) else { return false }
        return !(lexicon[.acronym].ends(scalars, before: cursor + 1) > 0)
    }

    /// 2.2本计划投资…: the number of a point, at a clause's head in front of no amount.
    private func isOutline(_ numeral: Numeral) -> Bool {
        let start = numeral.range.lowerBound
        guard numeral.hasPoint, !numeral.hasMagnitude, numeral.wholeDigits == 1,
            start == 0 || Glyph.endsSentence(scalars[start - 1]) || scalars[start - 1] == 0xFF1A,
            let unit = UnitReader.read(tokens, at: numeral.range.upperBound)
        else { return false }
        return unit.unit.family == .count
    }

    /// Steps over what goes on as a code: digits, letters, dashes.
    private func skipCode(from index: Int) -> Int {
        var cursor = index
        while cursor < scalars.count,
            NumeralScalars.arabic(scalars[cursor]) != nil || NumeralScalars.isLetter(scalars[cursor])
                || scalars[cursor] == 0x2B
        {
            cursor += 1
        }
        return cursor
    }
}
