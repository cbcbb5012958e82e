import BulletinModel
import Foundation
import Reading
import Store

/// Makes panels from a database.
public struct PanelMaker {
    private let store: BulletinStore
    private let divisions: Divisions
    private let request: PanelRequest
    /// The columns that are shown, and behind them those that only checks need.
    private let columns: [PanelColumn]
    /// What became of the divisions that were asked for by themselves; nil where none were.
    private let places: Set<String>?

    /// A panel of this request; `divisions` tell which regions there were in which year.
    public init(_ store: BulletinStore, _ divisions: Divisions, _ request: PanelRequest) {
        self.store = store
        self.divisions = divisions
        self.request = request
        var columns = request.columns
        if request.checksArithmetic {
            for column in ArithmeticCheck.needed(for: request.columns) where !columns.contains(column) {
                columns.append(column)
            }
        }
        self.columns = columns
        places = request.regions.isEmpty ? nil : Set(request.regions.map { divisions.successor(of: $0).code })
    }

    /// Reads and chooses.
    ///
    /// - Throws: ``Failure``, ``PanelError``.
    public func make() throws -> Panel {
        var statements = try gather()
        let units = try units(statements)
        let sources = try store.panelSources(Set(statements.values.flatMap { $0.map(\.article) }))
        var cells: [PanelKey: PanelCell] = [:]
        cells.reserveCapacity(statements.count)
        var sight = PriceSight(store)
        for key in statements.keys.sorted() {
            // Each list goes as it is used.
            guard let list = statements.removeValue(forKey: key) else { continue }
            let column = columns[key.column]
            let choice = CellChoice(
                column: column, vintages: request.vintages, names: request.measureNames[column.measure] ?? [])
            let unit = units[key.column]
            let needsPrices = column.kind == .change && (list.count > 1 || column.prices != nil)
            let candidates = try list.compactMap { statement -> Candidate? in
                guard PanelUnit(statement.unit).measuresSame(as: unit) else { return nil }
                let own = PanelUnit(statement.unit)
                let value = own.convert(statement.value, to: unit)
                guard let number = Double(value), number.isFinite else { return nil }
                let resolution =
                    PrintedPrecision.resolution(of: statement.value, printed: statement.quote) * own.factor
                    / unit.factor
                let prices = needsPrices ? try sight.prices(of: statement) : nil
                if let wanted = column.prices, let prices, prices != wanted { return nil }
                let source = sources[statement.article]
                return Candidate(
                    statement: statement, source: source, value: value, number: number, resolution: resolution,
                    ranks: choice.ranks(statement, source, prices: prices, resolution: resolution))
            }
            if var cell = choice.cell(candidates) {
                if request.isStrict, cell.standing == .conflict { cell.value = nil }
                cells[key] = cell
            }
        }
        let rows = rows(cells.keys)
        var panel = Panel(
            request: request, columns: columns, shown: request.columns.count, units: units, rows: rows, cells: cells,
            sources: sources)
        try Overriding.apply(request.overrides, to: &panel, divisions)
        if request.checksArithmetic { ArithmeticCheck.run(on: &panel) }
        if request.looksForGaps { try Gaps.find(in: &panel, store, divisions) }
        return panel
    }

    // MARK: Statements

    private func gather() throws -> [PanelKey: [PanelStatement]] {
        var selection = PanelSelection(
            from: "\(request.years.lowerBound)-01-01", to: "\(request.years.upperBound)-12-31")
        for column in columns {
            if column.isCode {
                if !selection.codes.contains(column.measure) { selection.codes.append(column.measure) }
            } else if !selection.names.contains(column.measure) {
                selection.names.append(column.measure)
            }
        }
        let wanted = request.regions + request.within
        if let places, request.within.isEmpty {
            selection.divisions = divisions.all.filter { places.contains(divisions.successor(of: $0).code) }.map(\.code)
        } else if !wanted.isEmpty, !wanted.contains(where: { $0.level == .country }) {
            selection.regions = wanted.map { Self.prefix($0.code) }
        }
        let byMeasure = Dictionary(grouping: columns.indices, by: { columns[$0].measure })
        var statements: [PanelKey: [PanelStatement]] = [:]
        try store.forEachPanelStatement(selection) { statement in
            var statement = statement
            // Readings of earlier engines have no scope; the name says it.
            if statement.scope == nil, statement.name.contains("本级") { statement.scope = .own }
            guard takes(statement), let period = PanelPeriod(statement.period, request.frequency),
                let region = region(statement, period.year)
            else { return }
            for place in byMeasure[statement.measure] ?? [] where columns[place].takes(statement) {
                statements[PanelKey(region: region, period: period, column: place), default: []].append(statement)
            }
        }
        return statements
    }

    private func takes(_ statement: PanelStatement) -> Bool {
        switch statement.scope {
        case .own where !request.takesOwn, .part where !request.takesPart: return false
        default: break
        }
        // A budget is no result, whatever the sentence made of it.
        if statement.status == .actual, statement.vintage == .budget || statement.vintage == .adjusted { return false }
        return request.vintages.contains(statement.vintage) && statement.valueTo == nil
    }

