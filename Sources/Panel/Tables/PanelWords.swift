import BulletinModel
import Foundation
import Messages
import Reading
import Store

/// The words of a panel's tables.
extension PanelTables {
    /// A table without rows, as the catalogue titles and explains it.
    func table(_ name: String, _ fields: [DataTable.Field], key: [String]) -> DataTable {
        DataTable(name: name, title: m("table.\(name)"), about: m("table.\(name).about"), fields: fields, key: key)
    }

    /// A column as the catalogue titles and explains it.
    ///
    /// - Parameters:
    ///   - codes: the values that it may have, where the catalogue tells what each means.
    ///   - table: the table in which the column has another meaning than in the others.
    func field(
        _ name: String, _ type: DataTable.FieldType = .text, unit: String? = nil, codes: [String] = [],
        of table: String? = nil
    ) -> DataTable.Field {
        let own = table.map { "field.\($0).\(name)" }
        let title = own.flatMap(m.known) ?? m("field.\(name)")
        let about = (own.map { $0 + ".about" }).flatMap(m.known) ?? m.known("field.\(name).about") ?? ""
        return DataTable.Field(
            name, title, type, about, unit: unit,
            values: Dictionary(uniqueKeysWithValues: codes.map { ($0, m("meaning.\(name).\($0)")) }))
    }

    var rowFields: [DataTable.Field] {
        [field("region_code"), field("region"), field("period"), field("year", .integer)]
    }

    var cellFields: [DataTable.Field] {
        [
            field("column"), field("measure"), field("value", .number), field("unit"),
            field("standing", codes: CellStanding.allCases.map(\.rawValue)), field("rule"), field("flag"),
            field("agreeing", .integer), field("differing", .integer), field("indicator"), field("name"),
            field("printed"), field("scope"), field("vintage"), field("bound"), field("confidence", .number),
            field("published"), field("publisher"), field("title"), field("source"), field("article", .integer),
            field("start", .integer), field("end", .integer), field("rivals"), field("correction"),
        ]
    }

    func rowValues(_ row: PanelRow) -> [DataTable.Value] {
        [
            row.code.isEmpty ? .none : .text(row.code), .text(row.name),
            .text(row.period.label(panel.request.frequency)), .integer(row.period.year),
        ]
    }

    /// What a source is called: its title or headline, or else the file.
    static func title(_ source: PanelSource) -> String {
        [source.title, source.headline].compactMap { $0 }.first { !$0.isEmpty } ?? source.source
    }

    /// What is stated, and in which source.
    func stated(_ value: String, in source: String) -> String {
        m("note.source", ["value": value, "source": source])
    }

    /// Why a person should look at a cell.
    func flag(_ cell: PanelCell) -> String {
        var words: [String] = []
        if cell.standing == .conflict {
            words.append(m("why.differ", ["count": "\(cell.rivals.count { $0.relation == .conflict })"]))
        }
        if cell.isDoubtful { words.append(m("why.doubtful")) }
        words += cell.failedChecks.map { m("why.\($0)") }
        return words.joined(separator: m("table.comma"))
    }

    /// What is worth knowing of a cell that is marked.
    func note(_ cell: PanelCell) -> String {
        if let override = cell.override {
            return m("note.set", ["who": override.who, "when": override.when, "why": override.why])
        }
        let others = cell.rivals.filter { $0.relation == .conflict }.prefix(4).map {
            stated($0.candidate.value, in: $0.candidate.source.map(Self.title) ?? "")
        }
        let also = others.isEmpty ? "" : m("note.also", ["others": others.joined(separator: m("table.list"))])
        return flag(cell) + also
    }

    func words(_ relation: Rival.Relation) -> String { m("meaning.relation.\(relation.rawValue)") }

    func words(_ reason: PanelGap.Reason) -> String { m("meaning.reason.\(reason.rawValue)") }

    /// What would fill a gap.
    static func lookFor(_ gap: PanelGap, title: String) -> String? {
        let (name, year) = (gap.row.name, gap.row.period.year)
        switch gap.reason {
        case .noBulletin: return "\(name)\(year)年国民经济和社会发展统计公报"
        case .notStated: return "\(name) \(year)年 \(title)"
        case .notRead, .refused, .conflict: return nil
        }
    }
}

extension String {
    /// Without the markup that a figure of a web page may have inside.
    var plainText: String { QuoteText.plain(self) }
}
