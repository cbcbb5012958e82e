import BulletinModel
import Foundation

/// What several bulletins say of one thing: the same measure, region, scope, period, kind, base,
/// status and unit. Revisions are part of official statistics: a later value does not replace
/// an earlier one, it stands beside it and is linked with it.
public struct IndicatorSeries: Sendable, Equatable {
    /// What one bulletin says.
    public struct Statement: Sendable, Equatable {
        /// The figure, with its source and dates; where the bulletin repeats it, the first place.
        public let stored: StoredIndicator
        /// How the value stands to the statement before.
        public let standing: Standing

        /// The day of publication, which orders the statements; nil where the bulletin does not tell, and then it is the last.
        public var day: String? { stored.published }
    }

    /// How a statement stands to the one before it.
    public enum Standing: Sendable, Equatable {
        /// There is none before.
        case first
        /// The same value again, within the printed rounding, of this indicator.
        case confirms(IndicatorID)
        /// Another value than this indicator's.
        case revises(IndicatorID)
    }

    /// The statements of two or more bulletins, the earlier first.
    public let statements: [Statement]

    /// Whether a later bulletin states another value.
    public var isRevised: Bool {
        statements.contains { if case .revises = $0.standing { true } else { false } }
    }

    /// Links what several bulletins say; nil where it is only one. A bulletin that states
    /// several values itself states several things, of which nobody can tell which is meant:
    /// then nothing is linked.
    init?(_ group: [StoredIndicator]) {
        var byBulletin: [(BulletinID, [StoredIndicator])] = []
        for stored in group {
            if let known = byBulletin.firstIndex(where: { $0.0 == stored.indicator.bulletin }) {
                byBulletin[known].1.append(stored)
            } else {
                byBulletin.append((stored.indicator.bulletin, [stored]))
            }
        }
        guard byBulletin.count > 1 else { return nil }
        var statements: [Statement] = []
        for (_, stated) in byBulletin {
            guard let first = stated.first else { continue }
            guard stated.allSatisfy({ Self.says($0.indicator) == Self.says(first.indicator) }) else { return nil }
            guard let last = statements.last?.stored.indicator else {
                statements.append(Statement(stored: first, standing: .first))
                continue
            }
            let isSame = Self.says(last) == Self.says(first.indicator) || Self.agree(last, first.indicator)
            statements.append(Statement(stored: first, standing: isSame ? .confirms(last.id) : .revises(last.id)))
        }
        self.statements = statements
    }

    /// Whether two values may be printed of one true number.
    private static func agree(_ a: Indicator, _ b: Indicator) -> Bool {
        guard a.valueTo == nil, b.valueTo == nil, let left = Double(a.value), let right = Double(b.value) else {
            return false
        }
        let rounding =
            PrintedPrecision.resolution(of: a.value, printed: a.quote)
            + PrintedPrecision.resolution(of: b.value, printed: b.quote)
        return abs(left - right) <= rounding / 2 + 1e-9 * max(abs(left), abs(right))
    }

    private static func says(_ indicator: Indicator) -> [String?] {
        [indicator.value, indicator.valueTo, indicator.bound.rawValue]
    }

    /// What makes figures statements of one thing; nil where the text does not tell enough: a
    /// figure without period, or without both region and publisher, may be anyone's.
    struct Key: Equatable {
        private let parts: [String?]

        init?(_ stored: StoredIndicator) {
            let indicator = stored.indicator
            guard let period = indicator.period,
                let region = indicator.region?.code ?? indicator.region?.name ?? stored.publisher
            else { return nil }
            parts = [
                indicator.code ?? indicator.name, region, period.start, period.end, indicator.kind.rawValue,
                indicator.base?.rawValue, indicator.status.rawValue, indicator.unit, indicator.scope?.rawValue,
            ]
        }
    }
}

extension BulletinStore {
    /// Calls `body` for each series that two or more bulletins speak of, among the indicators
    /// that the query names; its order and limit do not matter. One series is in memory at a time.
    public func forEachSeries(_ query: IndicatorQuery, _ body: (IndicatorSeries) throws -> Void) throws {
        var query = query
        query.order = .series
        query.limit = nil
        var group: [StoredIndicator] = []
        var key: IndicatorSeries.Key?
        func close() throws {
            if let series = IndicatorSeries(group) { try body(series) }
            group = []
        }
        try forEachIndicator(query) { stored in
            let next = IndicatorSeries.Key(stored)
            if next != key { try close() }
            key = next
            if next != nil { group.append(stored) }
        }
        try close()
    }
}
