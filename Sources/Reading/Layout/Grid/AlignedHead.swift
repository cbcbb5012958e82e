/// The heads over columns that blanks set apart: words over several lines, some of them over several columns.
///
/// Heads are rarely set over the very place of their figures, so what stands over what is told among the heads alone,
/// and their order says which column each belongs to.
struct AlignedHead {
    /// One column's head.
    struct Stack {
        /// From where to where it reaches in its lines.
        var span: Range<Int>
        /// Its pieces from the top.
        var pieces: [Range<Int>]
        /// The line of its uppermost piece, from the bottom.
        var top: Int
        /// The pieces over it and its neighbours, the outermost first.
        var groups: [Range<Int>] = []
        /// The line of the uppermost of those.
        var reach: Int

        var center: Int { span.lowerBound + span.upperBound }
    }

    private(set) var stacks: [Stack] = []

    /// Reads the lines of heads, in order; places count in columns of the line.
    ///
    /// - Parameter lines: for each line its pieces, with where each begins in its line.
    init(_ lines: [[(range: Range<Int>, at: Int)]]) {
        for (level, line) in lines.reversed().enumerated() { add(line, level) }
    }

    private mutating func add(_ line: [(range: Range<Int>, at: Int)], _ level: Int) {
        // Which of the columns so far each piece may stand over.
        var reaches: [Range<Int>] = []
        var fresh: [Int] = []
        for (k, piece) in line.enumerated() {
            let span = piece.at..<(piece.at + piece.range.count)
            guard let over = stacks.firstIndex(where: { $0.span.overlaps(span) }) else {
                fresh.append(k)
                continue
            }
            let last = stacks.lastIndex { $0.span.overlaps(span) } ?? over
            // Those beside it that end at the same line share what stands over them.
            var (from, to) = (over, last)
            while from > 0, stacks[from - 1].reach == stacks[over].reach { from -= 1 }
            while to + 1 < stacks.count, stacks[to + 1].reach == stacks[last].reach { to += 1 }
            reaches.append(from..<(to + 1))
        }
        let over = line.indices.filter { !fresh.contains($0) }
        var owned: [Int: [Int]] = [:]
        for (i, stack) in stacks.enumerated() {
            let candidates = zip(over, reaches).filter { $0.1.contains(i) }.map(\.0)
            let nearest = candidates.min { distance(line[$0], stack) < distance(line[$1], stack) }
            if let nearest { owned[nearest, default: []].append(i) }
        }
        for (k, columns) in owned {
            let piece = line[k]
            if columns.count == 1, let only = columns.first, stacks[only].groups.isEmpty {
                stacks[only].pieces.insert(piece.range, at: 0)
                let span = piece.at..<(piece.at + piece.range.count)
                stacks[only].span =
                    min(
                        stacks[only].span.lowerBound, span.lowerBound)..<max(
                        stacks[only].span.upperBound, span.upperBound)
                stacks[only].top = level
                stacks[only].reach = level
            } else {
                for column in columns {
                    stacks[column].groups.insert(piece.range, at: 0)
                    stacks[column].reach = level
                }
            }
        }
        for k in fresh {
            let span = line[k].at..<(line[k].at + line[k].range.count)
            stacks.append(Stack(span: span, pieces: [line[k].range], top: level, reach: level))
        }
        stacks.sort { $0.center < $1.center }
    }

    private func distance(_ piece: (range: Range<Int>, at: Int), _ stack: Stack) -> Int {
        abs(2 * piece.at + piece.range.count - stack.center)
    }

    /// Takes a head that stands between two others, and over no column, as one over both, until there are no more
    /// than `count`.
    mutating func reduce(to count: Int) {
        while stacks.count > count {
            let between = stacks.indices.dropFirst().dropLast().filter { i in
                stacks[i].pieces.count == 1 && stacks[i].groups.isEmpty && stacks[i].top > stacks[i - 1].reach
                    && stacks[i].top > stacks[i + 1].reach
            }
            guard let i = between.first else { return }
            for k in [i - 1, i + 1] {
                stacks[k].groups.insert(stacks[i].pieces[0], at: 0)
                stacks[k].reach = stacks[i].top
            }
            stacks.remove(at: i)
        }
    }
}
