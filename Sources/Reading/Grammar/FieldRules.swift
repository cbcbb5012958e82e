import BulletinModel

/// A field of a figure whose value rules may say.
public enum RuleField: String, Sendable, CaseIterable {
    /// Amount, change with its sign, share.
    case kind
    /// Result or aim.
    case status
    /// What a change is measured against.
    case base

    /// The table of its rules.
    var table: String { "rules/\(rawValue).tsv" }

    /// Whether a row may say this.
    func isValue(_ text: String) -> Bool {
        switch self {
        case .kind: RuleKind(rawValue: text) != nil
        case .status: Indicator.Status(rawValue: text) != nil
        case .base: Indicator.Base(rawValue: text) != nil
        }
    }
}

/// What a row of `rules/kind.tsv` says.
enum RuleKind: String, CaseIterable, Sendable {
    /// An amount.
    case level
    /// A rise.
    case rise
    /// A fall.
    case fall
    /// A part of a whole.
    case share

    /// The kind and whether it is a fall.
    var kind: (kind: Indicator.Kind, isFall: Bool) {
        switch self {
        case .level: (.level, false)
        case .rise: (.change, false)
        case .fall: (.change, true)
        case .share: (.share, false)
        }
    }

    /// What the words of a clause say of a mention.
    init?(_ mention: Mention) {
        switch mention.kind {
        case .level: self = .level
        case .change: self = mention.negative ? .fall : .rise
        case .share: self = .share
        case .rank: return nil
        }
    }
}

/// What was proposed for a field of a figure, where a rule had a say; the one that was taken first.
public struct Proposal: Sendable, Equatable {
    /// The row of the rule table, or `clause` for the words around the figure.
    public let rule: String
    /// The value.
    public let value: String
    /// Of which field.
    public let field: RuleField
}

/// Runs the rules of the fields that have a few values at one figure after the other.
///
/// The words around a figure speak first; a row that applies has the last word, the best of several. Where none applies,
/// what the words say holds.
struct FieldRules {
    let text: RuleText
    private let tables: [RuleField: RuleTable]
    /// Whether proposals that lost are kept.
    let examines: Bool

    init(_ text: RuleText, _ tables: [RuleField: RuleTable], examines: Bool = false) {
        (self.text, self.tables, self.examines) = (text, tables, examines)
    }

    /// What the rules say of a field of a figure; nil where they say nothing. `told` is what its words say, `holds` answers
    /// the conditions besides.
    func value(
        of field: RuleField, at index: Int, told: String, holds: (_ key: String, _ value: String) -> Bool
    ) -> (value: String, proposals: [Proposal])? {
        guard let rows = tables[field]?.rows, !rows.isEmpty else { return nil }
        let found = text.matches(rows, at: index) { $0 == field.rawValue ? $1 == told : holds($0, $1) }
        guard let best = found.first else { return nil }
        guard examines else { return (best.rule.take, []) }
        return (
            best.rule.take,
            found.map { Proposal(rule: $0.rule.id, value: $0.rule.take, field: field) } + [
                Proposal(rule: "clause", value: told, field: field)
            ]
        )
    }
}
