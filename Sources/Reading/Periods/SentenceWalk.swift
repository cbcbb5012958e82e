import BulletinModel

/// Walks along a passage from figure to figure, and remembers of the sentence at hand what every
/// figure in it asks, so that no sentence is looked through once for each.
struct SentenceWalk {
    let words: StatusWords

    init(_ lexicon: Lexicon) { words = StatusWords(lexicon: lexicon) }

    /// Where the sentence and the clause begin.
    private(set) var sentence = 0
    private(set) var clause = 0
    /// The sentence tells, up to here, what a past year brought.
    private(set) var looksBack = false
    /// The figure before is an aim that a result is compared with.
    var wasAim = false
    private var place = 0
    /// What the clause says so far, and up to where.
    private var status: Indicator.Status?
    private var statusClause = 0
    /// Where a list of aims opens in the sentence; nil where nothing is known yet.
    private var opener: Int?
    /// A list of aims opened with a colon in an earlier sentence: all that follows is part of it.
    private var opensParagraph = false
    private var lookedAt = 0

    /// Goes on to a figure.
    mutating func advance(to figure: Int, in s: [UInt32]) {
        while place < figure {
            let c = s[place]
            // 去年 上年 前年
            if c == 0x53BB || c == 0x4E0A || c == 0x524D, let past = words.past(s, at: place, limit: figure) {
                looksBack = past
            }
            place += 1
            if Glyph.endsSentence(c) {
                if let opener, opensList(opener, before: place - 1, in: s) { opensParagraph = true }
                (sentence, clause, opener, lookedAt, looksBack) = (place, place, nil, place, false)
            } else if Glyph.endsClause(c) {
                clause = place
            }
        }
    }

    /// What the words of the clause, and a list of aims that its sentence opens, say of a figure; nil where
    /// they say nothing. A clause that has spoken of an aim goes on with it.
    mutating func told(
        before figure: Int, behind last: Int, reach: Int, part: Indicator.Status?, in s: [UInt32]
    ) -> Indicator.Status? {
        let goesOn = last > clause && statusClause == clause
        let own = (goesOn ? max(reach, last - 8) : reach)..<figure
        if !goesOn { status = nil }
        statusClause = clause
        status = words.status(s, in: own, part: part) ?? status
        if let status { return status }
        return opensAims(before: figure, in: s) || opensParagraph && !looksBack ? .target : nil
    }

    /// 总目标是：…: whether a colon stands right behind the words that open a list of aims.
    private func opensList(_ opener: Int, before end: Int, in s: [UInt32]) -> Bool {
        s[opener..<min(end, opener + 8)].contains { $0 == 0xFF1A || $0 == 0x3A }
    }

    /// Whether a list of aims opens in the sentence in front of a figure.
    private mutating func opensAims(before figure: Int, in s: [UInt32]) -> Bool {
        if opener == nil, lookedAt == sentence, let at = words.expects(s, from: sentence, to: figure) {
            opener = at
        }
        if opener == nil, let at = words.aims(s, in: lookedAt..<figure) { opener = at }
        // A word may reach over the figure at hand: the next look begins a little before it.
        lookedAt = max(lookedAt, figure - 8, sentence)
        return opener != nil
    }
}
