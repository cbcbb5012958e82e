/// Tables that were flattened to one cell a line: heads, then rows of a name and as many numbers each.
struct FlattenedGrid {
    private let lines: [TextLine]
    private let s: [UInt32]
    private let base: Int
    private let lexicon: Lexicon
    /// One past the lines that may be cells, and the next of them that is a number: so that no line is looked at
    /// again for each one before it.
    private var end = 0
    private var number = 0

    /// More columns than this are no table that somebody printed.
    private static let mostColumns = 40
    private static let longest = 90

    init(_ lines: [TextLine], _ s: [UInt32], _ base: Int, _ lexicon: Lexicon) {
        self.lexicon = lexicon
        self.lines = lines
        self.s = s
        self.base = base
    }

    /// The table that begins with a line; nil where none does.
    mutating func read(from start: Int) -> (Grid, Int)? {
        if end <= start {
            end = start
            while end < lines.count, isCell(lines[end].range) { end += 1 }
            number = start
        }
        number = max(number, start)
        while number < end, !isFigure(number) { number += 1 }
        guard end - start >= 6, number < end, number > start, number - start <= 3 * Self.mostColumns else { return nil }
        var count = 0
        while count < Self.mostColumns, number + count < end, isNumber(number + count) { count += 1 }
        let labels = labels(behind: number + count)
        guard number - labels > start, let first = Optional(number - labels), !isNumber(first) else { return nil }
        let heads = first - start
        var groups = 0
        if heads != count + labels {
            groups = heads - count - labels
            guard groups > 1, groups < count, count % groups == 0, repeats(first - count, count, count / groups) else {
                return nil
            }
        }
        var builder = GridBuilder()
        builder.beginRow()
        for i in 0..<labels { builder.add(cell(start + i), rows: groups > 0 ? 2 : 1) }
        if groups > 0 {
            for i in 0..<groups { builder.add(cell(start + labels + i), columns: count / groups) }
            builder.beginRow()
        }
        for i in (first - count)..<first { builder.add(cell(i)) }
        var rows = 0
        var i = first
        while i + labels + count <= end {
            // The name of a group stands in front of a row's own.
            if isRow(i + 1, labels, count), !isNumber(i), !isRow(i, labels, count) {
                builder.beginRow()
                builder.add(cell(i))
                i += 1
            }
            guard isRow(i, labels, count) else { break }
            builder.beginRow()
            for k in i..<(i + labels + count) { builder.add(cell(k)) }
            rows += 1
            i += labels + count
        }
        guard rows >= 2 else { return nil }
        return builder.grid().map { ($0, i) }
    }

    private func cell(_ i: Int) -> Passage { Layout.fold(s, [lines[i].range], base) }

    /// How many lines name a row: those between the numbers of the first and of the second.
    private func labels(behind i: Int) -> Int {
        var j = i
        while j < end, j - i < 4, !isNumber(j) { j += 1 }
        return j < end && j > i ? j - i : 1
    }

    private func isRow(_ i: Int, _ labels: Int, _ count: Int) -> Bool {
        guard i + labels + count <= end, !isNumber(i) else { return false }
        return (i + labels..<i + labels + count).allSatisfy(isNumber)
            && (i + labels + count == end || !isNumber(i + labels + count))
    }

    /// Whether heads come again and again, as under groups.
    private func repeats(_ first: Int, _ count: Int, _ period: Int) -> Bool {
        (0..<(count - period)).allSatisfy {
            s[lines[first + $0].range].elementsEqual(s[lines[first + $0 + period].range])
        }
    }

    private func isCell(_ range: Range<Int>) -> Bool {
        range.count <= Self.longest && !s[range].contains { $0 == 0x3002 || $0 == 0x23 || $0 == 0x7C || $0 == 0xFF1B }
    }

    private func isNumber(_ i: Int) -> Bool { TextGrids.isNumber(s, lines[i].range, lexicon) }

    private func isFigure(_ i: Int) -> Bool {
        isNumber(i) && !TextGrids.isYear(s, lines[i].range) && s[lines[i].range].contains(where: Glyph.isDigit)
    }
}
