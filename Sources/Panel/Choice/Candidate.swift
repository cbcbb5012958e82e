import BulletinModel
import Foundation
import Store

/// A statement as it stands in the choice for a cell.
public struct Candidate: Sendable {
    /// What was stated.
    public let statement: PanelStatement
    /// Where; nil while its article is not in the database.
    public let source: PanelSource?
    /// The value in the column's unit, as a decimal string.
    public let value: String
    /// The same as a number.
    public let number: Double
    /// How far apart neighbouring numbers are at the printed precision, in the column's unit.
    public let resolution: Double
    /// Where it stands in each rule of the choice; the lower the better.
    var ranks: [Int]

    /// Whether both may be printed of one true number: they are within their rounding, one is the other cut short, or the
    /// looser of the two says no more than about, over or under it.
    func agrees(with other: Candidate) -> Bool {
        let difference = abs(number - other.number)
        let slack = 1e-9 * max(abs(number), abs(other.number))
        if difference <= (resolution + other.resolution) / 2 + slack { return true }
        let (coarse, fine) = resolution >= other.resolution ? (self, other) : (other, self)
        // 1162亿元 for 1162.95: cut, not rounded.
        if coarse.resolution > fine.resolution, (coarse.number < 0) == (fine.number < 0),
            abs(fine.number) >= abs(coarse.number), abs(fine.number) < abs(coarse.number) + coarse.resolution - slack,
            coarse.significantDigits >= 3
        {
            return true
        }
        return loosely(other) || other.loosely(self)
    }

    /// Whether this one's bound covers the other's number.
    private func loosely(_ other: Candidate) -> Bool {
        guard number != 0 else { return false }
        let ratio = other.number / number
        return switch statement.bound {
        case .exact: false
        case .about: (0.95...1.05).contains(ratio)
        case .over: (0.999...1.2).contains(ratio)
        case .under: (0.8...1.001).contains(ratio)
        }
    }

    private var significantDigits: Int {
        guard resolution > 0, number != 0 else { return 0 }
        return max(0, Int(floor(log10(abs(number) / resolution) + 1e-9)) + 1)
    }
}

extension ChoiceRule {
    /// Its place in the ranks of a candidate.
    var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// The rules by which one statement is chosen before another, in order.
public enum ChoiceRule: String, Sendable, CaseIterable {
    /// The whole region before what is unclear; own budgets and parts last, where they are asked for.
    case scope
    /// Readings that are likely right before doubtful ones.
    case certainty
    /// The measure's usual name before its other names, which may be narrower or wider.
    case name
    /// The number itself before about, over and under it.
    case bound
    /// The round of the accounts, in the order that was asked for.
    case vintage
    /// Constant or current prices, as is usual for the measure.
    case prices
    /// The region's own publisher before others.
    case publisher
    /// Communiqué, final accounts, work report, news.
    case document
    /// What more bulletins state.
    case agreement
    /// The later published.
    case later
    /// What an article states first, where it states several: the whole before its parts.
    case order
    /// The more precisely printed.
    case precision
    /// The identifier: only to choose the same one every time.
    case identifier
}

/// What sets a cell's value.
public enum CellStanding: String, Sendable, CaseIterable {
    /// One statement.
    case once
    /// Several, which agree.
    case agreed
    /// Several that differ for a reason that is known: another round of the accounts, scope or prices.
    case rule
    /// Several that ought to agree and do not.
    case conflict
    /// A person's correction.
    case override
    /// Nothing.
    case missing
}
