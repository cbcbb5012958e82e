/// Tables set as plain lines, one blank between the cells: a name, then as many numbers as the head has names for.
enum SpacedGrid {
    /// The most scalars of a line; more is prose.
    private static let longest = 160
    private static let most = 40

    /// The table that begins with a line of heads; nil where none does.
    static func read(_ lines: [TextLine], from start: Int, _ s: [UInt32], _ base: Int, _ lexicon: Lexicon)
        -> (Grid, Int)?
    {
        guard start + 2 < lines.count, let head = words(s, lines[start].range), head.count >= 3 else { return nil }
        guard head.allSatisfy({ !TextGrids.isNumber(s, $0, lexicon) || TextGrids.isYear(s, $0) }) else { return nil }
        guard let first = row(s, lines[start + 1].range, lexicon) else { return nil }
        let count = first.numbers.count
        // A column of units stands in front of the numbers where the head has a name for it.
        let hasUnit = head.count == count + 2
        guard count >= 2 || hasUnit, head.count == count + 1 || hasUnit else { return nil }
        var builder = GridBuilder()
        builder.beginRow()
        for cell in head { builder.add(Layout.fold(s, [cell], base)) }
        var i = start + 1
        while i < lines.count, let row = row(s, lines[i].range, lexicon), row.numbers.count == count {
            var names = row.names
            var unit: Range<Int>?
            if hasUnit {
                guard names.count >= 2, let last = names.popLast(), TableUnit.cell(Array(s[last]), lexicon) != nil
                else { break }
                unit = last
            }
            guard let from = names.first, let to = names.last else { break }
            builder.beginRow()
            builder.add(Layout.fold(s, [from.lowerBound..<to.upperBound], base))
            if let unit { builder.add(Layout.fold(s, [unit], base)) }
            for number in row.numbers { builder.add(Layout.fold(s, [number], base)) }
            i += 1
        }
        guard i - start >= 3 else { return nil }
        return builder.grid().map { ($0, i) }
    }

    /// A line of a name and numbers; nil for other lines.
    private static func row(_ s: [UInt32], _ line: Range<Int>, _ lexicon: Lexicon)
        -> (names: [Range<Int>], numbers: [Range<Int>])?
    {
        guard let words = words(s, line), words.count >= 2 else { return nil }
        var first = words.count
        while first > 1, TextGrids.isNumber(s, words[first - 1], lexicon) { first -= 1 }
        guard first < words.count, s[words[0]].contains(where: { Glyph.isHan($0) || Glyph.isDigit($0) }) else {
            return nil
        }
        return (Array(words[..<first]), Array(words[first...]))
    }

    private static func words(_ s: [UInt32], _ line: Range<Int>) -> [Range<Int>]? {
        guard line.count <= longest, !s[line].contains(where: { $0 == 0x3002 || $0 == 0xFF1B || $0 == 0x7C }) else {
            return nil
        }
        var words: [Range<Int>] = []
        var i = line.lowerBound
        while i < line.upperBound {
            var j = i
            while j < line.upperBound, !Glyph.isBlank(s[j]) { j += 1 }
            if j > i { words.append(i..<j) }
            i = j + 1
        }
        return words.count <= most ? words : nil
    }
}
