import ArgumentParser
import BulletinModel
import Operations
import Store

extension Indicator.Kind: ExpressibleByArgument {}
extension Indicator.Status: ExpressibleByArgument {}
extension Indicator.Scope: ExpressibleByArgument {}
extension Indicator.Vintage: ExpressibleByArgument {}

/// Which indicators of the database are meant.
struct IndicatorFilter: ParsableArguments {
    @Option(help: "Code or name of the measure, such as gdp or 地区生产总值; may be repeated.")
    var code: [String] = []

    @Option(help: "Part of the name.")
    var name: String?

    @Option(help: "Part of the region's name, another name of it, or the first digits of its code.")
    var region: String?

    @Option(help: ArgumentHelp("The period ends on this day or later.", valueName: "yyyy-mm-dd"))
    var from: String?

    @Option(help: ArgumentHelp("The period begins on this day or earlier.", valueName: "yyyy-mm-dd"))
    var to: String?

    @Option(help: "level, change, share or rank.")
    var kind: Indicator.Kind?

    @Option(help: "actual or target.")
    var status: Indicator.Status?

    @Option(help: "whole, own or part.")
    var scope: Indicator.Scope?

    @Option(help: "flash, preliminary, budget, adjusted, final or revised.")
    var vintage: Indicator.Vintage?

    @Option(help: "First digits of the bulletin's identifier, or its file name.")
    var bulletin: String?

    @Option(help: "Words in the article's headline or visible text; blanks do not count.")
    var text: String?

    func validate() throws {
        for day in [from, to].compactMap({ $0 }) where !Self.isDay(day) {
            throw ValidationError("\(day) is no day; write it as 2024-12-31.")
        }
    }

    /// One query for each code, or one for all. Measures and regions may go by other names.
    ///
    /// - Throws: ``CommandFailure`` with the nearest ones where a measure or region is unknown.
    func queries(
        _ store: BulletinStore, _ configuration: Configuration, order: IndicatorQuery.Order = .reading,
        descending: Bool = false
    ) throws -> [IndicatorQuery] {
        var query = IndicatorQuery()
        if let region {
            query.regionCodes = try MeasureFiles.codes(
                ofRegion: region, try MeasureFiles.divisions(configuration), store)
        }
        query.name = name
        query.region = region
        query.from = from
        query.to = to
        query.kind = kind
        query.status = status
        query.scope = scope
        query.vintage = vintage
        query.bulletin = bulletin
        query.text = text
        query.order = order
        query.descending = descending
        guard !code.isEmpty else { return [query] }
        let measures = try MeasureFiles.measures(configuration)
        var codes: [String] = []
        for word in code {
            let code = try MeasureFiles.code(word, measures, store)
            if !codes.contains(code) { codes.append(code) }
        }
        return codes.map { code in
            var one = query
            one.code = code
            return one
        }
    }

    private static func isDay(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [4, 2, 2] && parts.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isNumber } }
    }
}
