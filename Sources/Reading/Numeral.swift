/// A number as it is printed, with what is inside it.
struct Numeral: Sendable, Equatable {
    /// Where it stands in the passage, magnitude words included.
    var range: Range<Int>
    /// Its value.
    var value: Decimal10
    /// The upper end where the digits alone say a range (三四百).
    var upper: Decimal10?
    /// Whether it is written with Chinese digits alone.
    var isChinese: Bool
    /// Whether 余, 多, 几 or 来 stands inside.
    var isOpen: Bool
    /// The digits before a magnitude word, for lists and ranges that share it (3至5万).
    var plain: Decimal10
    /// The power of ten of the magnitude words at the end, 0 where there is none.
    var power: Int
}

/// Reads one numeral at a place.
struct NumeralReader {
    private let s: [UInt32]

    /// Reads in these folded scalars.
    init(_ scalars: [UInt32]) {
        s = scalars
    }

    private func at(_ i: Int) -> UInt32 { i < s.count ? s[i] : 0 }

    /// The numeral that begins at `i`; nil where none does. Takes time in its own length.
    func read(at i: Int) -> Numeral? {
        if Glyph.isDigit(at(i)) { return arabic(at: i) }
        return chinese(at: i)
    }

    // MARK: Digits

    private func arabic(at start: Int) -> Numeral? {
        guard var (value, i) = plainNumber(at: start) else { return nil }
        let plain = value
        var isOpen = false
        let openEnd = open(at: i)
        if let openEnd, Glyph.magnitude(at(openEnd)) != nil {
            isOpen = true
            i = openEnd
        }
        var power = 0
        while let p = Glyph.magnitude(at(i)), power + p <= 16, !endsInUnit(at: i) {
            power += p
            i += 1
            if let next = open(at: i), Glyph.magnitude(at(next)) != nil {
                isOpen = true
                i = next
            }
        }
        value = value.scaled(by: power)
        // 1万5千, 3亿5000万: a smaller part follows at once.
        if power > 0, Glyph.isDigit(at(i)), let rest = plainNumber(at: i) {
            var j = rest.end
            var lower = 0
            while let p = Glyph.magnitude(at(j)) {
                lower += p
                j += 1
            }
            if lower > 0, lower < power, let sum = value + rest.value.scaled(by: lower) {
                value = sum
                i = j
                power = lower
            }
        }
        if let next = open(at: i) {
            isOpen = true
            i = next
        }
        return Numeral(
            range: start..<i, value: value, upper: nil, isChinese: false, isOpen: isOpen, plain: plain, power: power)
    }

    /// Digits with separators and a point. OCR's 。 and · between digits are points.
    private func plainNumber(at start: Int) -> (value: Decimal10, end: Int)? {
        var i = start
        var digits: Int128 = 0
        var count = 0
        func take() -> Bool {
            guard count < 36 else { return false }
            digits = digits * 10 + Int128(s[i] - 0x30)
            count += 1
            i += 1
            return true
        }
        while Glyph.isDigit(at(i)) { guard take() else { return nil } }
        // 1,076,420 and broken 3,594, 026: groups of exactly three.
        if i - start <= 3 {
            while true {
                guard at(i) == 0x2C || at(i) == 0xFF0C else { break }
                var j = i + 1
                if at(j) == 0x20 && at(i) == 0x2C { j += 1 }
                guard Glyph.isDigit(at(j)), Glyph.isDigit(at(j + 1)), Glyph.isDigit(at(j + 2)),
                    !Glyph.isDigit(at(j + 3))
                else { break }
                i = j
                for _ in 0..<3 { guard take() else { return nil } }
            }
        }
        var exponent = 0
        let point = at(i)
        if point == 0x2E || point == 0xB7 || point == 0x3002 || point == 0x30FB, Glyph.isDigit(at(i + 1)) {
            var j = i + 1
            while Glyph.isDigit(at(j)) { j += 1 }
            // 3.2.1 is a numbering, not a number.
            if !(at(j) == 0x2E && Glyph.isDigit(at(j + 1))) {
                i += 1
                while i < j {
                    guard take() else { return nil }
                    exponent -= 1
                }
            }
        }
        return (Decimal10(digits, exponent: exponent), i)
    }

    /// The end of 余, 多, 来 or 几 at `i`.
    private func open(at i: Int) -> Int? {
        switch at(i) {
        case 0x4F59, 0x591A: i + 1  // 余 多
        default: nil
        }
    }

