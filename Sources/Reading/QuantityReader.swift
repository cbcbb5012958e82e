import BulletinModel

/// Walks over the folded scalars of one passage and collects quantities.
struct QuantityReader {
    let scalars: [UInt32]
    private(set) var quantities: [Quantity] = []
    /// Figures that are no quantities, with why; in no strict order.
    private(set) var screened: [Screened] = []
    /// Where the clause at hand begins: behind the last full stop, comma or semicolon.
    private var clause = 0
    /// The end of a short quotation (“四上”) whose numerals are a name.
    private var nameEnd = 0
    /// Numerals that wait for the unit of the last one of their list (10、20和30万元).
    private var waiting: [Numeral] = []

    /// Where the last figure ended, and how many stood right behind each other up to it.
    private var run: (end: Int, count: Int) = (-1, 0)
    /// More figures than these with nothing between them are noise.
    private static let longestRun = 64

    init(_ scalars: [UInt32]) { self.scalars = scalars }

    /// All quantities, in order.
    mutating func read() -> [Quantity] {
        var index = 0
        while index < scalars.count {
            let role = ScalarRole.of(scalars[index])
            if role == .other {
                index += 1
                continue
            }
            switch role {
            case .other: break
            case .boundary:
                index += 1
                clause = index
            case .title: index = behindTitle(index)
            case .quote: index = openQuote(index)
            case .ordinal: index = ordinal(at: index)
            case .head: index = firstPlace(at: index)
            case .numeral: index = numeral(at: index)
            }
        }
        forget()
        return quantities
    }

    /// Digits that neither a quantity nor anything screened out covers; there should be none.
    func unread() -> [Screened] {
        var covered = quantities.map(\.range) + screened.map(\.range)
        covered.sort { $0.lowerBound < $1.lowerBound }
        var left: [Screened] = []
        var next = covered.startIndex
        var end = 0
        var i = 0
        while i < scalars.count {
            guard NumeralScalars.arabic(scalars[i]) != nil else {
                i += 1
                continue
            }
            var j = i
            while j < scalars.count, NumeralScalars.arabic(scalars[j]) != nil { j += 1 }
            while next < covered.endIndex, covered[next].lowerBound <= i {
                end = max(end, covered[next].upperBound)
                next += 1
            }
            if end <= i { left.append(Screened(range: i..<j, reason: .unreadable)) }
            i = j
        }
        return left
    }

    // MARK: - Brackets

    /// Titles of documents (《…》) and document numbers (〔2023〕) hold no quantities.
    private mutating func behindTitle(_ index: Int) -> Int {
        let close: UInt32 = scalars[index] == 0x300A ? 0x300B : 0x3015
        var cursor = index + 1
        while cursor < scalars.count, cursor < index + 60 {
            if scalars[cursor] == close {
                if scalars[index...cursor].contains(where: { NumeralScalars.arabic($0) != nil }) {
                    screen(index..<(cursor + 1), .name)
                }
                return cursor + 1
            }
            cursor += 1
        }
        return index + 1
    }

    /// Notes a figure that is no quantity. One Chinese digit or magnitude alone is a part of a word.
    private mutating func screen(_ range: Range<Int>, _ reason: Unresolved.Reason) {
        let range = range.clamped(to: scalars.indices)
        guard range.count > 1 || range.first.map({ NumeralScalars.arabic(scalars[$0]) != nil }) == true else { return }
        screened.append(Screened(range: range, reason: reason))
    }

    /// Gives up the numbers that wait for a unit.
    private mutating func forget() {
        for numeral in waiting { screen(numeral.range, .noUnit) }
        waiting.removeAll()
    }

    private mutating func openQuote(_ index: Int) -> Int {
        var cursor = index + 1
        while cursor < scalars.count, cursor < index + 16 {
            switch scalars[cursor] {
            case 0x201D, 0x300D, 0x300F:
                nameEnd = cursor
                return index + 1
            case 0x3002, 0xFF0C, 0x201C: return index + 1
            default: cursor += 1
            }
        }
        return index + 1
    }

    // MARK: - Ranks

    private mutating func firstPlace(at index: Int) -> Int {
        // 首位, but not the concept 首位度 and not 放在首位.
        guard index + 1 < scalars.count, scalars[index + 1] == 0x4F4D else { return index + 1 }
        let end = index + 2
        if end < scalars.count, scalars[end] == 0x5EA6 { return end }
        if QuantityRank.isPutFirst(scalars, before: index, clause: clause) { return end }
        quantities.append(
            Quantity(range: index..<end, numeral: index..<(index + 1), value: "1", unit: "位", form: .rank))
        return end
    }

