/// The heads over columns that blanks set apart: words over several lines, some of them over several columns.
///
/// Heads are rarely set over the very place of their figures, so what stands over what is told among the heads alone,
/// and their order says which column each belongs to.
struct AlignedHead {
    /// A piece of a line, where it begins in its line, and how wide it is.
    typealias Piece = (range: Range<Int>, at: Int, width: Int)

    /// What stands over one column.
    struct Column: Equatable {
        /// The pieces over it and its neighbours, the outermost first.
        var groups: [Range<Int>] = []
        /// Its own pieces.
        var pieces: [Range<Int>] = []
    }

    /// One column's head, before it is known which column that is.
    private struct Stack {
        var column: Column
        /// From where to where it reaches in its lines.
        var span: Range<Int>
        /// The line of its uppermost piece or group, from the bottom.
        var reach: Int
        /// The line of its own lowest piece.
        var base = 0

        var middle: Int { span.lowerBound + span.upperBound }
    }

    private let s: [UInt32]
    private var stacks: [Stack] = []

    /// What it costs to leave a column without what stands over others of its line, in half columns; and to part a group.
    private static let bare = 14
    private static let parted = 30

    /// The heads of columns.
    ///
    /// - Parameters:
    ///   - lines: the pieces of each line of heads, from the top.
    ///   - places: from where to where the figures of each column reach.
    ///   - hasNames: whether the first column holds the names of the rows.
    static func columns(_ s: [UInt32], _ lines: [[Piece]], over places: [Range<Int>], hasNames: Bool) -> [Column] {
        var head = AlignedHead(s: s)
        head.read(lines, count: places.count, hasNames: hasNames)
        return head.placed(over: places)
    }

    private init(s: [UInt32]) { self.s = s }

    private mutating func read(_ lines: [[Piece]], count: Int, hasNames: Bool) {
        guard !lines.isEmpty else { return }
        // The line with a piece for each column tells the columns.
        if let full = lines.lastIndex(where: { $0.count == count }) {
            read(lines, from: full, count: count)
            return
        }
        read(lines, from: lines.count - 1, count: count)
        let all = stacks.map(\.column)
        if all.count == count || all.count + 1 == count && hasNames || withTotals(all, count) != nil { return }
        // Else a line with one for each but the column of the names.
        if hasNames, count > 2, let full = lines.lastIndex(where: { $0.count == count - 1 }), full + 1 < lines.count {
            stacks = []
            read(lines, from: full, count: count)
        }
    }

    /// Reads the lines over one from the bottom up, then those under it.
    private mutating func read(_ lines: [[Piece]], from base: Int, count: Int) {
        for (k, line) in lines[...base].reversed().enumerated() { add(line, level: k, count: count) }
        for line in lines[(base + 1)...] { append(line, count: count) }
    }

    /// The pieces of a line below that of the columns go on with their heads.
    private mutating func append(_ line: [Piece], count: Int) {
        for piece in line {
            let middle = 2 * piece.at + piece.width
            let over = stacks.indices.filter { stacks[$0].span.overlaps(span(piece)) }
            // 地区 in the middle of heads of several lines.
            if over.isEmpty, stacks.count + 1 == count, let first = stacks.first,
                span(piece).upperBound <= first.span.lowerBound
            {
                stacks.insert(Stack(column: Column(pieces: [piece.range]), span: span(piece), reach: 0), at: 0)
                continue
            }
            let nearest = (over.isEmpty ? Array(stacks.indices) : over).min {
                abs(stacks[$0].middle - middle) < abs(stacks[$1].middle - middle)
            }
            if let nearest { stacks[nearest].column.pieces.append(piece.range) }
        }
    }

    private func span(_ piece: Piece) -> Range<Int> { piece.at..<(piece.at + piece.width) }

    // MARK: From the bottom up

