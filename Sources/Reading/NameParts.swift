/// The parts of a coordinated name.
enum NameParts {
    static func of(_ name: String) -> [String] {
        var parts: [String] = []
        var part: [UInt32] = []
        var depth = 0
        for c in Scalars.of(name) {
            if c == 0x201C || c == 0x300A { depth += 1 }
            if c == 0x201D || c == 0x300B { depth -= 1 }
            if depth <= 0, [0x3001, 0x548C, 0x4E0E, 0x53CA].contains(c) {
                parts.append(Scalars.string(part))
                part = []
            } else {
                part.append(c)
            }
        }
        parts.append(Scalars.string(part))
        // 城乡居民…: two groups in one word.
        if parts.count == 1, name.hasPrefix("城乡居民") {
            let rest = name.dropFirst(4)
            return ["城镇居民" + rest, "农村居民" + rest]
        }
        if parts.count == 1, name.hasPrefix("牛羊") { return ["牛" + name.dropFirst(2), "羊" + name.dropFirst(2)] }
        return parts.filter { !$0.isEmpty }
    }

    /// What the last of coordinated names says for all of them: 粮食、油料产量 are two 产量.
    static func completed(_ parts: [String]) -> [String] {
        guard let last = parts.last.map(Scalars.of) else { return parts }
        // 医药、建材等行业增加值: what follows 等 belongs to all.
        if let more = last.firstIndex(of: 0x7B49), more > 0, more + 1 < last.count {
            let noun = Scalars.string(last[(more + 1)...])
            return parts.dropLast().map { $0 + noun } + [Scalars.string(last[..<more]) + noun]
        }
        // 城镇和农村人均住房面积, 第一、二、三产业: the last class word stands for all before it.
        let own = ClauseWords.classes.begins(last, at: 0)
        if own > 0, own < last.count,
            parts.dropLast().allSatisfy({
                let part = Scalars.of($0)
                return ClauseWords.classes.begins(part, at: 0) == part.count
            })
        {
            let rest = Scalars.string(last[own...])
            let isOrdinal = parts[0].hasPrefix("第")
            return parts.dropLast().map { isOrdinal && !$0.hasPrefix("第") ? "第" + $0 + rest : $0 + rest }
                + [(isOrdinal && last[0] != 0x7B2C ? "第" : "") + Scalars.string(last)]
        }
        let tail = ClauseWords.tails.ends(last, before: last.count)
        guard tail >= 2 else { return parts }
        // 行业规上工业增加值: the noun may have words of its own in front.
        let noun = Scalars.string(last[(last.count - tail)...])
        return parts.map { part in
            let own = Scalars.of(part)
            return ClauseWords.tails.ends(own, before: own.count) >= 2 ? part : part + noun
        }
    }
}
