import BulletinModel
import Foundation
import Messages
import Store

/// The tables that a panel is written as.
///
/// Names of tables and columns, and the codes in cells, are the same in every language; titles, explanations and sentences
/// are in that of the messages.
public struct PanelTables {
    let panel: Panel
    let m: Messages

    /// Of a panel, in the language of the messages.
    public init(_ panel: Panel, _ messages: Messages) { (self.panel, m) = (panel, messages) }

    /// The panel first, or its cells where `long`, then all that proves and explains it.
    public func all(long: Bool) -> [DataTable] {
        (long ? [cells] : [wide, cells]) + [conflicts, checks, gaps, sources, measures, regions]
    }

    // MARK: The panel

    /// One row for each region and period, one column for each measure asked for.
    public var wide: DataTable {
        var table = table("panel", rowFields, key: ["region_code", "region", "period"])
        table.fields += (0..<panel.shown).map { place in
            DataTable.Field(
                panel.columns[place].key, title(place), .number, about(place), unit: panel.units[place].name)
        }
        table.fields.append(field("flags"))
        for row in panel.rows {
            var flags: [String] = []
            var values = rowValues(row)
            for column in 0..<panel.shown {
                let cell = panel.cell(row, column)
                values.append(cell?.value.map { .number($0) } ?? .none)
                guard let cell else { continue }
                let place = DataTable.Place(row: table.rows.count, column: values.count - 1)
                if cell.isFlagged {
                    flags.append("\(panel.columns[column].key): \(flag(cell))")
                    table.marks[place] = (.flagged, note(cell))
                } else if cell.standing == .override {
                    table.marks[place] = (.corrected, note(cell))
                }
            }
            values.append(flags.isEmpty ? .none : .text(flags.joined(separator: "; ")))
            table.rows.append(values)
        }
        return table
    }

    /// One row for each cell that holds something, with its proof.
    public var cells: DataTable {
        var table = table("cells", rowFields + cellFields, key: ["region_code", "region", "period", "column"])
        forEachCell { row, column, cell in
            let chosen = cell.chosen
            let statement = chosen?.statement
            let source = chosen?.source
            let agreeing = cell.rivals.filter { $0.relation == .agrees }
            let others = cell.rivals.filter { $0.relation != .agrees }
            var values = rowValues(row)
            values += [
                .text(panel.columns[column].key), .text(title(column)),
                cell.value.map { .number($0) } ?? .none, .text(panel.units[column].name),
                .text(cell.standing.rawValue), .optional(cell.rule?.rawValue),
                .optional(cell.isFlagged ? flag(cell) : nil),
                .integer(agreeing.count + (chosen == nil ? 0 : 1)), .integer(others.count),
                .optional(statement?.id.rawValue), .optional(statement?.name), .optional(statement?.quote.plainText),
                .optional(statement?.scope?.rawValue), .optional(statement?.vintage?.rawValue),
                .optional(statement.flatMap { $0.bound == .exact ? nil : $0.bound.rawValue }),
                statement.map { .number("\($0.confidence)") } ?? .none, .optional(source?.published),
                .optional(source?.publisher), .optional(source.map(Self.title)), .optional(source?.source),
                source.map { .integer($0.ordinal) } ?? .none, statement.map { .integer($0.span.lowerBound) } ?? .none,
                statement.map { .integer($0.span.upperBound) } ?? .none,
                .optional(others.isEmpty ? nil : others.map(\.candidate.statement.id.rawValue).joined(separator: " ")),
                .optional(
                    cell.override.map { m("note.correction", ["who": $0.who, "when": $0.when, "why": $0.why]) }),
            ]
            table.rows.append(values)
        }
        return table
    }

    // MARK: What stands against it

