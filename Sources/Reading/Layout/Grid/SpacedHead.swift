/// The heads over a table set as plain lines, one blank between the words: over several lines, perhaps once more in
/// another language.
enum SpacedHead {
    /// The most lines of heads.
    static let most = 10

    /// A head with how many columns it stands over, or 0 for one over a single column that has none above it.
    struct Head {
        var pieces: [Range<Int>]
        var over = 1
    }

    /// The rows of heads over so many columns of figures, the column of names first; nil where the words do not make them.
    static func rows(_ s: [UInt32], _ lines: [Range<Int>], count: Int, isFormula: ([UInt32]) -> Bool) -> [[Head]]? {
        var heads: [[Range<Int>]] = []
        for line in lines {
            for word in paired(s, TextLine.words(s, line)) {
                guard let native = AlignedColumns.native(s, word), !isLink(s, native) else { continue }
                if isBracket(s, native), let last = heads.indices.last {
                    heads[last].append(native)
                } else {
                    heads.append([native])
                }
            }
        }
        if heads.count == count + 2, let last = heads.last, isFormula(word(s, last)) { heads.removeLast() }
        guard heads.count >= count else { return nil }
        if GroupedHeads.goOn(heads.map { word(s, $0) }, names: 1, count: count) {
            heads.removeLast(heads.count - count - 1)
        }
        if let (groups, parts) = GroupedHeads.withTotals(heads.map { word(s, $0) }, names: 1, count: count) {
            let lower = heads.suffix(groups * parts).map { Head(pieces: $0) }
            return [
                [Head(pieces: heads[0])]
                    + heads[1...groups].map { Head(pieces: $0, over: parts + 1) },
                [Head(pieces: [])]
                    + (0..<groups).flatMap { k in
                        [Head(pieces: [])] + lower[(k * parts)..<((k + 1) * parts)]
                    },
            ]
        }
        // Without a head for the names.
        if heads.count == count { return [[Head(pieces: [])] + heads.map { Head(pieces: $0) }] }
        if heads.count == count + 1 { return [heads.map { Head(pieces: $0) }] }
        for corner in [1, 0] {
            let groups = heads.count - count - corner
            guard groups > 1, groups < count, count % groups == 0 else { continue }
            let size = count / groups
            let lower = heads.suffix(count)
            let words = lower.map { word(s, $0) }
            // 人数 出生率 人数 死亡率: one of each at least comes again.
            let repeats = (0..<size).contains { k in
                Set(stride(from: k, to: count, by: size).map { words[$0] }).count == 1
            }
            let over = heads[corner..<(corner + groups)]
            guard repeats, over.allSatisfy({ $0[0].count <= 8 && !s[$0[0]].contains(where: Glyph.isDigit) }) else {
                continue
            }
            let names = corner == 1 ? Head(pieces: heads[0]) : Head(pieces: [])
            return [
                [names] + heads[corner..<(corner + groups)].map { Head(pieces: $0, over: size) },
                [Head(pieces: [])] + lower.map { Head(pieces: $0) },
            ]
        }
        return nil
    }

    /// 年 份 出 生: single characters are words of two.
    static func paired(_ s: [UInt32], _ words: [Range<Int>]) -> [Range<Int>] {
        var all: [Range<Int>] = []
        var i = 0
        while i < words.count {
            var end = i
            while end < words.count, words[end].count == 1, Glyph.isHan(s[words[end].lowerBound]) { end += 1 }
            if end - i >= 2, (end - i) % 2 == 0 {
                for k in stride(from: i, to: end, by: 2) { all.append(words[k].lowerBound..<words[k + 1].upperBound) }
                i = end
            } else {
                all.append(words[i])
                i += 1
            }
        }
        return all
    }

    private static func word(_ s: [UInt32], _ pieces: [Range<Int>]) -> [UInt32] { pieces.flatMap { Array(s[$0]) } }

    /// 其中 and 按性别分 stand over columns and say nothing that their own heads do not.
    private static func isLink(_ s: [UInt32], _ word: Range<Int>) -> Bool {
        guard s[word].contains(where: { Glyph.isHan($0) || Glyph.isDigit($0) || $0 == 0x25 || $0 == 0x2030 }) else {
            return true
        }
        return word.count == 2 && s[word].elementsEqual([0x5176, 0x4E2D])
            || word.count > 2 && s[word.lowerBound] == 0x6309 && s[word.upperBound - 1] == 0x5206
    }

    private static func isBracket(_ s: [UInt32], _ word: Range<Int>) -> Bool {
        let (first, last) = (s[word.lowerBound], s[word.upperBound - 1])
        return word.count > 2 && (first == 0x28 || first == 0xFF08) && (last == 0x29 || last == 0xFF09)
    }
}
