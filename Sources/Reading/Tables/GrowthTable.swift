/// Tables of older communiqués, set as plain lines: what, how much, and by how many percent more.
///
/// One blank alone parts the cells, as it parts a number from its unit, so a row is taken apart from
/// its end by what its words are.
enum GrowthTable {
    /// A row: its name, the unit where it stands in front of the number, the amount with a unit
    /// behind it, and the change where one is printed.
    struct Row: Equatable {
        var name: Range<Int>
        var unit: Range<Int>?
        var amount: Range<Int>
        var change: Range<Int>?
    }

    /// The most scalars of a head or row; more is prose.
    private static let longest = 48
    /// The table that begins with a line of heads, two rows at least; nil where none does.
    static func read(_ lines: [TextLine], from start: Int, _ s: [UInt32], _ base: Int, _ lexicon: Lexicon)
        -> (Grid, Int)?
    {
        let line = lines[start].range
        guard let change = head(s, line, lexicon) else { return nil }
        let none = Passage(scalars: [], origin: [])
        let hasUnit = tellsUnit(s, line, lexicon) || start > 0 && tellsUnit(s, lines[start - 1].range, lexicon)
        var unit = none
        var rows: [[Passage]] = []
        var changes = 0
        var i = start + 1
        while i < lines.count {
            if isNote(s, lines[i].range), !rows.isEmpty {
                i += 1
                continue
            }
            guard let row = row(s, lines[i].range, hasUnit: hasUnit, lexicon) else { break }
            func cell(_ range: Range<Int>?) -> Passage { range.map { Layout.fold(s, [$0], base) } ?? none }
            if row.change != nil { changes += 1 }
            if row.unit != nil {
                unit = Passage(
                    scalars: lexicon.heads.first(.unitLabel), origin: Array(lexicon.heads.first(.unitLabel).indices))
            }
            rows.append([cell(row.name), cell(row.unit), cell(row.amount), cell(row.change)])
            i += 1
        }
        guard rows.count >= 2, changes >= 2 else { return nil }
        let heads = [
            none, unit, Layout.fold(s, [line.lowerBound..<change], base),
            Layout.fold(s, [change..<line.upperBound], base),
        ]
        var builder = GridBuilder()
        for row in [heads] + rows {
            builder.beginRow()
            for cell in row { builder.add(cell) }
        }
        return builder.grid().map { ($0, i) }
    }

    /// Where the head of the column of changes begins in a line that heads such a table; nil for other lines.
    static func head(_ s: [UInt32], _ line: Range<Int>, _ lexicon: Lexicon) -> Int? {
        guard line.count <= longest, let last = line.last else { return nil }
        let isBracket = s[last] == 0x29 || s[last] == 0xFF09
        guard let percent = isBracket ? line.dropLast().last : last, s[percent] == 0x25 || s[percent] == 0xFF05,
            !s[line].contains(where: Glyph.endsClause), let change = lexicon[.growthHead].first(s, in: line)
        else { return nil }
        // 增长5%: a figure, not a head.
        return percent > line.lowerBound && NumeralScalars.arabic(s[percent - 1]) != nil ? nil : change.at
    }

    /// Whether a line only notes something on the row above: (折标准燃料).
    static func isNote(_ s: [UInt32], _ line: Range<Int>) -> Bool {
        guard line.count <= 20, let first = line.first, let last = line.last else { return false }
        return [0x28, 0xFF08].contains(s[first]) && [0x29, 0xFF09].contains(s[last])
            && !s[line].contains { NumeralScalars.arabic($0) != nil }
    }

    /// Whether the head or the line above it tells the unit of numbers that print none.
    static func tellsUnit(_ s: [UInt32], _ line: Range<Int>, _ lexicon: Lexicon) -> Bool {
        line.count <= longest && TableUnit.find(in: Array(s[line]), lexicon).map { $0.unit.unit != "%" } == true
    }

