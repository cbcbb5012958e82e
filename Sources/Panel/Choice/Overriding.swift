import BulletinModel
import Reading

/// Puts people's corrections into a panel.
enum Overriding {
    /// - Throws: ``PanelError`` where a correction names no cell, or an indicator that states nothing of it.
    static func apply(_ overrides: [PanelOverride], to panel: inout Panel, _ divisions: Divisions) throws {
        for override in overrides {
            let what = "the correction of \(override.column) of \(override.region) in \(override.period)"
            guard let column = panel.columns.prefix(panel.shown).firstIndex(where: { $0.key == override.column }) else {
                // Of a column that this panel does not show.
                continue
            }
            guard
                let row = panel.rows.first(where: {
                    $0.period.label(panel.request.frequency) == override.period
                        && ($0.code == override.region || $0.region == override.region || $0.name == override.region)
                })
            else { continue }
            let key = PanelKey(region: row.region, period: row.period, column: column)
            let old = panel.cells[key]
            let all = (old?.chosen.map { [$0] } ?? []) + (old?.rivals.map(\.candidate) ?? [])
            switch override.value {
            case .indicator(let id):
                guard let chosen = all.first(where: { $0.statement.id == id }) else {
                    throw PanelError("\(what) names the indicator \(id), which states nothing of it")
                }
                panel.cells[key] = cell(chosen, chosen.value, all, override)
            case .number(let text):
                guard Double(text) != nil else {
                    throw PanelError("\(what) has the value \"\(text)\", which is no number")
                }
                panel.cells[key] = cell(nil, text, all, override)
            }
        }
    }

    private static func cell(
        _ chosen: Candidate?, _ value: String, _ all: [Candidate], _ override: PanelOverride
    ) -> PanelCell {
        let rivals = all.filter { $0.statement.id != chosen?.statement.id }.map { candidate in
            let agrees = chosen.map { candidate.agrees(with: $0) } ?? (Double(value) == candidate.number)
            return Rival(candidate: candidate, relation: agrees ? .agrees : .conflict)
        }
        return PanelCell(
            chosen: chosen, value: value, rivals: rivals, standing: .override, rule: nil, override: override)
    }
}
