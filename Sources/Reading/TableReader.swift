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
        guard let heads = table.rows.first else { return }
        for cell in [table.caption].compactMap({ $0 }) + table.rows.prefix(table.headRows).flatMap({ $0 }) {
            if hasDigits(cell) { left(cell) }
        }
        let unitColumn = heads.firstIndex { $0.scalars.filter { $0 != 0x20 }.elementsEqual(Scalars.of("单位")) }
        for row in table.rows.dropFirst(table.headRows) {
            guard let label = row.first else { continue }
            if hasDigits(label) { left(label) }
            let name = label.string.split(separator: "：").last.map(String.init) ?? label.string
            for (column, cell) in row.enumerated().dropFirst() where column != unitColumn {
                guard let (value, isNegative, range) = number(cell.scalars) else {
                    if hasDigits(cell) { left(cell) }
                    continue
                }
                let head = column < heads.count ? heads[column] : Passage(scalars: [], origin: [])
                let isChange = changeHeads.first(head.scalars, in: 0..<head.scalars.count) != nil
                let isPercent = cell.scalars.contains(0x25) || head.scalars.contains(0x25)
                var unit = isPercent ? "%" : ""
                var scaled = value
                if !isPercent, let unitColumn, unitColumn < row.count {
                    let u = row[unitColumn].scalars
                    var i = 0
                    while i < u.count, let power = Glyph.magnitude(u[i]), i + 1 < u.count,
                        !(u[i] == 0x5343 && [0x74E6, 0x5347].contains(u[i + 1]))
                    {
                        scaled = scaled.scaled(by: power)
                        i += 1
                    }
                    unit = Scalars.string(u[i...])
                }
                let quantity = Quantity(
                    range: range, numeral: range, value: (isNegative ? "-" : "") + scaled.text, unit: unit,
                    form: isPercent ? .ratio : .amount,
                    unitSource: cell.scalars.contains(0x25) ? .printed : .table)
                body(cell.span(range), name, quantity, isChange ? .change : .level, label, head)
            }
        }
    }

    private static func hasDigits(_ cell: Passage) -> Bool { cell.scalars.contains(where: Glyph.isDigit) }

    /// The number that fills a cell, a percent sign and spaces around it allowed.
    private static func number(_ s: [UInt32]) -> (value: ExactDecimal, isNegative: Bool, range: Range<Int>)? {
        guard let numeral = NumeralReader.read(s, at: 0), !numeral.isSpelled, numeral.form == .number else {
            return nil
        }
        var end = numeral.range.upperBound
        if end < s.count, s[end] == 0x25 { end += 1 }
        return end == s.count ? (numeral.value, numeral.isNegative, 0..<end) : nil
    }
}