    private mutating func add(_ line: [Piece], level: Int, count: Int) {
        var fresh = line.indices.filter { k in !stacks.contains { $0.span.overlaps(span(line[k])) } }
        // More columns than there are have no place; what stands nearest to another head goes with it.
        if !stacks.isEmpty {
            func gap(_ k: Int) -> Int {
                let span = span(line[k])
                return stacks.map { max($0.span.lowerBound - span.upperBound, span.lowerBound - $0.span.upperBound) }
                    .min() ?? 0
            }
            let room = max(0, count - stacks.count)
            if fresh.count > room { fresh = Array(fresh.sorted { gap($0) > gap($1) }.prefix(room)).sorted() }
        }
        let over = line.indices.filter { !fresh.contains($0) }
        // Columns whose heads end at the same line share what stands over them.
        var runs: [Range<Int>] = []
        let walls = fresh.map { 2 * line[$0].at + line[$0].width }
        for i in stacks.indices {
            if let last = runs.last, stacks[i].reach == stacks[i - 1].reach,
                !walls.contains(where: { stacks[i - 1].middle < $0 && $0 <= stacks[i].middle })
            {
                runs[runs.count - 1] = last.lowerBound..<(i + 1)
            } else {
                runs.append(i..<(i + 1))
            }
        }
        var owned: [Int: [Piece]] = [:]
        for k in over {
            let span = span(line[k])
            let middle = 2 * line[k].at + line[k].width
            let touched = stacks.indices.filter { stacks[$0].span.overlaps(span) }
            let nearest = (touched.isEmpty ? Array(stacks.indices) : touched).min {
                abs(stacks[$0].middle - middle) < abs(stacks[$1].middle - middle)
            }
            guard let nearest, let run = runs.firstIndex(where: { $0.contains(nearest) }) else { continue }
            owned[run, default: []].append(line[k])
        }
        for (run, pieces) in owned { share(pieces, runs[run], level) }
        for k in fresh {
            stacks.append(
                Stack(column: Column(pieces: [line[k].range]), span: span(line[k]), reach: level, base: level))
        }
        stacks.sort { $0.middle < $1.middle }
    }

    /// Gives pieces of a line to the columns of a run.
    private mutating func share(_ pieces: [Piece], _ run: Range<Int>, _ level: Int) {
        if pieces.count == run.count {
            for (piece, i) in zip(pieces, run) { give(piece, i..<(i + 1), level) }
        } else if pieces.count > run.count {
            for piece in pieces {
                let middle = 2 * piece.at + piece.width
                if let i = run.min(by: { abs(stacks[$0].middle - middle) < abs(stacks[$1].middle - middle) }) {
                    give(piece, i..<(i + 1), level)
                }
            }
        } else if pieces.count > 1, run.count % pieces.count == 0, repeats(run, run.count / pieces.count) {
            let size = run.count / pieces.count
            for (k, piece) in pieces.enumerated() {
                let from = run.lowerBound + k * size
                give(piece, from..<(from + size), level)
            }
        } else {
            for (piece, span) in zip(pieces, spans(of: pieces, run)) where !span.isEmpty { give(piece, span, level) }
        }
    }

    /// Whether heads come again and again: 金额 增速 金额 增速.
    private func repeats(_ run: Range<Int>, _ size: Int) -> Bool {
        let words = run.map { word(stacks[$0].column.pieces.last ?? 0..<0) }
        return words.indices.dropFirst(size).allSatisfy { words[$0] == words[$0 - size] }
            && Set(words.prefix(size)).count == size
    }

    /// The words of a piece without blanks and without the units in brackets.
    private func word(_ piece: Range<Int>) -> [UInt32] {
        var word: [UInt32] = []
        var depth = 0
        for i in piece {
            switch s[i] {
            case 0x28, 0xFF08: depth += 1
            case 0x29, 0xFF09: depth -= 1
            default: if depth == 0, !Glyph.isBlank(s[i]) { word.append(s[i]) }
            }
        }
        return word
    }

    /// The columns of a run that fewer pieces stand over, in order, each in the middle of its own.
    private func spans(of pieces: [Piece], _ run: Range<Int>) -> [Range<Int>] {
        let (n, m) = (pieces.count, run.count)
        let far = Int.max / 4
        var best = [[Int]](repeating: [Int](repeating: far, count: m + 1), count: n + 1)
        var step = [[Int]](repeating: [Int](repeating: 0, count: m + 1), count: n + 1)
        for j in 0...m { best[0][j] = Self.bare * j }
        for i in 1...n {
            for j in i...m {
                best[i][j] = best[i][j - 1] + Self.bare
                for width in 1...j {
                    let (from, to) = (run.lowerBound + j - width, run.lowerBound + j)
                    let middle = 2 * pieces[i - 1].at + pieces[i - 1].width
                    var cost =
                        abs(middle - stacks[from].span.lowerBound - stacks[to - 1].span.upperBound) + 2 * (width - 1)
                    if width > 1 {
                        if from > run.lowerBound, isGroup(from - 1, from) { cost += Self.parted }
                        if to < run.upperBound, isGroup(to - 1, to) { cost += Self.parted }
                    }
                    cost += best[i - 1][j - width]
                    if cost < best[i][j] {
                        best[i][j] = cost
                        step[i][j] = width
                    }
                }
            }
        }
        var spans = [Range<Int>](repeating: 0..<0, count: n)
        var (i, j) = (n, m)
        while i > 0, j > 0 {
            let width = step[i][j]
            if width == 0 {
                j -= 1
            } else {
                spans[i - 1] = (run.lowerBound + j - width)..<(run.lowerBound + j)
                j -= width
                i -= 1
            }
        }
        return spans
    }

