/// Decides whether a numeral with its unit measures something.
struct QuantityScreen {
    let tokens: Tokens
    let scalars: [UInt32]
    let lexicon: Lexicon
    /// Where the clause begins.
    let clause: Int
    /// The end of a short quotation around the numeral, or anything before it.
    let nameEnd: Int

    /// Nil for an indicator's figure, else why it only places, names, numbers or defines.
    func refusal(_ numeral: Numeral, _ upper: Numeral?, _ found: UnitReader.Found) -> Unresolved.Reason? {
        let start = numeral.range.lowerBound
        let family = found.unit.family
        // A determiner 一 counts nothing; 零 alone is no figure.
        if numeral.isSpelled, numeral.form == .number, upper == nil, numeral.upper == nil, !numeral.isSurplus,
            numeral.value.isZero
                || (numeral.value.whole == 1 && family != .multiple && family != .points && family != .percent)
        {
            return .determiner
        }
        if start < nameEnd, family != .percent, family != .money, family != .points { return .name }
        // 级 behind a unit makes it a class of things: 万吨级, 千万千瓦级.
        if found.end < scalars.count, scalars[found.end] == 0x7EA7,
            family == .measure || family == .money || family == .count
        {
            return .specification
        }
        if isDefinition(numeral, found) { return .threshold }
        switch family {
        case .none, .sign, .special, .body, .rating: return .specification
        case .calendar: return .date
        case .percent, .points, .multiple, .money: return isThreshold(found, family) ? .threshold : nil
        case .age: return Exclusion.measuresAge(scalars, from: clause, numeral: start, lexicon) ? nil : .age
        case .time: return admitsTime(numeral, found) ? nil : namesDate(numeral, found) ? .date : .duration
        case .measure:
            if admitsMeasure(numeral, found) { return nil }
            return isThreshold(found, .measure) ? .threshold : .specification
        case .person, .count, .kind, .place:
            if admitsCount(numeral, found) { return nil }
            return isThreshold(found, family) ? .threshold : numeral.value.whole == 1 ? .determiner : .slogan
        }
    }

    /// 1998年, 3月, 24日, 5分: what stands in a date or on a clock.
    private func namesDate(_ numeral: Numeral, _ found: UnitReader.Found) -> Bool {
        switch found.unit.only {
        case 0x65E5, 0x5206: return true
        case 0x6708: return scalars[found.end - 2] != 0x4E2A
        case 0x5E74: return numeral.value.whole.map { $0 >= 1000 } == true || numeral.wholeDigits == 2
        default: return false
        }
    }

    private func admitsTime(_ numeral: Numeral, _ found: UnitReader.Found) -> Bool {
        let whole = numeral.value.whole
        switch found.unit.only {
        case 0x6708: if scalars[found.end - 2] != 0x4E2A && !found.isSurplus && !found.half { return false }  // 月
        case 0x5206: return isScore(numeral)  // 分
        case 0x65E5:  // 日
            return lexicon[.stay].last(
                scalars, in: max(clause, numeral.range.lowerBound - 8)..<numeral.range.lowerBound) != nil
        case 0x5E74:  // 年: 1998年, 98年
            if whole.map({ $0 >= 1000 }) == true || (numeral.wholeDigits == 2 && whole.map({ $0 > 40 }) == true) {
                return false
            }
            // 提前两年实现目标: when the aim was met, not how long anything took.
            if lexicon.calendar[.ahead].ends(scalars, before: numeral.range.lowerBound) > 0 { return false }
        default: break
        }
        // 同比降低101小时, 平均利用3592小时: a change, or more than places anything in time.
        if found.unit.only != 0x5E74, found.unit.only != 0x6708 {
            let start = numeral.range.lowerBound
            if lexicon.rises.ends(scalars, before: start) > 1
                || lexicon.falls.ends(scalars, before: start) > 1
            {
                return true
            }
            if lexicon[.longTime].contains(found.unit.text), numeral.value.whole.map({ $0 >= 500 }) == true {
                return true
            }
        }
        return Exclusion.measuresTime(scalars, from: clause, numeral: numeral.range.lowerBound, end: found.end, lexicon)
    }

    private func isScore(_ numeral: Numeral) -> Bool {
        let start = numeral.range.lowerBound
        return Exclusion.contains(lexicon[.score], scalars, max(clause, start - 10)..<start)
    }

