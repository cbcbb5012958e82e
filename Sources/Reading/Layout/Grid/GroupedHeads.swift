/// Heads in reading order whose upper ones stand over a total and its parts: 限额 余额 over 一般债务 专项债务 twice, the totals
/// without a head of their own.
enum GroupedHeads {
    /// How many upper heads there are behind those of the names, and how many lower ones each has; nil where the words do
    /// not come so: the lower ones are the same again and again.
    ///
    /// - Parameters:
    ///   - words: all heads, the upper ones first, those of the names before them.
    ///   - names: how many head the names of the rows.
    ///   - count: how many columns of figures there are.
    static func withTotals(_ words: [[UInt32]], names: Int, count: Int) -> (groups: Int, parts: Int)? {
        guard words.count == names + count, count >= 4 else { return nil }
        for groups in 2...(count / 2) where count % groups == 0 {
            let parts = count / groups - 1
            let lower = Array(words.suffix(groups * parts))
            let upper = words[names..<(names + groups)]
            guard Set(lower.prefix(parts)).count == parts, Set(upper).count == groups,
                lower.indices.dropFirst(parts).allSatisfy({ lower[$0] == lower[$0 - parts] }),
                !lower.contains(where: { upper.contains($0) })
            else { continue }
            return (groups, parts)
        }
        return nil
    }

    /// Whether there are more heads than columns because the last ones have no figures yet: 1月 增长 2月 增长 3月 增长 over
    /// the figures of two months. They go on as the heads before them do.
    static func goOn(_ words: [[UInt32]], names: Int, count: Int) -> Bool {
        guard words.count > names + count, count >= 2 else { return false }
        let heads = words[names...].map { $0.filter { !Glyph.isDigit($0) } }
        for size in 1...(count / 2) where count % size == 0 && heads.count % size == 0 {
            if heads.indices.dropFirst(size).allSatisfy({ heads[$0] == heads[$0 - size] }),
                Set(words[names...]).count > size
            {
                return true
            }
        }
        return false
    }
}
