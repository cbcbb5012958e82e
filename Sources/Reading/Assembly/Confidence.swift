import BulletinModel

/// How sure a reading is, from the rules that took part in it.
///
/// `confidence.tsv` has the shares of labelled figures whose value, unit, kind and name were right, by the rule that
/// found the name, which tells most, and what each doubt takes away.
struct Confidence: Sendable {
    /// What a row says: the share where the lexicon does not know the name, and where it does.
    private struct Share {
        let unknown: Int
        let known: Int
    }

    private var shares: [Rule: Share] = [:]
    private var doubts: [Rule: Int] = [:]

    /// Reads a table: rule, hundredths, hundredths where the lexicon knows the name, note, with tabs between; a doubt
    /// has what it takes away, below zero.
    ///
    /// - Throws: ``LexiconError`` that names the line.
    init(_ text: String) throws(LexiconError) {
        var shares: [Rule: Share] = [:]
        var doubts: [Rule: Int] = [:]
        try TableLines.forEach(of: text) { (number, cells) throws(LexiconError) in
            guard cells.count >= 2, let rule = Rule(rawValue: cells[0]), let first = Int(cells[1]),
                (-100...99).contains(first)
            else {
                throw LexiconError(message: "confidence.tsv:\(number): needs a rule and hundredths up to 99.")
            }
            if first < 0 {
                doubts[rule] = first
                return
            }
            guard cells.count >= 3, let known = Int(cells[2]), (0...99).contains(known) else {
                throw LexiconError(message: "confidence.tsv:\(number): needs hundredths for names that are known, too.")
            }
            shares[rule] = Share(unknown: first, known: known)
        }
        self.shares = shares
        self.doubts = doubts
    }

    /// The confidence, 0 to 1, in steps of a hundredth.
    func of(_ rules: [Rule]) -> Double {
        let isKnown = rules.contains(.nameKnown)
        var hundredths = 50
        for rule in rules {
            if let share = shares[rule] { hundredths = isKnown ? share.known : share.unknown }
        }
        for rule in rules { hundredths += doubts[rule] ?? 0 }
        return Double(min(99, max(5, hundredths))) / 100
    }
}
