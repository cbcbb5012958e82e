/// One pass over one numeral: digits and magnitude words to a value.
///
/// A numeral is a sum of groups (`1万` + `5千`); inside a group small magnitudes (十 百 千) fall, and
/// a large one (万 亿 兆) takes everything smaller before it (`一万五千亿`).
struct NumeralParser {
    private let scalars: [UInt32]
    private let start: Int
    /// Take the upper of two neighbouring digits (三四百 as 400).
    private let upper: Bool
    /// The first scalar not consumed.
    private(set) var position: Int
    /// Two neighbouring digits stood for a range.
    private(set) var sawNeighbours = false

    private struct Group {
        var value: ExactDecimal
        var power: Int
    }
    private var groups: [Group] = []
    private var section = ExactDecimal.zero
    private var sectionStarted = false
    private var lastSmall = 4
    private var atom: ExactDecimal?
    private var atomIsSpelled = false
    private var lastPower: Int?
    private var afterZero = false
    private var surplus = false
    private var bare = false
    private var spelled = false
    private var magnitudeSeen = false
    private var digitSeen = false
    private var hasPoint = false
    private var grouped = false
    private var wholeDigits = 0
    /// The end of what is certain; a trailing space or 多 that leads nowhere is left out.
    private var end: Int

    init(scalars: [UInt32], start: Int, upper: Bool) {
        self.scalars = scalars
        self.start = start
        self.upper = upper
        position = start
        end = start
    }

    /// Consumes the numeral; false where there is none or it is no number (a code, a broken run).
    mutating func parse() -> Bool {
        let limit = min(scalars.count, start + NumeralReader.maximumLength)
        spelled = position < scalars.count && NumeralScalars.arabic(scalars[position]) == nil
        loop: while position < limit {
            let scalar = scalars[position]
            if NumeralScalars.arabic(scalar) != nil {
                if digitSeen || sectionStarted || !groups.isEmpty, !continuesWithDigits() { break loop }
                guard takeArabic() else { return false }
            } else if let digit = NumeralScalars.chinese(scalar) {
                if atom != nil { break loop }
                // 9万亿三个: digits go on in words only with a magnitude of their own (1万五千).
                if !spelled, end > start, digit > 0, !followedByMagnitude(position + 1) { break loop }
                guard takeChinese(first: digit) else {
                    if end > start { break loop }
                    return false
                }
            } else if let tens = NumeralScalars.tens(scalar) {
                guard takeTens(tens) else { break loop }
            } else if let power = NumeralScalars.magnitude(scalar), !startsUnit() {
                guard takeMagnitude(power) else { break loop }
            } else if NumeralScalars.isOpenDigit(scalar) {
                guard atom == nil, sectionStarted || !groups.isEmpty, isOpenDigitPlace() else { break loop }
                surplus = true
                position += 1
                end = position
            } else if NumeralScalars.isSurplus(scalar) {
                guard takeSurplus() else { break loop }
            } else if scalar == 0x70B9 || scalar == 0x9EDE {
                guard takePoint() else { break loop }
            } else if NumeralScalars.isSpace(scalar) {
                guard let next = spaceBridge() else { break loop }
                position = next
            } else {
                break loop
            }
        }
        if position >= start + NumeralReader.maximumLength { return false }
        position = max(position, end)
        return end > start
    }

    /// The numeral consumed; nil where digits were lost.
    func numeral() -> Numeral? {
        var rest = section
        if var last = atom {
            // 九万四 is 94000, but 九万零四 is 90004.
            if atomIsSpelled, !afterZero, let power = lastPower, power >= 2,
                last.whole.map({ $0 < 10 && $0 > 0 }) == true
            {
                last = last.scaled(by: power - 1)
            }
            guard let sum = rest.adding(last) else { return nil }
            rest = sum
        }
        var total = rest
        for group in groups {
            guard let sum = total.adding(group.value) else { return nil }
            total = sum
        }
        let closing = atom == nil && !sectionStarted ? (groups.count == 1 ? groups[0].power : 0) : 0
        return Numeral(
            range: start..<end, value: total, isSurplus: surplus, isSpelled: spelled,
            isBareMagnitude: bare && !digitSeen,
            magnitude: closing, hasMagnitude: magnitudeSeen, wholeDigits: wholeDigits, hasPoint: hasPoint,
            isGrouped: grouped)
    }

