/// Reads the tables of words into one dictionary.
struct LexiconReader {
    private(set) var builder: WordDictionaryBuilder
    private(set) var units: [UnitRow] = []
    private(set) var measures: [String] = []
    private(set) var divisions: [[Int32]] = []
    /// For each feature the words of `words.tsv` and `calendar.tsv` that have it.
    private(set) var wordSets = [[String]](repeating: [], count: Feature.allCases.count)
    /// For each cue the words that have it.
    private(set) var cueWords = [[String]](repeating: [], count: Cue.allCases.count)
    /// Features and cues that were told by these words before.
    private var told: [WordKey: Told] = [:]

    /// What a row says of its word.
    private struct Told {
        var features = FeatureSet()
        var index: UInt16 = 0
        var cues: [Cue] = []
    }

    init(bytes: Int) { builder = WordDictionaryBuilder(bytes: bytes) }

    /// What a word of bulletins costs that the vocabulary does not have, in hundredths as there: longer words are
    /// surer. A single character is rather part of a word that nobody knows.
    static func cost(_ length: Int) -> Int {
        switch length {
        case 1: 1300
        case 2: 1100
        case 3: 1000
        default: 900
        }
    }

    /// A phrase is found where it cuts no word, and is not cut out of the words around it.
    private static func phraseCost(_ length: Int) -> Int { 2000 + 900 * length }

    /// Short names of divisions stand inside too many other words.
    private static func divisionCost(_ length: Int) -> Int { length <= 2 ? 1450 : 1150 }

    // MARK: - vocabulary.tsv

    mutating func read(vocabulary text: String) throws(LexiconError) {
        var parts: [UInt16: UInt16] = [:]
        for (tag, set) in Self.parts { parts[Self.key(tag.utf8)] = builder.index(of: set) }
        try TableRow.forEach(of: text) { (row) throws(LexiconError) in
            let (word, digits, part) = row.firstThree
            var cost = 0
            for byte in digits where cost < 10_000 {
                cost = cost * 10 + (byte >= 0x30 && byte <= 0x39 ? Int(byte) - 0x30 : 10_000)
            }
            guard !digits.isEmpty, cost < 10_000, let set = parts[Self.key(part)],
                builder.add(word, set: set, cost: { _ in cost }) != nil
            else {
                throw LexiconError(
                    message: "vocabulary.tsv:\(row.number): needs a word, its cost and its part of speech.")
            }
        }
    }

    private static func key(_ tag: some Sequence<UInt8>) -> UInt16 {
        tag.reduce(0) { $0 << 8 | UInt16($1) }
    }

    private static let parts: [(tag: String, features: FeatureSet)] = [
        ("n", [.noun]), ("v", [.verb]), ("vn", [.verb, .noun]), ("a", [.adjective]), ("ad", [.adjective, .adverb]),
        ("an", [.adjective, .noun]), ("d", [.adverb]), ("p", [.preposition]), ("c", [.conjunction]),
        ("u", [.particle]), ("y", [.particle]), ("r", [.pronoun]), ("m", [.number]), ("q", [.classifier]),
        ("t", [.timeWord]), ("f", [.direction]), ("s", [.noun, .direction]), ("ns", [.placeName]), ("nt", [.body]),
        ("nz", [.properNoun]), ("b", [.attribute]), ("i", [.idiom]), ("l", [.idiom]), ("j", [.abbreviation]),
        ("g", [.otherPart]), ("h", [.otherPart]), ("k", [.otherPart]), ("x", [.otherPart]), ("z", [.otherPart]),
        ("e", [.otherPart]), ("o", [.otherPart]),
    ]

    // MARK: - words.tsv, names.tsv, pages.tsv, calendar.tsv, groups.tsv

    /// Reads a table of words. A word that has cues alone is looked for by rules and cuts no text.
    mutating func read(words text: String, of table: String) throws(LexiconError) {
        try TableRow.forEach(of: text) { (row) throws(LexiconError) in
            let told = try told(by: row.text(1), at: "\(table):\(row.number)")
            let word = row.text(0)
            guard !told.features.isEmpty || !told.cues.isEmpty, !word.isEmpty,
                word.unicodeScalars.count <= WordDictionaryBuilder.longestWord
            else { throw LexiconError(message: "\(table):\(row.number): needs a word and its features or cues.") }
            if !told.features.isEmpty { add(row, word, told) }
            for cue in told.cues { cueWords[Int(cue.rawValue)].append(word) }
        }
    }

