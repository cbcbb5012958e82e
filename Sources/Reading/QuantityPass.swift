import BulletinModel

/// Finds the quantities of a passage: numerals with their units, bounds and ranges. What is
/// no indicator (dates, names, slogans, codes, ages, determiners) is left out.
public struct QuantityPass {
    private let s: [UInt32]
    private let numerals: NumeralReader
    private let exclusion: Exclusion
    private var found: [Quantity] = []

    /// The quantities of a passage, in order, none overlapping another.
    public static func read(_ passage: Passage) -> [Quantity] {
        var pass = QuantityPass(passage.scalars)
        pass.run()
        return pass.found
    }

    private init(_ scalars: [UInt32]) {
        s = scalars
        numerals = NumeralReader(scalars)
        exclusion = Exclusion(scalars)
    }

    private func at(_ i: Int) -> UInt32 { i >= 0 && i < s.count ? s[i] : 0 }

    private mutating func run() {
        var i = 0
        while i < s.count {
            let c = s[i]
            if c == 0x7B2C {  // 第
                i = readOrdinal(at: i)
            } else if c == 0x9996, at(i + 1) == 0x4F4D {  // 首位
                add(range: i..<(i + 2), numeral: i..<(i + 1), Decimal10(1), unit: "位", .rank)
                i += 2
            } else if Glyph.isDigit(c) || Glyph.digit(c) != nil || c == 0x5341 || c == 0x767E || c == 0x5343 {
                i = readNumber(at: i)
            } else if Glyph.isLetter(c) {
                // PM2.5, G30, 5G: digits that touch letters are part of a name; GDP117亿元 is not.
                let word = i
                while Glyph.isLetter(at(i)) { i += 1 }
                if i - word >= 3, Glyph.isDigit(at(i)), let numeral = numerals.read(at: i),
                    let unit = unit(after: numeral), unit.family == .money || unit.form == .ratio
                {
                    continue
                }
                while Glyph.isLetter(at(i)) || Glyph.isDigit(at(i)) || (at(i) == 0x2E && Glyph.isDigit(at(i + 1)))
                    || (at(i) == 0x2D && Glyph.isDigit(at(i + 1)))
                { i += 1 }
            } else {
                i += 1
            }
        }
    }

    // MARK: Ranks

    private mutating func readOrdinal(at i: Int) -> Int {
        guard let numeral = numerals.read(at: i + 1) else { return i + 1 }
        var end = numeral.range.upperBound
        let after = at(end)
        if after == 0x4F4D || after == 0x540D {  // 位 名
            end += 1
            add(range: i..<end, numeral: numeral.range, numeral.value, unit: "位", .rank)
        } else if after == 0x5927, at(end + 1) != 0 {  // 第1大
            add(range: i..<end, numeral: numeral.range, numeral.value, unit: "位", .rank)
        } else if Exclusion.ranksWithoutUnit(s, ordinal: i, end: end) {
            add(range: i..<end, numeral: numeral.range, numeral.value, unit: "位", .rank)
        }
        return end
    }

    // MARK: Numbers

    private mutating func readNumber(at i: Int) -> Int {
        if let end = readFraction(at: i) { return end }
        guard let first = numerals.read(at: i) else { return i + 1 }
        // A letter right in front or behind makes it part of a name.
        if let end = exclusion.skip(first) { return end }
        if let end = readRange(first) { return end }
        guard let unit = unit(after: first) else {
            if let bare = exclusion.impliedUnit(first) {
                add(
                    range: first.range, numeral: first.range, first.value, to: first.upper, unit: bare, .amount,
                    isOpen: first.isOpen)
            }
            return first.range.upperBound
        }
        if exclusion.isNoIndicator(first, unit: unit) { return unit.end }
        add(
            range: first.range.lowerBound..<unit.end, numeral: first.range, unit.value(first.value),
            to: first.upper.map(unit.value), unit: unit.unit, unit.form, isOpen: first.isOpen || unit.isOpen)
        return unit.end
    }

    /// A unit with what it does to the number.
    struct Unit {
        var end: Int
        var unit: String
        var form: Quantity.Form
        var family: UnitTable.Family
        var isOpen = false
        var power = 0

        func value(_ number: Decimal10) -> Decimal10 { number.scaled(by: power) }
    }

    private func unit(after numeral: Numeral) -> Unit? {
        unit(at: numeral.range.upperBound, isChinese: numeral.isChinese)
    }