    private mutating func ordinal(at index: Int) -> Int {
        let first = NumeralReader.skipSpaces(scalars, from: index + 1)
        guard first < scalars.count else { return index + 1 }
        let scan = NumeralReader.scan(scalars, at: first)
        guard let numeral = scan.numeral else {
            screen(index..<scan.end, .ordinal)
            return max(scan.end, index + 1)
        }
        forget()
        guard let end = QuantityRank.end(scalars, ordinal: index, numeral: numeral.range, clause: clause) else {
            let end = behindOrdinal(numeral.range.upperBound)
            screen(index..<end, .ordinal)
            return end
        }
        quantities.append(
            Quantity(
                range: index..<end, numeral: numeral.range, value: numeral.value.text, valueTo: numeral.upper?.text,
                unit: "位",
                form: .rank))
        return end
    }

    /// Steps over the range or list that an ordinal opens (第一、二产业, 第3—5条).
    private func behindOrdinal(_ index: Int) -> Int {
        var cursor = index
        while cursor < scalars.count {
            let sign = scalars[cursor]
            guard
                sign == 0x3001 || sign == 0x548C || sign == 0x81F3 || NumeralScalars.isDash(sign)
                    || NumeralScalars.isTilde(sign),
                cursor + 1 < scalars.count, ScalarRole.of(scalars[cursor + 1]) == .numeral
            else { break }
            let next = NumeralReader.scan(scalars, at: cursor + 1)
            guard let numeral = next.numeral, !numeral.hasPoint, numeral.range.count <= 3,
                UnitReader.read(scalars, at: numeral.range.upperBound) == nil || sign != 0x3001
            else { break }
            cursor = numeral.range.upperBound
        }
        return cursor
    }

    // MARK: - Numerals