    /// One row for each statement that says something else than the one chosen.
    public var conflicts: DataTable {
        var table = table(
            "conflicts",
            rowFields + [
                field("column"), field("measure"),
                field("relation", codes: Rival.Relation.allCases.map(\.rawValue)), field("what", of: "conflicts"),
                field("chosen", .number), field("stated", .number), field("unit"),
                field("difference", .number, unit: "%"), field("chosen_by"), field("chosen_printed"),
                field("chosen_in"), field("stated_printed"), field("stated_name"), field("stated_in"),
                field("chosen_indicator"), field("stated_indicator"),
            ], key: ["region_code", "region", "period", "column", "stated_indicator"])
        forEachCell { row, column, cell in
            for rival in cell.rivals where rival.relation != .agrees {
                let other = rival.candidate
                let unit = panel.units[column].name
                let was = cell.value ?? cell.chosen?.value
                let difference = was.flatMap { Double($0) }.flatMap { $0 == 0 ? nil : (other.number / $0 - 1) * 100 }
                let label = row.period.label(panel.request.frequency)
                let chosenIn =
                    cell.chosen?.source.map(Self.title) ?? cell.override.map { m("note.by", ["who": $0.who]) } ?? ""
                let otherIn = other.source.map(Self.title) ?? ""
                table.rows.append(
                    rowValues(row) + [
                        .text(panel.columns[column].key), .text(title(column)), .text(rival.relation.rawValue),
                        .text(
                            m(
                                "note.both",
                                [
                                    "region": row.name, "period": label, "measure": title(column),
                                    "chosen": stated((was ?? "") + unit, in: chosenIn),
                                    "stated": stated(other.value + unit, in: otherIn), "why": words(rival.relation),
                                ])),
                        was.map { .number($0) } ?? .none, .number(other.value), .text(unit),
                        difference.map { .number(DecimalText.format($0, digits: 4)) } ?? .none,
                        .optional(cell.rule?.rawValue ?? (cell.override == nil ? nil : "override")),
                        .optional(cell.chosen?.statement.quote.plainText), .text(chosenIn),
                        .text(other.statement.quote.plainText),
                        .text(other.statement.name), .text(otherIn), .optional(cell.chosen?.statement.id.rawValue),
                        .text(other.statement.id.rawValue),
                    ])
            }
        }
        // What people must look at comes first.
        let order = [Rival.Relation.conflict, .doubtful, .vintage, .name, .prices, .scope, .agrees].map(\.rawValue)
        let place = rowFields.count + 2
        table.rows = table.rows.enumerated().sorted {
            let (a, b) = (
                order.firstIndex(of: $0.element[place].text) ?? 9, order.firstIndex(of: $1.element[place].text) ?? 9
            )
            return (a, $0.offset) < (b, $1.offset)
        }.map(\.element)
        return table
    }

    /// One row for each check of the sources' own arithmetic.
    public var checks: DataTable {
        var table = table(
            "checks",
            rowFields + [
                field("check", codes: ArithmeticCheck.Name.allCases.map(\.rawValue)), field("outcome"), field("what"),
                field("stated", .number, of: "checks"), field("computed", .number), field("passages"),
            ], key: ["region_code", "region", "period", "check", "what"])
        let rows = Dictionary(panel.rows.map { (Place($0), $0) }, uniquingKeysWith: { first, _ in first })
        let order: [CheckResult.Outcome] = [.fails, .differs, .holds]
        let sorted = panel.checks.enumerated().sorted {
            (order.firstIndex(of: $0.element.outcome) ?? 9, $0.offset) < (
                order.firstIndex(of: $1.element.outcome) ?? 9, $1.offset
            )
        }
        for (_, check) in sorted {
            guard let row = rows[Place(region: check.region, period: check.period)] else { continue }
            let passages = check.cells.compactMap { key -> String? in
                guard let chosen = panel.cells[key]?.chosen else { return nil }
                return "\(title(key.column)) \(key.period.label(panel.request.frequency)): "
                    + stated(chosen.statement.quote.plainText, in: chosen.source.map(Self.title) ?? "")
            }
            let names = check.cells.map { title($0.column) }
            let words: String =
                switch check.name {
                case .sum: "\(names[0]) = \(names.dropFirst().joined(separator: " + "))"
                case .growth: m("note.growth", ["change": names[0], "level": names[1]])
                case .share: "\(names[0]) = \(names[1]) / \(names[2])"
                case .perHead: "\(names[0]) = \(names[1]) / \(names[2])"
                }
            let factor = check.cells.first.map { panel.units[$0.column].factor } ?? 1
            table.rows.append(
                rowValues(row) + [
                    .text(check.name.rawValue), .text(check.outcome.rawValue), .text(words),
                    .number(DecimalText.format(check.stated / factor, digits: 8)),
                    .number(DecimalText.format(check.computed / factor, digits: 8)),
                    .text(passages.joined(separator: "; ")),
                ])
        }
        return table
    }

    /// One row for each cell that is empty, with why.
    public var gaps: DataTable {
        var table = table(
            "gaps",
            rowFields + [
                field("column"), field("measure"), field("reason", codes: PanelGap.Reason.allCases.map(\.rawValue)),
                field("what"), field("look_for"), field("passage"), field("looked_at"),
            ], key: ["region_code", "region", "period", "column"])
        for gap in panel.gaps {
            let titles = gap.articles.map { panel.sources[$0].map(Self.title) ?? "" }.filter { !$0.isEmpty }
            table.rows.append(
                rowValues(gap.row) + [
                    .text(panel.columns[gap.column].key), .text(title(gap.column)), .text(gap.reason.rawValue),
                    .text(words(gap.reason)), .optional(Self.lookFor(gap, title: panel.columns[gap.column].title)),
                    .optional(gap.passage),
                    .optional(titles.isEmpty ? nil : Set(titles).sorted().joined(separator: "; ")),
                ])
        }
        return table
    }

