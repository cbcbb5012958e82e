import BulletinModel
import Foundation
import Store

/// A cell of a panel: what is chosen, and what stands against it.
public struct PanelCell: Sendable {
    /// What is chosen; nil in a cell that a person set to a number.
    public let chosen: Candidate?
    /// The value in the column's unit; nil where `--strict` leaves it out.
    public var value: String?
    /// The other statements, the nearer to being chosen first.
    public let rivals: [Rival]
    /// What sets the value.
    public let standing: CellStanding
    /// The first rule by which the chosen statement goes before the best one that says something else.
    public let rule: ChoiceRule?
    /// A person's correction.
    public var override: PanelOverride?
    /// Checks that this cell takes part in and that fail, by their names.
    public var failedChecks: [String] = []

    /// Whether a person should look at it before it is used.
    public var isFlagged: Bool { standing == .conflict || !failedChecks.isEmpty || isDoubtful }
    /// Whether the reading itself is doubtful.
    public var isDoubtful: Bool { standing != .override && (chosen?.statement.confidence ?? 1) < PanelCell.doubtful }

    /// Readings below are more likely wrong than right.
    static let doubtful = 0.5
}

/// Another statement for a cell.
public struct Rival: Sendable {
    /// How it stands to the chosen one.
    public enum Relation: String, Sendable, CaseIterable {
        /// The same, within the printed rounding.
        case agrees
        /// It is of another round of the accounts.
        case vintage
        /// It is of another or an unclear part of the region.
        case scope
        /// It has another name, which may be narrower or wider.
        case name
        /// It is at other prices.
        case prices
        /// Its reading is doubtful.
        case doubtful
        /// It says something else.
        case conflict
    }

    /// The statement.
    public let candidate: Candidate
    /// How it stands to the chosen one.
    public let relation: Relation
}

/// Chooses one statement for a cell.
struct CellChoice {
    let column: PanelColumn
    let vintages: [Indicator.Vintage?]

    /// The names of the measure, the usual one first.
    var names: [String] = []

    /// The ranks of a statement in all rules but those that depend on the other statements.
    func ranks(
        _ statement: PanelStatement, _ source: PanelSource?, prices: PanelColumn.Prices?, resolution: Double
    ) -> [Int] {
        var ranks = [Int](repeating: 0, count: ChoiceRule.identifier.place)
        ranks[ChoiceRule.scope.place] =
            switch statement.scope {
            case .whole: 0
            case nil: 1
            case .own: 2
            case .part: 3
            }
        ranks[ChoiceRule.certainty.place] = statement.confidence < PanelCell.doubtful ? 1 : 0
        ranks[ChoiceRule.name.place] = names.isEmpty || statement.name.hasSuffix(names[0]) ? 0 : 1
        ranks[ChoiceRule.bound.place] = statement.bound == .exact ? 0 : 1
        ranks[ChoiceRule.vintage.place] = vintages.firstIndex(of: statement.vintage) ?? vintages.count
        ranks[ChoiceRule.prices.place] = PriceWords.rank(prices, column)
        ranks[ChoiceRule.publisher.place] = SourceKind.ownership(source, region: statement.region)
        ranks[ChoiceRule.document.place] = SourceKind(source).rawValue
        ranks[ChoiceRule.later.place] = -(source?.published.map { Int($0.filter(\.isNumber)) ?? 0 } ?? 0)
        ranks[ChoiceRule.precision.place] = Int((log10(max(resolution, 1e-12)) * 1000).rounded())
        return ranks
    }

    /// The cell of these candidates, of which there is one at least.
    func cell(_ candidates: [Candidate]) -> PanelCell? {
        let ranked = withAgreement(candidates).sorted { a, b in
            a.ranks.lexicographicallyPrecedes(b.ranks)
                || a.ranks == b.ranks && a.statement.id.rawValue < b.statement.id.rawValue
        }
        guard let chosen = ranked.first else { return nil }
        let rivals = ranked.dropFirst().map { Rival(candidate: $0, relation: relation($0, chosen)) }
        let other = rivals.first { $0.relation != .agrees }
        let standing: CellStanding =
            rivals.isEmpty
            ? .once
            : other == nil ? .agreed : rivals.contains { $0.relation == .conflict } ? .conflict : .rule
        return PanelCell(
            chosen: chosen, value: chosen.value, rivals: rivals, standing: standing,
            rule: other.map { Self.rule(chosen, before: $0.candidate) })
    }

    /// How many bulletins state what a candidate states, more being better, and which of its article's it is.
    private func withAgreement(_ candidates: [Candidate]) -> [Candidate] {
        guard candidates.count > 1 else { return candidates }
        // Hundreds of statements of one figure say no more than many.
        let counted = candidates.prefix(200)
        var inArticle: [ArticleID: [Int]] = [:]
        for candidate in candidates {
            inArticle[candidate.statement.article, default: []].append(candidate.statement.span.lowerBound)
        }
        for article in Array(inArticle.keys) { inArticle[article]?.sort() }
        return candidates.map { one in
            var one = one
            let bulletins = Set(counted.filter { $0.agrees(with: one) }.map { $0.source?.bulletin.rawValue ?? "" })
            one.ranks[ChoiceRule.agreement.place] = -bulletins.count
            one.ranks[ChoiceRule.order.place] =
                inArticle[one.statement.article]?.firstIndex(of: one.statement.span.lowerBound) ?? 0
            return one
        }
    }

    private func relation(_ rival: Candidate, _ chosen: Candidate) -> Rival.Relation {
        if rival.agrees(with: chosen) { return .agrees }
        func differ(_ rule: ChoiceRule) -> Bool { rival.ranks[rule.place] != chosen.ranks[rule.place] }
        if differ(.scope) { return .scope }
        if rival.ranks[ChoiceRule.certainty.place] > chosen.ranks[ChoiceRule.certainty.place] { return .doubtful }
        if differ(.name) { return .name }
        if let its = rival.statement.vintage, let this = chosen.statement.vintage, its != this { return .vintage }
        return differ(.prices) ? .prices : .conflict
    }

    private static func rule(_ chosen: Candidate, before other: Candidate) -> ChoiceRule {
        let place = chosen.ranks.indices.first { chosen.ranks[$0] != other.ranks[$0] }
        return place.map { ChoiceRule.allCases[$0] } ?? .identifier
    }
}
