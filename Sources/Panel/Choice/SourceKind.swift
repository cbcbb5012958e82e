import Foundation
import Store

/// What kind of document a statement stands in, and whose, told by title, headline, publisher and file name.
enum SourceKind: Int, Comparable {
    case communique, accounts, budget, report, news

    static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    init(_ source: PanelSource?) {
        let text = [source?.title, source?.headline, source?.source].compactMap { $0 }.joined(separator: " ")
        let words: [(String, SourceKind)] = [
            ("公报", .communique), ("决算", .accounts), ("预算", .budget), ("工作报告", .report), ("计划执行", .report),
        ]
        self = words.first { text.contains($0.0) }?.1 ?? .news
    }

    /// Whose document it is: 0 where the publisher is of the region, 1 where title or headline name it, 2 for others.
    static func ownership(_ source: PanelSource?, region: String) -> Int {
        guard let source else { return 2 }
        let names = [region, short(region)].filter { $0.count > 1 }
        func isNamed(in text: String?) -> Bool { text.map { text in names.contains { text.contains($0) } } ?? false }
        if isNamed(in: source.publisher) { return 0 }
        return isNamed(in: source.title) || isNamed(in: source.headline) || isNamed(in: source.source) ? 1 : 2
    }

    private static func short(_ region: String) -> String {
        guard region.count > 2, let last = region.last, "市县区省州盟旗".contains(last) else { return region }
        return String(region.dropLast())
    }
}

/// Whether a change is told to be at constant prices or at those of the day.
enum PriceWords {
    private static let real = ["可比价", "不变价", "可比口径价格", "扣除价格因素", "实际增长", "剔除价格"]
    private static let nominal = ["名义增长", "现价增长", "现行价格", "名义增速"]

    /// What the words around a figure tell, the figure's own clause: about 24 characters before and 16 behind.
    static func prices(in text: String) -> PanelColumn.Prices? {
        if nominal.contains(where: text.contains) { return .nominal }
        return real.contains(where: text.contains) ? .real : nil
    }

    /// Measures whose growth is at constant prices if nothing else is said: value added.
    static func isReal(_ measure: String) -> Bool { measure == "gdp" || measure.hasSuffix("value_added") }

    /// Where prices stand for a column: what is asked for or usual first, what does not tell next.
    static func rank(_ prices: PanelColumn.Prices?, _ column: PanelColumn) -> Int {
        guard let wanted = column.prices else {
            guard let prices else { return 0 }
            return (prices == .real) == isReal(column.measure) ? 0 : 1
        }
        guard let prices else { return (wanted == .real) == isReal(column.measure) ? 1 : 2 }
        return prices == wanted ? 0 : 3
    }
}