    // MARK: - Magnitudes

    private mutating func takeMagnitude(_ power: Int) -> Bool {
        let nothing = atom == nil && !sectionStarted && groups.isEmpty
        if power < 4 {
            guard power < lastSmall || (!sectionStarted && atom != nil) else { return false }
            if atom == nil {
                // 十 alone is ten; 百 千 alone name no digit; inside, only 零十 or 十 in front of a section.
                guard
                    nothing || afterZero
                        || power == 1 && (!groups.isEmpty && !sectionStarted || spelled && lastSmall == 2)
                else { return false }
                if surplus { return false }
                if nothing { bare = power > 1 }
                if nothing && power == 1 { digitSeen = true }
            }
            guard let sum = section.adding((atom ?? ExactDecimal(1)).scaled(by: power)) else { return false }
            if atom != nil, !atomIsSpelled, sectionStarted == false, groups.isEmpty, power == 1 { return false }
            section = sum
            sectionStarted = true
            lastSmall = power
        } else {
            if spelled == false && power == 12 { return false }
            if atom == nil && !sectionStarted {
                if groups.isEmpty {
                    bare = true
                    groups.append(Group(value: ExactDecimal(1, exponent: power), power: power))
                } else {
                    guard groups[groups.count - 1].power + power <= 24, lastPower.map({ $0 >= 4 }) == true else {
                        return false
                    }
                    groups[groups.count - 1].value = groups[groups.count - 1].value.scaled(by: power)
                    groups[groups.count - 1].power += power
                }
            } else {
                guard var value = section.adding(atom ?? .zero) else { return false }
                while let last = groups.last, last.power < power {
                    guard let sum = value.adding(last.value) else { return false }
                    value = sum
                    groups.removeLast()
                }
                if let last = groups.last, last.power <= power { return false }
                groups.append(Group(value: value.scaled(by: power), power: power))
            }
            section = .zero
            sectionStarted = false
            lastSmall = 4
        }
        atom = nil
        afterZero = false
        magnitudeSeen = true
        lastPower = power
        position += 1
        end = position
        return true
    }

    /// 廿, 卅: two or three tens, which close a section as 二十 does.
    private mutating func takeTens(_ tens: Int) -> Bool {
        guard atom == nil, lastSmall > 1, !surplus,
            let sum = section.adding(ExactDecimal(UInt128(tens), exponent: 1))
        else { return false }
        section = sum
        sectionStarted = true
        lastSmall = 1
        lastPower = 1
        digitSeen = true
        magnitudeSeen = true
        afterZero = false
        position += 1
        end = position
        return true
    }

    /// Whether the magnitude word at hand begins a unit instead (千瓦, 百分点, 兆帕).
    private func startsUnit() -> Bool {
        guard position + 1 < scalars.count else { return false }
        let next = scalars[position + 1]
        switch scalars[position] {
        case 0x5343, 0x4EDF:  // 千
            // 瓦 米 克 伏 卡 焦 帕 赫 分
            if next == 0x5206 { return position > start && !isFraction(position + 2) }
            if next == 0x5347 { return true }  // 升
            return [0x74E6, 0x7C73, 0x514B, 0x4F0F, 0x5361, 0x7126, 0x5E15, 0x8D6B].contains(next)
        case 0x767E: return next == 0x5206 && position > start && !isFraction(position + 2)  // 百分点 behind a digit
        case 0x5146: return [0x74E6, 0x8D6B, 0x7126, 0x5E15, 0x5B57, 0x6BD4, 0x4F0F].contains(next)  // 兆瓦 赫 焦 帕 字 比 伏
        default: return false
        }
    }

