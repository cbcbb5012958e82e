import BulletinModel

/// The tables that people edit: words and what they do, units, the calendar's words, known measures,
/// administrative divisions.
public final class Lexicon: Sendable {
    /// The names of the tables that there are.
    public static let tableNames = [
        "calendar.tsv", "confidence.tsv", "groups.tsv", "heads.tsv", "kinds.tsv", "measures.tsv", "names.tsv",
        "pages.tsv", "regions.tsv", "rules/base.tsv", "rules/kind.tsv", "rules/name.tsv",
        "rules/status.tsv", "units.tsv", "variants.tsv", "vocabulary.tsv", "words.tsv",
    ]

    /// SHA-256 over all tables.
    public let digest: String
    private let codes: WordTable<String>
    let regions: RegionTable
    /// The words of time.
    let calendar: CalendarTable
    /// The words of table heads.
    let heads: HeadWords
    /// How sure readings are.
    let confidence: Confidence
    /// The rules for names.
    let names: RuleTable
    /// The simplified forms of traditional ideographs.
    let variants: VariantTable
    /// The rules for fields that have a few values.
    let fieldRules: [RuleField: RuleTable]
    /// All words of all tables.
    let dictionary: WordDictionary
    private let units: [Unit]
    /// The units by their spelling, words that only look like one among them; the longest counts.
    let unitTable: WordTable<Unit>
    /// The units that the engine asks for by what it has them for.
    let unitRoles: UnitRoles
    private let measures: [String]
    private let divisions: [[Int32]]
    /// For each feature the words that have it, for code that looks at places; nil where none has.
    private let wordSets: [WordSet?]
    private let scalarSets: [ScalarSet?]
    /// For each cue the words that have it, in the order of their tables.
    private let cueWords: [[String]]
    private let cueSets: [WordSet?]
    private let cueScalars: [ScalarSet?]
    /// The words of kind and sign.
    let kinds: KindWords
    /// Verbs and nouns of a rise, which a change's name does not keep: those of `kinds.tsv`, and what more has the cue.
    let rises: WordSet
    /// Verbs and nouns of a fall.
    let falls: WordSet
    /// Words that name several groups, with their names.
    let groups: WordTable<[String]>

    /// Reads tables by file name. `words.tsv`, `names.tsv` and `pages.tsv` have lines of word, features or cues, and note with
    /// tabs between, `kinds.tsv` of word, sense and note, `groups.tsv` of word, groups and note,
    /// `calendar.tsv` of word, sense, features and note, `units.tsv` of unit, family, spelling and role,
    /// `vocabulary.tsv` of word, cost and part of speech, `measures.tsv` as ``MeasureTable`` has it,
    /// `regions.tsv` of code, name, aliases, first and last year, `heads.tsv` of word, role and value,
    /// `variants.tsv` of traditional and simplified form;
    /// lines that begin with # are comments.
    /// A table that is missing knows nothing.
    ///
    /// - Throws: ``LexiconError``.
    public init(tables: [String: String]) throws(LexiconError) {
        digest = Self.digest(of: tables)
        let names = try MeasureTable(tables["measures.tsv"] ?? "").codesByName
        self.codes = WordTable(names)
        regions = try tables["regions.tsv"].map { (text) throws(LexiconError) in try RegionTable(text) } ?? .empty
        calendar = try tables["calendar.tsv"].map { (text) throws(LexiconError) in try CalendarTable(text) } ?? .empty
        heads = try tables["heads.tsv"].map { (text) throws(LexiconError) in try HeadWords(text) } ?? .empty
        variants = try VariantTable(tables["variants.tsv"] ?? "")
        var reader = LexiconReader(bytes: tables.values.reduce(0) { $0 + $1.utf8.count })
        try reader.read(vocabulary: tables["vocabulary.tsv"] ?? "")
        for name in ["words.tsv", "names.tsv", "pages.tsv"] { try reader.read(words: tables[name] ?? "", of: name) }
        reader.add(calendar: calendar.words)
        try reader.read(units: tables["units.tsv"] ?? "")
        reader.add(measures: names)
        reader.add(divisions: regions.names)
        dictionary = WordDictionary(reader.builder)
        units = reader.units.map(\.unit)
        unitTable = WordTable(reader.units.map { (word: $0.word, value: $0.unit) })
        unitRoles = UnitRoles(reader.units)
        measures = reader.measures
        divisions = reader.divisions
        wordSets = reader.wordSets.map { $0.isEmpty ? nil : WordSet(words: $0) }
        scalarSets = reader.wordSets.map(Self.single)
        cueWords = reader.cueWords
        cueSets = cueWords.map { $0.isEmpty ? nil : WordSet(words: $0) }
        cueScalars = cueWords.map(Self.single)
        kinds = try KindWords(tables["kinds.tsv"] ?? "")
        rises = WordSet(words: kinds.words(.rise) + kinds.words(.riseRate) + cueWords[Int(Cue.riseWord.rawValue)])
        falls = WordSet(words: kinds.words(.fall) + kinds.words(.fallRate) + cueWords[Int(Cue.fallWord.rawValue)])
        groups = try LexiconReader.groups(tables["groups.tsv"] ?? "")
        let sets = wordSets
        confidence = try Confidence(tables["confidence.tsv"] ?? "")
        self.names = try RuleTable(tables["rules/name.tsv"] ?? "", name: "rules/name.tsv") {
            sets[Int($0.rawValue)] ?? .none
        }
        var fieldRules: [RuleField: RuleTable] = [:]
        for field in RuleField.allCases {
            fieldRules[field] = try RuleTable(tables[field.table] ?? "", name: field.table, of: field) {
                sets[Int($0.rawValue)] ?? .none
            }
        }
        self.fieldRules = fieldRules
    }