    private func isGroup(_ i: Int, _ j: Int) -> Bool {
        guard let group = stacks[i].column.groups.first else { return false }
        return stacks[j].column.groups.first == group
    }

    private mutating func give(_ piece: Piece, _ span: Range<Int>, _ level: Int) {
        var over = span
        if span.count == 1 {
            let i = span.lowerBound
            guard !stacks[i].column.groups.isEmpty else {
                stacks[i].column.pieces.insert(piece.range, at: 0)
                let reach = self.span(piece)
                stacks[i].span =
                    min(stacks[i].span.lowerBound, reach.lowerBound)..<max(stacks[i].span.upperBound, reach.upperBound)
                stacks[i].reach = level
                return
            }
            // What stands over one column of a group stands over all of it.
            while over.lowerBound > 0, isGroup(over.lowerBound - 1, i) {
                over = (over.lowerBound - 1)..<over.upperBound
            }
            while over.upperBound < stacks.count, isGroup(i, over.upperBound) {
                over = over.lowerBound..<(over.upperBound + 1)
            }
        }
        for i in over {
            stacks[i].column.groups.insert(piece.range, at: 0)
            stacks[i].reach = level
        }
    }

    // MARK: Columns

    private func placed(over places: [Range<Int>]) -> [Column] {
        let all = stacks.map(\.column)
        if all.count == places.count { return overTheirParts(all) }
        if let totals = withTotals(all, places.count) { return totals }
        if all.count + 1 == places.count { return [Column()] + all }
        // Where there are more or fewer heads than columns, each head goes to the column that it stands nearest to.
        var columns = [Column](repeating: Column(), count: places.count)
        var next = 0
        for stack in stacks {
            let nearest = (next..<places.count).min { a, b in
                abs(places[a].lowerBound + places[a].upperBound - stack.middle)
                    < abs(places[b].lowerBound + places[b].upperBound - stack.middle)
            }
            guard let nearest else { break }
            columns[nearest] = stack.column
            next = nearest + 1
        }
        return columns
    }

    /// The same heads; those of a line above that stand over no head, each in front of the same lower ones, stand over
    /// those, too: the column under them holds a total, the ones beside it the parts.
    private func overTheirParts(_ all: [Column]) -> [Column] {
        guard let last = stacks.lastIndex(where: { $0.base > 0 && $0.column.groups.isEmpty }) else { return all }
        let parts = all.count - last - 1
        func part(_ i: Int) -> [UInt32]? {
            stacks[i].base == 0 && stacks[i].reach == 0 && all[i].groups.isEmpty
                ? all[i].pieces.first.map(word) : nil
        }
        let lower = (0..<max(parts, 0)).map { part(last + 1 + $0) }
        guard parts > 0, !lower.contains(nil) else { return all }
        var columns = all
        var (first, blocks) = (last, 0)
        while first >= 1, stacks[first].base > 0, all[first].groups.isEmpty, let over = all[first].pieces.first,
            (0..<parts).map({ part(first + 1 + $0) }) == lower
        {
            columns[first] = Column(groups: [over])
            for i in (first + 1)...(first + parts) { columns[i].groups = [over] }
            blocks += 1
            first -= parts + 1
        }
        return blocks >= 2 ? columns : all
    }

    /// Heads over several columns whose first one has no head of its own, as it holds their sum; nil where the heads are
    /// no such.
    private func withTotals(_ all: [Column], _ count: Int) -> [Column]? {
        var columns: [Column] = []
        var last: Range<Int>?
        for column in all {
            if let group = column.groups.first, group != last {
                columns.append(Column(groups: column.groups))
                last = group
            }
            columns.append(column)
        }
        return columns.count == count && count > all.count ? columns : nil
    }
}
