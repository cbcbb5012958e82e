/// What a word does in the head of a row or column, or in the title of a table.
enum HeadRole: String, Sendable {
    /// The whole head says what the rows are (指标, 地区).
    case corner
    /// Columns of row numbers and codes.
    case ordinal
    /// Columns of remarks.
    case remark
    /// Columns of units.
    case unit
    /// In front of a unit: 单位：万元.
    case unitLabel
    /// Rows that say how columns are reckoned from each other.
    case formula
    /// The whole head says that a level stands there and not of what (绝对数).
    case generic
    /// A sum of others.
    case total
    /// A change in per cent; the value is its base.
    case change
    /// A change as an amount; the value is its base.
    case amount
    /// A part of a whole.
    case share
    /// A place in an order.
    case rank
    /// A level against a base of 100.
    case index
    /// What was done of a plan; the value names it.
    case completion
    /// In the title of a table it tells which round of the accounts all figures are of: the value is final, done, adjusted, budget.
    case round
    /// What was planned; the value has the word that stays in the name and the vintage.
    case budget
    /// What was done; the value is the vintage.
    case executed
    /// All of the division, its own level alone, a part of it that is no division.
    case whole, own, part
    /// One of several that the row above sums up.
    case among
    /// Says nothing in front of a title.
    case lead
    /// Says nothing at the end of a title.
    case tail
    /// The word that makes a phrase name a measure; the value says which sort.
    case noun
    /// What of a branch of the economy is measured where its name alone is told.
    case branchNoun
    /// Gives way to a narrower modifier.
    case broad
    /// Goes on through a period.
    case flow
    /// A time that leans on the table's.
    case time
    /// Opens a note.
    case note
    /// How amounts of money in accounts are named.
    case money
    /// Ends a line that says who published a text, and when.
    case issue
    /// In front of the number of a table.
    case number
    /// With a colon in front of what the line over a table says: its measure where the value is that, else nothing of use.
    case lineLabel
    /// How bodies and zones end that are no divisions.
    case zone
    /// Shares of the three industries in one cell, and their names.
    case industries, industry
}

/// A word with what it does.
struct HeadWord: Sendable, Equatable {
    let role: HeadRole
    let value: String
}

/// The words of table heads, from `heads.tsv`.
final class HeadWords: Sendable {
    private let forward: WordTable<[HeadWord]>
    private let backward: WordTable<[HeadWord]>
    /// The names of the three industries, in order.
    let industries: [[UInt32]]
    /// The first word of each role.
    private let firsts: [HeadRole: [UInt32]]

    static let empty = HeadWords([:], industries: [], firsts: [:])

    private init(_ words: [WordKey: [HeadWord]], industries: [[UInt32]], firsts: [HeadRole: [UInt32]]) {
        self.firsts = firsts
        // In whatever order: no two words are equal.
        let all = words.map { (word: $0.key.text, value: $0.value) }
        forward = WordTable(all)
        backward = WordTable(all, backward: true)
        self.industries = industries
    }

    /// Reads `heads.tsv`: word, role, value, with tabs between.
    ///
    /// - Throws: ``LexiconError``.
    convenience init(_ text: String) throws(LexiconError) {
        var words: [WordKey: [HeadWord]] = [:]
        var industries: [[UInt32]] = []
        var firsts: [HeadRole: [UInt32]] = [:]
        try TableLines.forEach(of: text) { (number, cells) throws(LexiconError) in
            guard cells.count >= 2, !cells[0].isEmpty, let role = HeadRole(rawValue: cells[1]) else {
                throw LexiconError(message: "heads.tsv:\(number): needs a word and a role.")
            }
            let word = HeadWord(role: role, value: cells.count > 2 ? cells[2] : "")
            words[WordKey(cells[0]), default: []].append(word)
            if firsts[role] == nil { firsts[role] = Scalars.of(cells[0]) }
            if role == .industry { industries.append(Scalars.of(cells[0])) }
            // The sign may stand in brackets, or not at all.
            if role == .completion || role == .change, cells[0].hasSuffix("%"), cells[0].count > 3 {
                let bare = WordKey(String(cells[0].dropLast()))
                if words[bare]?.contains(word) != true { words[bare, default: []].append(word) }
            }
        }
        self.init(words, industries: industries, firsts: firsts)
    }

    /// The table's first word of a role, as the engine writes it; empty where there is none.
    func first(_ role: HeadRole) -> [UInt32] { firsts[role] ?? [] }

    /// The longest word that begins at a place.
    func begins(_ s: [UInt32], at i: Int) -> (length: Int, value: [HeadWord])? { forward.longest(in: s, at: i) }

    /// The longest word that ends before a place.
    func ends(_ s: [UInt32], before i: Int) -> (length: Int, value: [HeadWord])? {
        backward.longest(in: s, endingAt: i)
    }

