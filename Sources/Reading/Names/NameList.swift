import BulletinModel

/// Names of lists whose members share their figures or their noun.
extension NamePass {
    /// A、B分别增长x和y: each figure has the name in its place.
    func distribute(_ mentions: [Mention], _ names: inout [Naming]) {
        var i = 0
        while i < mentions.count {
            var j = i
            while j + 1 < mentions.count, joined(mentions[j], mentions[j + 1]) { j += 1 }
            if j > i, names[i].names.count == 1 {
                var clause = mentions[i].quantity.range.lowerBound
                let floor = max(0, clause - 160)
                while clause > floor, !Glyph.endsSentence(s[clause - 1]), s[clause - 1] != 0xFF1B { clause -= 1 }
                // 收入x元，支出y元，是2015年的1.3倍和1.5倍: two multiples are never of one thing.
                let isParallel =
                    mentions[i...j].allSatisfy { $0.quantity.form == .multiple }
                    || lexicon[.respectively].first(s, in: clause..<mentions[i].quantity.range.lowerBound) != nil
                let parts =
                    nameParts.of(names[i].names[0], count: j - i + 1) ?? nameParts.of(names[i].names[0])
                if isParallel, names[i].source == .parent,
                    let earlier = levels(mentions, names, before: i, count: j - i + 1, from: clause)
                {
                    for (k, name) in earlier.enumerated() { names[i + k] = Naming(names: [name], source: .list) }
                } else if parts.count == j - i + 1, parts.allSatisfy(lexicon[.bareMeasure].contains),
                    case let topic = topic(before: mentions[i].quantity.range.lowerBound), !topic.isEmpty
                {
                    // 民营经济发展较快，销售收入、利润分别增长…: each is the topic's.
                    for (k, part) in parts.enumerated() { names[i + k] = Naming(names: [topic + part], source: .list) }
                } else if parts.count == j - i + 1 {
                    for (k, part) in nameParts.completed(parts).enumerated() {
                        names[i + k] = Naming(names: [part], source: .list)
                    }
                } else if isParallel, let earlier = levels(mentions, names, before: i, count: j - i + 1, from: clause) {
                    for (k, name) in earlier.enumerated() { names[i + k] = Naming(names: [name], source: .list) }
                } else {
                    for k in i...j where mentions[k].kind != .level {
                        names[k] = Naming(names: names[i].names, source: .list)
                    }
                }
            }
            i = j + 1
        }
        for k in mentions.indices.dropFirst(2) where names[k].names.count == 1 && names[k].source == .parent {
            if let both = listed(mentions, names, before: k) { names[k] = Naming(names: both, source: .list) }
        }
    }

    /// 收入和支出分别为3亿元和2亿元，均增长5%: all that the list right in front names; nil where 均 does not follow one.
    private func listed(_ mentions: [Mention], _ names: [Naming], before k: Int) -> [String]? {
        let end = mentions[k - 1].quantity.range.upperBound
        guard mentions[k].kind != .level, end + 1 < mentions[k].quantity.range.lowerBound, Glyph.isComma(s[end]),
            lexicon[.bothAlike].begins(s, at: end + 1) > 0
        else { return nil }
        var first = k - 1
        while first > 0, k - first < 6, mentions[first - 1].kind == .level, joined(mentions[first - 1], mentions[first])
        {
            first -= 1
        }
        guard first < k - 1, names[first..<k].allSatisfy({ $0.names.count == 1 }) else { return nil }
        return names[first..<k].map { $0.names[0] }
    }

    /// 接待游客x人次，收入y元，分别增长…: the levels right in front, one for each change, none of which stands before
    /// `sentence`.
    func levels(
        _ mentions: [Mention], _ names: [Naming], before i: Int, count: Int, from sentence: Int = 0
    ) -> [String]? {
        guard i >= count, mentions[i - count].quantity.range.lowerBound >= sentence else { return nil }
        let range = (i - count)..<i
        guard range.allSatisfy({ mentions[$0].kind == .level && names[$0].names.count == 1 }) else { return nil }
        return range.map { names[$0].names[0] }
    }

    func joined(_ first: Mention, _ second: Mention) -> Bool {
        var gap = first.quantity.range.upperBound..<second.quantity.range.lowerBound
        guard !gap.isEmpty else { return false }
        // 95%左右、96%以上: bounds belong to their figures.
        let bound = lexicon[.boundOfLast].begins(s, at: gap.lowerBound, end: gap.upperBound)
        if bound < gap.count { gap = (gap.lowerBound + bound)..<gap.upperBound }
        // 每月500元、每年3000元: how often says nothing of what.
        gap =
            gap
            .lowerBound..<(gap.upperBound - lexicon[.perWhat].ends(s, before: gap.upperBound, start: gap.lowerBound + 1))
        guard gap.count <= 3 else { return false }
        return gap.allSatisfy { [0x3001, 0x548C, 0x53CA, 0x4E0E, 0x20, 0xFF0C, 0x2C].contains(s[$0]) }
            && (!Glyph.isComma(s[gap.lowerBound]) || first.kind == .change)
    }
}