    /// The row that a division belongs to: that of what became of it. Nil where the row is not asked for.
    private func region(_ statement: PanelStatement, _ year: Int) -> String? {
        guard let division = divisions.division(statement.regionCode, in: year) else {
            // A division that no table has in the year is its name, where any division will do.
            let isAny = request.level == nil && request.within.isEmpty && request.regions.isEmpty
            return isAny ? Self.unlisted + statement.region : nil
        }
        return isAsked(division) ? divisions.successor(of: division).code : nil
    }

    /// What stands before the name of a division that no table has.
    private static let unlisted = "~"

    private func isAsked(_ division: Division) -> Bool {
        if let places { return places.contains(divisions.successor(of: division).code) }
        if let level = request.level, division.level != level { return false }
        return request.within.isEmpty || request.within.contains { division.lies(in: $0.code) }
    }

    private static func prefix(_ code: String) -> String {
        if code.hasSuffix("0000") { return String(code.prefix(2)) }
        return code.hasSuffix("00") ? String(code.prefix(4)) : code
    }

    /// The unit of each column: what was asked for, else that of most statements, in a readable size.
    private func units(_ statements: [PanelKey: [PanelStatement]]) throws -> [PanelUnit] {
        var counts = [[String: Int]](repeating: [:], count: columns.count)
        var values = [[Double]](repeating: [], count: columns.count)
        var own: [String: PanelUnit] = [:]
        func unit(_ name: String) -> PanelUnit {
            if let known = own[name] { return known }
            let new = PanelUnit(name)
            own[name] = new
            return new
        }
        for (key, list) in statements {
            for statement in list { counts[key.column][unit(statement.unit).plain, default: 0] += 1 }
        }
        let plain = columns.indices.map { place -> String in
            switch columns[place].kind {
            case .change where columns[place].base != .previous || counts[place]["%"] != nil, .share: return "%"
            case .level:
                let usual = request.measureUnits[columns[place].measure].map { PanelUnit($0).plain }
                if let usual, counts[place][usual] != nil || counts[place].keys.allSatisfy(\.isEmpty) { return usual }
                return counts[place].max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
            default: return counts[place].max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
            }
        }
        for (key, list) in statements {
            for statement in list where unit(statement.unit).plain == plain[key.column] {
                values[key.column].append(abs(Double(statement.value) ?? 0) * unit(statement.unit).factor)
            }
        }
        return try columns.indices.map { place in
            let column = columns[place]
            let asked = request.units[column.key] ?? (column.kind == .level ? request.units[column.measure] : nil)
            if let asked {
                let unit = PanelUnit(asked)
                guard values[place].isEmpty || unit.plain == plain[place] else {
                    throw PanelError("\(column.key) is stated in \(plain[place]), which cannot be given in \(asked)")
                }
                return unit
            }
            let sorted = values[place].sorted()
            return PanelUnit(plain[place]).readable(for: sorted.isEmpty ? 0 : sorted[sorted.count / 2])
        }
    }

    // MARK: Rows

    /// All divisions that were asked for in all periods: also those that nothing is stated of.
    private func rows(_ stated: some Collection<PanelKey>) -> [PanelRow] {
        var periods = Set(stated.filter { $0.column < request.columns.count }.map(\.period))
        if request.frequency == .year { periods.formUnion(request.years.map { PanelPeriod(year: $0) }) }
        let byYear = Dictionary(grouping: periods, by: \.year)
        let isGrid = request.level != nil || !request.regions.isEmpty
        let statedRegions = Set(stated.filter { $0.column < request.columns.count }.map(\.region))
        var rows: Set<PanelRow> = []
        let candidates = places.map { places in
            divisions.all.filter { places.contains(divisions.successor(of: $0).code) }
        }
        for (year, periods) in byYear {
            for division in candidates?.filter({ $0.years.contains(year) }) ?? divisions.divisions(in: year) {
                let region = divisions.successor(of: division).code
                guard isGrid || statedRegions.contains(region), isAsked(division) else { continue }
                for period in periods {
                    rows.insert(PanelRow(region: region, period: period, code: division.code, name: division.name))
                }
            }
        }
        for region in statedRegions where region.hasPrefix(Self.unlisted) {
            for period in periods {
                rows.insert(PanelRow(region: region, period: period, code: "", name: String(region.dropFirst())))
            }
        }
        return rows.sorted()
    }
}

/// Looks at the words around changes for what prices they are at.
struct PriceSight {
    private let store: BulletinStore
    private var texts: [ArticleID: (start: Int, scalars: [Unicode.Scalar])] = [:]

    init(_ store: BulletinStore) { self.store = store }

    mutating func prices(of statement: PanelStatement) throws -> PanelColumn.Prices? {
        if texts[statement.article] == nil {
            // A few are kept: statements of one cell and the next are often of the same articles.
            if texts.count > 64 { texts.removeAll() }
            guard let article = try store.article(statement.article) else { return nil }
            texts[statement.article] = (article.start, Array(article.text.unicodeScalars))
        }
        guard let (start, scalars) = texts[statement.article] else { return nil }
        let from = max(0, statement.span.lowerBound - start - 24)
        let to = min(scalars.count, statement.span.upperBound - start + 16)
        guard from < to else { return nil }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[from..<to])
        return PriceWords.prices(in: String(view))
    }
}
