import BulletinModel

/// One row of a rule table: where it applies, and what it says there.
final class TableRule: Sendable {
    /// A sentence of our own with the figure in 【】, and what the field of that figure is.
    struct Example: Sendable, Equatable {
        let sentence: String
        let expected: String
    }

    /// Its name in traces, unique in the table.
    let id: String
    /// Which step of its field asks for it.
    let stage: String
    /// The higher wins.
    let priority: Int
    /// Conditions that are no words: key, values, and whether they are forbidden.
    let conditions: [(key: String, values: [String], isForbidden: Bool)]
    /// What stands around the figure.
    let pattern: Pattern
    /// What it says, in the words of its field.
    let take: String
    /// Two sentences as different publishers would write them.
    let examples: [Example]

    init(
        id: String, stage: String, priority: Int, conditions: [(key: String, values: [String], isForbidden: Bool)],
        pattern: Pattern, take: String, examples: [Example]
    ) {
        (self.id, self.stage, self.priority, self.conditions) = (id, stage, priority, conditions)
        (self.pattern, self.take, self.examples) = (pattern, take, examples)
    }
}

/// The rules of one field, as people edit them: a row each, ten cells with tabs between.
struct RuleTable: Sendable {
    /// In the order of the table.
    let rows: [TableRule]
    private let stages: [String: [Int]]

    /// No rules.
    static let empty = RuleTable(rows: [])

    private init(rows: [TableRule]) {
        self.rows = rows
        stages = Dictionary(grouping: rows.indices) { rows[$0].stage }
    }

    /// Reads a table. `words` gives the words that have a feature; a row may only say what is among the values of `field`.
    ///
    /// - Throws: ``LexiconError`` that names file and line.
    init(
        _ text: String, name: String, of field: RuleField? = nil, words: @escaping (Feature) -> WordSet
    ) throws(LexiconError) {
        var rows: [TableRule] = []
        var ids: Set<String> = []
        var pieces: [String: String] = [:]
        try TableLines.forEach(of: text) { (number, cells) throws(LexiconError) in
            func wrong(_ what: String) -> LexiconError { LexiconError(message: "\(name):\(number): \(what).") }
            // =name: a piece of pattern that others call %name.
            if cells.count == 2, cells[0].first == "=" {
                pieces["%" + cells[0].dropFirst()] = Self.filled(cells[1], pieces)
                return
            }
            guard cells.count == 10 else {
                throw wrong("needs 10 cells with tabs between, has \(cells.count)")
            }
            guard !cells[0].isEmpty, ids.insert(cells[0]).inserted else {
                throw wrong("needs an id of its own, \(cells[0]) is taken or empty")
            }
            guard let priority = Int(cells[2]) else { throw wrong("the priority \(cells[2]) is no number") }
            guard cells[6].contains("【"), cells[6].contains("】"), cells[8].contains("【"), cells[8].contains("】") else {
                throw wrong("an example needs its figure in 【】")
            }
            if let field, !field.isValue(cells[5]) { throw wrong("says \(cells[5]), which is no \(field.rawValue)") }
            let pattern: Pattern
            do throws(PatternError) {
                pattern = try PatternParser.parse(Self.filled(cells[4], pieces), words: words)
            } catch {
                throw wrong(error.message)
            }
            rows.append(
                TableRule(
                    id: cells[0], stage: cells[1], priority: priority, conditions: try Self.conditions(cells[3], wrong),
                    pattern: pattern, take: cells[5],
                    examples: [
                        TableRule.Example(sentence: cells[6], expected: cells[7]),
                        TableRule.Example(sentence: cells[8], expected: cells[9]),
                    ]))
        }
        self.init(rows: rows)
    }

    private static func filled(_ pattern: String, _ pieces: [String: String]) -> String {
        pattern.split(separator: " ").map { pieces[String($0)] ?? String($0) }.joined(separator: " ")
    }

    private static func conditions(
        _ text: String, _ wrong: (String) -> LexiconError
    ) throws(LexiconError) -> [(key: String, values: [String], isForbidden: Bool)] {
        var conditions: [(key: String, values: [String], isForbidden: Bool)] = []
        for word in text.split(separator: " ") {
            guard let equals = word.firstIndex(of: "="), equals > word.startIndex else {
                throw wrong("the condition \(word) is not key=value")
            }
            let isForbidden = word[word.index(before: equals)] == "!"
            let key = word[..<(isForbidden ? word.index(before: equals) : equals)]
            let values = word[word.index(after: equals)...].split(separator: "|").map(String.init)
            conditions.append((String(key), values, isForbidden))
        }
        return conditions
    }

    /// The rows of a stage, in the order of the table.
    func rows(_ stage: String) -> [TableRule] { (stages[stage] ?? []).map { rows[$0] } }

    /// The table without a row.
    func without(_ id: String) -> RuleTable { RuleTable(rows: rows.filter { $0.id != id }) }
}

/// A rule that applies to a figure.
struct RuleMatch {
    let rule: TableRule
    let match: RuleText.Match

    /// Whether this one comes before another: by priority, by how much its pattern says, by nearness, by id.
    func precedes(_ other: RuleMatch) -> Bool {
        if rule.priority != other.rule.priority { return rule.priority > other.rule.priority }
        if rule.pattern.specificity != other.rule.pattern.specificity {
            return rule.pattern.specificity > other.rule.pattern.specificity
        }
        if match.range.count != other.match.range.count { return match.range.count < other.match.range.count }
        return rule.id < other.rule.id
    }
}

extension RuleText {
    /// All rules of these that apply to a figure, the best first. `holds` answers conditions.
    func matches(
        _ rows: [TableRule], at figure: Int, holds: (_ key: String, _ value: String) -> Bool
    ) -> [RuleMatch] {
        var found: [RuleMatch] = []
        // Most rules fall here: a word that they need is not in the sentence.
        for rule in possible(rows, at: figure) {
            let applies = rule.conditions.allSatisfy { condition in
                condition.values.contains { holds(condition.key, $0) } != condition.isForbidden
            }
            if applies, let match = match(rule.pattern, at: figure) {
                found.append(RuleMatch(rule: rule, match: match))
            }
        }
        return found.count < 2 ? found : found.sorted { $0.precedes($1) }
    }
}