    /// 千 of 千瓦 and 千克, 百 of 百分, 万 of 万元 stay magnitudes; 千瓦 and its like are units.
    private func endsInUnit(at i: Int) -> Bool {
        guard at(i) == 0x5343 else { return at(i) == 0x767E && at(i + 1) == 0x5206 }
        let next = at(i + 1)
        // 千瓦 千克 千米 千卡 千伏 千升 千帕 千赫 千分
        return [0x74E6, 0x514B, 0x7C73, 0x5361, 0x4F0F, 0x5347, 0x5E15, 0x8D6B, 0x5206].contains(next)
    }

    // MARK: Chinese numerals

    private func chinese(at start: Int) -> Numeral? {
        let first = at(start)
        guard Glyph.digit(first) != nil || first == 0x5341 || first == 0x62FE || first == 0x51E0 else { return nil }
        var i = start
        var total = Decimal10(0)
        var section: Int128 = 0
        var pending: Int128?
        var upperPending: Int128?
        var isOpen = false
        var positional = 0
        var lastPower = 0
        var upper: Decimal10?
        func flush(_ power: Int) -> Bool {
            if power >= 4 {
                let part = section + (pending ?? (section == 0 ? 1 : 0))
                guard let sum = total + Decimal10(part) else { return false }
                total = sum.scaled(by: power)
                section = 0
            } else {
                var factor: Int128 = 1
                for _ in 0..<power { factor *= 10 }
                if let high = upperPending { upper = Decimal10(section + high * factor) }
                section += (pending ?? 1) * factor
            }
            pending = nil
            upperPending = nil
            return true
        }
        while i < s.count, i - start < 32 {
            let c = s[i]
            if let digit = Glyph.digit(c) {
                if let previous = pending {
                    // 三四百: neighbours before a magnitude or a unit say a range.
                    if Int128(digit) == previous + 1, upperPending == nil, previous > 0, positional <= 1 {
                        upperPending = Int128(digit)
                    } else {
                        upperPending = nil
                    }
                    if upperPending == nil || Glyph.magnitude(at(i + 1)) == nil {
                        pending = previous * 10 + Int128(digit)
                    }
                    positional += 1
                } else {
                    pending = Int128(digit)
                    positional = 1
                }
                i += 1
            } else if let power = Glyph.magnitude(c), !endsInUnit(at: i) {
                guard i > start || power == 1 else { return nil }
                guard flush(power) else { return nil }
                if power >= 4, let high = upper { upper = high.scaled(by: power) }
                lastPower = power
                positional = 0
                i += 1
                if let next = open(at: i) {
                    // 二十多 万, 一千余
                    isOpen = true
                    i = next
                } else if at(i) == 0x51E0 {
                    isOpen = true
                    i += 1
                }
            } else if c == 0x51E0 {
                // 几十, 几百: no numeral says how many.
                return nil
            } else {
                break
            }
        }
        guard i > start else { return nil }
        if let digits = pending {
            if positional > 1, let high = upperPending, high < 10 {
                upper = Decimal10(section + high)
                section += high - 1
            } else {
                section += digits
                if positional == 1, lastPower >= 2, section % 10 == digits, at(i - 2) != 0x96F6, at(i - 2) != 0x3007,
                    lastPower != 4 || total.coefficient != 0
                {
                    // 一千五: the digit after a magnitude counts the next lower one; rare in bulletins.
                }
            }
        }
        guard var value = total + Decimal10(section) else { return nil }
        let plain = value
        // 一点五, 三点二亿
        if at(i) == 0x70B9, Glyph.digit(at(i + 1)) != nil {
            var j = i + 1
            var fraction = Decimal10(0)
            var places = 0
            while let digit = Glyph.digit(at(j)), places < 12 {
                places += 1
                guard let sum = fraction + Decimal10(Int128(digit), exponent: -places) else { return nil }
                fraction = sum
                j += 1
            }
            guard let sum = value + fraction else { return nil }
            value = sum
            i = j
            while let power = Glyph.magnitude(at(i)) {
                value = value.scaled(by: power)
                i += 1
            }
        }
        if let next = open(at: i), s[i - 1] != 0x51E0 {
            isOpen = true
            i = next
        }
        return Numeral(
            range: start..<i, value: value, upper: upper, isChinese: true, isOpen: isOpen, plain: plain,
            power: lastPower)
    }
}
