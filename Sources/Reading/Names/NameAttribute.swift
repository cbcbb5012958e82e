import BulletinModel

/// Figures that describe what another one counts.
extension NamePass {
    /// 总投资80亿元的24个项目, 29个占地900亩的项目: the count is of the things, the amount of what is said of
    /// them.
    func attribute(_ mentions: [Mention], _ names: inout [Naming], _ i: Int) {
        guard i > 0, mentions[i].kind == .level, mentions[i - 1].kind == .level, names[i].source == .behind,
            names[i].names.count == 1, names[i - 1].names.count == 1
        else { return }
        let gap = mentions[i - 1].quantity.range.upperBound..<mentions[i].quantity.range.lowerBound
        let noun = names[i].names[0]
        if gap.count == 1, s[gap.lowerBound] == 0x7684 {
            let front = mentions[i - 1].quantity.range.lowerBound
            let length = WordSet.attributes.ends(s, before: front)
            guard length > 0 else { return }
            names[i - 1] = Naming(names: [thing(noun) + Scalars.string(s[(front - length)..<front])], source: .behind)
            return
        }
        let behind = mentions[i].quantity.range.upperBound
        let length = WordSet.attributes.begins(s, at: gap.lowerBound, end: gap.upperBound)
        guard length > 0, length + WordSet.links.begins(s, at: gap.lowerBound + length) >= gap.count,
            behind < s.count, s[behind] == 0x7684
        else { return }
        let word = Scalars.string(s[gap.lowerBound..<(gap.lowerBound + length)])
        let verb = Scalars.ends(names[i - 1].names[0], with: word) ? String(names[i - 1].names[0].dropLast(length)) : ""
        names[i - 1] = Naming(names: [verb + noun], source: .behind)
        names[i] = Naming(names: [noun + word], source: .behind)
    }

    /// A name without the verb that counts it.
    private func thing(_ name: String) -> String {
        let words = Scalars.of(name)
        let verb = ClauseWords.actions.begins(words, at: 0)
        return verb > 0 && verb + 2 <= words.count ? Scalars.string(words[verb...]) : name
    }
}

extension WordSet {
    fileprivate static let attributes = WordSet("总投资 计划总投资 投资 总投资额 投资额 总规模 占地 占地面积 总面积 建筑面积 全长 总长 年产值")
    fileprivate static let links = WordSet("共 达 约 近 超 共计 合计 为 超过")
}