    /// The words of one character among some; nil where there are none.
    private static func single(_ words: [String]) -> ScalarSet? {
        let single = words.filter { $0.unicodeScalars.count == 1 }
        return single.isEmpty ? nil : ScalarSet(single.joined())
    }

    private static func digest(of tables: [String: String]) -> String {
        var all: [UInt8] = []
        all.reserveCapacity(tables.values.reduce(0) { $0 + $1.utf8.count } + 1_000)
        for (name, text) in tables.sorted(by: { $0.key < $1.key }) {
            all += "\(name)\n\(text.utf8.count)\n".utf8
            var text = text
            text.withUTF8 { all += $0 }
        }
        return BulletinID(bytes: all).rawValue
    }

    /// The words of `words.tsv` and `calendar.tsv` that have a feature.
    subscript(_ feature: Feature) -> WordSet { wordSets[Int(feature.rawValue)] ?? .none }

    /// The words of one character among them.
    func scalars(_ feature: Feature) -> ScalarSet { scalarSets[Int(feature.rawValue)] ?? .none }

    /// The words that have a cue.
    subscript(_ cue: Cue) -> WordSet { cueSets[Int(cue.rawValue)] ?? .none }

    /// The words of one character among them.
    func scalars(_ cue: Cue) -> ScalarSet { cueScalars[Int(cue.rawValue)] ?? .none }

    /// The words that have a cue, in the order of their tables.
    func words(_ cue: Cue) -> [String] { cueWords[Int(cue.rawValue)] }

    /// The first of them; empty where there are none.
    func word(_ cue: Cue) -> String { words(cue).first ?? "" }

    /// The spelling of the unit that the engine has for this; empty where the table names none.
    func unit(_ role: UnitRole) -> String { unitRoles.text(role) }

    /// The currency whose sign stands right before a place (¥300); nil where none does.
    func currency(_ s: [UInt32], before i: Int) -> String? { i > 0 ? unitRoles.currencies[s[i - 1]] : nil }

    /// The unit that a word of the dictionary is; nil where it is none.
    func unit(entry: Int32) -> Unit? {
        let unit = dictionary.values(entry).unit
        return unit < 0 ? nil : units[Int(unit)]
    }

    /// The code of the measure that a word of the dictionary names; nil where it names none.
    func measure(entry: Int32) -> String? {
        let measure = dictionary.values(entry).measure
        return measure < 0 ? nil : measures[Int(measure)]
    }

    /// The divisions that a word of the dictionary may mean; nil where it means none.
    func divisions(entry: Int32) -> [Int32]? {
        let divisions = dictionary.values(entry).divisions
        return divisions < 0 ? nil : self.divisions[Int(divisions)]
    }

    /// What a word of the dictionary means in the calendar; nil where it means nothing there.
    func calendar(entry: Int32) -> CalendarSense? {
        let sense = dictionary.values(entry).calendar
        return sense < 0 ? nil : calendar.words[Int(sense)].sense
    }

    /// The code of a measure by its name, with or without its scope (全市, 市本级), its place and the
    /// aspect that a rank names (增速, 总量); nil where no table has it.
    public func code(_ name: String) -> String? { code(Scalars.of(name)) }

    /// The same, of a name whose scalars are at hand.
    func code(_ s: [UInt32]) -> String? {
        var start = 0
        if let code = code(s, start, s.count) { return code }
        let (scopes, aspects) = (self[.measureScope], self[.measureAspect])
        while true {
            let scope = max(scopes.begins(s, at: start), regions.length(of: s, at: start))
            if scope == 0 { break }
            start += scope
            if let code = code(s, start, s.count) { return code }
        }
        let aspect = aspects.ends(s, before: s.count, start: start)
        return aspect > 0 ? code(s, start, s.count - aspect) : nil
    }

    /// Whether a name ends with a measure of four characters or more, with words of its own in front.
    func endsWithMeasure(_ s: [UInt32]) -> Bool {
        s.count > 4 && (1...(s.count - 4)).contains { code(s, $0, s.count) != nil }
    }

    private func code(_ s: [UInt32], _ start: Int, _ end: Int) -> String? {
        guard let match = codes.longest(in: s, at: start, limit: end), start + match.length == end else { return nil }
        return match.value
    }
}

/// A lexicon table that cannot be used: where, and what is wrong.
public struct LexiconError: Error, Sendable, Equatable, CustomStringConvertible {
    /// One plain sentence.
    public let message: String
    /// The sentence.
    public var description: String { message }
}
