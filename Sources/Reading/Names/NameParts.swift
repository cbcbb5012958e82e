/// The parts of a coordinated name.
struct NameParts {
    let lexicon: Lexicon

    /// The parts between 、, 和 and the like, and of words that hold two groups.
    func of(_ name: String) -> [String] {
        let scalars = joinedPair(Scalars.of(name))
        let parts = split(scalars)
        // 城乡居民…, 存贷款余额: two groups in one word.
        guard parts.count == 1 else { return parts }
        for i in scalars.indices {
            guard let pair = lexicon.groups.longest(in: scalars, at: i) else { continue }
            let front = Scalars.string(scalars[..<i])
            let behind = Scalars.string(scalars[(i + pair.length)...])
            return pair.value.map { front + $0 + behind }
        }
        return parts
    }

    /// 存、贷款余额 as 存贷款余额.
    private func joinedPair(_ s: [UInt32]) -> [UInt32] {
        guard let mark = s.firstIndex(of: 0x3001), mark > 0, s[mark - 1] == 0x5B58, mark + 2 < s.count,
            s[mark + 1] == 0x8D37, s[mark + 2] == 0x6B3E
        else { return s }
        return Array(s[..<mark] + s[(mark + 1)...])
    }

    /// The parts of a name for so many figures: all signs part, or 、 and the last 和 alone, or 、 alone, as the count asks;
    /// nil where nothing gives that many. What follows 分别 is said of each.
    func of(_ name: String, count: Int) -> [String]? {
        var name = Scalars.of(name)
        var shared: [UInt32] = []
        if let at = lexicon[.respectively].last(name, in: name.indices), at.at >= 3 {
            shared = Array(name[(at.at + at.length)...])
            name = Array(name[..<at.at])
        }
        let all = of(Scalars.string(name))
        if all.count == count { return all.map { $0 + Scalars.string(shared) } }
        guard count > 1 else { return nil }
        let marks = name.split(separator: 0x3001).map(Array.init)
        var parts = marks
        if marks.count == count - 1, let last = marks.last,
            let joint = last.lastIndex(where: { $0 != 0x3001 && isJoint($0) }), joint > 0, joint + 1 < last.count
        {
            parts = marks.dropLast() + [Array(last[..<joint]), Array(last[(joint + 1)...])]
        }
        guard parts.count == count else { return nil }
        return parts.map { Scalars.string($0 + shared) }
    }

    /// The parts between 、, 和 and the like.
    func split(_ name: String) -> [String] {
        // Most names have one part.
        guard name.unicodeScalars.contains(where: { isJoint($0.value) }) else { return name.isEmpty ? [] : [name] }
        return split(Scalars.of(name))
    }

    private func split(_ name: [UInt32]) -> [String] {
        var parts: [String] = []
        var part: [UInt32] = []
        var depth = 0
        for c in name {
            if c == 0x201C || c == 0x300A { depth += 1 }
            if c == 0x201D || c == 0x300B { depth -= 1 }
            // 汽车、电池等绿色产品出口: what stands behind 等 goes with the last.
            if c == 0x7B49, !parts.isEmpty { depth += 9 }
            if depth <= 0, isJoint(c) {
                parts.append(Scalars.string(part))
                part = []
            } else {
                part.append(c)
            }
        }
        parts.append(Scalars.string(part))
        return parts.filter { !$0.isEmpty }
    }

    /// 、 和 与 及.
    private func isJoint(_ c: UInt32) -> Bool { c == 0x3001 || c == 0x548C || c == 0x4E0E || c == 0x53CA }