    private func unit(at start: Int, isChinese: Bool = false) -> Unit? {
        var i = start
        if at(i) == 0x20, at(i + 1) == 0x25 || at(i + 1) == 0x4E2A { i += 1 }
        switch at(i) {
        case 0x25: return Unit(end: i + 1, unit: "%", form: .ratio, family: .rate)
        case 0x2030: return Unit(end: i + 1, unit: "‰", form: .ratio, family: .rate)
        case 0x6210:  // 成
            guard isChinese || !Glyph.isHan(at(i + 1)) else { return nil }
            return Unit(end: i + 1, unit: "%", form: .ratio, family: .rate, power: 1)
        case 0x500D: return Unit(end: i + 1, unit: "倍", form: .multiple, family: .rate)
        case 0x756A: return Unit(end: i + 1, unit: "番", form: .multiple, family: .rate)
        default: break
        }
        // 34个百分点, 1个多月: 个 in front of a unit noun is no part of the unit.
        var isOpen = false
        var j = i
        if at(j) == 0x4E2A {
            j += 1
            if at(j) == 0x591A { j += 1 }
        }
        let hundred = at(j) == 0x767E || at(j) == 0x5343
        if hundred, at(j + 1) == 0x5206, at(j + 2) == 0x70B9 {
            return Unit(end: j + 3, unit: at(j) == 0x767E ? "百分点" : "千分点", form: .points, family: .rate)
        }
        if j > i, at(j) == 0x6708 {
            isOpen = j > i + 1
            return Unit(end: j + 1, unit: "月", form: .amount, family: .time, isOpen: isOpen)
        }
        guard let match = UnitTable.standard.match(s, at: i) else { return nil }
        var end = i + match.length
        var unit = match.unit
        // 元/平方米 and the like that the table does not have as one.
        if at(end) == 0x2F, let per = UnitTable.standard.match(s, at: end + 1) {
            unit += "/" + per.unit
            end += 1 + per.length
        }
        if at(end) == 0x591A, match.family == .time || unit == "个" {
            isOpen = false
        }
        return Unit(end: end, unit: unit, form: .amount, family: match.family, isOpen: isOpen)
    }

    // MARK: Fractions

    /// 百分之X, 千分之X, 三分之二, 1/4, 一半; the end of it.
    private mutating func readFraction(at i: Int) -> Int? {
        if at(i) == 0x767E || at(i) == 0x5343, at(i + 1) == 0x5206, at(i + 2) == 0x4E4B {
            guard let numeral = numerals.read(at: i + 3) else { return i + 3 }
            let end = numeral.range.upperBound
            let unit = at(i) == 0x767E ? "%" : "‰"
            add(range: i..<end, numeral: i..<end, numeral.value, to: numeral.upper, unit: unit, .ratio)
            return end
        }
        if at(i) == 0x4E00, at(i + 1) == 0x534A {
            guard !Glyph.isHan(at(i - 1)) || at(i + 2) != 0x5929 else { return i + 2 }
            add(range: i..<(i + 2), numeral: i..<(i + 2), Decimal10(50), unit: "%", .ratio)
            return i + 2
        }
        guard let whole = numerals.read(at: i) else {
            return at(i) == 0x767E || at(i) == 0x5343 ? i + 1 : nil
        }
        var j = whole.range.upperBound
        if at(j) == 0x5206, at(j + 1) == 0x4E4B, let part = numerals.read(at: j + 2) {
            j = part.range.upperBound
            guard let share = Decimal10.percentage(part.value, of: whole.value) else { return j }
            add(range: i..<j, numeral: i..<j, share, unit: "%", .ratio)
            return j
        }
        if at(j) == 0x2F, !whole.isChinese, let below = numerals.read(at: j + 1), !below.isChinese,
            below.range.upperBound == s.count || !Glyph.isDigit(at(below.range.upperBound)),
            let share = Decimal10.percentage(whole.value, of: below.value), whole.value != below.value,
            share.coefficient < 10_000, at(below.range.upperBound) != 0x2F, at(i - 1) != 0x2F
        {
            j = below.range.upperBound
            add(range: i..<j, numeral: i..<j, share, unit: "%", .ratio)
            return j
        }
        return nil
    }

    // MARK: Ranges

    private mutating func readRange(_ first: Numeral) -> Int? {
        var i = first.range.upperBound
        let own = unit(after: first)
        if let own, own.family == .rate || own.form != .amount { i = own.end }
        let dashes: Set<UInt32> = [0x2014, 0x2D, 0x2013, 0x7E, 0xFF5E, 0x2212, 0x301C, 0x2015]
        var isWord = false
        if dashes.contains(at(i)) {
            while dashes.contains(at(i)) { i += 1 }
        } else if at(i) == 0x81F3 || at(i) == 0x5230 {
            isWord = true
            i += 1
        } else {
            return nil
        }
        guard let second = numerals.read(at: i), let unit = unit(after: second) else { return nil }
        if let own, own.unit != unit.unit { return nil }
        if unit.family == .time { return unit.end }
        if isWord, Exclusion.isMotion(s, before: first.range.lowerBound) { return nil }
        var low = first.value
        if own == nil, first.power == 0, second.power > 0, !first.isChinese || second.isChinese {
            low = low.scaled(by: second.power)
        }
        add(
            range: first.range.lowerBound..<unit.end, numeral: first.range.lowerBound..<second.range.upperBound,
            unit.value(low), to: unit.value(second.value), unit: unit.unit, unit.form, isOpen: second.isOpen)
        return unit.end
    }

    // MARK: Result

    private mutating func add(
        range: Range<Int>, numeral: Range<Int>, _ value: Decimal10, to upper: Decimal10? = nil, unit: String,
        _ form: Quantity.Form, isOpen: Bool = false
    ) {
        let bound = BoundWords.bound(s, of: range, isOpen: isOpen)
        found.append(
            Quantity(
                range: range, numeral: numeral, value: value.text, valueTo: upper?.text, unit: unit, form: form,
                bound: bound))
    }
}
