import BulletinModel
import Messages

/// An article's text with its figures marked and numbered in place, and a table that says how
/// each was read.
struct FigureSheet {
    private let sheet: AuditReport.Sheet
    private let faults: [String: Finding.Kind]
    private let messages: Messages
    /// Longer texts are cut behind the last figure that fits.
    private static let most = 20_000

    init(_ sheet: AuditReport.Sheet, faults: [String: Finding.Kind], _ messages: Messages) {
        self.messages = messages
        self.sheet = sheet
        self.faults = faults
    }

    var html: String {
        let article = sheet.article
        let title = article.headline ?? messages.said("Article \(article.ordinal)")
        let isFaulty = sheet.indicators.contains { faults[$0.id.rawValue] != nil } || faults[article.id.rawValue] != nil
        return """
            <article class="sheet\(isFaulty ? " faulty" : "")"><h3 lang="zh">\(Page.escape(title))</h3>
            <p class="place">\(Page.escape(sheet.source)) · \(messages.said("article \(article.ordinal)")) · \(article.id)</p>
            <div class="text" lang="zh">\(text)</div>
            \(table)</article>

            """
    }

    /// Figures that share a place share a mark.
    private var text: String {
        let scalars = Array(sheet.article.text.unicodeScalars)
        var html = ""
        var at = 0
        let figures = sheet.indicators.enumerated().sorted {
            ($0.element.start, $0.offset) < ($1.element.start, $1.offset)
        }
        var place = 0
        while place < figures.count {
            let first = figures[place].element
            let (start, end) = (first.start - sheet.article.start, first.end - sheet.article.start)
            guard start >= at, end <= scalars.count, start < end, end <= Self.most else {
                place += 1
                continue
            }
            var numbers: [String] = []
            var fault: Finding.Kind?
            while place < figures.count, figures[place].element.start - sheet.article.start < end {
                numbers.append("\(figures[place].offset + 1)")
                fault = fault ?? faults[figures[place].element.id.rawValue]
                place += 1
            }
            html += Page.escape(Self.string(scalars[at..<start]))
            html +=
                "<mark\(fault.map { " class=\"\($0.rawValue)\"" } ?? "")>\(Page.escape(Self.string(scalars[start..<end])))"
                // The word joiner keeps the number on the figure's line.
                + "&#8288;<sup>\(numbers.joined(separator: ","))</sup></mark>"
            at = end
        }
        let rest = min(scalars.count, max(at, min(Self.most, at + 2_000)))
        html += Page.escape(Self.string(scalars[at..<rest]))
        return rest < scalars.count ? html + " …" : html
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private var table: String {
        guard !sheet.indicators.isEmpty else {
            return "<p class=\"note\">\(messages.said("This article states no figure."))</p>"
        }
        let comma = messages("table.comma")
        let rows = sheet.indicators.enumerated().map { number, indicator in
            let fault = faults[indicator.id.rawValue]
            let kind = [indicator.kind.rawValue, indicator.base?.rawValue].compactMap(\.self).map(cell)
                .joined(separator: " ")
            let aim = [
                indicator.bound == .exact ? nil : indicator.bound.rawValue,
                indicator.status == .target ? "target" : nil, indicator.vintage?.rawValue,
            ]
            let cells = [
                indicator.name, indicator.valueTo.map { "\(indicator.value) – \($0)" } ?? indicator.value,
                indicator.unit,
                ([kind] + aim.compactMap(\.self).map(cell)).joined(separator: comma), Self.period(indicator.period),
                [indicator.region?.name, indicator.scope.map { cell($0.rawValue) }].compactMap(\.self).joined(
                    separator: comma),
                indicator.code ?? "",
            ]
            return "<tr\(fault.map { " class=\"\($0.rawValue)\"" } ?? "")><td>\(number + 1)</td>"
                + cells.map { "<td>\(Page.escape($0))</td>" }.joined()
                + "<td>\(fault.map { "✗ \(messages.word("finding", $0.title))" } ?? "✓")</td></tr>"
        }
        let heads = ["name", "value", "unit", "kind", "period", "region", "code"]
            .map { "<th>\(messages.word("head", $0))</th>" }.joined()
        return """
            <div class="wide"><table class="figures"><thead><tr><th></th>\(heads)<th></th></tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table></div>
            """
    }

    /// A code of a field in the language of the page.
    private func cell(_ code: String) -> String {
        guard code.hasPrefix("since:"), messages.language != .english else { return messages.word("cell", code) }
        return messages("cell.since", ["year": String(code.dropFirst("since:".count))])
    }

    private static func period(_ period: Indicator.Period?) -> String {
        guard let period else { return "" }
        if period.start == period.end { return period.start }
        let isYear = period.start.hasSuffix("-01-01") && period.end.hasSuffix("-12-31")
        return isYear && period.start.prefix(4) == period.end.prefix(4)
            ? String(period.start.prefix(4)) : "\(period.start) – \(period.end)"
    }
}
