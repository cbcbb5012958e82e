import BulletinModel
import Store

/// One column of a panel: a measure, and which of its figures.
public struct PanelColumn: Sendable, Hashable {
    /// Whether a change is of amounts at constant prices or at those of the day.
    public enum Prices: String, Sendable, CaseIterable {
        /// 按可比价格计算, 扣除价格因素, 实际增长.
        case real
        /// 名义增长, 按现价计算.
        case nominal
    }

    /// The measure's canonical code, or its name where it has none.
    public var measure: String
    /// Whether ``measure`` is a code.
    public var isCode: Bool
    /// What people call the measure.
    public var title: String
    /// Level, change, share or rank.
    public var kind: Indicator.Kind
    /// What a change is against.
    public var base: Indicator.Base?
    /// Result or aim.
    public var status: Indicator.Status
    /// Prices of a change; nil is what is usual for the measure.
    public var prices: Prices?

    /// Puts a column together; a change is on the year before if nothing else is said.
    public init(
        measure: String, isCode: Bool = true, title: String? = nil, kind: Indicator.Kind = .level,
        base: Indicator.Base? = nil, status: Indicator.Status = .actual, prices: Prices? = nil
    ) {
        self.measure = measure
        self.isCode = isCode
        self.title = title ?? measure
        self.kind = kind
        self.base = kind == .change ? base ?? .yearOnYear : nil
        self.status = status
        self.prices = prices
    }

    /// Reads `gdp`, `gdp:change`, `gdp:change:target`, `gdp:change:nominal`, `gdp:change:previous`.
    ///
    /// - Parameter resolve: gives the code and the usual name of a measure's code or name; nil where none is known.
    /// - Throws: ``PanelError`` that names the word which says nothing.
    public init(_ text: String, resolve: (String) -> (code: String, title: String)?) throws(PanelError) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard let measure = parts.first, !measure.isEmpty else {
            throw PanelError("a measure is missing in \"\(text)\"")
        }
        var kind = Indicator.Kind.level
        var base: Indicator.Base?
        var status = Indicator.Status.actual
        var prices: Prices?
        for part in parts.dropFirst() {
            if let word = Indicator.Kind(rawValue: part) {
                kind = word
            } else if let word = Indicator.Status(rawValue: part) {
                status = word
            } else if let word = Prices(rawValue: part) {
                prices = word
            } else if let word = Indicator.Base(rawValue: part) {
                base = word
            } else {
                throw PanelError(
                    "\"\(part)\" in \"\(text)\" is no kind (level, change, share, rank), no status (actual, target), no base "
                        + "(yoy, previous, target …) and no prices (real, nominal)")
            }
        }
        let known = resolve(measure)
        self.init(
            measure: known?.code ?? measure, isCode: known != nil, title: known?.title, kind: kind, base: base,
            status: status, prices: prices)
    }

    /// The column's name: as it is asked for, without what goes without saying.
    public var key: String {
        var parts = [measure]
        if kind != .level { parts.append(kind.rawValue) }
        if let base, base != .yearOnYear { parts.append(base.rawValue) }
        if status != .actual { parts.append(status.rawValue) }
        if let prices { parts.append(prices.rawValue) }
        return parts.joined(separator: ":")
    }

    /// Whether a statement is of this column, its unit and prices aside.
    func takes(_ statement: PanelStatement) -> Bool {
        statement.measure == measure && statement.kind == kind && statement.status == status
            && (kind != .change || statement.base == base)
    }
}

/// A panel that cannot be made as it was asked for.
public struct PanelError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A sentence without its full stop.
    public let message: String
    /// The sentence.
    public var description: String { message }

    /// With a sentence.
    public init(_ message: String) { self.message = message }
}