    /// 之 behind 百分: a fraction, not points.
    private func isFraction(_ index: Int) -> Bool {
        let next = NumeralReader.skipSpaces(scalars, from: index)
        return next < scalars.count && scalars[next] == 0x4E4B
    }

    // MARK: - Digits

    /// Arabic digits behind a magnitude word belong to the numeral in 1万5千 and 2万3000, not in a year that follows.
    private func continuesWithDigits() -> Bool {
        guard atom == nil, let power = lastPower, lastPower != nil else { return false }
        var cursor = position
        while cursor < scalars.count, cursor < position + 5, NumeralScalars.arabic(scalars[cursor]) != nil {
            cursor += 1
        }
        let count = cursor - position
        if afterZero, count < 4 { return true }
        cursor = NumeralReader.skipSpaces(scalars, from: cursor)
        guard count <= min(4, max(power, 1)) else { return false }
        if cursor >= scalars.count { return count == power }
        if let next = NumeralScalars.magnitude(scalars[cursor]) { return next < power && !(next == 1) }
        // 年 月 日
        return (count == power && ![0x5E74, 0x6708, 0x65E5].contains(scalars[cursor]))
    }

    private mutating func takeArabic() -> Bool {
        var reader = DigitReader(scalars: scalars, start: position)
        let value = reader.read()
        position = reader.position
        guard let value else { return false }
        atom = value
        atomIsSpelled = false
        digitSeen = true
        if end == start {
            wholeDigits = reader.wholeDigits
            grouped = reader.isGrouped
        }
        hasPoint = hasPoint || reader.hasPoint
        end = position
        return true
    }

    private mutating func takeChinese(first: Int) -> Bool {
        var cursor = position
        var second = 0
        var value: UInt64 = 0
        var hasZero = false
        while cursor < scalars.count, cursor - position < NumeralReader.maximumLength,
            let digit = NumeralScalars.chinese(scalars[cursor])
        {
            if cursor == position + 1 { second = digit }
            if digit == 0 { hasZero = true }
            // More than sixteen digits make no number.
            if cursor - position < 16 { value = value * 10 + UInt64(digit) }
            cursor += 1
        }
        let count = cursor - position
        if count >= NumeralReader.maximumLength {
            while cursor < scalars.count, NumeralScalars.chinese(scalars[cursor]) != nil { cursor += 1 }
            position = cursor
            return false
        }
        // A zero inside joins 一千零五; further zeros and digits behind it are read on their own.
        if first == 0, end > start {
            afterZero = true
            position += 1
            return true
        }
        // 三十两, 两万两: the weight, not a digit.
        if end > start, scalars[position] == 0x4E24, !followedByMagnitude(cursor) { return false }
        digitSeen = true
        switch count {
        case 1:
            atom = ExactDecimal(UInt128(first))
        case 2 where first + 1 == second || (first == 3 && second == 5):
            guard first > 0 else { return fail(at: cursor) }
            sawNeighbours = true
            atom = ExactDecimal(UInt128(upper ? second : first))
        default:
            guard end == start, count > 2 || hasZero, count <= 16 else { return fail(at: cursor) }
            atom = ExactDecimal(UInt128(value))
            wholeDigits = count
        }
        atomIsSpelled = true
        position = cursor
        end = position
        return true
    }

    private mutating func fail(at cursor: Int) -> Bool {
        position = cursor
        digitSeen = digitSeen || end > start
        return false
    }

    private func followedByMagnitude(_ index: Int) -> Bool {
        index < scalars.count && NumeralScalars.magnitude(scalars[index]) != nil
    }

    // MARK: - 点, 余, 几, spaces

