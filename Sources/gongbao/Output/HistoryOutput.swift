import BulletinModel
import Store

/// Prints what several bulletins say of one thing, the earlier first.
struct HistoryOutput {
    private static let heads = [
        "name", "as printed", "value", "unit", "kind", "period", "region", "stated", "source", "standing",
    ]
    private let format: OutputFormat
    private var rows: [[String]] = []
    private var number = 0
    /// The bulletins that stood at the same address before others.
    private let former: [BulletinID: BulletinID]

    init(_ format: OutputFormat, former: [BulletinID: BulletinID]) {
        self.former = former
        self.format = format
    }

    /// What stands before the first series.
    func begin(_ output: inout StandardOutput) {
        guard format == .csv else { return }
        output.line(
            Csv.line(
                ["series", "stated", "standing", "previous", "next", "source"] + IndicatorColumns.all
                    + ["url", "supersedes"]))
    }

    mutating func add(_ series: IndicatorSeries, _ output: inout StandardOutput) {
        number += 1
        let statements = series.statements
        for (place, statement) in statements.enumerated() {
            let next = place + 1 < statements.count ? statements[place + 1].stored.indicator.id.rawValue : nil
            let indicator = statement.stored.indicator
            let source = statement.stored.source ?? ""
            let superseded = former[indicator.bulletin]
            switch format {
            case .jsonl:
                var json = JSONWriter()
                json.beginObject()
                json.member("series", number)
                json.member("standing", statement.word)
                json.member("previous", statement.previous?.rawValue)
                json.member("next", next)
                json.member("published", statement.stored.published)
                json.member("received", statement.stored.received)
                json.member("url", statement.stored.url)
                json.member("supersedes", superseded?.rawValue)
                json.key("indicator")
                IndicatorLine(indicator, file: source).write(to: &json)
                json.endObject()
                output.line(json: json.bytes)
            case .csv:
                let links = ["\(number)", statement.day ?? "", statement.word, statement.previous?.rawValue ?? ""]
                output.line(
                    Csv.line(
                        links + [next ?? "", source] + IndicatorColumns.cells(indicator)
                            + [statement.stored.url ?? "", superseded?.rawValue ?? ""]))
            case .table:
                // The name stands once over its statements; lines below it speak of the same.
                let isFirst = place == 0
                rows.append([
                    isFirst ? indicator.name : "", indicator.quote,
                    indicator.valueTo.map { indicator.value + "–" + $0 } ?? indicator.value, indicator.unit,
                    isFirst
                        ? [Say.word("cell", indicator.kind.rawValue), indicator.base.map { Say.base($0.rawValue) }]
                            .compactMap(\.self)
                            .joined(separator: " ")
                        : "",
                    isFirst ? IndicatorColumns.period(indicator.period) : "",
                    isFirst ? indicator.region?.name ?? statement.stored.publisher ?? "" : "",
                    statement.day ?? Say.text("undated"),
                    source,
                    Say.word("cell", statement.word)
                        + (superseded.map { Say.text(", supersedes \($0.rawValue.prefix(8))") } ?? ""),
                ])
            }
        }
    }

    /// What stands after the last series.
    func end(_ output: inout StandardOutput) {
        guard format == .table else { return }
        if rows.isEmpty {
            output.line(Say.text("No two bulletins speak of the same measure, region and period."))
            return
        }
        for line in ColumnTable(Self.heads, rightAligned: [2], widest: 36).lines(rows) { output.line(line) }
    }
}

extension IndicatorSeries.Statement {
    /// One word for how it stands to the one before.
    fileprivate var word: String {
        switch standing {
        case .first: "first"
        case .confirms: "confirms"
        case .revises: "revises"
        }
    }

    /// The statement before.
    fileprivate var previous: IndicatorID? {
        switch standing {
        case .first: nil
        case .confirms(let id), .revises(let id): id
        }
    }
}
