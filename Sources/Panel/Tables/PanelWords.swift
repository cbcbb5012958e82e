import BulletinModel
import Foundation
import Reading
import Store

/// The words of a panel's tables.
extension PanelTables {
    static let rowFields: [DataTable.Field] = [
        .init("region_code", "Code", .text, "Six digits of GB/T 2260 as they held in the period."),
        .init("region", "Region", .text, "The name as it held in the period."),
        .init("period", "Period", .text, "A year, 2024Q3, 2024Q1-Q3, 2024-09 or 2024-01/09."),
        .init("year", "Year", .integer),
    ]

    static let cellFields: [DataTable.Field] = [
        .init("column", "Column"), .init("measure", "Measure"),
        .init("value", "Value", .number, "In the column's unit."),
        .init("unit", "Unit"),
        .init(
            "standing", "Standing", .text, "What sets the value.",
            values: [
                "once": "stated once", "agreed": "stated several times, which agree within rounding",
                "rule": "statements differ for a reason that is known",
                "conflict": "statements ought to agree and do not",
                "override": "set by a person", "missing": "nothing is stated",
            ]),
        .init(
            "rule", "Chosen by", .text,
            "The first rule by which the chosen statement goes before one that says something else."),
        .init("flag", "Look at", .text, "Why a person should look at it; empty where there is no need."),
        .init("agreeing", "Statements that agree", .integer, "The chosen one counted in."),
        .init("differing", "Statements that differ", .integer),
        .init("indicator", "Indicator", .text, "The identifier of the chosen one."),
        .init("name", "Name as printed"), .init("printed", "As printed"), .init("scope", "Scope"),
        .init("vintage", "Vintage"),
        .init("bound", "Bound"), .init("confidence", "Confidence", .number), .init("published", "Published"),
        .init("publisher", "Publisher"), .init("title", "Title"), .init("source", "File or address"),
        .init("article", "Article in it", .integer), .init("start", "First scalar", .integer),
        .init("end", "Past the last scalar", .integer),
        .init("rivals", "Indicators that differ"), .init("correction", "Correction", .text, "Who, when and why."),
    ]

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

    /// Why a person should look at a cell.
    func flag(_ cell: PanelCell) -> String {
        var words: [String] = []
        if cell.standing == .conflict {
            let count = cell.rivals.count { $0.relation == .conflict }
            words.append("\(count) statement\(count == 1 ? "" : "s") differ\(count == 1 ? "s" : "")")
        }
        if cell.isDoubtful { words.append("doubtful reading") }
        words += cell.failedChecks.map { name in
            switch ArithmeticCheck.Name(rawValue: name) {
            case .sum: "parts do not add up"
            case .growth: "growth and levels disagree"
            case .share: "share, part and whole disagree"
            case .perHead: "amount per head and population disagree"
            case nil: name
            }
        }
        return words.joined(separator: ", ")
    }

    /// What is worth knowing of a cell that is marked.
    func note(_ cell: PanelCell) -> String {
        if let override = cell.override { return "Set by \(override.who), \(override.when): \(override.why)" }
        let others = cell.rivals.filter { $0.relation == .conflict }.prefix(4).map {
            "\($0.candidate.value) (\($0.candidate.source.map(Self.title) ?? ""))"
        }
        return flag(cell) + (others.isEmpty ? "" : "; also stated: " + others.joined(separator: ", "))
    }

    static func words(_ relation: Rival.Relation) -> String {
        switch relation {
        case .agrees: "They agree within rounding."
        case .vintage: "They are of different rounds of the accounts."
        case .scope: "They are of different or unclear parts of the region."
        case .name: "They have different names, of which one may be narrower or wider."
        case .prices: "They are at different prices."
        case .doubtful: "The other one is a doubtful reading."
        case .conflict: "They ought to agree and do not."
        }
    }

    static func words(_ reason: PanelGap.Reason) -> String {
        switch reason {
        case .noBulletin: "No bulletin in the database states anything of this region and year."
        case .notStated: "There are bulletins of this region and year, and none of them states this measure."
        case .notRead: "A bulletin names the measure, and no figure of it was read there; look at the passage."
        case .refused: "A bulletin of this region and year was refused; see gongbao deadletters."
        case .conflict: "Statements differ, and such cells were to stay empty; see the conflicts."
        }
    }

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