    // MARK: What it is of

    /// The articles that chosen statements stand in.
    public var sources: DataTable {
        var table = table(
            "sources",
            [
                field("article", of: "sources"), field("bulletin"), field("title"), field("publisher"),
                field("published"), field("source"), field("ordinal", .integer), field("cells", .integer), field("url"),
            ], key: ["article"])
        var counts: [ArticleID: Int] = [:]
        forEachCell { _, _, cell in if let chosen = cell.chosen { counts[chosen.statement.article, default: 0] += 1 } }
        let used = counts.compactMap { article, count in panel.sources[article].map { ($0, count) } }.sorted {
            ($0.0.source, $0.0.ordinal, $0.0.article.rawValue) < ($1.0.source, $1.0.ordinal, $1.0.article.rawValue)
        }
        for (source, count) in used {
            table.rows.append([
                .text(source.article.rawValue), .text(source.bulletin.rawValue), .text(Self.title(source)),
                .optional(source.publisher), .optional(source.published), .text(source.source),
                .integer(source.ordinal),
                .integer(count), .optional(source.url),
            ])
        }
        return table
    }

    /// The columns of the panel.
    public var measures: DataTable {
        var table = table(
            "measures",
            [
                field("column"), field("measure", of: "measures"), field("title", of: "measures"), field("kind"),
                field("base"), field("status"), field("unit"), field("once", .integer), field("agreed", .integer),
                field("rule", .integer, of: "measures"), field("conflict", .integer), field("override", .integer),
                field("missing", .integer),
            ], key: ["column"])
        for place in 0..<panel.shown {
            let column = panel.columns[place]
            var counts: [CellStanding: Int] = [:]
            for row in panel.rows { counts[panel.cell(row, place)?.standing ?? .missing, default: 0] += 1 }
            table.rows.append(
                [
                    .text(column.key), .text(column.measure), .text(column.title), .text(column.kind.rawValue),
                    .optional(column.base?.rawValue), .text(column.status.rawValue), .text(panel.units[place].name),
                ]
                    + [CellStanding.once, .agreed, .rule, .conflict, .override, .missing].map {
                        .integer(counts[$0] ?? 0)
                    })
        }
        return table
    }

    /// The divisions of the rows, and what became of them.
    public var regions: DataTable {
        var table = table(
            "regions", [field("region_code"), field("region"), field("place"), field("first"), field("last")],
            key: ["region_code", "region"])
        struct Name: Hashable {
            let code: String
            let name: String
            let region: String
        }
        var spans: [Name: (PanelPeriod, PanelPeriod)] = [:]
        for row in panel.rows {
            let name = Name(code: row.code, name: row.name, region: row.region)
            let span = spans[name] ?? (row.period, row.period)
            spans[name] = (min(span.0, row.period), max(span.1, row.period))
        }
        for (name, span) in spans.sorted(by: { ($0.key.region, $0.value.0) < ($1.key.region, $1.value.0) }) {
            table.rows.append([
                .text(name.code), .text(name.name), .text(name.region), .text(span.0.label(panel.request.frequency)),
                .text(span.1.label(panel.request.frequency)),
            ])
        }
        return table
    }

    private struct Place: Hashable {
        let region: String
        let period: PanelPeriod

        init(_ row: PanelRow) { (region, period) = (row.region, row.period) }
        init(region: String, period: PanelPeriod) { (self.region, self.period) = (region, period) }
    }

    private func forEachCell(_ body: (PanelRow, Int, PanelCell) -> Void) {
        for row in panel.rows {
            for column in 0..<panel.shown {
                if let cell = panel.cell(row, column) { body(row, column, cell) }
            }
        }
    }

    /// What people call a column: 地区生产总值 增速.
    func title(_ place: Int) -> String {
        let column = panel.columns[place]
        var title =
            panel.request.measureNames[column.measure]?.first ?? panel.request.titles[column.measure] ?? column.title
        switch column.kind {
        case .level: break
        case .change: title += column.base == .yearOnYear ? "增速" : "增减（\(column.base?.rawValue ?? "")）"
        case .share: title += "比重"
        case .rank: title += "位次"
        }
        switch column.prices {
        case .real: title += "（实际）"
        case .nominal: title += "（名义）"
        case nil: break
        }
        return column.status == .target ? title + "（目标）" : title
    }

    private func about(_ place: Int) -> String {
        let column = panel.columns[place]
        let unit = panel.units[place].name
        let base = column.base.map { " " + m.word("coded.base", $0.rawValue) } ?? ""
        return m(
            "column.about",
            [
                "measure": column.measure, "kind": m.word("coded.kind", column.kind.rawValue) + base,
                "status": m.word("coded.status", column.status.rawValue),
            ]) + (unit.isEmpty ? "" : m("column.unit", ["unit": unit]))
    }
}
