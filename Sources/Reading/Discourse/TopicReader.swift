/// Reads what a sentence is about: the noun phrase that it begins with, behind words of time and place.
enum TopicReader {
    /// A longer phrase is no topic.
    private static let longest = 18
    private static let names: FeatureSet = [
        .noun, .properNoun, .body, .placeName, .abbreviation, .attribute, .letters, .division, .adjective, .otherPart,
    ]
    private static let openings: FeatureSet = [
        .timeWord, .adverb, .conjunction, .pronoun, .calendarWord, .numeral, .clauseLead,
    ]

    /// The topic of the sentence that begins at a scalar; nil where it begins with none.
    static func read(_ tokens: Tokens, from start: Int, words: NameWords) -> [UInt32]? {
        let s = tokens.s
        var i = tokens.index(at: start)
        // 据了解，2025年，: what only says when and by whom it is told.
        while i < tokens.count, tokens[i].hasAny(openings) || tokens[i].has(.blank) || isLead(tokens, i) { i += 1 }
        let first = i
        while i < tokens.count, tokens[i].end - tokens[first].start <= longest {
            let token = tokens[i]
            if token.has(.mark) {
                guard i > first || s[token.start] == 0x201C, [0x201C, 0x201D].contains(s[token.start]) else { break }
            } else if token.has(.adverb) && !token.hasAny(names)
                || token.hasAny([.preposition, .numeral, .particle, .blank])
            {
                break
            } else if !token.hasAny(names), token.has(.verb) {
                break
            }
            i += 1
        }
        guard i > first, i < tokens.count else { return nil }
        var name = Array(s[tokens[first].start..<tokens[i - 1].end])
        let measure = max(
            words.relational.ends(name, before: name.count), words.measures.ends(name, before: name.count))
        if measure > 0 { name.removeLast(measure) }
        guard name.count >= 3, name.count <= longest, words.leads.begins(name, at: 0) < name.count else { return nil }
        return name
    }

    /// A comma behind a word of time.
    private static func isLead(_ tokens: Tokens, _ i: Int) -> Bool {
        tokens[i].count == 1 && Glyph.isComma(tokens.s[tokens[i].start])
    }
}
