import BulletinModel

/// Reads the figures of a table: names from row heads, units and kinds from column heads.
enum TableReader {
    private static let changeHeads = WordSet("增长 增速 同比 比上年 增减 增幅")

    /// Hands each figure to `body`, with its place, name, and the heads of its row and column; what has digits and
    /// is no figure goes to `left`.
    static func read(
        _ table: Table, left: (Passage) -> Void,
        _ body: (Range<Int>, String, Quantity, Indicator.Kind, Passage, Passage) -> Void
    ) {
        guard let heads = table.rows.first?.map(head) else { return }
        for cell in [table.caption].compactMap({ $0 }) + table.rows.prefix(table.headRows).flatMap({ $0 }) {
            if hasDigits(cell) { left(cell) }
        }
        let unitColumn = heads.firstIndex { $0.scalars.filter { $0 != 0x20 }.elementsEqual(Scalars.of("单位")) }
        let columnUnits = heads.map { TableUnit.find(in: $0.scalars)?.unit }
        // What the corner or the caption says is said of all columns.
        let common = columnUnits.first.flatMap { $0 } ?? table.caption.flatMap { TableUnit.find(in: $0.scalars)?.unit }
        for row in table.rows.dropFirst(table.headRows) {
            guard let first = row.first else { continue }
            if hasDigits(first) { left(first) }
            let label = head(first)
            let labelled = TableUnit.find(in: label.scalars)
            let name = name(of: label, without: labelled?.bracket)
            let rowUnit = unitColumn.flatMap { $0 < row.count ? cellUnit(row[$0].scalars) : nil } ?? labelled?.unit
            for (column, cell) in row.enumerated().dropFirst() where column != unitColumn {
                let head = column < heads.count ? heads[column] : Passage(scalars: [], origin: [])
                let isChange = changeHeads.first(head.scalars, in: 0..<head.scalars.count) != nil
                guard let (value, isNegative, range) = number(cell.scalars) else {
                    if let amount = amount(cell.scalars) {
                        body(cell.span(amount.range), name, amount, isChange ? .change : .level, label, head)
                    } else if hasDigits(cell) {
                        left(cell)
                    }
                    continue
                }
                let headUnit = column < columnUnits.count ? columnUnits[column] : nil
                let isPrinted = cell.scalars.contains(0x25)
                let isPercent = isPrinted || head.scalars.contains(0x25)
                // A rate of growth is in percent where its own head says nothing else.
                let told =
                    isPercent || isChange && headUnit == nil
                    ? TableUnit(power: 0, unit: "%") : headUnit ?? rowUnit ?? common
                let quantity = Quantity(
                    range: range, numeral: range,
                    value: (isNegative ? "-" : "") + value.scaled(by: told?.power ?? 0).text, unit: told?.unit ?? "",
                    form: told?.unit == "%" ? .ratio : .amount, unitSource: isPrinted ? .printed : .table)
                body(cell.span(range), name, quantity, isChange ? .change : .level, label, head)
            }
        }
    }

    /// The most scalars of a head that say anything: each of its figures looks through them again.
    private static let longestHead = 200

    private static func head(_ cell: Passage) -> Passage {
        guard cell.scalars.count > longestHead else { return cell }
        return Passage(
            scalars: Array(cell.scalars.prefix(longestHead)), origin: Array(cell.origin.prefix(longestHead)))
    }

    /// A row's name, without the unit in brackets behind it.
    private static func name(of label: Passage, without bracket: Range<Int>?) -> String {
        var scalars = label.scalars
        if let bracket { scalars.removeSubrange(bracket) }
        let text = Scalars.string(scalars)
        return text.split(whereSeparator: { $0 == "：" || $0 == ":" }).last.map(String.init) ?? text
    }

    /// What a cell of the unit column says, a unit that nobody knows included.
    private static func cellUnit(_ u: [UInt32]) -> TableUnit? {
        var i = 0
        var power = 0
        while i < u.count, let more = Glyph.magnitude(u[i]), i + 1 < u.count, !TableUnit.isThousandUnit(u, i) {
            power += more
            i += 1
        }
        return i < u.count ? TableUnit(power: power, unit: Scalars.string(u[i...])) : nil
    }

    private static func hasDigits(_ cell: Passage) -> Bool { cell.scalars.contains(where: Glyph.isDigit) }

    /// 269万吨, 3倍: a number that fills a cell together with a unit of its own.
    private static func amount(_ s: [UInt32]) -> Quantity? {
        guard let numeral = NumeralReader.read(s, at: 0), !numeral.isSpelled, numeral.form == .number,
            let found = UnitReader.read(s, at: numeral.range.upperBound), found.end == s.count
        else { return nil }
        switch found.unit.family {
        case .calendar, .time, .age, .rating, .none: return nil
        default: break
        }
        return Quantity(
            range: 0..<s.count, numeral: numeral.range,
            value: (numeral.isNegative ? "-" : "") + numeral.value.text, unit: found.unit.text,
            form: QuantityReader.form(of: found.unit.family), unitSource: .printed)
    }

    /// The number that fills a cell, a percent sign and spaces around it allowed.
    private static func number(_ s: [UInt32]) -> (value: ExactDecimal, isNegative: Bool, range: Range<Int>)? {
        // A dash in front is a minus where nothing but the number follows.
        var s = s
        if let first = s.first, GrowthTable.isMinus(first) { s[0] = 0x2D }
        guard let numeral = NumeralReader.read(s, at: 0), !numeral.isSpelled, numeral.form == .number else {
            return nil
        }
        var end = numeral.range.upperBound
        if end < s.count, s[end] == 0x25 { end += 1 }
        return end == s.count ? (numeral.value, numeral.isNegative, 0..<end) : nil
    }
}