    /// The cells of a row; nil where a line is none. A number without a unit is an amount where `hasUnit` says that
    /// the table tells one.
    static func row(_ s: [UInt32], _ line: Range<Int>, hasUnit: Bool = false, _ lexicon: Lexicon) -> Row? {
        guard line.count <= longest, !s[line].contains(where: { $0 == 0x3002 || $0 == 0xFF0C || $0 == 0xFF1B }) else {
            return nil
        }
        var words = TextLine.words(s, line)
        guard words.count >= 2, let end = words.last else { return nil }
        var change: Range<Int>?
        if let split = glued(s, end, lexicon) {
            change = split..<end.upperBound
            words[words.count - 1] = end.lowerBound..<split
        } else if isNumber(s, end) || isMultiple(s, end), words.count >= 3 {
            change = end
            words.removeLast()
        }
        guard words.count >= 2, let last = words.last, let before = words.dropLast().last else { return nil }
        if isAmount(s, last, lexicon) { return row(s, words.dropLast(), nil, last, change) }
        // 财政收入 1200 5.1: the unit stands over the table.
        if hasUnit, change != nil, isNumber(s, last), !isUnit(s, before, lexicon) {
            return row(s, words.dropLast(), nil, last, change)
        }
        guard words.count >= 3 else { return nil }
        if isNumber(s, before), isUnit(s, last, lexicon) {
            return row(s, words.dropLast(2), nil, before.lowerBound..<last.upperBound, change)
        }
        if isNumber(s, last), isUnit(s, before, lexicon) { return row(s, words.dropLast(2), before, last, change) }
        return nil
    }

    private static func row(
        _ s: [UInt32], _ names: ArraySlice<Range<Int>>, _ unit: Range<Int>?, _ amount: Range<Int>,
        _ change: Range<Int>?
    ) -> Row? {
        guard let first = names.first, let last = names.last else { return nil }
        let name = first.lowerBound..<last.upperBound
        // 2004年 1200 5.1: a row of a year does not say what it is of.
        let isYear = s[last.upperBound - 1] == 0x5E74 && NumeralScalars.arabic(s[name.lowerBound]) != nil
        guard s[name].contains(where: Glyph.isHan), !isYear else { return nil }
        return Row(name: name, unit: unit, amount: amount, change: change)
    }

    /// 6100万立方米-4.5: where the change begins that stands right behind a unit.
    private static func glued(_ s: [UInt32], _ word: Range<Int>, _ lexicon: Lexicon) -> Int? {
        guard let sign = s[word].dropFirst().firstIndex(where: isMinus), Glyph.isHan(s[sign - 1]),
            isNumber(s, sign..<word.upperBound), isAmount(s, word.lowerBound..<sign, lexicon)
        else { return nil }
        return sign
    }

    /// - — – －, with which a table prints a fall.
    static func isMinus(_ c: UInt32) -> Bool { [0x2D, 0x2014, 0x2013, 0xFF0D, 0x2212].contains(c) }

    private static func isNumber(_ s: [UInt32], _ word: Range<Int>) -> Bool {
        guard let first = word.first else { return false }
        let digits = isMinus(s[first]) || s[first] == 0x2B ? first + 1..<word.upperBound : word
        guard let start = digits.first, NumeralScalars.arabic(s[start]) != nil else { return false }
        return s[digits].allSatisfy {
            NumeralScalars.arabic($0) != nil || [0x2E, 0xFF0E, 0x2C, 0x25, 0xFF05].contains($0)
        }
    }

    /// 3倍.
    private static func isMultiple(_ s: [UInt32], _ word: Range<Int>) -> Bool {
        word.count > 1 && s[word.upperBound - 1] == 0x500D && isNumber(s, word.dropLast())
    }

    /// 269万吨: a number with all of its unit.
    private static func isAmount(_ s: [UInt32], _ word: Range<Int>, _ lexicon: Lexicon) -> Bool {
        guard let first = word.first, NumeralScalars.arabic(s[first]) != nil,
            let unit = s[word].firstIndex(where: { Glyph.isHan($0) || Glyph.isLetter($0) })
        else { return false }
        return isNumber(s, first..<unit) && isUnit(s, unit..<word.upperBound, lexicon)
    }

    private static func isUnit(_ s: [UInt32], _ word: Range<Int>, _ lexicon: Lexicon) -> Bool {
        let word = Array(s[word])
        var i = 0
        while i + 1 < word.count, Glyph.magnitude(word[i]) != nil, !TableUnit.isThousandUnit(word, i) { i += 1 }
        return UnitReader.read(word, at: i, lexicon).map { $0.end == word.count } ?? false
    }
}