    /// What the last of coordinated names says for all of them: 粮食、油料产量 are two 产量.
    func completed(_ parts: [String]) -> [String] {
        guard let last = parts.last.map(Scalars.of) else { return parts }
        // 医药、建材等行业增加值: what follows 等 belongs to all.
        if let more = last.firstIndex(of: 0x7B49), more > 0, more + 1 < last.count {
            var rest = last[(more + 1)...]
            if rest.contains(0x3001) {
                let tail = lexicon[.measureNoun].ends(last, before: last.count)
                if tail >= 2 { rest = last[(last.count - tail)...] }
            }
            let noun = Scalars.string(rest)
            return parts.dropLast().map { $0 + noun } + [Scalars.string(last[..<more]) + noun]
        }
        // 城镇和农村人均住房面积, 第一、二、三产业: the last class word stands for all before it.
        let own = lexicon[.classWord].begins(last, at: 0)
        if own > 0, own < last.count,
            parts.dropLast().allSatisfy({
                let part = Scalars.of($0)
                return lexicon[.classWord].begins(part, at: 0) == part.count
            })
        {
            let rest = Scalars.string(last[own...])
            let ordinal = lexicon[.ordinalLead]
            let lead = ordinal.opens(parts[0]) ? lexicon.word(.ordinalLead) : ""
            return parts.dropLast().map { (ordinal.opens($0) ? "" : lead) + $0 + rest }
                + [(ordinal.begins(last, at: 0) > 0 ? "" : lead) + Scalars.string(last)]
        }
        if let whole = single(parts, last) ?? sharing(parts, last) ?? prefixed(parts, last) ?? owned(parts, last) {
            return whole
        }
        let tail = max(
            lexicon[.measureNoun].ends(last, before: last.count), lexicon[.sharedNoun].ends(last, before: last.count))
        guard tail >= 2 else { return parts }
        // 行业规上工业增加值: the noun may have words of its own in front.
        let noun = Scalars.string(last[(last.count - tail)...])
        // 对越南、土耳其进出口: the word in front belongs to all.
        let first = parts[0].unicodeScalars.first.map { lexicon.scalars(.sharedLead).contains($0.value) } ?? false
        let lead = first && parts.count > 1 ? String(parts[0].prefix(1)) : ""
        return parts.map { name in
            let part = name.hasPrefix(lead) ? name : lead + name
            let own = Scalars.of(part)
            let isWhole =
                lexicon[.measureNoun].ends(own, before: own.count) >= 2
                || lexicon[.sharedNoun].ends(own, before: own.count) >= 2
            return isWhole ? part : part + noun
        }
    }

    /// 轻、重工业, 猪、羊、禽肉产量: parts of one character share all that follows the first of the last.
    private func single(_ parts: [String], _ last: [UInt32]) -> [String]? {
        let isShort = parts.dropLast().allSatisfy { $0.unicodeScalars.count == 1 }
        guard isShort, last.count > 2, lexicon[.kindNoun].begins(last, at: 1) > 0 else { return nil }
        let rest = Scalars.string(last[1...])
        return parts.dropLast().map { $0 + rest } + [Scalars.string(last)]
    }

    /// 诈骗案件受理数、破案数: two measures of one thing, which only the first names.
    private func prefixed(_ parts: [String], _ last: [UInt32]) -> [String]? {
        guard parts.count == 2, let end = last.last, [0x6570, 0x989D, 0x7387, 0x91CF, 0x503C].contains(end),
            (3...4).contains(last.count)
        else { return nil }
        let first = Scalars.of(parts[0])
        guard first.last == end, first.count >= last.count + 3 else { return nil }
        return [parts[0], Scalars.string(first[..<(first.count - last.count)]) + parts[1]]
    }

    /// 民营企业销售收入、利润: two measures of one body or kind, which only the first names.
    private func owned(_ parts: [String], _ last: [UInt32]) -> [String]? {
        guard parts.count == 2, lexicon[.ownMeasure].begins(last, at: 0) == last.count else { return nil }
        let first = Scalars.of(parts[0])
        let tail = max(
            lexicon[.measureNoun].ends(first, before: first.count),
            lexicon[.ownMeasure].ends(first, before: first.count))
        guard tail >= 2, first.count - tail >= 2 else { return nil }
        let owner = first[..<(first.count - tail)]
        return [parts[0], Scalars.string(owner + last)]
    }

    /// 交通、水利、能源领域投资: parts of two scalars each share all that follows the last of them.
    private func sharing(_ parts: [String], _ last: [UInt32]) -> [String]? {
        let heads = parts.dropLast().map(Scalars.of)
        var lead: [UInt32] = []
        var first = heads[0]
        // 对东盟、欧盟进出口: the word in front belongs to all.
        if first.count == 3, lexicon.scalars(.sharedLead).contains(first[0]) {
            lead = [first[0]]
            first.removeFirst()
        }
        let isShort = first.count == 2 && heads.dropFirst().allSatisfy { $0.count == 2 } && last.count >= 4
        guard isShort, lexicon[.measureNoun].ends(first, before: 2) < 2 else { return nil }
        let rest = last[2...]
        // 居住、生活用品及服务价格: the last is a pair of its own.
        guard !rest.contains(where: isJoint) else { return nil }
        guard
            lexicon[.measureNoun].ends(last, before: last.count, start: 2) >= 2
                || lexicon[.sharedNoun].ends(last, before: last.count, start: 2) >= 2
        else { return nil }
        return ([first] + heads.dropFirst() + [Array(last[..<2])]).map { Scalars.string(lead + $0 + rest) }
    }
}
