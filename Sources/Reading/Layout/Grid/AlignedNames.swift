/// Which lines with nothing but a name go on with the name of a row above or below, and which are rows of their own.
///
/// A name that takes several lines is set around the middle of its row: as many of its lines stand above the line of the
/// figures as below it, or one less. All but its last line are full.
struct AlignedNames {
    /// A name, or a part of one, where it begins in its line, and how wide it is.
    typealias Piece = (range: Range<Int>, at: Int, width: Int)

    /// How many of the lines over the first figures begin its name.
    private(set) var taken = 0
    private var above: [Int: [Range<Int>]] = [:]
    private var below: [Int: [Range<Int>]] = [:]
    private var joined: Set<Int> = []

    /// The pieces of names in lines above that of a row of figures.
    func above(_ line: Int) -> [Range<Int>] { above[line] ?? [] }
    /// The pieces of names in lines below it.
    func below(_ line: Int) -> [Range<Int>] { below[line] ?? [] }
    /// Whether a line goes on with the name of a row.
    func joins(_ line: Int) -> Bool { joined.contains(line) }

    /// More lines than this between two rows are rows of their own.
    private static let most = 6
    private static let alone = 2
    private static let broken = 3
    private static let nameless = 6
    private static let wrong = 50

    /// Tells lines apart.
    ///
    /// - Parameters:
    ///   - loose: what may begin the name of the first row, over it.
    ///   - lines: for each line its name, where it has one that stands alone or in front of figures.
    init(_ s: [UInt32], loose: [Piece], lines: [(name: Piece?, isFigures: Bool)]) {
        var widest = 0
        for piece in loose + lines.compactMap(\.name) { widest = max(widest, piece.at + piece.width) }
        let rows = lines.indices.filter { lines[$0].isFigures }
        guard !rows.isEmpty, lines.contains(where: { !$0.isFigures }) || !loose.isEmpty else { return }

        let hasNames = rows.count { lines[$0].name != nil } * 2 > rows.count
        /// What it costs that two pieces are parts of one name.
        func join(_ first: Piece, _ second: Piece) -> Int {
            if Self.depth(s, first.range) > 0 || Self.depth(s, second.range) < 0 { return 0 }
            if Self.opens(s, second.range) { return Self.broken * 3 }
            return first.at + first.width + 2 >= widest ? 0 : Self.broken
        }
        func cost(_ row: Int, _ before: [Piece], _ after: [Piece]) -> Int {
            let own = lines[row].name
            if own == nil, before.isEmpty, after.isEmpty { return hasNames ? Self.nameless : 0 }
            let all = before + (own.map { [$0] } ?? []) + after
            var cost = 0
            for (first, second) in zip(all, all.dropFirst()) { cost += join(first, second) }
            let more = after.count - before.count
            if own != nil {
                if more == -1 || more == 2 { cost += 1 } else if !(0...1).contains(more) { cost += Self.wrong }
            } else if abs(more) > 1 {
                cost += Self.wrong
            } else if more != 0 {
                cost += 1
            }
            return cost
        }

        // For each row the cheapest way to get there with so many lines above it.
        let first = Array(loose.suffix(Self.most))
        // A name alone over the figures is a head, or else begins a name.
        var best: [(cost: Int, from: Int, after: Int)?] = (0...first.count).map {
            (cost: first.count - $0, from: 0, after: 0)
        }
        var gaps: [[Int]] = []
        var ways: [[(cost: Int, from: Int, after: Int)?]] = [best]
        for (k, row) in rows.enumerated() {
            let end = k + 1 < rows.count ? rows[k + 1] : lines.count
            let all = (row + 1..<end).filter { lines[$0].name != nil }
            let gap = all.count <= Self.most ? all : []
            gaps.append(gap)
            let isLast = k + 1 == rows.count
            var next = [(cost: Int, from: Int, after: Int)?](repeating: nil, count: isLast ? 1 : gap.count + 1)
            let before = k == 0 ? first : gaps[k - 1].compactMap { lines[$0].name }
            for (count, way) in best.enumerated() {
                guard let way else { continue }
                for after in 0...gap.count {
                    let cost =
                        way.cost
                        + cost(
                            row, Array(before.suffix(count)), gap.prefix(after).compactMap { lines[$0].name })
                    for more in 0...(isLast ? 0 : gap.count - after) {
                        let all = cost + Self.alone * (gap.count - after - more)
                        if next[more].map({ all < $0.cost }) ?? true { next[more] = (all, count, after) }
                    }
                }
            }
            ways.append(next)
            best = next
        }
        // Back from the end.
        var count = 0
        for k in rows.indices.reversed() {
            guard let way = ways[k + 1][count] else { return }
            let gap = gaps[k]
            for line in gap.prefix(way.after) {
                joined.insert(line)
                below[rows[k], default: []].append(lines[line].name?.range ?? 0..<0)
            }
            if k == 0 {
                taken = way.from
                above[rows[0], default: []] += first.suffix(way.from).map(\.range)
            } else {
                for line in gaps[k - 1].suffix(way.from) {
                    joined.insert(line)
                    above[rows[k], default: []].append(lines[line].name?.range ?? 0..<0)
                }
            }
            count = way.from
        }
    }

    /// 一、 （二） 其中：: what begins a name.
    static func opens(_ s: [UInt32], _ piece: Range<Int>) -> Bool {
        var i = piece.lowerBound
        if s[i] == 0x23 || s[i] == 0xFF03 { return true }
        let isBracket = s[i] == 0x28 || s[i] == 0xFF08
        if isBracket { i += 1 }
        let start = i
        while i < piece.upperBound, Glyph.isDigit(s[i]) || Glyph.digit(s[i]) != nil || s[i] == 0x5341 { i += 1 }
        guard i > start, i < piece.upperBound else { return false }
        return isBracket ? s[i] == 0x29 || s[i] == 0xFF09 : s[i] == 0x3001 || s[i] == 0x2E || s[i] == 0xFF0E
    }

    private static func depth(_ s: [UInt32], _ piece: Range<Int>) -> Int {
        piece.reduce(0) { depth, i in
            switch s[i] {
            case 0x28, 0xFF08: depth + 1
            case 0x29, 0xFF09: depth - 1
            default: depth
            }
        }
    }
}
