/// Puts the name of a figure together from the words of its row, its column and its table.
struct TableName {
    private let words: HeadWords

    init(_ words: HeadWords) { self.words = words }

    /// Whether words name a measure by themselves.
    func isComplete(_ s: [UInt32]) -> Bool { words.noun(s) != nil }

    /// Whether words are nothing but the noun of a measure (产量).
    func isBare(_ s: [UInt32]) -> Bool { words.noun(s).map { $0.length == s.count } ?? false }

    /// Whether words are a noun that says nothing of what is measured: 总值.
    func isGeneral(_ s: [UInt32]) -> Bool { s.count == 2 && s[0] == 0x603B && isBare(s) }

    /// A noun alone, completed by a title that ends with it: 产量 of 化学纤维产量.
    func completed(noun: [UInt32], byEndOf title: [UInt32]) -> [UInt32] {
        guard title.count > noun.count, isBare(noun), title.suffix(noun.count).elementsEqual(noun) else { return noun }
        return title
    }

    /// Whether a measure goes on through a period.
    func isFlow(_ s: [UInt32]) -> Bool {
        if let noun = words.noun(s), noun.sort == "stock" { return false }
        return words.ends(s, before: s.count, .flow) > 0
    }

    /// Whether a measure is a rate, which is told in per cent.
    func isRate(_ s: [UInt32]) -> Bool { words.noun(s)?.sort == "rate" }

    /// Whether a measure has no unit: an index, a ratio.
    func isIndex(_ s: [UInt32]) -> Bool { words.noun(s)?.sort == "index" }

    /// The name that a head and the narrower one under it make.
    func joined(_ parent: [UInt32], _ child: [UInt32]) -> [UInt32] {
        if child.isEmpty { return parent }
        if parent.isEmpty { return child }
        if isComplete(parent) {
            if isBare(child) { return parent }
            return isComplete(child) ? child : part(child, of: parent)
        }
        if let merged = overlapping(child, parent) { return merged }
        return child.starts(with: parent) ? child : parent + child
    }

    /// The name of a row's figure in a column.
    func crossed(row: [UInt32], column: [UInt32]) -> [UInt32] {
        if row.isEmpty { return column }
        if column.isEmpty { return row }
        switch (isComplete(row), isComplete(column)) {
        case (true, true):
            // 总值 of 进出口.
            if isBare(column), isGeneral(row) { return column + row }
            if isBare(column) || row.reversed().starts(with: column.reversed()) { return row }
            return column.starts(with: row) ? column : row + column
        case (true, false): return part(column, of: row)
        case (false, true): return part(row, of: column)
        case (false, false):
            if let merged = overlapping(column, row) { return merged }
            return column.starts(with: row) ? column : row + column
        }
    }

    /// A name that names no measure yet, completed by the measure that its table or the row above tells.
    func completed(_ name: [UInt32], by whole: [UInt32]) -> [UInt32] {
        if name.isEmpty { return whole }
        if whole.isEmpty || isComplete(name) { return name }
        if isComplete(whole) { return part(name, of: whole) }
        return overlapping(name, whole) ?? name
    }

    /// A noun alone with the modifier that the title gives to its first measure: 还本 of 政府债券发行及还本.
    func completed(bare noun: [UInt32], by title: [UInt32]) -> [UInt32] {
        // 及 和 、 与
        let first = Array(title.prefix { ![0x53CA, 0x548C, 0x3001, 0x4E0E].contains($0) })
        guard let found = words.noun(first), found.length < first.count else { return noun }
        return first.dropLast(found.length) + noun
    }

    /// 小麦 of 粮食播种面积: 小麦播种面积; 一般债务 of 政府债务限额: 一般债务限额; 第一产业 of 地区生产总值: its value added.
    func part(_ name: [UInt32], of whole: [UInt32]) -> [UInt32] {
        if let merged = overlapping(name, whole) { return merged }
        guard let noun = words.noun(whole) else { return name + whole }
        switch noun.sort {
        case "branch": return name + words.first(.branchNoun)
        case "direct": return name + whole.suffix(noun.length)
        default: return name + whole
        }
    }

    /// Where the end of the narrower name stands in the wider one, the narrower takes its place.
    private func overlapping(_ name: [UInt32], _ whole: [UInt32]) -> [UInt32]? {
        guard name.count >= 2, whole.count >= 2 else { return nil }
        for length in stride(from: min(name.count, whole.count), through: 2, by: -1) {
            let tail = name.suffix(length)
            guard let at = (0...(whole.count - length)).last(where: { whole[$0..<($0 + length)].elementsEqual(tail) })
            else { continue }
            var front = Array(whole[..<at])
            let broad = words.ends(front, before: front.count, .broad)
            if broad > 0 { front.removeLast(broad) }
            if length == name.count { front = Array(whole[..<at]) }
            return front + name + whole[(at + length)...]
        }
        return nil
    }
}