    private func admitsMeasure(_ numeral: Numeral, _ found: UnitReader.Found) -> Bool {
        let start = numeral.range.lowerBound
        if lexicon[.smallLength].longest(
            in: scalars, at: NumeralReader.skipSpaces(scalars, from: numeral.range.upperBound))
            != nil,
            found.unit.family == .measure, !found.unit.text.utf8.contains(0x2F)
        {
            return Exclusion.measuresSmallLength(scalars, from: clause, numeral: start, lexicon)
        }
        // 北纬34.5度, 东经112度.
        if found.unit.only == 0x5EA6, start > clause + 1, [0x7EAC, 0x7ECF].contains(scalars[start - 1]) {
            return false
        }
        if numeral.isSpelled, !numeral.hasMagnitude, lexicon.scalars(.wordUnit).contains(found.unit.only) {
            return false
        }
        if start > clause, scalars[start - 1] == 0x901F { return false }  // 时速350公里
        return !isThreshold(found, .measure)
    }

    private func admitsCount(_ numeral: Numeral, _ found: UnitReader.Found) -> Bool {
        let start = numeral.range.lowerBound
        let only = found.unit.only
        let whole = numeral.value.whole
        let plain = numeral.isSpelled && !numeral.isSurplus && numeral.upper == nil
        if plain,
            whole == 1 || found.unit.only == 0x6279
                || found.unit.family == .count && lexicon[.batch].contains(found.unit.text)
        {
            return false
        }
        let isSmall = (numeral.isSpelled && whole.map { $0 < 20 } == true) || whole.map { $0 < 10 } == true
        if only == 0x6B21, numeral.isSpelled, isSmall,
            lexicon[.visit].longest(in: scalars, at: found.end) != nil
        {
            return false
        }
        if start > clause {
            switch scalars[start - 1] {
            case 0x524D:  // 前
                if only == 0x4F4D || only == 0x540D || numeral.isSpelled || whole.map({ $0 <= 100 }) == true {
                    return false
                }
            case 0x8FD9, 0x90A3, 0x8BE5, 0x54EA, 0x5404, 0x5934: if isSmall { return false }  // 这 那 该 哪 各 头
            default: break
            }
        }
        if found.end < scalars.count, scalars[found.end] == 0x4E00, only == 0x4E2A { return false }  // 三个一批
        let isListed = start > clause && scalars[start - 1] == 0x7B49  // 等
        if found.unit.family == .kind {
            if numeral.isSpelled || only == 0x6837 || isListed { return false }
            if only != 0x79CD, whole.map({ $0 < 10 }) == true { return false }
            return !Exclusion.countsPoints(scalars, at: found.end, isSmall: isSmall, isListed: isListed, lexicon)
                && !Exclusion.qualifiesMeasure(scalars, at: found.end, lexicon)
        }
        if found.unit.family == .count {
            if numeral.isSpelled, !numeral.hasMagnitude, lexicon.scalars(.regionClassifier).contains(only) {
                return false
            }
            if Exclusion.countsPoints(scalars, at: found.end, isSmall: isSmall, isListed: isListed, lexicon) {
                return false
            }
            if only == 0x4E2A, numeral.isSpelled, isSmall, !Exclusion.countsThings(scalars, at: found.end, lexicon) {
                return false
            }
        }
        return !isThreshold(found, found.unit.family)
    }

    /// Whether 以上 or 以下 and a noun follow, so that the figure defines what is counted
    /// (投资5000万元以上项目) and measures nothing itself.
    private func isThreshold(_ found: UnitReader.Found, _ family: Unit.Family) -> Bool {
        guard let behind = QuantityBound.behind(scalars, at: found.end, lexicon), behind.bound != .about else {
            return false
        }
        var cursor = behind.end
        if scalars[cursor - 1] == 0x591A || scalars[cursor - 1] == 0x4F59 { return false }
        if cursor < scalars.count, scalars[cursor] == 0x7684 { cursor += 1 }
        guard cursor < scalars.count, NumeralScalars.isHan(scalars[cursor]) else { return false }
        switch family {
        case .money, .measure: return lexicon[.thresholdGoesOn].longest(in: scalars, at: cursor) == nil
        case .person: return lexicon[.screenedBody].longest(in: scalars, at: cursor) != nil
        default: return false
        }
    }

}
