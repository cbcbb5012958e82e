/// What a word says of the kind and sign of the figure behind it, as `kinds.tsv` names it.
enum KindSense: String, CaseIterable, Sendable {
    /// A rise by what follows (增长).
    case rise
    /// A fall by what follows (下降).
    case fall
    /// A noun for a rate of change (增速): its value is a change however it is linked.
    case riseRate
    /// A noun for a rate of a fall (降幅).
    case fallRate
    /// A movement to what follows (提高到): its kind is that of the subject.
    case arrival
    /// A part of a whole (占, 比重).
    case share
    /// A rate, degree or proportion, whose value is a level.
    case level
    /// More by what follows, where something is compared with (比上年多).
    case more
    /// Less by what follows, where something is compared with.
    case less
    /// Less than something named (低于全国): the sign of points, no change of an amount.
    case behind
    /// Something to compare with (同比, 比上年).
    case comparison
    /// A word that contains the letters of another one and says nothing (增加值).
    case none

    /// Whether a change is a fall; nil where the word is none of a change.
    var isFall: Bool? {
        switch self {
        case .rise, .riseRate: false
        case .fall, .fallRate, .behind: true
        default: nil
        }
    }
}

/// The words from which kinds are read.
struct KindWords: Sendable {
    /// Senses by word; the longest match counts.
    let table: WordTable<KindSense>
    private let senses: [(word: String, value: KindSense)]

    /// The words of `kinds.tsv`.
    ///
    /// - Throws: ``LexiconError``.
    init(_ text: String) throws(LexiconError) {
        var senses: [(word: String, value: KindSense)] = []
        var seen: Set<WordKey> = []
        try TableRow.forEach(of: text) { (row) throws(LexiconError) in
            let word = row.text(0)
            guard !word.isEmpty, let sense = KindSense(rawValue: row.text(1)) else {
                throw LexiconError(message: "kinds.tsv:\(row.number): needs a word and its sense.")
            }
            guard seen.insert(WordKey(word)).inserted else {
                throw LexiconError(message: "kinds.tsv:\(row.number): \(word) has its sense in a row above.")
            }
            senses.append((word, sense))
        }
        table = WordTable(senses)
        self.senses = senses
    }

    /// The words of a sense.
    func words(_ sense: KindSense) -> [String] { senses.filter { $0.value == sense }.map(\.word) }
}
