/// From a numeral to a quantity: with its own unit, with that of the last of its list, or with one that is implied.
extension QuantityReader {
    mutating func finish(_ lower: Numeral, _ upper: Numeral?, _ found: UnitReader.Found?) -> Int {
        let last = upper ?? lower
        guard var found else {
            if upper == nil, lower.form == .number { return withoutUnit(lower) }
            if upper != nil {
                screen(lower.range.lowerBound..<last.range.upperBound, .noUnit)
                return last.range.upperBound
            }
            // A fraction takes no unit and hands none back to the numbers of its list.
            forget()
            append(
                Quantity(
                    range: lower.range, numeral: lower.range, value: signed(lower), valueTo: lower.upper?.text,
                    unit: "%", form: .ratio),
                surplus: lower.isSurplus, numeral: lower)
            return lower.range.upperBound
        }
        if found.unit.only == 0x4E2A, lower.hasPoint, !lower.hasMagnitude,
            isChange(before: lower.range.lowerBound) || isBeforePoints(found.end)
        {
            found.unit = lexicon.unitRoles.points  // 低0.6个和高2.8个百分点
        }
        if found.unit.family == .body {
            if lower.isSpelled, !lower.hasMagnitude {
                // 三县, 东北三省: a part of a name.
                forget()
                self.screen(lower.range.lowerBound..<found.end, .name)
                return found.end
            }
            // 辖7镇8乡: the number counts the noun behind it.
            found = UnitReader.Found(
                unit: Unit(text: lexicon.unit(.counts), family: .count), end: last.range.upperBound)
        }
        let range = lower.range.lowerBound..<found.end
        let screen = QuantityScreen(
            tokens: tokens, scalars: scalars, lexicon: lexicon, clause: clause, nameEnd: nameEnd)
        if let reason = screen.refusal(lower, upper, found) {
            forget()
            self.screen(range, reason)
            return found.end
        }
        var value = lower.value
        if found.half, let more = value.adding(ExactDecimal(5, exponent: -1)) { value = more }
        let upperValue = upper?.value ?? lower.upper
        var quantity = Quantity(
            range: range, numeral: lower.range.lowerBound..<last.range.upperBound,
            value: (lower.isNegative ? "-" : "") + value.text,
            valueTo: upperValue.map { (upper?.isNegative == true ? "-" : "") + $0.text }, unit: found.unit.text,
            form: Self.form(of: found.unit.family))
        if let ratio = lower.form == .fraction ? lower : nil, upper == nil { quantity.value = signed(ratio) }
        releaseWaiting(found.unit, magnitude: last.magnitude)
        append(quantity, surplus: lower.isSurplus || last.isSurplus || found.isSurplus, numeral: lower)
        return found.end
    }

    private func signed(_ numeral: Numeral) -> String { (numeral.isNegative ? "-" : "") + numeral.value.text }

    static func form(of family: Unit.Family) -> Quantity.Form {
        switch family {
        case .percent: .ratio
        case .points: .points
        case .multiple: .multiple
        default: .amount
        }
    }

    /// A numeral with no unit: one of a list that shares a unit, a count of an implied unit, or nothing.
    private mutating func withoutUnit(_ numeral: Numeral) -> Int {
        let end = numeral.range.upperBound
        let isName = numeral.range.lowerBound < nameEnd
        if !isName, !numeral.isBareMagnitude, QuantityList.continues(scalars, behind: end),
            !numeral.isSpelled || numeral.hasMagnitude
        {
            waiting.append(numeral)
            if waiting.count > 64 { screen(waiting.removeFirst().range, .series) }
            return end
        }
        if let first = waiting.first, numeral.magnitude >= 4,
            let unit = UnitImplied.unit(scalars, clause: clause, numeral: first.range.lowerBound..<end, lexicon)
        {
            // 7万亿、8万亿、9万亿: all of the list are amounts of what stands in front of it.
            releaseWaiting(Unit(text: unit, family: .money), magnitude: numeral.magnitude)
        }
        forget()
        if let sign = lexicon.currency(scalars, before: numeral.range.lowerBound) {
            append(
                Quantity(
                    range: (numeral.range.lowerBound - 1)..<end, numeral: numeral.range, value: signed(numeral),
                    unit: sign, form: .amount, unitSource: .sign),
                surplus: numeral.isSurplus, numeral: numeral)
            return end
        }
        if let currency = currency(before: numeral.range.lowerBound), numeral.hasMagnitude || numeral.wholeDigits > 1 {
            append(
                Quantity(
                    range: numeral.range, numeral: numeral.range, value: signed(numeral), unit: currency, form: .amount,
                    unitSource: .sign),
                surplus: numeral.isSurplus, numeral: numeral)
            return end
        }
        guard !isName, numeral.hasMagnitude || numeral.wholeDigits > 0,
            !numeral.isBareMagnitude || numeral.isSurplus
                || numeral.magnitude >= 4
        else {
            screen(numeral.range, isName ? .name : .vague)
            return end
        }
        guard let unit = QuantityImplied.unit(scalars, clause: clause, numeral: numeral, lexicon) else {
            screen(numeral.range, .noUnit)
            return end
        }
        append(
            Quantity(
                range: numeral.range, numeral: numeral.range, value: signed(numeral), valueTo: numeral.upper?.text,
                unit: unit, form: .amount, unitSource: .implied),
            surplus: numeral.isSurplus, numeral: numeral)
        return end
    }

    /// Gives the waiting numerals of a list the unit and, where they print none, the magnitude of its last member.
    private mutating func releaseWaiting(_ unit: Unit, magnitude: Int) {
        guard unit.family != .time, unit.family != .age else { return forget() }
        defer { waiting.removeAll() }
        for numeral in waiting {
            let value = magnitude > 0 && !numeral.hasMagnitude ? numeral.value.scaled(by: magnitude) : numeral.value
            append(
                Quantity(
                    range: numeral.range, numeral: numeral.range, value: (numeral.isNegative ? "-" : "") + value.text,
                    unit: unit.text,
                    form: Self.form(of: unit.family), unitSource: .listed),
                surplus: numeral.isSurplus, numeral: numeral)
        }
    }

    /// 港币1200万: the currency whose name stands right before an amount.
    private func currency(before index: Int) -> String? {
        guard index > 0 else { return nil }
        let token = tokens.index(at: index - 1)
        guard tokens[token].end == index, tokens[token].count > 1, let unit = tokens.unit(token), unit.family == .money
        else { return nil }
        return unit.text == lexicon.unit(.renminbi) ? lexicon.unit(.yuan) : unit.text
    }

    private func isChange(before index: Int) -> Bool {
        lexicon.rises.ends(scalars, before: index) > 0 || lexicon.falls.ends(scalars, before: index) > 0
    }

    /// 3.4个、1个百分点: whether points follow as the next of a list.
    private func isBeforePoints(_ index: Int) -> Bool {
        guard index + 1 < scalars.count, [0x3001, 0x548C].contains(scalars[index]),
            let next = NumeralReader.read(scalars, at: index + 1)
        else { return false }
        return UnitReader.read(tokens, at: next.range.upperBound)?.unit.family == .points
    }
}