    /// What all of a text is as one word; nothing where it is none.
    func whole(_ s: [UInt32]) -> [HeadWord] {
        guard let match = forward.longest(in: s, at: 0), match.length == s.count else { return [] }
        return match.value
    }

    /// Whether all of a text is a word of this role.
    func isWhole(_ s: [UInt32], _ role: HeadRole) -> Bool { whole(s).contains { $0.role == role } }

    /// The longest word of a role that begins at a place; 0 for none.
    func begins(_ s: [UInt32], at i: Int, _ role: HeadRole) -> Int {
        guard let match = forward.longest(in: s, at: i) else { return 0 }
        if match.value.contains(where: { $0.role == role }) { return match.length }
        var length = match.length - 1
        while length > 0 {
            if let shorter = forward.longest(in: s, at: i, limit: i + length) {
                if shorter.value.contains(where: { $0.role == role }) { return shorter.length }
                length = shorter.length - 1
            } else {
                return 0
            }
        }
        return 0
    }

    /// The longest word of a role that ends before a place; 0 for none.
    func ends(_ s: [UInt32], before i: Int, _ role: HeadRole) -> Int {
        guard i > 0, i <= s.count, var match = backward.longest(in: s, endingAt: i) else { return 0 }
        while true {
            if match.value.contains(where: { $0.role == role }) { return match.length }
            guard match.length > 1,
                let shorter = backward.longest(in: s, endingAt: i, limit: i - match.length + 1)
            else { return 0 }
            match = shorter
        }
    }

    /// The word that makes a text name a measure, with its sort; nil where none does.
    func noun(_ s: [UInt32]) -> (length: Int, sort: String)? {
        guard !s.isEmpty, var match = backward.longest(in: s, endingAt: s.count) else { return nil }
        while true {
            if let noun = match.value.first(where: { $0.role == .noun }) { return (match.length, noun.value) }
            guard match.length > 1,
                let shorter = backward.longest(in: s, endingAt: s.count, limit: s.count - match.length + 1)
            else { return nil }
            match = shorter
        }
    }

    /// Which version of the figures the title of a table says that all of them are; nil where it does not.
    func vintage(ofTitle s: [UInt32]) -> String? {
        var told: Set<String> = []
        for i in s.indices {
            let length = begins(s, at: i, .round)
            guard length > 0 else { continue }
            for word in whole(Array(s[i..<(i + length)])) where word.role == .round {
                // 预算表 tells it only at the end.
                if word.value != "budget" || i + length == s.count { told.insert(word.value) }
            }
        }
        if told.contains("final") { return "final" }
        // What was done is of whatever round its columns tell.
        if told.contains("done") { return nil }
        return told.contains("adjusted") ? "adjusted" : told.contains("budget") ? "budget" : nil
    }

    /// Whether a text is a unit's own line, and where the unit begins: 单位：万元.
    func unitLabel(_ s: [UInt32]) -> Int? {
        var i = 0
        while i < s.count {
            let length = begins(s, at: i, .unitLabel)
            if length > 0 {
                var j = i + length
                if j < s.count, s[j] == 0x3A || s[j] == 0xFF1A || Glyph.isBlank(s[j]) {
                    while j < s.count, s[j] == 0x3A || s[j] == 0xFF1A || Glyph.isBlank(s[j]) { j += 1 }
                    if j < s.count { return j }
                }
            }
            i += 1
        }
        return nil
    }

    /// Where behind its label a line over a table begins that a statistical system wrote (指标：供水总量), and whether it is
    /// the measure's; nil for another line.
    func lineLabel(_ s: [UInt32]) -> (start: Int, isMeasure: Bool)? {
        let length = begins(s, at: 0, .lineLabel)
        guard length > 0, length < s.count, s[length] == 0x3A || s[length] == 0xFF1A else { return nil }
        let isMeasure = whole(Array(s[..<length])).contains { $0.role == .lineLabel && $0.value == "measure" }
        return (length + 1, isMeasure)
    }

    /// Whether a line is the number of a table and nothing else: 表4-1, 附表二.
    func isTableNumber(_ line: [UInt32]) -> Bool {
        let s = line.filter { !Glyph.isBlank($0) }
        let word = begins(s, at: 0, .number)
        guard word > 0, s.count <= word + 8, s.count > word else { return false }
        return s[word...].allSatisfy {
            Glyph.isDigit($0) || Glyph.digit($0) != nil || $0 == 0x5341 || NumeralScalars.isDash($0) || $0 == 0x2E
                || $0 == 0x3A || $0 == 0xFF1A || $0 == 0x28 || $0 == 0x29 || $0 == 0xFF08 || $0 == 0xFF09
        }
    }
}