    private mutating func takePoint() -> Bool {
        guard atom != nil || sectionStarted || !groups.isEmpty, !hasPoint else { return false }
        var cursor = NumeralReader.skipSpaces(scalars, from: position + 1)
        var value: UInt128 = 0
        var count = 0
        while cursor < scalars.count, count < 12,
            let digit = NumeralScalars.chinese(scalars[cursor]) ?? NumeralScalars.arabic(scalars[cursor])
        {
            value = value * 10 + UInt128(digit)
            count += 1
            cursor += 1
        }
        guard count > 0 else { return false }
        // 八点三十 and 三点半 tell the time.
        if cursor < scalars.count, let power = NumeralScalars.magnitude(scalars[cursor]), power < 4 { return false }
        var whole = atom ?? .zero
        // 两千三点一 is 2300.1, as 两千三 is 2300.
        if atomIsSpelled, !afterZero, let power = lastPower, power >= 2, whole.whole.map({ $0 > 0 && $0 < 10 }) == true
        {
            whole = whole.scaled(by: power - 1)
        }
        guard let sum = whole.adding(ExactDecimal(value, exponent: -count)) else { return false }
        if sectionStarted, let whole = section.adding(sum) {
            atom = whole
            section = .zero
            sectionStarted = false
        } else {
            atom = sum
        }
        atomIsSpelled = false
        hasPoint = true
        position = cursor
        end = cursor
        return true
    }

    private func isOpenDigitPlace() -> Bool { lastSmall == 1 || afterZero || (sectionStarted && lastSmall > 0) }

    private mutating func takeSurplus() -> Bool {
        guard atom != nil || sectionStarted || !groups.isEmpty, !surplus else { return false }
        // A single spelled digit takes no surplus (一多半).
        let single = atomIsSpelled && !sectionStarted && groups.isEmpty
        let next = NumeralReader.skipSpaces(scalars, from: position + 1)
        let magnitude =
            next < scalars.count
            && (NumeralScalars.magnitude(scalars[next]).map { $0 >= 4 || !sectionStarted } ?? false)
        if single && !magnitude { return false }
        surplus = true
        position += 1
        end = position
        return true
    }

    /// Where numeral characters go on behind spaces, as OCR sets them, the place; else nil.
    private func spaceBridge() -> Int? {
        let next = NumeralReader.skipSpaces(scalars, from: position)
        guard next < scalars.count, end > start else { return nil }
        let scalar = scalars[next]
        let behind = NumeralReader.skipSpaces(scalars, from: next + 1)
        if NumeralScalars.magnitude(scalar) != nil { return next }
        if NumeralScalars.isSurplus(scalar) { return followedByMagnitude(behind) ? next : nil }
        if scalar == 0x70B9 || scalar == 0x9EDE {
            return behind < scalars.count && NumeralScalars.chinese(scalars[behind]) != nil && spelled ? next : nil
        }
        guard atom == nil, spelled else { return nil }
        if NumeralScalars.isOpenDigit(scalar) { return followedByMagnitude(behind) ? next : nil }
        guard NumeralScalars.chinese(scalar) != nil, let power = lastPower else { return nil }
        // 三千 八百: the next digit must carry a smaller magnitude, or close the number.
        if followedByMagnitude(behind), let smaller = NumeralScalars.magnitude(scalars[behind]) {
            return smaller < power || power >= 4 ? next : nil
        }
        let closes = behind >= scalars.count || !NumeralScalars.isHan(scalars[behind]) || scalars[behind] == 0x53C8
        return closes || NumeralScalars.magnitude(scalars[next]) != nil || (power == 1 && isLastDigit(behind))
            ? next : nil
    }

    /// Behind 二十 六 only what does not go on as another word: the point, or the end.
    private func isLastDigit(_ index: Int) -> Bool {
        index >= scalars.count || scalars[index] == 0x70B9 || scalars[index] == 0x9EDE
    }
}
