import BulletinModel

/// What becomes of a quantity that was read: it is kept with its bound, or screened out.
extension QuantityReader {
    /// More figures than these with nothing between them are noise.
    private static let longestRun = 64

    /// Notes a figure that is no quantity. One Chinese digit or magnitude alone is a part of a word.
    mutating func screen(_ range: Range<Int>, _ reason: Unresolved.Reason) {
        let range = range.clamped(to: scalars.indices)
        guard range.count > 1 || range.first.map({ NumeralScalars.arabic(scalars[$0]) != nil }) == true else { return }
        screened.append(Screened(range: range, reason: reason))
    }

    /// Gives up the numbers that wait for a unit.
    mutating func forget() {
        for numeral in waiting { screen(numeral.range, .noUnit) }
        waiting.removeAll()
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
        return UnitReader.read(tokens, at: count.range.upperBound).map {
            lexicon[.counter].contains($0.unit.text)
        }
            ?? false
    }

    /// Whether only 、 or a conjunction stands between two figures.
    private func isJoint(_ gap: Range<Int>) -> Bool {
        gap.count == 1 && [0x3001, 0x548C, 0x4E0E, 0x53CA].contains(scalars[gap.lowerBound])
    }

    /// Adds a quantity with what the words around it say about its bound.
    mutating func append(_ quantity: Quantity, surplus: Bool, numeral: Numeral) {
        var quantity = quantity
        let start = quantity.range.lowerBound
        var front = QuantityBound.inFront(scalars, of: start, lexicon)
        let back = QuantityBound.behind(scalars, at: quantity.range.upperBound, lexicon)
        if front == .over || front == .under,
            QuantityBound.comparesWithTarget(scalars, behind: quantity.range.upperBound, lexicon)
        {
            front = nil
        }
        quantity.bound = QuantityBound.combined([front, surplus ? .over : nil, back?.bound])
        if let counted = quantities.last, counted.form == .amount, quantity.form == .amount,
            lexicon[.counter].contains(counted.unit),
            CountThreshold.read(scalars, at: counted.range.upperBound, mark: start, lexicon) != nil
        {
            return screen(quantity.range, .threshold)
        }
        if front == .over, quantity.form == .amount, quantity.unit == lexicon.unit(.yuan),
            isClass(start, quantity.range.upperBound)
        {
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
        if quantities.isEmpty { quantities.reserveCapacity(8) }
        quantities.append(quantity)
    }
}