    private mutating func numeral(at index: Int) -> Int {
        if let word = Exclusion.spelledWords.longest(in: scalars, at: index) {
            forget()
            screen(index..<(index + word.length), .name)
            return index + word.length
        }
        let start = signedStart(index)
        let scan = NumeralReader.scan(scalars, at: start)
        guard var lower = scan.numeral else {
            forget()
            if NumeralScalars.arabic(scalars[index]) != nil { screen(start..<scan.end, .unreadable) }
            return max(scan.end, index + 1)
        }
        if isInsideName(lower) {
            forget()
            let end = skipCode(from: lower.range.upperBound)
            screen(start..<end, lower.isBareMagnitude ? .vague : .code)
            return end
        }
        if let special = QuantityRatio.read(scalars, numeral: lower) {
            forget()
            append(special.quantity, surplus: lower.isSurplus, numeral: lower)
            return special.end
        }
        var found =
            UnitReader.read(scalars, at: lower.range.upperBound)
            ?? UnitReader.indexPoints(scalars, behind: lower.range)
        var upper: Numeral?
        if let range = QuantityRange.read(scalars, lower: lower, unit: found) {
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

    /// Includes a sign in front of the digits where it is one and no dash between words.
    private func signedStart(_ index: Int) -> Int {
        guard index > 0, NumeralScalars.arabic(scalars[index]) != nil else {
            return index > 0 && scalars[index - 1] == 0x8D1F ? index - 1 : index
        }
        let sign = scalars[index - 1]
        if sign == 0x8D1F { return index - 1 }
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

    /// Codes, versions, formulas, vague counts and the base of a rate (每10万人).
    private func isInsideName(_ numeral: Numeral) -> Bool {
        let start = numeral.range.lowerBound
        let end = numeral.range.upperBound
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
        return !AcronymNames.endsHere(scalars, cursor + 1)
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

    private mutating func finish(_ lower: Numeral, _ upper: Numeral?, _ found: UnitReader.Found?) -> Int {
        let last = upper ?? lower
        guard var found else {
            if upper == nil, lower.form == .number { return withoutUnit(lower) }
            if upper != nil {
                screen(lower.range.lowerBound..<last.range.upperBound, .noUnit)
                return last.range.upperBound
            }
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
            found.unit = Unit(text: "百分点", family: .points)  // 低0.6个和高2.8个百分点
        }
        let range = lower.range.lowerBound..<found.end
        let screen = QuantityScreen(scalars: scalars, clause: clause, nameEnd: nameEnd)
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
        forget()
        if let sign = CurrencySign.unit(scalars, before: numeral.range.lowerBound) {
            append(
                Quantity(
                    range: (numeral.range.lowerBound - 1)..<end, numeral: numeral.range, value: signed(numeral),
                    unit: sign, form: .amount, unitSource: .sign),
                surplus: numeral.isSurplus, numeral: numeral)
            return end
        }
        guard !isName, numeral.hasMagnitude || numeral.wholeDigits > 0, !numeral.isBareMagnitude || numeral.isSurplus
        else {
            screen(numeral.range, isName ? .name : .vague)
            return end
        }
        guard let unit = QuantityImplied.unit(scalars, clause: clause, numeral: numeral) else {
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

    private func isChange(before index: Int) -> Bool {
        ClauseWords.rises.ends(scalars, before: index) > 0 || ClauseWords.falls.ends(scalars, before: index) > 0
    }

    /// 3.4个、1个百分点: whether points follow as the next of a list.
    private func isBeforePoints(_ index: Int) -> Bool {
        guard index + 1 < scalars.count, [0x3001, 0x548C].contains(scalars[index]),
            let next = NumeralReader.read(scalars, at: index + 1)
        else { return false }
        return UnitReader.read(scalars, at: next.range.upperBound)?.unit.family == .points
    }

    /// 超百亿元项目2个: an amount at the head of a clause that says which ones are counted behind it.
    private func isClass(_ start: Int, _ end: Int) -> Bool {
        var a = start
        while a > 0, NumeralScalars.isHan(scalars[a - 1]), start - a < 2 { a -= 1 }
        guard a == 0 || [0xFF0C, 0x3001, 0x2C, 0xFF1B, 0x3002].contains(scalars[a - 1]) else { return false }
        var i = end
        while i < scalars.count, i - end < 8, NumeralScalars.isHan(scalars[i]), ScalarRole.of(scalars[i]) != .numeral {
            i += 1
        }
        guard i - end >= 2, i < scalars.count, let count = NumeralReader.read(scalars, at: i) else { return false }
        return UnitReader.read(scalars, at: count.range.upperBound).map { Self.counters.contains($0.unit.text) }
            ?? false
    }

    private static let counters = WordSet("家 个 户 条 款 种")

    /// Whether only 、 or a conjunction stands between two figures.
    private func isJoint(_ gap: Range<Int>) -> Bool {
        gap.count == 1 && [0x3001, 0x548C, 0x4E0E, 0x53CA].contains(scalars[gap.lowerBound])
    }

    /// Adds a quantity with what the words around it say about its bound.
    private mutating func append(_ quantity: Quantity, surplus: Bool, numeral: Numeral) {
        var quantity = quantity
        let start = quantity.range.lowerBound
        var front = QuantityBound.inFront(scalars, of: start)
        let back = QuantityBound.behind(scalars, at: quantity.range.upperBound)
        if front == .over || front == .under,
            QuantityBound.comparesWithTarget(scalars, behind: quantity.range.upperBound)
        {
            front = nil
        }
        quantity.bound = QuantityBound.combined([front, surplus ? .over : nil, back?.bound])
        if let counted = quantities.last, counted.form == .amount, quantity.form == .amount,
            Self.counters.contains(counted.unit),
            CountThreshold.read(scalars, at: counted.range.upperBound, mark: start) != nil
        {
            return screen(quantity.range, .threshold)
        }
        if front == .over, quantity.form == .amount, quantity.unit == "元", isClass(start, quantity.range.upperBound) {
            return screen(quantity.range, .threshold)
        }
        if let back, let last = quantities.indices.last, quantities[last].bound == .exact,
            quantities[last].unit == quantity.unit,
            isJoint(quantities[last].range.upperBound..<start)
        {
            quantities[last].bound = back.bound  // 5%、6.5%左右
        }
        if numeral.isBareMagnitude, !numeral.isSurplus, front == nil { return screen(quantity.range, .vague) }
        if numeral.range.lowerBound < nameEnd, quantity.form == .amount { return screen(quantity.range, .name) }
        run = (quantity.range.upperBound, run.end == start ? run.count + 1 : 0)
        if run.count > Self.longestRun { return screen(quantity.range, .series) }
        quantities.append(quantity)
    }
}
