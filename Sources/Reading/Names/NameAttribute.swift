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
            let length = lexicon[.thingMeasure].ends(s, before: front)
            guard length > 0 else { return }
            names[i - 1] = Naming(names: [thing(noun) + Scalars.string(s[(front - length)..<front])], source: .behind)
            return
        }
        let behind = mentions[i].quantity.range.upperBound
        let length = lexicon[.thingMeasure].begins(s, at: gap.lowerBound, end: gap.upperBound)
        guard length > 0, length + lexicon[.thingLink].begins(s, at: gap.lowerBound + length) >= gap.count,
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
        let verb = lexicon[.actionVerb].begins(words, at: 0)
        return verb > 0 && verb + 2 <= words.count ? Scalars.string(words[verb...]) : name
    }
}