    /// The words of `groups.tsv` with their groups.
    static func groups(_ text: String) throws(LexiconError) -> WordTable<[String]> {
        var words: [(word: String, value: [String])] = []
        try TableRow.forEach(of: text) { (row) throws(LexiconError) in
            let groups = row.text(1).split(separator: ",").map(String.init)
            guard !row.text(0).isEmpty, groups.count > 1 else {
                throw LexiconError(message: "groups.tsv:\(row.number): needs a word and its groups.")
            }
            words.append((row.text(0), groups))
        }
        return WordTable(words)
    }

    /// Adds the words that tell a time by themselves; those that only stand around a number are no words of a sentence.
    mutating func add(calendar words: [(word: String, sense: CalendarSense)]) {
        let set = builder.index(of: [.calendarWord, .timeWord])
        for (i, word) in words.enumerated() {
            guard let entry = builder.add(word.word.utf8, set: set, cost: Self.cost) else { continue }
            builder.setValues(entry) { $0.calendar = Int32(i) }
            for feature in [Feature.calendarWord, .timeWord] { wordSets[Int(feature.rawValue)].append(word.word) }
        }
    }

    private mutating func add(_ row: TableRow, _ word: String, _ told: Told) {
        let isPhrase = told.features.contains(.phrase)
        builder.add(row.cell(0), set: told.index, cost: isPhrase ? Self.phraseCost : Self.cost)
        for feature in told.features.all { wordSets[Int(feature.rawValue)].append(word) }
    }

    private mutating func told(by list: String, at place: String) throws(LexiconError) -> Told {
        if let known = told[WordKey(list)] { return known }
        var found = Told()
        for name in list.split(separator: ",") {
            if let feature = Feature(name) {
                found.features.insert(feature)
            } else if let cue = Cue(name) {
                found.cues.append(cue)
            } else {
                throw LexiconError(message: "\(place): \(name) is no feature and no cue.")
            }
        }
        found.index = builder.index(of: found.features)
        told[WordKey(list)] = found
        return found
    }

    // MARK: - units.tsv

    mutating func read(units text: String) throws(LexiconError) {
        let unit = builder.index(of: [.unit])
        let guardWord = builder.index(of: [.guardWord])
        try TableRow.forEach(of: text) { (row) throws(LexiconError) in
            let place = "units.tsv:\(row.number)"
            guard let family = Unit.Family(rawValue: row.text(1)) else {
                throw LexiconError(message: "\(place): \(row.text(1)) is no family of units.")
            }
            var roles: [UnitRole] = []
            for name in row.text(3).split(separator: ",") {
                guard let role = UnitRole(rawValue: String(name)) else {
                    throw LexiconError(message: "\(place): \(name) is no role of a unit.")
                }
                roles.append(role)
            }
            var larger: [(unit: String, count: Int)] = []
            for part in row.text(4).split(separator: ",") {
                let cells = part.split(separator: ":")
                guard cells.count == 2, let count = Int(cells[1]), count > 0 else {
                    throw LexiconError(message: "\(place): a larger unit is told as unit:count.")
                }
                larger.append((String(cells[0]), count))
            }
            let entry =
                family == .none
                ? builder.add(row.cell(0), set: guardWord, cost: Self.phraseCost)
                : builder.add(row.cell(0), set: unit, cost: Self.cost)
            guard let entry else { throw LexiconError(message: "\(place): needs a unit and its family.") }
            let spelling = row.text(2)
            builder.setValues(entry) { $0.unit = Int32(units.count) }
            let word = row.text(0)
            units.append(
                UnitRow(
                    word: word, unit: Unit(text: spelling.isEmpty ? word : spelling, family: family), roles: roles,
                    larger: larger))
        }
    }

    // MARK: - measures.tsv and regions.tsv

    mutating func add(measures names: [(word: String, value: String)]) {
        let set = builder.index(of: [.measureName, .noun])
        for (word, code) in names {
            guard let entry = builder.add(word.utf8, set: set, cost: Self.cost) else { continue }
            builder.setValues(entry) { $0.measure = Int32(measures.count) }
            measures.append(code)
        }
    }

    mutating func add(divisions names: [(word: String, value: [Int32])]) {
        let set = builder.index(of: [.division])
        for (word, meanings) in names {
            guard let entry = builder.add(word.utf8, set: set, cost: Self.divisionCost) else { continue }
            builder.setValues(entry) { $0.divisions = Int32(divisions.count) }
            divisions.append(meanings)
        }
    }
}
