import BulletinModel
import Foundation
import Store

/// Which cell: region, period, column.
public struct PanelKey: Hashable, Comparable, Sendable {
    /// The code of the division that the region became.
    public let region: String
    /// The period.
    public let period: PanelPeriod
    /// The place of the column.
    public let column: Int

    /// By region, period, column.
    public static func < (a: Self, b: Self) -> Bool {
        (a.region, a.period, a.column) < (b.region, b.period, b.column)
    }
}

/// A row: a division in a period.
public struct PanelRow: Hashable, Comparable, Sendable {
    /// The code of the division that it became, which holds its rows together.
    public let region: String
    /// The period.
    public let period: PanelPeriod
    /// The code that held in the period.
    public let code: String
    /// The name that held in the period.
    public let name: String

    /// By region, period.
    public static func < (a: Self, b: Self) -> Bool {
        (a.region, a.period, a.code, a.name) < (b.region, b.period, b.code, b.name)
    }
}

/// Region × period × measure, each cell chosen by rule.
public struct Panel: Sendable {
    /// What was asked for.
    public let request: PanelRequest
    /// The columns that are shown, and behind them those that only checks need.
    public let columns: [PanelColumn]
    /// How many columns are shown.
    public let shown: Int
    /// The unit of each column.
    public let units: [PanelUnit]
    /// The rows, in order.
    public let rows: [PanelRow]
    /// The cells that something is stated for.
    public internal(set) var cells: [PanelKey: PanelCell]
    /// The articles that statements stand in.
    public let sources: [ArticleID: PanelSource]
    /// What the sources' own arithmetic says.
    public internal(set) var checks: [CheckResult] = []
    /// Why cells are empty.
    public internal(set) var gaps: [PanelGap] = []

    init(
        request: PanelRequest, columns: [PanelColumn], shown: Int, units: [PanelUnit], rows: [PanelRow],
        cells: [PanelKey: PanelCell], sources: [ArticleID: PanelSource]
    ) {
        self.request = request
        self.columns = columns
        self.shown = shown
        self.units = units
        self.rows = rows
        self.cells = cells
        self.sources = sources
    }

    /// The cell of a row and a column that is shown.
    public func cell(_ row: PanelRow, _ column: Int) -> PanelCell? {
        cells[PanelKey(region: row.region, period: row.period, column: column)]
    }

    /// How many of the cells that are shown stand how.
    public var counts: [CellStanding: Int] {
        var counts: [CellStanding: Int] = [:]
        for row in rows {
            for column in 0..<shown { counts[cell(row, column)?.standing ?? .missing, default: 0] += 1 }
        }
        return counts
    }

    /// How many of the cells that are shown a person should look at.
    public var flagged: Int {
        rows.reduce(0) { sum, row in sum + (0..<shown).count { cell(row, $0)?.isFlagged == true } }
    }
}
